package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/rules"
	"github.com/xmlint/xmlint/schema"
)

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "rules",
		Short:   "list the rules",
		Long:    "Lists every rule: id, usual severity, name, and what it finds.",
		Example: "  xmlint rules\n  xmlint rules --format json",
		Args:    atMost(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			all, err := outputs(a, report.NewCatalogue)
			if err != nil {
				return err
			}
			return write(a, all, func(put func(report.CatalogueRule) error) error {
				for _, r := range rules.All() {
					if err := put(report.NewCatalogueRule(r)); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	a.flags.formats(c, report.CatalogueFormats())
	return c
}

func (a *app) explainCommand() *cobra.Command {
	c := &cobra.Command{
		Use:               "explain RULE",
		Short:             "print one rule's page",
		Long:              "Prints the page of a rule, by its id or name: what it does, why it matters, an\nexample, what to write instead, and where it is written.",
		Example:           "  xmlint explain XM2004\n  xmlint explain connection-string-missing",
		Args:              exactlyOne("one rule"),
		ValidArgsFunction: completeRules,
		RunE:              func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
	}
	a.flags.formats(c, report.ExplainFormats())
	return c
}

func (a *app) explain(name string) error {
	all, err := outputs(a, report.NewExplain)
	if err != nil {
		return err
	}
	rule := rules.Find(name)
	if rule == nil {
		return unknownRule(name)
	}
	return write(a, all, func(put func(report.CatalogueRule) error) error {
		return put(report.NewCatalogueRule(rule))
	})
}

func unknownRule(name string) error {
	var known []string
	for _, r := range rules.All() {
		known = append(known, r.ID, r.Name)
	}
	hint := "see: xmlint rules"
	if near := schema.Nearest(name, known); near != "" {
		hint = "did you mean " + near + "?"
	}
	return usagef(hint, "there is no rule %q", name)
}

func completeRules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, r := range rules.All() {
		ids = append(ids, r.ID+"\t"+strings.TrimSuffix(r.Title, "."))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
