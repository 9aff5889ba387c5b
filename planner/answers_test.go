package planner

import (
	"slices"
	"strings"
	"testing"
)

// TestWhatNobodyAsked looks for a note about each name in the manifest that a
// plan has no use for.
func TestWhatNobodyAsked(t *testing.T) {
	for _, c := range []struct {
		name string
		d    *made
		want string // "" where there is nothing to say
	}{
		{"an answer", build("4.2.3").three(off).decide("redis-per-product", "no"), ""},
		{"an answer with blanks", build("4.2.3").three(off).decide(" window ", "Sunday"), ""},
		{"an answer to a question that is not asked any more", build("4.6.1").three(on).decide("turn-back", "Sunday"), ""},
		{"a mistyped one", build("4.2.3").three(off).decide("redis-per-prodct", "no"), "answers redis-per-prodct, which is no question of a plan; did you mean redis-per-product?"},
		{"one that nobody asks", build("4.2.3").three(off).decide("colour", "blue"), "answers colour, which is no question of a plan"},
		{"a fact that stands elsewhere", build("4.2.3").three(off).decide("hosting", "iis"), "answers hosting where it is not read; write hosting: iis"},
		{"a mistyped step", build("4.2.3").three(off).done("bakup"), "lists bakup as done, which is no step of this plan; did you mean backup?"},
		{"a step that is far from all", build("4.2.3").three(off).done("nonsense"), "lists nonsense as done, which is no step of this plan"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Build(c.d.d, nil, Options{})
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(p.Notes, func(n string) bool {
				return strings.Contains(n, " answers ") || strings.Contains(n, " as done")
			})
			switch {
			case c.want == "" && i >= 0:
				t.Errorf("a note for nothing: %s", p.Notes[i])
			case c.want != "" && (i < 0 || !strings.HasSuffix(p.Notes[i], c.want)):
				t.Errorf("notes: %q", p.Notes)
			}
		})
	}
}

// TestDecisionsAreAllThatIsAsked holds the list of questions against those that
// plans ask: their answers must be known.
func TestDecisionsAreAllThatIsAsked(t *testing.T) {
	asked := map[string]bool{}
	for _, version := range []string{"4.2.3", "4.6.1"} {
		p, err := Build(build(version).three(off).d, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range p.Decisions {
			if strings.HasPrefix(d.Manifest, "decisions: {") {
				asked[d.ID] = true
				if !slices.Contains(decisions(), d.ID) {
					t.Errorf("the answer to %s would be called unknown", d.ID)
				}
			}
		}
	}
	if len(asked) != len(decisions()) {
		t.Errorf("of %d decisions %d are asked for", len(decisions()), len(asked))
	}
}
