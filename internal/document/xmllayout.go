package document

import "bytes"

// The layout of a file, as far as edits follow it: which things begin a line,
// how far they are indented, and how lines end.

// xmlLayout is how an element is put among others.
type xmlLayout struct {
	open  string // what comes before it: a line end and its indentation, or nothing
	close string // what comes after it if it is the only one
	eol   string // the line end
	empty bool   // the parent holds nothing but blanks
}

// layoutIn is the layout of an element in parent, behind after or first.
func (d *XML) layoutIn(parent, after NodeID) xmlLayout {
	p := &d.Nodes[parent]
	outer, own := d.indentBefore(p.StartTag.Start)
	if after == None {
		for c := range d.Children(parent) {
			after = c
			break
		}
	}
	var lay xmlLayout
	indent := ""
	if after != None {
		start := d.Nodes[after].StartTag.Start
		indent, own = d.indentBefore(start)
		lay.eol = d.lineEndBefore(start)
	} else {
		var inside []byte
		if !p.EndTag.IsZero() {
			inside = d.Text.Bytes[p.StartTag.End:p.EndTag.Start]
		}
		lay.empty = len(bytes.Trim(inside, " \t")) == 0
		indent = outer + d.step()
		lay.eol = d.lineEndBefore(p.StartTag.Start)
		own = own && p.Next == parent+1 && // no text
			(lay.empty || bytes.ContainsAny(inside, "\r\n")) &&
			bytes.ContainsAny(d.Text.Bytes, "\r\n")
	}
	if own {
		lay.open, lay.close = lay.eol+indent, lay.eol+outer
	}
	return lay
}

// indentBefore is the white space between the start of a line and the offset
// at. It reports false where something else stands in between: what is at the
// offset does not begin its line.
func (d *XML) indentBefore(at int32) (indent string, own bool) {
	b := d.Text.Bytes
	i := at
	for i > 0 && (b[i-1] == ' ' || b[i-1] == '\t') {
		i--
	}
	return string(b[i:at]), i == 0 || b[i-1] == '\n' || b[i-1] == '\r'
}

// lineEndBefore is how the line before the one that holds the offset at ends;
// if it is the first, how lines in the file end.
func (d *XML) lineEndBefore(at int32) string {
	b := d.Text.Bytes
	i := bytes.LastIndexAny(b[:at], "\r\n")
	if i < 0 {
		if i = bytes.IndexAny(b, "\r\n"); i < 0 {
			return "\n"
		}
		if b[i] == '\r' && byteAt(b, i+1) == '\n' {
			i++
		}
	}
	if b[i] == '\n' && i > 0 && b[i-1] == '\r' {
		return "\r\n"
	}
	return string(b[i : i+1])
}

// step is one level of indentation, by the first element that has a line of
// its own inside another; two blanks if there is none.
func (d *XML) step() string {
	for k := range d.Nodes {
		x := &d.Nodes[k]
		if x.Kind != Element || x.Parent == None {
			continue
		}
		inner, own := d.indentBefore(x.StartTag.Start)
		outer, ownParent := d.indentBefore(d.Nodes[x.Parent].StartTag.Start)
		if own && ownParent && len(inner) > len(outer) && inner[:len(outer)] == outer {
			return inner[len(outer):]
		}
	}
	return "  "
}

// end is the offset after the element or text n.
func (d *XML) end(n NodeID) int32 {
	x := &d.Nodes[n]
	if x.EndTag.IsZero() {
		return x.StartTag.End
	}
	return x.EndTag.End
}

// afterComments is the offset at, or the end of the last comment that follows
// it with nothing but blanks between, if only the end of the line comes after:
// such a comment speaks of what stands before it.
func (d *XML) afterComments(at int32) int32 {
	b := d.Text.Bytes
	i := at
	for _, c := range d.Comments {
		if c.Start < at {
			continue
		}
		if len(bytes.Trim(b[i:c.Start], " \t")) > 0 || bytes.ContainsAny(b[c.Start:c.End], "\r\n") {
			break
		}
		i = c.End
	}
	rest := i
	for int(rest) < len(b) && (b[rest] == ' ' || b[rest] == '\t') {
		rest++
	}
	if int(rest) < len(b) && b[rest] != '\r' && b[rest] != '\n' {
		return at
	}
	return i
}
