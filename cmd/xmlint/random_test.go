package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/schema"
)

var (
	randomTrees = flag.Int("random.trees", 16, "how many random trees are made")
	randomFrom  = flag.Uint64("random.from", 1, "the seed of the first random tree")
)

// TestRandomTrees runs every command over random deployments and holds what
// comes out against what is promised of any output, whatever the input.
func TestRandomTrees(t *testing.T) {
	f := newForest(t)
	before := runtime.NumGoroutine()
	for seed := *randomFrom; seed < *randomFrom+uint64(*randomTrees); seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { walkTree(t, f, seed) })
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left", runtime.NumGoroutine()-before)
}

// walk is a random tree on the disk, and the calls about it.
type walk struct {
	*testing.T
	*tree
	dir string
	all []string // flags that every call gets
}

func walkTree(t *testing.T, f *forest, seed uint64) {
	w := &walk{T: t, tree: f.grow(seed), dir: t.TempDir()}
	if err := w.tree.write(w.dir); err != nil {
		t.Skip(err) // two names that the file system takes for one
	}
	defer func() {
		if t.Failed() {
			t.Logf("done to the tree: %s", strings.Join(w.did, "; "))
		}
	}()
	if w.chance(3) {
		w.all = append(w.all, "--environment", pick(w.tree, "Production", "Staging", "none"))
	}
	if w.chance(3) {
		key, err := filepath.Abs(filepath.Join(testdata, "encrypted-rsa.key.xml"))
		if err != nil {
			t.Fatal(err)
		}
		w.all = append(w.all, "--key", key)
	}
	w.reports()
	w.plans()
	w.remarks()
	w.migrates()
}

// call runs a command and sees that it ends well and tells no secret.
func (w *walk) call(args ...string) (string, int) {
	w.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	args = append(slices.Clone(args), w.all...)
	var stdout, stderr strings.Builder
	status := call(ctx, w.dir, strings.NewReader(""), &stdout, &stderr, args...)
	if status > statusFound && status != statusNothing && (status != statusUsage || !slices.Contains(args, "--to") && args[0] != "migrate") {
		w.Errorf("%q: exit status %d: %s", args, status, stderr.String())
	}
	if all := stdout.String() + stderr.String(); !w.crude && strings.Contains(all, marker) {
		for line := range strings.Lines(all) {
			if strings.Contains(line, marker) {
				w.Errorf("%q shows a secret: %s", args, line)
				break
			}
		}
	}
	if !utf8.ValidString(stdout.String()) {
		w.Errorf("%q: no UTF-8", args)
	}
	return stdout.String(), status
}

// decode runs a command and reads its JSON document.
func (w *walk) decode(into any, args ...string) int {
	w.Helper()
	text, status := w.call(append(args, "--format", "json")...)
	if status >= statusUsage && status != statusNothing {
		return status
	}
	w.check(args[0], "json", text)
	if err := json.Unmarshal([]byte(text), into); err != nil {
		w.Errorf("%q: %v", args, err)
	}
	return status
}

// reports makes each report in each format, once and again.
func (w *walk) reports() {
	for _, c := range []struct {
		args    []string
		formats []string
	}{
		{[]string{"lint"}, report.LintFormats()},
		{[]string{"plan", "--explain", "--status"}, report.PlanFormats()},
		{[]string{"plan", "--off", "--explain"}, report.PlanFormats()},
		{[]string{"plan", "--status", "--to", pick(w.tree, "4.3.1", "4.4.19", "4.6.1", "4.5.5", "5.0.0", "9")}, report.PlanFormats()},
		{[]string{"audit"}, report.AuditFormats()},
		{[]string{"show", "--all"}, report.ShowFormats()},
		{[]string{"init"}, report.DraftFormats()},
		{[]string{"migrate", "--unsafe"}, report.MigrationFormats()},
		{[]string{"migrate", "--off"}, report.MigrationFormats()},
	} {
		for _, format := range c.formats {
			args := append(slices.Clone(c.args), "--format", format)
			text, status := w.call(append(args, "--jobs", "1")...)
			if status < statusUsage || status == statusNothing {
				w.check(args[0], format, text)
			}
			if format != "json" && !w.chance(10) {
				continue
			}
			if again, _ := w.call(append(args, "--jobs", "4")...); again != text {
				w.Errorf("%q: another run prints something else", args)
			}
		}
	}
}

var compiled = map[string]*jsonschema.Schema{}

// check holds a document against what its format asks for.
func (w *walk) check(command, format, text string) {
	w.Helper()
	var err error
	switch format {
	case "json":
		err = followsSchema(command, text)
	case "jsonl":
		for line := range strings.Lines(text) {
			if !json.Valid([]byte(line)) {
				err = fmt.Errorf("no JSON: %s", line)
			}
		}
	case "gitlab":
		if !json.Valid([]byte(text)) {
			err = errors.New("no JSON")
		}
	case "sarif":
		var r *sarif.Report
		if r, err = sarif.FromString(text); err == nil {
			err = r.Validate()
		}
	case "junit", "checkstyle", "svg":
		for d := xml.NewDecoder(strings.NewReader(text)); err == nil; {
			_, err = d.Token()
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil {
		w.Errorf("%s as %s: %v", command, format, err)
	}
}

// followsSchema holds a document against the schema that the program prints.
func followsSchema(command, text string) error {
	s := compiled[command]
	if s == nil {
		source, ok := schema.File(command)
		if !ok {
			return errors.New("there is no schema")
		}
		var err error
		if s, err = jsonschema.CompileString(command, string(source)); err != nil {
			return err
		}
		compiled[command] = s
	}
	var document any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return err
	}
	if err := s.Validate(document); err != nil {
		return fmt.Errorf("%#v", err)
	}
	return nil
}

// snapshot gives all files of the tree by their paths.
func (w *walk) snapshot() map[string]string {
	all := map[string]string{}
	err := filepath.WalkDir(w.dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		all[name] = string(text)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return all
}
