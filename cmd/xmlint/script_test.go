package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/xmlint/xmlint/schema"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"xmlint": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"valid": valid, "lines": lines, "status": exits,
		},
	})
}

// valid SCHEMA FILE checks a JSON document, or, with -lines, one per line.
func valid(ts *testscript.TestScript, neg bool, args []string) {
	perLine := len(args) == 3 && args[0] == "-lines"
	if perLine {
		args = args[1:]
	}
	if len(args) != 2 || neg {
		ts.Fatalf("usage: valid [-lines] SCHEMA FILE")
	}
	text, ok := schema.File(args[0])
	if !ok {
		ts.Fatalf("there is no schema %s", args[0])
	}
	s, err := jsonschema.CompileString(args[0], string(text))
	ts.Check(err)
	documents := []string{ts.ReadFile(args[1])}
	if perLine {
		documents = strings.Split(strings.TrimSuffix(documents[0], "\n"), "\n")
	}
	for _, d := range documents {
		var document any
		decoder := json.NewDecoder(bytes.NewReader([]byte(d)))
		decoder.UseNumber()
		ts.Check(decoder.Decode(&document))
		if decoder.More() {
			ts.Fatalf("%s: more than one document", args[1])
		}
		ts.Check(s.Validate(document))
	}
}

// lines N FILE counts lines.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 || neg {
		ts.Fatalf("usage: lines N FILE")
	}
	text := ts.ReadFile(args[1])
	if n := strings.Count(text, "\n"); args[0] != strconv.Itoa(n) {
		ts.Fatalf("%s has %d lines, want %s:\n%s", args[1], n, args[0], text)
	}
}

// exits N COMMAND... runs a command that has to exit with N.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg {
		ts.Fatalf("usage: status N COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case err == nil && args[0] == "0":
	case errors.As(err, &exit) && args[0] == strconv.Itoa(exit.ExitCode()):
	default:
		ts.Fatalf("%s: %v, want exit status %s", strings.Join(args[1:], " "), err, args[0])
	}
}
