package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/planner"
)

// planDot draws plans in the language of Graphviz.
//
// https://graphviz.org/doc/info/lang.html
type planDot struct{ plans int }

func newPlanDot(Options) Plans { return &planDot{} }

func (d *planDot) Begin(buf []byte) []byte {
	return append(buf, `digraph plan {
  rankdir=TB
  node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif"]
  edge [color="#555555"]
`...)
}

func (d *planDot) Append(buf []byte, plan *planner.Plan) []byte {
	d.plans++
	buf = fmt.Appendf(buf, "  subgraph cluster_p%d {\n    label=%s\n", d.plans, dotText(planTitle(plan)))
	frame := 0
	for run := range planWindows(plan) {
		frame++
		buf = fmt.Appendf(buf, "    subgraph cluster_p%d_w%d {\n      label=%s\n", d.plans, frame, dotText(run[0].Window.Title()))
		for _, s := range run {
			buf = fmt.Appendf(buf, "      p%d_s%d [label=%s, %s]\n", d.plans, s.Number, dotText(stepTitle(s)), dotStyle(stepClass(s)))
		}
		buf = append(buf, "    }\n"...)
	}
	if len(plan.Steps) == 0 {
		buf = fmt.Appendf(buf, "    p%d_s0 [label=\"nothing is left to do\", %s]\n", d.plans, dotStyle("done"))
	}
	for from, to := range planArrows(plan) {
		buf = fmt.Appendf(buf, "    p%d_s%d -> p%d_s%d\n", d.plans, from.Number, d.plans, to.Number)
	}
	return append(buf, "  }\n"...)
}

func (d *planDot) End(buf []byte) []byte { return append(buf, "}\n"...) }

func dotStyle(class string) string {
	switch class {
	case "done":
		return `fillcolor="#dff0d8"`
	case "blocked":
		return `fillcolor="#f8d7da"`
	case "optional":
		return `style="rounded,filled,dashed"`
	}
	return "fillcolor=white"
}

// dotText writes a label.
func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(visible.String(s)) + `"`
}
