package document

import (
	"bytes"
	"unicode/utf8"
)

// plainValue reports whether an attribute's value means what is written.
func plainValue(raw []byte) bool {
	for _, c := range raw {
		if c == '&' || c < ' ' {
			return false
		}
	}
	return true
}

// appendValue appends what raw, the text between the quotes of an attribute,
// means: white space is blanks, a line end one of them, and references the
// characters they stand for. A reference to an entity stays as it is written.
func appendValue(dst, raw []byte) []byte {
	for i := 0; i < len(raw); {
		n := 1
		switch c := raw[i]; c {
		case '&':
			dst, n = appendReference(dst, raw[i:])
		case '\r':
			if byteAt(raw, i+1) == '\n' {
				n = 2
			}
			dst = append(dst, ' ')
		case '\t', '\n':
			dst = append(dst, ' ')
		default:
			dst = append(dst, c)
		}
		i += n
	}
	return dst
}

// appendText appends what raw, the text of an element, means: a line end is
// one \n, references are the characters they stand for.
func appendText(dst, raw []byte, cdata bool) []byte {
	for i := 0; i < len(raw); {
		n := 1
		switch c := raw[i]; {
		case c == '&' && !cdata:
			dst, n = appendReference(dst, raw[i:])
		case c == '\r':
			if byteAt(raw, i+1) == '\n' {
				n = 2
			}
			dst = append(dst, '\n')
		default:
			dst = append(dst, c)
		}
		i += n
	}
	return dst
}

// appendReference appends what the reference at the start of raw stands for
// and gives its length as written.
func appendReference(dst, raw []byte) ([]byte, int) {
	n := bytes.IndexByte(raw, ';')
	if n < 0 {
		return append(dst, raw[0]), 1
	}
	name := raw[1:n]
	if len(name) > 1 && name[0] == '#' {
		return utf8.AppendRune(dst, charNumber(name[1:])), n + 1
	}
	if c := namedReference(name); c != 0 {
		return append(dst, c), n + 1
	}
	return append(dst, raw[:n+1]...), n + 1
}

// charNumber is the character with the number that is written in a reference
// the scanner has accepted.
func charNumber(digits []byte) rune {
	base := rune(10)
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	var r rune
	for _, c := range digits {
		r = r*base + digit(c)
	}
	return r
}

// valueOffsets maps offsets into what an attribute's value means to offsets
// into raw, what is written. A character of several bytes on either side is
// not split.
func valueOffsets(raw []byte, from, to int) (start, end int) {
	var piece [utf8.UTFMax]byte
	start, end = -1, len(raw)
	done := 0 // the length of what raw[:i] means
	for i := 0; i < len(raw); {
		n, means := 1, 1
		switch c := raw[i]; {
		case c == '&':
			var p []byte
			p, n = appendReference(piece[:0], raw[i:])
			means = len(p)
		case c == '\r' && byteAt(raw, i+1) == '\n':
			n = 2
		case c >= utf8.RuneSelf:
			_, n = utf8.DecodeRune(raw[i:])
			means = n
		}
		if start < 0 && from < done+means {
			start = i
		}
		if to <= done {
			end = i
			break
		}
		i += n
		done += means
	}
	if start < 0 {
		start = len(raw)
	}
	return start, max(start, end)
}
