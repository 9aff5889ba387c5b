package lint

import (
	"bytes"
	"sort"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

// scopeOf is the part of a file that a suppression in a comment is about. One
// that stands behind something is about its line. One on a line of its own is
// about the next setting or element, with all that is in it; where none
// follows before the end of what it stands in, the span is empty.
func scopeOf(f *deployment.File, comment document.Span) document.Span {
	text := f.Text.Bytes
	line := lineAround(text, comment.Start)
	if len(bytes.TrimLeft(text[line.Start:comment.Start], " \t")) > 0 {
		return line
	}
	switch {
	case f.JSON != nil:
		return nextInJSON(f.JSON, comment.End)
	case f.XML != nil:
		return nextInXML(f.XML, comment.End)
	}
	return nextInYAML(text, comment.End)
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
		return nextInYAML(f.Text.Bytes, 0).Start
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
// blanks, commas and comments stand between.
func nextInJSON(d *document.JSON, off int32) document.Span {
	at := skip(d.Bytes, off, " \t\r\n,", d.Comments)
	i := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].Value.Start >= at })
	if i == len(d.Nodes) {
		return document.Span{}
	}
	n := &d.Nodes[i]
	if n.Value.Start != at && (n.Key.IsZero() || n.Key.Start != at) {
		return document.Span{}
	}
	return document.Span{Start: at, End: n.Value.End}
}

// nextInXML is the element that comes next after an offset, if only blanks and
// comments stand between.
func nextInXML(d *document.XML, off int32) document.Span {
	at := skip(d.Bytes, off, " \t\r\n", d.Comments)
	i := sort.Search(len(d.Nodes), func(i int) bool { return d.Nodes[i].StartTag.Start >= at })
	if i == len(d.Nodes) || d.Nodes[i].Kind != document.Element || d.Nodes[i].StartTag.Start != at {
		return document.Span{}
	}
	n := &d.Nodes[i]
	return document.Span{Start: at, End: max(n.StartTag.End, n.EndTag.End)}
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
// a list at its own depth.
func nextInYAML(text []byte, off int32) document.Span {
	var block document.Span
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
				return block
			}
		case block.End == 0:
			depth, item = indent, isItem
			block = document.Span{Start: int32(from + indent), End: int32(next)}
		case indent > depth || indent == depth && isItem && !item:
			block.End = int32(next)
		default:
			return block
		}
		from = next
	}
	return block
}
