package lint

import (
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/xmlint/xmlint/deployment"
)

// judge lets the rules about suppressions say what is wrong with those of a
// deployment, now that it is known what each suppresses.
func (r *Runner) judge(d *deployment.Deployment, comments suppressions, result *Result) []Finding {
	var found []Finding
	for _, rule := range r.rules {
		if rule.Suppression == nil || r.settings.skips(rule) {
			continue
		}
		for i := range comments.all {
			seen := comments.all[i].seen
			// What is about a thing that deployments share is judged below.
			seen.Rules = slices.Clone(seen.Rules)
			for k := range seen.Rules {
				s := &seen.Rules[k]
				s.Unseen = s.Unseen || s.pending != nil
			}
			more, err := judgeOne(rule, d, &seen)
			if err != nil {
				result.Broken = true
				more = append(more, broken(rule, d, err))
			}
			found = append(found, more...)
		}
	}
	for i := range found {
		found[i].fill(d)
	}
	Sort(found)
	number(found, d)
	for i := range comments.all {
		r.judgePending(d, &comments.all[i])
	}
	return found
}

// judgePending prepares what is to be said where a suppression of findings
// about what deployments share turns out to suppress none.
func (r *Runner) judgePending(d *deployment.Deployment, n *noted) {
	for _, named := range n.seen.Rules {
		if named.pending == nil || named.Found {
			continue
		}
		seen := n.seen
		seen.Rules = []SuppressedRule{named}
		for _, rule := range r.rules {
			if rule.Suppression == nil || r.settings.skips(rule) {
				continue
			}
			found, _ := judgeOne(rule, d, &seen)
			for i := range found {
				found[i].fill(d)
				r.settings.weigh(&found[i])
			}
			number(found, d)
			for i := range found {
				found[i].forget()
			}
			named.pending.unused = append(named.pending.unused, found...)
		}
	}
}

// judgeOne runs one rule on one suppression. A panic is an error of the rule.
func judgeOne(rule *Rule, d *deployment.Deployment, seen *Suppression) (found []Finding, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: panic: %v\n%s", ErrRule, r, debug.Stack())
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
