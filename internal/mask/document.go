package mask

import (
	"sort"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// json masks values by their paths, and comments.
func (m *masking) json(d *document.JSON) {
	m.comments(d.Bytes, d.Comments)
	first := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].Value.Start >= m.start })
	for i := max(first-1, 0); i < len(d.Nodes) && d.Nodes[i].Value.Start < m.end; i++ {
		n := &d.Nodes[i]
		id := document.NodeID(i)
		if n.Value.End <= m.start || !d.IsLeaf(id) {
			continue
		}
		written := n.Value
		if n.Kind == document.String {
			written.Start, written.End = written.Start+1, written.End-1
		}
		value, _ := d.Str(id)
		m.value(d.Bytes, written, d.Path(id), value)
	}
}

// xml masks attributes by their paths, texts, and comments.
func (m *masking) xml(d *document.XML) {
	m.comments(d.Bytes, d.Comments)
	if m.shows(d.Doctype) {
		m.hide(d.Doctype, "<!DOCTYPE …>")
	}
	first := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].StartTag.Start >= m.start })
	for i := max(first-1, 0); i < len(d.Nodes) && d.Nodes[i].StartTag.Start < m.end; i++ {
		n := &d.Nodes[i]
		switch {
		case !m.shows(n.StartTag):
		case n.Kind == document.Element:
			m.attributes(d, document.NodeID(i))
		default:
			m.text(d, document.NodeID(i))
		}
	}
}

// text masks the text of an element. Settings stand in attributes: a text may
// be anything, a cipher, a password, a comment that lost its marks.
func (m *masking) text(d *document.XML, id document.NodeID) {
	n := &d.Nodes[id]
	path, text := d.Path(n.Parent), d.TextOf(id)
	if m.prose == Hide || strings.HasSuffix(path, "CipherValue") || suspicious().MatchString(text) {
		m.hide(n.StartTag, schema.Mask)
		return
	}
	m.value(d.Bytes, n.StartTag, path, text)
}

func (m *masking) attributes(d *document.XML, id document.NodeID) {
	n := &d.Nodes[id]
	// <add key="..." value="..."/> and its kind: the key names the value.
	var named string
	isNamed := false
	for a := n.AttrFrom; a < n.AttrTo; a++ {
		if isNaming(d.AttrName(a)) && (!isNamed || isSecret(d.AttrValue(a))) {
			named, isNamed = d.AttrValue(a), true
		}
	}
	for a := n.AttrFrom; a < n.AttrTo; a++ {
		written := d.Attrs[a].Value
		if !m.shows(written) {
			continue
		}
		written.Start, written.End = written.Start+1, written.End-1
		name := d.AttrName(a)
		path := d.Path(id) + "/" + name
		switch {
		case strings.EqualFold(name, "validationKey"), strings.EqualFold(name, "decryptionKey"):
			if written.Start < written.End {
				m.hide(written, schema.Mask)
			}
			continue
		case isNamed && (name == "value" || !isNaming(name) && isSecret(named)):
			path = named
		}
		m.value(d.Bytes, written, path, d.AttrValue(a))
	}
}

// isNaming reports whether an attribute names the value that stands beside it.
func isNaming(attr string) bool {
	return strings.EqualFold(attr, "key") || strings.EqualFold(attr, "name")
}
