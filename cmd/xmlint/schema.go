package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [NAME]",
		Short: "print a JSON Schema by its name",
		Long: `Prints the JSON Schema of xmpro.yaml (manifest), of .xmlint.yaml (config), or of
one of the JSON documents that xmlint writes. Without a NAME it lists them.`,
		Example: "  xmlint schema\n  xmlint schema manifest > xmpro.schema.json",
		Args:    atMost(1, "one NAME"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return schema.Files(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.say(strings.Join(schema.Files(), "\n"))
			}
			text, ok := schema.File(args[0])
			if !ok {
				return usagef("there are "+strings.Join(schema.Files(), ", "), "there is no schema %q", args[0])
			}
			return a.say(strings.TrimRight(string(text), "\n"))
		},
	}
}
