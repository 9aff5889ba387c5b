package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A line of a file and the caret below it fit on the terminal; where there is
// none, or a wide one, text keeps to the same 100 columns.
func TestTerminalWidth(t *testing.T) {
	dir := t.TempDir()
	text := `{"xmpro": {"appDesigner": {}, "autoScale": {"enabled": "perhaps", "connectionString": "` + strings.Repeat("c", 120) + `:6379"}}}`
	if err := os.WriteFile(filepath.Join(dir, "appsettings.json"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	lint := func(terminal bool, width int) (longest int) {
		var out bytes.Buffer
		run(t.Context(), system{
			args: []string{"lint", "-f", "text", "--color", "never"}, dir: dir, stdout: &out, stderr: &out,
			env: func(string) string { return "" }, now: time.Now, terminal: terminal, width: width,
		})
		for line := range strings.Lines(out.String()) {
			if strings.Contains(line, " | ") {
				longest = max(longest, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")))
			}
		}
		return longest
	}
	for _, c := range []struct {
		terminal           bool
		width, least, most int
	}{{true, 80, 70, 80}, {true, 60, 50, 60}, {true, 300, 90, 100}, {true, 0, 90, 100}, {false, 60, 90, 100}} {
		if got := lint(c.terminal, c.width); got < c.least || got > c.most {
			t.Errorf("terminal %v of %d columns: a line of %d", c.terminal, c.width, got)
		}
	}
}
