package planner

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// provenModels gives the models of random plans, and of the large shapes.
func provenModels(t *testing.T, n int) []*model {
	r := rand.New(rand.NewPCG(7, 8))
	var all []*model
	for range n {
		b, opts, _, _ := random(r)
		p, err := Build(b.d, nil, opts)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.proof.model)
	}
	return all
}

// TestNoArrowIsTooMany takes away one arrow after the other: each is needed,
// and the proof notices that it is gone.
func TestNoArrowIsTooMany(t *testing.T) {
	arrows := 0
	for _, m := range provenModels(t, deployments(t)/10) {
		for i := range m.actions {
			for k := range m.actions[i].after {
				c := copyOf(m)
				c.actions[i].after = slices.Delete(c.actions[i].after, k, k+1)
				arrows++
				if _, fault := prove(c.index()); fault == nil {
					t.Fatalf("%s does not need %s", m.actions[i].step.ID, m.actions[m.actions[i].after[k]].step.ID)
				}
			}
		}
	}
	t.Logf("%d arrows", arrows)
}

// TestNoEffectIsTooMany takes away the only effect that makes a needed fact
// true.
func TestNoEffectIsTooMany(t *testing.T) {
	effects := 0
	for _, m := range provenModels(t, deployments(t)/10) {
		for i, a := range m.actions {
			for k, l := range a.makes {
				if !needed(m, l) || len(m.makers[l.code]) > 1 {
					continue
				}
				c := copyOf(m)
				c.actions[i].makes = slices.Delete(c.actions[i].makes, k, k+1)
				effects++
				if _, fault := prove(c.index()); fault == nil {
					t.Fatalf("nobody misses that %s makes %s", a.step.ID, m.words(l))
				}
			}
		}
	}
	t.Logf("%d effects", effects)
}

// needed reports whether a literal has to be made at some time.
func needed(m *model, l literal) bool {
	start, breakers := m.holdsAtStart(l), m.breakers[l.code]
	if has(m.goal, l) && (!start || len(breakers) > 0) {
		return true
	}
	for i, a := range m.actions {
		if has(a.before, l) && (!start || len(breakers) > 0 && breakers[0] < i) {
			return true
		}
	}
	return false
}

// TestAnyNewThreatIsRefused lets a step break what an unordered one needs.
func TestAnyNewThreatIsRefused(t *testing.T) {
	threats := 0
	for _, m := range provenModels(t, deployments(t)/20) {
		proven, _ := prove(m)
		for s, a := range m.actions {
			for _, l := range a.before {
				for f := range m.actions {
					if f == s || proven.ancestors[s].has(f) || proven.ancestors[f].has(s) || has(m.actions[f].makes, l) {
						continue
					}
					c := copyOf(m)
					c.actions[f].may = append(c.actions[f].may, l.opposite())
					threats++
					if _, fault := prove(c.index()); fault == nil {
						t.Fatalf("%s may break %q just before %s", m.actions[f].step.ID, m.words(l), a.step.ID)
					}
				}
			}
		}
	}
	t.Logf("%d threats", threats)
}

// TestMandatoryNeverWaitsForOptional holds an App's step before another.
func TestMandatoryNeverWaitsForOptional(t *testing.T) {
	p, err := Build(build("4.3.1").three(off).connectors("1.07").app("Pump Health", "1.07", "true").d, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := p.proof.model
	app, after := -1, -1
	for i, a := range m.actions {
		switch a.step.ID {
		case "upgrade-app/pump-health":
			app = i
		case "configure/data-stream-designer":
			after = i
		}
	}
	c := copyOf(m)
	c.actions[after].after = append(c.actions[after].after, app)
	if _, fault := prove(c.index()); fault == nil {
		t.Error("proven")
	}
}

// TestNoAppComesBeforeSettings looks for an App's step among the ancestors of
// a configure step.
func TestNoAppComesBeforeSettings(t *testing.T) {
	for _, m := range provenModels(t, 500) {
		proven, _ := prove(m)
		for i, a := range m.actions {
			if a.step.Kind != KindConfigure {
				continue
			}
			proven.ancestors[i].each(func(b int) {
				if m.actions[b].step.App != "" {
					t.Errorf("%s comes before %s", m.actions[b].step.ID, a.step.ID)
				}
			})
		}
	}
}

func has(list []literal, l literal) bool { return slices.Contains(list, l) }
