package report

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/rules"
)

// checkstyleReport is what checkstyle-report-1.0.0.xsd describes.
type checkstyleReport struct {
	XMLName xml.Name `xml:"checkstyle"`
	Version string   `xml:"version,attr"`
	Files   []struct {
		Name   string `xml:"name,attr"`
		Errors []struct {
			Line     int    `xml:"line,attr"`
			Column   int    `xml:"column,attr"`
			Severity string `xml:"severity,attr"`
			Message  string `xml:"message,attr"`
			Source   string `xml:"source,attr"`
		} `xml:"error"`
	} `xml:"file"`
}

func readCheckstyle(t *testing.T, text string) checkstyleReport {
	t.Helper()
	var r checkstyleReport
	if err := xml.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range r.Files {
		if seen[f.Name] || len(f.Errors) == 0 {
			t.Errorf("%q comes twice or without findings", f.Name)
		}
		seen[f.Name] = true
		for _, e := range f.Errors {
			if e.Line < 1 || e.Column < 1 || e.Message == "" || !strings.HasPrefix(e.Source, "xmlint.XM") {
				t.Errorf("%+v", e)
			}
			switch e.Severity {
			case "error", "warning", "info":
			default:
				t.Errorf("there is no severity %q", e.Severity)
			}
		}
	}
	return r
}

func TestCheckstyleHostile(t *testing.T) {
	d, findings := hostileFindings()
	text := render(t, "checkstyle", testOptions, d, findings)
	r := readCheckstyle(t, text)
	if len(r.Files) != len(findings) {
		t.Fatalf("%d files of %d findings", len(r.Files), len(findings))
	}
	for i, f := range findings {
		name := r.Files[i].Name
		switch {
		case strings.Contains(f.Path, "\x00"), strings.Contains(f.Path, "\xff"), strings.Contains(f.Path, "\ufffe"): // no XML can hold it
		case name != f.Path:
			t.Errorf("%q comes back as %q", f.Path, name)
		}
		if message := r.Files[i].Errors[0].Message; !strings.HasPrefix(message, strings.TrimSpace(visible.String(f.Message))) {
			t.Errorf("%q comes back as %q", cutText(f.Message, 50), cutText(message, 50))
		}
	}
}

func TestCheckstyle(t *testing.T) {
	text := lintWith(t, rules.All(), files(t, "acme.txtar"), testOptions, 2, "checkstyle")["checkstyle"]
	noSecrets(t, text)
	if r := readCheckstyle(t, text); len(r.Files) < 4 {
		t.Errorf("%d files", len(r.Files))
	}
	if r := readCheckstyle(t, render(t, "checkstyle", testOptions, nil, nil)); len(r.Files) != 0 || r.Version == "" {
		t.Errorf("%+v", r)
	}
	golden(t, "acme.lint.checkstyle.xml", lintAll(t, files(t, "acme.txtar"), testOptions, "checkstyle")["checkstyle"])
}
