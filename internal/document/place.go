package document

import (
	"bytes"
	"unicode/utf8"
)

// SpanAt is the span of width characters at a line and column, both from 1, as
// other readers report places. What lies outside the line is its nearest end.
func (t *Text) SpanAt(line, column, width int) Span {
	b := t.Bytes
	start := 0
	for range line - 1 {
		i := bytes.IndexByte(b[start:], '\n')
		if i < 0 {
			start = len(b)
			break
		}
		start += i + 1
	}
	end := len(b)
	if i := bytes.IndexByte(b[start:], '\n'); i >= 0 {
		end = start + i
	}
	if end > start && b[end-1] == '\r' {
		end--
	}
	from := skipRunes(b, start, end, column-1)
	return Span{int32(from), int32(skipRunes(b, from, end, width))}
}

func skipRunes(b []byte, at, end, n int) int {
	for ; n > 0 && at < end; n-- {
		_, size := utf8.DecodeRune(b[at:end])
		at += size
	}
	return at
}

// AppendFold appends key in the form that is equal for exactly those keys that
// [EqualFold] takes for one.
func AppendFold(dst, key []byte) []byte { return appendUpper(dst, key) }
