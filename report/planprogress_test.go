package report

import (
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xmlint/xmlint/planner"
)

// progressPlan has all that flags can add to a plan.
func progressPlan() *planner.Plan {
	p := testPlan()
	p.Explained = []planner.Invariant{{ID: "backup-before-change", Text: "nothing is changed without a backup", Why: []string{"upgrade-xmpro: there is a backup, by backup"}}}
	p.Progress = &planner.Progress{
		Done: 1, Left: 2, Optional: 1, Blocked: 1, Next: []string{"upgrade-xmpro"},
		Steps: []planner.StepProgress{
			{ID: "backup", Title: "Back up", Status: planner.StepDone, Evidence: []string{"listed as done"}, After: []string{}, BlockedBy: []planner.Obstacle{}},
			{ID: "upgrade-xmpro", Title: "Upgrade XMPro", Status: planner.StepTodo, Evidence: []string{}, After: []string{}, BlockedBy: []planner.Obstacle{}},
			{
				ID: "configure/app-designer", Title: "Say on", Status: planner.StepBlocked, Evidence: []string{}, After: []string{"upgrade-xmpro"},
				BlockedBy: []planner.Obstacle{{Step: "configure/app-designer", WaitsFor: "redis.connection in xmpro.yaml"}},
			},
			{
				ID: "upgrade-app/pump", Title: "Upgrade the App", Status: planner.StepTodo, Optional: true, Evidence: []string{}, After: []string{"configure/app-designer"},
				BlockedBy: []planner.Obstacle{{Step: "configure/app-designer", WaitsFor: "redis.connection in xmpro.yaml"}},
			},
		},
	}
	older := testPlan()
	older.State, older.Steps = planner.Ready, older.Steps[:3]
	older.Steps[0].Status = planner.StepTodo
	older.Steps[1].Do = older.Steps[1].Do[1:]
	older.Steps = append(older.Steps, &planner.Step{ID: "scale-out", Title: "Add instances", Status: planner.StepTodo})
	p.Since(older)
	return p
}

func TestPlanProgressGolden(t *testing.T) {
	added := &planner.Plan{Deployment: "contoso", Goal: planner.ToSingleServer, State: planner.Done, Note: "nothing is left"}
	added.Since(nil)
	gone := planner.Compare([]*planner.Plan{testPlan()}, nil)
	for format, file := range map[string]string{"text": "planprogress.txt", "json": "planprogress.json"} {
		golden(t, file, planIn(t, format, testOptions, progressPlan(), added, gone[0]))
	}
	var document any
	if err := json.Unmarshal([]byte(planIn(t, "json", testOptions, progressPlan(), added, gone[0])), &document); err != nil {
		t.Fatal(err)
	}
	valid(t, "plan", document)
}

// TestReadPlans reads back what was written: nothing has changed since.
func TestReadPlans(t *testing.T) {
	text := planIn(t, "json", testOptions, testPlan(), &planner.Plan{Deployment: "contoso", Goal: planner.ToAutoScale, State: planner.Done})
	plans, err := ReadPlans([]byte("\ufeff" + text))
	if err != nil || len(plans) != 2 {
		t.Fatalf("%d plans, %v", len(plans), err)
	}
	// As Windows PowerShell writes what a program prints.
	wide := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
	}
	if plans, err := ReadPlans(wide); err != nil || len(plans) != 2 {
		t.Fatalf("%d plans in UTF-16, %v", len(plans), err)
	}
	p := testPlan()
	p.Since(plans[0])
	if !p.Changes.IsEmpty() {
		t.Errorf("it changed by being written: %+v", p.Changes)
	}
	for _, c := range []struct{ text, want string }{
		{"", "holds no plans"},
		{"{}", "holds no plans"},
		{"[]", "holds no plans"},
		{text[:len(text)/2], "holds no plans"},
		{`{"format_version":"1","tool":{"name":"xmlint"}}`, "holds no plans"},
		{`{"format_version":"1","tool":{"name":"other"},"plans":[]}`, "holds no plans"},
		{strings.Replace(text, `"format_version":"1"`, `"format_version":"2"`, 1), `format_version is "2"`},
		{`{"format_version":"1","tool":{"name":"xmlint"},"plans":[null]}`, "plan 1 is null"},
		{`{"format_version":"1","tool":{"name":"xmlint"},"plans":[{"deployment":"a","steps":[null]}]}`, "a step that is null"},
		{`{"format_version":"1","tool":{"name":"xmlint"},"plans":[{"steps":7}]}`, "not as xmlint writes them"},
	} {
		if _, err := ReadPlans([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: %v, want %q", c.text, err, c.want)
		}
	}
}
