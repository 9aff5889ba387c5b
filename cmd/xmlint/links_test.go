package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Links between the pages of the project lead somewhere, to the heading too.
func TestLinks(t *testing.T) {
	all := pages(t)
	for _, name := range []string{"CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} {
		text, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		all["../../"+name] = string(text)
	}
	links, headings := 0, 0
	for page, text := range all {
		for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			links++
			file, heading, _ := strings.Cut(m[1], "#")
			target := page
			if file != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(page), file))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s: %v", page, m[1], err)
			} else if heading != "" {
				headings++
				if !hasHeading(all[target], heading) {
					t.Errorf("%s links to %s, and there is no such heading", page, m[1])
				}
			}
		}
	}
	if links < 100 || headings < 3 {
		t.Errorf("only %d links, %d to a heading", links, headings)
	}
}

// hasHeading reports whether a page has a heading with an anchor, as GitHub
// makes it: lower case, hyphens for blanks, without punctuation.
func hasHeading(page, anchor string) bool {
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		plain := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		if strings.ReplaceAll(plain, " ", "-") == anchor {
			return true
		}
	}
	return false
}

// The page about the plan explains marks and words that plans have.
func TestPlanPage(t *testing.T) {
	page := pages(t)["../../docs/plan.md"]
	var printed strings.Builder
	dir := examples(t)
	for _, args := range [][]string{
		{"plan", "fresh-4.2.3-iis"}, {"plan", "version-unknown"}, {"plan", "part-way", "--status"},
	} {
		runIn(t, dir, args, &printed, &printed)
	}
	_, table, _ := strings.Cut(page, "## Reading it")
	table, compared, _ := strings.Cut(table, "With `--compare`")
	_, words, _ := strings.Cut(compared, "| word |")
	words, _, _ = strings.Cut(words, "\n## ")
	found := 0
	for _, m := range regexp.MustCompile("(?m)^\\| (`.*?`) \\|").FindAllStringSubmatch(table+words, -1) {
		for word := range strings.SplitSeq(m[1], ", ") {
			found++
			if !strings.Contains(printed.String(), " "+strings.Trim(word, "`")+" ") && !strings.Contains(printed.String(), "\n"+strings.Trim(word, "`")+" ") {
				t.Errorf("no plan has %s", word)
			}
		}
	}
	if found < 12 {
		t.Errorf("only %d marks and words", found)
	}
}
