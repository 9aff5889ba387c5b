package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/report"
)

func (a *app) planCommand() *cobra.Command {
	var opts planner.Options
	var check bool
	c := &cobra.Command{
		Use:   "plan [PATH]",
		Short: "print the ordered upgrade plan to Auto Scale",
		Long: `Prints what is left to do until Auto Scale is on, in order: each step with its
reasons, commands, checks, how to take it back, and who cannot work meanwhile.

What is done is read from the files; what no file can show stands in xmpro.yaml
(see: xmlint init).`,
		Example: `  xmlint plan
  xmlint plan acme
  xmlint plan acme --to 4.6.1
  xmlint plan acme --check
  xmlint plan acme --format mermaid > plan.mmd
  xmlint plan acme --format dot | dot -Tsvg > plan.svg`,
		Args: atMost(1, "one PATH"),
		RunE: func(_ *cobra.Command, args []string) error { return a.plan(args, opts, check) },
	}
	c.Flags().StringVar(&opts.To, "to", "", "the `VERSION` to upgrade the suite to")
	c.Flags().BoolVar(&check, "check", false, "exit with 1 where something is still to do")
	a.flags.formats(c, report.PlanFormats())
	a.flags.failing(c, "never")
	a.flags.reading(c)
	a.flags.known(c)
	return c
}

func (a *app) plan(paths []string, opts planner.Options, check bool) error {
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	all, err := outputs(a, report.NewPlans)
	if err != nil {
		return err
	}
	left := false
	err = write(a, all, func(put func(*planner.Plan) error) error {
		return each(a, groups, func(d *deployment.Deployment, r lint.Result) (*planner.Plan, error) {
			return planner.Build(d, r.All(), opts)
		}, func(p *planner.Plan) error {
			left = left || p.State != planner.Done
			return put(p)
		})
	})
	var release *planner.ReleaseError
	switch {
	case errors.As(err, &release):
		return &usage{err: err}
	case err == nil && check && left:
		return status(statusFound)
	}
	return err
}
