package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// pages are the README and everything in docs, by path from here.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	read := func(name string) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.ToSlash(name)] = string(text)
	}
	read("../../README.md")
	if err := filepath.WalkDir("../../docs", func(name string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".md" {
			read(name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestDocumentation runs every console block of the README and of docs: what
// stands below a command is what the command prints. A line ... stands for any
// number of lines. Commands run among the example deployments, as in a clone,
// and the page says so; those of ci.md in the example repository, those of a
// rule's page in what the page shows.
func TestDocumentation(t *testing.T) {
	commands := map[bool]int{}
	for page, text := range pages(t) {
		rule := strings.Contains(page, "/docs/rules/")
		if !rule && strings.Contains(text, "```console\n") && !regexp.MustCompile(`\]\((\.\./)?(testdata|example)\)`).MatchString(text) {
			t.Errorf("%s does not say where its commands run", page)
		}
		for _, block := range regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
			for _, one := range strings.Split("\n"+block[1], "\n$ ")[1:] {
				call, want, _ := strings.Cut(one, "\n")
				commands[rule]++
				t.Run(strings.TrimPrefix(page, "../../")+": "+call, func(t *testing.T) {
					dir := ""
					switch {
					case rule:
						dir = shownFiles(t, text)
					case strings.HasSuffix(page, "/docs/ci.md"):
						dir = exampleRepository(t)
					default:
						dir = clonedExamples(t)
					}
					consoleMatches(t, dir, call, want)
				})
			}
		}
	}
	if commands[false] < 4 || commands[true] < 50 {
		t.Errorf("only %d commands in the documentation, %d on the rules' pages", commands[false], commands[true])
	}
}

// The indented commands of the README are calls that exist, and its program is
// that of an example which the tests run: a line ... stands for what is left out.
func TestReadme(t *testing.T) {
	text := pages(t)["../../README.md"]
	calls := 0
	for _, m := range regexp.MustCompile(`(?m)^    xmlint (.*)$`).FindAllStringSubmatch(text, -1) {
		calls++
		var stdout, stderr strings.Builder
		if status := runIn(t, exampleRepository(t), splitWords(m[1]), &stdout, &stderr); status != 0 {
			t.Errorf("%s: exit status %d\n%s%s", m[0], status, stdout.String(), stderr.String())
		}
	}
	program := regexp.MustCompile("(?ms)^```go\n(.*?)^```$").FindStringSubmatch(text)
	example, err := os.ReadFile("../../lint/example_test.go")
	if err != nil || program == nil || calls == 0 {
		t.Fatalf("%v, %d calls", err, calls)
	}
	for line := range strings.Lines(program[1]) {
		if line = strings.TrimSpace(line); line != "..." && !strings.Contains(string(example), "\t"+line+"\n") {
			t.Errorf("no example has the line %s", line)
		}
	}
}

// The table of exit statuses says what the help says.
func TestExitStatuses(t *testing.T) {
	var help strings.Builder
	runIn(t, t.TempDir(), []string{"--help"}, &help, &help)
	_, told, _ := strings.Cut(help.String(), "Exit status:\n")
	told, _, _ = strings.Cut(told, "\n\n")
	told = regexp.MustCompile(`\n {7}`).ReplaceAllString(told, " ")
	lines := regexp.MustCompile(`(?m)^ +(\d+)  (.*)$`).FindAllStringSubmatch(told, -1)
	page := strings.ReplaceAll(pages(t)["../../README.md"], "`", "")
	for _, m := range lines {
		if row := "| " + m[1] + " | " + m[2] + " |\n"; !strings.Contains(page, row) {
			t.Errorf("README.md has no row %s", row)
		}
	}
	if len(lines) != 6 {
		t.Errorf("the help has %d exit statuses", len(lines))
	}
}

// shownFiles makes the files of a rule's page that stand below its heading
// Example: the name in backquotes, and the text in a block.
func shownFiles(t *testing.T, page string) string {
	t.Helper()
	_, example, _ := strings.Cut(page, "\n## Example\n")
	example, _, _ = strings.Cut(example, "\n## ")
	dir := t.TempDir()
	for _, f := range regexp.MustCompile("(?ms)^`([^`\n]+)`\n\n```[a-z]+\n(.*?)^```$").FindAllStringSubmatch(example, -1) {
		name := filepath.Join(dir, filepath.FromSlash(f[1]))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f[2]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func consoleMatches(t *testing.T, dir, call, want string) {
	t.Helper()
	args, ok := strings.CutPrefix(call, "xmlint ")
	if !ok {
		t.Fatalf("%q is no call of xmlint", call)
	}
	var stdout, stderr strings.Builder
	runIn(t, dir, splitWords(args), &stdout, &stderr)
	if got := stdout.String(); !matchElided(got, want) {
		t.Errorf("the page says\n%s\nbut the command prints\n%s%s", want, got, stderr.String())
	}
}

// examples is a copy of the example deployments without a version control
// system's folder above it.
func examples(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// clonedExamples is a copy of the example deployments where whoever cloned the
// project has them.
func clonedExamples(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, "testdata")
	if err := os.CopyFS(dir, os.DirFS("../../testdata")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

// splitWords splits a command as a shell does that knows blanks and double
// quotes.
func splitWords(s string) []string {
	var words []string
	for i, part := range strings.Split(s, `"`) {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	return words
}

// matchElided compares line by line; ... stands for any number of lines.
func matchElided(got, want string) bool {
	return matchLines(strings.Split(strings.TrimRight(got, "\n"), "\n"), strings.Split(strings.TrimRight(want, "\n"), "\n"))
}

func matchLines(got, want []string) bool {
	for len(want) > 0 {
		if want[0] == "..." {
			for i := 0; i <= len(got); i++ {
				if matchLines(got[i:], want[1:]) {
					return true
				}
			}
			return false
		}
		if len(got) == 0 || strings.TrimRight(got[0], " ") != want[0] {
			return false
		}
		got, want = got[1:], want[1:]
	}
	return len(got) == 0
}

// runIn runs the command in a folder.
func runIn(t *testing.T, dir string, args []string, stdout, stderr io.Writer) int {
	t.Helper()
	return run(t.Context(), system{
		args:   args,
		env:    func(string) string { return "" },
		dir:    dir,
		now:    func() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) },
		stdin:  strings.NewReader(""),
		stdout: stdout,
		stderr: stderr,
	})
}
