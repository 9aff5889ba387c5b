package config_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xmlint/xmlint/config"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
	"github.com/xmlint/xmlint/schema"
)

func TestParse(t *testing.T) {
	c, err := config.Parse(".xmlint.yaml", []byte(`
# What we want to see.
severities:
  XM2012: off
  redis-plaintext-secret: error
  xm0007: info
disable: [XM2016]
exclude: [archive, "./old/**/"]
suppress:
  - rules: [XM3006, redis-abort-connect]
    paths: contoso
    reason: >
      rotated
      weekly
    until: 2027-01-31
  - {rules: XM1002, paths: ["a/*", b], until: 5.0}
products: [app-designer, ai]
environment: Production
fail-on: warning
baseline: known.json
`), rules.All())
	if err != nil {
		t.Fatal(err)
	}
	type facts struct {
		Severities map[string]lint.Severity
		Off        []string
		Exclude    config.Globs
		Products   []schema.Product
		Others     []string
	}
	got := facts{c.Severities, c.Off, c.Exclude, c.Products, []string{c.Environment, c.FailOn, c.Baseline}}
	want := facts{
		map[string]lint.Severity{"XM3006": lint.Error, "XM0007": lint.Info}, []string{"XM2012", "XM2016"},
		config.Globs{"archive", "old/**"}, []schema.Product{schema.AppDesigner, schema.AI}, []string{"Production", "warning", "known.json"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	first, second := c.Suppress[0], c.Suppress[1]
	if first.Reason != "rotated weekly" || first.Until != "2027-01-31" || strings.Join(first.Rules, " ") != "XM3006 XM3004" || first.Start.Line != 10 {
		t.Errorf("%+v", first)
	}
	if second.Reason != "" || !second.End.IsVersion() || len(second.Paths) != 2 || second.RuleStarts[0].Column != 13 {
		t.Errorf("%+v", second)
	}
}

func TestParseFaults(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"# nothing\n", ""},
		{"severities:\nsuppress:\n", ""},
		{"failon: warning", `1:1: the key "failon" is not known; did you mean "fail-on"?`},
		{"fail-on: warnings", `1:10: fail-on: the value is not one that is known; did you mean "warning"?`},
		{"severities: {XM3006: eror}", `1:22: severities.XM3006: the value is not one that is known; did you mean "error"?`},
		{"severities:\n  XM9999: off", `2:3: there is no rule "XM9999"; see: xmlint rules`},
		{"severities:\n  redis-plaintext-secrets: off", `2:3: there is no rule "redis-plaintext-secrets"; did you mean "redis-plaintext-secret"?`},
		{"severities: {XM3006: info, redis-plaintext-secret: error}", `1:28: XM3006 (redis-plaintext-secret) stands here a second time; keep one of the two`},
		{"severities: {XM3006: off, redis-plaintext-secret: error}", `1:27: XM3006 (redis-plaintext-secret) stands here a second time; keep one of the two`},
		{"severities: {redis-plaintext-secret: warning, xm3006: off}", `1:47: XM3006 (redis-plaintext-secret) stands here a second time; keep one of the two`},
		{"exclude: ''", `1:10: the glob is empty; give one, or leave the key out`},
		{"exclude: '!keep'", `1:10: "!keep" takes nothing back: no glob does here; name what is meant; a ! that a name begins with is [!]`},
		{"exclude: a/../b", `1:10: "a/../b" has a .. in it; write the way without it`},
		{"exclude: /a", `1:10: "/a" leaves the folder of this file; write it relative to the folder of this file`},
		{"disable: [XM0002]", `1:11: XM0002 (invalid-json) cannot be switched off; take it out, and mend what it finds`},
		{"disable: [{}]", `1:11: disable[0]: expected string, but got object; ` + docs},
		{"suppress:\n- {rules: XM0007, paths: a}", `2:11: XM0007 (unused-suppression) cannot be suppressed; take it out, and mend what it finds`},
		{"suppress:\n- {rules: XM3006}", `2:3: suppress[0]: one of the keys rules, paths is missing; add it`},
		{"suppress:\n- {rules: XM3006, paths: a, until: soon}", `2:36: until: "soon" is neither a date nor a version; write it as 2027-01-31, or as 5.0 for a version of XMPro`},
		{"suppress:\n- {rules: XM3006, paths: a, until: 2027-02-30}", `2:36: until: "2027-02-30" is neither a date nor a version; write it as 2027-01-31, or as 5.0 for a version of XMPro`},
		{"exclude: ['[a']", `1:11: "[a" is not a glob; close its brackets and braces`},
		{`exclude: 'a\b'`, `1:10: "a\\b" has a backslash; write / between folders`},
		{"exclude: ../a", `1:10: "../a" leaves the folder of this file; write it relative to the folder of this file`},
		{"products: [appdesigner]", `1:12: products[0]: the value is not one that is known; did you mean "app-designer"?`},
		{"exclude: *a", `1:10: the file is not YAML: unknown anchor 'a' referenced; quote values that hold a colon, a # or a bracket, and indent with blanks`},
		{"exclude: &a b", `1:10: anchors and aliases are not read; write the value out`},
		{"environment: ''", `1:14: environment: the value is empty; give one, or leave the key out`},
		{"fail-on: \"wa\\x72ning!\" # x", `1:10: fail-on: the value is not one that is known; did you mean "warning"?`},
		{"fail-on: error\nfail-on: error", `2:1: the key "fail-on" stands here a second time; keep one of the two`},
		{"a: [", `1:5: the file is not YAML`},
		{"fail-on: x\nb: 1", "1:10: fail-on: the value is not one that is known; the values are: error, warning, info, never\n2:1: the key \"b\" is not known; the keys here are: baseline, disable, environment, exclude, fail-on, products, severities, suppress"},
	} {
		_, err := config.Parse("x", []byte(c.text), rules.All())
		got := ""
		var e *config.Error
		if errors.As(err, &e) {
			got = strings.ReplaceAll("\n"+e.Error(), "\nx:", "\n")[1:]
		}
		if got != c.want && (c.want == "" || !strings.HasPrefix(got, c.want)) {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

const docs = "see docs/configuration.md, or run: xmlint schema config"

func TestGlobs(t *testing.T) {
	for _, c := range []struct {
		glob, path string
		want       bool
	}{
		{"contoso", "contoso/AD/appsettings.json", true},
		{"contoso", "contoso", true},
		{"contoso", "contoso2/AD/appsettings.json", false},
		{"contoso", "a/contoso/appsettings.json", true},
		{"contoso/AD", "a/contoso/AD/appsettings.json", false},
		{"**/contoso", "a/contoso/appsettings.json", true},
		{"contoso/**", "contoso/AD/appsettings.json", true},
		{"*/AD", "contoso/AD/appsettings.json", true},
		{"**/appsettings.*.json", "contoso/AD/appsettings.Test.json", true},
		{"**", "a", true},
		{"*.json", "a/b.json", true},
		{"./*.json", "a/b.json", false},
	} {
		if got := (config.Globs{c.glob}).Match(c.path); got != c.want {
			t.Errorf("%s on %s: %v", c.glob, c.path, got)
		}
	}
	globs := config.Globs{"old", "old/a/**", "**/AI", "x"}
	if globs.MatchBelow("old/a", "old/a/AD/appsettings.json") || !globs.MatchBelow("old/a", "old/a/AI/appsettings.json") || !globs.MatchBelow(".", "old/a/AD") ||
		!globs.MatchBelow("old/a", "old/a/x/AD/appsettings.json") || globs.MatchBelow("x", "x/AD") {
		t.Error("what is asked for is read, for the rest globs count")
	}
}

// What stands for the folder itself is no part of a path.
func TestPlainGlobs(t *testing.T) {
	for written, want := range map[string]string{
		".": "**", "./": "**", "a/./b": "a/b", "a//b/": "a/b", "./a/.": "a", "././a": "a", "...": "...", ".*/a": ".*/a", "**/": "**",
	} {
		c, err := config.Parse("x", []byte("exclude: '"+written+"'"), rules.All())
		if err != nil || len(c.Exclude) != 1 || c.Exclude[0] != want {
			t.Errorf("%s: %v %v, want %s", written, c, err, want)
		}
	}
}

func TestNearest(t *testing.T) {
	there := map[string]bool{"/r/.git": true, "/r/.xmlint.yaml": true, "/r/a/.hg": true, "/.xmlint.yaml": true, "/r/b/c/.xmlint.yaml": true, "/r/y/.xmlint.yml": true}
	for dir, want := range map[string]string{
		"/r/b/c/d": "/r/b/c/.xmlint.yaml", "/r/b": "/r/.xmlint.yaml", "/r": "/r/.xmlint.yaml",
		"/r/a/x": "", "/r/y/z": "/r/y/.xmlint.yml", "/s/t": "/.xmlint.yaml", "/": "/.xmlint.yaml",
	} {
		if got := config.Nearest(dir, func(name string) bool { return there[name] }); got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
}

func TestJudge(t *testing.T) {
	c, err := config.Parse("conf/.xmlint.yaml", []byte(`suppress:
- {rules: [XM3006, XM2012], paths: a, reason: r}
- {rules: XM3006, paths: a}
- {rules: XM3006, paths: a, reason: r, until: 2027-01-30}
`), rules.All())
	if err != nil {
		t.Fatal(err)
	}
	s := c.Settings(func(path string) (string, bool) { return path, true })
	s.Today = time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)
	for whole, want := range map[bool]string{
		true:  "XM0007 2:12 XM0007 2:20 XM0009 3:3 XM0008 4:47",
		false: "XM0009 3:3 XM0008 4:47",
	} {
		var got []string
		for _, f := range c.Judge(s, rules.All(), whole) {
			got = append(got, fmt.Sprintf("%s %d:%d", f.Rule.ID, f.Start.Line, f.Start.Column))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

// Whatever the file holds, reading it ends, and what is wrong has a place in it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"severities: {XM2012: off}", "suppress:\n- {rules: XM3006, paths: [a], reason: r, until: 5.0}", "disable: [XM0002]", "a: &b [*b]", "\xef\xbb\xbfexclude: '['", "{{{{", "? a\n: b", "--- \n...\n---",
	} {
		f.Add([]byte(seed))
	}
	all := rules.All()
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := config.Parse("x", text, all)
		var e *config.Error
		if err == nil {
			return
		}
		if !errors.As(err, &e) || len(e.Problems) == 0 {
			t.Fatalf("%q: %v", text, err)
		}
		for _, p := range e.Problems {
			if p.Position.Line < 1 || p.Position.Column < 1 || p.Message == "" {
				t.Fatalf("%q: %+v", text, p)
			}
		}
	})
}
