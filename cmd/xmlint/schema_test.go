package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/xmlint/xmlint/schema"
)

// TestJSONIsAsDescribed holds the JSON documents about every example
// deployment against the schemas that the program prints.
func TestJSONIsAsDescribed(t *testing.T) {
	const dir = "../../testdata"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{"lint": {"lint"}, "plan": {"plan"}, "audit": {"audit"}, "show": {"show", "--all"}, "init": {"init"}} {
		text, ok := schema.File(name)
		if !ok {
			t.Fatalf("there is no schema %s", name)
		}
		compiled, err := jsonschema.CompileString(name, string(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !e.IsDir() {
				continue
			}
			var stdout strings.Builder
			call(context.Background(), dir, strings.NewReader(""), &stdout, io.Discard, append(args, "--format", "json", e.Name())...)
			var document any
			if err := json.Unmarshal([]byte(stdout.String()), &document); err != nil {
				t.Errorf("%s %s: %v", name, e.Name(), err)
				continue
			}
			if err := compiled.Validate(document); err != nil {
				t.Errorf("%s %s: %#v", name, e.Name(), err)
			}
			if strings.Contains(stdout.String(), ":null") {
				t.Errorf("%s %s has null", name, e.Name())
			}
		}
	}
}
