package document

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// legalRune reports whether XML 1.0 can hold r.
func legalRune(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r <= 0xD7FF:
		return true
	case r < 0xE000, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return r <= utf8.MaxRune
}

// lowBits are all bits of eight bytes but the highest of each.
const lowBits = 0x7F * ones

// equal marks the bytes of x that are c by their highest bit, exactly.
func equal(x uint64, c byte) uint64 {
	x ^= uint64(c) * ones
	return ^(x&lowBits + lowBits | x) & highBits
}

// legalEnd is the offset of the first character of b, which is valid UTF-8,
// that XML cannot hold: controls, U+FFFE and U+FFFF.
func legalEnd(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		printable := x&lowBits + (0x80-' ')*ones // the highest bit of a byte from ' ' on
		if printable&^x&highBits == highBits {
			continue
		}
		suspect := ^(printable|x)&highBits&^(equal(x, '\n')|equal(x, '\r')|equal(x, '\t')) | equal(x, 0xEF)
		for ; suspect != 0; suspect &= suspect - 1 {
			if at := i + bits.TrailingZeros64(suspect)/8; !legalAt(b, at) {
				return at
			}
		}
	}
	for ; i < len(b); i++ {
		if !legalAt(b, i) {
			return i
		}
	}
	return i
}

// legalAt judges the character whose first byte is at i; other bytes of a
// character are legal.
func legalAt(b []byte, i int) bool {
	switch c := b[i]; {
	case c < ' ':
		return c == '\t' || c == '\n' || c == '\r'
	case c == 0xEF:
		return byteAt(b, i+1) != 0xBF || byteAt(b, i+2) < 0xBE
	}
	return true
}
