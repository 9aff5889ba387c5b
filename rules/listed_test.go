package rules

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/lint"
)

// TestListed judges encrypted sections whose steps the manifest lists as done:
// nothing else can show that they were taken.
func TestListed(t *testing.T) {
	sealed := func(manifestText, folder string) string {
		return manifest(manifestText) + file(folder+"/web.config", "<configuration>\n"+webHead+encryptedExample("RsaProtectedConfigurationProvider")+"</configuration>")
	}
	one := "products: {subscription-manager: {path: SM, instances: 1, target_instances: 2}}\ndone: "
	two := "products: {subscription-manager: {nodes: [{name: a, path: SM}, {name: b, path: other}]}}\ndone: "
	for _, c := range []struct {
		rule, files string
		listed      bool
		step        string
	}{
		{"XM4001", sealed(one+"[]", "SM"), false, "decrypt/subscription-manager"},
		{"XM4001", sealed(one+"[{step: decrypt/subscription-manager}]", "SM"), false, "decrypt/subscription-manager"},
		{"XM4001", sealed(one+"[{step: encrypt/subscription-manager}]", "SM"), true, ""},
		{"XM4001", sealed(one+"[{step: configure/subscription-manager}]", "SM"), true, ""},
		{"XM4001", sealed(two+"[{step: encrypt/subscription-manager@b}]", "SM"), false, "decrypt/subscription-manager@a"},
		{"XM4001", sealed(two+"[{step: encrypt/subscription-manager@a}]", "SM"), true, ""},
		{"XM4001", sealed(two+"[{step: encrypt/subscription-manager}]", "SM"), true, ""},
		{"XM4002", sealed(one+"[]", "SM"), false, "share-keys"},
		{"XM4002", sealed(one+"[{step: share-keys}]", "SM"), true, ""},
		{"XM4007", manifest("products: {subscription-manager: {path: SM, instances: 2}}") + sm(smOn), false, "share-keys"},
		{"XM4007", manifest("products: {subscription-manager: {path: SM, instances: 2}}\ndone: [{step: share-keys}]") + sm(smOn), true, ""},
		{"XM4007", manifest("products: {subscription-manager: {path: SM, instances: 2}}\ndone: [{step: share-keys}]") +
			strings.Replace(sm(smOn), "</configuration>", `<system.web><machineKey validationKey="AutoGenerate" /></system.web></configuration>`, 1), false, "share-keys"},
	} {
		want := lint.Warning
		if c.listed {
			want = lint.Info
		}
		found := findings(t, c.files, Find(c.rule))
		if len(found) != 1 || found[0].Severity != want || found[0].Step != c.step {
			t.Errorf("%s in\n%s\nis %+v", c.rule, c.files, found)
		}
	}
}

// TestDriftStep sends to the node that is to be switched on.
func TestDriftStep(t *testing.T) {
	for _, c := range []struct{ first, second, step string }{
		{on, off, "configure/app-designer@n2"},
		{off, on, "configure/app-designer@n1"},
	} {
		for _, f := range findings(t, nodes("app-designer", "a", "b")+product("a", c.first)+product("b", c.second), Find("XM2015")) {
			if f.Step != c.step {
				t.Errorf("%s, then %s: the step is %s", c.first, c.second, f.Step)
			}
		}
	}
}
