package planner

import (
	"slices"
	"strings"
	"testing"
)

// TestBoard: what a step waits for, and what changes the plan, is no question of
// the board.
func TestBoard(t *testing.T) {
	p := plan(t, build("").three(off), Options{})
	for id, want := range map[string]bool{"version": false, "redis": false, "redis-per-product": false, "redis-data": true, "window": true} {
		i := slices.IndexFunc(p.Decisions, func(d Decision) bool { return d.ID == id })
		if i < 0 || p.Decisions[i].Board() != want {
			t.Errorf("%s: %d", id, i)
		}
	}
}

// TestAppsAlone: where only Apps are left no step checks App Designer, so that
// the App's own does, and nobody is asked about a Redis that is in use.
func TestAppsAlone(t *testing.T) {
	const first = "See first that App Designer works with Redis"
	p := plan(t, build("4.6.1").three(on).connectors("2.0").app("A", "1.07", "true"), Options{})
	if do := p.Step("upgrade-app/a").Do; !strings.HasPrefix(do[0].Manual, first) {
		t.Errorf("%+v", do)
	}
	for _, d := range p.Decisions {
		if d.Board() || strings.HasPrefix(d.ID, "redis") {
			t.Errorf("asks %s", d.ID)
		}
	}
	p = plan(t, build("4.6.1").product(ad, 1, 0, node{state: on}).product(sm, 1, 0, node{state: off}).connectors("2.0").app("A", "1.07", "true"), Options{})
	if st := p.Step("upgrade-app/a"); strings.Contains(script(st.Do), first) || !slices.Equal(st.Requires, []string{"verify/app-designer"}) {
		t.Errorf("after %v\n%s", st.Requires, script(st.Do))
	}
	if len(p.Decisions) < 5 {
		t.Errorf("%d questions", len(p.Decisions))
	}
}

// TestAbsentProducts are named together.
func TestAbsentProducts(t *testing.T) {
	for want, b := range map[string]*made{
		"App Designer and Subscription Manager were not found in the tree": build("4.6.1").product(ds, 1, 0, node{state: off}),
		"Data Stream Designer was not found in the tree":                   build("4.6.1").product(ad, 1, 0, node{state: off}).product(sm, 1, 0, node{state: off}),
	} {
		if p := plan(t, b, Options{}); len(p.Notes) != 1 || !strings.HasPrefix(p.Notes[0], want) {
			t.Errorf("%q, want %q", p.Notes, want)
		}
	}
}
