package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/report"
)

// call runs the program in this process, in a folder.
func call(ctx context.Context, dir string, stdin io.Reader, stdout, stderr io.Writer, args ...string) int {
	return run(ctx, system{
		args: args, dir: dir, stdin: stdin, stdout: stdout, stderr: stderr,
		env: func(string) string { return "" },
		now: func() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) },
	})
}

// unpack writes an archive of testdata into a folder of its own.
func unpack(t *testing.T, name string) string {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := txtar.Write(a, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// calls are one for each command and format.
func calls() [][]string {
	var all [][]string
	for _, c := range []struct {
		args    []string
		formats []string
	}{
		{[]string{"lint"}, report.LintFormats()},
		{[]string{"lint", "--color", "always"}, report.LintFormats()},
		{[]string{"lint", "--environment", "Production"}, report.LintFormats()},
		{[]string{"plan"}, report.PlanFormats()},
		{[]string{"audit"}, report.AuditFormats()},
		{[]string{"audit", "--environment", "Production"}, report.AuditFormats()},
		{[]string{"show"}, report.ShowFormats()},
		{[]string{"show", "--all"}, report.ShowFormats()},
		{[]string{"init"}, report.DraftFormats()},
		{[]string{"redis", "h,password=Fx7,pasword=Fx7,user=u,old:x:y"}, report.RedisFormats()},
		{[]string{"redis", "rediss://u:Fx7@h:6380,ssl=maybe"}, report.RedisFormats()},
		{[]string{"rules"}, report.CatalogueFormats()},
		{[]string{"explain", "XM2004"}, report.ExplainFormats()},
		{[]string{"version"}, report.VersionFormats()},
		{[]string{"baseline"}, report.BaselineFormats()},
		{[]string{"migrate", "--unsafe"}, report.MigrationFormats()},
		{[]string{"migrate", "--redis", "cache01:6380,password=Fx7,ssl=True,abortConnect=False"}, report.MigrationFormats()},
		{[]string{"migrate", "--off"}, report.MigrationFormats()},
	} {
		for _, f := range c.formats {
			all = append(all, append(append([]string{}, c.args...), "--format", f))
		}
	}
	return append(all, []string{"schema"}, []string{"schema", "lint"}, []string{"help"}, []string{"lint", "--help"}, []string{"completion", "bash"})
}

func TestSecrets(t *testing.T) {
	dir := unpack(t, "secrets.txtar")
	for _, args := range calls() {
		var stdout, stderr strings.Builder
		if status := call(context.Background(), dir, strings.NewReader(""), &stdout, &stderr, args...); status > 1 {
			t.Errorf("%q: exit status %d: %s", args, status, stderr.String())
		}
		for line := range strings.Lines(stdout.String() + stderr.String()) {
			if strings.Contains(line, "Fx7") {
				t.Errorf("%q shows a secret: %s", args, line)
			}
		}
	}
}

// broken fails after some bytes.
type broken struct {
	left int
	err  error
}

func (b *broken) Write(p []byte) (int, error) {
	if len(p) > b.left {
		return 0, b.err
	}
	b.left -= len(p)
	return len(p), nil
}

func TestOutputThatFails(t *testing.T) {
	dir := unpack(t, "secrets.txtar")
	for _, args := range calls() {
		for _, left := range []int{0, 1} {
			var stderr strings.Builder
			status := call(context.Background(), dir, strings.NewReader(""), &broken{left, errors.New("no space left on device")}, &stderr, args...)
			if status != 3 || !strings.HasSuffix(stderr.String(), "xmlint: standard output cannot be written: no space left on device\n") {
				t.Errorf("%q: exit status %d: %s", args, status, stderr.String())
			}
		}
	}
}

// Whoever stops reading knows: nothing is said of it.
func TestOutputThatIsClosed(t *testing.T) {
	dir := unpack(t, "secrets.txtar")
	for _, args := range calls() {
		var stderr strings.Builder
		closed := &broken{0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}}
		if status := call(context.Background(), dir, strings.NewReader(""), closed, &stderr, args...); status != 3 || strings.Contains(stderr.String(), "written") {
			t.Errorf("%q: exit status %d: %s", args, status, stderr.String())
		}
	}
}

// An output that fails does not silence the others.
func TestOneOutputThatFails(t *testing.T) {
	dir := unpack(t, "secrets.txtar")
	for _, command := range []string{"lint", "plan", "audit", "show"} {
		want, stderr := new(strings.Builder), new(strings.Builder)
		call(context.Background(), dir, nil, want, stderr, command)
		var got strings.Builder
		status := call(context.Background(), dir, nil, &got, stderr, command, "-o", "json=none/x.json", "-o", "json="+command+".json")
		if status != 3 || !strings.HasPrefix(stderr.String(), "xmlint: none/x.json cannot be written: ") {
			t.Errorf("%s: exit status %d: %s", command, status, stderr)
		}
		if got.String() != want.String() {
			t.Errorf("%s: the terminal shows %q", command, got.String())
		}
		text, err := os.ReadFile(filepath.Join(dir, command+".json"))
		if err != nil || !json.Valid(text) {
			t.Errorf("%s: the other file: %v %q", command, err, text)
		}
		status = call(context.Background(), dir, nil, &broken{0, errors.New("no space left on device")}, stderr, command, "-o", "json="+command+".again.json")
		again, err := os.ReadFile(filepath.Join(dir, command+".again.json"))
		if status != 3 || err != nil || !bytes.Equal(again, text) {
			t.Errorf("%s: exit status %d, %v: %q", command, status, err, again)
		}
	}
}

func TestInterrupted(t *testing.T) {
	dir := unpack(t, "secrets.txtar")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"lint"}, {"plan"}, {"audit"}, {"show"}, {"init"}, {"baseline"}, {"lint", "-"}, {"redis", "-"}} {
		var stderr strings.Builder
		if status := call(ctx, dir, forever{}, io.Discard, &stderr, args...); status != 130 || stderr.String() != "xmlint: interrupted\n" {
			t.Errorf("%q: exit status %d: %s", args, status, stderr.String())
		}
	}
}

