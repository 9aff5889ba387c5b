package report

import (
	"strings"

	"github.com/xmlint/xmlint/lint"
)

// CatalogueRule is a rule as the catalogue shows it.
type CatalogueRule struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Severity   string   `json:"severity"`
	Title      string   `json:"title"`
	What       string   `json:"what"`
	Why        string   `json:"why"`
	Bad        string   `json:"bad,omitempty"`  // a deployment in which the rule fires, a txtar archive
	Good       string   `json:"good,omitempty"` // the same, mended
	FixSafety  string   `json:"fix_safety,omitempty"`
	References []string `json:"references"`
	Source     string   `json:"source"`
	Step       string   `json:"step,omitempty"` // of the plan, that mends it
	URL        string   `json:"url"`

	severity lint.Severity
}

// NewCatalogueRule takes a rule's documentation.
func NewCatalogueRule(r *lint.Rule) CatalogueRule {
	return CatalogueRule{
		ID: r.ID, Name: r.Name, Severity: r.Severity.String(), Title: r.Title, What: r.Doc.What, Why: r.Doc.Why,
		Bad: r.Doc.Bad, Good: r.Doc.Good, FixSafety: r.Doc.FixSafety, References: filled(r.Doc.References),
		Source: r.Source, Step: r.Step, URL: r.URL(), severity: r.Severity,
	}
}

// Catalogue is a format of the list of rules.
type Catalogue = Document[CatalogueRule]

func catalogueFormats() []constructor[Catalogue] {
	return []constructor[Catalogue]{
		{"text", newCatalogueText},
		{"json", newCatalogueJSON},
	}
}

// CatalogueFormats are the names of the formats that rules has.
func CatalogueFormats() []string { return names(catalogueFormats()) }

// NewCatalogue gives a format of rules by its name, else a [*FormatError].
func NewCatalogue(format string, o Options) (Catalogue, error) {
	return construct(catalogueFormats(), format, o)
}

func newCatalogueJSON(o Options) Catalogue {
	return &jsonList[CatalogueRule]{tool: o.Tool, member: "rules", encode: func(buf []byte, r CatalogueRule) []byte { return appendValue(buf, r) }}
}

// catalogueText is one line per rule.
type catalogueText struct{ o Options }

func newCatalogueText(o Options) Catalogue { return &catalogueText{o} }

func (t *catalogueText) Begin(buf []byte) []byte { return buf }

func (t *catalogueText) Append(buf []byte, r CatalogueRule) []byte {
	p := newPage(buf, t.o)
	p.put(bold, r.ID).space(1).put(severityStyle(r.severity), pad(r.Severity, 8)).add(pad(r.Name, 30)).line(r.Title)
	return p.text
}

func (t *catalogueText) End(buf []byte) []byte {
	if t.o.Quiet {
		return buf
	}
	return newPage(buf, t.o).end().put(dim, "Next:").space(1).put(bold, "xmlint explain RULE").line("  one rule's page").text
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(1, n-len(s))) }
