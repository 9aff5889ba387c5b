package planner

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// wayBack is the step that begins every way back. What the manifest lists as
// done after it was done on the way back, what it lists before on the way
// there.
const wayBack = schema.StepDecideWayBack

// listed is what the manifest says to be done, for the plan's goal.
type listed struct {
	byID map[string]*deployment.Done
	// other tells that the manifest lists steps of the other way: of the way
	// there for a way back, or the other way round.
	other bool
}

// readDone takes the entries of the manifest that belong to the goal.
func (s *site) readDone() {
	back := -1
	for i := range s.m.Done {
		if s.m.Done[i].ID() == wayBack {
			back = i
		}
	}
	entries := s.m.Done
	if s.off {
		s.listed.other = back != 0 && len(entries) > 0
		entries = entries[max(back, 0):]
		if back < 0 {
			entries = nil
		}
	} else if back >= 0 {
		s.listed.other = true
		entries = nil
	}
	if len(entries) == 0 {
		return
	}
	s.listed.byID = make(map[string]*deployment.Done, len(entries))
	for i := range entries {
		s.listed.byID[entries[i].ID()] = &entries[i]
	}
}

// find gives the entry of a step. An entry without a node stands for all nodes
// of the product.
func (l *listed) find(id string) *deployment.Done {
	if l.byID == nil {
		return nil
	}
	if d := l.byID[id]; d != nil {
		return d
	}
	if base, _, ok := schema.CutNode(id); ok {
		return l.byID[base]
	}
	return nil
}

func (l *listed) has(id string) bool { return l.find(id) != nil }

// evidence says where the manifest lists a step.
func (l *listed) evidence(id string) string {
	d := l.find(id)
	if d == nil {
		return ""
	}
	text := "listed as done"
	if at := place(d.Step.Place); at != "" {
		text = at + " lists it as done"
	}
	if on := strings.TrimSpace(d.On.Text); on != "" {
		text += " on " + words(on)
	}
	return text
}
