package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The files and tests that CONTRIBUTING.md names are there, and its calls of go
// test give -update to packages that have goldens only: to another one the flag
// is an error.
func TestContributing(t *testing.T) {
	text := read(t, "../CONTRIBUTING.md")
	updates := 0
	for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(text, -1) {
		words := strings.Fields(m[1])
		switch {
		case strings.HasPrefix(m[1], "go test ") && words[len(words)-1] == "-update":
			updates++
			for _, dir := range words[2 : len(words)-1] {
				if !anyTestHas(t, filepath.Join("..", dir), `flag.Bool("update"`) {
					t.Errorf("%s: the tests of %s have no -update", m[1], dir)
				}
			}
		case strings.HasPrefix(m[1], "Test"):
			if !anyTestHas(t, "../rules", "func "+m[1]+"(") {
				t.Errorf("there is no %s", m[1])
			}
		case len(words) == 1 && strings.Contains(m[1], "/"):
			if found, err := filepath.Glob(filepath.Join("..", m[1])); err != nil || len(found) == 0 {
				t.Errorf("there is no %s", m[1])
			}
		}
	}
	if updates < 2 {
		t.Errorf("only %d calls write goldens", updates)
	}
}

// anyTestHas reports whether one of a folder's test files holds a text.
func anyTestHas(t *testing.T, dir, text string) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		held, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(held), text) {
			return true
		}
	}
	return false
}
