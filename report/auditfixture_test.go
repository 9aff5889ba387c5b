package report

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/rules"
)

// auditAll audits every deployment of a file system.
func auditAll(t testing.TB, fsys fs.FS) []*Audit {
	t.Helper()
	ctx := context.Background()
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	all, err := deployment.Load(ctx, fsys, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var shared lint.Shared
	var audits []*Audit
	for _, d := range all {
		r, err := runner.Run(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := planner.Build(d, r.All(), planner.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a := NewAudit(d, r, plan)
		a.Add(shared.Add(r.Uses).Findings)
		audits = append(audits, a)
	}
	return audits
}

// example audits one of the example deployments.
func example(t testing.TB, name string) []*Audit {
	t.Helper()
	fsys := fstest.MapFS{}
	dir := filepath.Join("..", "testdata", name)
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		fsys[path.Join(name, filepath.ToSlash(rel))] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return auditAll(t, fsys)
}

func auditIn(t testing.TB, format string, audits ...*Audit) string {
	t.Helper()
	d, err := NewAudits(format, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	return textOf(d, audits...)
}

// hostileAudit is an audit in which every name wants to break out.
func hostileAudit(t testing.TB) *Audit {
	const evil = `</script><script>hacked = 1</script><img src=x onerror="hacked = 1">'"&` + "`\u202e\x1b[31m"
	a := example(t, "scaled-out-off")[0]
	a.Name, a.Root, a.Hosting = evil, evil, evil
	for i := range a.Products {
		p := &a.Products[i]
		p.Nodes, p.Version = []string{evil}, evil
		p.Evidence = append(p.Evidence, AuditEvidence{evil, evil, evil, 1})
		for j := range p.Views {
			v := &p.Views[j]
			v.Node, v.Environment, v.Refused = evil, evil, []string{evil}
			for k := range v.Settings {
				s, text := &v.Settings[k], evil
				s.Setting, s.Value, s.Reason, s.Source, s.Path = evil, &text, evil, evil, evil
			}
		}
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		f.Message, f.Do, f.Why, f.Path, f.Node = evil, evil, evil, evil, evil
		f.Before, f.Marked, f.After = visible.String(evil), visible.String(evil), visible.String(evil)
		f.Related = []lint.Related{{Path: evil, Message: evil}}
	}
	a.Suppressed = append(a.Suppressed, a.Findings[0])
	a.Suppressed[0].By = &lint.SuppressedBy{Kind: lint.ByComment, Reason: evil, Until: evil, Path: evil}
	for _, s := range a.Plan.Steps {
		s.Title, s.App, s.DataLoss, s.Source, s.Nodes = evil, evil, evil, evil, []string{evil}
		s.Downtime.Effect, s.Evidence, s.WaitsFor, s.Notes = evil, []string{evil}, []string{evil}, []string{evil}
		s.Do = append(s.Do, planner.Action{Shell: planner.Sh, Run: evil + "\n" + evil, Expect: evil}, planner.Action{Manual: evil})
		s.Edits = []planner.Edit{{Path: evil, Diff: "-" + evil + "\n+" + evil}}
	}
	for i := range a.Decisions {
		d := &a.Decisions[i]
		d.Question, d.Why, d.Manifest, d.Step, d.Known, d.Open = evil, evil, evil, evil, []string{evil}, evil
	}
	a.Unknown = []AuditUnknown{{What: evil, Why: evil, Path: evil}}
	a.Inputs = []AuditInput{{evil, "00"}, {evil, ""}}
	return a
}

// auditWith is an audit with n findings.
func auditWith(t testing.TB, n int) *Audit {
	a := example(t, "scaled-out-off")[0]
	some := a.Findings
	a.Findings, a.Counts = nil, Summary{}
	for i := range n {
		f := some[i%len(some)]
		f.Start.Line = i + 1
		a.Findings = append(a.Findings, f)
		a.Counts.Finding(f.Severity)
	}
	return a
}
