package document

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// skipSpace is the first offset from i on that holds no JSON white space.
func skipSpace(b []byte, i int) int {
	for i < len(b) {
		switch b[i] {
		case ' ', '\n':
			i++
			for i+8 <= len(b) {
				x := binary.LittleEndian.Uint64(b[i:]) ^ spaces
				if x != 0 {
					i += bits.TrailingZeros64(x) >> 3
					break
				}
				i += 8
			}
		case '\r', '\t':
			i++
		default:
			return i
		}
	}
	return i
}

// scanLiteral reads true, false or null at i. Kind is 0 and end is i if it is
// none of them.
func scanLiteral(b []byte, i int) (kind Kind, end int) {
	switch rest := b[i:min(i+5, len(b))]; {
	case len(rest) >= 4 && string(rest[:4]) == "true":
		return True, i + 4
	case string(rest) == "false":
		return False, i + 5
	case len(rest) >= 4 && string(rest[:4]) == "null":
		return Null, i + 4
	}
	return 0, i
}

// scanNumber reads a number at i. Where it is malformed, end is the offset of
// the first byte that cannot belong to it.
func scanNumber(b []byte, i int) (end int, ok bool) {
	digits := func() bool {
		start := i
		for i < len(b) && b[i]-'0' <= 9 {
			i++
		}
		return i > start
	}
	if b[i] == '-' {
		i++
	}
	if i < len(b) && b[i] == '0' {
		i++
	} else if !digits() {
		return i, false
	}
	if i < len(b) && b[i] == '.' {
		i++
		if !digits() {
			return i, false
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if !digits() {
			return i, false
		}
	}
	return i, true
}

// comment reads a comment at i and keeps its span.
func (d *JSON) comment(i int) (end int, err *Error) {
	if end, err = d.commentEnd(i); err != nil {
		return 0, err
	}
	if len(d.Comments) == maxNodes {
		return 0, tooMany("comments", i)
	}
	d.Comments = append(d.Comments, Span{int32(i), int32(end)})
	return end, nil
}

// commentEnd is where the comment at i ends. A line comment ends before a CR
// or LF, or with the file.
func (d *JSON) commentEnd(i int) (end int, err *Error) {
	b := d.Bytes
	switch rest := b[i+1:]; {
	case len(rest) > 0 && rest[0] == '*':
		n := bytes.Index(rest[1:], []byte("*/"))
		if n < 0 {
			return 0, openComment(i, len(b))
		}
		return i + 2 + n + 2, nil
	case len(rest) > 0 && rest[0] == '/':
		for end = i + 2; end < len(b) && b[end] != '\n' && b[end] != '\r'; end++ {
			if isSeparator(b[end:]) {
				return 0, separatorInComment(end, 3)
			}
		}
		return end, nil
	}
	return 0, d.unexpected(wantComment, i+1)
}

// isSeparator reports whether b starts with U+2028 or U+2029.
func isSeparator(b []byte) bool {
	return len(b) >= 3 && b[0] == 0xE2 && b[1] == 0x80 && (b[2] == 0xA8 || b[2] == 0xA9)
}