// Waiting for standard input ends with Ctrl-C.
func TestInterruptedWhileReading(t *testing.T) {
	for _, args := range [][]string{{"lint", "-"}, {"redis", "-"}} {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		start := time.Now()
		if status := call(ctx, t.TempDir(), forever{}, io.Discard, io.Discard, args...); status != 130 {
			t.Errorf("%q: exit status %d", args, status)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%q: took %v", args, took)
		}
	}
}

// forever never gives anything.
type forever struct{}

func (forever) Read([]byte) (int, error) { select {} }

// Names that want to be obeyed by a terminal are only shown.
func TestHostileNames(t *testing.T) {
	dir := t.TempDir()
	name := "a\x1b[31m\r\n\u202e"
	if err := os.MkdirAll(filepath.Join(dir, name, "AppDesigner"), 0o777); err != nil {
		t.Skip(err)
	}
	for file, text := range map[string]string{
		"appsettings.json":              "{\"xmpro\":{\"appDesigner\":{},\"a\u202e\":1,\"autoScale\":{\"enabled\":\"\u009b\",\"connectionString\":\"\"}}}",
		"appsettings.\x1b]0;x\x07.json": "{",
	} {
		if err := os.WriteFile(filepath.Join(dir, name, "AppDesigner", file), []byte(text), 0o666); err != nil {
			t.Skip(err)
		}
	}
	for _, args := range calls() {
		if args[0] == "completion" || args[0] == "redis" || len(args) > 2 && args[2] == "always" {
			continue
		}
		var out bytes.Buffer
		call(context.Background(), dir, strings.NewReader(""), &out, &out, args...)
		for _, r := range out.String() {
			if r != '\n' && r != '\t' && visible.String(string(r)) != string(r) {
				t.Errorf("%q prints %q", args, r)
				break
			}
		}
	}
	var stderr strings.Builder
	call(context.Background(), dir, strings.NewReader(""), io.Discard, &stderr, "lint", "no\x1b[31m")
	if got := stderr.String(); !strings.HasPrefix(got, `xmlint: no\x1b[31m: `) {
		t.Errorf("%q", got)
	}
}
