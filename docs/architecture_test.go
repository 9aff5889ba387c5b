package docs

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// importsOf gives the packages of the project that each of its packages
// imports outside of its tests, both by folder.
func importsOf(t *testing.T) map[string][]string {
	t.Helper()
	const module = "github.com/xmlint/xmlint/"
	root, all := os.DirFS(".."), map[string][]string{}
	if err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			_, other := fs.Stat(root, path.Join(name, "go.mod"))
			if base := path.Base(name); name != "." && (strings.HasPrefix(base, ".") || base == "testdata" || other == nil) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		if _, ok := all[dir]; !ok {
			all[dir] = nil
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if own, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(all[dir], own) {
				all[dir] = append(all[dir], own)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// The table of packages has each of them, with the packages that it imports,
// and imports only point down.
func TestPackages(t *testing.T) {
	actual := importsOf(t)
	var order []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z/]+)/` \\| .* \\| ([^|]+) \\|$").FindAllStringSubmatch(read(t, "architecture.md"), -1) {
		dir, cell := row[1], row[2]
		order = append(order, dir)
		imports, ok := actual[dir]
		if !ok {
			t.Errorf("there is no package %s", dir)
		}
		for _, name := range imports {
			if slices.Contains(order, name) {
				t.Errorf("%s imports %s, which stands above it", dir, name)
			}
		}
		if cell == "everything" {
			continue
		}
		var told []string
		for name := range strings.SplitSeq(strings.TrimSuffix(cell, "-"), ", ") {
			if name, _, _ = strings.Cut(name, " "); name != "" {
				told = append(told, name)
			}
		}
		slices.Sort(told)
		slices.Sort(imports)
		if !slices.Equal(told, imports) {
			t.Errorf("%s imports %v, and the page says %v", dir, imports, told)
		}
	}
	for dir := range actual {
		if dir != "docs" && !slices.Contains(order, dir) {
			t.Errorf("the table has no row for %s", dir)
		}
	}
}

// The table of dependencies has the modules that go.mod requires, but for those
// of the tests, which the sentence below it names, and staticcheck.
func TestDependencies(t *testing.T) {
	page := read(t, "architecture.md")
	_, page, _ = strings.Cut(page, "\n## Dependencies\n")
	page, _, _ = strings.Cut(page, "\n## ")
	var told []string
	for _, row := range regexp.MustCompile(`(?m)^\| ([a-z]\S*\.\S+) \|`).FindAllStringSubmatch(page, -1) {
		told = append(told, row[1])
	}
	required := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(read(t, "../go.mod"), -1)
	for _, m := range required {
		short := path.Base(regexp.MustCompile(`/v\d+$`).ReplaceAllString(m[1], ""))
		if !slices.ContainsFunc(told, func(name string) bool { return name == m[1] || strings.HasPrefix(name, m[1]+"/") }) &&
			!strings.Contains(page, short) {
			t.Errorf("the page does not say what %s is for", m[1])
		}
	}
	for _, name := range told {
		if !slices.ContainsFunc(required, func(m []string) bool { return name == m[1] || strings.HasPrefix(name, m[1]+"/") }) {
			t.Errorf("%s is no dependency", name)
		}
	}
	if len(told) < 5 || len(required) < 10 {
		t.Errorf("only %d told, %d required", len(told), len(required))
	}
}
