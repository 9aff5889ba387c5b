// Package yamldoc reads small YAML files that people write by hand, with the
// place of each node, and says what is wrong in them: what is no YAML, what
// does not follow a JSON Schema, what was probably meant.
package yamldoc

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
)

// Problem is one thing that is wrong in a file.
type Problem struct {
	Span          document.Span
	Message, Hint string
}

// Doc is a file that was read. What is wrong does not keep the rest from being
// used.
type Doc struct {
	Text     *document.Text
	Root     *yaml.Node // nil where the file is empty or no YAML
	Problems []Problem
	see      string // where the keys are documented
	lines    lines
}

// maxDepth bounds the nesting of a file: no schema needs half of it.
const maxDepth = 32

// Read reads a file and holds it against its schema. See says where its keys
// are documented: "see the documentation of xmpro.yaml".
func Read(text *document.Text, s *jsonschema.Schema, see string) *Doc {
	d := &Doc{Text: text, see: see, lines: lines{text: text.Bytes}}
	var root yaml.Node
	if err := yaml.Load(text.Bytes, &root); err != nil {
		d.syntax(err)
		return d
	}
	if len(root.Content) == 0 {
		return d
	}
	d.Root = root.Content[0]
	if !d.tooDeep(d.Root, maxDepth) {
		d.check(s)
	}
	slices.SortStableFunc(d.Problems, func(a, b Problem) int { return int(a.Span.Start) - int(b.Span.Start) })
	return d
}

// Problem adds a problem at a node.
func (d *Doc) Problem(n *yaml.Node, hint, format string, args ...any) {
	d.Problems = append(d.Problems, Problem{d.Span(n), fmt.Sprintf(format, args...), hint})
}

// Pairs calls f for each key of a mapping; for anything else it does nothing.
func Pairs(n *yaml.Node, f func(key, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f(n.Content[i], n.Content[i+1])
	}
}

// Items are the elements of a list; a scalar is a list of itself.
func Items(n *yaml.Node) []*yaml.Node {
	switch {
	case n == nil || n.Tag == "!!null":
		return nil
	case n.Kind == yaml.SequenceNode:
		return n.Content
	case n.Kind == yaml.ScalarNode:
		return []*yaml.Node{n}
	}
	return nil
}

// Text is a scalar as written; empty for null and for what is no scalar.
func Text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return ""
	}
	return n.Value
}

// syntax reports that the file is no YAML.
func (d *Doc) syntax(err error) {
	var many *yaml.LoadErrors
	if errors.As(err, &many) && len(many.Errors) > 0 {
		err = many.Errors[0]
		if len(d.Text.Bytes) == 0 || strings.Contains(err.Error(), "no documents") {
			return // an empty file says nothing, and is none the worse
		}
	}
	p := Problem{Message: "the file is not YAML", Hint: "quote values that hold a colon, a # or a bracket, and indent with blanks"}
	var fault *yaml.LoadError
	if errors.As(err, &fault) {
		if line := fault.Mark.Line; line > 0 {
			at := d.lines.offset(line, max(fault.Mark.Column, 1))
			p.Span = document.Span{Start: int32(at), End: int32(min(at+1, len(d.Text.Bytes)))}
		}
		p.Message += ": " + strings.TrimPrefix(fault.Message, "yaml: ")
	}
	d.Problems = append(d.Problems, p)
}

// tooDeep reports nesting that nothing asks for, and aliases, which can make a
// small file a large one.
func (d *Doc) tooDeep(n *yaml.Node, left int) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.Problem(n, "write the value out", "anchors and aliases are not read")
		return true
	case left == 0:
		d.Problem(n, d.see, "the file is nested too deeply")
		return true
	}
	return slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return d.tooDeep(c, left-1) })
}
