package document

import (
	"errors"
	"fmt"
	"strings"
)

// fragment reads markup that is one element. Prefixes may be bound where it
// goes. Characters that d's encoding does not have are references in what
// comes back.
func (d *XML) fragment(markup string) (*XML, error) {
	f, err := parseFragment(markup)
	if err != nil {
		return nil, err
	}
	var fit strings.Builder
	for i, r := range markup {
		switch {
		case d.encode(string(r), nil) != nil:
			fit.WriteRune(r)
		case f.canRefer(int32(i)):
			fit.WriteString(escapeRune(r))
		default:
			return nil, fmt.Errorf("the file's encoding cannot hold the character U+%04X", r)
		}
	}
	if fit.String() == markup {
		return f, nil
	}
	return parseFragment(fit.String())
}

func parseFragment(markup string) (*XML, error) {
	t, err := DecodeXML("markup", []byte(markup), Limits{})
	if err != nil {
		return nil, fmt.Errorf("the markup to insert: %w", err)
	}
	f := new(XML)
	f.scan.fragment = true
	if err := f.Parse(t, Limits{}); err != nil {
		return nil, fmt.Errorf("the markup to insert: %w", err)
	}
	if f.Nodes[0].StartTag.Start != 0 || int(f.end(0)) != len(markup) {
		return nil, errors.New("the markup to insert is more than one element")
	}
	return f, nil
}

// unbound is a prefix in the fragment d that is bound neither in it nor in the
// element n of the document where it goes; empty if there is none.
func (d *XML) unbound(where *XML, n NodeID) string {
	check := func(at NodeID, name Span) string {
		prefix := prefixOf(d.slice(name))
		if _, ok := d.namespace(at, prefix); ok {
			return ""
		}
		if _, ok := where.namespace(n, prefix); ok {
			return ""
		}
		return string(prefix)
	}
	for i := range d.Nodes {
		x := &d.Nodes[i]
		if x.Kind != Element {
			continue
		}
		if p := check(NodeID(i), x.Name); p != "" {
			return p
		}
		for _, a := range d.Attrs[x.AttrFrom:x.AttrTo] {
			if p := check(NodeID(i), a.Name); p != "" {
				return p
			}
		}
	}
	return ""
}

// canRefer reports whether a reference can stand at an offset: in text and in
// the values of attributes.
func (d *XML) canRefer(at int32) bool {
	for _, a := range d.Attrs {
		if a.Value.Start < at && at < a.Value.End {
			return true
		}
	}
	for _, x := range d.Nodes {
		if x.Kind == CharData && x.StartTag.Start <= at && at < x.StartTag.End {
			return true
		}
	}
	return false
}

// lines is the text of d with the line ends of lay, its lines but the first
// indented like the first and by step for each tab at their start. Lines that
// begin inside a value, a text or a comment are left as they are. Where lay
// has no lines, the others are joined.
func (d *XML) lines(lay xmlLayout, step string) string {
	var out strings.Builder
	rest := string(d.Text.Bytes)
	offset := int32(0)
	for {
		line, more, found := strings.Cut(rest, "\n")
		out.WriteString(strings.TrimSuffix(line, "\r"))
		if !found {
			return out.String()
		}
		offset += int32(len(line)) + 1
		tabs := len(more) - len(strings.TrimLeft(more, "\t"))
		switch {
		case d.inside(offset - 1):
			tabs = 0
			out.WriteString(lay.eol)
		case lay.open != "":
			out.WriteString(lay.open + strings.Repeat(step, tabs))
		case d.insideTag(offset - 1):
			out.WriteByte(' ')
		}
		rest = more[tabs:]
		offset += int32(tabs)
	}
}

// inside reports whether an offset is in a value, a text or a comment.
func (d *XML) inside(at int32) bool {
	if d.canRefer(at) {
		return true
	}
	for _, x := range d.Nodes {
		if x.Kind == CDATA && x.StartTag.Start <= at && at < x.StartTag.End {
			return true
		}
	}
	for _, c := range d.Comments {
		if c.Start < at && at < c.End {
			return true
		}
	}
	return false
}

// insideTag reports whether an offset is in a tag.
func (d *XML) insideTag(at int32) bool {
	for _, x := range d.Nodes {
		if x.Kind == Element && (x.StartTag.Start < at && at < x.StartTag.End || x.EndTag.Start < at && at < x.EndTag.End) {
			return true
		}
	}
	return false
}
