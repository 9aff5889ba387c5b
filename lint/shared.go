package lint

import (
	"path"
	"strings"
)

// Shared finds what several deployments use together. Deployments are given
// to it in order of root; it keeps of each no more than what it uses first.
type Shared struct {
	first map[sharedKey]earlierUse
}

// earlierUse is what has to be known of a use once its deployment is gone;
// there are as many as deployments.
type earlierUse struct {
	label, deployment, root, path string
	line, column, endLine, endCol int32
	idle                          bool
}

func (u *Use) remember() earlierUse {
	return earlierUse{
		strings.Clone(u.Label), u.Deployment, u.Root, u.Path,
		int32(u.Start.Line), int32(u.Start.Column), int32(u.End.Line), int32(u.End.Column), u.Idle,
	}
}

func (e earlierUse) use(k sharedKey) Use {
	return Use{
		Key: k.key, Label: e.label, Idle: e.idle, Deployment: e.deployment, Root: e.root, Path: e.path, rule: k.rule,
		Start: Position{Line: int(e.line), Column: int(e.column)}, End: Position{Line: int(e.endLine), Column: int(e.endCol)},
	}
}

type sharedKey struct {
	rule *Rule
	key  string
}

// Add takes what a deployment uses, and gives what is to be said about what an
// earlier deployment uses too: a finding for each thing, at the later
// deployment. They are in no order.
func (s *Shared) Add(uses []Use) Result {
	if s.first == nil {
		s.first = map[sharedKey]earlierUse{}
	}
	var result Result
	var reported map[sharedKey]bool
	var made []Finding
	for i := range uses {
		u := &uses[i]
		k := sharedKey{u.rule, u.Key}
		earlier, ok := s.first[k]
		switch {
		case !ok:
			s.first[k] = u.remember()
		case earlier.root != u.Root && !reported[k]:
			if reported == nil {
				reported = map[sharedKey]bool{}
			}
			reported[k] = true
			f := shared(*u, earlier.use(k))
			f.number(made, u.identity)
			made = append(made, f)
			u.report(&result, f)
		}
	}
	for i := range uses {
		if p := uses[i].pending; p != nil && !p.found {
			p.found = true // several uses may wait for it
			result.Findings = append(result.Findings, p.unused...)
		}
	}
	return result
}

// report puts a finding about a use where the settings want it.
func (u *Use) report(r *Result, f Finding) {
	if u.settings != nil {
		u.settings.weigh(&f)
	}
	if u.by == nil {
		r.Findings = append(r.Findings, f)
		return
	}
	if u.pending != nil {
		u.pending.found = true
	}
	u.by.used.set()
	if u.by.Kind.Counts() || u.settings.Everything {
		f.By = u.by
		r.Suppressed = append(r.Suppressed, f)
	}
}

func shared(later, earlier Use) Finding {
	rule := later.rule
	f := rule.Shared(earlier, later)
	f.Rule = rule
	if f.Severity == 0 {
		f.Severity = rule.Severity
	}
	if f.Why == "" {
		f.Why = rule.Doc.Why
	}
	if f.Setting == "" {
		f.Setting = later.Setting
	}
	if f.Product == "" {
		f.Product = later.Product
	}
	f.Step = f.step(nil)
	f.Place = later.Place
	f.Deployment, f.Root, f.Path, f.Start, f.End = later.Deployment, later.Root, later.Path, later.Start, later.End
	f.Related = append(f.Related, Related{Path: earlier.Path, Start: earlier.Start, End: earlier.End, Message: "used here by " + earlier.Deployment})
	f.thing = later.Key
	return f
}

// number gives a finding about what deployments share its fingerprint, with an
// ordinal among those of its deployment that are there before.
func (f *Finding) number(before []Finding, identity string) {
	f.layer = strings.ToLower(path.Base(f.Path))
	for i := range before {
		b := &before[i]
		if b.Rule == f.Rule && b.Product == f.Product && b.layer == f.layer && strings.EqualFold(b.Setting, f.Setting) {
			f.rank++
		}
	}
	f.Fingerprint = f.hash(identity)
}
