package document

import "unicode/utf8"

// ValueSpan is where the bytes [from, to) of Str(n) stand in the text. A
// character that is written as an escape is the whole escape. Offsets that are
// out of range are taken as the nearest that are in it; for what is no string
// the span is the whole value.
func (d *JSON) ValueSpan(n NodeID, from, to int) Span {
	node := &d.Nodes[n]
	if node.Kind != String {
		return node.Value
	}
	raw := d.Bytes[node.Value.Start+1 : node.Value.End-1]
	start, end := from, to
	if node.flags&valueEscaped != 0 {
		start, end = escapedOffsets(raw, from, to)
	}
	start = min(max(start, 0), len(raw))
	end = min(max(end, start), len(raw))
	first := node.Value.Start + 1
	return Span{first + int32(start), first + int32(end)}
}

// escapedOffsets maps offsets into what a string stands for to offsets into
// raw, what is written. A character of several bytes on either side is not
// split.
func escapedOffsets(raw []byte, from, to int) (start, end int) {
	start, end = len(raw), len(raw)
	found := false
	for i, done := 0, 0; i < len(raw); {
		size, means := 1, 1
		switch c := raw[i]; {
		case c == '\\' && raw[i+1] == 'u':
			r, after := unicodeEscape(raw, i)
			size, means = after-i, len(utf8.AppendRune(nil, r))
		case c == '\\':
			size = 2
		case c >= utf8.RuneSelf:
			_, size = utf8.DecodeRune(raw[i:])
			means = size
		}
		if !found && from < done+means {
			start, found = i, true
		}
		if to <= done {
			return start, i
		}
		i += size
		done += means
	}
	return start, end
}
