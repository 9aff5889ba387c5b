package lint

import (
	"slices"
	"strings"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// Settings say what a [Runner] reports of what the rules find, and how. They
// change nothing about what is true of a deployment: whoever plans by findings
// asks for [Result.All].
type Settings struct {
	// Today is the day that ends of suppressions are compared with. On the
	// zero day none has come.
	Today time.Time
	// Severities replaces the severity of all that a rule finds, by the rule's
	// id.
	Severities map[string]Severity
	// Off are the ids of rules that do not run. Firm ones do.
	Off []string
	// Products are those that findings are wanted about; empty for all.
	// Findings about no single product, and those of firm rules, are always
	// wanted.
	Products []schema.Product
	// Paths suppress findings by where they are.
	Paths []*PathSuppression
	// Everything makes rules run that are off. What they find, and what is
	// found about products that are not wanted, is in Result.Suppressed.
	Everything bool
}

// With is a runner with the same rules that reports as the settings say, and
// obeys the suppressions in comments. One without settings reports everything.
func (r *Runner) With(s Settings) *Runner {
	c := &compiled{Settings: s, off: map[*Rule]bool{}, severities: map[*Rule]Severity{}, paths: map[*Rule][]pathUse{}}
	for id, severity := range s.Severities {
		if rule := findRule(r.rules, id); rule != nil {
			c.severities[rule] = severity
		}
	}
	for _, id := range s.Off {
		if rule := findRule(r.rules, id); rule != nil && !rule.Firm {
			c.off[rule] = true
		}
	}
	for _, p := range s.Paths {
		p.used = make([]mark, len(p.Rules))
		for i, id := range p.Rules {
			if rule := findRule(r.rules, id); rule != nil && !rule.Firm {
				c.paths[rule] = append(c.paths[rule], pathUse{p, i})
			}
		}
	}
	return &Runner{rules: r.rules, graph: r.graph, settings: c}
}

// findRule is the rule with this id or name, ignoring case; nil if there is
// none.
func findRule(rules []*Rule, idOrName string) *Rule {
	for _, r := range rules {
		if strings.EqualFold(r.ID, idOrName) || strings.EqualFold(r.Name, idOrName) {
			return r
		}
	}
	return nil
}

// nearest is the name or id of the rule that was most likely meant; empty where
// none is near.
func nearest(rules []*Rule, text string) string {
	known := make([]string, 0, 2*len(rules))
	for _, r := range rules {
		known = append(known, r.Name, r.ID)
	}
	return schema.Nearest(text, known)
}

// compiled are settings, by rule. It is not changed while runners use it.
type compiled struct {
	Settings
	off        map[*Rule]bool
	severities map[*Rule]Severity
	paths      map[*Rule][]pathUse
}

func (s *compiled) isOff(rule *Rule) bool { return s.off[rule] }

// skips reports whether a rule need not run. Without settings every rule runs.
func (s *compiled) skips(rule *Rule) bool { return s != nil && !s.Everything && s.off[rule] }

// isPlain reports whether the settings leave every finding as it is.
func (s *compiled) isPlain() bool {
	return len(s.severities) == 0 && len(s.off) == 0 && len(s.paths) == 0 && len(s.Products) == 0
}

// wants reports whether anybody wants to see what a rule finds about a product.
func (s *compiled) wants(rule *Rule, id schema.Product) bool {
	if s.off[rule] {
		return false
	}
	return len(s.Products) == 0 || id == "" || rule.Firm || slices.Contains(s.Products, id)
}

// weigh gives a finding the severity that the settings have for its rule.
func (s *compiled) weigh(f *Finding) {
	if severity, ok := s.severities[f.Rule]; ok && !f.broken {
		f.Severity = severity
	}
}

// settle takes what the rules found of a deployment apart: what is reported
// and what is suppressed, and what is to be said of the suppressions.
func (r *Runner) settle(d *deployment.Deployment, result *Result) {
	s := r.settings
	comments := s.suppressionsOf(d, r.rules)
	if len(comments.all) == 0 && s.isPlain() {
		return
	}
	kept := result.Findings[:0]
	for i := range result.Findings {
		f := &result.Findings[i]
		s.weigh(f)
		by := s.suppress(d, comments, f)
		switch {
		case by == nil:
			kept = append(kept, *f)
		case by.Kind.Counts() || s.Everything:
			f.By = by
			result.Suppressed = append(result.Suppressed, *f)
		}
	}
	clear(result.Findings[len(kept):])
	result.Findings = kept
	for i := range result.Uses {
		s.settleUse(d, comments, &result.Uses[i])
	}
	if len(comments.all) == 0 {
		return
	}
	if found := r.judge(d, comments, result); len(found) > 0 {
		result.Findings = append(result.Findings, found...)
		Sort(result.Findings)
	}
}

// suppress says why a finding is not reported; nil where it is.
func (s *compiled) suppress(d *deployment.Deployment, comments suppressions, f *Finding) *SuppressedBy {
	if f.broken || f.Rule.Firm {
		return nil
	}
	if n, rule := comments.find(f.Rule, f.Place); n != nil {
		rule.Found = true
		return n.by()
	}
	if by := s.byPath(d, f.Rule, f.Product, f.Path); by != nil {
		by.used.set()
		return by
	}
	if !s.wants(f.Rule, f.Product) {
		return &SuppressedBy{Kind: ByChoice}
	}
	return nil
}

// settleUse notes in a use why what [Shared] may find about it is not to be
// reported. Whether it finds something is known later.
func (s *compiled) settleUse(d *deployment.Deployment, comments suppressions, u *Use) {
	u.settings = s
	if n, rule := comments.find(u.rule, u.Place); n != nil {
		if rule.pending == nil {
			rule.pending = &pendingUnused{}
		}
		u.by, u.pending = n.by(), rule.pending
		return
	}
	if u.by = s.byPath(d, u.rule, u.Product, u.Path); u.by == nil && !s.wants(u.rule, u.Product) {
		u.by = &SuppressedBy{Kind: ByChoice}
	}
}
