package migrate

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/xmlint/xmlint/internal/document"
)

// Edits of a text, and then of what came out, are edits of the text.
func TestPieces(t *testing.T) {
	for seed := range uint64(3000) {
		checkPieces(t, seed)
	}
}

func FuzzPieces(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { checkPieces(t, seed) })
}

func checkPieces(t *testing.T, seed uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 2))
	raw := make([]byte, r.IntN(30))
	for i := range raw {
		raw[i] = 'a' + byte(r.IntN(3))
	}
	p := newPieces(len(raw))
	text := raw
	for range r.IntN(5) {
		var edits []document.Edit
		at := 0
		for at <= len(text) && r.IntN(4) > 0 {
			start := at + r.IntN(len(text)-at+1)
			end := start + r.IntN(len(text)-start+1)/2
			edits = append(edits, document.Edit{Start: start, End: end, New: bytes.Repeat([]byte{'A' + byte(r.IntN(26))}, r.IntN(4))})
			at = end + 1
		}
		var err error
		if text, err = document.Apply(text, edits); err != nil {
			t.Fatal(err)
		}
		p.apply(edits)
	}
	all := p.edits(raw)
	got, err := document.Apply(raw, all)
	if err != nil || !bytes.Equal(got, text) {
		t.Fatalf("seed %d: %v: %q, want %q", seed, err, got, text)
	}
	for i, e := range all {
		if i > 0 && e.Start <= all[i-1].End || bytes.Equal(raw[e.Start:e.End], e.New) {
			t.Errorf("seed %d: edits touch, or change nothing: %v", seed, all)
		}
	}
}

func TestFits(t *testing.T) {
	e := func(start, end int) []document.Edit { return []document.Edit{{Start: start, End: end}} }
	for _, c := range []struct {
		a, b []document.Edit
		want bool
	}{
		{e(1, 2), e(3, 4), true}, {e(3, 4), e(1, 2), true}, {e(1, 3), e(2, 4), false},
		{e(2, 2), e(2, 2), false}, {e(1, 2), e(2, 2), false}, {e(2, 2), e(2, 3), false}, {e(1, 9), e(3, 4), false}, {nil, e(1, 2), true},
	} {
		if got := fits(c.a, c.b); got != c.want {
			t.Errorf("%v, %v: %v", c.a, c.b, got)
		}
	}
}
