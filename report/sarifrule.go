package report

import (
	"strings"

	"github.com/xmlint/xmlint/lint"
)

// GitHub cuts a description at so many characters.
const sarifDescription = 1000

// appendSARIFRule appends a rule as a reportingDescriptor.
func appendSARIFRule(dst []byte, r *lint.Rule) []byte {
	dst = append(dst, `{"id":`...)
	dst = appendString(dst, r.ID)
	dst = appendString(appendName(dst, "name"), r.Name)
	dst = appendText(dst, "shortDescription", sentence(r.Title))
	dst = append(appendText(dst, "fullDescription", cutText(sentence(plainText(firstParagraph(r.Doc.What))), sarifDescription)), `,"help":{"text":`...)
	dst = appendString(dst, sarifHelp(r))
	dst = appendString(appendName(dst, "markdown"), sarifPage(r))
	dst = appendString(append(dst, `},"helpUri":`...), r.URL())
	dst = append(dst, `,"defaultConfiguration":{"level":`...)
	dst = appendString(dst, sarifLevel(r.Severity))
	dst = appendStrings(append(dst, `},"properties":{"tags":`...), ruleTags(r))
	dst = appendString(appendName(dst, "problem.severity"), sarifProblem(r.Severity))
	return append(dst, `,"precision":"high"}}`...)
}

func appendText(dst []byte, name, text string) []byte {
	dst = appendString(append(appendName(dst, name), `{"text":`...), text)
	return append(dst, '}')
}

// sarifHelp is the rule's page for viewers that know no Markdown, without the
// examples: plain text has no layout.
func sarifHelp(r *lint.Rule) string {
	var parts []string
	for _, s := range []string{r.Doc.What, r.Doc.Why, r.Doc.FixSafety} {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, plainText(s))
		}
	}
	return strings.Join(append(parts, r.URL()), "\n\n")
}

// sarifPage is the rule's page without what leads into the repository.
func sarifPage(r *lint.Rule) string {
	c := NewCatalogueRule(r)
	c.Step = ""
	return string(RulePage(c, ""))
}

// plainText takes the marks of code out of Markdown; rules use no others.
func plainText(markdown string) string { return strings.ReplaceAll(markdown, "`", "") }

// sarifProblem is the severity in the words of GitHub's problem.severity.
func sarifProblem(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "error"
	case lint.Warning:
		return "warning"
	}
	return "recommendation"
}

// ruleTags are what alerts can be filtered by: the family of the rule.
func ruleTags(r *lint.Rule) []string {
	family := "other"
	if len(r.ID) > 2 {
		switch r.ID[2] {
		case '0':
			family = "files"
		case '1':
			family = "version"
		case '2':
			family = "auto-scale"
		case '3':
			family = "redis"
		case '4':
			family = "subscription-manager"
		case '5':
			family = "connectors"
		}
	}
	return []string{"xmpro", "configuration", family}
}
