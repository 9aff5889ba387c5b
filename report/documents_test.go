package report

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

func loadAll(t *testing.T, name string) []*deployment.Deployment {
	t.Helper()
	all, err := deployment.Load(context.Background(), files(t, name), ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func validText(t *testing.T, name, text string) {
	t.Helper()
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	valid(t, name, document)
}

func TestShowGolden(t *testing.T) {
	for _, all := range []bool{false, true} {
		var shown []Shown
		for _, d := range loadAll(t, "show.txtar") {
			shown = append(shown, Show(d, all))
		}
		for _, format := range ShowFormats() {
			d, err := NewShows(format, testOptions)
			if err != nil {
				t.Fatal(err)
			}
			text := textOf(d, shown...)
			noSecrets(t, text)
			ending := map[string]string{"text": "txt", "json": "json"}[format]
			if format == "json" {
				validText(t, "show", text)
			}
			golden(t, map[bool]string{false: "show.", true: "showall."}[all]+ending, text)
		}
	}
}

func redisStrings() []*RedisString {
	var all []*RedisString
	for _, s := range []string{
		"h", "", "contoso.redis.cache.windows.net:6380,password=Fx7日本,ssl=True,abortConnect=False", "[::1]:1,h:x,/tmp/s",
		"cache:6380,pasword=Fx7,ssl=maybe", "h,tunnel=x", "h\x1b[31m,password=Fx7",
	} {
		r := NewRedisString(s)
		for _, f := range rules.JudgeString(s) {
			r.Add(s, f.Rule, f.Severity, f.Span, f.Message, f.Do)
		}
		all = append(all, r)
	}
	return all
}

func TestRedis(t *testing.T) {
	for _, format := range RedisFormats() {
		d, err := NewRedis(format, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		text := textOf(d, redisStrings()...)
		noSecrets(t, text)
		for _, r := range text {
			if r != '\n' && !visible.Shows(r) {
				t.Errorf("%s: %q", format, r)
			}
		}
		if format != "json" {
			continue
		}
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		if len(lines) != len(redisStrings()) {
			t.Errorf("%d lines for %d strings", len(lines), len(redisStrings()))
		}
		for _, line := range lines {
			validText(t, "redis", line)
		}
	}
}

// What stands in a string does not begin a line of its own.
func TestRedisLines(t *testing.T) {
	d, err := NewRedis("text", testOptions)
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(d, NewRedisString("h:1\nserver: x,name=a\nb,\t"))
	for _, want := range []string{`server: h:1\nserver: x`, `name=a\nb`} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("%s has no %s", text, want)
		}
	}
}

// Columns count the characters of the string, carets those of the masked one.
func TestRedisColumns(t *testing.T) {
	const s = "ünï:6380,password=12345678,ssl=false"
	r := NewRedisString(s)
	rule := &lint.Rule{ID: "XM3003", Name: "n", Severity: lint.Warning}
	at := strings.Index(s, "ssl")
	r.Add(s, rule, lint.Warning, struct{ Start, End int }{at, len(s)}, "m", "")
	r.Add(s, rule, lint.Warning, struct{ Start, End int }{strings.Index(s, "1234"), strings.Index(s, "5678")}, "m", "")
	if f := r.Findings[0]; f.Column != 28 || f.EndColumn != 37 || r.Masked[f.from:f.to] != "ssl=false" {
		t.Errorf("%+v in %s", f, r.Masked)
	}
	if f := r.Findings[1]; f.Column != 19 || f.EndColumn != 23 || r.Masked[f.from:f.to] != "*****" {
		t.Errorf("%+v in %s", f, r.Masked)
	}
}

func TestCatalogue(t *testing.T) {
	var all []CatalogueRule
	for _, r := range rules.All() {
		all = append(all, NewCatalogueRule(r))
	}
	list, err := NewCatalogue("json", testOptions)
	if err != nil {
		t.Fatal(err)
	}
	validText(t, "rules", textOf(list, all...))
	text, err := NewCatalogue("text", testOptions)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(textOf(text, all...), "\nXM"); n != len(all)-1 {
		t.Errorf("%d lines for %d rules", n+1, len(all))
	}
	for _, r := range all {
		one, err := NewExplain("json", testOptions)
		if err != nil {
			t.Fatal(err)
		}
		validText(t, "explain", textOf(one, r))
	}
}

func TestExplainGolden(t *testing.T) {
	d, err := NewExplain("text", testOptions)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "explain.txt", textOf(d, NewCatalogueRule(&lint.Rule{
		ID: "XM9999", Name: "a-test", Severity: lint.Warning, Title: "A rule for tests",
		Doc: lint.Doc{
			What: "Looks for `tests`, and says so in a sentence that is long enough to be broken into two lines at the width of a page.\n\n- a list\n- of two",
			Why:  "Because.", Bad: "-- a/b.json --\n{\n\t\"a\": 1\n}\n", Good: "-- a/b.json --\n{}\n", FixSafety: "Safe.", References: []string{"https://example.org/2"},
		},
		Source: "https://example.org/1", Step: "configure/<product>",
	})))
}

