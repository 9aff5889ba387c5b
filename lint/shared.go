package lint

import "strings"

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

// Add takes what a deployment uses, and gives the findings about what an
// earlier deployment uses too: one for each thing, at the later deployment.
func (s *Shared) Add(uses []Use) []Finding {
	if s.first == nil {
		s.first = map[sharedKey]earlierUse{}
	}
	var findings []Finding
	var reported map[sharedKey]bool
	for _, u := range uses {
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
			findings = append(findings, shared(u, earlier.use(k)))
		}
	}
	return findings
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
	f.Step = f.step()
	f.Place = later.Place
	f.Deployment, f.Root, f.Path, f.Start, f.End = later.Deployment, later.Root, later.Path, later.Start, later.End
	f.Related = append(f.Related, Related{Path: earlier.Path, Start: earlier.Start, End: earlier.End, Message: "used here by " + earlier.Deployment})
	f.Fingerprint = Fingerprint(rule.ID, later.identity, string(later.Product), later.Key)
	return f
}
