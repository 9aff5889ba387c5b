package document

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// scanString reads on from i in the string whose opening quote is at start, to
// behind the closing quote.
func (d *JSON) scanString(start, i int) (end int, escaped bool, err *Error) {
	b := d.Bytes
	for {
		for i+8 <= len(b) {
			stop := stringStop(binary.LittleEndian.Uint64(b[i:]))
			if stop != 0 {
				i += bits.TrailingZeros64(stop) >> 3
				break
			}
			i += 8
		}
		if i >= len(b) {
			return 0, false, openString(start, len(b))
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1, escaped, nil
		case c == '\\':
			escaped = true
			if i, err = d.scanEscape(i); err != nil {
				return 0, false, err
			}
		case c < ' ':
			return 0, false, controlInString(c, i)
		default:
			i++
		}
	}
}

// scanEscape checks the escape at i. Half a surrogate pair is only noted: the
// parser of .NET accepts it, reading the value fails later.
func (d *JSON) scanEscape(i int) (end int, err *Error) {
	b := d.Bytes
	if i+1 == len(b) {
		return i + 1, nil // the string is open: scanString says so
	}
	switch b[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, nil
	case 'u':
	default:
		return 0, badEscape(b, i)
	}
	r, end := unicodeEscape(b, i)
	switch {
	case end == 0:
		for end = i + 2; end < len(b) && isHex(b[end]); end++ {
		}
		return 0, badUnicodeEscape(i, end, len(b))
	case utf16.IsSurrogate(r):
		d.lone.note(Span{int32(i), int32(end)})
	}
	return end, nil
}

// unicodeEscape decodes \uXXXX at i, or two of them that are a surrogate pair.
// A half that has no partner is returned as it is; end is 0 where four
// hexadecimal digits are missing.
func unicodeEscape(b []byte, i int) (r rune, end int) {
	if r, end = hex4(b, i), i+6; r < 0 {
		return 0, 0
	}
	if utf16.IsSurrogate(r) {
		if pair := utf16.DecodeRune(r, hex4(b, end)); pair != utf8.RuneError {
			return pair, end + 6
		}
	}
	return r, end
}

func hex4(b []byte, i int) rune {
	if i+6 > len(b) || b[i] != '\\' || b[i+1] != 'u' {
		return -1
	}
	r := rune(0)
	for _, c := range b[i+2 : i+6] {
		if !isHex(c) {
			return -1
		}
		v := c & 0xF
		if c >= 'A' {
			v += 9
		}
		r = r<<4 | rune(v)
	}
	return r
}

func isHex(c byte) bool {
	return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// appendUnescaped appends what a well-formed string stands for; s is without
// its quotes. Half a surrogate pair becomes U+FFFD.
func appendUnescaped(dst, s []byte) []byte {
	for {
		n := bytes.IndexByte(s, '\\')
		if n < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:n]...)
		switch s = s[n:]; s[1] {
		case 'b':
			dst, s = append(dst, '\b'), s[2:]
		case 'f':
			dst, s = append(dst, '\f'), s[2:]
		case 'n':
			dst, s = append(dst, '\n'), s[2:]
		case 'r':
			dst, s = append(dst, '\r'), s[2:]
		case 't':
			dst, s = append(dst, '\t'), s[2:]
		case 'u':
			r, end := unicodeEscape(s, 0)
			dst, s = utf8.AppendRune(dst, r), s[end:]
		default:
			dst, s = append(dst, s[1]), s[2:]
		}
	}
}

// surrogate is the first escape in a document that is half a surrogate pair.
type surrogate struct {
	node NodeID // where it is; None for none
	key  bool   // in the key, not in the value
	span Span
}

const unsettled NodeID = -2

func (s *surrogate) note(span Span) {
	if s.node == None {
		s.node, s.span = unsettled, span
	}
}

// settle says in which node an escape was found that scanEscape has noted.
func (s *surrogate) settle(n NodeID, key bool) {
	if s.node == unsettled {
		s.node, s.key = n, key
	}
}
