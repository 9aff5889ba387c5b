package deployment

import (
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
)

// yamlLines finds offsets by line and column as the YAML reader counts them:
// columns are characters, and lines end at LF, CRLF, CR, NEL, LS and PS.
// Look-ups in the order of the file cost one pass over it together.
type yamlLines struct {
	text   []byte
	starts []int // offsets of the lines; made by the first look-up

	line, column, at int // the last look-up
}

// offset is where a line and column, both from 1, lie; the nearest end of the
// line where it has no such column.
func (x *yamlLines) offset(line, column int) int {
	if x.starts == nil {
		x.index()
	}
	line = min(max(line, 1), len(x.starts))
	end := x.end(line)
	if line != x.line || column < x.column {
		x.line, x.column, x.at = line, 1, x.starts[line-1]
	}
	for ; x.column < column && x.at < end; x.column++ {
		_, size := utf8.DecodeRune(x.text[x.at:end])
		x.at += size
	}
	return x.at
}

// end is where a line ends, without its line end.
func (x *yamlLines) end(line int) int {
	if line == len(x.starts) {
		return len(x.text)
	}
	end := x.starts[line]
	switch b := x.text; {
	case end >= 2 && b[end-1] == '\n' && b[end-2] == '\r':
		return end - 2
	case b[end-1] == '\n' || b[end-1] == '\r':
		return end - 1
	case b[end-1] == 0x85:
		return end - 2
	}
	return end - 3
}

func (x *yamlLines) index() {
	x.starts = append(x.starts, 0)
	for i := 0; i < len(x.text); {
		n := breakLen(x.text[i:])
		if i += max(n, 1); n > 0 {
			x.starts = append(x.starts, i)
		}
	}
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

// place is the place of width characters at a line and column, from 1.
func (r *manifestReader) place(line, column, width int) Place {
	start := r.lines.offset(line, column)
	return Place{r.m.File, document.Span{Start: int32(start), End: int32(r.lines.offset(line, column+width))}}
}

// nodePlace is the place of a scalar, as far as it is on one line, and of the
// first character of anything else.
func (r *manifestReader) nodePlace(n *yaml.Node) Place {
	if n.Kind != yaml.ScalarNode {
		return r.place(n.Line, n.Column, 1)
	}
	p := r.place(n.Line, n.Column, 0)
	from, end := int(p.Span.Start), r.lines.end(min(max(n.Line, 1), len(r.lines.starts)))
	switch n.Style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle) {
	case 0:
		return r.place(n.Line, n.Column, utf8.RuneCountInString(n.Value))
	case yaml.DoubleQuotedStyle:
		p.Span.End = int32(quotedEnd(r.lines.text[:end], from, '\\'))
	default:
		p.Span.End = int32(quotedEnd(r.lines.text[:end], from, '\''))
	}
	return p
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
