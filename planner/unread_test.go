package planner

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// TestUnread leads nobody to believe that nothing is left where something that
// may be a product cannot be read.
func TestUnread(t *testing.T) {
	const step = "decide/unread"
	for _, c := range []struct {
		name string
		made *made
		opts Options
		note string
	}{
		{"nothing else is there", build("4.6.1"), Options{}, "was found in what can be read"},
		{"all else is done", build("4.6.1").three(on).connectors("2.0"), Options{}, ""},
		{"the way back", build("4.6.1").three(off), Options{Off: true}, ""},
	} {
		before, err := Build(c.made.d, nil, c.opts)
		if err != nil || before.State != Done {
			t.Fatalf("%s: without it %v, %v", c.name, before.State, err)
		}
		p, err := Build(c.made.product(schema.Unknown, 0, 0, node{broken: true}).d, nil, c.opts)
		if err != nil {
			t.Fatal(err)
		}
		if p.State != Blocked || len(p.Steps) == 0 || p.Steps[0].ID != step || !strings.Contains(strings.Join(p.Steps[0].WaitsFor, " "), "a readable acme/unknown/appsettings.json") {
			t.Errorf("%s: %s, %+v", c.name, p.State, p.Steps)
		}
		if !strings.Contains(p.Note, c.note) || strings.Contains(p.Note, "nothing") {
			t.Errorf("%s: %q", c.name, p.Note)
		}
	}
	p, err := Build(build("4.6.1").three(on).connectors("2.0").product(schema.Unknown, 0, 0, node{state: on}).d, nil, Options{})
	if err != nil || p.State != Done {
		t.Errorf("a file that can be read: %v, %v", p.State, err)
	}
}
