// Package visible makes text from files, paths and manifests fit to be shown.
// Whoever writes a file that is linted must not be able to move the cursor of
// whoever reads the report, to reverse the order of its words, or to add a line
// that looks like one of ours.
//
// Outputs use [String], which loses nothing: what is not plainly shown becomes
// an escape. Sentences that have names in them, and that outputs write again,
// use [Replace]: an escape in them would look like a part of the name.
package visible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Append appends text so that a terminal shows it and obeys nothing in it:
// control characters, marks that turn the direction of writing, and bytes that
// are no UTF-8 become escapes such as \n, \x1b, \u202e.
func Append(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7f {
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = AppendRune(dst, r, s[i:i+n])
		i += n
	}
	return dst
}

// String is [Append] as a string. What it gives it leaves as it is.
func String(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f {
			return string(Append(nil, s))
		}
	}
	return s
}

// AppendRune appends one character as [Append] does; raw is how it is written.
func AppendRune(dst []byte, r rune, raw string) []byte {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Appendf(dst, `\x%02x`, raw[0])
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case Shows(r):
		return append(dst, raw...)
	case r < 0x80:
		return fmt.Appendf(dst, `\x%02x`, r)
	case r > 0xffff:
		return fmt.Appendf(dst, `\U%08x`, r)
	}
	return fmt.Appendf(dst, `\u%04x`, r)
}

// Shows reports whether a character is only shown.
func Shows(r rune) bool { return unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) }

// Obeyed reports whether a terminal, or what lays out text, does something else
// with a character than show it: control characters, marks that turn the
// direction of writing, ends of lines. Characters that merely cannot be seen
// are none, so that all text in any language stays as it is.
func Obeyed(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// Replace puts U+FFFD in the place of each character that is [Obeyed].
func Replace(s string) string {
	return strings.Map(func(r rune) rune {
		if Obeyed(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
