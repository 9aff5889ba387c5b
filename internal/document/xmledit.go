package document

import (
	"errors"
	"fmt"
)

// SetAttr gives attribute name of element n a value. An attribute that is
// there keeps its place and its quotes; a new one follows the last one, on a
// line of its own if that is how the element is laid out. The error is for a
// name that is none, and for a value that XML cannot hold.
func (d *XML) SetAttr(n NodeID, name, value string) (Edit, error) {
	if d.Nodes[n].Kind != Element {
		return Edit{}, errors.New("only an element has attributes")
	}
	if i := d.AttrNode(n, name); i >= 0 {
		v := d.Attrs[i].Value
		escaped, err := EscapeAttr(value, d.Text.Bytes[v.Start])
		if err != nil {
			return Edit{}, err
		}
		return d.edit(Span{v.Start + 1, v.End - 1}, d.encode(escaped, escapeRune)), nil
	}
	if err := d.checkName(name); err != nil {
		return Edit{}, err
	}
	x := &d.Nodes[n]
	at, space, quote := x.Name.End, " ", byte('"')
	if x.AttrTo > x.AttrFrom {
		last := d.Attrs[x.AttrTo-1]
		at, quote = last.Value.End, d.Text.Bytes[last.Value.Start]
		space = d.attrSpace(x)
	}
	escaped, err := EscapeAttr(value, quote)
	if err != nil {
		return Edit{}, err
	}
	q := string(rune(quote))
	return d.edit(Span{at, at}, d.encode(space+name+"="+q+escaped+q, escapeRune)), nil
}

// attrSpace is the white space that goes before a further attribute of x: a
// line end and the indentation of the last one where each attribute but the
// first, which may share the line of the name, has a line of its own.
func (d *XML) attrSpace(x *XMLNode) string {
	attrs := d.Attrs[x.AttrFrom:x.AttrTo]
	for k, a := range attrs {
		if k == 0 && len(attrs) > 1 {
			continue
		}
		if _, own := d.indentBefore(a.Name.Start); !own {
			return " "
		}
	}
	last := attrs[len(attrs)-1].Name.Start
	indent, _ := d.indentBefore(last)
	return d.lineEndBefore(last) + indent
}

// RenameAttr gives attribute i another name.
func (d *XML) RenameAttr(i int32, name string) (Edit, error) {
	return d.rename(d.Attrs[i].Name, name)
}

// RenameElement gives element n another name, in both of its tags.
func (d *XML) RenameElement(n NodeID, name string) ([]Edit, error) {
	x := &d.Nodes[n]
	if x.Kind != Element {
		return nil, errors.New("only an element has a name")
	}
	start, err := d.rename(x.Name, name)
	if err != nil {
		return nil, err
	}
	if x.EndTag.IsZero() {
		return []Edit{start}, nil
	}
	from := x.EndTag.Start + 2
	end, err := d.rename(Span{from, from + int32(x.Name.Len())}, name)
	return []Edit{start, end}, err
}

func (d *XML) rename(at Span, name string) (Edit, error) {
	if err := d.checkName(name); err != nil {
		return Edit{}, err
	}
	return d.edit(at, d.encode(name, nil)), nil
}

// RemoveAttr removes attribute i of element n with the white space before it.
func (d *XML) RemoveAttr(n NodeID, i int32) Edit {
	x := &d.Nodes[n]
	from := x.Name.End
	if i > x.AttrFrom {
		from = d.Attrs[i-1].Value.End
	}
	return d.edit(Span{from, d.Attrs[i].Value.End}, nil)
}

// checkName refuses what cannot be the name of an element or attribute, in XML
// or in the file's encoding.
func (d *XML) checkName(name string) error {
	s := xmlScanner{b: []byte(name + " "), open: None}
	s.all = s.b
	if end, _, err := s.qname(0); err != nil || end != len(name) {
		return fmt.Errorf("%q is not a name in XML", name)
	}
	if d.encode(name, nil) == nil {
		return fmt.Errorf("the file's encoding cannot hold the name %q", name)
	}
	return nil
}

// edit replaces a span of the text.
func (d *XML) edit(at Span, replacement []byte) Edit {
	return Edit{Start: d.RawOffset(at.Start), End: d.RawOffset(at.End), New: replacement}
}
