package report

// Notes on the picture.
//
// It is drawn for the width of an A4 page: 680 pixels are 180 mm, and the
// smallest letters are 2.6 mm high there. It grows downwards. From top to bottom
// go the windows, a frame each; in a frame the steps stand in layers, so that
// what stands side by side can be done side by side.
//
// No line runs behind a box. Between two rows lies a channel for what runs
// across, and left of the frames a lane for each bundle of arrows that goes
// further than to the next row. Arrows are bundled where the same steps wait for
// the same steps, so that forty Apps that wait for three steps are one bundle.
//
// Nothing is measured: no font is at hand. Letters are taken to be as wide as
// those of DejaVu Sans, which are wider than those of other fonts.

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/planner"
)

// pictureCSS styles the picture, alone and inside a page.
//
//go:embed web/plan.css
var pictureCSS string

// planSVG draws plans as one SVG document, one below the other.
//
// https://www.w3.org/TR/SVG11/
type planSVG struct {
	body   []byte
	height int
}

func newPlanSVG(Options) Plans { return &planSVG{} }

func (s *planSVG) Begin(buf []byte) []byte { return buf }

func (s *planSVG) Append(buf []byte, plan *planner.Plan) []byte {
	p := newPicture(plan)
	s.body = fmt.Appendf(s.body, "<g transform=\"translate(0 %d)\">\n", s.height)
	s.body = append(p.append(s.body), "</g>\n"...)
	s.height += p.height
	return buf
}

func (s *planSVG) End(buf []byte) []byte {
	height := max(s.height, 40)
	buf = fmt.Appendf(buf, `<svg xmlns="http://www.w3.org/2000/svg" class="plan" viewBox="0 0 %d %d" width="%d" height="%d">`+"\n<style>\n", pictureWidth, height, pictureWidth, height)
	buf = append(append(buf, pictureCSS...), "</style>\n"...)
	buf = fmt.Appendf(buf, `<rect class="paper" width="%d" height="%d"/>`+"\n", pictureWidth, height)
	return append(append(buf, s.body...), "</svg>\n"...)
}

// appendPlanFigure appends the picture of one plan as a part of a page that has
// the styles: one image to a screen reader, with a name and a description. It is
// cut into strips that fit on a page of paper, between windows or rows.
func appendPlanFigure(buf []byte, plan *planner.Plan, id string) []byte {
	p := newPicture(plan)
	buf = fmt.Appendf(buf, `<div class="picture" role="img" aria-label="%s" aria-describedby="%s-words">`+"\n", svgText("The plan of "+planTitle(plan)+", as a picture"), id)
	from := 0
	for i, to := range p.strips(stripHeight) {
		buf = fmt.Appendf(buf, `<svg class="plan" aria-hidden="true" focusable="false" viewBox="0 %d %d %d">`+"\n", from, pictureWidth, to-from)
		if i == 0 {
			buf = fmt.Appendf(buf, "<g class=\"plan\" id=\"%s\">\n", id)
			buf = append(p.append(buf), "</g>\n"...)
		} else {
			// The styles of a copy do not see what it lies in: the group has the class.
			buf = fmt.Appendf(buf, "<use href=\"#%s\"/>\n", id)
		}
		buf = append(buf, "</svg>\n"...)
		from = to
	}
	return fmt.Appendf(buf, "</div>\n<p class=\"unseen\" id=\"%s-words\">%s</p>\n", id, svgText(p.describe()))
}

// stripHeight is what fits on an A4 page below a heading.
const stripHeight = 960

// strips gives the heights at which to cut the picture, the last is its end:
// between windows, or rows where a window is too high.
func (p *picture) strips(most int) []int {
	var cuts []int
	from, window, between := 0, 0, 0
	cut := func(at int) {
		cuts = append(cuts, at)
		from = at
	}
	for i := range p.rows {
		r := &p.rows[i]
		b := &p.bands[r.band]
		if i > 0 && i == b.first {
			window = b.y - bandGap/2
		} else if i > 0 {
			between = r.above.y + r.above.height()/2
		}
		bottom := r.y + r.h
		if i == b.last {
			bottom = b.y + b.h
		}
		switch {
		case bottom-from <= most:
		case window-from > most/2:
			cut(window)
		case between > from:
			cut(between)
		}
	}
	return append(cuts, p.height)
}

