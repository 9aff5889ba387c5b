package report

import (
	"cmp"
	"fmt"
	"slices"
)

// way is one line of a bundle.
type way struct {
	points   []point
	optional bool
}

// ways are the lines of a bundle, without those that others cover.
func (p *picture) ways(i int) []way {
	n := &p.nets[i]
	var all []way
	add := func(optional bool, points ...point) { all = append(all, way{slices.Compact(points), optional}) }
	if !n.far {
		for _, s := range n.from {
			for _, t := range n.to {
				y := p.rows[t.row].above.at(i)
				add(t.step.Optional, point{s.exitX(n), s.y + s.h}, point{s.exitX(n), y}, point{t.portX(i, n), y}, point{t.portX(i, n), t.y})
			}
		}
		return all
	}
	optional := !slices.ContainsFunc(n.to, func(t *box) bool { return !t.step.Optional })
	x := p.laneX(n)
	first, last := n.span()
	add(optional, point{x, p.exit(first).at(i) + corner}, point{x, p.rows[last].above.at(i) - corner})
	for _, s := range n.from {
		y := p.exit(s.row).at(i)
		add(optional, point{s.exitX(n), s.y + s.h}, point{s.exitX(n), y}, point{x, y}, point{x, y + corner})
	}
	for _, t := range n.to {
		y := p.rows[t.row].above.at(i)
		add(t.step.Optional, point{x, y - corner}, point{x, y}, point{t.portX(i, n), y}, point{t.portX(i, n), t.y})
	}
	return all
}

// appendNet draws a bundle of arrows.
func (p *picture) appendNet(buf []byte, i int) []byte {
	for _, w := range p.ways(i) {
		buf = w.append(buf)
	}
	n := &p.nets[i]
	for _, t := range n.to {
		buf = fmt.Appendf(buf, `<path class="tip" d="M%d %dl-3.5 -6.5h7z"/>`+"\n", t.portX(i, n), t.y)
	}
	return buf
}

type point struct{ x, y int }

const corner = 5 // how round a line turns

// append draws a line with round corners.
func (w way) append(buf []byte) []byte {
	class, points := "way", w.points
	if w.optional {
		class = "way may"
	}
	buf = fmt.Appendf(buf, `<path class="%s" d="M%d %d`, class, points[0].x, points[0].y)
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if i == len(points)-1 {
			buf = fmt.Appendf(buf, "L%d %d", b.x, b.y)
			break
		}
		c := points[i+1]
		r := min(corner, length(a, b)/2, length(b, c)/2)
		in, out := towards(b, a, r), towards(b, c, r)
		buf = fmt.Appendf(buf, "L%d %dQ%d %d %d %d", in.x, in.y, b.x, b.y, out.x, out.y)
	}
	return append(buf, "\"/>\n"...)
}

func length(a, b point) int { return max(a.x-b.x, b.x-a.x) + max(a.y-b.y, b.y-a.y) }

// towards is the point that lies so far from a to b, which stand above or beside
// each other.
func towards(a, b point, far int) point {
	return point{a.x + far*cmp.Compare(b.x, a.x), a.y + far*cmp.Compare(b.y, a.y)}
}
