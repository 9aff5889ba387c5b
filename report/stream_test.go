package report

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
	"github.com/xmlint/xmlint/schema"
)

// Each format gives one document, whatever the number of workers.
func TestFormatsWorkers(t *testing.T) {
	m := fstest.MapFS{}
	for i := range 60 {
		m[fmt.Sprintf("d%02d/AppDesigner/appsettings.json", i)] = &fstest.MapFile{Data: []byte(`{"xmpro":{"appDesigner":{"x":1},"autoScale":{"enabled":"yes","connectionString":"cache01:6379,password=Fx7"}}}`)}
		m[fmt.Sprintf("d%02d/xmpro.yaml", i)] = &fstest.MapFile{Data: []byte("name: one\nversion: 4.3.6\n")}
	}
	o := testOptions
	o.Rules = rules.All()
	one := lintWith(t, rules.All(), m, o, 1, LintFormats()...)
	many := lintWith(t, rules.All(), m, o, 8, LintFormats()...)
	for _, format := range LintFormats() {
		if one[format] != many[format] {
			t.Errorf("%s: eight workers write another document than one", format)
		}
		noSecrets(t, one[format])
	}
	readCodeQuality(t, one["gitlab"]) // all deployments have one name
	readCheckstyle(t, one["checkstyle"])
	readJUnit(t, one["junit"])
}

// A line of jsonl is an element of the json format's findings.
func TestJSONL(t *testing.T) {
	got := lintWith(t, rules.All(), files(t, "acme.txtar"), testOptions, 2, "json", "jsonl")
	noSecrets(t, got["jsonl"])
	var document struct{ Findings []json.RawMessage }
	if err := json.Unmarshal([]byte(got["json"]), &document); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(got["jsonl"], "\n"), "\n")
	if len(lines) != len(document.Findings) {
		t.Fatalf("%d lines of %d findings", len(lines), len(document.Findings))
	}
	for i, line := range lines {
		if line != string(document.Findings[i]) {
			t.Errorf("%s\nis in json %s", line, document.Findings[i])
		}
		var finding any
		if err := json.Unmarshal([]byte(line), &finding); err != nil {
			t.Fatal(err)
		}
		valid(t, "finding", finding)
	}
	if empty := render(t, "jsonl", testOptions, nil, nil); empty != "" {
		t.Errorf("nothing is %q", empty)
	}
}

func TestJSONLHostile(t *testing.T) {
	d, findings := hostileFindings()
	text := render(t, "jsonl", testOptions, d, findings)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, f := range findings {
		var back struct{ Message string }
		if err := json.Unmarshal([]byte(lines[i]), &back); err != nil {
			t.Fatal(err)
		}
		var want struct{ Message string }
		plain, _ := json.Marshal(map[string]string{"message": f.Message}) // U+FFFD for what is no UTF-8
		if err := json.Unmarshal(plain, &want); err != nil {
			t.Fatal(err)
		}
		if back != want {
			t.Errorf("%q comes back as %q", cutText(want.Message, 80), cutText(back.Message, 80))
		}
	}
}

// The schema of a line and that of an element are one.
func TestFindingSchema(t *testing.T) {
	var whole struct {
		Defs map[string]map[string]any `json:"$defs"`
	}
	var one map[string]any
	for name, into := range map[string]any{"lint": &whole, "finding": &one} {
		text, ok := schema.File(name)
		if !ok {
			t.Fatalf("no schema %s", name)
		}
		if err := json.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	for _, member := range []string{"$schema", "$id", "title", "description"} {
		delete(one, member)
	}
	want, _ := json.Marshal(whole.Defs["finding"])
	if got, _ := json.Marshal(one); string(got) != string(want) {
		t.Errorf("schema/finding is %s\nin schema/lint it is %s", got, want)
	}
}

// counter counts what is written, and keeps nothing.
type counter struct{ bytes, lines int }

func (c *counter) Write(b []byte) (int, error) {
	c.bytes += len(b)
	for _, x := range b {
		if x == '\n' {
			c.lines++
		}
	}
	return len(b), nil
}

// A million findings need no more memory than a thousand. Of the other formats
// one keeps something small of each finding; none keeps a deployment.
func TestLintMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("a million findings take a while")
	}
	const each = 100
	for _, test := range []struct {
		deployments int
		limit       uint64
		formats     []string
	}{
		{10_000, 4 << 20, []string{"text", "jsonl", "github"}},
		{1_000, 1 << 20, []string{"sarif", "junit", "checkstyle", "markdown"}},
		{1_000, 10 << 20, []string{"gitlab"}}, // the fingerprints, to be unique
	} {
		var l Linting
		written := make([]counter, len(test.formats))
		for i, format := range test.formats {
			f, err := NewLint(format, testOptions)
			if err != nil {
				t.Fatal(err)
			}
			l.Outputs = append(l.Outputs, Output{f, &written[i]})
		}
		if err := l.Begin(); err != nil {
			t.Fatal(err)
		}
		var base, peak uint64
		for i := range test.deployments {
			d, findings := manyFindings(t, i, each)
			if err := l.Done(l.Work(d, lint.Result{Findings: findings})); err != nil {
				t.Fatal(err)
			}
			if i == 10 {
				base = heap()
			} else if i%500 == 499 {
				peak = max(peak, heap())
			}
		}
		if err := l.End(); err != nil {
			t.Fatal(err)
		}
		grown := max(peak, base) - base
		t.Logf("%v: heap %d KB after 1,000 findings, at most %d KB more up to %d", test.formats, base>>10, grown>>10, l.Summary.Found())
		if grown > test.limit || l.Summary.Found() != test.deployments*each {
			t.Errorf("%v: the heap grows by %d KB over %d findings", test.formats, grown>>10, l.Summary.Found())
		}
		for i, format := range test.formats {
			if n := written[i].lines; (format == "jsonl" || format == "github") && n != test.deployments*each {
				t.Errorf("%s: %d lines", format, n)
			}
		}
	}
}

// heap is the size of what is in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

var manyRule = &lint.Rule{ID: "XM2003", Name: "enabled-not-boolean", Severity: lint.Error, Doc: lint.Doc{Why: "The product does not start."}}

func manyFindings(t testing.TB, n, each int) (*deployment.Deployment, []lint.Finding) {
	root := fmt.Sprintf("customer-%05d", n)
	text := []byte(`{ "xmpro": { "autoScale": { "enabled": "yes", "connectionString": "cache01:6379,password=Fx7" } } }`)
	decoded, err := document.DecodeJSON("appsettings.json", text, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := document.ParseJSON(decoded, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	file := &deployment.File{Path: root + "/AppDesigner/appsettings.json", Role: deployment.RoleBase, Text: decoded, JSON: parsed}
	d := &deployment.Deployment{Name: root, Root: root, Files: []*deployment.File{file}}
	findings := make([]lint.Finding, each)
	for i := range findings {
		place := lint.Place{File: file, Span: document.Span{Start: 39, End: 44}}
		f := lint.Finding{
			Rule: manyRule, Severity: lint.Error, Product: schema.AppDesigner, Place: place, Setting: schema.Enabled,
			Message: "the switch of Auto Scale is \"yes\", which is neither true nor false: .NET throws", Why: manyRule.Doc.Why, Do: "write true",
			Deployment: root, Root: root, Path: file.Path, Step: "configure/app-designer", Fingerprint: lint.Fingerprint(root, fmt.Sprint(i)),
		}
		f.Start, f.End = place.Position()
		findings[i] = f
	}
	return d, findings
}
