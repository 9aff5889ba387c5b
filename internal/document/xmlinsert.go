package document

import (
	"errors"
	"fmt"
)

// InsertElement puts an element, as markup, into parent: behind its child
// after or, if that is [None], before its first child. It follows the layout
// of the elements around it: a line of its own with their indentation and line
// end, or none in a file on one line.
//
// Markup of several lines has \n between them, and for each level below the
// first line a tab at the start, which becomes a level of the file's own
// indentation; in a file on one line they are joined. The error is for markup
// that is not one well-formed element, for a prefix that is not bound where it
// goes, and for characters in names that the file's encoding cannot hold.
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
	if prefix := f.unbound(d, parent); prefix != "" {
		return Edit{}, fmt.Errorf("the markup to insert: the prefix %s is not bound to a namespace here", prefix)
	}
	p := &d.Nodes[parent]
	lay := d.layoutIn(parent, after)
	text := lay.open + f.lines(lay, d.step())
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
