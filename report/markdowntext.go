package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
)

// appendMarkdown appends text for a cell of a table in GitHub Flavored
// Markdown, so that a reader sees it as it is, made visible: nothing in it is
// markup, HTML, a link, an emoji, or a reference that notifies somebody (@name,
// #1, GH-1, !1, %1, ~label).
//
// References and emoji are looked for in the text that comes out, where a
// backslash or an entity is gone again. An empty character between their parts
// is what keeps them from being found.
func appendMarkdown(dst []byte, s string) []byte {
	const apart = "&#8203;"
	s = visible.String(s)
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			dst = append(dst, "&amp;"...)
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '\\', '`', '*', '_', '[', ']', '|', '~', '$', '#', '!', '{', '}':
			dst = append(dst, '\\', c)
		default:
			dst = append(dst, c)
		}
		if refers(s, i) {
			dst = append(dst, apart...)
		}
	}
	return dst
}

// refers reports whether the character at i begins or ends something that would
// be made a link or a picture of.
func refers(s string, i int) bool {
	rest := s[i+1:]
	switch s[i] {
	case '@', '#', '!', '%', '~', '$', '&':
		return rest != "" && (isWord(rest[0]) || rest[0] == '"')
	case ':': // https://, and :name:
		n := strings.IndexFunc(rest, func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_+-", r) })
		return strings.HasPrefix(rest, "//") || n > 0 && rest[n] == ':'
	case '-': // GH-1
		return i >= 2 && strings.EqualFold(s[i-2:i], "GH") && rest != "" && rest[0] >= '0' && rest[0] <= '9'
	case 'w', 'W':
		return i >= 2 && strings.EqualFold(s[i-2:i+1], "www") && strings.HasPrefix(rest, ".")
	}
	return false
}

func isWord(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '_' }

// appendMarkdownCode appends text as code, for a cell of a table. Backticks are
// what reads best where nobody renders it; what they cannot hold there is HTML.
func appendMarkdownCode(dst []byte, s string) []byte {
	s = visible.String(s)
	if s != "" && !strings.ContainsAny(s, "`|\\") {
		return append(append(append(dst, '`'), s...), '`')
	}
	dst = append(dst, "<code>"...)
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || isLetter(c) || c >= '0' && c <= '9' || c == '/' || c == ' ' {
			dst = append(dst, c)
		} else {
			dst = fmt.Appendf(dst, "&#%d;", c)
		}
	}
	return append(dst, "</code>"...)
}
