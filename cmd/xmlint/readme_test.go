package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestDocumentation runs every console block of the README and of docs: what
// stands below a command is what the command prints. A line ... stands for any
// number of lines.
func TestDocumentation(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
			for _, one := range strings.Split("\n"+block[1], "\n$ ")[1:] {
				call, want, _ := strings.Cut(one, "\n")
				commands++
				t.Run(call, func(t *testing.T) { consoleMatches(t, call, want) })
			}
		}
	}
	if commands < 4 {
		t.Errorf("only %d commands in the documentation", commands)
	}
}

func consoleMatches(t *testing.T, call, want string) {
	args, ok := strings.CutPrefix(call, "xmlint ")
	if !ok {
		t.Fatalf("%q is no call of xmlint", call)
	}
	var stdout, stderr strings.Builder
	runIn(t, examples(t), splitWords(args), &stdout, &stderr)
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
