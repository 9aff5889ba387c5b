package main

import (
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/report"
)

// version is that of the source: the release that it is, or the next one.
const version = "0.1.0"

// tool is this program, as its reports name it.
func tool() report.Tool {
	info, _ := debug.ReadBuildInfo()
	return report.Tool{Name: "xmlint", Version: versionOf(info)}
}

// versionOf is the version that a program was built from: that of the module
// where one was downloaded or a tag was checked out, else the source's. What
// somebody builds in a work tree has no version of its own: the same source
// names itself the same everywhere.
func versionOf(info *debug.BuildInfo) string {
	if info == nil {
		return version
	}
	v, ok := strings.CutPrefix(info.Main.Version, "v")
	if !ok || strings.Contains(v, "+dirty") {
		return version
	}
	if regexp.MustCompile(`[-.][0-9]{14}-[0-9a-f]{12}$`).MatchString(v) {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return version
			}
		}
	}
	return v
}

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
