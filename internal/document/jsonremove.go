package document

// RemoveMember removes a member of an object, or an element of an array, with
// the comma that belongs to it. A comment behind it on its last line goes with
// it, and so do comments within; those above and below stay.
func (d *JSON) RemoveMember(n NodeID) (Edit, error) {
	switch {
	case !d.has(n):
		return Edit{}, errNoNode
	case n == 0:
		return Edit{}, errRoot
	}
	start, end := d.start(n), d.Nodes[n].Value.End
	comma, ok := d.separator(n)
	if ok {
		end = comma + 1
	}
	whole := d.startsLine(n) // it stands on lines of its own
	if whole {
		rest, last, _ := d.restOfLine(end)
		if whole = last; last {
			start, end = d.lineStart(start), d.skipBlanks(rest)
		}
	}
	previous := d.previous(n)
	if ok || previous == None {
		return d.cut(n, start, end, whole)
	}
	// The last of several, and no comma follows: the one before goes, what
	// stands between it and this member stays.
	comma, _ = d.separator(previous)
	from := comma
	if whole {
		start = d.lineBreak(start)
	} else {
		for start > comma+1 && isBlank(d.Bytes[start-1]) {
			start--
		}
		if rest, last, _ := d.restOfLine(end); last && start == comma+1 && d.blankBefore(comma) {
			from, end = d.lineBreak(d.lineStart(comma)), d.skipBlanks(rest) // a line that begins with the comma
		}
	}
	return d.splice(from).keep(comma+1, max(start, comma+1)).until(end)
}

// cut removes the text from start to end, and the white space that would be
// left over.
func (d *JSON) cut(n NodeID, start, end int32, whole bool) (Edit, error) {
	parent := d.Nodes[n].Parent
	outer := d.Nodes[parent].Value
	if d.Nodes[parent].Next == d.Nodes[n].Next && n == parent+1 {
		before := skipSpace(d.Bytes, int(outer.Start)+1)
		after := skipSpace(d.Bytes, int(end))
		if int32(before) >= start && int32(after) == outer.End-1 {
			return d.splice(outer.Start + 1).until(outer.End - 1) // nothing is left
		}
	}
	switch {
	case whole:
		start = d.lineBreak(start)
	default:
		end = d.skipBlanks(end)
		for c := d.Bytes[end]; (c == '\r' || c == '\n') && isBlank(d.Bytes[start-1]); {
			start--
		}
	}
	return d.splice(start).until(end)
}

// previous is the member or element before n, or None.
func (d *JSON) previous(n NodeID) NodeID {
	previous := None
	for c := range d.Children(d.Nodes[n].Parent) {
		if c == n {
			break
		}
		previous = c
	}
	return previous
}

// lineBreak is where the line end before the start of a line begins.
func (d *JSON) lineBreak(start int32) int32 {
	if start > 0 {
		start--
		if start > 0 && d.Bytes[start] == '\n' && d.Bytes[start-1] == '\r' {
			start--
		}
	}
	return start
}

func (d *JSON) skipBlanks(off int32) int32 {
	for isBlank(d.Bytes[off]) {
		off++
	}
	return off
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
