package planner

// Invariant is something that holds in every order of the plan's steps, and
// the reasons why.
type Invariant struct {
	ID   string   `json:"id"`
	Text string   `json:"text"` // "Auto Scale is never on below 4.3.1"
	Why  []string `json:"why"`  // one sentence per step that could break it
}

// Invariants are what the plan was proven to keep, and why each holds.
func (p *Plan) Invariants() []Invariant { return nil }
