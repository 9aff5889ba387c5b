package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	diff "github.com/google/go-cmp/cmp"

	"github.com/xmlint/xmlint/planner"
)

// linted is what is looked at of an output of lint, or of audit.
type linted struct {
	Deployments []struct {
		Name, Root string
		Products   []struct {
			Name      string
			AutoScale string `json:"auto_scale"`
		}
	}
	Findings []found
	Plans    []*planner.Plan
}

type found struct {
	Rule, Severity, Deployment, Product, Node, Path, Setting, Message, Step, Fingerprint string
	Line, Column                                                                         int
}

// plans holds findings and plans against each other, and each plan against
// what its words mean.
func (w *walk) plans() {
	var a linted
	w.decode(&a, "audit")
	steps, prints, empty := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range a.Plans {
		w.plan(p)
		empty[p.Deployment] = empty[p.Deployment] || len(p.Steps) == 0 // no product that has steps
		for _, st := range p.Steps {
			steps[p.Deployment+" "+st.ID] = true
		}
	}
	for _, f := range a.Findings {
		key := f.Deployment + " " + f.Fingerprint
		if prints[key] && len(a.Deployments) == 1 {
			w.Errorf("two findings have the fingerprint %s: %+v", f.Fingerprint, f)
		}
		prints[key] = true
		if f.Step != "" && !empty[f.Deployment] && !steps[f.Deployment+" "+f.Step] {
			w.Errorf("no step %s is in the plan: %+v", f.Step, f)
		}
	}
	for _, p := range a.Plans {
		for _, st := range p.Steps {
			for _, b := range st.Because {
				if !w.hushed() && !prints[p.Deployment+" "+b.Fingerprint] {
					w.Errorf("step %s is because of a finding that is not there: %+v", st.ID, b)
				}
			}
		}
	}
	var l linted
	w.decode(&l, "lint")
	if !slices.IsSortedFunc(l.Findings, func(x, y found) int {
		if x.Deployment != y.Deployment {
			return 0 // they are in the order of their folders
		}
		return cmp.Or(strings.Compare(x.Path, y.Path), x.Line-y.Line, x.Column-y.Column, strings.Compare(x.Rule, y.Rule))
	}) {
		w.Errorf("findings are not in order")
	}
	var back linted
	w.decode(&back, "plan", "--off")
	for _, p := range back.Plans {
		w.plan(p)
	}
}

// hushed reports whether some findings may be suppressed: plans know of them.
func (w *walk) hushed() bool {
	for _, text := range w.files {
		if strings.Contains(text, "xmlint:ignore") {
			return true
		}
	}
	return false
}

// plan holds a plan against what its words mean.
func (w *walk) plan(p *planner.Plan) {
	before, left, waits := map[string]bool{}, 0, 0
	for i, st := range p.Steps {
		for _, id := range st.Requires {
			if !before[id] {
				w.Errorf("%s: %s comes after %s, which is not before it", p.Root, st.ID, id)
			}
		}
		if before[st.ID] || st.Number != i+1 {
			w.Errorf("%s: step %d is %s again", p.Root, st.Number, st.ID)
		}
		before[st.ID] = true
		switch st.Status {
		case planner.StepTodo:
			left++
			if len(st.Do)+len(st.Edits)+len(st.Verify) == 0 {
				w.Errorf("%s: nothing is to be done for %s", p.Root, st.ID)
			}
		case planner.StepBlocked:
			left++
			waits++
			if len(st.WaitsFor) == 0 {
				w.Errorf("%s: %s waits for nothing", p.Root, st.ID)
			}
		case planner.StepDone:
			if len(st.Evidence) == 0 {
				w.Errorf("%s: nothing shows that %s is done", p.Root, st.ID)
			}
		default:
			w.Errorf("%s: %s is %q", p.Root, st.ID, st.Status)
		}
	}
	want := planner.Ready
	switch {
	case waits > 0:
		want = planner.Blocked
	case left == 0:
		want = planner.Done
	}
	if p.State != want {
		w.Errorf("%s: the plan is %s with %d steps left, %d of which wait", p.Root, p.State, left, waits)
	}
}

// findings are those of lint without their places.
func (w *walk) findings() []string {
	var l linted
	w.decode(&l, "lint")
	var all []string
	for _, f := range l.Findings {
		f.Line, f.Column = 0, 0
		all = append(all, fmt.Sprintf("%+v", f))
	}
	slices.Sort(all)
	return all
}

// remarks sees that a comment in each file moves findings, and nothing else.
func (w *walk) remarks() {
	if w.crude {
		return
	}
	before, files := w.findings(), w.snapshot()
	for name, text := range files {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			continue
		}
		bare := strings.TrimPrefix(text, "\ufeff")
		mark := text[:len(text)-len(bare)]
		switch filepath.Ext(name) {
		case ".json":
			bare = "/* a remark */\n" + bare
		case ".yaml":
			bare = "# a remark\n" + bare
		case ".config":
			bare = strings.Replace(bare, "<configuration>", "<configuration>\n <!-- a remark -->", 1)
		}
		w.put(name, mark+bare)
	}
	if d := diff.Diff(before, w.findings()); d != "" {
		w.Errorf("comments change findings: -before +after\n%s", d)
	}
	for name, text := range files {
		w.put(name, text)
	}
}