// describe says in words what the picture shows.
func (p *picture) describe() string {
	var parts []string
	for _, b := range p.bands {
		parts = append(parts, b.title+": "+plural(b.steps, "step"))
	}
	return plural(len(p.plan.Steps), "step") + ". " + strings.Join(parts, ". ") + ". The list of steps says the same in words."
}

// append draws the picture.
func (p *picture) append(buf []byte) []byte {
	buf = fmt.Appendf(buf, `<text class="head" x="%d" y="%d">%s</text>`+"\n", pictureEdge, 22, svgText(fitText(planTitle(p.plan), headSize, pictureWidth-2*pictureEdge)))
	for i := range p.bands {
		buf = p.bands[i].append(buf)
	}
	for i := range p.nets {
		buf = p.appendNet(buf, i)
	}
	for _, b := range p.boxes {
		buf = b.append(buf)
	}
	return appendLegend(buf, p.height-16)
}

// append draws the frame of a window.
func (b *band) append(buf []byte) []byte {
	buf = fmt.Appendf(buf, `<rect class="window" x="%d" y="%d" width="%d" height="%d" rx="8"/>`+"\n", b.x, b.y, b.w, b.h)
	buf = fmt.Appendf(buf, `<text class="name" x="%d" y="%d">%s</text>`+"\n", b.x+bandPad, b.y+16, svgText(fitText(b.title, nameSize, b.w-2*bandPad)))
	switch {
	case b.down == "":
	case b.inline:
		buf = fmt.Appendf(buf, `<text class="down end" x="%d" y="%d">%s</text>`+"\n", b.x+b.w-bandPad, b.y+16, svgText(b.down))
	default:
		buf = fmt.Appendf(buf, `<text class="down" x="%d" y="%d">%s</text>`+"\n", b.x+bandPad, b.y+31, svgText(fitText(b.down, markSize, b.w-2*bandPad)))
	}
	return buf
}

// append draws a step.
func (b *box) append(buf []byte) []byte {
	buf = fmt.Appendf(buf, `<g class="step %s">`, stepClass(b.step))
	buf = fmt.Appendf(buf, `<rect x="%d" y="%d" width="%d" height="%d" rx="6"/>`, b.x, b.y, b.w, b.h)
	cx, cy := b.x+boxPad+10, b.y+boxPad+8
	buf = fmt.Appendf(buf, `<circle cx="%d" cy="%d" r="10"/>`, cx, cy)
	switch b.step.Status {
	case planner.StepDone:
		buf = fmt.Appendf(buf, `<path class="tick" d="M%d %dl3 3.5l6 -7"/>`, cx-4, cy)
	default:
		buf = fmt.Appendf(buf, `<text class="no" x="%d" y="%d">%d</text>`, cx, cy+4, b.step.Number)
	}
	y := b.y + boxPad + 12
	for i, line := range b.title {
		if i > 0 {
			y += titleLine
		}
		buf = fmt.Appendf(buf, `<text class="title" x="%d" y="%d">%s</text>`, b.x+boxMark, y, svgText(line))
	}
	for _, line := range b.marks {
		if b.inline {
			buf = fmt.Appendf(buf, `<text class="mark end" x="%d" y="%d">`, b.x+b.w-boxPad-2, y)
		} else {
			y += markLine
			buf = fmt.Appendf(buf, `<text class="mark" x="%d" y="%d">`, b.x+boxMark, y)
		}
		for i, m := range line {
			if i > 0 {
				buf = append(buf, " · "...)
			}
			buf = fmt.Appendf(buf, `<tspan class="%s">%s</tspan>`, m.class, m.text)
		}
		buf = append(buf, "</text>"...)
	}
	return append(buf, "</g>\n"...)
}

// appendLegend says what the kinds of boxes mean.
func appendLegend(buf []byte, y int) []byte {
	x := pictureEdge
	for _, k := range []struct{ class, text string }{
		{"done", "done"}, {"todo", "to do"}, {"optional", "may be left out"}, {"blocked", "waits for an answer"},
	} {
		buf = fmt.Appendf(buf, `<g class="step %s"><rect x="%d" y="%d" width="14" height="11" rx="3"/><text class="mark" x="%d" y="%d">%s</text></g>`+"\n", k.class, x, y-9, x+19, y, k.text)
		x += 19 + textWidth(k.text, markSize) + 18
	}
	return buf
}

// svgText makes text safe between tags and in attributes.
func svgText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(visible.String(s))
}
