package planner

// Progress is how far a plan is.
type Progress struct {
	Done     int `json:"done"`
	Left     int `json:"left"`     // steps that have to be taken
	Optional int `json:"optional"` // steps that are left and may be left out
	Blocked  int `json:"blocked"`  // of those left: they wait for a fact or a decision
	// Next are the ids of the steps that can be taken now, in the printed
	// order. None of them waits for another.
	Next  []string       `json:"next"`
	Steps []StepProgress `json:"steps"`
}

// StepProgress is how far one step is.
type StepProgress struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Status   Status `json:"status"`
	Optional bool   `json:"optional"`
	// Evidence is why the step is done.
	Evidence []string `json:"evidence"`
	// After are the ids of the steps that are left and come first. What
	// follows from others is left out.
	After []string `json:"after"`
	// BlockedBy is what has to be known or decided before the step can be
	// taken, also for the sake of a step that comes first.
	BlockedBy []Obstacle `json:"blocked_by"`
}

// Obstacle is a fact or a decision that a step waits for.
type Obstacle struct {
	Step     string `json:"step"` // the step that waits for it
	WaitsFor string `json:"waits_for"`
}

// progress works out how far the plan is. What a step requires comes before it
// in the plan, so that what stands in the way is known when it is looked at.
func (p *Plan) progress() *Progress {
	progress := &Progress{Next: []string{}, Steps: make([]StepProgress, 0, len(p.Steps))}
	blockedBy := make(map[string][]Obstacle)
	for _, s := range p.Steps {
		sp := StepProgress{
			ID: s.ID, Title: s.Title, Status: s.Status, Optional: s.Optional,
			Evidence: []string{}, After: []string{}, BlockedBy: []Obstacle{},
		}
		switch {
		case s.Status == StepDone:
			progress.Done++
			sp.Evidence = append(sp.Evidence, s.Evidence...)
			progress.Steps = append(progress.Steps, sp)
			continue
		case s.Optional:
			progress.Optional++
		default:
			progress.Left++
		}
		for _, what := range s.WaitsFor {
			sp.BlockedBy = append(sp.BlockedBy, Obstacle{Step: s.ID, WaitsFor: what})
		}
		for _, id := range s.Requires {
			sp.After = append(sp.After, id)
			sp.BlockedBy = appendNew(sp.BlockedBy, blockedBy[id])
		}
		if len(sp.BlockedBy) > 0 {
			blockedBy[s.ID] = sp.BlockedBy
		}
		if s.Status == StepBlocked {
			progress.Blocked++
		} else if len(sp.After) == 0 {
			progress.Next = append(progress.Next, s.ID)
		}
		progress.Steps = append(progress.Steps, sp)
	}
	return progress
}
