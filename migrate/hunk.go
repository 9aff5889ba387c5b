package migrate

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/xmlint/xmlint/internal/visible"
)

// hunk is a part of a unified diff. Lines count from 1.
type hunk struct {
	oldStart, oldCount, newStart, newCount int
	lines                                  []string // with their mark and end
}

// parseHunks takes a unified diff of one file apart. Where a hunk begins in the
// new file is counted here: udiff counts wrong behind a hunk that holds several
// changes, and what a line has to hide is known by its number.
func parseHunks(diff string) []hunk {
	var hunks []hunk
	shift := 0
	for line := range strings.SplitAfterSeq(diff, "\n") {
		var h hunk
		if strings.HasPrefix(line, "@@ ") {
			h.oldStart, h.oldCount, h.newCount = parseRange(line)
			h.newStart = h.oldStart + shift
			if h.oldCount == 0 { // "behind line n"
				h.newStart++
			}
			if h.newCount == 0 {
				h.newStart--
			}
			shift += h.newCount - h.oldCount
			hunks = append(hunks, h)
			continue
		}
		if n := len(hunks); n > 0 && line != "" {
			hunks[n-1].lines = append(hunks[n-1].lines, line)
		}
	}
	return hunks
}

func parseRange(line string) (oldStart, oldCount, newCount int) {
	var newStart int
	oldCount, newCount = 1, 1
	fields := strings.Fields(line)
	part := func(s string, start, count *int) {
		a, b, ok := strings.Cut(s[1:], ",")
		_, _ = fmt.Sscan(a, start)
		if ok {
			_, _ = fmt.Sscan(b, count)
		}
	}
	if len(fields) >= 3 {
		part(fields[1], &oldStart, &oldCount)
		part(fields[2], &newStart, &newCount)
	}
	return oldStart, oldCount, newCount
}

// String is the hunk as it stands in a patch.
func (h *hunk) String() string {
	return fmt.Sprintf("@@ -%d,%d +%d,%d @@\n", h.oldStart, h.oldCount, h.newStart, h.newCount) + strings.Join(h.lines, "")
}

// masked is the hunk as people may see it, behind a bar so that no program
// takes it for a patch, and whether something in it is hidden.
func (h *hunk) masked(old, new *lineMask) (text string, hidden bool) {
	var b strings.Builder
	i, j := h.oldStart-1, h.newStart-1
	fmt.Fprintf(&b, "| line %d\n", h.oldStart)
	for _, line := range h.lines {
		var shown string
		var holes bool
		switch line[0] {
		case ' ':
			shown, holes = old.line(i)
			i, j = i+1, j+1
		case '-':
			shown, holes = old.line(i)
			i++
		case '+':
			shown, holes = new.line(j)
			j++
		default:
			continue // \ No newline at end of file
		}
		hidden = hidden || holes
		b.WriteString("| " + line[:1] + shown + "\n")
	}
	return b.String(), hidden
}

// quoteName writes a name as the head of a diff has it: what has a blank ends
// in a tab, and what has a character that would end it, or that a terminal
// would obey, is in quotes as in C.
func quoteName(name string) string {
	special := func(r rune) bool { return r == '"' || r == '\\' || visible.Obeyed(r) }
	if strings.IndexFunc(name, special) < 0 {
		if strings.Contains(name, " ") {
			name += "\t"
		}
		return name
	}
	var b strings.Builder
	b.WriteByte('"')
	for name != "" {
		r, n := utf8.DecodeRuneInString(name)
		written := name[:n] // also a byte that is no UTF-8
		name = name[n:]
		switch {
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\n':
			b.WriteString(`\n`)
		case visible.Obeyed(r):
			for _, c := range []byte(written) {
				fmt.Fprintf(&b, `\%03o`, c)
			}
		default:
			b.WriteString(written)
		}
	}
	b.WriteByte('"')
	return b.String()
}
