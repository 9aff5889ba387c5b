package report

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/rules"
)

// Each rule has its page in docs/rules, made of the rule itself and of what it
// says about its own bad example. With -update the pages are written anew.
func TestRulePages(t *testing.T) {
	dir := filepath.Join("..", "docs", "rules")
	pages := map[string]string{}
	var all []CatalogueRule
	for _, r := range rules.All() {
		c := NewCatalogueRule(r)
		all = append(all, c)
		if c.Bad == "" || c.Good == "" || strings.Contains(c.Bad+c.Good, "```") {
			t.Errorf("%s: a page needs a bad and a good example that fit into a block", r.ID)
		}
		printed := printedFor(t, c)
		if !strings.Contains(printed, c.ID) {
			t.Errorf("%s says nothing about its bad example", c.ID)
		}
		pages[c.ID+".md"] = string(RulePage(c, printed))
		if got := filepath.Base(c.URL); got != c.ID+".md" {
			t.Errorf("%s: findings point to %s", c.ID, got)
		}
	}
	pages["README.md"] = string(RuleIndex(all))
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		file := filepath.Join(dir, name)
		if *update {
			if err := os.WriteFile(file, []byte(pages[name]), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if text, err := os.ReadFile(file); err != nil || string(text) != pages[name] {
			t.Errorf("docs/rules/%s is not what the rule says today (%v): run go generate ./docs", name, err)
		}
	}
	there, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range there {
		if pages[filepath.Base(file)] == "" {
			t.Errorf("docs/rules/%s is no rule's page", filepath.Base(file))
		}
	}
}

// printedFor is what lint prints about a rule's bad example; a line ... stands
// for what other rules say, and for the summary.
func printedFor(t *testing.T, r CatalogueRule) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(r.Bad)).Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	text := lintWith(t, rules.All(), fsys, testOptions, 1, "text")["text"]
	own := regexp.MustCompile(`^\S+: (error|warning|info) ` + r.ID + ` `)
	var b strings.Builder
	last := "" // what the paragraph before is: nothing, shown or elided
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		switch {
		case !own.MatchString(paragraph):
			if last != "elided" {
				b.WriteString("...\n")
			}
			last = "elided"
			continue
		case last == "shown":
			b.WriteString("\n")
		}
		b.WriteString(paragraph + "\n")
		last = "shown"
	}
	return b.String()
}

// What stands outside of code cannot be taken for HTML.
func TestRulePageEscapes(t *testing.T) {
	page := string(RulePage(CatalogueRule{ID: "XM9999", What: "A <b> and a `<c>`."}, ""))
	if !strings.Contains(page, "A \\<b> and a `<c>`.") {
		t.Error(page)
	}
}
