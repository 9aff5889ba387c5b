package planner

import "github.com/xmlint/xmlint/schema"

// Summary is a plan in a few numbers and sentences, for the top of a page.
type Summary struct {
	Steps    int             `json:"steps"`    // steps that are left, mandatory ones
	Optional int             `json:"optional"` // optional steps that are left
	Done     int             `json:"done"`
	Blocked  int             `json:"blocked"`
	Restarts int             `json:"restarts"` // steps left that restart something
	Windows  []WindowSummary `json:"windows"`
	DataLoss []string        `json:"data_loss"` // what is lost, and at which step
	Unknown  []string        `json:"unknown"`   // what the plan does not know
}

// WindowSummary is one maintenance window.
type WindowSummary struct {
	Window   Window           `json:"window"`
	Steps    []string         `json:"steps"`    // ids, in order, without those that are done
	Products []schema.Product `json:"products"` // that are interrupted in it
	Effects  []string         `json:"effects"`  // who cannot work
}

// Summary gives the plan in short.
func (p *Plan) Summary() Summary { return Summary{} }
