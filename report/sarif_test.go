package report

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

func sarifOptions() Options {
	o := testOptions
	o.Rules = rules.All()
	return o
}

// sarifSamples are documents of all kinds, by name.
func sarifSamples(t *testing.T) map[string]string {
	d, findings := hostileFindings()
	findings[1].By = &lint.SuppressedBy{Kind: lint.ByComment, Reason: hostile()[2], Until: "x", Path: findings[2].Path}
	broken := renderBroken(t)
	return map[string]string{
		"rules":   lintWith(t, rules.All(), files(t, "acme.txtar"), sarifOptions(), 2, "sarif")["sarif"],
		"each":    lintAll(t, files(t, "acme.txtar"), testOptions, "sarif")["sarif"],
		"hostile": render(t, "sarif", sarifOptions(), d, findings),
		"nothing": render(t, "sarif", sarifOptions(), nil, nil),
		"broken":  broken,
	}
}

func renderBroken(t *testing.T) string {
	f, err := NewLint("sarif", sarifOptions())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	l := Linting{Outputs: []Output{{f, &out}}, Broken: true}
	if err := l.Begin(); err != nil {
		t.Fatal(err)
	}
	if err := l.End(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSARIFSchema(t *testing.T) {
	for name, text := range sarifSamples(t) {
		t.Run(name, func(t *testing.T) {
			report, err := sarif.FromString(text)
			if err != nil {
				t.Fatal(err)
			}
			if err := report.Validate(); err != nil {
				t.Error(err)
			}
			strict := json.NewDecoder(strings.NewReader(text))
			strict.DisallowUnknownFields()
			if err := strict.Decode(new(sarif.Report)); err != nil {
				t.Error(err)
			}
		})
	}
}

// The schema that Microsoft's validator brings, formats of URIs included.
func TestSARIFSchemaFormats(t *testing.T) {
	text, err := os.ReadFile(tool(t, "@microsoft/sarif-multitool-linux/sarif-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	if err := c.AddResource("sarif.json", bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range sarifSamples(t) {
		var document any
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(document); err != nil {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

// Microsoft's validator knows the standard beyond its schema, and what GitHub
// asks for when a file is uploaded. Remarks are not failures: they ask for
// snippets of the files and for names in Pascal case. That links are reachable
// it tries over the network, so that rule is off.
func TestSARIFValidator(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("there is no validator for this machine")
	}
	if testing.Short() {
		t.Skip("it takes seconds to start")
	}
	validator := tool(t, "@microsoft/sarif-multitool-linux/Sarif.Multitool")
	if err := os.Chmod(validator, 0o755); err != nil { // npm's script would have
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	config := write("config.xml", `<?xml version="1.0" encoding="utf-8"?>
<Properties>
  <Properties Key="SARIF2006.UrisShouldBeReachable.Options">
    <Property Key="RuleEnabled" Value="Disabled" Type="Driver.RuleEnabledState" />
  </Properties>
</Properties>`)
	validate := func(name, text string) []string {
		out := filepath.Join(dir, name+".out.sarif")
		cmd := exec.Command(validator, "validate", write(name+".sarif", text), "--rule-kind", "Sarif;Gh;Ghas", "--level", "Error;Warning",
			"--config", config, "--max-file-size-in-kb", "1000000", "--output", out, "--log", "ForceOverwrite")
		cmd.Env = []string{"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "HOME=" + dir, "TMPDIR=" + dir}
		said, runErr := cmd.CombinedOutput()
		log, err := os.ReadFile(out)
		if err != nil {
			t.Fatalf("%v, %v: %s", err, runErr, said)
		}
		report, err := sarif.FromBytes(bytes.TrimPrefix(log, []byte("\ufeff")))
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, r := range report.Runs[0].Results {
			found = append(found, *r.RuleID+" "+r.Level)
		}
		if len(found) == 0 && runErr != nil {
			found = append(found, runErr.Error()+": "+string(said))
		}
		for line := range strings.Lines(string(said)) {
			if len(found) > 0 && strings.Contains(line, name+".sarif") {
				found = append(found, cutText(line, 400))
			}
		}
		return found
	}
	samples := sarifSamples(t)
	delete(samples, "each") // its rules are not in its catalogue
	for name, text := range samples {
		if found := validate(name, text); len(found) > 0 {
			t.Errorf("%s: %s", name, strings.Join(found, "\n"))
		}
	}
	// That it would say something.
	spoilt := strings.ReplaceAll(samples["rules"], `"endLine":5,"endColumn":36`, `"endLine":5,"endColumn":3`)
	spoilt = strings.ReplaceAll(spoilt, `"help":{`, `"fullDescription":{`)
	said := strings.Join(validate("spoilt", spoilt), "\n")
	if !strings.Contains(said, "SARIF1007") || !strings.Contains(said, "GH2012") {
		t.Errorf("of a region that ends before it begins, and of missing help, the validator says:\n%s", said)
	}
}

func TestSARIFGolden(t *testing.T) {
	text := lintAll(t, files(t, "acme.txtar"), testOptions, "sarif")["sarif"]
	noSecrets(t, text)
	golden(t, "acme.lint.sarif", text)
}

// Every path comes back from its URI as the bytes that it is.
func TestSARIFPaths(t *testing.T) {
	d, findings := hostileFindings()
	report, err := sarif.FromString(render(t, "sarif", testOptions, d, findings))
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range report.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation.ArtifactLocation
		back, err := url.PathUnescape(*at.URI)
		if err != nil || back != findings[i].Path {
			t.Errorf("%q comes back as %q (%v)", findings[i].Path, back, err)
		}
		if u, err := url.Parse(*at.URI); err != nil || u.Scheme != "" || u.Host != "" || u.RawQuery != "" || u.Fragment != "" {
			t.Errorf("%q is no relative path: %v", *at.URI, err)
		}
		if at.URIBaseID == nil || *at.URIBaseID != "SRCROOT" {
			t.Errorf("%q is relative to nothing", *at.URI)
		}
	}
}

func TestFileURI(t *testing.T) {
	for _, test := range []struct {
		path, uri string
		relative  bool
	}{
		{"acme/AppDesigner/appsettings.json", "acme/AppDesigner/appsettings.json", true},
		{"../a b/ü.json", "../a%20b/%C3%BC.json", true},
		{"a:b/c%41?x#y", "a%3Ab/c%2541%3Fx%23y", true},
		{"a\\b\n\xff", "a%5Cb%0A%FF", true},
		{".", ".", true},
		{"/srv/xmpro/a b", "file:///srv/xmpro/a%20b", false},
		{"C:/inetpub/XMPro AD/web.config", "file:///C:/inetpub/XMPro%20AD/web.config", false},
		{"//server/share/x", "file://server/share/x", false},
	} {
		if uri, relative := fileURI(test.path); uri != test.uri || relative != test.relative {
			t.Errorf("%q: %q, %v", test.path, uri, relative)
		}
	}
}

// What stands in a file cannot make a link, and a link leads to its place.
func TestSARIFLinks(t *testing.T) {
	f := lint.Finding{Message: "x [a](http://evil.example) y", Do: "do [it](1)", Related: []lint.Related{{Message: `see [b]\(2)`}}}
	if got, want := sarifMessage(&f, f.Related), `x [a] (http://evil.example) y. What to do: do [it] (1). See [see \[b\]\\(2)](1).`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSARIFRegion(t *testing.T) {
	at := func(line, column int) lint.Position { return lint.Position{Line: line, Column: column} }
	for _, test := range []struct {
		start, end lint.Position
		want       string
	}{
		{at(1, 1), at(1, 1), `{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1}`},
		{at(2, 5), at(3, 1), `{"startLine":2,"startColumn":5,"endLine":3,"endColumn":1}`},
		{at(0, 0), at(0, 0), `{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1}`},
		{at(2, 5), at(1, 1), `{"startLine":2,"startColumn":5,"endLine":2,"endColumn":5}`},
	} {
		if got := string(appendRegion(nil, region{test.start, test.end})); got != test.want {
			t.Errorf("%v to %v: %s", test.start, test.end, got)
		}
	}
}

func TestSARIFSuppressions(t *testing.T) {
	for _, test := range []struct {
		by   *lint.SuppressedBy
		want string
	}{
		{nil, `,"suppressions":[]`},
		{&lint.SuppressedBy{Kind: lint.ByBaseline}, `,"suppressions":[{"kind":"external","status":"accepted","properties":{"by":"baseline"}}]`},
		{&lint.SuppressedBy{Kind: lint.ByComment, Reason: "rotated\nweekly", Until: "2027-01-31", Path: "a b", Start: lint.Position{Line: 2, Column: 3}},
			`,"suppressions":[{"kind":"inSource","status":"accepted","justification":"rotated\\nweekly","location":{"physicalLocation":{"artifactLocation":{"uri":"a%20b","uriBaseId":"SRCROOT"},"region":{"startLine":2,"startColumn":3,"endLine":2,"endColumn":3}}},"properties":{"by":"comment","until":"2027-01-31"}}]`},
	} {
		if got := string(appendSARIFSuppressions(nil, test.by)); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestSARIFShared(t *testing.T) {
	// A finding about two deployments comes without a place: its edits may
	// refer to memory that is used again.
	f := lint.Finding{Rule: &lint.Rule{ID: "XM3010"}, Path: "p", Fix: &lint.Fix{Edits: func() ([]lint.FileEdit, error) {
		t.Error("asked for edits")
		return nil, nil
	}}}
	var c Chunk
	newLintSARIF(testOptions).Insert(&c, 0, &f)
	newLintSARIF(testOptions).Encode(&c, &deployment.Deployment{}, []lint.Finding{f})
}
