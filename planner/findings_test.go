package planner_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/rules"
)

// TestFindingsAndStepsAgree plans the example deployments: every step that a
// finding names is in the plan, every reason of a step is a finding, and a
// step that is done leaves no warning behind.
func TestFindingsAndStepsAgree(t *testing.T) {
	ctx := context.Background()
	all, err := deployment.Load(ctx, os.DirFS("../testdata"), ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d deployments", len(all))
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		result, err := runner.Run(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := planner.Build(d, result.Findings, planner.Options{})
		if err != nil {
			t.Errorf("%s: %v", d.Root, err)
			continue
		}
		ids := map[string]planner.Status{}
		reasons := map[string]bool{}
		for _, s := range plan.Steps {
			ids[s.ID] = s.Status
			if base, _, ok := strings.Cut(s.ID, "@"); ok && ids[base] != planner.StepTodo {
				ids[base] = s.Status
			}
			for _, b := range s.Because {
				reasons[b.Fingerprint] = true
				if !slices.ContainsFunc(result.Findings, func(f lint.Finding) bool {
					return f.Fingerprint == b.Fingerprint && f.Rule.ID == b.Rule && f.Path == b.Path && f.Start.Line == b.Line
				}) {
					t.Errorf("%s: %s because of %+v, which is no finding", d.Root, s.ID, b)
				}
			}
		}
		for _, f := range result.Findings {
			if f.Step == "" {
				continue
			}
			status, there := ids[f.Step]
			switch {
			case !there:
				t.Errorf("%s: %s names the step %s, which is not in the plan", d.Root, f.Rule.ID, f.Step)
			case !reasons[f.Fingerprint]:
				t.Errorf("%s: %s names the step %s, which does not name it", d.Root, f.Rule.ID, f.Step)
			case status == planner.StepDone && f.Severity >= lint.Warning && f.Rule.ID != "XM2002":
				t.Errorf("%s: %s is done, but %s warns: %s", d.Root, f.Step, f.Rule.ID, f.Message)
			}
		}
	}
}
