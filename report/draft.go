package report

import "github.com/xmlint/xmlint/internal/visible"

// Drafts is a format of manifests, one piece per deployment.
type Drafts = Document[Draft]

func draftFormats() []constructor[Drafts] {
	return []constructor[Drafts]{
		{"text", func(Options) Drafts { return &draftText{} }},
		{"json", newDraftJSON},
	}
}

// DraftFormats are the names of the formats that init has.
func DraftFormats() []string { return names(draftFormats()) }

// NewDrafts gives a format of init by its name, else a [*FormatError].
func NewDrafts(format string, o Options) (Drafts, error) {
	return construct(draftFormats(), format, o)
}

func newDraftJSON(o Options) Drafts {
	return &jsonList[Draft]{tool: o.Tool, member: "manifests", encode: func(buf []byte, d Draft) []byte { return appendValue(buf, d) }}
}

// draftText is the manifest itself; several are documents of one stream.
type draftText struct{ begun bool }

func (t *draftText) Begin(buf []byte) []byte { return buf }

func (t *draftText) End(buf []byte) []byte { return buf }

func (t *draftText) Append(buf []byte, d Draft) []byte {
	if d.Written {
		return append(visible.Append(append(buf, "created "...), d.Path), '\n')
	}
	if t.begun {
		buf = append(buf, "---\n"...)
	}
	t.begun = true
	buf = append(visible.Append(append(buf, "# "...), d.Path), '\n')
	return append(buf, d.Text...)
}
