package planner_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/rules"
)

// linted plans the only deployment of a tree with its findings.
func linted(t *testing.T, files map[string]string, opts planner.Options) *planner.Plan {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree["acme/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	all, err := deployment.Load(context.Background(), tree, ".", deployment.Options{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d deployments, %v", len(all), err)
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	result, err := runner.Run(context.Background(), all[0])
	if err != nil {
		t.Fatal(err)
	}
	p, err := planner.Build(all[0], result.Findings, opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func because(st *planner.Step) (rules []string) {
	for _, b := range st.Because {
		rules = append(rules, b.Rule)
	}
	return rules
}

const (
	manifestOf = "version: 4.3.6\nhosting: iis\nconnectors: {data-streams: [\"2.01\"]}\n"
	designer   = `{"xmpro": {"appDesigner": {}, "autoScale": {"enabled": false}}}`
	sealedXML  = ` configProtectionProvider="XMProRsa"><EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element" xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc" /><CipherData><CipherValue>bm8gcmVhbCBkYXRh</CipherValue></CipherData></EncryptedData>`
	webHead    = `<configuration><configSections><section name="xmpro" type="X, X" /></configSections>`
)

// TestWhatAStepWaitsFor: a step that waits for a file names what is wrong with
// it, and one whose folder is not there waits.
func TestWhatAStepWaitsFor(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		step  string
		rules []string
		waits string
	}{
		{"a file that is not JSON", map[string]string{"xmpro.yaml": manifestOf, "AppDesigner/appsettings.json": `{"xmpro": {"autoScale": `},
			"configure/app-designer", []string{"XM0002"}, "a readable acme/AppDesigner/appsettings.json"},
		{"a key twice", map[string]string{"xmpro.yaml": manifestOf, "AppDesigner/appsettings.json": `{"xmpro": {"autoScale": {"enabled": true, "Enabled": true}}}`},
			"configure/app-designer", []string{"XM0004"}, "a readable acme/AppDesigner/appsettings.json"},
		{"a file that is not XML", map[string]string{"xmpro.yaml": manifestOf, "SubscriptionManager/web.config": `<configuration><xmpro>`},
			"configure/subscription-manager", []string{"XM0003"}, "a readable acme/SubscriptionManager/web.config"},
		{"a folder that is not there", map[string]string{"xmpro.yaml": manifestOf + "products:\n  subscription-manager: {path: SM}\n", "AppDesigner/appsettings.json": designer},
			"configure/subscription-manager", []string{"XM0006"}, "in SM, the folder that acme/xmpro.yaml:5 names"},
		{"a node's folder that is not there", map[string]string{"xmpro.yaml": manifestOf + "products:\n  app-designer:\n    nodes: [{name: a, path: AD}, {name: b, path: B}]\n", "AD/appsettings.json": designer},
			"configure/app-designer@b", []string{"XM0006"}, "in B, the folder that acme/xmpro.yaml:6 names"},
	} {
		p := linted(t, test.files, planner.Options{})
		st := p.Step(test.step)
		switch {
		case st == nil:
			t.Errorf("%s: no step %s", test.name, test.step)
		case st.Status != planner.StepBlocked || p.State != planner.Blocked:
			t.Errorf("%s: the step is %s, the plan %s", test.name, st.Status, p.State)
		case !slices.Equal(because(st), test.rules):
			t.Errorf("%s: because of %v", test.name, because(st))
		case !strings.Contains(strings.Join(st.WaitsFor, "; "), test.waits):
			t.Errorf("%s: waits for %q", test.name, st.WaitsFor)
		}
		if p.Step("configure/app-designer@a") != nil && p.Step("configure/app-designer@a").Status != planner.StepTodo {
			t.Errorf("%s: the other node waits too", test.name)
		}
	}
	// A product that the manifest names without a folder lies elsewhere: its
	// steps are taken there.
	p := linted(t, map[string]string{"xmpro.yaml": manifestOf + "products:\n  subscription-manager: {instances: 1}\n", "AppDesigner/appsettings.json": designer}, planner.Options{})
	if st := p.Step("configure/subscription-manager"); p.State != planner.Ready || st == nil || !strings.Contains(strings.Join(st.Notes, ""), "not in the tree") {
		t.Errorf("%s: %+v", p.State, st)
	}
}

// TestSealedAppSettings: where only appSettings is encrypted, the step that
// decrypts it says why, as long as the manifest does not say that it was done.
func TestSealedAppSettings(t *testing.T) {
	files := map[string]string{
		"xmpro.yaml":                     manifestOf,
		"SubscriptionManager/web.config": webHead + `<xmpro><autoScale enabled="false" connectionString="" /></xmpro><appSettings` + sealedXML + `</appSettings></configuration>`,
	}
	p := linted(t, files, planner.Options{})
	if st := p.Step("decrypt/subscription-manager"); st == nil || st.Status != planner.StepTodo || !slices.Equal(because(st), []string{"XM4001"}) {
		t.Errorf("%+v", st)
	}
	files["xmpro.yaml"] += "done: [{step: configure/subscription-manager}, {step: encrypt/subscription-manager}]\n"
	if st := linted(t, files, planner.Options{}).Step("decrypt/subscription-manager"); st == nil || st.Status != planner.StepDone || len(st.Because) > 0 {
		t.Errorf("%+v", st)
	}
}
