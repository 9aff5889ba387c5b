package main

import (
	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/report"
)

func (a *app) showCommand() *cobra.Command {
	var every bool
	c := &cobra.Command{
		Use:   "show [PATH]",
		Short: "print the effective value of settings, and where each came from",
		Long: `Prints the value that each product gets for its Auto Scale settings, the file or
other layer it came from, and what it hides. Where the environment is not known
a product is shown once for each. Secrets are masked.`,
		Example: `  xmlint show acme
  xmlint show acme --environment Production
  xmlint show acme --all --format json`,
		Args: atMost(1, "one PATH"),
		RunE: func(_ *cobra.Command, args []string) error { return a.show(args, every) },
	}
	c.Flags().BoolVar(&every, "all", false, "every setting, not only those of Auto Scale")
	a.flags.formats(c, report.ShowFormats())
	a.flags.failing(c, "never")
	a.flags.reading(c)
	a.flags.known(c)
	return c
}

func (a *app) show(paths []string, every bool) error {
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	all, err := outputs(a, report.NewShows)
	if err != nil {
		return err
	}
	settings := 0
	return write(a, all, func(put func(report.Shown) error) error {
		err := each(a, groups, func(d *deployment.Deployment, _ lint.Result) (report.Shown, error) {
			return report.Show(d, every), nil
		}, func(s report.Shown) error {
			for _, p := range s.Products {
				settings += len(p.Settings)
			}
			return put(s)
		})
		if err == status(statusNothing) && settings > 0 {
			return nil // they are another program's, but there they are
		}
		return err
	})
}
