package report

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// appendVisible appends text so that a terminal shows it and obeys nothing in
// it: control characters, marks that turn the direction of writing, and bytes
// that are no UTF-8 become escapes such as \n, \x1b, \u202e.
func appendVisible(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7f {
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = appendVisibleRune(dst, r, s[i:i+n])
		i += n
	}
	return dst
}

// Visible gives text so that a terminal shows it and obeys nothing in it.
func Visible(s string) string { return visible(s) }

// visible is [appendVisible] as a string.
func visible(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f {
			return string(appendVisible(nil, s))
		}
	}
	return s
}

// appendVisibleRune appends one character; raw is how it is written.
func appendVisibleRune(dst []byte, r rune, raw string) []byte {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Appendf(dst, `\x%02x`, raw[0])
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case shows(r):
		return append(dst, raw...)
	case r < 0x80:
		return fmt.Appendf(dst, `\x%02x`, r)
	case r > 0xffff:
		return fmt.Appendf(dst, `\U%08x`, r)
	}
	return fmt.Appendf(dst, `\u%04x`, r)
}

// shows tells whether a character is only shown.
func shows(r rune) bool { return unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) }

// cells is how many columns of a terminal a character takes.
func cells(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cellsOf is how many columns a text takes.
func cellsOf(s string) int {
	n := 0
	for _, r := range s {
		n += cells(r)
	}
	return n
}
