package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// Verdict is an audit in a few sentences, for the top of the page.
type Verdict struct {
	// State is the plan's, or "none" where there is nothing to plan.
	State    string                  `json:"state"`
	Answer   string                  `json:"answer"` // can this deployment be upgraded?
	Blocks   []string                `json:"blocks"` // what is in the way
	Steps    int                     `json:"steps"`  // left, without the optional ones
	Optional int                     `json:"optional"`
	Done     int                     `json:"done"`
	Restarts int                     `json:"restarts"`
	Down     []planner.WindowSummary `json:"down"` // windows in which somebody cannot work
	DataLoss []Loss                  `json:"data_loss"`
	NoReturn []string                `json:"no_return"` // ids of steps that only a restore takes back
	Errors   int                     `json:"errors"`
	Warnings int                     `json:"warnings"`
	Infos    int                     `json:"infos"`
}

// Loss is something that is lost for good, and the steps that lose it.
type Loss struct {
	What  string   `json:"what"`
	Steps []string `json:"steps"`
}

// words are the loss in one sentence.
func (l Loss) words() string { return l.What + " (" + strings.Join(l.Steps, ", ") + ")" }

// mostBlocks bounds the list at the top: the findings follow in full.
const mostBlocks = 12

// Verdict says whether the deployment can be upgraded, and at what price.
func (a *Audit) Verdict() Verdict {
	s := a.Plan.Summary()
	v := Verdict{
		State: string(a.Plan.State), Blocks: []string{}, Steps: s.Steps, Optional: s.Optional, Done: s.Done, Restarts: s.Restarts,
		Down: []planner.WindowSummary{}, DataLoss: losses(a.Plan), NoReturn: []string{},
		Errors: a.Counts.Errors, Warnings: a.Counts.Warnings, Infos: a.Counts.Infos,
	}
	for _, w := range s.Windows {
		if len(w.Products) > 0 {
			v.Down = append(v.Down, w)
		}
	}
	for _, step := range a.Plan.Steps {
		if step.Status == planner.StepBlocked {
			v.Blocks = append(v.Blocks, fmt.Sprintf("step %d, %s (%s) waits for %s", step.Number, step.Title, step.ID, strings.Join(step.WaitsFor, " and ")))
		}
		if step.PointOfNoReturn && step.Status != planner.StepDone {
			v.NoReturn = append(v.NoReturn, step.ID)
		}
	}
	v.Blocks = append(v.Blocks, a.unmended(mostBlocks)...)
	v.Answer = a.answer(&v)
	return v
}

// answer is the verdict in one sentence.
func (a *Audit) answer(v *Verdict) string {
	switch {
	case len(a.Plan.Steps) == 0 && a.Plan.State == planner.Done && !a.three():
		v.State = "none"
		return "There is nothing to upgrade: no App Designer, Data Stream Designer or Subscription Manager was found"
	case a.Plan.State == planner.Done && len(v.Blocks) > 0:
		return "Nothing is left of the plan, but errors are left that no step of it mends"
	case a.Plan.State == planner.Done:
		return "Nothing is left to do"
	case a.Plan.State == planner.Blocked:
		return "Not yet: " + plural(blocked(a.Plan), "step") + " cannot be taken before something else is known or decided"
	case len(v.Blocks) > 0:
		return "Yes, in " + plural(v.Steps, "step") + ", once the errors are mended that no step of the plan mends"
	}
	return "Yes, in " + plural(v.Steps, "step") + ", taken in order"
}

// notes are what is to be known of the plan as a whole, without what the list of
// what is in the way says better.
func (a *Audit) notes() []string {
	if a.Plan.Note == "" || a.Plan.State == planner.Blocked {
		return a.Plan.Notes
	}
	return append([]string{a.Plan.Note}, a.Plan.Notes...)
}

func (a *Audit) three() bool {
	for i := range a.Products {
		if a.Products[i].Name.UsesRedis() {
			return true
		}
	}
	return false
}

func blocked(p *planner.Plan) int {
	n := 0
	for _, s := range p.Steps {
		if s.Status == planner.StepBlocked {
			n++
		}
	}
	return n
}

// unmended are the errors that no step of the plan mends, at most so many.
func (a *Audit) unmended(most int) []string {
	var all []string
	left := 0
	for i := range a.Findings {
		f := &a.Findings[i]
		if f.Severity != lint.Error || a.step(f.Step) != nil {
			continue
		}
		if len(all) == most {
			left++
			continue
		}
		all = append(all, f.Rule.ID+" at "+placeWords(f.Path, f.Start.Line)+": "+f.Message)
	}
	if left > 0 {
		all = append(all, "and "+plural(left, "more error"))
	}
	return all
}

// step is the plan's step that a finding names: of the product, or of one of
// its nodes; nil where the plan has none.
func (a *Audit) step(id string) *planner.Step {
	if id == "" {
		return nil
	}
	for _, s := range a.Plan.Steps {
		if schema.IsStep(s.ID, id) {
			return s
		}
	}
	return nil
}
