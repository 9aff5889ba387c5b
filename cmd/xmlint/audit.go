package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/migrate"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/report"
)

func (a *app) auditCommand() *cobra.Command {
	var opts planner.Options
	c := &cobra.Command{
		Use:   "audit [PATH]",
		Short: "print the pre-upgrade audit: inventory, findings and plan in one document",
		Long: `Prints one document for a change board: whether the deployment can be upgraded,
what is in the way, what is lost and who cannot work when; what is installed and
what shows it; the settings in effect; what was found; the plan with its picture;
what is to be decided; whose word each statement is; what could not be known; and
the hashes of the files that were read.

As html it is one file that needs no network, prints on A4 and remembers ticks.`,
		Example: `  xmlint audit acme
  xmlint audit acme --format html > audit.html
  xmlint audit acme -o html=audit.html -o markdown=audit.md`,
		Args: atMost(1, "one PATH"),
		RunE: func(_ *cobra.Command, args []string) error { return a.audit(args, opts) },
	}
	c.Flags().StringVar(&opts.To, "to", "", "the `VERSION` to upgrade the suite to")
	a.flags.formats(c, report.AuditFormats())
	a.flags.failing(c, "never")
	a.flags.reading(c)
	a.flags.known(c)
	return c
}

func (a *app) audit(paths []string, opts planner.Options) error {
	if err := planner.CheckRelease(opts.To); err != nil {
		return &usage{err: err}
	}
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	load, err := a.options()
	if err != nil {
		return err
	}
	all, err := outputs(a, report.NewAudits)
	if err != nil {
		return err
	}
	err = write(a, all, func(put func(*report.Audit) error) error {
		return judge(a, groups, func(d *deployment.Deployment, r lint.Result) (*report.Audit, error) {
			with := opts
			with.Environment = a.flags.environment
			with.Edits = a.stepEdits(d, migrate.Options{Sources: a.sources, Exclude: a.flags.exclude, Load: load})
			plan, err := planner.Build(d, r.All(), with)
			if err != nil {
				return nil, err
			}
			return report.NewAudit(d, r, plan), nil
		}, func(audit *report.Audit, shared []lint.Finding) error {
			audit.Plan.Share(shared)
			audit.Add(shared)
			return put(audit)
		})
	})
	var release *planner.ReleaseError
	if errors.As(err, &release) {
		return &usage{err: err}
	}
	return err
}
