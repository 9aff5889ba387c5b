package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/baseline"
	"github.com/xmlint/xmlint/config"
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/report"
)

func (a *app) baselineCommand() *cobra.Command {
	var format, file string
	c := &cobra.Command{
		Use:   "baseline [PATH]",
		Short: "write down what is found today, so that only new findings are reported",
		Long: `Prints a baseline: all that is found under PATH, without places and values. With
--baseline FILE the other commands leave out what is in it. It goes on knowing a
finding when a file is laid out anew, when settings change their order, and when
folders get other names.`,
		Example: `  xmlint baseline --write known.json
  xmlint lint --baseline known.json
  xmlint baseline acme > known.json`,
		Args: atMost(1, "one PATH"),
		RunE: func(_ *cobra.Command, args []string) error {
			a.flags.format = format
			return a.baseline(args, file)
		},
	}
	c.Flags().StringVar(&file, "write", "", "write it to `FILE` instead of standard output")
	c.Flags().StringVarP(&format, "format", "f", "json", "`FORMAT` of standard output: json")
	c.Flags().StringArrayVarP(&a.flags.outputs, "output", "o", nil, "write a file too, `FORMAT=FILE`; can be repeated")
	complete(c, "format", report.BaselineFormats()...)
	a.flags.reading(c)
	return c
}

func (a *app) baseline(paths []string, file string) error {
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	a.config.Baseline = "" // this is the one to be
	a.flags.written = file
	all, err := outputs(a, report.NewBaseline)
	if err != nil {
		return err
	}
	var replaced *replacement
	if file != "" {
		if replaced, err = a.replace("--write", file); err != nil {
			return errors.Join(err, closeAll(all))
		}
		all[0].w = replaced.sink
	}
	err = write(a, all, func(put func(baseline.Deployment) error) error {
		return judge(a, groups, func(d *deployment.Deployment, r lint.Result) (baseline.Deployment, error) {
			return baseline.Deployment{Name: d.Name, Root: a.config.key(d.Root), Findings: entries(nil, r.Findings)}, nil
		}, func(d baseline.Deployment, across []lint.Finding) error {
			if d.Findings = entries(d.Findings, across); len(d.Findings) == 0 {
				return nil
			}
			return put(d)
		})
	})
	if replaced == nil {
		return err
	}
	if e := replaced.end(err == nil || errors.Is(err, status(statusNothing))); e != nil {
		return e
	}
	return err
}

func entries(all []baseline.Entry, findings []lint.Finding) []baseline.Entry {
	for i := range findings {
		all = append(all, baseline.NewEntry(&findings[i]))
	}
	return all
}

// knownFile is the baseline of --baseline or of the configuration: how messages
// call it, and its path on the machine. Both are empty where there is none.
func (a *app) knownFile() (shown, name string) {
	switch {
	case a.flags.baseline != "":
		return a.flags.baseline, a.path(a.flags.baseline)
	case a.config.Baseline == "":
		return "", ""
	}
	name = filepath.FromSlash(a.config.Baseline)
	if !filepath.IsAbs(name) {
		name = filepath.Join(a.config.dir, name)
	}
	return a.config.Baseline, name
}

// matcher knows what the baseline of --baseline or of the configuration knows;
// nil where there is none.
func (a *app) matcher(groups []*deployment.Group, opts deployment.Options, runner *lint.Runner) (*baseline.Matcher, error) {
	shown, name := a.knownFile()
	if shown == "" {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, usagef("write one with: xmlint baseline --write "+shown, "the baseline %s cannot be read: %w", shown, reason(err))
	}
	b, err := baseline.Parse(shown, text)
	if err != nil {
		return nil, usagef("write it anew with: xmlint baseline --write "+shown, "%w", err)
	}
	return b.Prepare(a.ctx, groups, opts, baseline.Places{Key: a.config.key, Elsewhere: a.elsewhere}, func(d *deployment.Deployment) (lint.Result, error) {
		return runner.Run(a.ctx, d)
	})
}

// elsewhere tells of a deployment that is not among those looked at whether it
// is there all the same: outside of the paths, or excluded.
func (a *app) elsewhere(key string) bool {
	for _, o := range a.config.origins {
		folder := filepath.Join(o.base, filepath.FromSlash(key))
		_, inside := config.Rel(o.real, folder)
		if inside && !o.single && len(a.flags.exclude)+len(a.config.Exclude) == 0 {
			continue
		}
		if _, err := os.Stat(folder); err == nil {
			return true
		}
	}
	return false
}
