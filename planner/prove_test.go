package planner

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// copyOf copies a model, so that it can be changed; index again afterwards.
func copyOf(m *model) *model {
	c := &model{facts: m.facts, start: slices.Clone(m.start), goal: slices.Clone(m.goal)}
	for _, a := range m.actions {
		a.before, a.makes, a.may, a.after = slices.Clone(a.before), slices.Clone(a.makes), slices.Clone(a.may), slices.Clone(a.after)
		c.actions = append(c.actions, a)
	}
	return c
}

// index lists makers and breakers anew.
func (m *model) index() *model {
	m.makers, m.breakers = make([][]int, 2*len(m.facts)), make([][]int, 2*len(m.facts))
	for i, a := range m.actions {
		for _, l := range a.makes {
			m.makers[l.code] = append(m.makers[l.code], i)
			m.breakers[l.opposite().code] = append(m.breakers[l.opposite().code], i)
		}
		for _, l := range a.may {
			m.breakers[l.opposite().code] = append(m.breakers[l.opposite().code], i)
		}
	}
	return m
}

// bruteProof carries out a model in every order that respects its arrows, with
// every choice of optional actions and of effects that may happen, and looks
// at each precondition when it is needed.
func bruteProof(m *model) bool {
	n := len(m.actions)
	mandatory := 0
	for i, a := range m.actions {
		if !a.step.Optional {
			mandatory |= 1 << i
		}
	}
	type position struct{ taken, facts int }
	facts := 0
	for i, v := range m.start {
		if v {
			facts |= 1 << i
		}
	}
	holds := func(facts int, l literal) bool { return (facts>>l.fact()&1 == 1) == l.positive() }
	set := func(facts int, l literal) int {
		if l.positive() {
			return facts | 1<<l.fact()
		}
		return facts &^ (1 << l.fact())
	}
	seen := map[position]bool{{0, facts}: true}
	queue := []position{{0, facts}}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at.taken&mandatory == mandatory {
			for _, l := range m.goal {
				if !holds(at.facts, l) {
					return false
				}
			}
		}
	next:
		for i := range n {
			if at.taken>>i&1 == 1 {
				continue
			}
			for _, a := range m.actions[i].after {
				if at.taken>>a&1 == 0 {
					continue next
				}
			}
			for _, l := range m.actions[i].before {
				if !holds(at.facts, l) {
					return false
				}
			}
			certain := at.facts
			for _, l := range m.actions[i].makes {
				certain = set(certain, l)
			}
			for choice := range 1 << len(m.actions[i].may) {
				facts := certain
				for k, l := range m.actions[i].may {
					if choice>>k&1 == 1 {
						facts = set(facts, l)
					}
				}
				p := position{at.taken | 1<<i, facts}
				if !seen[p] {
					seen[p] = true
					queue = append(queue, p)
				}
			}
		}
	}
	return true
}

// TestProofIsExact compares the proof with brute force on random models: it
// refuses what has a bad order, and nothing else.
func TestProofIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	good, bad := 0, 0
	for range deployments(t) * 4 {
		m := randomModel(r)
		proven, fault := prove(m)
		if fault != nil && fault.Reason == "a step that must be taken waits for one that may be left out" {
			continue // a rule of its own, not a precondition
		}
		if want := bruteProof(m); (proven != nil) != want {
			t.Fatalf("brute force says %v, the proof %v:\n%s", want, fault, describe(m))
		}
		if proven != nil {
			good++
		} else {
			bad++
		}
	}
	t.Logf("%d proven, %d refused", good, bad)
	if good < 500 || bad < 500 {
		t.Error("the models are too much alike")
	}
}

func randomModel(r *rand.Rand) *model {
	m := &model{}
	for range 1 + r.IntN(3) {
		m.facts = append(m.facts, fact{})
		m.start = append(m.start, r.IntN(3) > 0)
	}
	any := func() literal { return literal{int32(r.IntN(2 * len(m.facts)))} }
	for i := range 1 + r.IntN(5) {
		a := action{step: &Step{ID: fmt.Sprint(i), Optional: r.IntN(4) == 0}}
		for before := range i {
			if r.IntN(2) == 0 {
				a.after = append(a.after, before)
			}
		}
		if r.IntN(2) == 0 {
			a.before = append(a.before, any())
		}
		if r.IntN(2) == 0 {
			a.makes = append(a.makes, any())
		}
		// A fact is made or may be made, one or the other.
		if l := any(); r.IntN(4) == 0 && !has(a.makes, l) && !has(a.makes, l.opposite()) {
			a.may = append(a.may, l)
		}
		m.actions = append(m.actions, a)
	}
	if r.IntN(2) == 0 {
		m.goal = append(m.goal, any())
	}
	return m.index()
}

func describe(m *model) string {
	text := fmt.Sprintf("start %v, goal %v\n", m.start, m.goal)
	for _, a := range m.actions {
		text += fmt.Sprintf("%s after %v before %v makes %v may %v optional %v\n", a.step.ID, a.after, a.before, a.makes, a.may, a.step.Optional)
	}
	return text
}

func TestFactsHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for k := range factKinds {
		f := fact{kind: k, product: schema.SubscriptionManager, node: "sm-01"}
		if text := f.String(); text == "" || seen[text] {
			t.Errorf("fact %d: %q", k, text)
		}
		seen[f.String()] = true
	}
}
