package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// hostile are texts that come out of file names and values, and that somebody
// downstream could take for more than text.
func hostile() []string {
	return []string{
		"plain",
		"two\nlines\r\nand\rmore\u2028and\u2029more\u0085",
		"\x00\x01\x1b[31mred\x1b]0;title\x07\x7f\u009b1m",
		`<script>alert("x")</script><!-- --> &lt; &#60; ]]> <![CDATA[ </failure> "'>`,
		"\xff\xfe\xc3(\xed\xa0\x80",
		"\u202egnp.\u202c\u2066\u200b\ufeff\ufffe\U000e0041",
		"::error file=x,line=1::no ##[error]no %0A%25%3A a,b:c;d] ::stop-commands::x",
		"a|b\\|c `d` ``e`` \\` *f* _g_ ~~h~~ [i](http://evil.example) ![j](k) <http://l> $m$",
		"@somebody #1 !2 %3 ~label $4 &5 org/repo#6 GH-7 www.evil.example https://evil.example :key: a@b.example",
		"[link](1) {0} {{1}} %s %!d(MISSING) ${x} $(y) `z`",
		"C:/x y/z?q=1#f/../é/日本/😀",
		strings.Repeat("long ", 200_000) + "\U0001F600",
	}
}

// hostileFindings say each of the hostile texts in every place that a rule can
// put one into, at each severity.
func hostileFindings() (*deployment.Deployment, []lint.Finding) {
	d := &deployment.Deployment{Root: "acme"}
	var findings []lint.Finding
	for i, text := range hostile() {
		short := text[:min(len(text), 5000)]
		d.Name = short // the last one stays
		path := "acme/" + text[:min(len(text), 300)] + "/appsettings.json"
		d.Files = append(d.Files, &deployment.File{Path: path})
		rule := &lint.Rule{ID: "XM2004", Name: "connection-string-missing", Doc: lint.Doc{Why: "usual"}}
		f := lint.Finding{
			Rule: rule, Severity: lint.Severity(1 + i%3), Product: schema.AppDesigner, Deployment: short, Node: short, Root: "acme",
			Path: path, Start: lint.Position{Line: 3, Column: 7}, End: lint.Position{Line: 3 + i%2, Column: 9},
			Setting: short, Message: text, Why: short, Do: text, Step: "configure/app-designer", Environments: []string{"", short},
			Fingerprint: lint.Fingerprint(text),
			Fix:         &lint.Fix{Title: short, Safety: lint.Manual},
			Related:     []lint.Related{{Path: path, Start: lint.Position{Line: 1, Column: 2}, End: lint.Position{Line: 1, Column: 2}, Message: short}, {Path: path}},
		}
		findings = append(findings, f)
	}
	return d, findings
}

// render writes findings of one deployment in one format.
func render(t testing.TB, format string, o Options, d *deployment.Deployment, findings []lint.Finding) string {
	t.Helper()
	f, err := NewLint(format, o)
	if err != nil {
		t.Fatal(err)
	}
	return renderWith(t, f, d, findings)
}

func renderWith(t testing.TB, f Lint, d *deployment.Deployment, findings []lint.Finding) string {
	t.Helper()
	var out strings.Builder
	l := Linting{Outputs: []Output{{f, &out}}}
	if err := l.Begin(); err != nil {
		t.Fatal(err)
	}
	if d != nil {
		if err := l.Done(l.Work(d, lint.Result{Findings: findings})); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.End(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestHostileText(t *testing.T) {
	d, findings := hostileFindings()
	for _, format := range LintFormats() {
		text := render(t, format, testOptions, d, findings)
		if !utf8.ValidString(text) {
			t.Errorf("%s is no UTF-8", format)
		}
		for i, r := range text {
			if r != '\n' && !visible.Shows(r) {
				t.Errorf("%s: %q in %q", format, r, text[max(0, i-40):i+10])
				break
			}
		}
		if again := render(t, format, testOptions, d, findings); again != text {
			t.Errorf("%s: two runs differ", format)
		}
	}
}

// tool gives a file of .ci/reports/node_modules, which `npm ci` there fills;
// the gate does.
func tool(t testing.TB, name string) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("..", ".ci", "reports", "node_modules", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		lacks(t, err, "run npm ci --ignore-scripts in .ci/reports")
	}
	return file
}

// program gives the path of an installed program.
func program(t testing.TB, name, debian string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		lacks(t, err, "install "+debian)
	}
	return path
}

// lacks skips a test that lacks something. The gate has everything: there the
// test fails.
func lacks(t testing.TB, err error, do string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%v: %s", err, do)
	}
	t.Skipf("%v: %s", err, do)
}
