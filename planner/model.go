package planner

import (
	"fmt"

	"github.com/xmlint/xmlint/schema"
)

// factKind is a kind of thing that can be true of a deployment. A fact is a
// kind together with what it is about: a product, a node, an App.
type factKind uint8

const (
	factDecided   factKind = iota // the way back was decided
	factCaptured                  // the values that an upgrade overwrites were taken down
	factBackup                    // files and databases were saved
	factSuite                     // every product of the suite is 4.3.1 or later
	factInstalled                 // every product runs the wanted release
	factIntact                    // nothing that an upgrade overwrites is lost: compared since
	factRedis                     // a Redis for Auto Scale exists
	factReachable                 // Redis answered every node
	factOn                        // a node uses Redis
	factSealed                    // a node's section is encrypted
	factRuns                      // a node runs
	factChecked                   // a node was seen to work as it now is
	factBackplane                 // messages were seen to pass between the products' nodes
	factConnector                 // a Data Streams Connector of 2.0 or later is uploaded
	factKeys                      // all nodes have the same keys
	factSticky                    // the load balancer keeps a user on one node
	factScaled                    // the wanted number of instances runs
	factSingle                    // a single instance of each product runs
	factKinds
)

// fact is one variable of the model, which is true or false.
type fact struct {
	kind    factKind
	product schema.Product
	node    string // a named node; empty elsewhere
}

// String is the fact in words.
func (f fact) String() string { return f.words(true) }

// literal is a fact or its opposite: fact n is 2n, its opposite 2n+1.
type literal struct{ code int32 }

func (l literal) fact() int32       { return l.code >> 1 }
func (l literal) positive() bool    { return l.code&1 == 0 }
func (l literal) opposite() literal { return literal{l.code ^ 1} }

// words gives the fact, or its opposite, for people.
func (f fact) words(positive bool) string {
	who := f.product.Title()
	if f.node != "" {
		who += " on " + f.node
	}
	switch f.kind {
	case factDecided:
		return "the way back is decided"
	case factCaptured:
		return "the values that the upgrade overwrites are captured"
	case factBackup:
		return "there is a backup"
	case factSuite:
		return "the suite is " + schema.AutoScaleSince + " or later"
	case factInstalled:
		return "every product runs the wanted release"
	case factIntact:
		return "what the upgrade overwrites has been compared and put back"
	case factRedis:
		return "Redis is provisioned"
	case factReachable:
		return "Redis answers every node"
	case factOn:
		if !positive {
			return who + " does not use Redis"
		}
		return who + " uses Redis"
	case factSealed:
		if !positive {
			return "the section of " + who + " is in plain text"
		}
		return "the section of " + who + " is encrypted"
	case factRuns:
		if !positive {
			return who + " is stopped"
		}
		return who + " runs"
	case factChecked:
		return who + " has been checked"
	case factBackplane:
		return "the backplane has been checked"
	case factConnector:
		return "a Data Streams Connector of " + schema.ConnectorSince + " or later is uploaded"
	case factKeys:
		return "all nodes share their keys"
	case factSticky:
		return "the load balancer keeps sessions on one node"
	case factScaled:
		return "all wanted instances run"
	case factSingle:
		return "one instance of each product runs"
	}
	return fmt.Sprintf("fact %d", f.kind)
}

// action is a step as the model sees it.
type action struct {
	step *Step
	// before are the preconditions: they hold when the step is begun.
	before []literal
	// makes are the effects that can be relied on when the step has ended.
	makes []literal
	// may are effects that happen or do not: an installer may switch Auto
	// Scale off. Nobody relies on them, everybody reckons with them.
	may []literal
	// after are the arrows: indices of the actions that come first.
	after []int
}

// model is a set of actions over facts, in an order that respects the arrows.
// Steps that are done are no actions: what they did is in start.
type model struct {
	facts    []fact
	start    []bool  // by fact
	makers   [][]int // by literal: the actions that make it true
	breakers [][]int // by literal: the actions that can make it false
	actions  []action
	goal     []literal // hold when every mandatory step was taken
	without  factKind  // preconditions of this kind are left out; only tests do so
	mutated  bool      // without counts
}

// add makes a fact with its value at the start and gives its positive literal.
func (m *model) add(f fact, start bool) literal {
	m.facts = append(m.facts, f)
	m.start = append(m.start, start)
	m.makers = append(m.makers, nil, nil)
	m.breakers = append(m.breakers, nil, nil)
	return literal{int32(len(m.facts)-1) << 1}
}

// holdsAtStart reports whether a literal is true before any step.
func (m *model) holdsAtStart(l literal) bool { return m.start[l.fact()] == l.positive() }

// words gives a literal for people.
func (m *model) words(l literal) string { return m.facts[l.fact()].words(l.positive()) }

// act adds an action. Its arrows follow from its preconditions; see link.
func (m *model) act(a action) {
	if m.mutated {
		kept := a.before[:0:0]
		for _, l := range a.before {
			if m.facts[l.fact()].kind != m.without {
				kept = append(kept, l)
			}
		}
		a.before = kept
	}
	m.link(&a)
	i := len(m.actions)
	for _, l := range a.makes {
		m.makers[l.code] = append(m.makers[l.code], i)
		m.breakers[l.opposite().code] = append(m.breakers[l.opposite().code], i)
	}
	for _, l := range a.may {
		m.breakers[l.opposite().code] = append(m.breakers[l.opposite().code], i)
	}
	m.actions = append(m.actions, a)
}

// link draws the arrows of a new action: from each earlier action that makes
// one of its preconditions true, where the precondition does not hold without.
// There is no other source of arrows; in particular the order on the vendor's
// page gives none.
func (m *model) link(a *action) {
	for _, l := range a.before {
		if !m.holdsAtStart(l) || len(m.breakers[l.code]) > 0 {
			a.after = append(a.after, m.makers[l.code]...)
		}
	}
}
