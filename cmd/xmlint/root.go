package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xmlint/xmlint/schema"
)

const about = `xmlint reads the configuration of XMPro deployments (App Designer, Data Stream
Designer, Subscription Manager), says what stands in the way of Auto Scale, and
plans the way there. It changes nothing unless it is told to write, opens no
connection, and never shows a secret.

Exit status:
    0  nothing at or above --fail-on was found; the plan was printed
    1  findings at or above --fail-on; with --check: something is still to do;
       migrate --write was refused: it names the steps that come first
    2  the call is wrong, or a path does not exist
    3  xmlint failed: a rule broke, an output could not be written
    4  nothing to check: there is no XMPro configuration under the paths
  130  interrupted`

// root is the command without a name: it has the others.
func (a *app) root() *cobra.Command {
	var wantsVersion bool
	c := &cobra.Command{
		Use:   "xmlint",
		Short: "check the configuration of XMPro deployments, and plan the way to Auto Scale",
		Long:  about,
		Example: `  xmlint lint                    check everything below this folder
  xmlint plan acme               the way to Auto Scale, in order
  xmlint explain XM2004          what a rule is about`,
		Args:          cobra.ArbitraryArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) > 0:
				return unknownCommand(c, args[0])
			case wantsVersion:
				return a.say("xmlint " + tool().Version)
			}
			return c.Help()
		},
	}
	c.Flags().BoolVar(&wantsVersion, "version", false, "print the version, as xmlint version does")
	c.CompletionOptions.DisableDefaultCmd = true
	c.SuggestionsMinimumDistance = 2
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		text := err.Error()
		hint := "see: " + c.CommandPath() + " --help"
		var unknown *pflag.NotExistError
		if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
			if near := nearestFlag(c, unknown.GetSpecifiedName()); near != "" {
				hint = "did you mean --" + near + "? " + hint
			}
		}
		var number *strconv.NumError
		if errors.As(err, &number) {
			// Which function of Go refused it is nobody's business.
			text = strings.Replace(text, number.Error(), number.Err.Error(), 1)
		}
		return usagef(hint, "%s", text)
	})
	a.flags.common(c)
	c.AddCommand(a.lintCommand(), a.planCommand(), a.auditCommand(), a.migrateCommand(), a.showCommand(), a.redisCommand(), a.initCommand(), a.baselineCommand(),
		a.rulesCommand(), a.explainCommand(), a.schemaCommand(), a.versionCommand(), a.completionCommand(), a.manCommand())
	c.SetHelpCommand(a.helpCommand(c))
	return c
}

// nearestFlag is the flag of a command that a name was most likely meant to be.
func nearestFlag(c *cobra.Command, name string) string {
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			known = append(known, f.Name)
		}
	})
	return schema.Nearest(name, known)
}

func unknownCommand(root *cobra.Command, name string) error {
	hint := "see: xmlint --help"
	if near := root.SuggestionsFor(name); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef(hint, "there is no command %q", name)
}

// helpCommand is `xmlint help`: like the one that cobra brings, but a command
// that does not exist is an error.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "help about a command",
		Long:    "Shows what a command does, its flags, and examples.",
		Example: "  xmlint help plan",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) (names []string, _ cobra.ShellCompDirective) {
			for _, c := range root.Commands() {
				if len(args) == 0 && c.IsAvailableCommand() {
					names = append(names, c.Name()+"\t"+c.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if c == nil || err != nil || c == root && len(rest) > 0 {
				return unknownCommand(root, args[0])
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}

// atMost bounds the number of arguments.
func atMost(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) <= n {
			return nil
		}
		return usagef("see: "+c.CommandPath()+" --help", "%s takes %s, not %d arguments", c.CommandPath(), what, len(args))
	}
}

// exactlyOne asks for one argument.
func exactlyOne(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return usagef("see: "+c.CommandPath()+" --help", "%s takes %s, not %d arguments", c.CommandPath(), what, len(args))
	}
}

// say writes a line to stdout.
func (a *app) say(text string) error {
	if _, err := fmt.Fprintln(a.stdout, text); err != nil {
		return &outputError{stdoutName, err}
	}
	return nil
}
