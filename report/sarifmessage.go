package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
)

// sarifMessage is what a viewer of SARIF shows of a finding: what is wrong, what
// to do, and links to the other places, as sentences of one line.
func sarifMessage(f *lint.Finding, related []lint.Related) string {
	text := sentence(unlinked(f.Message))
	if f.Do != "" {
		text += " What to do: " + sentence(unlinked(f.Do))
	}
	for i := range related {
		text += fmt.Sprintf(" See [%s](%d).", linkText(sarifRelatedText(&related[i])), i+1)
	}
	return text
}

// sarifRelatedText says why another place belongs to a finding.
func sarifRelatedText(r *lint.Related) string {
	if r.Message == "" {
		return visible.String(fmt.Sprintf("%s:%d:%d", r.Path, r.Start.Line, r.Start.Column))
	}
	return visible.String(r.Message)
}

// sentence ends a text with a full stop, and makes it visible.
func sentence(s string) string {
	s = strings.TrimSpace(visible.String(s))
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// unlinked keeps a text from being taken for an embedded link.
func unlinked(s string) string { return strings.ReplaceAll(s, "](", "] (") }

// linkText escapes the text of an embedded link as SARIF wants it.
func linkText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(s)
}
