package migrate

import (
	"bytes"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
)

// markupStyle is how elements are written around a place, as far as it does
// not follow from indentation and line ends.
type markupStyle struct {
	quote byte
	close string // " />" or "/>"
	lines bool   // each attribute on a line of its own
}

// styleOf looks at the elements inside a section, and where they show nothing
// at those of the whole file. More count against fewer.
func styleOf(d *document.XML, section document.NodeID) markupStyle {
	s := survey{}
	s.look(d, section+1, d.Nodes[section].Next)
	all := survey{}
	all.look(d, 0, document.NodeID(len(d.Nodes)))
	pick := func(here, everywhere int) bool {
		if here != 0 {
			return here > 0
		}
		return everywhere > 0
	}
	style := markupStyle{quote: '"', close: " />", lines: pick(s.lines, all.lines)}
	if pick(s.single, all.single) {
		style.quote = '\''
	}
	if pick(s.tight, all.tight) {
		style.close = "/>"
	}
	return style
}

// survey counts what speaks for something, minus what speaks against it.
type survey struct{ single, tight, lines int }

func (s *survey) look(d *document.XML, from, to document.NodeID) {
	text := d.Text.Bytes
	vote := func(count *int, yes bool) {
		if yes {
			*count++
		} else {
			*count--
		}
	}
	for n := from; n < to; n++ {
		x := &d.Nodes[n]
		if x.Kind != document.Element {
			continue
		}
		for a := x.AttrFrom; a < x.AttrTo; a++ {
			vote(&s.single, text[d.Attrs[a].Value.Start] == '\'')
		}
		if x.EndTag.IsZero() {
			vote(&s.tight, !isSpace(text[x.StartTag.End-3]))
		}
		if x.AttrTo-x.AttrFrom >= 2 {
			every := true
			for a := x.AttrFrom + 1; a < x.AttrTo; a++ {
				every = every && bytes.ContainsAny(text[d.Attrs[a-1].Value.End:d.Attrs[a].Name.Start], "\r\n")
			}
			vote(&s.lines, every)
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// element writes an element with attributes. A tab after a line end stands for
// a level of the file's own indentation.
func (m markupStyle) element(name string, attrs []webWant) (string, error) {
	var b strings.Builder
	b.WriteString("<" + name)
	for _, a := range attrs {
		value, err := document.EscapeAttr(a.value, m.quote)
		if err != nil {
			return "", err
		}
		gap := " "
		if m.lines {
			gap = "\n\t"
		}
		b.WriteString(gap + a.name + "=" + string(rune(m.quote)) + value + string(rune(m.quote)))
	}
	b.WriteString(m.close)
	return b.String(), nil
}
