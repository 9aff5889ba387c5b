package document

import (
	"bytes"
	"strings"
)

// insertion is what is put into an object.
type insertion struct {
	*JSON
	jsonLayout
	members []Member
	values  []*JSON
}

// text is the new members, each with what stands before it and a comma
// between them.
func (in *insertion) text(first, indent string, lines bool) string {
	var b strings.Builder
	for i, m := range in.members {
		switch {
		case i == 0:
			b.WriteString(first)
		case lines:
			b.WriteString("," + in.newline + indent)
		default:
			b.WriteString("," + in.gap)
		}
		b.WriteString(QuoteJSON(m.Key))
		b.WriteString(in.colon)
		in.write(&b, in.values[i], 0, indent, lines)
	}
	return b.String()
}

// behind inserts after a member.
func (in *insertion) behind(object, after NodeID) (Edit, error) {
	end := in.Nodes[after].Value.End
	comma, ok := in.separator(after)
	if ok {
		end = comma + 1
	}
	rest, last, line := in.restOfLine(end)
	lines := in.startsLine(after) || line || ok && last
	next := in.Nodes[after].Next
	if ok && next < in.Nodes[object].Next {
		lines = lines || in.startsLine(next)
	} else {
		next = None
	}
	var indent string
	switch {
	case in.startsLine(after):
		indent = in.indent(in.start(after))
	case next != None && in.startsLine(next):
		indent = in.indent(in.start(next))
	default:
		indent = in.indent(in.start(object)) + in.unit
	}
	before := in.gap
	if lines {
		before = in.newline + indent
	}
	text := in.text(before, indent, lines)
	if !ok {
		return in.splice(end).text(",").keep(end, rest).text(text).until(rest)
	}
	if last {
		end = rest
	}
	return in.splice(end).text(text, ",").until(end)
}

// intoEmpty inserts into an object without members, behind the comments that
// it may hold.
func (in *insertion) intoEmpty(object NodeID) (Edit, error) {
	node := &in.Nodes[object]
	start, end := node.Value.Start+1, node.Value.End-1
	commented := false
	for i := skipSpace(in.Bytes, int(start)); int32(i) < end; i = skipSpace(in.Bytes, i) {
		i = in.behindComment(i)
		start, commented = int32(i), true
	}
	tail := in.Bytes[start:end]
	broken := bytes.ContainsAny(tail, "\r\n")
	lines := object == 0 || in.startsLine(object) || broken
	outer := in.indent(in.start(object))
	indent := outer + in.unit
	switch {
	case !lines && commented:
		return in.splice(start).text(in.text(in.gap, indent, false)).until(start)
	case !lines:
		return in.splice(start).text(in.text(in.pad, indent, false), in.pad).until(end)
	}
	s := in.splice(start).text(in.text(in.newline+indent, indent, true))
	if commented && broken {
		return s.until(start)
	}
	return s.text(in.newline + outer).until(end)
}