func TestVersionFormats(t *testing.T) {
	for format, want := range map[string]string{
		"text": "xmlint 0.0.0\n",
		"json": "{\n\"format_version\":\"1\",\n\"tool\":{\"name\":\"xmlint\",\"version\":\"0.0.0\"}\n}\n",
	} {
		d, err := NewVersion(format, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		if got := textOf(d, testOptions.Tool); got != want {
			t.Errorf("%s: got %q", format, got)
		}
	}
}

// A manifest that was drafted is valid, and changes nothing about what is
// found but what it says.
func TestDraft(t *testing.T) {
	fsys := files(t, "show.txtar").(fstest.MapFS)
	delete(fsys, "acme/xmpro.yaml")
	fsys["odd: name/yes/appsettings.json"] = &fstest.MapFile{Data: []byte(`{"xmpro":{"dataStreamDesigner":{"featureFlags":{"a":true}}}}`)}
	ctx := context.Background()
	before, err := deployment.Load(ctx, fsys, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range before {
		draft := NewDraft(d)
		noSecrets(t, draft.Text)
		fsys[draft.Path] = &fstest.MapFile{Data: []byte(draft.Text)}
	}
	after, err := deployment.Load(ctx, fsys, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(after) != len(before) {
		t.Fatalf("%d deployments, then %d", len(before), len(after))
	}
	for i, d := range after {
		if d.Manifest == nil {
			t.Fatalf("%s has no manifest", d.Root)
		}
		for _, p := range d.Manifest.Problems {
			t.Errorf("%s: %s", d.Root, p.Message)
		}
		if d.Name != before[i].Name && before[i].Name != "." || d.Root != before[i].Root || len(d.Products) != len(before[i].Products) {
			t.Errorf("%s, %s became %s, %s", before[i].Name, before[i].Root, d.Name, d.Root)
		}
	}
	for _, format := range DraftFormats() {
		f, err := NewDrafts(format, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		text := textOf(f, NewDraft(before[0]), NewDraft(before[1]))
		if format == "json" {
			validText(t, "init", text)
		} else {
			golden(t, "draft.yaml", text)
		}
	}
}

func TestYAMLScalar(t *testing.T) {
	for in, want := range map[string]string{
		"acme": "acme", "AppDesigner/x": "AppDesigner/x", ".": ".", "4.2.3": "4.2.3", "4.10": `"4.10"`, "yes": `"yes"`, "Null": `"Null"`,
		"a: b": `"a: b"`, "-x": `"-x"`, "": `""`, "a #b": `"a #b"`, "1e3": `"1e3"`, "~": `"~"`, "größe": `"größe"`, "a\nb": `"a\nb"`,
	} {
		if got := yamlScalar(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}
