package planner

import (
	"slices"

	"github.com/xmlint/xmlint/schema"
)

// Summary is a plan in a few numbers and sentences, for the top of a page.
type Summary struct {
	Steps    int             `json:"steps"`    // steps that are left and have to be taken
	Optional int             `json:"optional"` // steps that are left and may be left out
	Done     int             `json:"done"`
	Blocked  int             `json:"blocked"`  // of those left
	Restarts int             `json:"restarts"` // steps left that restart or stop something
	Windows  []WindowSummary `json:"windows"`
	DataLoss []string        `json:"data_loss"` // "step: what is lost there"
	Unknown  []string        `json:"unknown"`   // what the plan does not know
}

// WindowSummary is a stretch of steps that belong to one window.
type WindowSummary struct {
	Window   Window           `json:"window"`
	Title    string           `json:"title"`
	Steps    []string         `json:"steps"`    // ids, in order
	Products []schema.Product `json:"products"` // that are interrupted in it
	Effects  []string         `json:"effects"`  // who cannot work
}

// Summary gives the plan in short. Steps that are done count as done and
// nowhere else.
func (p *Plan) Summary() Summary {
	sum := Summary{Windows: p.Windows(), DataLoss: []string{}, Unknown: []string{}}
	for _, s := range p.Steps {
		switch {
		case s.Status == StepDone:
			sum.Done++
			continue
		case s.Optional:
			sum.Optional++
		default:
			sum.Steps++
		}
		if s.Status == StepBlocked {
			sum.Blocked++
		}
		if s.Restarts {
			sum.Restarts++
		}
		if s.DataLoss != "" {
			sum.DataLoss = append(sum.DataLoss, s.ID+": "+s.DataLoss)
		}
	}
	sum.Unknown = append(sum.Unknown, p.Unknown...)
	return sum
}

// Windows groups the steps that are left by maintenance window, in the printed
// order: a window that is left and entered again stands twice.
func (p *Plan) Windows() []WindowSummary {
	groups := []WindowSummary{}
	for _, s := range p.Steps {
		if s.Status == StepDone {
			continue
		}
		if n := len(groups); n == 0 || groups[n-1].Window != s.Window {
			groups = append(groups, WindowSummary{Window: s.Window, Title: s.Window.Title(), Steps: []string{}, Products: []schema.Product{}, Effects: []string{}})
		}
		g := &groups[len(groups)-1]
		g.Steps = append(g.Steps, s.ID)
		for _, id := range s.Downtime.Products {
			if !slices.Contains(g.Products, id) {
				g.Products = append(g.Products, id)
			}
		}
		if e := s.Downtime.Effect; e != "" && !slices.Contains(g.Effects, e) {
			g.Effects = append(g.Effects, e)
		}
	}
	return groups
}
