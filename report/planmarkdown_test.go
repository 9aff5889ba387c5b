package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/planner"
)

// What a reader of Markdown makes of a plan and of an audit is the list, the
// boxes and the code that were meant, and nothing of what a name holds.
func TestMarkdownOfPlansIsText(t *testing.T) {
	a := hostileAudit(t)
	const fence = "```\n````\n~~~\n<script>alert(1)</script>\n    - [ ] no box"
	for _, s := range a.Plan.Steps {
		s.Do = append(s.Do, planner.Action{Shell: planner.Sh, Run: fence})
	}
	a.Plan.Decisions = []planner.Decision{{ID: "x", Question: "1. # `a` @team #12 https://example.org ![x](y)", Manifest: "a `` b | c", Why: "- [ ] no box"}}
	allowed := regexp.MustCompile(`^</?(?:h[1-6]|p|table|thead|tbody|tr|th|td|code|pre|ul|ol|li|strong)>$|^<code class="language-\w+">$|^<input type="checkbox" disabled=""(?: checked="")? />$|^<a href="https://(?:example\.org|documentation\.xmpro\.com|learn\.microsoft\.com|github\.com|stackexchange\.github\.io)[^"]*">$|^</a>$`)
	for name, text := range map[string]string{"plan": planIn(t, "markdown", testOptions, a.Plan), "audit": auditIn(t, "markdown", a)} {
		page := markdownHTML(t, text)
		for _, tag := range regexp.MustCompile(`<[^>]*>`).FindAllString(page, -1) {
			if !allowed.MatchString(tag) {
				t.Errorf("%s: %s is in the page", name, tag)
			}
		}
		boxes := len(a.Plan.Steps) + len(a.Plan.Decisions)
		if name == "audit" {
			boxes = len(a.Plan.Steps) + len(a.Decisions)
		}
		if n := strings.Count(page, `type="checkbox"`); n != boxes {
			t.Errorf("%s: %d boxes, want %d", name, n, boxes)
		}
		// micromark drops the line ends of code inside a list.
		if code := "<code class=\"language-sh\">```````~~~&lt;script&gt;alert(1)&lt;/script&gt;    - [ ] no box</code>"; !strings.Contains(strings.ReplaceAll(page, "\n", ""), code) {
			t.Errorf("%s: a command is not shown as it is", name)
		}
	}
}

// A plan that a ticket would not take comes without its commands.
func TestMarkdownOfLongPlans(t *testing.T) {
	plan := &planner.Plan{Deployment: "acme", Goal: planner.ToAutoScale, State: planner.Ready}
	for i := range 100 {
		plan.Steps = append(plan.Steps, &planner.Step{
			Number: i + 1, ID: fmt.Sprintf("step-%d", i), Title: "Do it", Status: planner.StepTodo, Window: planner.WindowApps,
			Do: []planner.Action{{Shell: planner.Sh, Run: strings.Repeat("echo one\n", 100), Expect: "one"}, {Manual: "look"}},
		})
	}
	text := planIn(t, "markdown", testOptions, plan, testPlan())
	if strings.Contains(text, "echo one") || !strings.Contains(text, "the commands, for the length of it") || len(text) > planMarkdownLimit {
		t.Errorf("%d bytes", len(text))
	}
	if !strings.Contains(text, "Stop-WebAppPool") {
		t.Error("the second plan lacks its commands")
	}
	if n := strings.Count(text, "- [ ] "); n != 100+5 {
		t.Errorf("%d boxes", n)
	}
}

func TestMarkdownOfChanges(t *testing.T) {
	plan := testPlan()
	plan.Changes = &planner.Changes{
		Deployment: planner.Kept, Same: 2,
		Steps: []planner.StepChange{
			{ID: "backup", Change: planner.StepCompleted, Evidence: []string{"the manifest says so"}},
			{ID: "x", Change: planner.StepChanged, Differences: []planner.Difference{{Field: "data_loss", Removed: []string{"much"}, Added: []string{"little"}}}},
		},
		Other: []planner.Difference{{Field: "target", Removed: []string{"4.5.0"}, Added: []string{"4.6.1"}}},
	}
	plan.Explained = []planner.Invariant{{ID: "redis-first", Text: "Redis first", Why: []string{"it comes before"}}}
	text := planIn(t, "markdown", testOptions, plan)
	_, text, _ = strings.Cut(text, "### Since the saved plan\n\n")
	const want = "- `backup`: done\n  - done: the manifest says so\n- `x`: changed\n  - data loss:\n    - was: much\n    - is: little\n" +
		"- target:\n  - was: 4.5.0\n  - is: 4.6.1\n- 2 steps as before\n\n" +
		"### Proven: whatever order of the steps, and whichever optional ones are taken\n\n- Redis first\n  - it comes before\n"
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
