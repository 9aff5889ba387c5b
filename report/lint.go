package report

import (
	"io"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// Lint is a format of what lint found. Its document is a beginning, a chunk for
// each deployment in their order, and an end.
type Lint interface {
	// Encode fills a chunk with one deployment and its findings. Insert puts
	// a finding, whose Place may be zero, before number at of the chunk's.
	// Both may be called by many goroutines at once and keep nothing of what
	// they are given.
	Encode(c *Chunk, d *deployment.Deployment, findings []lint.Finding)
	Insert(c *Chunk, at int, f *lint.Finding)
	// Begin and Append append the document to a buffer, End writes the rest.
	// They are called by one goroutine, Append once per deployment, in order.
	Begin(buf []byte) []byte
	Append(buf []byte, c *Chunk) []byte
	End(w io.Writer, s Summary) error
}

// Chunk is one deployment in one format: the findings, encoded, and what is
// kept for the end of the document.
type Chunk struct {
	body []byte
	ends []part // the findings in body, in order
	tail []byte
	hint hint
}

// part is one finding in a chunk's body.
type part struct{ start, end int }

// hint is what the end of a text for people says about the findings.
type hint struct {
	severity lint.Severity
	rule     string // the first of the worst
	planned  bool   // a step of the plan mends one
	root     string // of the first deployment with such a one
}

func (h *hint) add(g hint) {
	if g.severity > h.severity {
		h.severity, h.rule = g.severity, g.rule
	}
	if !h.planned {
		h.root = g.root
	}
	h.planned = h.planned || g.planned
}

// Reset empties the chunk and keeps its memory.
func (c *Chunk) Reset() { *c = Chunk{body: c.body[:0], ends: c.ends[:0], tail: c.tail[:0]} }

// insert notes what was appended to the body since start as finding number at.
func (c *Chunk) insert(at, start int, f *lint.Finding) {
	c.ends = slices.Insert(c.ends, at, part{start, len(c.body)})
	c.hint.add(hint{f.Severity, f.Rule.ID, f.Step != "", f.Root})
}

func lintFormats() []constructor[Lint] {
	return []constructor[Lint]{
		{"text", newLintText},
		{"json", newLintJSON},
		{"jsonl", newLintJSONL},
		{"sarif", newLintSARIF},
		{"junit", newLintJUnit},
		{"github", newLintGitHub},
		{"gitlab", newLintGitLab},
		{"checkstyle", newLintCheckstyle},
		{"markdown", newLintMarkdown},
		{"html", newLintHTML},
	}
}

// LintFormats are the names of the formats that lint has.
func LintFormats() []string { return names(lintFormats()) }

// NewLint gives a format of lint by its name, else a [*FormatError].
func NewLint(format string, o Options) (Lint, error) { return construct(lintFormats(), format, o) }
