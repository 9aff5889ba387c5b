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
			{ID: "redis-data", Question: "May process data lie in Redis?", Manifest: "decisions: {redis-data: yes | no}", Why: "it holds some"},
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

// TestPlanIsACheckList: nothing stands between a reader and the steps that could
// stand elsewhere, and nothing is said twice.
func TestPlanIsACheckList(t *testing.T) {
	p := testPlan()
	p.Unknown = []string{"which Redis it is"}
	p.Decisions = append(p.Decisions, planner.Decision{ID: "redis", Question: "Which Redis?", Manifest: "redis: {connection: x}"})
	p.Steps[1].DataLoss, p.Steps[2].DataLoss = "the memory of Pump", "the memory of Pump"
	p.Warnings = append(p.Warnings, planner.Warning{Rule: "XM5004", Step: "upgrade-xmpro", Message: "this empties the memory of Pump"})
	for _, format := range []string{"text", "markdown"} {
		text := planIn(t, format, testOptions, p)
		if !inOrder(text, "1 question of a change board", "To decide", "Which Redis?", "Upgrade XMPro", "For the change board", "May process data") {
			t.Errorf("%s: questions and steps\n%s", format, text)
		}
		for part, want := range map[string]int{"which Redis it is": 0, "the memory of Pump": 3, "the App's cache": 1, "it waits for a decision": 0, "upgrade-xmpro, configure/app-designer": 1} {
			if n := strings.Count(text, part); n != want {
				t.Errorf("%s: %q stands %d times, want %d\n%s", format, part, n, want, text)
			}
		}
	}
	p = progressPlan()
	p.Changes = nil
	if text := planIn(t, "text", testOptions, p); strings.Count(text, "redis.connection in xmpro.yaml") != 1 || !strings.Contains(text, "blocked by: configure/app-designer") {
		t.Errorf("says at each step what one waits for\n%s", text)
	}
}

// inOrder reports whether a text holds some parts one after the other.
func inOrder(text string, parts ...string) bool {
	for _, part := range parts {
		_, rest, ok := strings.Cut(text, part)
		if !ok {
			return false
		}
		text = rest
	}
	return true
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
