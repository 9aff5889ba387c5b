package report

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/planner"
)

// Measures of the picture, in pixels.
const (
	pictureWidth = 680 // of an A4 page between its margins
	pictureEdge  = 8
	laneWidth    = 8
	bandGap      = 10
	bandPad      = 10
	columnGap    = 12
	mostColumns  = 3
	boxPad       = 7
	boxMark      = 32 // the number, left of the title
	titleLine    = 15
	markLine     = 13
	trackGap     = 7

	headSize, nameSize, titleSize, markSize = 15, 11.5, 12.5, 10.5 // of fonts, as in web/plan.css
)

// picture is a plan, laid out.
type picture struct {
	plan   *planner.Plan
	bands  []band
	rows   []row
	boxes  []*box
	nets   []net
	lanes  int
	height int
}

// band is a window: a run of steps that share one.
type band struct {
	title, down string
	steps       int
	first, last int // rows
	columns     int
	inline      bool // down stands on the line of the title
	x, y, w, h  int
}

// row is what stands side by side in a band.
type row struct {
	band  int
	boxes []*box
	above channel // between this row and what is above it in the band
	below channel // of the last row of a band
	y, h  int
}

// box is a step.
type box struct {
	step       *planner.Step
	row, col   int
	title      []string
	marks      [][]mark
	ports      []int // nets that come in from the side, in order
	near, far  bool  // arrows go to the next row, and further
	straight   bool  // one comes in from right above
	beside     bool  // its ports lie right of its middle
	inline     bool  // the marks stand on the line of the title
	x, y, w, h int
}

func newPicture(plan *planner.Plan) *picture {
	p := &picture{plan: plan}
	index := make(map[string]*box, len(plan.Steps))
	for run := range planWindows(plan) {
		p.addBand(run, index)
	}
	if len(plan.Steps) == 0 {
		nothing := &planner.Step{Number: 0, Title: "nothing is left to do", Status: planner.StepDone}
		p.addBand([]*planner.Step{nothing}, index)
	}
	p.connect(index)
	p.across()
	p.route()
	p.down()
	return p
}

// addBand puts the steps of a window into layers: a step stands below those of
// the window that it waits for. A layer that is too long is several rows.
func (p *picture) addBand(run []*planner.Step, index map[string]*box) {
	b := band{title: run[0].Window.Title(), steps: len(run), first: len(p.rows), down: downOf(run), columns: 1}
	depth := make(map[string]int, len(run))
	var layers [][]*box
	for _, s := range run {
		d := 0
		for _, id := range s.Requires {
			if before, ok := depth[id]; ok {
				d = max(d, before+1)
			}
		}
		depth[s.ID] = d
		if d == len(layers) {
			layers = append(layers, nil)
		}
		x := &box{step: s}
		index[s.ID] = x
		layers[d] = append(layers[d], x)
		p.boxes = append(p.boxes, x)
	}
	for _, layer := range layers {
		b.columns = max(b.columns, min(len(layer), mostColumns))
	}
	for _, layer := range layers {
		for boxes := range slices.Chunk(layer, b.columns) {
			r := row{band: len(p.bands), boxes: boxes}
			for _, x := range boxes {
				x.row = len(p.rows)
			}
			r.columns(b, index)
			p.rows = append(p.rows, r)
		}
	}
	b.last = len(p.rows) - 1
	p.bands = append(p.bands, b)
}

// columns puts the boxes of a row side by side: below what they wait for in the
// row above, where that can be.
func (r *row) columns(b band, index map[string]*box) {
	taken := make([]bool, b.columns)
	wants := func(x *box) int {
		for _, id := range x.step.Requires {
			if before := index[id]; before != nil && before.row >= b.first && before.row == x.row-1 {
				return before.col
			}
		}
		return -1
	}
	var rest []*box
	for _, x := range r.boxes {
		if c := wants(x); c >= 0 && !taken[c] {
			x.col, taken[c] = c, true
			continue
		}
		rest = append(rest, x)
	}
	for _, x := range rest {
		x.col = slices.Index(taken, false)
		taken[x.col] = true
	}
}

// across gives everything its place from left to right.
func (p *picture) across() {
	left := pictureEdge
	if p.lanes > 0 {
		left += p.lanes*laneWidth + 6
	}
	for i := range p.bands {
		b := &p.bands[i]
		b.x, b.w = left, pictureWidth-pictureEdge-left
		b.inline = textWidth(b.title, nameSize)+textWidth(b.down, markSize)+3*bandPad <= b.w
		w := (b.w - 2*bandPad - (b.columns-1)*columnGap) / b.columns
		for j := b.first; j <= b.last; j++ {
			r := &p.rows[j]
			for _, x := range r.boxes {
				x.x, x.w = b.x+bandPad+x.col*(w+columnGap), w
				r.h = max(r.h, x.fill(w-boxMark-boxPad))
			}
			for _, x := range r.boxes {
				x.h = r.h
			}
		}
	}
}

// down gives everything its place from top to bottom.
func (p *picture) down() {
	y := 34
	for i := range p.bands {
		b := &p.bands[i]
		b.y = y
		y += 22
		if b.down != "" && !b.inline {
			y += 15
		}
		for j := b.first; j <= b.last; j++ {
			r := &p.rows[j]
			r.above.y = y
			r.y = y + r.above.height()
			for _, x := range r.boxes {
				x.y = r.y
			}
			y = r.y + r.h
			if j == b.last {
				r.below.y = y
				y += r.below.height()
			}
		}
		b.h = y + 4 - b.y
		y += 4 + bandGap
	}
	p.height = y + 24
}

// idsOf names a set of boxes.
func idsOf(boxes []*box) string {
	var ids []string
	for _, x := range boxes {
		ids = append(ids, x.step.ID)
	}
	return strings.Join(ids, "\x00")
}
