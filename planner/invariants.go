package planner

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// Invariant is something that holds in every order of the plan's steps, with
// any choice of the optional ones, and the reasons why.
type Invariant struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	// Why gives a sentence for each step that could break it. Where the plan
	// has none, it says so.
	Why []string `json:"why"`
}

// rule is an invariant and the preconditions that keep it.
type rule struct {
	id, text string
	kinds    []factKind // preconditions of these kinds...
	steps    []Kind     // ...of steps of these kinds; empty: of the goal
}

// rules are the invariants of both ways.
func rules(off bool) []rule {
	if off {
		return []rule{
			{"decided-first", "nothing is touched before the way back was decided", []factKind{factDecided}, []Kind{KindBackup, KindScale, KindDecrypt, KindConfigure}},
			{"one-instance-first", "Auto Scale is never off while more than one instance runs", []factKind{factSingle}, []Kind{KindDecrypt, KindConfigure}},
			{"backup-before-edit", "no file is changed without a backup", []factKind{factBackup}, []Kind{KindDecrypt, KindConfigure}},
			{"plain-before-edit", "no encrypted file is edited, and none is left in plain text", []factKind{factSealed}, []Kind{KindConfigure, KindEncrypt, KindVerify}},
			{"check-last", "each product is checked as it is in the end", []factKind{factOn, factRuns, factChecked}, []Kind{KindVerify, KindEncrypt}},
			{"goal", "in the end one instance of each product runs without Auto Scale", nil, nil},
		}
	}
	return []rule{
		{"release-first", "Auto Scale is never switched on, and no new connector uploaded, below " + schema.AutoScaleSince, []factKind{factSuite}, []Kind{KindDecrypt, KindConfigure, KindConnector, KindApp}},
		{"redis-first", "Auto Scale is never switched on before Redis answers every node", []factKind{factRedis, factReachable}, []Kind{KindDecrypt, KindConfigure, KindVerify, KindScale}},
		{"capture-before-upgrade", "the suite is never upgraded before the values that it overwrites were captured", []factKind{factCaptured}, []Kind{KindUpgrade, KindVerify}},
		{"backup-before-change", "nothing is upgraded and no file is changed without a backup", []factKind{factBackup}, []Kind{KindUpgrade, KindDecrypt, KindConfigure, KindScale}},
		{"one-release", "old and new binaries never run against one database", []factKind{factRuns}, []Kind{KindUpgrade}},
		{"upgrade-checked", "nothing is built on an upgrade before what it overwrote is put back", []factKind{factIntact, factInstalled}, []Kind{KindVerify, KindDecrypt, KindConfigure, KindConnector, KindApp, KindScale}},
		{"node-by-node", "never do all nodes of a product stand still for a mere setting", []factKind{factRuns}, []Kind{KindDecrypt, KindConfigure, KindScale}},
		{"plain-before-edit", "no encrypted file is edited, and none is left in plain text", []factKind{factSealed}, []Kind{KindConfigure, KindEncrypt, KindVerify}},
		{"app-after-nodes", "no App is upgraded before a new connector is uploaded and every node of App Designer uses Redis and was checked", []factKind{factConnector, factOn, factRuns, factChecked}, []Kind{KindApp}},
		{"check-last", "each product is checked as it is in the end", []factKind{factOn, factRuns, factChecked}, []Kind{KindVerify, KindEncrypt}},
		{"scale-last", "no instance is added before all products share Redis, keys and sticky sessions", []factKind{factOn, factBackplane, factKeys, factSticky}, []Kind{KindScale}},
		{"goal", "in the end every product uses Redis, runs and was checked, whichever Apps are upgraded", nil, nil},
	}
}

// Invariants are what the plan was proven to keep, and why each holds. A plan
// with nothing left keeps them by having no step.
func (p *Plan) Invariants() []Invariant {
	all := []Invariant{}
	if p.proof == nil {
		return all
	}
	for _, r := range rules(p.Goal == ToSingleServer) {
		inv := Invariant{ID: r.id, Text: r.text, Why: p.proof.why(r)}
		if len(inv.Why) == 0 {
			inv.Why = []string{"no step that is left could break it"}
		}
		all = append(all, inv)
	}
	losses := Invariant{ID: "loss-announced", Text: "no App is upgraded by a step that does not say that its data is lost"}
	free := Invariant{ID: "free-choice", Text: "no step that has to be taken waits for one that may be left out"}
	for _, s := range p.Steps {
		if s.Status != StepDone && s.Kind == KindApp {
			losses.Why = append(losses.Why, s.ID+" carries data_loss and warning XM5003")
			free.Why = append(free.Why, s.ID+" may be left out: nothing waits for it")
		}
	}
	for _, inv := range []*Invariant{&losses, &free} {
		if len(inv.Why) == 0 {
			inv.Why = []string{"no step that is left could break it"}
		}
		all = append(all, *inv)
	}
	return all
}

// why explains the preconditions that keep a rule.
func (p *proof) why(r rule) []string {
	var lines []string
	if len(r.steps) == 0 {
		for _, l := range p.model.goal {
			lines = append(lines, p.sentence("in the end ", goalIndex, l))
		}
		return lines
	}
	for i := range p.model.actions {
		a := &p.model.actions[i]
		if !slices.Contains(r.steps, a.step.Kind) {
			continue
		}
		for _, l := range a.before {
			if slices.Contains(r.kinds, p.model.facts[l.fact()].kind) {
				lines = append(lines, p.sentence(a.step.ID+": ", i, l))
			}
		}
	}
	return lines
}

// sentence says why one precondition holds: "configure/app-designer: Redis
// answers every node, by verify/redis, which comes before".
func (p *proof) sentence(head string, s int, l literal) string {
	r := p.reason(s, l)
	text := head + p.model.words(l)
	switch {
	case len(r.makers) > 0 && r.start && len(r.breakers) == 0:
		text += ", from the start"
	case len(r.makers) > 0:
		text += ", by " + list(p.ids(r.makers))
		if s != goalIndex {
			text += ", which comes before"
		}
	default:
		text += ", from the start"
	}
	switch {
	case len(r.breakers) > 0:
		text += "; " + list(p.ids(r.breakers)) + " could end that, but is always followed by such a step"
	default:
		text += "; nothing ends that"
	}
	return text
}

func (p *proof) ids(actions []int) []string {
	ids := make([]string, len(actions))
	for i, a := range actions {
		ids[i] = p.id(a)
	}
	return ids
}

// String is an invariant with its reasons, one a line.
func (inv Invariant) String() string {
	return inv.Text + "\n  " + strings.Join(inv.Why, "\n  ")
}
