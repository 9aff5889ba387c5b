package lint

import (
	"bytes"
	"sort"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

// scopes finds what the suppressions of a file are about. It is asked in the
// order of the comments, and remembers what it saw for the last one: a thousand
// of them may stand on one line, or before one setting.
type scopes struct {
	file *deployment.File

	line    document.Span // of the last comment
	content int32         // where something other than blanks begins in it

	// Nothing but blanks and comments lies in [from, at), and next begins at at.
	from, at int32
	next     document.Span
}

// of is the part of the file that a suppression in a comment is about. One
// behind something is about its line; one on a line of its own is about the
// next setting or element, with all that is in it; where none follows before
// the end of what it stands in, the span is empty.
func (s *scopes) of(comment document.Span) document.Span {
	text := s.file.Text.Bytes
	if comment.Start > s.line.End || s.line.IsZero() {
		s.line = lineAround(text, comment.Start)
		line := text[s.line.Start:s.line.End]
		s.content = s.line.End - int32(len(bytes.TrimLeft(line, " \t")))
	}
	if s.content < comment.Start {
		return s.line
	}
	if comment.Start < s.from || comment.End > s.at || s.at == 0 {
		s.from = comment.End
		switch {
		case s.file.JSON != nil:
			s.at, s.next = nextInJSON(s.file.JSON, comment.End)
		case s.file.XML != nil:
			s.at, s.next = nextInXML(s.file.XML, comment.End)
		default:
			s.at, s.next = nextInYAML(text, comment.End)
		}
	}
	return s.next
}

// beginOf is where the content of a file begins: findings about the file as a
// whole count as being there.
func beginOf(f *deployment.File) int32 {
	switch {
	case f.JSON != nil && len(f.JSON.Nodes) > 0:
		return f.JSON.Nodes[0].Value.Start
	case f.XML != nil && len(f.XML.Nodes) > 0:
		return f.XML.Nodes[0].StartTag.Start
	case f.Text != nil:
		at, _ := nextInYAML(f.Text.Bytes, 0)
		return at
	}
	return 0
}

// lineAround is the line of an offset, without what ends it.
func lineAround(text []byte, off int32) document.Span {
	line := document.Span{Start: int32(bytes.LastIndexAny(text[:off], "\n\r") + 1), End: int32(len(text))}
	if i := bytes.IndexAny(text[off:], "\n\r"); i >= 0 {
		line.End = off + int32(i)
	}
	return line
}

// nextInJSON is the member or value that comes next after an offset, if only
// blanks, commas and comments stand between; at is where they end.
func nextInJSON(d *document.JSON, off int32) (at int32, next document.Span) {
	at = skip(d.Bytes, off, " \t\r\n,", d.Comments)
	i := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].Value.Start >= at })
	if i == len(d.Nodes) {
		return at, document.Span{}
	}
	n := &d.Nodes[i]
	if n.Value.Start != at && (n.Key.IsZero() || n.Key.Start != at) {
		return at, document.Span{}
	}
	return at, document.Span{Start: at, End: n.Value.End}
}

// nextInXML is the element that comes next after an offset, if only blanks and
// comments stand between; at is where they end.
func nextInXML(d *document.XML, off int32) (at int32, next document.Span) {
	at = skip(d.Bytes, off, " \t\r\n", d.Comments)
	i := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].StartTag.Start >= at })
	if i == len(d.Nodes) || d.Nodes[i].Kind != document.Element || d.Nodes[i].StartTag.Start != at {
		return at, document.Span{}
	}
	n := &d.Nodes[i]
	return at, document.Span{Start: at, End: max(n.StartTag.End, n.EndTag.End)}
}

// skip is the offset behind blanks and comments.
func skip(text []byte, off int32, blanks string, comments []document.Span) int32 {
	next := sort.Search(len(comments), func(i int) bool { return comments[i].Start >= off })
	for {
		rest := text[off:]
		off += int32(len(rest) - len(bytes.TrimLeft(rest, blanks)))
		if next == len(comments) || comments[next].Start != off {
			return off
		}
		off = comments[next].End
		next++
	}
}

// nextInYAML is the next line of content after an offset, with the lines that
// belong to it: those that are indented deeper, and, below a key, the items of
// a list at its own depth. Where there is none, at is the text's end.
func nextInYAML(text []byte, off int32) (at int32, block document.Span) {
	at = int32(len(text))
	depth, item := 0, false
	for from := int(off); from < len(text); {
		line := text[from:]
		next := len(text)
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], from+i+1
		}
		content := bytes.TrimLeft(line, " \t\r")
		indent := len(line) - len(content)
		isItem := len(content) > 0 && content[0] == '-'
		switch {
		case len(content) == 0 || content[0] == '#':
		case indent == 0 && (content[0] == '%' || bytes.HasPrefix(content, []byte("---")) || bytes.HasPrefix(content, []byte("..."))):
			if block.End > 0 {
				return at, block
			}
		case block.End == 0:
			depth, item = indent, isItem
			at = int32(from + indent)
			block = document.Span{Start: at, End: int32(next)}
		case indent > depth || indent == depth && isItem && !item:
			block.End = int32(next)
		default:
			return at, block
		}
		from = next
	}
	return at, block
}
