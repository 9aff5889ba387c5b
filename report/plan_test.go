package report

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// testPlan has a step of every shape, and names that want to break out.
func testPlan() *planner.Plan {
	return &planner.Plan{
		Deployment: "acme", Goal: planner.ToAutoScale, State: planner.Blocked, Note: "it waits for a decision",
		Notes: []string{"a thing to know"}, Target: "4.6.1",
		Steps: []*planner.Step{
			{
				Number: 1, ID: "backup", Kind: planner.KindBackup, Title: "Back up", Status: planner.StepDone, Window: planner.WindowBefore,
				Evidence: []string{"done: in acme/xmpro.yaml, 2026-11-23"},
			},
			{
				Number: 2, ID: "upgrade-xmpro", Kind: planner.KindUpgrade, Title: "Upgrade XMPro", Status: planner.StepTodo, Window: planner.WindowUpgrade,
				Nodes: []string{"ad-01", "sm-01"}, Requires: []string{"backup"}, Restarts: true, PointOfNoReturn: true,
				Because:  []planner.Because{{Rule: "XM1001", Path: "acme/xmpro.yaml", Line: 2, Fingerprint: "00"}},
				Downtime: planner.Downtime{Products: []schema.Product{schema.AppDesigner, schema.SubscriptionManager}, Effect: "nobody can work"},
				Do: []planner.Action{
					{Shell: planner.PowerShell, Run: "Stop-WebAppPool -Name 'AD'\nStop-WebAppPool -Name '<POOL>'", Elevated: true, Expect: "both are Stopped"},
					{Manual: "run the installer"},
				},
				Verify: []planner.Action{{Shell: planner.Sh, Run: "curl -fsS 'https://ad/version'", Expect: "4.6.1"}},
				Undo:   []planner.Action{{Manual: "restore the backup"}},
				Notes:  []string{"the installer makes a new salt"}, Source: "https://example.org/page",
			},
			{
				Number: 3, ID: "configure/app-designer", Kind: planner.KindConfigure, Title: `Say "on" to <App> & \n`, Status: planner.StepBlocked,
				Window: planner.WindowSettings, Requires: []string{"upgrade-xmpro"}, Product: schema.AppDesigner, WaitsFor: []string{"redis.connection in xmpro.yaml"},
				Edits: []planner.Edit{{Path: "acme/AppDesigner/appsettings.json", Diff: "--- a\n+++ b\n@@ -1 +1 @@\n-\t\"enabled\": false\n+\t\"enabled\": true\n"}},
			},
			{
				Number: 4, ID: "upgrade-app/pump", Kind: planner.KindApp, Title: "Upgrade the App Pump\x1b[31m", Status: planner.StepTodo, Optional: true,
				Window: planner.WindowApps, Requires: []string{"upgrade-xmpro", "no-such-step"}, App: "Pump", DataLoss: "the App's cache",
			},
		},
		Decisions: []planner.Decision{
			{ID: "redis-per-product", Question: "One Redis for all?", Manifest: "decisions: {redis-per-product: no}", Why: "it costs more", Step: "provision-redis"},
			{ID: "b", Question: "Answered?", Answer: "yes", Manifest: "decisions: {b: yes}"},
		},
		Warnings: []planner.Warning{{Rule: "XM5003", Message: "its data is lost", Step: "upgrade-app/pump"}},
	}
}

func planIn(t *testing.T, format string, o Options, plans ...*planner.Plan) string {
	t.Helper()
	d, err := NewPlans(format, o)
	if err != nil {
		t.Fatal(err)
	}
	return textOf(d, plans...)
}

func textOf[T any](d Document[T], pieces ...T) string {
	buf := d.Begin(nil)
	for _, p := range pieces {
		buf = d.Append(buf, p)
	}
	return string(d.End(buf))
}

func TestPlanGolden(t *testing.T) {
	done := &planner.Plan{Deployment: "contoso", Goal: planner.ToSingleServer, State: planner.Done, Note: "nothing is left"}
	for format, file := range map[string]string{"text": "plan.txt", "json": "plan.json", "mermaid": "plan.mmd", "dot": "plan.dot", "svg": "plan.svg", "markdown": "plan.md"} {
		golden(t, file, planIn(t, format, testOptions, testPlan(), done))
	}
}

func TestPlanJSON(t *testing.T) {
	text := planIn(t, "json", testOptions, testPlan(), &planner.Plan{Goal: planner.ToAutoScale, State: planner.Done, Steps: []*planner.Step{{Number: 1, ID: "x", Kind: planner.KindScale, Status: planner.StepDone}}})
	if strings.Contains(text, "null") {
		t.Errorf("null in %s", text)
	}
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	valid(t, "plan", document)
}

func TestPlanDot(t *testing.T) {
	c := exec.Command(program(t, "dot", "graphviz"), "-Tplain")
	c.Stdin = strings.NewReader(planIn(t, "dot", testOptions, testPlan()))
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestPlanIsVisible(t *testing.T) {
	for _, format := range PlanFormats() {
		for _, r := range planIn(t, format, testOptions, testPlan()) {
			if r != '\n' && !visible.Shows(r) {
				t.Errorf("%s: %q", format, r)
			}
		}
	}
}
