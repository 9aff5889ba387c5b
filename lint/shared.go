package lint

// Shared finds what several deployments use together. Deployments are given
// to it in order of root; it keeps of each no more than what it uses first.
type Shared struct {
	first map[sharedKey]Use
}

type sharedKey struct {
	rule *Rule
	key  string
}

// Add takes what a deployment uses, and gives the findings about what an
// earlier deployment uses too: one for each thing, at the later deployment.
func (s *Shared) Add(uses []Use) []Finding {
	if s.first == nil {
		s.first = map[sharedKey]Use{}
	}
	var findings []Finding
	reported := map[sharedKey]bool{}
	for _, u := range uses {
		k := sharedKey{u.rule, u.Key}
		earlier, ok := s.first[k]
		switch {
		case !ok:
			u.Place = Place{} // the deployment's memory is used again
			s.first[k] = u
		case earlier.Root != u.Root && !reported[k]:
			reported[k] = true
			findings = append(findings, shared(u, earlier))
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
