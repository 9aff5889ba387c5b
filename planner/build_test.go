package planner

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func TestWishedRelease(t *testing.T) {
	for _, c := range []struct {
		installed, to, want string // the target, or a part of the error
		fails               bool
	}{
		{"4.2.3", "", "4.6.1", false},
		{"4.2.3", "4.3.2", "4.3.2", false},
		{"4.2.3", "v4.4.19", "4.4.19", false},
		{"4.3.1", "", "", false},
		{"4.3.1", "4.3.1", "", false},
		{"4.3.1", "4.3.1.0", "", false},
		{"4.3.1", "4.6", "4.6.0", false},
		{"4.2.3", "4.3.0", "older than 4.3.1", true},
		{"4.2.3", "4.4.12", "nearest known: 4.4.9, 4.4.10, 4.4.13, 4.4.14", true},
		{"4.2.3", "9.9", "nearest known: 4.5.4, 4.5.5, 4.6.0, 4.6.1", true},
		{"4.2.3", "latest", "not a version", true},
		{"4.2.3", "5.0.0", "test builds", true},
		{"4.6.1", "4.4.19", "no way back", true},
	} {
		p, err := Build(build(c.installed).three(off).d, nil, Options{To: c.to})
		if c.fails {
			var fault *ReleaseError
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s to %q: %v, want %q", c.installed, c.to, err, c.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s to %q: %v", c.installed, c.to, err)
			continue
		}
		if p.Target != c.want || (p.Step("upgrade-xmpro") != nil) != (c.want != "") {
			t.Errorf("%s to %q: target %q, want %q", c.installed, c.to, p.Target, c.want)
		}
	}
	p, err := Build(build("6.0").three(off).d, nil, Options{})
	if err != nil || len(p.Notes) == 0 || !strings.Contains(p.Notes[0], "newer than 4.6.1") {
		t.Errorf("6.0: %v, %v", p, err)
	}
}

// TestSuiteVersion looks at products of different versions.
func TestSuiteVersion(t *testing.T) {
	b := build("4.6.1").three(off)
	b.d.Products[1].Versions = []deployment.Evidence{{Version: schema.ParseVersion("latest")}, {Version: schema.ParseVersion("4.2.3"), Source: "deps.json"}}
	p, _ := Build(b.d, nil, Options{})
	if p.Step("upgrade-xmpro") == nil {
		t.Error("one old product does not upgrade the suite")
	}
	b = build("4.6.1").three(off).product(schema.StreamHost, 0, 0, node{})
	b.d.Products[3].Versions = []deployment.Evidence{{Version: schema.ParseVersion("4.2.3")}}
	p, _ = Build(b.d, nil, Options{})
	if p.Step("upgrade-xmpro") != nil {
		t.Error("an old Stream Host upgrades the suite")
	}
}

// TestBecause gives findings to the steps that they name, and reopens steps
// that look done.
func TestBecause(t *testing.T) {
	warn := &lint.Rule{ID: "XM3004", Severity: lint.Warning}
	info := &lint.Rule{ID: "XM2012", Severity: lint.Info}
	partial := &lint.Rule{ID: "XM2002", Severity: lint.Warning}
	finding := func(r *lint.Rule, step, node string) lint.Finding {
		return lint.Finding{Rule: r, Severity: r.Severity, Step: step, Node: node, Root: "acme", Path: "acme/x.json", Start: lint.Position{Line: 7}, Fingerprint: r.ID + node}
	}
	findings := []lint.Finding{
		finding(warn, "configure/app-designer", "n2"),
		finding(info, "configure/data-stream-designer", ""),
		finding(partial, "configure/subscription-manager", ""),
		{Rule: warn, Severity: lint.Error, Step: "configure/data-stream-designer", Root: "other"},
		{Rule: warn, Severity: lint.Error},
	}
	b := build("4.6.1").product(ad, 0, 0, node{name: "n1", state: on}, node{name: "n2", state: on}).product(ds, 1, 0, node{state: on}).product(sm, 1, 0, node{state: on})
	p, err := Build(b.d, findings, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]struct {
		status Status
		rules  []string
	}{
		"configure/app-designer@n1":      {StepDone, nil},
		"configure/app-designer@n2":      {StepTodo, []string{"XM3004"}},
		"configure/data-stream-designer": {StepDone, []string{"XM2012"}},
		"configure/subscription-manager": {StepDone, []string{"XM2002"}},
	} {
		st := p.Step(id)
		var rules []string
		for _, b := range st.Because {
			rules = append(rules, b.Rule)
			if b.Line != 7 || b.Path == "" || b.Fingerprint == "" {
				t.Errorf("%s: %+v", id, b)
			}
		}
		if st.Status != want.status || !slices.Equal(rules, want.rules) {
			t.Errorf("%s: %s because %v", id, st.Status, rules)
		}
	}
	// The step of one node, named by the finding itself.
	p, _ = Build(b.d, []lint.Finding{finding(warn, "configure/app-designer@n1", "n1")}, Options{})
	if st := p.Step("configure/app-designer@n1"); st.Status != StepTodo || len(st.Because) != 1 {
		t.Errorf("%+v", st)
	}
	// Keys that are found to differ reopen a plan with nothing left.
	p, _ = Build(build("4.6.1").three(on).d, []lint.Finding{finding(&lint.Rule{ID: "XM4007", Severity: lint.Warning}, "share-keys", "")}, Options{})
	if st := p.Step("share-keys"); st == nil || p.State != Ready || len(st.Do) == 0 {
		t.Error("share-keys is not in the plan")
	}
}

