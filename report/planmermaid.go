package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/planner"
)

// planMermaid draws plans as a Mermaid flowchart: a box for each step, in a
// frame for each deployment and window, an arrow where one comes first.
//
// https://mermaid.js.org/syntax/flowchart.html
type planMermaid struct{ plans int }

func newPlanMermaid(Options) Plans { return &planMermaid{} }

func (m *planMermaid) Begin(buf []byte) []byte { return append(buf, "flowchart TD\n"...) }

func (m *planMermaid) Append(buf []byte, plan *planner.Plan) []byte {
	m.plans++
	buf = fmt.Appendf(buf, "  subgraph p%d[\"%s\"]\n", m.plans, mermaidText(planTitle(plan)))
	frame := 0
	for run := range planWindows(plan) {
		frame++
		buf = fmt.Appendf(buf, "    subgraph p%dw%d[\"%s\"]\n", m.plans, frame, mermaidText(run[0].Window.Title()))
		for _, s := range run {
			buf = fmt.Appendf(buf, "      p%ds%d[\"%s\"]:::%s\n", m.plans, s.Number, mermaidText(stepTitle(s)), stepClass(s))
		}
		buf = append(buf, "    end\n"...)
	}
	if len(plan.Steps) == 0 {
		buf = fmt.Appendf(buf, "    p%ds0[\"nothing is left to do\"]:::done\n", m.plans)
	}
	for from, to := range planArrows(plan) {
		arrow := "-->"
		if to.Optional {
			arrow = "-.->"
		}
		buf = fmt.Appendf(buf, "    p%ds%d %s p%ds%d\n", m.plans, from.Number, arrow, m.plans, to.Number)
	}
	return append(buf, "  end\n"...)
}

func (m *planMermaid) End(buf []byte) []byte {
	return append(buf, `  classDef done fill:#dff0d8,stroke:#3c763d,color:#1b3b1c
  classDef todo fill:#ffffff,stroke:#333333,color:#111111
  classDef optional fill:#ffffff,stroke:#777777,color:#333333,stroke-dasharray:4 3
  classDef blocked fill:#f8d7da,stroke:#a94442,color:#4a1518
`...)
}

// mermaidText writes a label: what Mermaid would obey becomes an entity code.
func mermaidText(s string) string {
	return strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "`", "#96;", `\`, "#92;").Replace(visible.String(s))
}
