package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/hostfs"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/protectedconfig"
	"github.com/xmlint/xmlint/report"
)

// discover finds the deployments under the paths.
func (a *app) discover(paths []string) ([]*deployment.Group, error) {
	a.flags.paths = paths
	if err := a.flags.check(); err != nil {
		return nil, err
	}
	if a.flags.stdinName != "" && !slices.Contains(paths, "-") {
		return nil, usagef("give - as the PATH", "--stdin-filename %q names standard input, which is not read", a.flags.stdinName)
	}
	var sources []deployment.Source
	var named []string
	for _, p := range paths {
		if p != "-" {
			named = append(named, p)
			continue
		}
		if len(sources) > 0 {
			continue // it can be read once only
		}
		s, err := a.stdinSource()
		if err != nil {
			return nil, err
		}
		sources = append(sources, s)
	}
	if len(named) > 0 || len(paths) == 0 {
		more, err := hostfs.Sources(a.dir, named)
		if err != nil {
			return nil, &usage{err: err}
		}
		sources = append(sources, more...)
	}
	a.sources = sources
	if err := a.configure(sources); err != nil {
		return nil, err
	}
	if !a.flags.quiet {
		a.progress.begin(a.now())
	}
	groups, err := deployment.Discover(a.ctx, sources, a.flags.exclude)
	a.progress.expect(len(groups))
	if len(groups) > manyGroups && a.env("GOGC") == "" {
		// Little lives long here: half the usual room keeps the peak low, at a
		// few hundredths of the time.
		debug.SetGCPercent(50)
	}
	if err != nil && a.ctx.Err() == nil {
		return nil, &usage{err: err}
	}
	return groups, err
}

// manyGroups is from how many groups on memory is saved. With fewer the
// program ends before it needs any.
const manyGroups = 500

// key reads the file of --key; nil where there is none.
func (a *app) key() (*protectedconfig.Key, error) {
	if a.flags.keyFile == "" {
		return nil, nil
	}
	text, err := os.ReadFile(a.path(a.flags.keyFile))
	if err != nil {
		return nil, usagef("give the file that aspnet_regiis -px CONTAINER FILE -pri wrote", "--key %s: %w", a.flags.keyFile, reason(err))
	}
	key, err := protectedconfig.ParseKey(text)
	if err != nil {
		return nil, usagef("", "--key %s: %w", a.flags.keyFile, err)
	}
	return key, nil
}

// judged is one deployment and what the rules say of it.
type judged[T any] struct {
	value   T
	uses    []lint.Use
	summary report.Summary
	broken  bool
	own     bool // it has something of XMPro's
}

// each judges the deployments under the paths, turns each into a value that
// does not refer to it, and hands the values over in order. Its error is the
// status that findings ask for.
func each[T any](a *app, groups []*deployment.Group, turn func(*deployment.Deployment, lint.Result) (T, error), done func(T) error) error {
	return judge(a, groups, turn, func(value T, _ []lint.Finding) error { return done(value) })
}

// judge is each, and also hands over what is to be said about a deployment and
// others before it. Rules that are off run too: what is true does not depend on
// what somebody wants to see.
func judge[T any](a *app, groups []*deployment.Group, turn func(*deployment.Deployment, lint.Result) (T, error), done func(T, []lint.Finding) error) error {
	opts, err := a.options()
	if err != nil {
		return err
	}
	runner, err := a.runner(true)
	if err != nil {
		return err
	}
	known, err := a.matcher(groups, opts, runner)
	if err != nil {
		return err
	}
	var total report.Summary
	var shared lint.Shared
	var broken, own bool
	err = deployment.Each(a.ctx, groups, opts, func(d *deployment.Deployment) (judged[T], error) {
		defer a.progress.one()
		result, err := runner.Run(a.ctx, d)
		if err != nil {
			return judged[T]{}, err
		}
		if known != nil {
			known.Apply(d, &result)
		}
		j := judged[T]{uses: result.Uses, broken: result.Broken, own: d.HoldsXMPro()}
		for i := range j.uses {
			j.uses[i].Place = lint.Place{}
		}
		j.summary.Count(d, result.Findings)
		j.summary.Suppress(result.Suppressed)
		j.value, err = turn(d, result)
		return j, err
	}, func(j judged[T]) error {
		across := shared.Add(j.uses)
		if known != nil && len(across.Findings) > 0 {
			known.Across(j.uses[0].Root, &across)
		}
		total.Add(j.summary)
		total.Findings(across.Findings)
		broken, own = broken || j.broken, own || j.own
		return done(j.value, across.Findings)
	})
	switch {
	case err != nil:
		return err
	case broken:
		return a.broken()
	case !own && total.Found()+total.Suppressed == 0:
		return status(statusNothing)
	}
	return a.flags.failed(total)
}

// broken tells that a rule broke: what it looks for was not looked for.
func (a *app) broken() error {
	fmt.Fprintln(a.stderr, "xmlint: a rule broke; xmlint lint says which, please report it")
	return status(statusFailed)
}

// reason is the cause of an error without the path, which messages name.
func reason(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// interruptible reads until the context ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

// Read reads, or gives the context's error.
func (i interruptible) Read(b []byte) (int, error) {
	type result struct {
		buf []byte
		err error
	}
	// The buffer is its own: a read that is given up may still fill it.
	read := make(chan result, 1)
	go func() {
		buf := make([]byte, len(b))
		n, err := i.r.Read(buf)
		read <- result{buf[:n], err}
	}()
	select {
	case r := <-read:
		return copy(b, r.buf), r.err
	case <-i.ctx.Done():
		return 0, context.Cause(i.ctx)
	}
}
