package report

import (
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
)

// style is a way to stress a text on a terminal.
type style string

const (
	plain  style = ""
	bold   style = "\x1b[1m"
	dim    style = "\x1b[2m"
	red    style = "\x1b[1;31m"
	yellow style = "\x1b[1;33m"
	blue   style = "\x1b[1;36m"
	green  style = "\x1b[1;32m"

	endStyle = "\x1b[0m"
)

// severityStyle is the colour of a severity.
func severityStyle(s lint.Severity) style {
	switch s {
	case lint.Error:
		return red
	case lint.Warning:
		return yellow
	}
	return blue
}

// page is text for people, being written. Whatever is put on it is made
// visible first; see [visible.Append].
type page struct {
	text  []byte
	color bool
	width int
}

func newPage(buf []byte, o Options) *page {
	return &page{text: buf, color: o.Color, width: o.width()}
}

// put appends text in a style.
func (p *page) put(s style, text string) *page {
	if s == plain || !p.color || text == "" {
		p.text = visible.Append(p.text, text)
		return p
	}
	p.text = append(p.text, s...)
	p.text = visible.Append(p.text, text)
	p.text = append(p.text, endStyle...)
	return p
}

// add appends plain text.
func (p *page) add(text string) *page { return p.put(plain, text) }

// space appends n blanks.
func (p *page) space(n int) *page {
	for range n {
		p.text = append(p.text, ' ')
	}
	return p
}

// end ends the line.
func (p *page) end() *page {
	p.text = append(p.text, '\n')
	return p
}

// line appends a line of plain text.
func (p *page) line(text string) *page { return p.add(text).end() }

// prose appends text broken into lines at blanks. The first line stands behind
// what is on the page's line already, which takes indent columns; the others
// are indented by as much. Line ends in the text are kept.
func (p *page) prose(indent int, text string) *page {
	for i, part := range strings.Split(strings.TrimSpace(text), "\n") {
		if i > 0 {
			p.end()
			if part = strings.TrimSpace(part); part != "" {
				p.space(indent)
			}
		}
		p.wrap(indent, part)
	}
	return p.end()
}

func (p *page) wrap(indent int, text string) {
	column := indent
	for i, word := range strings.Fields(text) {
		word = visible.String(word)
		n := visible.Cells(word)
		switch {
		case i == 0:
		case column+1+n > p.width:
			p.end().space(indent)
			column = indent
		default:
			p.space(1)
			column++
		}
		p.text = append(p.text, word...)
		column += n
	}
}

// item appends a labelled paragraph: the label at the indent, the text behind
// it. Nothing for an empty text.
func (p *page) item(indent int, label, text string) *page {
	if text == "" {
		return p
	}
	p.space(indent).put(dim, label).space(1)
	return p.prose(indent+visible.Cells(label)+1, text)
}

// block appends lines as they are, each indented: commands, diffs.
func (p *page) block(indent int, text string) *page {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		p.space(indent).line(strings.TrimSuffix(strings.ReplaceAll(line, "\t", "    "), "\r"))
	}
	return p
}

// title appends a heading.
func (p *page) title(text string) *page { return p.put(bold, text).end() }
