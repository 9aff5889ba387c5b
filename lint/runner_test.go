package lint_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func TestNewRunner(t *testing.T) {
	ok := rule("X1", func(*lint.Pass) error { return nil })
	for name, rules := range map[string][]*lint.Rule{
		"an id twice":                    {ok, rule("X1", ok.Check)},
		"an id that is no Go identifier": {rule("X-1", ok.Check)},
		"no id":                          {ok, {Name: "y", Check: ok.Check}},
		"no name":                        {{ID: "X1", Check: ok.Check}},
		"nothing to check with":          {{ID: "X1", Name: "x"}},
		"no rule":                        {ok, nil},
	} {
		if _, err := lint.NewRunner(rules); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := lint.NewRunner(nil); err != nil {
		t.Errorf("no rules: %v", err)
	}
}

// The runner fills in what the rule leaves to it.
func TestFinding(t *testing.T) {
	r := rule("X1", func(p *lint.Pass) error {
		p.Report(lint.Finding{Message: "somewhere"})
		p.Report(lint.Finding{
			Product: schema.AppDesigner, Severity: lint.Error, Message: "here", Why: "its own", Step: "-",
			Place:   p.Deployment.Products[0].Nodes[0].Holder(),
			Related: []lint.Related{{Place: p.Deployment.Products[0].Nodes[0].Views[0].AutoScale.Enabled.Origin.ValuePlace(), Message: "there"}},
		})
		return nil
	})
	r.Step = "configure/<product>"
	result := run(t, small, r)
	if len(result.Findings) != 2 || result.Broken {
		t.Fatalf("%+v", result)
	}
	somewhere, here := result.Findings[0], result.Findings[1]
	if somewhere.Path != "acme/AppDesigner/appsettings.json" || somewhere.Start != (lint.Position{Line: 1, Column: 1}) || somewhere.Severity != lint.Warning ||
		somewhere.Why != "why" || somewhere.Deployment != "acme" || somewhere.Root != "acme" || somewhere.Rule != r || somewhere.Step != "" {
		t.Errorf("%+v", somewhere)
	}
	if here.Severity != lint.Error || here.Why != "its own" || here.Step != "" || here.Start != (lint.Position{Line: 1, Column: 14}) || here.End != (lint.Position{Line: 1, Column: 25}) ||
		here.Related[0].Path != here.Path || here.Related[0].Start.Column != 40 {
		t.Errorf("%+v", here)
	}
}

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		rule, finding string
		product       schema.Product
		want          string
	}{
		{"", "", schema.AppDesigner, ""},
		{"backup", "", "", "backup"},
		{"configure/<product>", "", schema.AppDesigner, "configure/app-designer"},
		{"configure/<product>", "", schema.AI, ""},
		{"configure/<product>", "", "", ""},
		{"configure/<product>", "backup", schema.AppDesigner, "backup"},
		{"configure/<product>", "-", schema.AppDesigner, ""},
		{"", "verify/<product>", schema.DataStreamDesigner, "verify/data-stream-designer"},
	} {
		r := rule("X1", func(p *lint.Pass) error {
			p.Report(lint.Finding{Message: "m", Product: c.product, Step: c.finding})
			return nil
		})
		r.Step = c.rule
		if got := run(t, small, r).Findings[0].Step; got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// Equal findings of several views are one, which names their environments.
func TestMerge(t *testing.T) {
	const base = "-- AppDesigner/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n"
	for _, c := range []struct{ name, archive, want string }{
		{"one view", base, "the switch is on"},
		{"a known environment", base + "-- xmpro.yaml --\nenvironment: Test\n-- AppDesigner/appsettings.Test.json --\n{}\n", "the switch is on"},
		{"all views", base + "-- AppDesigner/appsettings.Test.json --\n{}\n-- AppDesigner/appsettings.Production.json --\n{}\n", "the switch is on (environment: no overlay, Production, Test)"},
		{"views that differ", base + "-- AppDesigner/appsettings.Test.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n", "the switch is off (environment: Test)|the switch is on (environment: no overlay)"},
	} {
		var got []string
		for _, f := range run(t, c.archive, switches("X1")).Findings {
			got = append(got, f.Message)
		}
		slices.Sort(got)
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s: %q, want %q", c.name, text, c.want)
		}
	}
	// Folders of unknown products are nodes of one: each with its own views.
	archive := "-- x/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n" +
		"-- y/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n-- y/appsettings.Test.json --\n{ \"xmpro\": {} }\n"
	for _, f := range run(t, archive, switches("X1")).Findings {
		if has := strings.Contains(f.Message, "environment"); has != (f.Path == "y/appsettings.json") {
			t.Errorf("%s: %s", f.Path, f.Message)
		}
	}
}

