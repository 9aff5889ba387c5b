package document

import (
	"bytes"
	"fmt"
	"strings"
)

// jsonLayout is how a file is written around one place, for new text to follow.
type jsonLayout struct {
	newline string // what ends a line
	unit    string // one step of indentation
	colon   string // a colon with the blanks around it
	gap     string // between a comma and the next member on the same line
	pad     string // inside the braces of an object on one line
}

// layoutAt reads the layout around an object or array: from its members, else
// from the first places in the file that show it.
func (d *JSON) layoutAt(container NodeID) jsonLayout {
	l := jsonLayout{newline: d.newlineAt(d.Nodes[container].Value.Start)}
	look := func(n NodeID) {
		node := &d.Nodes[n]
		if l.colon == "" && !node.Key.IsZero() {
			if s := string(d.Bytes[node.Key.End:node.Value.Start]); strings.Trim(s, " \t") == ":" {
				l.colon = s
			}
		}
		if l.unit == "" && node.Parent != None && d.startsLine(n) {
			outer, inner := d.indent(d.start(node.Parent)), d.indent(d.start(n))
			if unit, ok := strings.CutPrefix(inner, outer); ok {
				l.unit = unit
			}
		}
	}
	for n := range d.Children(container) {
		look(n)
	}
	for n := container; n != None; n = d.Nodes[n].Parent {
		look(n)
	}
	for n := NodeID(1); int(n) < len(d.Nodes) && (l.unit == "" || l.colon == ""); n++ {
		look(n)
	}
	if l.colon == "" {
		l.colon = ": "
	}
	if l.unit == "" {
		l.unit = "  "
	}
	if strings.HasSuffix(l.colon, " ") {
		l.gap, l.pad = " ", " "
	}
	if first := container + 1; first < d.Nodes[container].Next && d.Nodes[first].Key.Len() > 0 {
		if s := string(d.Bytes[d.Nodes[container].Value.Start+1 : d.Nodes[first].Key.Start]); strings.Trim(s, " \t") == "" {
			l.pad = s
		}
		if comma, ok := d.separator(first); ok && d.Nodes[first].Next < d.Nodes[container].Next {
			if s := string(d.Bytes[comma+1 : d.start(d.Nodes[first].Next)]); strings.Trim(s, " \t") == "" {
				l.gap = s
			}
		}
	}
	return l
}

// newlineAt is the line end before an offset, else the first after it.
func (d *JSON) newlineAt(off int32) string {
	i := bytes.LastIndexAny(d.Bytes[:off], "\r\n")
	if i < 0 {
		if i = bytes.IndexAny(d.Bytes, "\r\n"); i < 0 {
			return "\n"
		}
		if bytes.HasPrefix(d.Bytes[i:], []byte("\r\n")) {
			return "\r\n"
		}
	}
	if d.Bytes[i] == '\n' && i > 0 && d.Bytes[i-1] == '\r' {
		return "\r\n"
	}
	return string(d.Bytes[i])
}

// start is where a node begins: at its key, if it has one.
func (d *JSON) start(n NodeID) int32 { return d.place(n).Start }

// lineStart is where the line of an offset begins.
func (d *JSON) lineStart(off int32) int32 {
	return int32(bytes.LastIndexAny(d.Bytes[:off], "\r\n") + 1)
}

// indent is the white space that the line of an offset begins with.
func (d *JSON) indent(off int32) string {
	line := d.Bytes[d.lineStart(off):off]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// startsLine reports whether nothing but white space stands before a node on
// its line. The first line does not count.
func (d *JSON) startsLine(n NodeID) bool { return d.blankBefore(d.start(n)) }

// blankBefore looks back no further than blanks reach: a line may be as long as
// the file.
func (d *JSON) blankBefore(off int32) bool {
	for i := off - 1; i >= 0; i-- {
		switch d.Bytes[i] {
		case ' ', '\t':
		case '\r', '\n':
			return true
		default:
			return false
		}
	}
	return false
}

// separator is the offset of the comma after a member or element, or of the
// bracket that ends what it stands in.
func (d *JSON) separator(n NodeID) (off int32, comma bool) {
	i := int(d.Nodes[n].Value.End)
	for {
		i = skipSpace(d.Bytes, i)
		if d.Bytes[i] != '/' {
			return int32(i), d.Bytes[i] == ','
		}
		i = d.behindComment(i)
	}
}

// behindComment is where a comment of a document ends that was read.
func (d *JSON) behindComment(i int) int {
	end, _ := d.commentEnd(i)
	return end
}

// restOfLine looks what follows an offset on its line. End is behind the last
// comment, or off where none follows; last says whether nothing else follows;
// line whether a line comment does.
func (d *JSON) restOfLine(off int32) (end int32, last, line bool) {
	end = off
	for i := int(off); i < len(d.Bytes); {
		switch d.Bytes[i] {
		case ' ', '\t':
			i++
		case '\r', '\n':
			return end, true, line
		case '/':
			line = d.Bytes[i+1] == '/'
			i = d.behindComment(i)
			end = int32(i)
		default:
			return end, false, line
		}
	}
	return end, true, line
}

// literal is new JSON text that is to be written.
func literal(s string) (*JSON, error) {
	d := new(JSON)
	d.reset(&Text{Bytes: []byte(s)})
	if err := d.scan(64); err != nil {
		return nil, fmt.Errorf("the new value is not JSON: %w", err)
	}
	if d.lone.node != None {
		return nil, fmt.Errorf("the new value is not JSON for .NET: %w", d.lone.err())
	}
	return d, nil
}

// write lays the node n of a literal out: on lines of its own below a line
// with this indentation, or all on one line.
func (l *jsonLayout) write(b *strings.Builder, d *JSON, n NodeID, indent string, lines bool) {
	node := &d.Nodes[n]
	if !d.isContainer(n) {
		b.Write(d.Bytes[node.Value.Start:node.Value.End])
		return
	}
	brackets, pad := "{}", l.pad
	if node.Kind == Array {
		brackets, pad = "[]", ""
	}
	b.WriteByte(brackets[0])
	for c := range d.Children(n) {
		switch {
		case c > n+1:
			b.WriteByte(',')
			fallthrough
		default:
			b.WriteString(l.before(c == n+1, pad, indent, lines))
		}
		if key := d.Nodes[c].Key; !key.IsZero() {
			b.Write(d.Bytes[key.Start:key.End])
			b.WriteString(l.colon)
		}
		l.write(b, d, c, indent+l.unit, lines)
	}
	if node.Next > n+1 {
		if lines {
			pad = l.newline + indent
		}
		b.WriteString(pad)
	}
	b.WriteByte(brackets[1])
}

// before is what stands before a member or element.
func (l *jsonLayout) before(first bool, pad, indent string, lines bool) string {
	switch {
	case lines:
		return l.newline + indent + l.unit
	case first:
		return pad
	}
	return l.gap
}
