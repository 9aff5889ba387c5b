package migrate

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/mask"
	"github.com/xmlint/xmlint/internal/visible"
)

// lineMask shows single lines of a file's text: without its secrets, and
// without what a terminal would obey.
type lineMask struct {
	text    []byte
	lines   []int // where each line begins
	patches []mask.Patch
}

func newLineMask(f *deployment.File) *lineMask {
	text := f.Text.Bytes
	m := &lineMask{text: text, lines: []int{0}}
	m.patches = append(mask.Patches(f, 0, int32(len(text)), mask.Suspect), obeyed(text)...)
	slices.SortStableFunc(m.patches, func(a, b mask.Patch) int { return cmp.Compare(a.Start, b.Start) })
	for i, c := range text {
		if c == '\n' {
			m.lines = append(m.lines, i+1)
		}
	}
	return m
}

// obeyed finds characters that a terminal obeys instead of showing them.
func obeyed(text []byte) []mask.Patch {
	var patches []mask.Patch
	for i, r := range string(text) {
		if r != '\t' && r != '\r' && r != '\n' && visible.Obeyed(r) {
			patches = append(patches, mask.Patch{Start: int32(i), End: int32(i + utf8.RuneLen(r)), Text: string(unicode.ReplacementChar)})
		}
	}
	return patches
}

// line gives a line, counted from 0, without its end, and whether something of
// it is not shown.
func (m *lineMask) line(n int) (string, bool) {
	if n >= len(m.lines) {
		return "", false
	}
	start, end := m.lines[n], len(m.text)
	if n+1 < len(m.lines) {
		end = m.lines[n+1]
	}
	var b strings.Builder
	at, hidden := start, false
	first := sort.Search(len(m.patches), func(i int) bool { return int(m.patches[i].End) > start })
	for _, p := range m.patches[first:] {
		if int(p.Start) >= end {
			break
		}
		if int(p.End) <= at {
			continue
		}
		hidden = true
		b.Write(m.text[at:max(at, int(p.Start))])
		if int(p.Start) >= start {
			b.WriteString(p.Text)
		}
		at = min(int(p.End), end)
	}
	b.Write(m.text[at:end])
	return strings.TrimRight(b.String(), "\r\n"), hidden
}
