package baseline_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/baseline"
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/rules"
)

// tree is the files of a repository, by path.
type tree map[string]string

func (t tree) fs() fs.FS {
	m := fstest.MapFS{}
	for name, text := range t {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// examples are the project's example deployments: a folder each.
func examples(t testing.TB) tree {
	t.Helper()
	all := tree{}
	root := os.DirFS("../testdata")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		all[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// linted is what lint says of a tree, with a baseline or, where it is empty,
// without.
type linted struct {
	reported   []lint.Finding
	suppressed int
	written    string // the baseline of what is reported
}

func (l linted) briefs() string {
	var lines []string
	for _, f := range l.reported {
		lines = append(lines, fmt.Sprintf("%s %s:%d %s", f.Rule.ID, f.Path, f.Start.Line, f.Setting))
	}
	return strings.Join(lines, "\n")
}

// of is what is reported of one rule.
func (l linted) of(id string) int {
	n := 0
	for _, f := range l.reported {
		if f.Rule.ID == id {
			n++
		}
	}
	return n
}

type judgedDeployment struct {
	name, root string
	result     lint.Result
}

func run(t testing.TB, files tree, known string, jobs int) linted {
	t.Helper()
	ctx := context.Background()
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	runner = runner.With(lint.Settings{})
	groups, err := deployment.Discover(ctx, []deployment.Source{{FS: files.fs(), Dir: ".", Shown: "."}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	opts := deployment.Options{Jobs: jobs}
	var m *baseline.Matcher
	if known != "" {
		b, err := baseline.Parse("known.json", []byte(known))
		if err != nil {
			t.Fatal(err)
		}
		m, err = b.Prepare(ctx, groups, opts, baseline.Places{}, func(d *deployment.Deployment) (lint.Result, error) {
			return runner.Run(ctx, d)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var l linted
	var shared lint.Shared
	document, err := report.NewBaseline("json", report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	written := document.Begin(nil)
	err = deployment.Each(ctx, groups, opts, func(d *deployment.Deployment) (judgedDeployment, error) {
		result, err := runner.Run(ctx, d)
		if m != nil {
			m.Apply(d, &result)
			ordered := slices.Clone(result.Suppressed)
			lint.Sort(ordered)
			if !slices.EqualFunc(ordered, result.Suppressed, func(a, b lint.Finding) bool { return a.Fingerprint == b.Fingerprint }) {
				t.Errorf("%s: what is suppressed is not in order", d.Root)
			}
		}
		for i := range result.Findings {
			result.Findings[i].Place = lint.Place{}
		}
		return judgedDeployment{d.Name, d.Root, result}, err
	}, func(j judgedDeployment) error {
		across := shared.Add(j.result.Uses)
		if m != nil && len(across.Findings) > 0 {
			m.Across(j.root, &across)
		}
		found := slices.Concat(j.result.Findings, across.Findings)
		l.suppressed += len(j.result.Suppressed) + len(across.Suppressed)
		l.reported = append(l.reported, found...)
		d := baseline.Deployment{Name: j.name, Root: j.root}
		for i := range found {
			d.Findings = append(d.Findings, baseline.NewEntry(&found[i]))
		}
		if len(d.Findings) > 0 {
			written = document.Append(written, d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	l.written = string(document.End(written))
	return l
}

// renamed gives the top folders of a tree other names.
func (t tree) renamed(rename func(string) string) tree {
	all := tree{}
	for name, text := range t {
		top, rest, ok := strings.Cut(name, "/")
		if ok {
			name = path.Join(rename(top), rest)
		}
		all[name] = text
	}
	return all
}

// differs is the number of files that are not the same in another tree.
func (t tree) differs(other tree) int {
	n := 0
	for name, text := range t {
		if other[name] != text {
			n++
		}
	}
	return n
}