func TestEditsAreAskedFor(t *testing.T) {
	var asked []string
	edits := func(product schema.Product, node string) []Edit {
		asked = append(asked, string(product)+"@"+node)
		return []Edit{{Path: "x", Diff: "-a\n+b\n"}}
	}
	b := build("4.6.1").product(ad, 0, 0, node{name: "n1", state: off}, node{name: "n2", state: on}).product(ds, 1, 0, node{state: off})
	p, err := Build(b.d, nil, Options{Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"app-designer@n1", "data-stream-designer@"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q", asked)
	}
	if st := p.Step("configure/app-designer@n1"); len(st.Edits) != 1 || st.Edits[0].Path != "x" {
		t.Errorf("edits %v", st.Edits)
	}
}

// TestLossOfScaleIn: what Apps on old connectors keep on the nodes that stop
// is lost as well.
func TestLossOfScaleIn(t *testing.T) {
	for _, instances := range []int{1, 2} {
		b := build("4.6.1").product(ad, instances, 0, node{state: on}).product(ds, 2, 0, node{state: on}).connectors("1.07", "2.0").app("Shift Log", "1.07", "false")
		if st := plan(t, b, Options{Off: true}).Step("scale-in"); strings.Contains(st.DataLoss, "Shift Log") != (instances == 2) {
			t.Errorf("%d instances: %q", instances, st.DataLoss)
		}
	}
}

// TestLosses looks at what the plan says about data.
func TestLosses(t *testing.T) {
	b := build("4.2.3").three(off).connectors("1.07").app("Pump Health", "1.07", "true").app("Shift Log", "1.07", "false").app("Tanks", "2.0", "")
	p, err := Build(b.d, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"backup", "upgrade-xmpro", "configure/app-designer"} {
		if loss := p.Step(id).DataLoss; !strings.Contains(loss, "Pump Health and Shift Log") {
			t.Errorf("%s loses %q", id, loss)
		}
		if !p.warns("XM5004", id) {
			t.Errorf("%s carries no warning", id)
		}
	}
	if p.Step("configure/data-stream-designer").DataLoss != "" {
		t.Error("Data Stream Designer loses data")
	}
	if st := p.Step("upgrade-app/pump-health"); !p.warns("XM5003", st.ID) || st.DataLoss == "" || !st.Optional || !st.PointOfNoReturn {
		t.Errorf("%+v", st)
	}
	sum := p.Summary()
	if sum.Steps != 13 || sum.Optional != 1 || sum.Restarts != 5 || len(sum.DataLoss) != 4 {
		t.Errorf("%+v", sum)
	}
	if p, _ := Build(build("4.3.1").three(off).connectors("2.0").app("Tanks", "2.0", "").d, nil, Options{}); p.Step("configure/app-designer").DataLoss != "" {
		t.Error("a connector of 2.0 loses data")
	}
	if p, _ := Build(build("4.3.1").three(off).d, nil, Options{}); !strings.Contains(p.Step("configure/app-designer").DataLoss, "if there are such Apps") {
		t.Error("nothing is said about Apps that are not known")
	}
}

func TestInvariantsExplain(t *testing.T) {
	for _, opts := range []Options{{}, {Off: true}} {
		b := build("4.2.3").product(ad, 0, 4, node{name: "n1", state: on}, node{name: "n2", state: off}).product(sm, 1, 0, node{sealed: true}).connectors("1.07").app("Pump Health", "1.07", "true")
		p, err := Build(b.d, nil, opts)
		if err != nil {
			t.Fatal(err)
		}
		all := p.Invariants()
		if len(all) < 8 {
			t.Errorf("%d invariants", len(all))
		}
		ids := map[string]bool{}
		for _, inv := range all {
			if ids[inv.ID] || inv.Text == "" || len(inv.Why) == 0 {
				t.Errorf("%+v", inv)
			}
			ids[inv.ID] = true
			if inv.Why[0] == "no step that is left could break it" && !opts.Off {
				t.Errorf("%s holds by itself", inv.ID)
			}
		}
	}
}

// TestSameInputSameBytes builds one plan many times.
func TestSameInputSameBytes(t *testing.T) {
	first := ""
	for range 20 {
		p, err := Build(large().done("capture", "backup", "nonsense", "verify/redis").d, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(p)
		if first == "" {
			first = string(text)
		}
		if first != string(text) {
			t.Fatal("two plans differ")
		}
	}
	if !strings.Contains(first, "nonsense as done, which is no step") {
		t.Error("a step that does not exist is not mentioned")
	}
}

func TestManifestIsNotNeeded(t *testing.T) {
	b := build("").three(off)
	b.d.Manifest = nil
	p, err := Build(b.d, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p.State != Blocked || !strings.Contains(p.Note, "installed version") {
		t.Errorf("%s: %s", p.State, p.Note)
	}
}
