package migrate

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// NotAPatch marks a hunk that is shown masked.
const NotAPatch = "not a patch: use --write"

// Diff is the changes as a unified diff that `git apply` and `patch -p1` take.
// A hunk that would show a secret, and one of a file that is not UTF-8, is
// text beside it, masked, behind a bar, marked with [NotAPatch]. Of a
// protected section only the settings are named.
func (c *Changes) Diff() string {
	var b strings.Builder
	for i := range c.Files {
		b.WriteString(c.Files[i].diff(c))
	}
	return b.String()
}

// Patch is the whole of the changes as a unified diff, with secrets: nobody
// but the owner may read where it is put. Protected sections are left out, for
// each protection makes other bytes.
func (c *Changes) Patch() []byte {
	var b bytes.Buffer
	for i := range c.Files {
		f := &c.Files[i]
		for _, line := range f.sealedLines(c) {
			b.WriteString(line + "\n")
		}
		if edits := f.plainEdits(); len(edits) > 0 {
			b.WriteString(unified(c.patchName(f.Path), f.before, edits))
		}
	}
	return b.Bytes()
}

// patchName is the name of a file in a patch: as it is shown, or below the
// deployment's folder where that is elsewhere on the machine.
func (c *Changes) patchName(path string) string {
	if strings.HasPrefix(path, "/") || strings.HasPrefix(path, "../") || strings.Contains(path, ":") {
		if rel, ok := strings.CutPrefix(path, strings.TrimSuffix(c.Root, "/")+"/"); ok {
			return rel
		}
	}
	return path
}

// plainEdits are the edits outside of cipher values.
func (f *File) plainEdits() []document.Edit {
	if len(f.cipher) == 0 {
		return f.Edits
	}
	var edits []document.Edit
next:
	for _, e := range f.Edits {
		for _, s := range f.cipher {
			if e.Start == s.start && e.End == s.end {
				continue next
			}
		}
		edits = append(edits, e)
	}
	return edits
}

// sealedLines say what changes inside a protected section.
func (f *File) sealedLines(c *Changes) []string {
	if !f.Sealed {
		return nil
	}
	var lines []string
	for _, e := range c.Edits {
		if e.Path == f.Path && e.Sealed {
			name := strings.ReplaceAll(strings.TrimPrefix(e.Setting, schema.RootSection+":"), ":", ".")
			lines = append(lines, label(f.Path)+": inside an encrypted section: "+name+" "+shownText(e.From)+" -> "+shownText(e.To))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, label(f.Path)+": inside an encrypted section: names are written as the vendor does")
	}
	return lines
}

func shownText(s string) string {
	if s == "" || strings.TrimSpace(s) != s {
		return `"` + s + `"`
	}
	return s
}

// unified is a diff of one file, or nothing.
func unified(name string, before []byte, edits []document.Edit) string {
	after, err := document.Apply(before, edits)
	if err != nil {
		return ""
	}
	return udiff.Unified(quoteName("a/"+name), quoteName("b/"+name), string(before), string(after))
}

// quoteName writes a name as the head of a diff has it: what has a blank ends
// in a tab, and what has a character that would end it, or that a terminal
// would obey, is in quotes as in C.
func quoteName(name string) string {
	special := func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0x7F }
	if strings.IndexFunc(name, special) < 0 {
		if strings.Contains(name, " ") {
			name += "\t"
		}
		return name
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(name) {
		switch {
		case c == '"', c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\t':
			b.WriteString(`\t`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\n':
			b.WriteString(`\n`)
		case c < ' ' || c == 0x7F:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// label names a file in text for people.
func label(path string) string {
	return strings.Map(func(r rune) rune {
		if obeyed(r) || r == '\t' || r == '\r' || r == '\n' {
			return utf8.RuneError
		}
		return r
	}, path)
}

// diff is what may be shown of the changes of one file.
func (f *File) diff(c *Changes) string {
	var b strings.Builder
	for _, line := range f.sealedLines(c) {
		b.WriteString(line + "\n")
	}
	edits := f.plainEdits()
	if len(edits) == 0 {
		return b.String()
	}
	name := c.patchName(f.Path)
	if !utf8.Valid(f.before) || f.old.Text.Encoding != document.UTF8 {
		b.WriteString(f.decoded(name))
		return b.String()
	}
	hunks := parseHunks(unified(name, f.before, edits))
	old, new := newLineMask(f.old), newLineMask(f.newPlain(edits))
	var patch, aside strings.Builder
	shift := 0 // lines that hunks which are left out would have added
	for _, h := range hunks {
		if masked, hidden := h.masked(old, new); hidden {
			aside.WriteString(masked)
			shift += h.newCount - h.oldCount
			continue
		}
		h.newStart -= shift
		patch.WriteString(h.String())
	}
	if aside.Len() > 0 {
		b.WriteString(label(f.Path) + ": " + NotAPatch + "\n" + aside.String())
	}
	if patch.Len() > 0 {
		b.WriteString("--- " + quoteName("a/"+name) + "\n+++ " + quoteName("b/"+name) + "\n" + patch.String())
	}
	return b.String()
}

// newPlain is the file with its edits outside of cipher values.
func (f *File) newPlain(edits []document.Edit) *deployment.File {
	if len(edits) == len(f.Edits) {
		return f.new
	}
	after, err := document.Apply(f.before, edits)
	if err != nil {
		return f.new
	}
	text, err := document.DecodeXML(f.Path, after, document.Limits{})
	if err != nil {
		return f.new
	}
	d, err := document.ParseXML(text, document.Limits{})
	if err != nil {
		return f.new
	}
	return &deployment.File{Path: f.Path, Text: text, XML: d}
}

// decoded shows the changes of a file that is not UTF-8.
func (f *File) decoded(name string) string {
	after := f.newPlain(f.plainEdits())
	old, new := newLineMask(f.old), newLineMask(after)
	var b strings.Builder
	b.WriteString(label(f.Path) + ": " + NotAPatch + " (the file is not UTF-8, this is its text)\n")
	for _, h := range parseHunks(udiff.Unified("a/"+name, "b/"+name, string(f.old.Text.Bytes), string(after.Text.Bytes))) {
		text, _ := h.masked(old, new)
		b.WriteString(text)
	}
	return b.String()
}

// hunk is a part of a unified diff. Lines count from 1.
type hunk struct {
	oldStart, oldCount, newStart, newCount int
	lines                                  []string // with their mark and end
}

// parseHunks takes a unified diff of one file apart.
func parseHunks(diff string) []hunk {
	var hunks []hunk
	for line := range strings.SplitAfterSeq(diff, "\n") {
		var h hunk
		if strings.HasPrefix(line, "@@ ") {
			h.oldStart, h.oldCount, h.newStart, h.newCount = parseRange(line)
			hunks = append(hunks, h)
			continue
		}
		if n := len(hunks); n > 0 && line != "" {
			hunks[n-1].lines = append(hunks[n-1].lines, line)
		}
	}
	return hunks
}

func parseRange(line string) (oldStart, oldCount, newStart, newCount int) {
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
	return oldStart, oldCount, newStart, newCount
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
