package document

import (
	"fmt"
	"strings"
)

// QuoteJSON writes s as a JSON string that .NET reads back as s. Only what must
// be escaped is: quotes, backslashes, control characters, and the separators
// U+2028 and U+2029 that some tools take for line ends. What is no Unicode
// text, as half a surrogate pair, cannot be read by .NET and becomes U+FFFD.
func QuoteJSON(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\b':
			b.WriteString(`\b`)
		case '\f':
			b.WriteString(`\f`)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			if r < ' ' || r == 0x7F || r == 0x2028 || r == 0x2029 {
				fmt.Fprintf(&b, `\u%04x`, r)
				continue
			}
			b.WriteRune(r) // U+FFFD for what is malformed
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Member is a key and its value for an object that is to be written.
type Member struct {
	Key     string // as .NET shall read it; [QuoteJSON] is applied
	Literal string // JSON
}

// ObjectJSON is an object as JSON on one line. [JSON.InsertMember] and
// [JSON.SetValue] lay it out as the file is laid out.
func ObjectJSON(members ...Member) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(QuoteJSON(m.Key))
		b.WriteByte(':')
		b.WriteString(m.Literal)
	}
	b.WriteByte('}')
	return b.String()
}
