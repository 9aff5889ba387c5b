package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/migrate"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/schema"
)

// planFlags are the flags of plan alone.
type planFlags struct {
	planner.Options
	check         bool
	save, compare string
}

func (a *app) planCommand() *cobra.Command {
	var f planFlags
	c := &cobra.Command{
		Use:   "plan [PATH]",
		Short: "print the ordered upgrade plan to Auto Scale",
		Long: `Prints what is left to do until Auto Scale is on, in order: each step with its
reasons, commands, checks, how to take it back, and who cannot work meanwhile.

What is done is read from the files; what no file can show stands in xmpro.yaml
(see: xmlint init). A plan is proven before it is printed: see --explain.

--save keeps the plan, --compare tells step by step what changed since. Any
JSON document of xmlint that has plans can be compared with.`,
		Example: `  xmlint plan
  xmlint plan acme
  xmlint plan acme --to 4.6.1
  xmlint plan acme --off
  xmlint plan acme --status
  xmlint plan acme --explain
  xmlint plan acme --save audit.json
  xmlint plan acme --compare audit.json
  xmlint plan acme --check
  xmlint plan acme --format markdown > ticket.md
  xmlint plan acme --format svg > plan.svg`,
		Args: atMost(1, "one PATH"),
		RunE: func(_ *cobra.Command, args []string) error { return a.plan(args, f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.To, "to", "", "the `VERSION` to upgrade the suite to")
	flags.BoolVar(&f.Off, "off", false, "plan the way back, to one server without Auto Scale")
	flags.BoolVar(&f.Progress, "status", false, "say how far the plan is: done and why, next, blocked by what")
	flags.BoolVar(&f.Explain, "explain", false, "say what the plan was proven to keep, and why it holds")
	flags.StringVar(&f.save, "save", "", "keep the plan in a `FILE`, as JSON")
	flags.StringVar(&f.compare, "compare", "", "say what changed since the plan in a `FILE` that --save wrote")
	flags.BoolVar(&f.check, "check", false, "exit with 1 where something is still to do")
	a.flags.formats(c, report.PlanFormats())
	a.flags.failing(c, "never")
	a.flags.reading(c)
	a.flags.known(c)
	return c
}

func (a *app) plan(paths []string, f planFlags) error {
	if f.Off && f.To != "" {
		return usagef("the way back leaves the suite at its release", "--off and --to do not go together")
	}
	if err := planner.CheckRelease(f.To); err != nil {
		return &usage{err: err}
	}
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	older, err := a.savedPlans(f.compare)
	if err != nil {
		return err
	}
	load, err := a.options()
	if err != nil {
		return err
	}
	a.flags.written = f.save
	all, err := outputs(a, report.NewPlans)
	if err != nil {
		return err
	}
	keep, err := a.keepPlans(f.save)
	if err != nil {
		return errors.Join(err, closeAll(all))
	}
	left := false
	err = write(a, append(all, keep.outputs()...), func(put func(*planner.Plan) error) error {
		var now []*planner.Plan
		err := judge(a, groups, func(d *deployment.Deployment, r lint.Result) (*planner.Plan, error) {
			opts := f.Options
			opts.Environment = a.flags.environment
			opts.Edits = a.stepEdits(d, migrate.Options{Off: f.Off, Sources: a.sources, Exclude: a.flags.exclude, Load: load})
			return planner.Build(d, r.All(), opts)
		}, func(p *planner.Plan, shared []lint.Finding) error {
			p.Share(shared)
			left = left || p.State != planner.Done
			if f.compare != "" {
				now = append(now, p)
				return nil
			}
			return put(p)
		})
		var verdict status
		if err != nil && !errors.As(err, &verdict) || f.compare == "" {
			return err
		}
		for _, p := range planner.Compare(older, now) {
			if err := put(p); err != nil {
				return err
			}
		}
		return err
	})
	if e := keep.end(err); e != nil {
		return e
	}
	var release *planner.ReleaseError
	switch {
	case errors.As(err, &release):
		return &usage{err: err}
	case err == nil && f.check && left:
		return status(statusFound)
	}
	return err
}

// stepEdits gives the edits of a deployment's configure steps. They are worked
// out only where a connection string is known that they could write.
func (a *app) stepEdits(d *deployment.Deployment, opts migrate.Options) func(schema.Product, string) []planner.Edit {
	edits := migrate.StepEdits(a.ctx, d, opts)
	return func(product schema.Product, node string) []planner.Edit {
		if !opts.Off && !knowsConnection(d, product, node) {
			return nil
		}
		return edits(product, node)
	}
}

// knowsConnection reports whether the manifest, or the node itself, has a
// connection string.
func knowsConnection(d *deployment.Deployment, product schema.Product, node string) bool {
	if d.Manifest != nil && d.Manifest.Redis.Connection.IsSet() {
		return true
	}
	for _, n := range d.Product(product).Nodes {
		if c := n.Default().AutoScale.Connection; n.Name == node && c.Known() && schema.Classify(c.Text) == schema.Literal {
			return true
		}
	}
	return false
}
