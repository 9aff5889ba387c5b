package mask

import (
	"bytes"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/xmlint/xmlint/internal/document"
)

// suspicious finds comments and texts that may hold a secret: the name of one,
// or something like a connection string.
var suspicious = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)password|pwd|passwort|secret|sharedkey|encryptionkey|salt|token|instrumentationkey|accountkey|\bkey\b|://[^/\s]*@|[^\s"',=]+(:\d+)?\s*,[^,"']*=`)
})

// comments hides what comments say: nothing tells whether an old password
// stands there. A directive to xmlint is shown.
func (m *masking) comments(text []byte, comments []document.Span) {
	first := sort.Search(len(comments), func(i int) bool { return comments[i].End > m.start })
	for _, c := range comments[first:] {
		if c.Start >= m.end {
			break
		}
		comment := text[c.Start:c.End]
		shown, end := "// …", ""
		switch {
		case bytes.HasPrefix(comment, []byte("<!--")):
			shown, end = "<!-- … -->", "-->"
		case bytes.HasPrefix(comment, []byte("/*")):
			shown, end = "/* … */", "*/"
		}
		switch {
		case m.prose == Suspect:
			if suspicious().Match(comment) {
				m.hide(c, shown)
			}
		case isDirective(comment, end):
			m.value(text, c, "", string(comment))
		default:
			m.hide(c, shown)
		}
	}
}

// isDirective reports whether a comment that ends in a mark is one to xmlint.
func isDirective(comment []byte, end string) bool {
	body := strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(string(comment), "/<!-*"), end))
	return strings.HasPrefix(body, "xmlint:")
}
