package yamldoc

import (
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
)

// lineIndex finds offsets by line and column as the YAML reader counts them:
// columns are characters, and lines end at LF, CRLF, CR, NEL, LS and PS. The
// first look-up costs one pass over the text, the others next to nothing.
type lineIndex struct {
	text  []byte
	lines []textLine
	marks []int // the offset of every markth character
}

// textLine is where a line begins, its place among all characters, and where
// it ends, without its line end.
type textLine struct{ start, character, end int }

// mark is how many characters are stepped over one by one at most.
const mark = 64

// offset is where a line and column, both from 1, lie; the nearest end of the
// line where it has no such column.
func (x *lineIndex) offset(line, column int) int {
	if x.lines == nil {
		x.index()
	}
	switch {
	case line < 1:
		return 0
	case line > len(x.lines):
		return len(x.text)
	}
	l := x.lines[line-1]
	character := l.character + max(column, 1) - 1
	if character/mark >= len(x.marks) {
		return l.end
	}
	at := x.marks[character/mark]
	for range character % mark {
		if at >= l.end {
			break
		}
		_, size := utf8.DecodeRune(x.text[at:])
		at += size
	}
	return min(max(at, l.start), l.end)
}

// end is where a line ends.
func (x *lineIndex) end(line int) int { return x.offset(line, len(x.text)+1) }

func (x *lineIndex) index() {
	line, characters := textLine{}, 0
	for i := 0; i < len(x.text); characters++ {
		if characters%mark == 0 {
			x.marks = append(x.marks, i)
		}
		n := breakLen(x.text[i:])
		if n == 0 {
			_, size := utf8.DecodeRune(x.text[i:])
			i += size
			continue
		}
		line.end = i
		x.lines = append(x.lines, line)
		if n == len("\r\n") && x.text[i] == '\r' { // two characters
			if characters++; characters%mark == 0 {
				x.marks = append(x.marks, i+1)
			}
		}
		i += n
		line = textLine{start: i, character: characters + 1}
	}
	line.end = len(x.text)
	x.lines = append(x.lines, line)
}

// breakLen is the length of the line end at the beginning of b, 0 where there
// is none.
func breakLen(b []byte) int {
	switch b[0] {
	case '\n':
		return 1
	case '\r':
		if len(b) > 1 && b[1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if len(b) > 1 && b[1] == 0x85 {
			return 2
		}
	case 0xE2:
		if len(b) > 2 && b[1] == 0x80 && b[2]&^1 == 0xA8 {
			return 3
		}
	}
	return 0
}

// Span is where a scalar stands, as far as it is on one line, and the first
// character of anything else.
func (d *Doc) Span(n *yaml.Node) document.Span {
	switch {
	case n.Kind != yaml.ScalarNode:
		return d.span(n.Line, n.Column, 1)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return d.quoted(n, '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return d.quoted(n, '\'')
	}
	return d.span(n.Line, n.Column, utf8.RuneCountInString(n.Value))
}

// span is that of width characters at a line and column, from 1.
func (d *Doc) span(line, column, width int) document.Span {
	return document.Span{Start: int32(d.lines.offset(line, column)), End: int32(d.lines.offset(line, column+width))}
}

func (d *Doc) quoted(n *yaml.Node, escape byte) document.Span {
	from, end := d.lines.offset(n.Line, n.Column), d.lines.end(n.Line)
	return document.Span{Start: int32(from), End: int32(quotedEnd(d.lines.text[:end], from, escape))}
}

// quotedEnd is where a quoted scalar ends that begins at from: behind its
// closing quote, which escape keeps from being one.
func quotedEnd(b []byte, from int, escape byte) int {
	if from >= len(b) || b[from] != '"' && b[from] != '\'' {
		return min(from+1, len(b)) // a tag or an anchor stands before it
	}
	quote := b[from]
	for i := from + 1; i < len(b); i++ {
		switch {
		case b[i] == escape && i+1 < len(b) && (escape == '\\' || b[i+1] == quote):
			i++
		case b[i] == quote:
			return i + 1
		}
	}
	return len(b)
}
