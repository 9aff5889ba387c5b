package document

import (
	"errors"
	"fmt"
	"strings"
)

// InsertElement puts an element, as markup, into parent: behind its child
// after or, if that is [None], before its first child. It follows the layout
// of the elements around it: a line of its own with their indentation and line
// end, or none in a file on one line.
//
// Markup of several lines has \n between them, and for each level below the
// first line a tab at the start, which becomes a level of the file's own
// indentation. The error is for markup that is not one well-formed element,
// and for characters in it that the file's encoding cannot hold.
func (d *XML) InsertElement(parent, after NodeID, markup string) (Edit, error) {
	if d.Nodes[parent].Kind != Element {
		return Edit{}, errors.New("only an element holds elements")
	}
	if after != None && d.Nodes[after].Parent != parent {
		return Edit{}, errors.New("the place to insert is not in the element")
	}
	f, err := d.fragment(markup)
	if err != nil {
		return Edit{}, err
	}
	p := &d.Nodes[parent]
	lay := d.layoutIn(parent, after)
	text := lay.open + f.lines(lay.eol, lay.indent, d.step())
	switch {
	case p.EndTag.IsZero(): // <parent/>: the tag is opened
		from := p.StartTag.End - 2
		for xmlClass[d.Text.Bytes[from-1]]&classSpace != 0 {
			from--
		}
		text = ">" + text + lay.close + "</" + d.Name(parent) + ">"
		return d.edit(Span{from, p.StartTag.End}, d.encode(text, nil)), nil
	case lay.empty: // <parent> </parent>: the blanks go
		return d.edit(Span{p.StartTag.End, p.EndTag.Start}, d.encode(text+lay.close, nil)), nil
	}
	at := p.StartTag.End
	if after != None {
		at = d.end(after)
	}
	if lay.open != "" {
		at = d.afterComments(at)
	}
	return d.edit(Span{at, at}, d.encode(text, nil)), nil
}

// RemoveElement removes element n with all it holds, and its lines if nothing
// else stands on them. The root element stays: the error is for it, and for
// what is no element.
func (d *XML) RemoveElement(n NodeID) (Edit, error) {
	x := &d.Nodes[n]
	if x.Kind != Element || x.Parent == None {
		return Edit{}, errors.New("only an element inside another can be removed")
	}
	b := d.Text.Bytes
	from, to := x.StartTag.Start, d.end(n)
	indent, own := d.indentBefore(from)
	rest := to
	for byteAt(b, int(rest)) == ' ' || byteAt(b, int(rest)) == '\t' {
		rest++
	}
	if c := byteAt(b, int(rest)); own && (c == '\r' || c == '\n') {
		from -= int32(len(indent))
		to = rest + 1
		if c == '\r' && byteAt(b, int(to)) == '\n' {
			to++
		}
	}
	return d.edit(Span{from, to}, nil), nil
}

// layout is how an element is put among others.
type layout struct {
	open   string // what comes before it: a line end and its indentation, or nothing
	close  string // what comes after it if it is the only one
	indent string // its indentation
	eol    string // the line end
	empty  bool   // the parent holds nothing but blanks
}

// layoutIn is the layout of an element in parent, behind after or first.
func (d *XML) layoutIn(parent, after NodeID) layout {
	p := &d.Nodes[parent]
	outer, own := d.indentBefore(p.StartTag.Start)
	if after == None {
		for c := range d.Children(parent) {
			after = c
			break
		}
	}
	var lay layout
	if after != None {
		start := d.Nodes[after].StartTag.Start
		lay.indent, own = d.indentBefore(start)
		lay.eol = d.lineEndBefore(start)
	} else {
		var inside []byte
		if !p.EndTag.IsZero() {
			inside = d.Text.Bytes[p.StartTag.End:p.EndTag.Start]
		}
		lay.empty = len(strings.Trim(string(inside), " \t")) == 0
		lay.indent = outer + d.step()
		lay.eol = d.lineEndBefore(p.StartTag.Start)
		own = own && p.Next == parent+1 && // no text
			(lay.empty || strings.ContainsAny(string(inside), "\r\n")) &&
			strings.ContainsAny(string(d.Text.Bytes), "\r\n")
	}
	if own {
		lay.open, lay.close = lay.eol+lay.indent, lay.eol+outer
	}
	return lay
}

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

// lines is the text of d with other line ends, its lines but the first
// indented by indent and by step for each tab at their start. Lines that
// begin inside a value, a text or a comment are left as they are.
func (d *XML) lines(eol, indent, step string) string {
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
		out.WriteString(eol)
		if !d.inside(offset - 1) {
			tabs := len(more) - len(strings.TrimLeft(more, "\t"))
			out.WriteString(indent)
			out.WriteString(strings.Repeat(step, tabs))
			more = more[tabs:]
			offset += int32(tabs)
		}
		rest = more
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
