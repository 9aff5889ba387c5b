package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// testAudit has something of everything.
func testAudit() *Audit {
	value := "cache01:6379,password=*****"
	late := &lint.Rule{
		ID: "XM9001", Name: "a-test", Severity: lint.Error, Title: "A rule for tests", Source: "XMPro documentation, A page: https://example.org/page",
		Doc: lint.Doc{Why: "Because `tests` want it.\n\nAnd <so>."},
	}
	finding := func(severity lint.Severity, product schema.Product, line int) AuditFinding {
		return AuditFinding{Finding: lint.Finding{
			Severity: severity, Rule: late, Product: product, Path: "acme/AppDesigner/appsettings.json", Start: lint.Position{Line: line, Column: 5}, End: lint.Position{Line: line, Column: 9},
			Message: "something | is <wrong>", Why: late.Doc.Why, Do: "mend it", Deployment: "acme", Root: "acme", Fingerprint: strings.Repeat("01", 16), Step: "configure/app-designer",
		}, Before: `  "enabled": `, Marked: "true", After: ","}
	}
	a := &Audit{
		Name: "acme", Root: "acme", Hosting: "iis", Plan: testPlan(),
		Products: []AuditProduct{{
			Name: schema.AppDesigner, Version: "4.2.3", AutoScale: "on", Instances: 2, TargetInstances: 4, Nodes: []string{"ad-01", "ad-02"},
			Evidence: []AuditEvidence{{"4.2.3", "manifest", "acme/xmpro.yaml", 2}, {"latest", "deps.json", "", 0}}, Files: []string{"acme/AppDesigner/appsettings.json"},
			Views: []ShownProduct{{Name: schema.AppDesigner, Node: "ad-01", Environment: "Production", Settings: []ShownSetting{
				{Setting: "xmpro:autoScale:connectionString", Value: &value, Known: true, ShownPlace: ShownPlace{"acme/AppDesigner/appsettings.json", 4, 9},
					Shadows: []ShownShadow{{Value: nil, ShownPlace: ShownPlace{"acme/AppDesigner/appsettings.json", 2, 1}}}},
				{Setting: "xmpro:autoScale:enabled", Known: false, Reason: "the section is encrypted", ShownPlace: ShownPlace{"acme/AppDesigner/appsettings.json", 5, 9}},
			}, Refused: []string{"acme/AppDesigner/appsettings.Staging.json"}}},
		}, {Name: schema.AI, AutoScale: "absent", Evidence: []AuditEvidence{}, Files: []string{}, Views: []ShownProduct{}}},
		Findings: []AuditFinding{finding(lint.Info, schema.AppDesigner, 3), finding(lint.Error, schema.AppDesigner, 4), finding(lint.Warning, "", 5)},
		Decisions: []AuditDecision{
			{Decision: planner.Decision{ID: "redis-per-product", Question: "One Redis for all?", Manifest: "decisions: {redis-per-product: yes | no}", Why: "it costs more", Step: "provision-redis"}},
			{Decision: planner.Decision{ID: "window", Question: "When?", Manifest: "decisions: {window: <when>}"}, Board: true, Known: []string{"one thing", "another"}, Open: "the date"},
			{Decision: planner.Decision{ID: "unseen", Question: "Who looked?", Answer: "we did", Manifest: "decisions: {unseen: <who>}"}, Board: true},
		},
		Unknown: []AuditUnknown{{Product: schema.AppDesigner, Node: "ad-01", What: "the value of x", Why: "a key vault may supply it", Path: "acme/a.json", Line: 3}, {What: "how the suite is hosted"}},
		Inputs:  []AuditInput{{"acme/AppDesigner/appsettings.json", strings.Repeat("ab", 32)}, {"acme/AppDesigner/appsettings.Staging.json", ""}},
	}
	a.Findings[1].Step = ""
	a.Findings[2].Before, a.Findings[2].Marked, a.Findings[2].After = "", "", ""
	a.Findings[0].Related = []lint.Related{{Path: "acme/xmpro.yaml", Start: lint.Position{Line: 1, Column: 1}, Message: "said here"}}
	a.Suppressed = []AuditFinding{finding(lint.Warning, schema.AppDesigner, 9)}
	a.Suppressed[0].By = &lint.SuppressedBy{Kind: lint.ByComment, Reason: "rotated weekly", Until: "2027-01-31", Path: "acme/AppDesigner/appsettings.json", Start: lint.Position{Line: 8, Column: 1}}
	a.Counts = Summary{Deployments: 1, Files: 1, Errors: 1, Warnings: 1, Infos: 1, Suppressed: 1}
	return a
}

