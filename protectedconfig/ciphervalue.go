package protectedconfig

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
)

// A cipherValue is the text of one CipherValue: usually one run, more where a
// comment interrupts it.
type cipherValue struct{ runs []token }

func (v *cipherValue) add(t token) { v.runs = append(v.runs, t) }

// decode reads the base64 text as .NET does: white space anywhere is nothing.
func (v *cipherValue) decode(src []byte) ([]byte, bool) {
	var text strings.Builder
	for _, t := range v.runs {
		s, ok := characterData(src, t)
		if !ok {
			return nil, false
		}
		text.WriteString(s)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Map(dropSpace, text.String()))
	return raw, err == nil
}

func dropSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}

// A splice replaces a span of the section.
type splice struct {
	span span
	text string
}

// encode writes other bytes in place of the old, broken into lines as those
// were. A comment inside the value stays.
func (v *cipherValue) encode(src, sealed []byte) []splice {
	text := base64.StdEncoding.EncodeToString(sealed)
	var splices []splice
	written := false
	for _, t := range v.runs {
		old := src[t.span.start:t.span.end]
		s := splice{span: t.span}
		switch l := layoutOf(old); {
		case l.empty:
			continue
		case !written:
			s.text, written = l.write(text), true
		}
		splices = append(splices, s)
	}
	return splices
}

// A layout is the white space of a base64 text: before it, after it, and between
// its lines. Line breaks stand there as they are written, `&#xD;` too.
type layout struct {
	before, after, between string
	width                  int // characters of a line, 0 for one line
	empty                  bool
}

// minWidth is the shortest line that is taken for a style and not for an
// accident.
const minWidth = 16

func layoutOf(text []byte) layout {
	var l layout
	start := gap(text)
	l.before = string(text[:start])
	rest := text[start:]
	if len(rest) == 0 {
		return layout{empty: true}
	}
	line := lineLength(rest)
	if space := gap(rest[line:]); line+space < len(rest) && line >= minWidth {
		l.width, l.between = line, string(rest[line:line+space])
	}
	for len(rest) > 0 {
		line = lineLength(rest)
		space := gap(rest[line:])
		l.after = string(rest[line : line+space])
		rest = rest[line+space:]
	}
	return l
}

func (l layout) write(text string) string {
	var b strings.Builder
	b.WriteString(l.before)
	for l.width > 0 && len(text) > l.width {
		b.WriteString(text[:l.width])
		b.WriteString(l.between)
		text = text[l.width:]
	}
	b.WriteString(text)
	b.WriteString(l.after)
	return b.String()
}

// lineLength is the length of the text until the next gap. It is at least 1, so
// that an ampersand that begins no gap cannot stop the reader.
func lineLength(text []byte) int {
	for i := 1; i < len(text); i++ {
		if isBlank(text[i]) || text[i] == '&' {
			return i
		}
	}
	return len(text)
}

// gap is the length of the white space that text begins with, counting the
// references to white space that XML writers make of it.
func gap(text []byte) int {
	n := 0
	for n < len(text) {
		if isBlank(text[n]) {
			n++
			continue
		}
		semicolon := bytes.IndexByte(text[n:], ';')
		if text[n] != '&' || semicolon < 0 {
			break
		}
		r, ok := reference(string(text[n+1 : n+semicolon]))
		if !ok || !unicode.IsSpace(r) {
			break
		}
		n += semicolon + 1
	}
	return n
}
