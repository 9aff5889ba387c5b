package planner

import "math/bits"

// The proof. A precondition p of a step s holds in every order that respects
// the arrows, with any choice of the optional steps, exactly if
//
//  1. it holds at the start, or an ancestor of s makes it true, and
//  2. for every step f other than s that can make p false and is no descendant
//     of s, some step that is a descendant of f and an ancestor of s makes p
//     true.
//
// Whoever takes a step takes its ancestors, and no mandatory step has an
// optional ancestor. The goal counts as a step after all others; only
// mandatory steps may make its conditions true. The effects that only may
// happen break preconditions and never make one true.

// proof is a model whose every precondition was shown to hold.
type proof struct {
	model     *model
	ancestors []bitset // by action
}

// reason is why one precondition of one step holds.
type reason struct {
	action   int // -1 is the goal
	literal  literal
	start    bool  // it holds at the start
	makers   []int // the ancestors that make it true
	breakers []int // the steps that could break it, each followed by a maker before the step
}

// goalIndex stands for the goal among actions.
const goalIndex = -1

// prove shows that each precondition of each action, and of the goal, holds
// whenever it is needed. It gives nil and the fault where one does not.
func prove(m *model) (*proof, *UnprovenError) {
	p := &proof{model: m, ancestors: newBitsets(len(m.actions))}
	for i := range m.actions {
		for _, before := range m.actions[i].after {
			if before >= i {
				return nil, &UnprovenError{Step: m.actions[i].step.ID, Fact: m.actions[before].step.ID, Reason: "it comes after the step"}
			}
			p.ancestors[i].set(before)
			p.ancestors[i].union(p.ancestors[before])
		}
	}
	for i := range m.actions {
		if fault := p.optionalAncestor(i); fault != nil {
			return nil, fault
		}
		for _, l := range m.actions[i].before {
			if fault := p.holds(i, l); fault != nil {
				return nil, fault
			}
		}
	}
	for _, l := range m.goal {
		if fault := p.holds(goalIndex, l); fault != nil {
			return nil, fault
		}
	}
	return p, nil
}

// optionalAncestor finds an optional step that a mandatory one waits for.
func (p *proof) optionalAncestor(i int) (fault *UnprovenError) {
	if p.model.actions[i].step.Optional {
		return nil
	}
	p.ancestors[i].each(func(a int) {
		if s := p.model.actions[a].step; s.Optional && fault == nil {
			fault = &UnprovenError{Step: p.id(i), Fact: s.ID, Reason: "a step that must be taken waits for one that may be left out"}
		}
	})
	return fault
}

// holds checks the two conditions for one precondition of one action.
func (p *proof) holds(s int, l literal) *UnprovenError {
	m := p.model
	if !m.holdsAtStart(l) && !p.made(s, l) {
		return &UnprovenError{Step: p.id(s), Fact: m.words(l), Reason: "nothing before it makes that true"}
	}
	for _, f := range m.breakers[l.code] {
		if p.threatens(f, s) && !p.restored(f, s, l) {
			return &UnprovenError{Step: p.id(s), Fact: m.words(l), Reason: "step " + p.id(f) + " may make that false just before"}
		}
	}
	return nil
}

// threatens reports whether f, which can break a precondition of s, may be
// taken before s.
func (p *proof) threatens(f, s int) bool {
	return f != s && (s == goalIndex || !p.ancestors[f].has(s))
}

// sure reports whether a is taken before s whatever a person chooses.
func (p *proof) sure(a, s int) bool {
	if s == goalIndex {
		return !p.model.actions[a].step.Optional
	}
	return p.ancestors[s].has(a)
}

// made reports whether a step that is sure to come before s makes l true.
func (p *proof) made(s int, l literal) bool {
	for _, a := range p.model.makers[l.code] {
		if p.sure(a, s) {
			return true
		}
	}
	return false
}

// restored reports whether a step between f and s makes l true again.
func (p *proof) restored(f, s int, l literal) bool {
	for _, a := range p.model.makers[l.code] {
		if p.ancestors[a].has(f) && p.sure(a, s) {
			return true
		}
	}
	return false
}

// id names an action, or the goal.
func (p *proof) id(i int) string {
	if i == goalIndex {
		return "goal"
	}
	return p.model.actions[i].step.ID
}

// reason tells why a precondition holds. It is asked for proven plans only.
func (p *proof) reason(s int, l literal) reason {
	m := p.model
	r := reason{action: s, literal: l, start: m.holdsAtStart(l)}
	for _, a := range m.makers[l.code] {
		if p.sure(a, s) {
			r.makers = append(r.makers, a)
		}
	}
	for _, f := range m.breakers[l.code] {
		if p.threatens(f, s) {
			r.breakers = append(r.breakers, f)
		}
	}
	return r
}

// bitset is a set of small numbers.
type bitset []uint64

// newBitsets gives n empty sets of numbers below n.
func newBitsets(n int) []bitset {
	words := (n + 63) / 64
	all := make([]uint64, n*words)
	sets := make([]bitset, n)
	for i := range sets {
		sets[i] = all[i*words : (i+1)*words : (i+1)*words]
	}
	return sets
}

func (b bitset) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitset) set(i int)      { b[i>>6] |= 1 << (i & 63) }

func (b bitset) union(c bitset) {
	for i, w := range c {
		b[i] |= w
	}
}

// each calls f for every member, smallest first.
func (b bitset) each(f func(int)) {
	for i, w := range b {
		for w != 0 {
			f(i<<6 + bits.TrailingZeros64(w))
			w &= w - 1
		}
	}
}
