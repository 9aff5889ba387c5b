package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/report"
)

// flags are the values of the flags that commands share.
type flags struct {
	format  string
	outputs []string
	written string // the file that --save, --write or --patch names; empty for none
	color   string
	quiet   bool

	failOn      string
	environment string
	keyFile     string
	exclude     []string
	jobs        int
	stdinName   string
	config      string
	today       string
	baseline    string
	paths       []string
}

// common adds the flags that every command has.
func (f *flags) common(root *cobra.Command) {
	all := root.PersistentFlags()
	all.StringVar(&f.color, "color", "auto", "colours `WHEN`: auto, always or never; NO_COLOR is honoured")
	all.BoolVar(&f.quiet, "quiet", false, "leave out summaries and hints")
	complete(root, "color", "auto", "always", "never")
}

// formats adds --format and --output.
func (f *flags) formats(c *cobra.Command, names []string) {
	c.Flags().StringVarP(&f.format, "format", "f", "text", "`FORMAT` of standard output: "+strings.Join(names, ", "))
	c.Flags().StringArrayVarP(&f.outputs, "output", "o", nil, "write a file too, `FORMAT=FILE`; can be repeated")
	complete(c, "format", names...)
}

// reading adds the flags of commands that read deployments.
func (f *flags) reading(c *cobra.Command) {
	c.Flags().StringVar(&f.environment, "environment", "", "`NAME` of the environment that all products run in")
	c.Flags().StringVar(&f.keyFile, "key", "", "`FILE` with the RSA key that opens protected sections")
	c.Flags().StringArrayVar(&f.exclude, "exclude", nil, "`GLOB` of paths to pass over, below PATH; can be repeated")
	c.Flags().StringVar(&f.config, "config", "", "`FILE` to read instead of the nearest .xmlint.yaml")
	c.Flags().StringVar(&f.today, "today", "", "the `DATE`, as 2027-01-31, on which ends of suppressions are judged (default today)")
	c.Flags().IntVar(&f.jobs, "jobs", 0, "`N` workers (default one per processor)")
	c.Flags().StringVar(&f.stdinName, "stdin-filename", "", "what the document from standard input is called, as `PATH`")
}

// failing adds --fail-on. All commands share the value, so its default is no
// value: usual says what that means.
func (f *flags) failing(c *cobra.Command, usual string) {
	c.Flags().StringVar(&f.failOn, "fail-on", "", "exit with 1 at findings of this `SEVERITY` or above: error, warning, info or never (default "+usual+")")
	complete(c, "fail-on", "error", "warning", "info", "never")
}

// known adds --baseline.
func (f *flags) known(c *cobra.Command) {
	c.Flags().StringVar(&f.baseline, "baseline", "", "leave out what is in this `FILE`, which xmlint baseline wrote")
}

// complete says what a flag can be.
func complete(c *cobra.Command, flag string, values ...string) {
	// The only error is a flag that does not exist or has a function.
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// check finds values that no flag can have.
func (f *flags) check() error {
	if _, err := f.threshold(); err != nil {
		return err
	}
	switch f.color {
	case "auto", "always", "never":
	default:
		return usagef("it is auto, always or never", "--color %q is none", f.color)
	}
	if _, err := time.Parse(time.DateOnly, f.today); f.today != "" && err != nil {
		return usagef("write it as 2027-01-31", "--today %q is no date", f.today)
	}
	if f.jobs < 0 {
		return usagef("give a number of workers, or 0 for one per processor", "--jobs %d is negative", f.jobs)
	}
	return nil
}

// threshold is the severity of --fail-on; 0 where findings do not count.
func (f *flags) threshold() (lint.Severity, error) {
	switch f.failOn {
	case "error":
		return lint.Error, nil
	case "warning":
		return lint.Warning, nil
	case "info":
		return lint.Info, nil
	case "never", "":
		return 0, nil
	}
	return 0, usagef("it is error, warning, info or never", "--fail-on %q is no severity", f.failOn)
}

// failed gives the status that findings ask for.
func (f *flags) failed(s report.Summary) error {
	if severity, _ := f.threshold(); severity != 0 && s.AtLeast(severity) {
		return status(statusFound)
	}
	return nil
}

// shown are the paths as messages name them.
func (f *flags) shown() []string {
	if len(f.paths) == 0 {
		return []string{"."}
	}
	return f.paths
}
