package yamldoc

import (
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
)

// lines finds offsets by line and column as the YAML reader counts them:
// columns are characters, and lines end at LF, CRLF, CR, NEL, LS and PS.
// Look-ups in the order of the file cost one pass over it together.
type lines struct {
	text   []byte
	starts []int // offsets of the lines; made by the first look-up

	line, column, at int // the last look-up
}

// offset is where a line and column, both from 1, lie; the nearest end of the
// line where it has no such column, and of the text where it has no such line.
func (x *lines) offset(line, column int) int {
	nearest := x.clamp(line)
	if nearest < line {
		return len(x.text)
	}
	line = nearest
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

// clamp is the nearest line that there is.
func (x *lines) clamp(line int) int {
	if x.starts == nil {
		x.starts = append(x.starts, 0)
		for i := 0; i < len(x.text); {
			n := breakLen(x.text[i:])
			if i += max(n, 1); n > 0 {
				x.starts = append(x.starts, i)
			}
		}
	}
	return min(max(line, 1), len(x.starts))
}

// end is where a line ends, without its line end.
func (x *lines) end(line int) int {
	if line == len(x.starts) {
		return len(x.text)
	}
	end := x.starts[line]
	for n := 3; n > 0; n-- {
		if at := end - n; at >= x.starts[line-1] && breakLen(x.text[at:end]) == n {
			return at
		}
	}
	return end
}

// breakLen is the length of the line end at the beginning of b, 0 where there
// is none.
func breakLen(b []byte) int {
	switch {
	case b[0] == '\r' && len(b) > 1 && b[1] == '\n':
		return 2
	case b[0] == '\n' || b[0] == '\r':
		return 1
	case b[0] == 0xC2 && len(b) > 1 && b[1] == 0x85:
		return 2
	case b[0] == 0xE2 && len(b) > 2 && b[1] == 0x80 && b[2]&^1 == 0xA8:
		return 3
	}
	return 0
}

// Span is where a node stands: a scalar as far as it is on one line, of others
// the first character.
func (d *Doc) Span(n *yaml.Node) document.Span {
	width := 1
	if n.Kind == yaml.ScalarNode {
		width = utf8.RuneCountInString(n.Value)
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			return d.quoted(n)
		}
	}
	start := d.lines.offset(n.Line, n.Column)
	return document.Span{Start: int32(start), End: int32(d.lines.offset(n.Line, n.Column+width))}
}

// quoted is where a scalar in quotes stands, up to the one that closes it.
func (d *Doc) quoted(n *yaml.Node) document.Span {
	from, end := d.lines.offset(n.Line, n.Column), d.lines.end(d.lines.clamp(n.Line))
	span := document.Span{Start: int32(from), End: int32(min(from+1, end))}
	if from >= end || d.Text.Bytes[from] != '"' && d.Text.Bytes[from] != '\'' {
		return span // a tag stands before it
	}
	b := d.Text.Bytes[:end]
	for i := from + 1; i < end; i++ {
		switch {
		case b[from] == '"' && b[i] == '\\', b[from] == '\'' && b[i] == '\'' && i+1 < end && b[i+1] == '\'':
			i++
		case b[i] == b[from]:
			span.End = int32(i + 1)
			return span
		}
	}
	span.End = int32(end)
	return span
}
