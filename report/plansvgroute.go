package report

import (
	"cmp"
	"fmt"
	"slices"
)

// net is a bundle of arrows: each of some steps comes before each of some
// others.
type net struct {
	from, to []*box
	far      bool // by a lane, not from one row to the next
	lane     int
}

// channel is the space between two rows, where lines run across.
type channel struct {
	y, tracks int
	busy      bool
	track     map[int]int // of a net
}

func (c *channel) height() int {
	if !c.busy {
		return 6
	}
	return 9 + c.tracks*trackGap + 8
}

// at is where a net runs across.
func (c *channel) at(net int) int { return c.y + 9 + c.track[net]*trackGap }

// connect bundles the arrows, and gives a lane to each bundle that goes far.
func (p *picture) connect(index map[string]*box) {
	after := make(map[*box][]*box)
	for _, x := range p.boxes {
		for _, id := range x.step.Requires {
			if before := index[id]; before != nil {
				after[before] = append(after[before], x)
			}
		}
	}
	bundle := map[string]int{}
	for _, s := range p.boxes {
		var near, far []*box
		for _, t := range after[s] {
			if t.row == s.row+1 && p.rows[t.row].band == p.rows[s.row].band {
				near = append(near, t)
			} else {
				far = append(far, t)
			}
		}
		s.near, s.far = len(near) > 0, len(far) > 0
		p.bundle(bundle, fmt.Sprint(s.row, idsOf(near)), s, near, false)
		p.bundle(bundle, idsOf(far), s, far, true)
	}
	p.assignLanes()
}

func (p *picture) bundle(bundles map[string]int, key string, s *box, to []*box, far bool) {
	if len(to) == 0 {
		return
	}
	i, ok := bundles[key]
	if !ok {
		i = len(p.nets)
		bundles[key] = i
		p.nets = append(p.nets, net{to: to, far: far})
	}
	p.nets[i].from = append(p.nets[i].from, s)
}

// span is the rows that a net's lane passes.
func (n *net) span() (first, last int) { return n.from[0].row, n.to[len(n.to)-1].row }

// assignLanes gives the shortest nets the lanes nearest to the boxes.
func (p *picture) assignLanes() {
	var far []*net
	for i := range p.nets {
		if p.nets[i].far {
			far = append(far, &p.nets[i])
		}
	}
	slices.SortStableFunc(far, func(a, b *net) int {
		a1, a2 := a.span()
		b1, b2 := b.span()
		return cmp.Or(cmp.Compare(a2-a1, b2-b1), cmp.Compare(a1, b1))
	})
	var lanes [][]*net
	for _, n := range far {
		first, last := n.span()
		free := func(lane []*net) bool {
			return !slices.ContainsFunc(lane, func(m *net) bool {
				f, l := m.span()
				return first <= l && f <= last
			})
		}
		n.lane = slices.IndexFunc(lanes, free)
		if n.lane < 0 {
			n.lane = len(lanes)
			lanes = append(lanes, nil)
		}
		lanes[n.lane] = append(lanes[n.lane], n)
	}
	p.lanes = len(lanes)
}

func (p *picture) laneX(n *net) int { return pictureEdge + (p.lanes-1-n.lane)*laneWidth + 2 }

// exit is the channel into which the arrows of a row go.
func (p *picture) exit(row int) *channel {
	if next := row + 1; next < len(p.rows) && p.rows[next].band == p.rows[row].band {
		return &p.rows[next].above
	}
	return &p.rows[row].below
}

// middle is where a box begins and ends its lines.
func (b *box) middle() int { return b.x + b.w/2 }

// exitX is where the lines of a net leave a box.
func (b *box) exitX(n *net) int {
	if n.far && b.near {
		return b.middle() - 10
	}
	return b.middle()
}

// portX is where a net enters a box: in the middle from right above, else
// beside that, so that it does not meet what leaves the box above.
func (b *box) portX(net int, n *net) int {
	if !n.far && slices.ContainsFunc(n.from, func(s *box) bool { return s.col == b.col }) {
		return b.middle()
	}
	count := len(b.ports)
	i := slices.Index(b.ports, net)
	gap := min(10, (b.w/2-12)/max(count, 1))
	if b.beside {
		return b.middle() + (i+1)*gap
	}
	return b.middle() + (2*i-count+1)*gap/2
}

// route finds out which lines run across each channel, and on which track.
func (p *picture) route() {
	for i := range p.nets {
		n := &p.nets[i]
		for _, t := range n.to {
			if !n.far && slices.ContainsFunc(n.from, func(s *box) bool { return s.col == t.col }) {
				t.straight = true
			} else {
				t.ports = append(t.ports, i)
			}
		}
	}
	for _, t := range p.boxes {
		t.beside = t.straight
		if r := t.row - 1; r >= 0 && p.rows[r].band == p.rows[t.row].band {
			for _, above := range p.rows[r].boxes {
				t.beside = t.beside || above.col == t.col && (above.near || above.far)
			}
		}
	}
	lines := map[*channel][]line{}
	for i := range p.nets {
		n := &p.nets[i]
		add := func(c *channel, x int) { lines[c] = extend(lines[c], i, x) }
		for _, s := range n.from {
			add(p.exit(s.row), s.exitX(n))
			if n.far {
				add(p.exit(s.row), p.laneX(n))
			}
		}
		for _, t := range n.to {
			add(&p.rows[t.row].above, t.portX(i, n))
			if n.far {
				add(&p.rows[t.row].above, p.laneX(n))
			}
		}
	}
	for c, all := range lines {
		c.assign(all)
	}
}

// line is how far a net runs across in a channel.
type line struct{ net, from, to int }

func extend(lines []line, net, x int) []line {
	for i := range lines {
		if l := &lines[i]; l.net == net {
			l.from, l.to = min(l.from, x), max(l.to, x)
			return lines
		}
	}
	return append(lines, line{net, x, x})
}

// assign gives each line a track of its own where it would meet another.
func (c *channel) assign(lines []line) {
	c.busy, c.track = true, make(map[int]int, len(lines))
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.net, b.net)) })
	var ends []int
	for _, l := range lines {
		if l.from == l.to {
			continue // straight down
		}
		i := slices.IndexFunc(ends, func(end int) bool { return end+6 < l.from })
		if i < 0 {
			i = len(ends)
			ends = append(ends, 0)
		}
		ends[i], c.track[l.net] = l.to, i
	}
	c.tracks = max(len(ends), 1)
}