func (w *walk) put(name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		w.Fatal(err)
	}
}

// migrated is what is looked at of an output of migrate.
type migrated struct {
	Applied bool
	Edits   []struct{ Path, Product, Node, Setting, From, To, Safety string }
}

// settings are all settings in effect but some, with where they are from.
func (w *walk) settings(but map[string]bool) map[string]string {
	var s struct {
		Deployments []struct {
			Root     string
			Products []struct {
				Name, Node, Environment string
				Settings                []struct {
					Setting, Path string
					Value         *string
					Known         bool
				}
			}
		}
	}
	w.decode(&s, "show", "--all")
	all := map[string]string{}
	for _, d := range s.Deployments {
		for _, p := range d.Products {
			for _, x := range p.Settings {
				name := strings.ToLower(strings.ReplaceAll(x.Setting, "__", ":"))
				if x.Value == nil && x.Known || but[name] || strings.Contains(name, ":autoscale:") {
					continue
				}
				key := strings.Join([]string{d.Root, p.Name, p.Node, p.Environment, x.Setting}, " ")
				value := "unknown"
				if x.Value != nil {
					value = *x.Value
				}
				all[key] = value + "\t" + x.Path
			}
		}
	}
	return all
}

// migrates writes what migrate shows, and takes it back.
func (w *walk) migrates() {
	var l linted
	w.decode(&l, "lint")
	for _, d := range l.Deployments {
		for _, args := range [][]string{
			{"migrate", "--redis", "cache09:6380,ssl=True,abortConnect=False,password=" + marker, d.Root},
			{"migrate", "--off", d.Root},
			{"migrate", "--unsafe", d.Root},
			{"migrate", d.Root},
		} {
			w.migrate(args)
		}
	}
}

func (w *walk) migrate(args []string) {
	files, root := w.snapshot(), args[len(args)-1]
	var before, after linted
	w.decode(&before, "lint", root)
	var shown, m, again migrated
	w.decode(&shown, args...)
	edited := map[string]bool{}
	for _, e := range shown.Edits {
		edited[strings.ToLower(e.Setting)] = true
	}
	settings := w.settings(edited)
	write := append(slices.Clone(args), "--write")
	if w.decode(&m, write...); !m.Applied {
		if d := diff.Diff(files, w.snapshot()); d != "" {
			w.Errorf("%q: refused, and files changed: %s", write, d)
		}
		return
	}
	// A file that was refused as a whole contributes from now on.
	refused := map[string]bool{}
	for _, f := range before.Findings {
		switch f.Rule {
		case "XM0001", "XM0002", "XM0003", "XM0004", "XM0005":
			refused[f.Path] = true
		}
	}
	now := w.settings(edited)
	maps.DeleteFunc(now, func(_, from string) bool { return refused[from[strings.LastIndexByte(from, '\t')+1:]] })
	if d := diff.Diff(settings, now); d != "" {
		w.Errorf("%q: other settings change: -before +after\n%s", write, d)
	}
	w.decode(&after, "lint", root)
	w.wanted(write, m, after)
	// A string of the user's is written as it is, a file that was refused is
	// compared with another node's from now on, of several tokens the first is
	// reported, and the manifest's word that one instance is left is taken.
	tolerated := func(rule string) bool {
		return strings.HasPrefix(rule, "XM3") || rule == "XM2015" || rule == "XM4003" || rule == "XM2009" && slices.Contains(args, "--off")
	}
	for _, f := range after.Findings {
		same := func(old found) bool { return old.Fingerprint == f.Fingerprint && old.Severity == "error" }
		if f.Severity == "error" && !refused[f.Path] && !tolerated(f.Rule) && !slices.ContainsFunc(before.Findings, same) {
			w.Errorf("%q: a new error: %+v", write, f)
		}
	}
	if w.decode(&again, args...); len(again.Edits) > 0 {
		w.Errorf("%q: a second run changes %+v", args, again.Edits)
	}
	w.call("migrate", "--rollback", root)
	if d := diff.Diff(files, w.snapshot()); d != "" {
		w.Errorf("%q: the way back does not lead back: %s", write, d)
	}
}

// wanted sees that each product whose switch was edited is where it shall be.
func (w *walk) wanted(args []string, m migrated, after linted) {
	not := "off absent invalid"
	if slices.Contains(args, "--off") {
		not = "on"
	}
	for _, e := range m.Edits {
		if !strings.EqualFold(e.Setting, "xmpro:autoScale:enabled") {
			continue
		}
		if e.From == e.To && e.Product == "unknown" { // only how it is written: what it shall be there nobody says
			continue
		}
		not := not
		if e.Product == "unknown" && e.Safety != "" && strings.EqualFold(e.To, "false") { // a repair keeps what the file said
			not = "on absent invalid"
		}
		for _, d := range after.Deployments {
			for _, p := range d.Products {
				if p.Name == e.Product && d.Root == args[len(args)-2] && strings.Contains(not, p.AutoScale) {
					w.Errorf("%q: %s is %s after %+v", args, p.Name, p.AutoScale, e)
				}
			}
		}
	}
}
