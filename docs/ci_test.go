package docs

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

var update = flag.Bool("update", false, "write the parts of pages anew that are made of something else")

// What ci.md shows are the files of the example, and what it says about the
// action is what action.yml says.
func TestCI(t *testing.T) {
	before := read(t, "ci.md")
	// A file's name in backquotes, a colon, and its text.
	block := regexp.MustCompile("(?ms)(`([^`\n]+)`:\n\n```yaml\n)(.*?)(^```$)")
	page := block.ReplaceAllStringFunc(before, func(b string) string {
		parts := block.FindStringSubmatch(b)
		return parts[1] + read(t, "example/"+parts[2]) + parts[4]
	})
	if n := len(block.FindAllString(page, -1)); n != 4 {
		t.Errorf("ci.md shows %d files", n)
	}
	inputs, outputs := actionTables(t)
	page = table(t, page, "| input | default | means |\n| --- | --- | --- |\n", inputs)
	page = table(t, page, "| output | means |\n| --- | --- |\n", outputs)
	if *update {
		if err := os.WriteFile("ci.md", []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
		before = page
	}
	if diff := cmp.Diff(page, before); diff != "" {
		t.Errorf("ci.md is not what it is made of: run go generate ./docs (-want +got)\n%s", diff)
	}
}

// table puts rows below the head of a table, in place of those there.
func table(t *testing.T, page, head, rows string) string {
	t.Helper()
	above, rest, ok := strings.Cut(page, head)
	if !ok {
		t.Fatalf("ci.md has no table %q", head)
	}
	for strings.HasPrefix(rest, "|") {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return above + head + rows + rest
}

// actionTables are the rows that action.yml gives, in its order.
func actionTables(t *testing.T) (inputs, outputs string) {
	t.Helper()
	var action struct{ Inputs, Outputs yaml.Node }
	if err := yaml.Unmarshal([]byte(read(t, "../action.yml")), &action); err != nil {
		t.Fatal(err)
	}
	type entry struct{ Description, Default string }
	each := func(n yaml.Node, row func(name string, e entry)) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			var e entry
			if err := n.Content[i+1].Decode(&e); err != nil {
				t.Fatal(err)
			}
			e.Description = strings.TrimSpace(e.Description)
			row(n.Content[i].Value, e)
		}
	}
	each(action.Inputs, func(name string, e entry) {
		if e.Default != "" {
			e.Default = "`" + e.Default + "`"
		}
		inputs += "| `" + name + "` | " + e.Default + " | " + e.Description + " |\n"
	})
	each(action.Outputs, func(name string, e entry) {
		outputs += "| `" + name + "` | " + e.Description + " |\n"
	})
	return inputs, outputs
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
