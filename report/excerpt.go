package report

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/mask"
	"github.com/xmlint/xmlint/internal/visible"
)

// excerpt is the line of a file that a finding points at, as it may be shown:
// secrets and comments masked, control characters escaped, a long line cut
// around what is pointed at.
type excerpt struct {
	text   string
	caret  int // columns before what is pointed at
	length int // columns that it takes, at least 1
}

// reach is how far from the place of a finding an excerpt looks, in bytes: a
// line may be as long as the file.
const reach = 1000

// excerptAt gives the line on which a place begins, cut to a number of columns;
// false where there is nothing to show.
func excerptAt(place deployment.Place, columns int) (excerpt, bool) {
	if place.File == nil || place.File.Text == nil || place.Span.IsZero() {
		return excerpt{}, false
	}
	text := place.File.Text.Bytes
	at := min(max(int(place.Span.Start), 0), len(text))
	start, end := lineAround(text, at)
	if start == end {
		return excerpt{}, false
	}
	patches := mask.Patches(place.File, int32(start), int32(end), mask.Hide)
	return excerptFrom(glyphs(text, start, end, patches), place.Span, columns)
}

// excerptOf gives a text that is masked already, cut to a number of columns.
func excerptOf(masked string, from, to, columns int) (excerpt, bool) {
	text := []byte(masked)
	start, end := lineAround(text, min(from, len(text)))
	return excerptFrom(glyphs(text, start, end, nil), document.Span{Start: int32(from), End: int32(to)}, columns)
}

func excerptFrom(g []glyph, at document.Span, columns int) (excerpt, bool) {
	from, to := pointed(g, at)
	g, from, to = cut(g, from, to, columns)
	var e excerpt
	var line strings.Builder
	for i, x := range g {
		if i < from {
			e.caret += x.cells
		} else if i < to {
			e.length += x.cells
		}
		line.WriteString(x.text)
	}
	e.length = max(e.length, 1)
	e.text = strings.TrimRight(line.String(), " ")
	return e, strings.TrimSpace(e.text) != ""
}

// lineAround is the line around an offset, or the part of it within reach. A
// lone CR counts as a line end: nothing is lost by showing less.
func lineAround(text []byte, at int) (start, end int) {
	start, end = max(at-reach, 0), min(at+reach, len(text))
	cutStart, cutEnd := start > 0, end < len(text)
	if i := bytes.LastIndexAny(text[start:at], "\n\r"); i >= 0 {
		start, cutStart = start+i+1, false
	}
	if i := bytes.IndexAny(text[at:end], "\n\r"); i >= 0 {
		end, cutEnd = at+i, false
	}
	for cutStart && start < at && !utf8.RuneStart(text[start]) {
		start++
	}
	for cutEnd && end > at && !utf8.RuneStart(text[end]) {
		end--
	}
	return start, end
}

// glyph is something that is shown as a whole.
type glyph struct {
	start, end int32 // its bytes in the text
	text       string
	cells      int
}

func glyphs(text []byte, start, end int, patches []mask.Patch) []glyph {
	g := make([]glyph, 0, end-start)
	for i := start; i < end; {
		for len(patches) > 0 && int(patches[0].End) <= i {
			patches = patches[1:]
		}
		if len(patches) > 0 && int(patches[0].Start) <= i {
			p := patches[0]
			g = append(g, glyph{p.Start, p.End, p.Text, visible.Cells(p.Text)})
			i = int(p.End)
			continue
		}
		r, n := utf8.DecodeRune(text[i:end])
		switch {
		case r == '\t':
			g = append(g, glyph{int32(i), int32(i + n), "    ", 4})
		case ' ' <= r && r <= '~':
			g = append(g, glyph{int32(i), int32(i + n), string(text[i : i+1]), 1}) // allocates nothing
		default:
			shown := string(visible.AppendRune(nil, r, string(text[i:i+n])))
			width := len(shown)
			if r >= utf8.RuneSelf && visible.Shows(r) {
				width = visible.RuneCells(r)
			}
			g = append(g, glyph{int32(i), int32(i + n), shown, width})
		}
		i += n
	}
	return g
}

// pointed gives the range of glyphs that a span touches, within the line. An
// empty span points between glyphs: at the one behind it.
func pointed(g []glyph, s document.Span) (from, to int) {
	from = len(g)
	for i, x := range g {
		if x.end > s.Start {
			from = i
			break
		}
	}
	to = from
	for to < len(g) && g[to].start < s.End {
		to++
	}
	return from, to
}

// cut keeps what is pointed at and what fits around it.
func cut(g []glyph, from, to, columns int) ([]glyph, int, int) {
	total := 0
	for _, x := range g {
		total += x.cells
	}
	if total <= columns {
		return g, from, to
	}
	columns -= 2 // for the marks
	// Begin a third of the line before the caret, and nearer where the end of
	// what is pointed at would not fit.
	start, before := from, 0
	for start > 0 && before+g[start-1].cells <= columns/3 {
		start--
		before += g[start].cells
	}
	end, width := start, 0
	for end < len(g) && width+g[end].cells <= columns {
		width += g[end].cells
		end++
	}
	for start > 0 && end == len(g) && width+g[start-1].cells <= columns {
		start--
		width += g[start].cells
	}
	kept := make([]glyph, 0, end-start+2)
	if start > 0 {
		kept = append(kept, glyph{text: "…", cells: 1})
		from, to = from+1, to+1
	}
	kept = append(kept, g[start:end]...)
	from, to = from-start, min(to-start, len(kept))
	if end < len(g) {
		kept = append(kept, glyph{text: "…", cells: 1})
	}
	return kept, from, to
}
