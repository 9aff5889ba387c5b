package main

import (
	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/report"
)

func (a *app) versionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "version",
		Short:   "print the version",
		Long:    "Prints the version of xmlint, and of its JSON documents.",
		Example: "  xmlint version\n  xmlint version --format json",
		Args:    atMost(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			all, err := outputs(a, report.NewVersion)
			if err != nil {
				return err
			}
			return write(a, all, func(put func(report.Tool) error) error { return put(tool()) })
		},
	}
	a.flags.formats(c, report.VersionFormats())
	return c
}
