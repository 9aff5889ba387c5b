package report

import (
	"unicode/utf8"

	"github.com/xmlint/xmlint/internal/visible"
)

// appendXML appends text for an element or a quoted attribute: it is made
// visible, as on a terminal, and what is markup is escaped.
func appendXML(dst []byte, s string) []byte { return appendXMLText(dst, s, false) }

// appendXMLPath appends a path for an attribute. A reader gets the path that it
// is: what is not shown is a reference to the character. What no XML can hold
// (most control characters, bytes that are no UTF-8) is made visible.
func appendXMLPath(dst []byte, s string) []byte { return appendXMLText(dst, s, true) }

func appendXMLText(dst []byte, s string, exact bool) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		raw := s[i : i+n]
		i += n
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>': // alone it may stand, in ]]> not
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == '\'':
			dst = append(dst, "&#39;"...)
		case exact && !visible.Shows(r) && isXMLChar(r):
			dst = append(dst, "&#"...)
			dst = append(appendInt(dst, int(r)), ';')
		default:
			dst = visible.AppendRune(dst, r, raw)
		}
	}
	return dst
}

// isXMLChar reports whether XML 1.0 can hold a character that is not shown.
func isXMLChar(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return true
	case r == utf8.RuneError, r == 0xfffe, r == 0xffff:
		return false
	}
	return r >= ' '
}

// appendAttribute appends a blank and name="value". Names are plain ASCII.
func appendAttribute(dst []byte, name, value string) []byte {
	dst = append(append(append(dst, ' '), name...), `="`...)
	return append(appendXML(dst, value), '"')
}

// appendNumberAttribute appends a blank and name="n".
func appendNumberAttribute(dst []byte, name string, n int) []byte {
	dst = append(append(append(dst, ' '), name...), `="`...)
	return append(appendInt(dst, n), '"')
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
