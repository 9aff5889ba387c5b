package planner

import (
	"strings"
	"testing"
)

// TestJudgeForbids leads the judge through orders that the vendor's rules
// forbid: it has to say so without any plan.
func TestJudgeForbids(t *testing.T) {
	nodes := []spot{{product: "app-designer", name: "n1"}, {product: "app-designer", name: "n2"}, {product: "subscription-manager", seal: true, closed: true}}
	upgrade := land{spots: nodes, upgrade: true, stops: true}
	ready := land{spots: nodes}
	back := land{spots: nodes, off: true, several: true}
	ok := world{runs: 7, fresh: 7, release: true, sealed: 4}
	old := world{runs: 7, sealed: 4}
	for _, c := range []struct {
		land  land
		start world
		steps string // the last one is forbidden
		want  string
	}{
		{upgrade, old, "backup upgrade-xmpro", "before capture"},
		{upgrade, old, "capture upgrade-xmpro", "binaries at once"},
		{land{spots: nodes, upgrade: true}, world{sealed: 4}, "capture upgrade-xmpro", "before backup"},
		{land{spots: nodes, upgrade: true}, old, "capture backup upgrade-xmpro", "binaries at once"},
		{upgrade, old, "upgrade-connector", "before the platform"},
		{upgrade, old, "backup provision-redis verify/redis configure/app-designer@n1", "below 4.3.1"},
		{ready, ok, "backup configure/app-designer@n1", "before Redis answers"},
		{ready, ok, "backup verify/redis provision-redis configure/app-designer@n1", "before Redis answers"},
		{ready, ok, "provision-redis verify/redis configure/app-designer@n1", "without a backup"},
		{ready, ok, "backup provision-redis verify/redis configure/subscription-manager", "encrypted file edited"},
		{ready, ok, "decrypt/subscription-manager", "without a backup"},
		{ready, ok, "backup provision-redis verify/redis configure/app-designer@n1 upgrade-connector upgrade-app/x", "before connector and every node"},
		{ready, ok, "backup provision-redis verify/redis configure/app-designer@n1 configure/app-designer@n2 upgrade-app/x", "before connector and every node"},
		{ready, ok, "backup share-keys sticky-sessions scale-out", "instance added before"},
		{ready, world{runs: 1, fresh: 7, release: true, saved: true, redis: true, answered: true}, "configure/app-designer@n1", "all nodes stopped"},
		{ready, world{runs: 1, fresh: 7, release: true, saved: true}, "share-keys", "all nodes stopped"},
		{back, ok, wayBack + " backup configure/app-designer@n1", "more than one instance"},
		{back, ok, "scale-in", "without a decision"},
		{back, ok, wayBack + " scale-in configure/app-designer@n1", "without a backup"},
	} {
		w := c.start
		steps := strings.Fields(c.steps)
		for i, id := range steps {
			out, forbidden := c.land.take(w, &Step{ID: id})
			if i < len(steps)-1 {
				if forbidden != "" {
					t.Errorf("%s: %s is already forbidden: %s", c.steps, id, forbidden)
					break
				}
				w = out[0]
				continue
			}
			if !strings.Contains(forbidden, c.want) {
				t.Errorf("%s: got %q, want %q", c.steps, forbidden, c.want)
			}
		}
	}
	end := land{spots: nodes, prepared: true}
	for name, w := range map[string]world{
		"plain text":    {on: 7, runs: 7, release: true},
		"left stopped":  {on: 7, runs: 6, sealed: 4, release: true},
		"off somewhere": {on: 6, runs: 7, sealed: 4, release: true},
		"too old":       {on: 7, runs: 7, sealed: 4},
		"not checked":   {on: 7, runs: 7, sealed: 4, release: true, checked: 3},
	} {
		if got := end.misses(w); !strings.Contains(got, name) {
			t.Errorf("got %q, want %q", got, name)
		}
	}
}
