package report

import (
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// Plans is a format of plans, one per deployment.
type Plans = Document[*planner.Plan]

func planFormats() []constructor[Plans] {
	return []constructor[Plans]{
		{"text", newPlanText},
		{"json", newPlanJSON},
		{"markdown", newPlanMarkdown},
		{"mermaid", newPlanMermaid},
		{"dot", newPlanDot},
		{"svg", newPlanSVG},
	}
}

// PlanFormats are the names of the formats that plan has.
func PlanFormats() []string { return names(planFormats()) }

// NewPlans gives a format of plan by its name, else a [*FormatError].
func NewPlans(format string, o Options) (Plans, error) { return construct(planFormats(), format, o) }

func newPlanJSON(o Options) Plans {
	return &jsonList[*planner.Plan]{tool: o.Tool, member: "plans", encode: appendPlan}
}

// planDocument is a plan in JSON: its fields as planner names them, and what
// the text says on top.
type planDocument struct {
	planner.Plan
	Summary      planner.Summary       `json:"summary"`
	Placeholders []planner.Placeholder `json:"placeholders"`
}

// appendPlan appends a plan as JSON, with empty lists where it has none.
func appendPlan(buf []byte, p *planner.Plan) []byte {
	plan := planDocument{Plan: *p, Summary: p.Summary(), Placeholders: p.Placeholders()}
	plan.Steps = make([]*planner.Step, 0, len(p.Steps))
	for _, s := range p.Steps {
		step := *s
		step.Nodes = filled(step.Nodes)
		step.Requires = filled(step.Requires)
		step.Because = filled(step.Because)
		step.Do = filled(step.Do)
		step.Verify = filled(step.Verify)
		step.Undo = filled(step.Undo)
		step.Edits = filled(step.Edits)
		step.Downtime.Products = filled(step.Downtime.Products)
		plan.Steps = append(plan.Steps, &step)
	}
	plan.Decisions = filled(plan.Decisions)
	plan.Warnings = filled(plan.Warnings)
	return appendValue(buf, &plan)
}

// filled is a list that is never null in JSON.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// titles are products in prose.
func titles(products []schema.Product) []string {
	var all []string
	for _, p := range products {
		all = append(all, p.Title())
	}
	return all
}

// goalTitle names a goal in prose.
func goalTitle(g planner.Goal) string {
	if g == planner.ToSingleServer {
		return "back to one server"
	}
	return "to Auto Scale"
}
