package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/report"
)

// The exit statuses.
const (
	statusDone        = 0
	statusFound       = 1   // findings at or above --fail-on; --check: something is still to do
	statusUsage       = 2   // the call or the configuration of xmlint is wrong
	statusFailed      = 3   // xmlint failed
	statusNothing     = 4   // nothing to check
	statusInterrupted = 130 // by the user
)

// system is all that a command takes from outside.
type system struct {
	args           []string
	env            func(name string) string
	dir            string // the working directory
	now            func() time.Time
	stdin          io.Reader
	stdout, stderr io.Writer
	terminal       bool // stdout is a terminal
	width          int  // of the terminal, in columns; 0 where it is not known
	// ticks are the times at which progress may be shown on stderr; nil where
	// that is no terminal.
	ticks func(every time.Duration) <-chan time.Time
}

// run carries out one command line and gives the exit status.
func run(ctx context.Context, s system) int {
	a := &app{ctx: ctx, progress: progress{w: s.stderr, ticks: s.ticks}}
	s.stderr = a.progress.beside(s.stderr, false)
	if s.terminal {
		// A report that runs over the terminal is progress enough.
		s.stdout = a.progress.beside(s.stdout, true)
	}
	out := &watched{w: s.stdout}
	s.stdout = out
	a.system = s
	root := a.root()
	root.SetArgs(s.args)
	root.SetIn(s.stdin)
	root.SetOut(s.stdout)
	root.SetErr(s.stderr)
	err := root.ExecuteContext(ctx)
	a.progress.end()
	if err == nil && out.err != nil { // of help, which nobody hands on
		err = &outputError{stdoutName, out.err}
	}
	status := statusOf(ctx, err)
	if message := a.messageOf(err, status); message != "" {
		fmt.Fprintln(s.stderr, "xmlint: "+message)
	}
	return status
}

// watched remembers that a write failed.
type watched struct {
	w   io.Writer
	err error
}

// Write writes, and keeps the first error.
func (w *watched) Write(b []byte) (int, error) {
	n, err := w.w.Write(b)
	if err != nil && w.err == nil {
		w.err = reason(err)
	}
	return n, err
}

// app is one run of the program.
type app struct {
	system
	ctx    context.Context
	flags  flags
	config configuration

	sources  []deployment.Source // in which deployments were looked for
	progress progress
}

// status is an error that only says how to exit: all has been said.
type status int

// Error names the status.
func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// usage is an error of the call.
type usage struct {
	err  error
	hint string
}

// Error says what is wrong and what to do.
func (u *usage) Error() string {
	if u.hint == "" {
		return u.err.Error()
	}
	return u.err.Error() + "; " + u.hint
}

// Unwrap gives the cause.
func (u *usage) Unwrap() error { return u.err }

func usagef(hint, format string, args ...any) error {
	return &usage{fmt.Errorf(format, args...), hint}
}

func statusOf(ctx context.Context, err error) int {
	var s status
	var u *usage
	var format *report.FormatError
	switch {
	case errors.As(err, &s) && int(s) == statusFailed:
		return statusFailed
	case ctx.Err() != nil:
		return statusInterrupted
	case err == nil:
		return statusDone
	case errors.As(err, &s):
		return int(s)
	case errors.As(err, &u), errors.As(err, &format):
		return statusUsage
	}
	return statusFailed
}

// messageOf is what stands on the last line, if anything is to be said.
func (a *app) messageOf(err error, code int) string {
	var s status
	var output *outputError
	switch {
	case errors.As(err, &output) && output.isClosed():
		return ""
	case code == statusInterrupted:
		return "interrupted"
	case code == statusNothing && a.flags.quiet:
		return ""
	case code == statusNothing:
		return "nothing to check: there is no XMPro configuration under " + visible.String(strings.Join(a.flags.shown(), ", "))
	case err == nil || errors.As(err, &s):
		return ""
	}
	return visible.String(strings.TrimSpace(err.Error()))
}

// options are those of the loader.
func (a *app) options() (deployment.Options, error) {
	key, err := a.key()
	if err != nil {
		return deployment.Options{}, err
	}
	return deployment.Options{Environment: a.flags.environment, Key: key, Jobs: a.flags.jobs}, nil
}
