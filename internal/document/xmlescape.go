package document

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// EscapeAttr writes s as the value of an attribute between two of quote, which
// is " or ': every string that XML can hold comes back as it was. Tabs and line
// ends are written as references, for a reader makes blanks of them. The error
// is for a string with a character that XML cannot hold, such as NUL.
func EscapeAttr(s string, quote byte) (string, error) {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r >= 0xFFFD || strings.ContainsRune(`&<"'`, r) }) < 0 {
		return s, nil
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '"' && quote == '"':
			b.WriteString("&quot;")
		case r == '\'' && quote == '\'':
			b.WriteString("&apos;")
		case r == '\t', r == '\n', r == '\r':
			b.WriteString(escapeRune(r))
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			return "", fmt.Errorf("byte %d is not UTF-8", i)
		case !legalRune(r):
			return "", fmt.Errorf("XML cannot hold the character U+%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), nil
}

// encode puts markup into the file's encoding. What the encoding does not have
// is put as the markup that refer gives for it; without refer, encode gives
// nil.
func (d *XML) encode(markup string, refer func(rune) string) []byte {
	out := make([]byte, 0, len(markup))
	for _, r := range markup {
		piece, ok := d.Text.Encode(string(r))
		if !ok || r >= utf8.RuneSelf && d.isASCII() {
			if refer == nil {
				return nil
			}
			piece, _ = d.Text.Encode(refer(r))
		}
		out = append(out, piece...)
	}
	return out
}

// isASCII reports whether the file says that it is in us-ascii, or in an
// encoding that adds to it, and is ASCII: then its Encoding is UTF8.
func (d *XML) isASCII() bool {
	if d.Encoding != UTF8 {
		return false
	}
	_, named, _ := declaredCharset(d.Text.Bytes, false)
	return named == charset(ASCII) || named == charsetWide
}

// escapeRune is the reference to a character by its number.
func escapeRune(r rune) string { return fmt.Sprintf("&#x%X;", r) }