// otherAudit is one with nothing to do.
func otherAudit() *Audit {
	return &Audit{Name: "contoso", Root: "b/contoso", Plan: &planner.Plan{Deployment: "contoso", Goal: planner.ToAutoScale, State: planner.Done, Note: "nothing is left"}}
}

func TestAuditGolden(t *testing.T) {
	for format, file := range map[string]string{"text": "audit.txt", "json": "audit.json", "markdown": "audit.md", "html": "audit.html"} {
		text := auditIn(t, format, testAudit(), otherAudit())
		switch format {
		case "json":
			validText(t, "audit", text)
		case "html": // the style and the script have files of their own
			text = text[strings.Index(text, "<body>"):strings.LastIndex(text, "<script>")]
		}
		golden(t, file, text)
	}
}

// Each example deployment has a valid audit in all formats, and secrets in none.
func TestAuditOfExamples(t *testing.T) {
	entries, err := os.ReadDir("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		name := e.Name()
		audits := example(t, name)
		for _, format := range AuditFormats() {
			text := auditIn(t, format, audits...)
			if format == "json" {
				validText(t, "audit", text)
				if strings.Contains(text, ":null") {
					t.Errorf("%s has null", name)
				}
			}
			if again := auditIn(t, format, example(t, name)...); again != text {
				t.Errorf("%s %s: two runs differ", name, format)
			}
		}
	}
}

func TestAuditKeepsSecrets(t *testing.T) {
	fsys := files(t, "acme.txtar").(fstest.MapFS)
	audits := auditAll(t, fsys)
	for _, format := range AuditFormats() {
		text := auditIn(t, format, audits...)
		noSecrets(t, text)
		if !strings.Contains(strings.ReplaceAll(text, `\*`, "*"), "*****") {
			t.Errorf("%s shows no masked value", format)
		}
	}
	sum := sha256.Sum256(fsys[audits[0].Inputs[0].Path].Data)
	if got := audits[0].Inputs[0].SHA256; got != hex.EncodeToString(sum[:]) {
		t.Errorf("%s has the hash %s", audits[0].Inputs[0].Path, got)
	}
}

func TestAuditIsVisible(t *testing.T) {
	a := hostileAudit(t)
	for _, format := range AuditFormats() {
		text := auditIn(t, format, a)
		for i, r := range text {
			if r != '\n' && !visible.Shows(r) {
				t.Errorf("%s: %q in %q", format, r, text[max(0, i-40):i+10])
				break
			}
		}
	}
}

// The page refers to nothing outside but for links to click, its own links lead
// somewhere, and nothing in it is run or styled but what the policy names.
func TestAuditPageStandsAlone(t *testing.T) {
	for _, page := range []string{auditIn(t, "html", testAudit(), otherAudit()), auditIn(t, "html", hostileAudit(t)), auditIn(t, "html", example(t, "broken")...), lintPage(t)} {
		ids := map[string]bool{}
		for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if ids[m[1]] {
				t.Errorf("id %s stands twice", m[1])
			}
			ids[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`<(\w+)[^>]* (?:href|src)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			switch tag, to := m[1], m[2]; {
			case strings.HasPrefix(to, "#"):
				if !ids[to[1:]] {
					t.Errorf("a link leads nowhere: %s", to)
				}
			case tag == "a" && strings.HasPrefix(to, "https://"), tag == "link" && to == "data:,":
			default:
				t.Errorf("%s refers to %s", tag, to)
			}
		}
		if n := strings.Count(page, "<script"); n != 1 {
			t.Errorf("%d scripts", n)
		}
		bare := regexp.MustCompile(`="[^"]*"`).ReplaceAllString(page, `=""`)
		if regexp.MustCompile(`<[a-z][^>]* (style|on[a-z]+)=`).MatchString(bare) {
			t.Error("a style or a script in an attribute")
		}
		if strings.Contains(page, "ZgotmplZ") {
			t.Error("the template refused something")
		}
		for tag, text := range map[string]string{"style": between(page, "<style>", "</style>"), "script": between(page, "<script>", "</script>")} {
			if !strings.Contains(page, tag+"-src &#39;"+strings.ReplaceAll(hashSource(text), "+", "&#43;")+"&#39;") {
				t.Errorf("the policy does not name the %s", tag)
			}
		}
	}
}

