package migrate

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/visible"
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
			lines = append(lines, visible.Replace(f.Path)+": inside an encrypted section: "+name+" "+shownText(e.From)+" -> "+shownText(e.To))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, visible.Replace(f.Path)+": inside an encrypted section: names are written as the vendor does")
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
	hunks := parseHunks(udiff.Unified("a", "b", string(before), string(after)))
	if len(hunks) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("--- " + quoteName("a/"+name) + "\n+++ " + quoteName("b/"+name) + "\n")
	for _, h := range hunks {
		b.WriteString(h.String())
	}
	return b.String()
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
		b.WriteString(visible.Replace(f.Path) + ": " + NotAPatch + "\n" + aside.String())
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
	b.WriteString(visible.Replace(f.Path) + ": " + NotAPatch + " (the file is not UTF-8, this is its text)\n")
	for _, h := range parseHunks(udiff.Unified("a/"+name, "b/"+name, string(f.old.Text.Bytes), string(after.Text.Bytes))) {
		text, _ := h.masked(old, new)
		b.WriteString(text)
	}
	return b.String()
}
