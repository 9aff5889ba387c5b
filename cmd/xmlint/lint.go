package main

import (
	"errors"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/rules"
)

func (a *app) lintCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "lint [PATH...]",
		Short: "check configuration files and print findings",
		Long: `Reads every XMPro configuration file under the paths and prints what is wrong
with Auto Scale, where, why it matters, and what to do about it.

A PATH is a folder, or a file, which is read whatever its name; - reads one
document from standard input. Without a PATH it is the current folder.`,
		Example: `  xmlint lint
  xmlint lint acme contoso --fail-on warning
  xmlint lint --format json acme > findings.json
  xmlint lint -o json=findings.json acme
  xmlint lint - --stdin-filename acme/AppDesigner/appsettings.json < appsettings.json`,
		RunE: func(_ *cobra.Command, args []string) error { return a.lint(args) },
	}
	a.flags.formats(c, report.LintFormats())
	a.flags.failing(c, "error")
	a.flags.reading(c)
	return c
}

func (a *app) lint(paths []string) error {
	if a.flags.failOn == "" {
		a.flags.failOn = "error"
	}
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	opts, err := a.options()
	if err != nil {
		return err
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		return err
	}
	all, err := outputs(a, report.NewLint)
	if err != nil {
		return err
	}
	var l report.Linting
	for _, o := range all {
		l.Outputs = append(l.Outputs, report.Output{Format: o.format, W: o.w})
	}
	var own atomic.Bool
	err = l.Begin()
	if err == nil {
		err = deployment.Each(a.ctx, groups, opts, func(d *deployment.Deployment) (*report.Piece, error) {
			defer a.progress.one()
			result, err := runner.Run(a.ctx, d)
			if err != nil {
				return nil, err
			}
			if d.HoldsXMPro() {
				own.Store(true)
			}
			return l.Work(d, result), nil
		}, l.Done)
	}
	if err == nil {
		err = l.End()
	}
	if err = errors.Join(err, closeAll(all)); err != nil {
		return err
	}
	switch {
	case l.Broken:
		return status(statusFailed)
	case !own.Load() && l.Summary.Found() == 0:
		return status(statusNothing)
	}
	return a.flags.failed(l.Summary)
}
