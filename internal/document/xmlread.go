package document

import (
	"bytes"
	"iter"
	"slices"
	"strings"
)

// Root is the root element, or None for a document that could not be read.
func (d *XML) Root() NodeID {
	if len(d.Nodes) == 0 {
		return None
	}
	return 0
}

// Name is the qualified name of an element, as written.
func (d *XML) Name(n NodeID) string { return string(d.slice(d.Nodes[n].Name)) }

// IsNamed reports whether an element has exactly this qualified name.
func (d *XML) IsNamed(n NodeID, name string) bool { return string(d.slice(d.Nodes[n].Name)) == name }

// Local is the name of an element without its prefix.
func (d *XML) Local(n NodeID) string {
	name := d.slice(d.Nodes[n].Name)
	return string(name[bytes.IndexByte(name, ':')+1:])
}

// NamespaceURI is the name of the namespace that an element is in; "" is none.
func (d *XML) NamespaceURI(n NodeID) string {
	uri, _ := d.namespace(n, prefixOf(d.slice(d.Nodes[n].Name)))
	return uri
}

// prefixOf is the part of a qualified name before the colon, if there is one.
func prefixOf(name []byte) []byte { return name[:max(0, bytes.IndexByte(name, ':'))] }

// namespace is the name of the namespace that a prefix is bound to at element
// n; the empty prefix is that of the default namespace. It reports false for a
// prefix that is not bound.
func (d *XML) namespace(n NodeID, prefix []byte) (uri string, ok bool) {
	switch string(prefix) {
	case "xml":
		return nsXML, true
	case "xmlns":
		return nsXMLNS, true
	}
	for ; n != None; n = d.Nodes[n].Parent {
		x := &d.Nodes[n]
		for i := x.AttrFrom; i < x.AttrTo; i++ {
			decl, isDecl := bytes.CutPrefix(d.slice(d.Attrs[i].Name), []byte("xmlns"))
			if !isDecl || len(decl) > 0 && decl[0] != ':' {
				continue
			}
			if string(bytes.TrimPrefix(decl, []byte(":"))) == string(prefix) {
				return d.AttrValue(i), true
			}
		}
	}
	return "", len(prefix) == 0
}

// Children are the child elements of n, in document order.
func (d *XML) Children(n NodeID) iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		if d.Nodes[n].Kind != Element {
			return
		}
		for c := n + 1; c < d.Nodes[n].Next; c = d.Nodes[c].Next {
			if d.Nodes[c].Kind == Element && !yield(c) {
				return
			}
		}
	}
}

// Child is the first child element of n with exactly this qualified name, or
// None: .NET's configuration is case-sensitive here.
func (d *XML) Child(n NodeID, name string) NodeID {
	if n == None || d.Nodes[n].Kind != Element {
		return None
	}
	for c := n + 1; c < d.Nodes[n].Next; c = d.Nodes[c].Next {
		if d.Nodes[c].Kind == Element && string(d.slice(d.Nodes[c].Name)) == name {
			return c
		}
	}
	return None
}

// Attr is the value of the attribute of n with exactly this qualified name, as
// [XML.AttrValue] has it.
func (d *XML) Attr(n NodeID, name string) (value string, ok bool) {
	if i := d.AttrNode(n, name); i >= 0 {
		return d.AttrValue(i), true
	}
	return "", false
}

// AttrNode is the index in Attrs of the attribute of n with exactly this
// qualified name, or -1.
func (d *XML) AttrNode(n NodeID, name string) int32 {
	if n == None {
		return -1
	}
	for i := d.Nodes[n].AttrFrom; i < d.Nodes[n].AttrTo; i++ {
		if string(d.slice(d.Attrs[i].Name)) == name {
			return i
		}
	}
	return -1
}

// AttrName is the qualified name of attribute i.
func (d *XML) AttrName(i int32) string { return string(d.slice(d.Attrs[i].Name)) }

// AttrValue is what the value of attribute i means: references are the
// characters they stand for, white space that is written as itself is blanks,
// a line end one blank. A reference to an entity that a document type
// declaration may declare stays as it is written.
func (d *XML) AttrValue(i int32) string {
	raw := d.rawValue(i)
	if plainValue(raw) {
		return string(raw)
	}
	return string(appendValue(make([]byte, 0, len(raw)), raw))
}

// TextOf is the text of n: for an element that of its own text and CDATA
// sections, not of its child elements, in one piece. Line ends are \n.
// White space between elements is left out.
func (d *XML) TextOf(n NodeID) string {
	if d.Nodes[n].Kind != Element {
		return string(d.appendText(nil, n))
	}
	var text []byte
	for c := n + 1; c < d.Nodes[n].Next; c = d.Nodes[c].Next {
		if d.Nodes[c].Kind != Element {
			text = d.appendText(text, c)
		}
	}
	return string(text)
}

func (d *XML) appendText(dst []byte, n NodeID) []byte {
	x := &d.Nodes[n]
	return appendText(dst, d.slice(x.StartTag), x.Kind == CDATA)
}

// Path names an element by the names of those around it and its own:
// configuration/xmpro/autoScale.
func (d *XML) Path(n NodeID) string {
	var names []string
	for ; n != None; n = d.Nodes[n].Parent {
		if d.Nodes[n].Kind == Element {
			names = append(names, d.Name(n))
		}
	}
	slices.Reverse(names)
	return strings.Join(names, "/")
}

// AttrSpan is where the bytes [from, to) of AttrValue(i) stand in the text. A
// character that is written as a reference is the whole reference. Offsets
// that are out of range are taken as the nearest that are in it.
func (d *XML) AttrSpan(i int32, from, to int) Span {
	raw := d.rawValue(i)
	start := d.Attrs[i].Value.Start + 1
	if plainValue(raw) {
		from = min(max(from, 0), len(raw))
		to = min(max(to, from), len(raw))
		return Span{start + int32(from), start + int32(to)}
	}
	a, b := valueOffsets(raw, from, to)
	return Span{start + int32(a), start + int32(b)}
}

// slice is a span's text.
func (d *XML) slice(s Span) []byte { return d.Text.Bytes[s.Start:s.End] }

// rawValue is the text between the quotes of attribute i.
func (d *XML) rawValue(i int32) []byte {
	v := d.Attrs[i].Value
	return d.Text.Bytes[v.Start+1 : v.End-1]
}
