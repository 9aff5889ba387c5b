package report

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/planner"
)

// boardTitle stands over the questions of a change board. They come behind the
// steps: whoever follows the check-list is not to pass over them each time.
const boardTitle = "For the change board"

// asked are the questions of a change board, or the others.
func asked(all []planner.Decision, board bool) []planner.Decision {
	var some []planner.Decision
	for i := range all {
		if all[i].Board() == board {
			some = append(some, all[i])
		}
	}
	return some
}

// boardWords says that questions of a change board are open; empty where none is.
func boardWords(plan *planner.Plan) string {
	open := 0
	for _, d := range asked(plan.Decisions, true) {
		if d.Answer == "" {
			open++
		}
	}
	if open == 0 {
		return ""
	}
	text := plural(open, "question") + " of a change board without an answer"
	if plan.Changes == nil && plan.Progress == nil {
		text += ", behind the steps"
	}
	return text
}

// planNotes are what is to be known of a plan as a whole. What it waits for is
// a list of its own; see waits.
func planNotes(plan *planner.Plan) []string {
	if plan.Note == "" || len(waits(plan)) > 0 {
		return plan.Notes
	}
	return append([]string{plan.Note}, plan.Notes...)
}

// waits says of each blocked step what it waits for.
func waits(plan *planner.Plan) []string {
	var all []string
	for _, s := range plan.Steps {
		if s.Status == planner.StepBlocked {
			all = append(all, s.ID+" for "+strings.Join(s.WaitsFor, " and "))
		}
	}
	return all
}

// losses are what the steps lose that are left, each once.
func losses(plan *planner.Plan) []Loss {
	all := []Loss{}
	for _, s := range plan.Steps {
		if s.DataLoss == "" || s.Status == planner.StepDone {
			continue
		}
		if i := slices.IndexFunc(all, func(l Loss) bool { return l.What == s.DataLoss }); i >= 0 {
			all[i].Steps = append(all[i].Steps, s.ID)
			continue
		}
		all = append(all, Loss{s.DataLoss, []string{s.ID}})
	}
	return all
}

// saysLoss reports whether a warning at a step says all that is lost there.
func saysLoss(s *planner.Step, warnings []planner.Warning) bool {
	return slices.ContainsFunc(warnings, func(w planner.Warning) bool {
		return w.Step == s.ID && (w.Rule == "XM5003" || strings.HasSuffix(w.Message, s.DataLoss))
	})
}
