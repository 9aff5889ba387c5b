package lint

import (
	"slices"

	"github.com/xmlint/xmlint/deployment"
)

// judge lets the rules about suppressions say what is wrong with those of a
// deployment, now that it is known what each suppresses. What depends on other
// deployments waits with the suppression.
func (r *Runner) judge(d *deployment.Deployment, comments suppressions, result *Result) []Finding {
	var found []Finding
	for i := range comments.all {
		for _, part := range partsOf(&comments.all[i].seen) {
			more, err := r.judgePart(d, &part)
			if err != nil {
				result.Broken = true
			}
			found = append(found, more...)
		}
	}
	for i := range found {
		found[i].fill(d)
		r.settings.weigh(&found[i])
	}
	Sort(found)
	number(found, d)
	return slices.DeleteFunc(found, func(f Finding) bool {
		if f.pending != nil {
			f.forget()
			f.pending.unused = append(f.pending.unused, f)
		}
		return f.pending != nil
	})
}

// partsOf takes a suppression apart: what can be judged now, and each rule that
// can be judged once all deployments are known.
func partsOf(s *Suppression) []Suppression {
	now := *s
	now.Rules = slices.Clone(s.Rules)
	parts := []Suppression{now}
	for i := range now.Rules {
		named := now.Rules[i]
		now.Rules[i].pending = nil
		if named.pending != nil && !named.Found {
			now.Rules[i].Unseen = true
			later := *s
			later.Rules = []SuppressedRule{named}
			parts = append(parts, later)
		}
	}
	return parts
}

func (r *Runner) judgePart(d *deployment.Deployment, s *Suppression) (found []Finding, failed error) {
	for _, rule := range r.rules {
		if rule.Suppression == nil || r.settings.skips(rule) {
			continue
		}
		more, err := judgeOne(rule, d, s)
		if err != nil {
			failed = err
			more = append(more, broken(rule, d, err))
		}
		found = append(found, more...)
	}
	if len(s.Rules) == 1 {
		for i := range found {
			found[i].pending = s.Rules[0].pending
		}
	}
	return found, failed
}

// judgeOne runs one rule on one suppression. A panic is an error of the rule.
func judgeOne(rule *Rule, d *deployment.Deployment, seen *Suppression) (found []Finding, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	p := Pass{Deployment: d, rule: rule}
	rule.Suppression(&p, seen)
	for i := range p.findings {
		p.findings[i].Rule = rule
	}
	return p.findings, nil
}

// forget lets go of the deployment's files: their memory is used again.
func (f *Finding) forget() {
	f.Place, f.Fix = Place{}, nil
	for i := range f.Related {
		f.Related[i].Place = Place{}
	}
}

// pendingUnused is what to say of a suppression of findings about what
// deployments share, unless it suppresses one.
type pendingUnused struct {
	found  bool
	unused []Finding
}
