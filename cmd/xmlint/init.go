package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/report"
)

func (a *app) initCommand() *cobra.Command {
	var create bool
	c := &cobra.Command{
		Use:   "init [PATH]",
		Short: "print an xmpro.yaml filled with what was found",
		Long: `Prints an xmpro.yaml, the file with the facts that no configuration file holds:
filled with what was found, and with a hint for each fact that is not known.

With --write the file is created in the deployment's folder. One that exists is
never overwritten: without --write, what it says stands in what is printed.`,
		Example: `  xmlint init acme
  xmlint init acme --write`,
		Args: atMost(1, "one PATH"),
		RunE: func(_ *cobra.Command, args []string) error { return a.init(args, create) },
	}
	c.Flags().BoolVar(&create, "write", false, "create the file")
	a.flags.formats(c, report.DraftFormats())
	a.flags.failing(c, "never")
	a.flags.reading(c)
	a.flags.known(c)
	return c
}

func (a *app) init(paths []string, create bool) error {
	if create && slices.Contains(paths, "-") {
		return usagef("give a folder", "there is no folder to write to for standard input")
	}
	groups, err := a.discover(paths)
	if err != nil {
		return err
	}
	all, err := outputs(a, report.NewDrafts)
	if err != nil {
		return err
	}
	refused := false
	owners := map[string]string{} // the deployment that has a product in a folder
	names := map[string]int{}
	for _, g := range groups {
		for root := range g.Roots() {
			names[path.Base(root)]++
		}
	}
	err = write(a, all, func(put func(report.Draft) error) error {
		return each(a, groups, func(d *deployment.Deployment, _ lint.Result) (report.Draft, error) {
			if d.Manifest == nil && names[d.Name] > 1 {
				d.Name = d.Root // reports and baselines know deployments by their names
			}
			return report.NewDraft(d), nil
		}, func(d report.Draft) error {
			owner, taken := owners[d.Root]
			for _, dir := range d.Folders {
				if dir != d.Root {
					owners[dir] = d.Root
				}
			}
			taken = taken && !d.Exists
			if taken {
				fmt.Fprintf(a.stderr, "xmlint: %s would take the product in %s away from the deployment in %s\n",
					visible.String(d.Path), visible.String(d.Root), visible.String(owner))
			}
			switch {
			case taken && create:
				refused = true
				return nil
			case create:
				created, err := a.create(&d)
				if err != nil {
					return err
				}
				if !created {
					fmt.Fprintf(a.stderr, "xmlint: %s exists; it is never overwritten\n", visible.String(d.Path))
					refused = true
					return nil
				}
			case d.Exists && !a.flags.quiet:
				fmt.Fprintf(a.stderr, "xmlint: %s exists; this is what a new one would hold\n", visible.String(d.Path))
			}
			return put(d)
		})
	})
	if err == nil && refused {
		return status(statusUsage)
	}
	return err
}

// create writes a manifest to where none is, and gives false where one is.
func (a *app) create(d *report.Draft) (bool, error) {
	if d.Exists {
		return false, nil
	}
	name := a.path(filepath.FromSlash(d.Path))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, &outputError{d.Path, reason(err)}
	}
	_, err = f.WriteString(d.Text)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(name)
		return false, &outputError{d.Path, reason(err)}
	}
	d.Written = true
	return true, nil
}