// Nodes have findings of their own, also where they share a folder.
func TestNodes(t *testing.T) {
	archive := "-- xmpro.yaml --\nproducts: {app-designer: {nodes: [{name: a, path: one}, {name: b, path: one}]}}\n-- one/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n"
	r := switches("X1")
	r.Step = "configure/<product>"
	findings := run(t, archive, r).Findings
	if len(findings) != 2 || findings[0].Node != "a" || findings[1].Node != "b" || findings[0].Step != "configure/app-designer@a" || findings[0].Fingerprint == findings[1].Fingerprint {
		t.Errorf("%+v", findings)
	}
}

// Very many findings take a time that grows with their number.
func TestManyFindings(t *testing.T) {
	many := rule("X1", func(p *lint.Pass) error {
		for i := range 40000 {
			p.Report(lint.Finding{Message: fmt.Sprint("finding ", i%20000), Environments: []string{fmt.Sprint(i / 20000)}})
		}
		return nil
	})
	start := time.Now()
	result := run(t, small, many)
	if len(result.Findings) != 20000 || len(result.Findings[7].Environments) != 2 {
		t.Errorf("%d findings", len(result.Findings))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

// The order is path, position, rule, whatever the order of the rules.
func TestSort(t *testing.T) {
	archive := "-- b/appsettings.json --\n{ \"xmpro\": { \"appDesigner\": {\"x\": 1}, \"autoScale\": {\n\"connectionString\": \"h\", \"enabled\": true } } }\n-- a/web.config --\n<configuration><xmpro><autoScale enabled=\"true\" /></xmpro></configuration>\n"
	rules := []*lint.Rule{switches("X2"), switches("X1"), rule("X3", func(p *lint.Pass) error {
		for _, message := range []string{"b", "a"} {
			p.Report(lint.Finding{Message: message, Product: schema.AppDesigner})
		}
		return nil
	})}
	var want []string
	for i := range 5 {
		rand.Shuffle(len(rules), func(i, j int) { rules[i], rules[j] = rules[j], rules[i] })
		var got []string
		for _, f := range run(t, archive, rules...).Findings {
			got = append(got, fmt.Sprintf("%s:%d:%d %s %s %s", f.Path, f.Start.Line, f.Start.Column, f.Rule.ID, f.Message, f.Fingerprint))
		}
		if i == 0 {
			want = got
		}
		if !slices.Equal(got, want) || !slices.IsSorted(got) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// A rule that breaks becomes a finding, and the others still run.
func TestBrokenRules(t *testing.T) {
	cause := errors.New("no idea")
	secret := "hunter2"
	rules := []*lint.Rule{
		switches("X1"),
		rule("X2", func(*lint.Pass) error { return cause }),
		rule("X3", func(p *lint.Pass) error {
			p.Report(lint.Finding{Message: "lost"})
			var none []int
			_ = none[len(p.Deployment.Products)]
			return nil
		}),
		rule("X4", func(*lint.Pass) error { panic("the password is " + secret) }),
		rule("X5", func(*lint.Pass) error { var d *deployment.Deployment; _ = d.Name; return nil }),
		switches("X6"),
	}
	result := run(t, small, rules...)
	if !result.Broken || len(result.Findings) != 6 {
		t.Fatalf("%+v", result)
	}
	messages := map[string]string{}
	for _, f := range result.Findings {
		messages[f.Rule.ID] = f.Message
		if strings.ContainsAny(f.Message, "\n\t") || strings.Contains(f.Message, secret) || strings.Contains(f.Message, "goroutine") {
			t.Errorf("%s: %q", f.Rule.ID, f.Message)
		}
		if broken := f.Rule.ID != "X1" && f.Rule.ID != "X6"; broken != strings.Contains(f.Message, "broke") || broken && (f.Severity != lint.Error || f.Do == "" || f.Step != "") {
			t.Errorf("%+v", f)
		}
	}
	for id, want := range map[string]string{"X2": "no idea", "X3": "index out of range [1] with length 0", "X4": "string", "X5": "nil pointer"} {
		if !strings.Contains(messages[id], want) {
			t.Errorf("%s: %q does not say %q", id, messages[id], want)
		}
	}
	if !strings.Contains(messages["X3"], "runner_test.go:") {
		t.Errorf("it is not said where: %q", messages["X3"])
	}
}

func TestCancelledRun(t *testing.T) {
	cause := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	ran := false
	runner, err := lint.NewRunner([]*lint.Rule{
		rule("X1", func(*lint.Pass) error { cancel(cause); return nil }),
		rule("X2", func(*lint.Pass) error { ran = true; return nil }),
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := runner.Run(ctx, load(t, small)[0])
	if err != cause || ran || len(result.Findings) > 0 {
		t.Errorf("%v, %v, %+v", err, ran, result)
	}
}

// One runner serves several goroutines; what it keeps of one deployment is not
// seen in the next.
func TestConcurrentRuns(t *testing.T) {
	type key struct{}
	runner, err := lint.NewRunner([]*lint.Rule{
		switches("X1"),
		rule("X2", func(p *lint.Pass) error {
			root := lint.Once(p, key{}, func(d *deployment.Deployment) string { return d.Root })
			p.Report(lint.Finding{Message: root})
			return nil
		}),
		rule("X3", func(p *lint.Pass) error {
			root := lint.Once(p, key{}, func(d *deployment.Deployment) string { return "worked out twice" })
			p.Report(lint.Finding{Message: root})
			return nil
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	var archive strings.Builder
	for i := range 50 {
		fmt.Fprintf(&archive, "-- site-%d/AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": %t } } }\n", i, i%2 == 0)
	}
	all := load(t, archive.String())
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, d := range all {
				result, err := runner.Run(context.Background(), d)
				if err != nil || len(result.Findings) != 3 {
					t.Errorf("%s: %v, %+v", d.Root, err, result)
					return
				}
				for _, f := range result.Findings {
					if f.Rule.ID != "X1" && f.Message != d.Root || f.Root != d.Root {
						t.Errorf("%s: %s in %s", d.Root, f.Message, f.Root)
					}
				}
			}
		})
	}
	wait.Wait()
}

func TestSeverity(t *testing.T) {
	for s, want := range map[lint.Severity]string{lint.Info: "info", lint.Warning: "warning", lint.Error: "error", 0: "severity(0)"} {
		if got := s.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if lint.Info >= lint.Warning || lint.Warning >= lint.Error {
		t.Error("the severities are in a wrong order")
	}
}

func TestURL(t *testing.T) {
	r := rule("X1", nil)
	if !strings.HasPrefix(r.URL(), lint.URL) || !strings.Contains(r.URL(), "X1") || r.Analyzer().URL != r.URL() || r.Analyzer().Name != "X1" {
		t.Errorf("%s, %s", r.URL(), r.Analyzer().URL)
	}
}

// A rule that runs without a runner works things out for itself.
func TestOnceAlone(t *testing.T) {
	calls := 0
	p := &lint.Pass{Deployment: load(t, small)[0]}
	type key struct{ n int }
	for range 3 {
		for n := range 2 {
			if got := lint.Once(p, key{n}, func(*deployment.Deployment) int { calls++; return n }); got != n {
				t.Errorf("%d, want %d", got, n)
			}
		}
	}
	if calls != 2 {
		t.Errorf("%d calls", calls)
	}
	var m lint.Memo
	m.Reset()
}
