package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/planner"
)

// planProgress appends how far a plan is: what is done and why that is believed,
// what can be taken now, and what stands in the way of the rest.
func (p *page) planProgress(all *planner.Progress) {
	p.end().title("Progress")
	const in = 6
	for i := range all.Steps {
		s := &all.Steps[i]
		title := s.ID
		if s.Optional && s.Status != planner.StepDone {
			title += " (optional)"
		}
		now := s.Status == planner.StepTodo && len(s.After) == 0
		switch {
		case s.Status == planner.StepDone:
			p.space(2).put(green, "[x]")
		case s.Status == planner.StepBlocked:
			p.space(2).put(red, "[!]")
		case now:
			p.space(2).put(bold, "[>]")
		default:
			p.space(2).add("[ ]")
		}
		p.space(1).line(title)
		p.item(in, "done:", strings.Join(s.Evidence, "; "))
		if now {
			p.item(in, "now:", s.Title)
		}
		p.item(in, "after:", strings.Join(s.After, ", "))
		var before []string
		for _, o := range s.BlockedBy {
			switch {
			case o.Step == s.ID:
				p.item(in, "waits for:", o.WaitsFor)
			case !slices.Contains(before, o.Step):
				before = append(before, o.Step)
			}
		}
		p.item(in, "blocked by:", strings.Join(before, ", "))
	}
}

// planChanges appends what changed since an older plan, step by step.
func (p *page) planChanges(c *planner.Changes) {
	p.end().title("Since the saved plan")
	switch c.Deployment {
	case planner.Added:
		p.line("  the saved file has no plan of this deployment to the same goal")
	case planner.Gone:
		p.line("  the deployment is gone")
	}
	if c.IsEmpty() {
		p.line("  nothing changed: " + plural(c.Same, "step") + " as before")
		return
	}
	for i := range c.Steps {
		p.stepChange(&c.Steps[i])
	}
	for _, d := range c.Other {
		p.difference(2, d)
	}
	if c.Deployment == planner.Kept {
		p.line("  " + plural(c.Same, "step") + " as before")
	}
}

func (p *page) stepChange(c *planner.StepChange) {
	mark, color := "[~]", yellow
	switch c.Change {
	case planner.StepAdded:
		mark = "[+]"
	case planner.StepRemoved:
		mark = "[-]"
	case planner.StepCompleted:
		mark, color = "[x]", green
	case planner.StepReopened:
		mark, color = "[ ]", red
	case planner.StepHeld:
		mark, color = "[!]", red
	}
	p.space(2).put(color, mark).space(1).add(c.ID + ": ")
	text := string(c.Change)
	switch {
	case c.Change == planner.StepRemoved && c.From != planner.StepDone:
		text += ", it was left"
	case c.Change == planner.StepAdded && c.To != planner.StepTodo:
		text += ", " + string(c.To)
	}
	p.line(text)
	p.item(6, "done:", strings.Join(c.Evidence, "; "))
	for _, d := range c.Differences {
		p.difference(6, d)
	}
}

// difference appends what a list of texts lost and won.
func (p *page) difference(in int, d planner.Difference) {
	p.space(in).put(dim, strings.ReplaceAll(d.Field, "_", " ")+":").end()
	for _, part := range []struct {
		sign  string
		color style
		texts []string
	}{{"- ", red, d.Removed}, {"+ ", green, d.Added}} {
		for _, text := range part.texts {
			sign := part.sign
			for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
				p.space(in+2).put(part.color, sign+strings.ReplaceAll(line, "\t", "    ")).end()
				sign = "  "
			}
		}
	}
}

// explained appends what the plan was proven to keep, and why.
func (p *page) explained(all []planner.Invariant) {
	if len(all) == 0 {
		return
	}
	p.end().title("Proven: whatever order of the steps, and whichever optional ones are taken")
	for _, inv := range all {
		p.space(2).add("* ").prose(4, fmt.Sprintf("%s (%s)", inv.Text, inv.ID))
		for _, why := range inv.Why {
			p.item(4, "-", why)
		}
	}
}
