package migrate

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/xmlint/xmlint/internal/document"
)

// fits reports whether edits can be carried out together with others: they
// neither share bytes nor touch, where their order would be a matter of chance.
func fits(edits, others []document.Edit) bool {
	for _, e := range edits {
		for _, o := range others {
			if e.Start <= o.End && o.Start <= e.End {
				return false
			}
		}
	}
	return true
}

// piece is a run of a text that was made by edits: the bytes [start, end) of
// the original, or new ones.
type piece struct {
	start, end int
	text       []byte
}

func (p *piece) len() int {
	if p.text != nil {
		return len(p.text)
	}
	return p.end - p.start
}

// pieces is a text of a given original length, under edits.
type pieces struct {
	size int
	list []piece
}

func newPieces(size int) *pieces { return &pieces{size, []piece{{end: size}}} }

// apply carries out edits of the text as it is now.
func (p *pieces) apply(edits []document.Edit) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b document.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	// From behind, so that offsets stay right.
	for _, e := range slices.Backward(edits) {
		i, j := p.cut(e.Start), p.cut(e.End)
		var middle []piece
		if len(e.New) > 0 {
			middle = []piece{{text: e.New}}
		}
		// Cutting at the end cannot move the first cut: it lies before.
		p.list = slices.Replace(p.list, i, j, middle...)
	}
}

// cut makes a piece begin at an offset, and gives its index.
func (p *pieces) cut(at int) int {
	for i := range p.list {
		x := &p.list[i]
		switch n := x.len(); {
		case at == 0:
			return i
		case at < n:
			head, tail := *x, *x
			if x.text != nil {
				head.text, tail.text = x.text[:at], x.text[at:]
			} else {
				head.end, tail.start = x.start+at, x.start+at
			}
			p.list = slices.Replace(p.list, i, i+1, head, tail)
			return i + 1
		default:
			at -= n
		}
	}
	return len(p.list)
}

// edits are what makes the text out of the original, apart from each other.
func (p *pieces) edits(raw []byte) []document.Edit {
	var out []document.Edit
	at := 0
	var text []byte
	end := func(next int) {
		if next > at || len(text) > 0 {
			if !bytes.Equal(raw[at:next], text) {
				out = append(out, document.Edit{Start: at, End: next, New: slices.Clone(text)})
			}
		}
		text = text[:0]
	}
	for i := range p.list {
		x := &p.list[i]
		if x.text != nil {
			text = append(text, x.text...)
			continue
		}
		if x.end > x.start {
			end(x.start)
			at = x.end
		}
	}
	end(p.size)
	return out
}
