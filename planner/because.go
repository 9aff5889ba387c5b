package planner

import (
	"strings"
)

// because gives each step the findings that it mends.
func (b *builder) because() {
	if b.s.off {
		return // findings ask for the way there
	}
	for _, st := range b.plan.Steps {
		b.reasons(st, st.ID, "")
		if base, node, ok := strings.Cut(st.ID, "@"); ok {
			b.reasons(st, base, node)
		}
	}
}

// reasons adds the findings that name a step. A finding about one node that
// names the step of the product goes to the node's own step.
func (b *builder) reasons(st *Step, id, node string) {
	for _, i := range b.s.findings[id] {
		f := &b.s.all[i]
		if node != "" && f.Node != "" && f.Node != node {
			continue
		}
		reason := Because{Path: f.Path, Line: f.Start.Line, Fingerprint: f.Fingerprint}
		if f.Rule != nil {
			reason.Rule = f.Rule.ID
		}
		st.Because = append(st.Because, reason)
	}
}
