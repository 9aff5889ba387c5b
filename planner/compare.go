package planner

import "slices"

// Changes are what is different between a plan and an older one of the same
// deployment.
type Changes struct {
	Deployment Presence `json:"deployment"`
	// Steps are those that changed: first those of the plan as it is, in its
	// order, then those that it does not have any more.
	Steps []StepChange `json:"steps"`
	// Same is the number of steps that are as they were.
	Same int `json:"same"`
	// Other are changes that belong to no step: of the state, the target, the
	// decisions, the warnings, the notes, and of what is not known.
	Other []Difference `json:"other"`
}

// Presence tells where a deployment was found.
type Presence string

// Where a deployment was found.
const (
	Kept  Presence = "kept"  // now and in the older plan
	Added Presence = "added" // only now
	Gone  Presence = "gone"  // only in the older plan
)

// Change is what became of a step since an older plan.
type Change string

// The changes. Of several that fit, the first counts.
const (
	StepAdded     Change = "added"
	StepRemoved   Change = "removed"
	StepCompleted Change = "done"      // since the older plan
	StepReopened  Change = "reopened"  // it was done and is not any more
	StepHeld      Change = "blocked"   // it waits for a fact or a decision now
	StepReleased  Change = "unblocked" // it does not any more
	StepChanged   Change = "changed"   // its text, its commands or its place in the order
)

// StepChange is what became of one step.
type StepChange struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Change Change `json:"change"`
	From   Status `json:"from"` // its status in the older plan; empty where that did not have it
	To     Status `json:"to"`   // its status now; empty where the plan does not have it
	// Evidence is why the step is done.
	Evidence []string `json:"evidence"`
	// Differences are those of a step that was left and still is.
	Differences []Difference `json:"differences"`
}

// Difference is a list of texts that changed, by the name that it has in the
// JSON output: "do", "requires", "warnings".
type Difference struct {
	Field   string   `json:"field"`
	Removed []string `json:"removed"`
	Added   []string `json:"added"`
}

// Since puts into the plan what changed since an older one of the same
// deployment and goal; nil: there is none.
func (p *Plan) Since(older *Plan) {
	c := &Changes{Deployment: Kept, Steps: []StepChange{}, Other: []Difference{}}
	p.Changes = c
	if older == nil {
		c.Deployment, older = Added, &Plan{}
	}
	left := leftInBoth(older, p)
	if c.Deployment == Kept {
		c.Other = differences(older.texts(left), p.texts(left))
	}
	before := make(map[string]*Step, len(older.Steps))
	for _, s := range older.Steps {
		before[s.ID] = s
	}
	for _, s := range p.Steps {
		change, changed := changeOf(before[s.ID], s, left)
		if changed {
			c.Steps = append(c.Steps, change)
		} else {
			c.Same++
		}
		delete(before, s.ID)
	}
	for _, s := range older.Steps {
		if before[s.ID] == s {
			c.Steps = append(c.Steps, StepChange{ID: s.ID, Title: s.Title, Change: StepRemoved, From: s.Status, Evidence: []string{}, Differences: []Difference{}})
		}
	}
}

// IsEmpty reports whether nothing changed.
func (c *Changes) IsEmpty() bool {
	return c.Deployment == Kept && len(c.Steps) == 0 && len(c.Other) == 0
}

// Compare puts into each plan what changed since the older one of the same
// deployment and goal, and gives the plans together with one for each older
// plan whose deployment was not found any more.
//
// Two plans are of one deployment where its name and folder are equal; of those
// left, where one older plan and one plan have its name.
func Compare(older, now []*Plan) []*Plan {
	matches := make([]int, len(now)) // the index of the older plan, -1 for none
	for i := range matches {
		matches[i] = -1
	}
	taken := make([]bool, len(older))
	match := func(key func(*Plan) string) {
		byKey := make(map[string][]int)
		rivals := make(map[string]int)
		for i, p := range older {
			if !taken[i] {
				byKey[key(p)] = append(byKey[key(p)], i)
			}
		}
		for i, p := range now {
			if matches[i] < 0 {
				rivals[key(p)]++
			}
		}
		for i, p := range now {
			if same := byKey[key(p)]; matches[i] < 0 && len(same) == 1 && rivals[key(p)] == 1 {
				matches[i], taken[same[0]] = same[0], true
			}
		}
	}
	match(func(p *Plan) string { return string(p.Goal) + "\x00" + p.Deployment + "\x00" + p.Root })
	match(func(p *Plan) string { return string(p.Goal) + "\x00" + p.Deployment })
	all := slices.Clone(now)
	for i, p := range now {
		if matches[i] < 0 {
			p.Since(nil)
			continue
		}
		p.Since(older[matches[i]])
	}
	for i, p := range older {
		if !taken[i] {
			all = append(all, gonePlan(p))
		}
	}
	return all
}

// gonePlan stands for a deployment that an older plan knows and that was not
// found any more.
func gonePlan(older *Plan) *Plan {
	p := &Plan{
		Deployment: older.Deployment, Root: older.Root, Goal: older.Goal, State: Done,
		Steps: []*Step{}, Decisions: []Decision{}, Warnings: []Warning{}, Note: "the deployment was not found any more",
	}
	p.Since(older)
	p.Changes.Deployment, p.Changes.Other = Gone, []Difference{}
	return p
}

// changeOf compares a step with itself in an older plan, nil where that did not
// have it.
func changeOf(was, is *Step, left map[string]bool) (StepChange, bool) {
	c := StepChange{ID: is.ID, Title: is.Title, To: is.Status, Evidence: []string{}, Differences: []Difference{}}
	if is.Status == StepDone {
		c.Evidence = append(c.Evidence, is.Evidence...)
	}
	if was == nil {
		c.Change = StepAdded
		return c, true
	}
	c.From = was.Status
	if was.Status != StepDone && is.Status != StepDone {
		c.Differences = differences(was.texts(left), is.texts(left))
	}
	switch {
	case was.Status != StepDone && is.Status == StepDone:
		c.Change = StepCompleted
	case was.Status == StepDone && is.Status != StepDone:
		c.Change = StepReopened
	case was.Status != StepBlocked && is.Status == StepBlocked:
		c.Change = StepHeld
	case was.Status == StepBlocked && is.Status != StepBlocked:
		c.Change = StepReleased
	case len(c.Differences) > 0:
		c.Change = StepChanged
	default:
		return c, false
	}
	return c, true
}

// leftInBoth are the ids of the steps that are left in both plans: that a step
// does not come after one that is done says nothing new.
func leftInBoth(older, p *Plan) map[string]bool {
	left := make(map[string]bool, len(p.Steps))
	for _, s := range older.Steps {
		if s.Status != StepDone {
			left[s.ID] = false
		}
	}
	for _, s := range p.Steps {
		if _, was := left[s.ID]; was && s.Status != StepDone {
			left[s.ID] = true
		}
	}
	return left
}
