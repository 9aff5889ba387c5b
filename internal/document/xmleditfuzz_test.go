package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// FuzzXMLEdit edits any file and reads it again: what was meant to change has
// changed, and nothing else.
func FuzzXMLEdit(f *testing.F) {
	xmlCorpus(f, func(raw string) {
		for what := range uint8(6) {
			f.Add([]byte(raw), what, uint16(3), "n", "a\r\n\t\"'<&é€😀")
		}
	})
	f.Fuzz(func(t *testing.T, raw []byte, what uint8, which uint16, name, value string) {
		text, err := DecodeXML("web.config", raw, Limits{})
		if err != nil {
			return
		}
		d, err := ParseXML(text, Limits{})
		if err != nil {
			return
		}
		var elements []NodeID
		for i := range d.Nodes {
			if d.Nodes[i].Kind == Element {
				elements = append(elements, NodeID(i))
			}
		}
		n := elements[int(which)%len(elements)]
		x := &d.Nodes[n]
		want := flatXML(d)
		var edits []Edit
		e, me := Edit{}, &want[n]
		i := x.AttrFrom + int32(int(which)%max(1, int(x.AttrTo-x.AttrFrom)))
		switch what % 6 {
		case 0:
			e, err = d.SetAttr(n, name, value)
			if k := slices.IndexFunc(me.attrs, func(a [2]string) bool { return a[0] == name }); k >= 0 {
				me.attrs[k][1] = value
			} else {
				me.attrs = append(me.attrs, [2]string{name, value})
			}
		case 1:
			if i == x.AttrTo {
				return
			}
			if e, err = d.RenameAttr(i, name); err == nil {
				me.attrs[i-x.AttrFrom][0] = name
			}
		case 2:
			if edits, err = d.RenameElement(n, name); len(edits) > 1 {
				e, edits = edits[0], edits[1:]
			} else if err == nil {
				e, edits = edits[0], nil
			}
			me.name = name
		case 3:
			if i == x.AttrTo || strings.HasPrefix(d.AttrName(i), "xmlns") {
				return
			}
			e = d.RemoveAttr(n, i)
			me.attrs = slices.Delete(me.attrs, int(i-x.AttrFrom), int(i-x.AttrFrom)+1)
		case 4:
			e, err = d.RemoveElement(n)
			want = slices.Delete(want, int(n), int(x.Next))
		case 5:
			after, at := None, n+1
			for c := range d.Children(n) {
				if which%3 != 0 {
					after, at = c, d.Nodes[c].Next
				}
			}
			escaped, bad := EscapeAttr(value, '\'')
			if bad != nil || d.checkName(n, name) != nil {
				return
			}
			if e, err = d.InsertElement(n, after, "<"+name+" v='"+escaped+"'>\n\t<m/>\n</"+name+">"); err != nil {
				break
			}
			depth := want[n].depth + 1
			want = slices.Insert(want, int(at), flatNode{depth: depth, name: name, attrs: [][2]string{{"v", value}}}, flatNode{depth: depth + 1, name: "m"})
		}
		if err != nil {
			return
		}
		out, err := Apply(raw, append([]Edit{e}, edits...))
		if err != nil {
			t.Fatal(err)
		}
		_, after := applyXML(t, d, append([]Edit{e}, edits...)...)
		if got := flatXML(after); !slices.EqualFunc(withoutText(got), withoutText(want), func(a, b flatNode) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
			t.Fatalf("%q\n became %q:\n%v\nwant\n%v", raw, out, got, want)
		} else if g, w := textOf(got), textOf(want); g != w {
			t.Fatalf("%q\n became %q with the text %q, want %q", raw, out, g, w)
		}
		if g, w := commentsXML(after), commentsXML(d); g != w && what%6 != 4 {
			t.Fatalf("%q\n became %q with the comments %q, want %q", raw, out, g, w)
		}
	})
}

// flatNode is a node without its place.
type flatNode struct {
	depth int
	name  string
	attrs [][2]string
	text  string
}

func flatXML(d *XML) []flatNode {
	var nodes []flatNode
	for i := range d.Nodes {
		x := &d.Nodes[i]
		n := flatNode{}
		if x.Parent != None {
			n.depth = nodes[x.Parent].depth + 1
		}
		if x.Kind != Element {
			n.text = d.TextOf(NodeID(i))
		} else {
			n.name = d.Name(NodeID(i))
		}
		for k := x.AttrFrom; k < x.AttrTo; k++ {
			n.attrs = append(n.attrs, [2]string{d.AttrName(k), d.AttrValue(k)})
		}
		nodes = append(nodes, n)
	}
	return nodes
}

func withoutText(nodes []flatNode) []flatNode {
	return slices.DeleteFunc(slices.Clone(nodes), func(n flatNode) bool { return n.name == "" })
}

// textOf is all text without white space, which an edit may add or remove.
func textOf(nodes []flatNode) string {
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(n.text)
	}
	return strings.Join(strings.Fields(b.String()), "")
}

func commentsXML(d *XML) string {
	var b strings.Builder
	for _, c := range d.Comments {
		b.Write(d.slice(c))
	}
	return b.String()
}
