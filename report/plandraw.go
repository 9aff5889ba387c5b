package report

import (
	"fmt"
	"iter"

	"github.com/xmlint/xmlint/planner"
)

// planTitle names a plan in a picture.
func planTitle(p *planner.Plan) string {
	return fmt.Sprintf("%s, %s: %s", p.Deployment, goalTitle(p.Goal), p.State)
}

// stepTitle names a step in a picture.
func stepTitle(s *planner.Step) string { return fmt.Sprintf("%d. %s", s.Number, s.Title) }

// stepClass says how a step is drawn.
func stepClass(s *planner.Step) string {
	if s.Optional && s.Status == planner.StepTodo {
		return "optional"
	}
	return string(s.Status)
}

// planWindows goes through runs of steps that share a window, in order.
func planWindows(p *planner.Plan) iter.Seq[[]*planner.Step] {
	return func(yield func([]*planner.Step) bool) {
		for from := 0; from < len(p.Steps); {
			to := from + 1
			for to < len(p.Steps) && p.Steps[to].Window == p.Steps[from].Window {
				to++
			}
			if !yield(p.Steps[from:to]) {
				return
			}
			from = to
		}
	}
}

// planArrows goes through the arrows, by the numbers of their steps.
func planArrows(p *planner.Plan) iter.Seq2[*planner.Step, *planner.Step] {
	return func(yield func(from, to *planner.Step) bool) {
		for _, to := range p.Steps {
			for _, id := range to.Requires {
				if from := p.Step(id); from != nil && !yield(from, to) {
					return
				}
			}
		}
	}
}
