package document

import (
	"encoding/binary"
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

// legalEnd is the offset of the first character of b, which is valid UTF-8,
// that XML cannot hold: controls, U+FFFE and U+FFFF.
func legalEnd(b []byte) int {
	const blanks, highs = 0x2020202020202020, 0x8080808080808080
	i := 0
	for i+8 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:])
		if (x|(x-blanks)&^x)&highs == 0 {
			i += 8
			continue
		}
		for end := i + 8; i < end; i++ {
			if suspect[b[i]] && !legalAt(b, i) {
				return i
			}
		}
	}
	for ; i < len(b); i++ {
		if suspect[b[i]] && !legalAt(b, i) {
			return i
		}
	}
	return i
}

// suspect marks the bytes that an illegal character can begin with.
var suspect = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\t' && c != '\n' && c != '\r'
	}
	t[0xEF] = true
	return t
}()

// legalAt judges the character at i, whose first byte is suspect.
func legalAt(b []byte, i int) bool {
	return b[i] == 0xEF && !(byteAt(b, i+1) == 0xBF && byteAt(b, i+2) >= 0xBE)
}
