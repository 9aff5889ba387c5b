package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/hostfs"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/migrate"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/protectedconfig"
	"github.com/xmlint/xmlint/rules"
)

// TestPlansAreCarriedOut carries out the plan of every example deployment on a
// copy, step by step: what has edits is written by package migrate, all else
// is recorded in the manifest. After each step the plan has to be the old one
// without it; in the end nothing is left, and lint finds no error and nothing
// that a step of the plan was to mend.
func TestPlansAreCarriedOut(t *testing.T) {
	var all []variant
	for _, name := range exampleNames(t, testdata) {
		all = append(all, variant{name: name, dir: name})
	}
	for _, v := range append(all, variants()...) {
		if strings.HasSuffix(v.name, ".explain") || strings.HasSuffix(v.name, ".status") {
			continue
		}
		for _, order := range []string{"first", "last", "random"} {
			t.Run(v.name+"/"+order, func(t *testing.T) {
				newSimulation(t, v, order).run()
			})
		}
	}
}

// testdata holds the example deployments.
const testdata = "../../testdata"

// simulation carries out the plans of one folder.
type simulation struct {
	t     *testing.T
	app   *app
	opts  planner.Options
	load  deployment.Options
	name  string // the folder that is planned
	order string // which of the steps that can be taken is
	rand  *rand.Rand
	// errors are fingerprints of findings that were there before the way back.
	errors []string

	key    *protectedconfig.Key
	opened map[string]*protectedconfig.Opened // by file: sections that were decrypted
	sealed map[string][]byte                  // by file: those that no key opens, as they were
}

func newSimulation(t *testing.T, v variant, order string) *simulation {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, v.dir), os.DirFS(filepath.Join(testdata, v.dir))); err != nil {
		t.Fatal(err)
	}
	s := &simulation{
		t: t, app: &app{system: system{dir: dir}, ctx: context.Background()}, name: v.dir, order: order,
		rand: rand.New(rand.NewPCG(uint64(len(v.name)), 7)), opened: map[string]*protectedconfig.Opened{}, sealed: map[string][]byte{},
	}
	text, err := os.ReadFile(filepath.Join(testdata, "encrypted-rsa.key.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if s.key, err = protectedconfig.ParseKey(text); err != nil {
		t.Fatal(err)
	}
	for i, arg := range v.args {
		switch arg {
		case "--off":
			s.opts.Off = true
		case "--to":
			s.opts.To = v.args[i+1]
		case "--key":
			s.load.Key = s.key
		}
	}
	return s
}

// planned is a deployment with its findings and its plan.
type planned struct {
	*deployment.Deployment
	findings []lint.Finding
	plan     *planner.Plan
}

// plans plans the deployments of the folder.
func (s *simulation) plans() []planned {
	s.t.Helper()
	var err error
	if s.app.sources, err = hostfs.Sources(s.app.dir, []string{s.name}); err != nil {
		s.t.Fatal(err)
	}
	groups, err := deployment.Discover(s.app.ctx, s.app.sources, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		s.t.Fatal(err)
	}
	var all []planned
	for _, g := range groups {
		for _, d := range g.Load(s.app.ctx, s.load) {
			result, err := runner.Run(s.app.ctx, d)
			if err != nil {
				s.t.Fatal(err)
			}
			opts := s.opts
			opts.Edits = s.app.stepEdits(d, s.migration())
			p, err := planner.Build(d, result.Findings, opts)
			if err != nil {
				s.t.Fatal(err)
			}
			all = append(all, planned{d, result.Findings, p})
		}
	}
	return all
}

func (s *simulation) migration() migrate.Options {
	return migrate.Options{Off: s.opts.Off, Sources: s.app.sources, Load: s.load}
}

// run takes step after step until nothing is left.
func (s *simulation) run() {
	steps := map[string]bool{} // of all plans: what findings may not name in the end
	all := s.plans()
	if s.opts.Off {
		s.note(all)
	}
	for range 200 {
		at := slices.IndexFunc(all, func(p planned) bool { return p.plan.State != planner.Done || len(next(p.plan)) > 0 })
		if at < 0 {
			s.finished(all, steps)
			return
		}
		p := all[at]
		for _, st := range p.plan.Steps {
			if st.Status != planner.StepDone {
				steps[p.Root+" "+st.ID] = true
			}
		}
		ready := next(p.plan)
		if len(ready) == 0 {
			s.t.Fatalf("%s: no step can be taken: %s", p.Root, p.plan.Note)
		}
		st := ready[0]
		switch s.order {
		case "last":
			st = ready[len(ready)-1]
		case "random":
			st = ready[s.rand.IntN(len(ready))]
		}
		if st.Status == planner.StepBlocked {
			s.mend(p, st)
			all = s.plans()
			after := all[at].plan.Step(st.ID)
			if after == nil || after.Status == planner.StepBlocked {
				s.t.Fatalf("%s waits on, though what it waits for is there", st.ID)
			}
			continue
		}
		s.take(p, st)
		all = s.plans()
		s.expect(p.plan, st, all[at].plan)
	}
	s.t.Fatal("the plan does not come to an end")
}

// next are the steps that can be taken, or wait for something that is no step.
func next(p *planner.Plan) []*planner.Step {
	var ready []*planner.Step
	for _, st := range p.Steps {
		if st.Status != planner.StepDone && len(st.Requires) == 0 {
			ready = append(ready, st)
		}
	}
	return ready
}

// expect holds the plan after a step against the one before it.
func (s *simulation) expect(before *planner.Plan, taken *planner.Step, after *planner.Plan) {
	s.t.Helper()
	if diff := cmp.Diff(left(before, taken.ID), left(after, "")); diff != "" {
		s.t.Fatalf("the plan after %s is not the one before without it: -want +got\n%s", taken.ID, diff)
	}
	if st := after.Step(taken.ID); st != nil && st.Status == planner.StepDone && len(st.Evidence) == 0 {
		s.t.Errorf("%s is done, and nothing says why", taken.ID)
	}
}

// left are the steps that are left but one, each with those that come first.
func left(p *planner.Plan, but string) []string {
	var all []string
	for _, st := range p.Steps {
		if st.Status == planner.StepDone || st.ID == but {
			continue
		}
		requires := slices.DeleteFunc(slices.Clone(st.Requires), func(id string) bool { return id == but })
		all = append(all, fmt.Sprintf("%s %s %v", st.ID, st.Status, requires))
	}
	return all
}

// finished looks at the deployments when nothing is left.
func (s *simulation) finished(all []planned, steps map[string]bool) {
	for _, p := range all {
		if p.plan.State != planner.Done {
			s.t.Errorf("%s is %s", p.Root, p.plan.State)
		}
		if s.opts.Off {
			s.retire(p)
			continue
		}
		s.judge(p, steps)
	}
	if s.opts.Off {
		for _, p := range s.plans() {
			s.judge(p, steps)
		}
	}
}

// note remembers the errors that the way back does not mend.
func (s *simulation) note(all []planned) {
	for _, p := range all {
		for i := range p.findings {
			s.errors = append(s.errors, p.findings[i].Fingerprint)
		}
	}
}

// judge sees that lint has nothing left to say that matters.
func (s *simulation) judge(p planned, steps map[string]bool) {
	for i := range p.findings {
		f := &p.findings[i]
		if f.Severity == lint.Error && !slices.Contains(s.errors, f.Fingerprint) || !s.opts.Off && steps[p.Root+" "+f.Step] {
			s.t.Errorf("lint finds %s %s at %s:%d, step %q: %s", f.Severity, f.Rule.ID, f.Path, f.Start.Line, f.Step, f.Message)
		}
	}
}
