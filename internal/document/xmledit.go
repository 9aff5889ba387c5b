package document

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// SetAttr gives attribute name of element n a value. An attribute that is
// there keeps its place and its quotes; a new one follows the last one, on a
// line of its own if that is how the element is laid out. The error is for a
// value that XML cannot hold, and for a name that is none or that declares a
// namespace.
func (d *XML) SetAttr(n NodeID, name, value string) (Edit, error) {
	i := d.AttrNode(n, name)
	if err := d.checkAttr(n, i, name); err != nil {
		return Edit{}, err
	}
	if v := strings.Trim(value, " \t\r\n"); name == "xml:space" && v != "default" && v != "preserve" {
		return Edit{}, errors.New(`xml:space is "default" or "preserve"`)
	}
	if i >= 0 {
		v := d.Attrs[i].Value
		escaped, err := EscapeAttr(value, d.Text.Bytes[v.Start])
		if err != nil {
			return Edit{}, err
		}
		return d.edit(Span{v.Start + 1, v.End - 1}, d.encode(escaped, escapeRune)), nil
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

// RenameAttr gives attribute i another name. The error is for a name that is
// none, that declares a namespace or that the element has already.
func (d *XML) RenameAttr(i int32, name string) (Edit, error) {
	n := d.ownerOf(i)
	if err := d.checkAttr(n, i, d.AttrName(i)); err != nil {
		return Edit{}, err
	}
	if err := d.checkAttr(n, i, name); err != nil {
		return Edit{}, err
	}
	return d.edit(d.Attrs[i].Name, d.encode(name, nil)), nil
}

// RenameElement gives element n another name, in both of its tags.
func (d *XML) RenameElement(n NodeID, name string) ([]Edit, error) {
	x := &d.Nodes[n]
	if x.Kind != Element {
		return nil, errors.New("only an element has a name")
	}
	if err := d.checkName(n, name); err != nil {
		return nil, err
	}
	edits := []Edit{d.edit(x.Name, d.encode(name, nil))}
	if from := x.EndTag.Start + 2; !x.EndTag.IsZero() {
		edits = append(edits, d.edit(Span{from, from + int32(x.Name.Len())}, d.encode(name, nil)))
	}
	return edits, nil
}

// RemoveAttr removes attribute i of element n with the white space before it.
// It must not be the declaration of a prefix that is in use.
func (d *XML) RemoveAttr(n NodeID, i int32) Edit {
	x := &d.Nodes[n]
	from := x.Name.End
	if i > x.AttrFrom {
		from = d.Attrs[i-1].Value.End
	}
	return d.edit(Span{from, d.Attrs[i].Value.End}, nil)
}

// ownerOf is the element that attribute i belongs to.
func (d *XML) ownerOf(i int32) NodeID {
	return NodeID(sort.Search(len(d.Nodes), func(k int) bool { return d.Nodes[k].AttrTo > i }))
}

// checkName refuses what cannot be a name at element n: in XML, in the file's
// encoding, or for its prefix.
func (d *XML) checkName(n NodeID, name string) error {
	s := xmlScanner{b: []byte(name + " "), open: None}
	s.all, s.size = s.b, len(s.b)
	if end, _, err := s.qname(0); err != nil || end != len(name) {
		return fmt.Errorf("%q is not a name in XML", name)
	}
	if d.encode(name, nil) == nil {
		return fmt.Errorf("the file's encoding cannot hold the name %q", name)
	}
	if prefix := prefixOf([]byte(name)); len(prefix) > 0 {
		if _, ok := d.namespace(n, prefix); !ok {
			return fmt.Errorf("the prefix %s is not bound to a namespace here", prefix)
		}
	}
	return nil
}

// checkAttr refuses what cannot be the name of attribute i of element n, or of
// a new one if i is -1.
func (d *XML) checkAttr(n NodeID, i int32, name string) error {
	x := &d.Nodes[n]
	if x.Kind != Element {
		return errors.New("only an element has attributes")
	}
	if err := d.checkName(n, name); err != nil {
		return err
	}
	prefix, local, prefixed := strings.Cut(name, ":")
	if prefix == "xmlns" {
		return errors.New("declarations of namespaces are not changed")
	}
	for k := x.AttrFrom; k < x.AttrTo; k++ {
		if k == i {
			continue
		}
		other := d.AttrName(k)
		p, l, ok := strings.Cut(other, ":")
		if other == name || ok && prefixed && l == local && d.sameNamespace(n, p, prefix) {
			return fmt.Errorf("the element has an attribute %s already", other)
		}
	}
	return nil
}

// sameNamespace reports whether two prefixes mean one namespace at element n.
func (d *XML) sameNamespace(n NodeID, p, q string) bool {
	x, _ := d.namespace(n, []byte(p))
	y, _ := d.namespace(n, []byte(q))
	return x == y
}

// edit replaces a span of the text.
func (d *XML) edit(at Span, replacement []byte) Edit {
	return Edit{Start: d.RawOffset(at.Start), End: d.RawOffset(at.End), New: replacement}
}
