// Package yamldoc reads small YAML files that people write by hand, with the
// place of each node, and says what is wrong in them: what is no YAML, what
// does not follow a JSON Schema, what was probably meant.
package yamldoc

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
)

// MaxBytes is the size over which a file is refused: it is written by hand.
const MaxBytes = 1 << 20

// Form is what a file shall look like.
type Form struct {
	Schema *jsonschema.Schema
	// What the file is in a sentence ("the manifest"), and where its keys are
	// documented ("see the documentation of xmpro.yaml").
	What, See string
}

// Problem is one thing that is wrong in a file.
type Problem struct {
	Span          document.Span
	Message, Hint string
}

// Doc is a file that was read. What is wrong does not keep the rest from being
// used.
type Doc struct {
	Root     *yaml.Node // nil where the file is empty or no YAML
	Problems []Problem  // in no order; see [Doc.Sorted]

	form    Form
	lines   lineIndex
	members map[*yaml.Node]map[string]int // of mappings in which a problem was looked for
}

// maxDepth bounds the nesting of a file: no schema needs half of it.
const maxDepth = 32

// Read reads a file and holds it against its schema.
func Read(text *document.Text, form Form) *Doc {
	d := &Doc{form: form, lines: lineIndex{text: text.Bytes}}
	var root yaml.Node
	if err := yaml.Load(asVersion11(text.Bytes), &root); err != nil {
		d.syntax(err)
	} else if len(root.Content) > 0 {
		d.Root = root.Content[0]
		if !d.tooDeep(d.Root, maxDepth) {
			d.check()
		}
	}
	return d
}

// asVersion11 is a text in which a directive names YAML 1.1, and no other minor
// version: the reader refuses what it does not know, and by the specification
// may read a document of a later one.
func asVersion11(text []byte) []byte {
	const directive = "%YAML 1."
	for at := 0; at < len(text) && (text[at] == '%' || text[at] == '#' || text[at] == '\n' || text[at] == '\r'); {
		line := text[at:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		if rest, ok := bytes.CutPrefix(line, []byte(directive)); ok && len(rest) > 0 && '2' <= rest[0] && rest[0] <= '9' && len(bytes.TrimSpace(rest)) == 1 {
			text = bytes.Clone(text)
			text[at+len(directive)] = '1'
			break
		}
		at += len(line) + 1
	}
	return text
}

// Problem adds a problem at a node.
func (d *Doc) Problem(n *yaml.Node, hint, format string, args ...any) {
	d.Problems = append(d.Problems, Problem{d.Span(n), fmt.Sprintf(format, args...), hint})
}

// MaxProblems is how many problems are told one by one.
const MaxProblems = 100

// Sorted are the problems in the order of the file; those that are too many to
// be read are counted.
func (d *Doc) Sorted() []Problem {
	all := slices.Clone(d.Problems)
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Message, b.Message))
	})
	if more := len(all) - MaxProblems; more > 0 {
		all = append(all[:MaxProblems], Problem{
			all[MaxProblems].Span, fmt.Sprintf("there are %d more problems from here on", more), "mend those above first",
		})
	}
	return all
}

// syntax reports that the file is no YAML.
func (d *Doc) syntax(err error) {
	var many *yaml.LoadErrors
	if errors.As(err, &many) && len(many.Errors) > 0 {
		err = many.Errors[0]
		if len(d.lines.text) == 0 || strings.Contains(err.Error(), "no documents") {
			return // an empty file says nothing, and is none the worse
		}
	}
	var at document.Span
	reason, hint := "", "quote values that hold a colon, a # or a bracket, and indent with blanks"
	var fault *yaml.LoadError
	if errors.As(err, &fault) {
		if fault.Mark.Line > 0 {
			at = d.span(fault.Mark.Line, max(fault.Mark.Column, 1), 1)
		}
		reason = ": " + strings.TrimPrefix(fault.Message, "yaml: ")
	}
	text := string(d.lines.text)
	switch {
	case strings.Contains(reason, "control characters"):
		if i := strings.IndexFunc(text, isControl); i >= 0 {
			at = document.Span{Start: int32(i), End: int32(i + 1)}
		}
		reason, hint = ": it holds a control character", "delete it; a file in another encoding needs a byte order mark"
	case strings.Contains(reason, "found multiple"):
		if i := strings.LastIndex(text, "\n---"); i >= 0 {
			at = document.Span{Start: int32(i + 1), End: int32(i + 4)}
		}
		reason, hint = ": it holds more than one document", "keep one, and delete the line --- that begins the other"
	}
	d.Problems = append(d.Problems, Problem{at, "the file is not YAML" + reason, hint})
}

// isControl reports whether YAML refuses a character.
func isControl(c rune) bool {
	return c < ' ' && c != '\t' && c != '\r' && c != '\n' || 0x7F <= c && c <= 0x9F && c != 0x85 || c == 0xFFFE || c == 0xFFFF
}

// tooDeep reports nesting that nothing in a schema asks for, and aliases, which
// can make a small file a large one.
func (d *Doc) tooDeep(n *yaml.Node, left int) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.Problem(n, "write the value out", "anchors and aliases are not read")
		return true
	case left == 0:
		d.Problem(n, d.form.See, "%s is nested too deeply", d.form.What)
		return true
	}
	return slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return d.tooDeep(c, left-1) })
}
