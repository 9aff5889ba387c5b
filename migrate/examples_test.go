package migrate

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/rules"
	"github.com/xmlint/xmlint/schema"
)

// Every rule's bad and good example, and every example deployment, can be
// migrated, with and without unsafe fixes, and a second run finds nothing.
func TestExamples(t *testing.T) {
	all := map[string]fstest.MapFS{}
	for _, r := range rules.All() {
		all[r.ID+" bad"], all[r.ID+" good"] = archive(r.Doc.Bad), archive(r.Doc.Good)
	}
	dirs, err := os.ReadDir("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		if d.IsDir() {
			all[d.Name()] = example(t, d.Name())
		}
	}
	edited := 0
	for name, files := range all {
		for _, unsafe := range []bool{false, true} {
			for _, off := range []bool{false, true} {
				opts := Options{Unsafe: unsafe, Off: off}
				opts.Load.Key = exampleKey(t)
				if !off {
					opts.Redis = redis(t, "cache09:6379,password=EXAMPLE")
				}
				if migrateTwice(t, name, files, opts) {
					edited++
				}
			}
		}
	}
	if edited < 100 {
		t.Errorf("only %d of the examples were edited", edited)
	}
}

func migrateTwice(t *testing.T, name string, files fstest.MapFS, opts Options) bool {
	t.Helper()
	opts.Sources = []deployment.Source{{FS: files, Dir: ".", Shown: "."}}
	all, err := loadAll(&opts)
	if err != nil {
		t.Fatal(err)
	}
	edited := false
	for _, d := range all {
		c, err := Prepare(context.Background(), d, opts)
		var reference *ReferenceError
		if errors.As(err, &reference) {
			continue
		}
		if err != nil {
			t.Errorf("%s (unsafe %v, off %v): %v", name, opts.Unsafe, opts.Off, err)
			continue
		}
		spans(t, 0, c)
		if text := c.Diff(); strings.Contains(text, "password=EXAMPLE") {
			t.Errorf("%s: a secret is shown", name)
		}
		for _, e := range c.Edits {
			if e.Safety == "" && e.Setting != schema.Enabled && e.Setting != schema.Connection {
				t.Errorf("%s: the goal changes %s", name, e.Setting)
			}
		}
		edited = edited || !c.IsEmpty()
		second := opts
		second.Sources = []deployment.Source{{FS: after(files, c), Dir: ".", Shown: "."}}
		again, err := loadAll(&second)
		if err != nil {
			t.Fatal(err)
		}
		for _, d2 := range again {
			if d2.Root != d.Root {
				continue
			}
			if c, err := Prepare(context.Background(), d2, second); err != nil || !c.IsEmpty() {
				t.Errorf("%s (unsafe %v, off %v): a second run changes %+v, %v", name, opts.Unsafe, opts.Off, c, err)
			}
		}
	}
	return edited
}
