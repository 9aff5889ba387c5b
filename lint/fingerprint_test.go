package lint_test

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/lint"
)

// prints are the fingerprints of what the switches rule, and the one about
// sharing, find.
func prints(t *testing.T, archive string) string {
	t.Helper()
	all := load(t, archive)
	own, _ := across(t, all, switches("X1"))
	_, shared := across(t, all, sharing())
	var b strings.Builder
	for _, f := range append(own, shared...) {
		b.WriteString(f.Fingerprint + " ")
	}
	return b.String()
}

// A fingerprint follows from what a finding is about: not from values, lines,
// or the name of a folder where the manifest names the deployment.
func TestFingerprints(t *testing.T) {
	const manifest = "-- acme/xmpro.yaml --\nname: acme\n"
	const settings = "-- acme/AppDesigner/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h1 h2\" } } }\n-- acme/AppDesigner/appsettings.Test.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n"
	const other = "-- zeta/AppDesigner/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"connectionString\": \"h2 h1\" } } }\n"
	base := prints(t, manifest+settings+other)
	if n := len(strings.Fields(base)); n != 5 {
		t.Fatalf("%d findings", n)
	}
	for name, archive := range map[string]string{
		"other values":      strings.ReplaceAll(manifest+settings+other, "h1", "h9"),
		"other state":       strings.ReplaceAll(manifest+settings+other, "true", "false"),
		"other lines":       strings.ReplaceAll(manifest+settings+other, "{ \"autoScale\"", "{\n\n \"autoScale\""),
		"another casing":    strings.ReplaceAll(manifest+settings+other, "autoScale", "AUTOSCALE"),
		"the folder's name": strings.ReplaceAll(manifest+settings, "acme/", "renamed/") + other,
		"a product's":       strings.ReplaceAll(manifest+settings, "acme/AppDesigner", "acme/XMPro-AD") + other,
	} {
		if got := prints(t, archive); got != base {
			t.Errorf("%s: %s, want %s", name, got, base)
		}
	}
	for name, archive := range map[string]string{
		"another name":                    strings.Replace(manifest, "name: acme", "name: contoso", 1) + settings + other,
		"another folder without manifest": strings.ReplaceAll(settings, "acme/", "renamed/") + other,
		"another product":                 strings.ReplaceAll(manifest+settings, "AppDesigner", "DataStreamDesigner") + other,
		"another environment":             strings.ReplaceAll(manifest+settings, "appsettings.Test", "appsettings.Prod") + other,
	} {
		if got := prints(t, archive); got == base {
			t.Errorf("%s: the fingerprints are the same", name)
		}
	}
	seen := map[string]bool{}
	for p := range strings.FieldsSeq(base) {
		if seen[p] {
			t.Errorf("%s stands for two findings", p)
		}
		seen[p] = true
	}
}

// Equal findings are told apart by their order.
func TestOrdinals(t *testing.T) {
	r := rule("X1", func(p *lint.Pass) error {
		for _, message := range []string{"one", "two", "three"} {
			p.Report(lint.Finding{Message: message})
		}
		return nil
	})
	seen := map[string]bool{}
	for _, f := range run(t, small, r).Findings {
		if len(f.Fingerprint) != 32 || seen[f.Fingerprint] {
			t.Errorf("%q", f.Fingerprint)
		}
		seen[f.Fingerprint] = true
	}
	if lint.Fingerprint("a", "bc") == lint.Fingerprint("ab", "c") {
		t.Error("parts run together")
	}
}
