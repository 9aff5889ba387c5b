package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

func TestLintGolden(t *testing.T) {
	got := lintAll(t, files(t, "acme.txtar"), testOptions, "text", "json")
	golden(t, "acme.lint.txt", got["text"])
	golden(t, "acme.lint.json", got["json"])
	noSecrets(t, got["text"]+got["json"])
	var document any
	if err := json.Unmarshal([]byte(got["json"]), &document); err != nil {
		t.Fatal(err)
	}
	valid(t, "lint", document)
}

// The rules themselves, over the same files.
func TestLintRules(t *testing.T) {
	got := lintWith(t, rules.All(), files(t, "acme.txtar"), testOptions, 2, "text", "json")
	noSecrets(t, got["text"]+got["json"])
	var document any
	if err := json.Unmarshal([]byte(got["json"]), &document); err != nil {
		t.Fatal(err)
	}
	valid(t, "lint", document)
}

func TestLintColor(t *testing.T) {
	o := testOptions
	o.Color = true
	colored := lintAll(t, files(t, "acme.txtar"), o, "text")["text"]
	plain := lintAll(t, files(t, "acme.txtar"), testOptions, "text")["text"]
	stripped := colored
	for _, s := range []style{bold, dim, red, yellow, blue, green, endStyle} {
		stripped = strings.ReplaceAll(stripped, string(s), "")
	}
	if diff := cmp.Diff(plain, stripped); diff != "" {
		t.Errorf("colours change the text:\n%s", diff)
	}
	if !strings.Contains(colored, string(red)+"error") {
		t.Error("an error is not red")
	}
}

// What comes next is one command that can be called, with room before what it
// does.
func TestLintNext(t *testing.T) {
	for _, test := range []struct {
		paths string // apart by blanks
		want  string
	}{
		{"", "Next: xmlint plan                 what to do, in order"},
		{".", "Next: xmlint plan                 what to do, in order"},
		{"acme", "Next: xmlint plan acme            what to do, in order"},
		{"testdata/fresh-4.2.3-iis", "Next: xmlint plan testdata/fresh-4.2.3-iis   what to do, in order\n      xmlint explain XM9001                  why, "},
		{"acme contoso", "Next: xmlint plan acme            what to do, in order"},
		{"-", "Next: xmlint explain XM9001       why, "},
		{"- acme", "Next: xmlint explain XM9001       why, "},
	} {
		o := testOptions
		o.Paths = strings.Fields(test.paths)
		got := lintAll(t, files(t, "acme.txtar"), o, "text")["text"]
		if i := strings.Index(got, "Next:"); i < 0 || !strings.HasPrefix(got[i:], test.want) {
			t.Errorf("%q: %s", test.paths, got[max(i, 0):])
		}
	}
	if got, _ := (Options{Paths: []string{"a", "b"}}).plannable("-x"); got != " ./-x" {
		t.Errorf("an option for a root: %q", got)
	}
}

// One document has to come out, whatever the number of workers.
func TestLintWorkers(t *testing.T) {
	m := fstest.MapFS{}
	for i := range 40 {
		m[fmt.Sprintf("d%02d/AppDesigner/appsettings.json", i)] = &fstest.MapFile{Data: []byte(`{"xmpro":{"appDesigner":{"x":1},"autoScale":{"enabled":true,"connectionString":"h:6379,abortConnect=False"}}}`)}
	}
	one := lintWith(t, rules.All(), m, testOptions, 1, "text", "json")
	many := lintWith(t, rules.All(), m, testOptions, 8, "text", "json")
	if diff := cmp.Diff(one, many); diff != "" {
		t.Error(diff)
	}
	var document struct {
		Findings []struct {
			Rule, Path   string
			Line, Column int
		}
		Summary struct{ Files, Errors, Warnings, Infos int }
	}
	if err := json.Unmarshal([]byte(one["json"]), &document); err != nil {
		t.Fatal(err)
	}
	shared := 0
	for i, f := range document.Findings {
		if f.Rule == "XM3010" {
			shared++
		}
		if i == 0 {
			continue
		}
		before := document.Findings[i-1]
		if (place{before.Path, before.Line, before.Column, before.Rule}).compare(place{f.Path, f.Line, f.Column, f.Rule}) > 0 {
			t.Errorf("%v comes after %v", f, before)
		}
	}
	if shared != 39 {
		t.Errorf("%d deployments share a server with an earlier one, want 39", shared)
	}
	if s := document.Summary; s.Files != 40 || s.Errors+s.Warnings+s.Infos != len(document.Findings) {
		t.Errorf("summary %+v of %d findings", s, len(document.Findings))
	}
}

func TestLintNothing(t *testing.T) {
	got := lintAll(t, fstest.MapFS{}, testOptions, "text", "json")
	var document any
	if err := json.Unmarshal([]byte(got["json"]), &document); err != nil {
		t.Fatal(err)
	}
	valid(t, "lint", document)
	if want := "0 files in 0 deployments: nothing found.\n"; got["text"] != want {
		t.Errorf("got %q, want %q", got["text"], want)
	}
}

func TestLintQuiet(t *testing.T) {
	o := testOptions
	o.Quiet = true
	if got := lintAll(t, fstest.MapFS{}, o, "text")["text"]; got != "" {
		t.Errorf("got %q", got)
	}
}

func TestUnknownFormat(t *testing.T) {
	_, err := NewLint("yaml", testOptions)
	var format *FormatError
	if !errors.As(err, &format) || err.Error() != `there is no format "yaml" here; there is `+list(LintFormats(), "and") {
		t.Error(err)
	}
}

func TestLintWriteError(t *testing.T) {
	full := errors.New("disk full")
	f, err := NewLint("json", testOptions)
	if err != nil {
		t.Fatal(err)
	}
	l := Linting{Outputs: []Output{{f, failing{full}}}}
	if err := l.Begin(); !errors.Is(err, full) {
		t.Errorf("Begin: %v", err)
	}
	if err := l.Done(l.Work(&deployment.Deployment{}, lint.Result{})); err != nil {
		t.Errorf("nothing to write, but: %v", err)
	}
	if err := l.End(); !errors.Is(err, full) {
		t.Errorf("End: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestHostileNames(t *testing.T) {
	const dir = "a\x1b[31m\u009b\u202e\n\xff/AppDesigner"
	d := &deployment.Deployment{Name: "evil\x1b]0;x\x07", Root: "a", Products: []*deployment.Product{}}
	finding := lint.Finding{
		Rule: &lint.Rule{ID: "XM2004", Name: "n"}, Severity: lint.Error, Path: dir, Message: "m\x1b[2J\r\n\u2028",
		Related: []lint.Related{{Path: dir, Message: "r\x07"}}, Start: lint.Position{Line: 1, Column: 1}, End: lint.Position{Line: 1, Column: 1},
	}
	for _, name := range LintFormats() {
		f, err := NewLint(name, testOptions)
		if err != nil {
			t.Fatal(err)
		}
		var c Chunk
		f.Encode(&c, d, []lint.Finding{finding})
		text := string(f.Append(nil, &c))
		var end strings.Builder
		if err := f.End(io.Writer(&end), Summary{}); err != nil {
			t.Fatal(err)
		}
		for _, r := range text + end.String() {
			if r != '\n' && !visible.Shows(r) {
				t.Errorf("%s: %q in %q", name, r, text)
				break
			}
		}
	}
}
