package report

import (
	"bytes"
	"strings"
)

func explainFormats() []constructor[Catalogue] {
	return []constructor[Catalogue]{
		{"text", newExplainText},
		{"json", newExplainJSON},
		{"markdown", newExplainMarkdown},
	}
}

// ExplainFormats are the names of the formats that explain has.
func ExplainFormats() []string { return names(explainFormats()) }

// NewExplain gives a format of a rule's page by its name, else a
// [*FormatError]. Its document has one piece.
func NewExplain(format string, o Options) (Catalogue, error) {
	return construct(explainFormats(), format, o)
}

// explainJSON is one rule with all its fields.
type explainJSON struct{ tool Tool }

func newExplainJSON(o Options) Catalogue { return explainJSON{o.Tool} }

func (explainJSON) Begin(buf []byte) []byte { return buf }

func (explainJSON) End(buf []byte) []byte { return buf }

func (e explainJSON) Append(buf []byte, r CatalogueRule) []byte {
	fields := bytes.TrimPrefix(appendValue(nil, r), []byte("{"))
	buf = append(appendHead(buf, e.tool), ",\n"...)
	return append(append(buf, fields...), '\n')
}

// explainText is a rule's page for people.
type explainText struct{ o Options }

func newExplainText(o Options) Catalogue { return &explainText{o} }

func (t *explainText) Begin(buf []byte) []byte { return buf }

func (t *explainText) End(buf []byte) []byte { return buf }

func (t *explainText) Append(buf []byte, r CatalogueRule) []byte {
	p := newPage(buf, t.o)
	p.put(bold, r.ID+" "+r.Name).add(" (").put(severityStyle(r.severity), r.Severity).add(")").end()
	p.line(r.Title)
	p.section("What it does", r.What)
	p.section("Why it matters", r.Why)
	p.example("Example", r.Bad)
	p.example("Use instead", r.Good)
	p.section("Fix safety", r.FixSafety)
	p.end().title("References")
	for _, link := range r.links() {
		p.space(2).prose(4, link)
	}
	p.space(2).prose(4, r.URL)
	if r.Step != "" {
		p.end().put(dim, "The step of the plan that mends it: ").line(r.Step)
	}
	return p.text
}

// section appends a heading and paragraphs of prose.
func (p *page) section(title, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	p.end().title(title)
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			p.end()
		}
		p.space(2).prose(2, paragraph)
	}
}

// example appends the files of a txtar archive.
func (p *page) example(title, archive string) {
	if archive = strings.TrimSpace(archive); archive == "" {
		return
	}
	p.end().title(title)
	for line := range strings.SplitSeq(archive, "\n") {
		if name, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(line, " --") {
			p.space(2).put(dim, strings.TrimSuffix(name, " --")).end()
			continue
		}
		p.space(6).line(strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), " \r"))
	}
}
