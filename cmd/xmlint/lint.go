package main

import (
	"cmp"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/report"
)

func (a *app) lintCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "lint [PATH...]",
		Short: "check configuration files and print findings",
		Long: `Reads every XMPro configuration file under the paths and prints what is wrong
with Auto Scale, where, why it matters, and what to do about it.

A PATH is a folder, or a file, which is read whatever its name; - reads one
document from standard input. Without a PATH it is the current folder.

Formats: text for people; json and jsonl for programs; sarif (code scanning),
junit and checkstyle (Jenkins and others), gitlab (Code Quality), markdown (a
comment, a change ticket), html (a page with filters), github (annotations). In
GitHub Actions annotations follow the text where neither --format nor --output is
given.`,
		Example: `  xmlint lint
  xmlint lint acme contoso --fail-on warning
  xmlint lint --format json acme > findings.json
  xmlint lint -o json=findings.json acme
  xmlint lint -o sarif=xmlint.sarif -o junit=xmlint.xml
  xmlint lint - --stdin-filename acme/AppDesigner/appsettings.json < appsettings.json`,
		RunE: func(c *cobra.Command, args []string) error {
			return a.lint(args, !c.Flags().Changed("format") && len(a.flags.outputs) == 0)
		},
	}
	a.flags.formats(c, report.LintFormats())
	a.flags.failing(c, "error")
	a.flags.reading(c)
	a.flags.known(c)
	return c
}

// lint checks what is under the paths. Plain tells that no output was chosen.
func (a *app) lint(paths []string, plain bool) error {
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	a.flags.failOn = cmp.Or(a.flags.failOn, a.config.FailOn, "error")
	opts, err := a.options()
	if err != nil {
		return err
	}
	runner, err := a.runner(false)
	if err != nil {
		return err
	}
	known, err := a.matcher(groups, opts, runner)
	if err != nil {
		return err
	}
	all, err := outputs(a, func(format string, o report.Options) (report.Lint, error) {
		o.Rules = a.config.rules
		return report.NewLint(format, o)
	})
	if err != nil {
		return err
	}
	l := report.Linting{Outputs: a.lintOutputs(all, plain)}
	if known != nil {
		l.Across = known.Across
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
			if known != nil {
				known.Apply(d, &result)
			}
			if d.HoldsXMPro() {
				own.Store(true)
			}
			return l.Work(d, result), nil
		}, l.Done)
	}
	if found := a.config.Judge(a.config.settings, a.config.rules, a.config.whole); err == nil && len(found) > 0 {
		err = l.Add(found)
	}
	if err == nil {
		err = l.End()
	}
	if e := closeAll(all); err == nil { // a failed output fails again when it is closed
		err = e
	}
	if err != nil {
		return err
	}
	switch {
	case l.Broken:
		return status(statusFailed)
	case !own.Load() && l.Summary.Found()+l.Summary.Suppressed == 0:
		return status(statusNothing)
	}
	return a.flags.failed(l.Summary)
}

// lintOutputs are the outputs as the reports write to them. A log of GitHub
// Actions gets its text in their way and, where no output was chosen,
// annotations.
func (a *app) lintOutputs(all []output[report.Lint], plain bool) []report.Output {
	var list []report.Output
	for _, o := range all {
		list = append(list, report.Output{Format: o.format, W: o.w})
	}
	if a.env("GITHUB_ACTIONS") == "true" {
		if a.flags.format == "text" {
			list[0].Format = report.InActions(list[0].Format)
		}
		if plain { // behind the text, on the same output
			list = append(list, report.Output{Format: report.NewAnnotations(), W: all[0].w})
		}
	}
	return list
}
