package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// command is a workflow command as GitHub's runner reads it.
type command struct {
	name, data string
	properties map[string]string
}

// readCommand reads a line as ActionCommand.TryParseV2 of actions/runner does.
func readCommand(line string) (command, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "::")
	if !ok {
		return command{}, false
	}
	info, data, ok := strings.Cut(rest, "::")
	if !ok {
		return command{}, false
	}
	name, properties, _ := strings.Cut(info, " ")
	c := command{name: name, properties: map[string]string{}}
	for p := range strings.SplitSeq(strings.TrimSpace(properties), ",") {
		if key, value, ok := strings.Cut(p, "="); ok && key != "" && value != "" {
			for _, m := range [][2]string{{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}} {
				value = strings.ReplaceAll(value, m[0], m[1])
			}
			c.properties[key] = value
		}
	}
	for _, m := range [][2]string{{"%0D", "\r"}, {"%0A", "\n"}, {"%25", "%"}} {
		data = strings.ReplaceAll(data, m[0], m[1])
	}
	c.data = data
	return c, true
}

func readCommands(t *testing.T, text string) []command {
	t.Helper()
	var all []command
	for line := range strings.Lines(text) {
		c, ok := readCommand(strings.TrimSuffix(line, "\n"))
		if !ok {
			t.Fatalf("no command: %q", cutText(line, 200))
		}
		if n := len([]rune(c.data)); n > 4096 {
			t.Errorf("a message of %d characters", n)
		}
		all = append(all, c)
	}
	return all
}

func TestGitHubHostile(t *testing.T) {
	d, findings := hostileFindings()
	commands := readCommands(t, render(t, "github", testOptions, d, findings))
	if len(commands) != len(findings) {
		t.Fatalf("%d commands of %d findings", len(commands), len(findings))
	}
	for i, f := range findings {
		c := commands[i]
		if c.name != annotationLevel(f.Severity) {
			t.Errorf("%q is %q", f.Severity, c.name)
		}
		// A path is what it is, as far as a log can show it.
		parts := strings.FieldsFunc(f.Path, func(r rune) bool { return r == '\n' || r == '\r' })
		for _, part := range parts {
			if !strings.Contains(c.properties["file"], visible.String(part)) {
				t.Errorf("%q comes back as %q", f.Path, c.properties["file"])
			}
		}
		if got, want := strings.Count(c.properties["file"], "\n"), strings.Count(f.Path, "\n"); got != want {
			t.Errorf("%q has %d line ends, want %d", c.properties["file"], got, want)
		}
		want := cutText(visible.String(f.Message), annotationText) + "\nfix: "
		if !strings.HasPrefix(c.data, want) {
			t.Errorf("%q comes back as %q", cutText(want, 200), cutText(c.data, 200))
		}
		if c.properties["title"] != "XM2004 connection-string-missing" || c.properties["line"] != "3" {
			t.Errorf("%v", c.properties)
		}
		if one := f.Start.Line == f.End.Line; one != (c.properties["col"] == "7") || one != (c.properties["endColumn"] == "9") {
			t.Errorf("%v for %d to %d", c.properties, f.Start.Line, f.End.Line)
		}
	}
}

func TestGitHubPathExact(t *testing.T) {
	f := lint.Finding{Rule: &lint.Rule{ID: "XM2004", Name: "n"}, Path: "a,b/c:d/100%25%0A/e f\r\ng=h/é.json", Message: "50% of ::x, %0A"}
	c := readCommands(t, string(appendAnnotation(nil, &f)))[0]
	if c.properties["file"] != f.Path || c.data != f.Message {
		t.Errorf("%q, %q", c.properties["file"], c.data)
	}
}

// The annotations behind a text are the first ten of each level.
func TestAnnotations(t *testing.T) {
	var findings []lint.Finding
	for i := range 60 {
		f := lint.Finding{Rule: &lint.Rule{ID: "XM2004", Name: "n"}, Severity: lint.Severity(1 + i%3), Path: "p", Message: fmt.Sprint(i)}
		findings = append(findings, f)
	}
	commands := readCommands(t, renderWith(t, NewAnnotations(), &deployment.Deployment{}, findings))
	count := map[string]int{}
	for _, c := range commands {
		count[c.name]++
	}
	if len(commands) != 30 || count["error"] != 10 || count["warning"] != 10 || count["notice"] != 10 {
		t.Errorf("%v", count)
	}
	if commands[0].data != "0" || commands[29].data != "29" {
		t.Errorf("from %v to %v", commands[0], commands[29])
	}
}

// What a file says is no command to the runner, also where a line is broken
// before it.
func TestActionsLog(t *testing.T) {
	d, findings := hostileFindings()
	for i := range 120 {
		command := strings.Repeat("x", i) + " ::set-output name=a::b ##[add-mask]c"
		findings = append(findings, lint.Finding{Rule: findings[0].Rule, Path: "::warning ::" + command, Message: command, Do: command, Why: command,
			Related: []lint.Related{{Path: "p", Message: command}}})
	}
	armed := regexp.MustCompile(`(?m)^[ \t]*::|##\[`)
	text := render(t, "text", testOptions, d, findings)
	if !armed.MatchString(text) {
		t.Fatal("nothing to disarm")
	}
	f, err := NewLint("text", testOptions)
	if err != nil {
		t.Fatal(err)
	}
	disarmed := renderWith(t, InActions(f), d, findings)
	if found := armed.FindString(disarmed); found != "" {
		t.Errorf("%q is left", found)
	}
	if back := strings.NewReplacer(`\x3a:`, "::", `\x23#[`, "##[").Replace(disarmed); back != text {
		t.Error("more is changed than marks of commands")
	}
	if plain, _ := NewLint("text", testOptions); renderWith(t, InActions(plain), nil, nil) != render(t, "text", testOptions, nil, nil) {
		t.Error("the summary is changed")
	}
}

func TestGitHubGolden(t *testing.T) {
	noSecrets(t, lintWith(t, rules.All(), files(t, "acme.txtar"), testOptions, 2, "github")["github"])
	golden(t, "acme.lint.github.txt", lintAll(t, files(t, "acme.txtar"), testOptions, "github")["github"])
}