func between(s, begin, end string) string {
	_, s, _ = strings.Cut(s, begin)
	s, _, _ = strings.Cut(s, end)
	return s
}

// What an audit has in common with other documents is described in the same
// words. Written anew with -update.
func TestAuditSchemaIsOfOnePiece(t *testing.T) {
	const file = "../schema/audit.schema.json"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	own := definitions(t, "audit")
	for _, from := range []struct {
		document string
		names    map[string]string // there, here
	}{
		{"lint", map[string]string{"tool": "tool", "finding": "finding"}},
		{"show", map[string]string{"product": "view", "setting": "setting"}},
		{"plan", nil},
	} {
		for name, raw := range definitions(t, from.document) {
			here := name
			if from.names != nil {
				here = from.names[name]
			}
			if here == "" || bytes.Equal(own[here], raw) {
				continue
			}
			if !*update {
				t.Errorf("%s is not what the schema of %s says: run this test with -update", here, from.document)
				continue
			}
			name := []byte(`"` + here + `": `)
			if own[here] != nil {
				text = bytes.Replace(text, slices.Concat(name, own[here]), slices.Concat(name, raw), 1)
			} else {
				text = slices.Concat(bytes.TrimSuffix(text, []byte("\n  }\n}\n")), []byte(",\n    "), name, raw, []byte("\n  }\n}\n"))
			}
		}
	}
	if *update {
		if err := os.WriteFile(file, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func definitions(t *testing.T, name string) map[string]json.RawMessage {
	t.Helper()
	text, ok := schema.File(name)
	if !ok {
		t.Fatalf("no schema %s", name)
	}
	var s struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s.Defs
}

func TestVerdict(t *testing.T) {
	step := func(status planner.Status) *planner.Step {
		return &planner.Step{Number: 1, ID: "configure/app-designer@ad-01", Title: "Configure", Status: status, WaitsFor: []string{"a fact"}}
	}
	rule := &lint.Rule{ID: "XM9001"}
	for _, c := range []struct {
		name   string
		plan   planner.Plan
		find   []AuditFinding
		answer string
	}{
		{"nothing", planner.Plan{State: planner.Done}, nil, "There is nothing to upgrade"},
		{"ready", planner.Plan{State: planner.Ready, Steps: []*planner.Step{step(planner.StepTodo)}}, nil, "Yes, in 1 step, taken in order"},
		{"an error that a step mends", planner.Plan{State: planner.Ready, Steps: []*planner.Step{step(planner.StepTodo)}},
			[]AuditFinding{{Finding: lint.Finding{Rule: rule, Severity: lint.Error, Step: "configure/app-designer"}}}, "Yes, in 1 step, taken in order"},
		{"an error that none mends", planner.Plan{State: planner.Ready, Steps: []*planner.Step{step(planner.StepTodo)}},
			[]AuditFinding{{Finding: lint.Finding{Rule: rule, Severity: lint.Error}}}, "Yes, in 1 step, once the errors are mended"},
		{"blocked", planner.Plan{State: planner.Blocked, Steps: []*planner.Step{step(planner.StepBlocked)}}, nil, "Not yet: 1 step cannot be taken"},
		{"done", planner.Plan{State: planner.Done, Steps: []*planner.Step{step(planner.StepDone)}}, nil, "Nothing is left to do"},
	} {
		a := Audit{Plan: &c.plan, Findings: c.find}
		if got := a.Verdict().Answer; !strings.HasPrefix(got, c.answer) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
