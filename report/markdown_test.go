package report

import (
	"fmt"
	"html"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// markdownHTML renders a document as GitHub's flavour of Markdown.
func markdownHTML(t *testing.T, text string) string {
	t.Helper()
	tool(t, "micromark")
	cmd := exec.Command(program(t, "node", "nodejs"), "../.ci/reports/render.mjs")
	cmd.Stdin = strings.NewReader(text)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	return string(out)
}

// markdownCells are the cells of all tables, without markup and the empty
// characters that keep references apart.
func markdownCells(page string) [][]string {
	tag := regexp.MustCompile(`<[^>]*>`)
	var rows [][]string
	for row := range strings.SplitSeq(page, "<tr>") {
		if !strings.Contains(row, "<td>") {
			continue
		}
		var cells []string
		for cell := range strings.SplitSeq(row, "<td>") {
			if text, _, ok := strings.Cut(cell, "</td>"); ok {
				cells = append(cells, strings.ReplaceAll(html.UnescapeString(tag.ReplaceAllString(text, "")), "\u200b", ""))
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

func TestMarkdownHostile(t *testing.T) {
	d, findings := hostileFindings()
	page := markdownHTML(t, render(t, "markdown", testOptions, d, findings))
	allowed := regexp.MustCompile(`^</?(?:h2|h3|p|table|thead|tbody|tr|th|td|code|a)>$|^<a href="https://github\.com/xmlint/xmlint/blob/main/docs/rules/XM2004\.md">$`)
	for _, tag := range regexp.MustCompile(`<[^>]*>`).FindAllString(page, -1) {
		if !allowed.MatchString(tag) {
			t.Errorf("%s is in the page", tag)
		}
	}
	rows := markdownCells(page)
	if len(rows) != len(findings) {
		t.Fatalf("%d rows of %d findings", len(rows), len(findings))
	}
	left := map[string]bool{}
	for _, row := range rows {
		if len(row) != 4 {
			t.Fatalf("%d cells: %q", len(row), row)
		}
		left[row[2]] = true
		if row[2] != row[3] {
			t.Errorf("%q and %q were one text", row[2], row[3])
		}
	}
	for _, f := range findings {
		want := strings.TrimSpace(cutText(visible.String(f.Message), markdownCell))
		if !left[want] {
			t.Errorf("%q is in no row", want)
		}
	}
	// What GitHub and GitLab look for in the text that comes out.
	text := html.UnescapeString(regexp.MustCompile(`<code>[^<]*</code>|<a [^>]*>|</a>|<[^>]*>`).ReplaceAllString(page, " "))
	for _, reference := range []string{
		`(?:^|\W)@\w`, `#\d`, `!\d`, `(?:^|\W)%\w`, `~\w`, `\$\d`, `&\d`, `://`, `(?i)\bgh-\d`, `(?i)www\.`, `:[a-z0-9_+-]+:`,
	} {
		if found := regexp.MustCompile(reference).FindString(text); found != "" {
			t.Errorf("%s finds %q", reference, found)
		}
	}
}

func TestMarkdownPaths(t *testing.T) {
	paths := []string{"a/b.json", "a|b", "a\\|b", "a\\", "`a`", "a``b", " a ", "*a*_b_", "<b>", "a\nb", "&lt;", "@a/#1"}
	var findings []lint.Finding
	for _, p := range paths {
		findings = append(findings, lint.Finding{Rule: &lint.Rule{ID: "XM2004", Name: "n"}, Severity: lint.Error, Path: p, Start: lint.Position{Line: 1, Column: 2}})
	}
	rows := markdownCells(markdownHTML(t, render(t, "markdown", testOptions, &deployment.Deployment{}, findings)))
	for i, p := range paths {
		if got, want := rows[i][0], visible.String(p)+":1:2"; got != want {
			t.Errorf("%q comes back as %q, want %q", p, got, want)
		}
	}
}

// A comment on GitHub holds 65,536 characters, whatever was found. The errors
// are there, and what is missing is counted.
func TestMarkdownLimit(t *testing.T) {
	var findings []lint.Finding
	for i := range 3000 {
		severity := lint.Info
		if i%100 == 99 {
			severity = lint.Error
		}
		findings = append(findings, lint.Finding{
			Rule: &lint.Rule{ID: fmt.Sprintf("XM%04d", i%60), Name: "n"}, Severity: severity,
			Path: "acme/AppDesigner/appsettings.json", Message: fmt.Sprintf("%d %s", i, strings.Repeat("@a", 10)),
		})
	}
	text := render(t, "markdown", testOptions, &deployment.Deployment{}, findings)
	if len(text) > 60_000 || len(text) < 40_000 {
		t.Errorf("%d bytes", len(text))
	}
	if got := strings.Count(text, "\n| `"); got < 100 {
		t.Errorf("%d rows", got)
	}
	for i := 99; i < 3000; i += 100 {
		if !strings.Contains(text, fmt.Sprintf("| %d @", i)) {
			t.Errorf("the error %d is missing", i)
		}
	}
	found := regexp.MustCompile(`\nAnd (\d+) more infos: `).FindStringSubmatch(text)
	if found == nil || fmt.Sprint(3000-strings.Count(text, "\n| `")) != found[1] {
		t.Errorf("left out: %q", found)
	}
}

func TestMarkdownGolden(t *testing.T) {
	noSecrets(t, lintWith(t, rules.All(), files(t, "acme.txtar"), testOptions, 2, "markdown")["markdown"])
	golden(t, "acme.lint.md", lintAll(t, files(t, "acme.txtar"), testOptions, "markdown")["markdown"])
	if got, want := render(t, "markdown", testOptions, nil, nil), "## xmlint: nothing found\n\n0 files in 0 deployments, read by xmlint 0.0.0.\n"; got != want {
		t.Errorf("got %q", got)
	}
}
