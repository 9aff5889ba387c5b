package lint

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/xmlint/xmlint/deployment"
)

// Runner runs rules over deployments. It may be used by several goroutines at
// once.
type Runner struct {
	rules    []*Rule
	graph    []*analysis.Analyzer
	settings *compiled // nil: everything is reported
}

// NewRunner makes a runner. The rules' ids must be unique Go identifiers, and
// each must have a name and a Check.
func NewRunner(rules []*Rule) (*Runner, error) {
	r := &Runner{rules: rules}
	for i, rule := range rules {
		switch {
		case rule == nil:
			return nil, fmt.Errorf("rules: number %d is nil", i+1)
		case rule.ID == "":
			return nil, fmt.Errorf("rules: number %d (%q) has no ID", i+1, rule.Name)
		case rule.Name == "":
			return nil, fmt.Errorf("rules: %s has no Name", rule.ID)
		case rule.Check == nil:
			return nil, fmt.Errorf("rules: %s (%s) has no Check", rule.ID, rule.Name)
		}
		r.graph = append(r.graph, rule.Analyzer())
	}
	if err := analysis.Validate(r.graph); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	seen := map[string]bool{}
	for _, rule := range rules {
		if seen[rule.ID] {
			return nil, fmt.Errorf("rules: the id %s is used twice", rule.ID)
		}
		seen[rule.ID] = true
	}
	return r, nil
}

// Result is what the rules say of one deployment.
type Result struct {
	// Findings are in order of path, position and rule.
	Findings []Finding
	// Suppressed are those that are not reported, in the same order; By says
	// why. A runner without [Settings] suppresses none.
	Suppressed []Finding
	// Uses are what the deployment may share with others; see [Shared].
	Uses []Use
	// Broken tells that a rule broke; a finding says which.
	Broken bool
}

// All is what the rules found, reported or not, in order.
func (r *Result) All() []Finding {
	if len(r.Suppressed) == 0 {
		return r.Findings
	}
	all := slices.Concat(r.Findings, r.Suppressed)
	Sort(all)
	return all
}

// ErrRule is wrapped by the errors of rules that broke.
var ErrRule = errors.New("rule broke")

// Run judges one deployment. A rule that breaks becomes a finding, and the
// others still run; the error is that of ctx alone.
func (r *Runner) Run(ctx context.Context, d *deployment.Deployment) (Result, error) {
	var result Result
	dr := drivers.Get().(*driver)
	defer drivers.Put(dr)
	dr.reset(d)
	defer dr.reset(nil)
	all := dr.space.found
	for i, rule := range r.rules {
		if err := context.Cause(ctx); err != nil {
			return Result{}, err
		}
		if r.settings.skips(rule) {
			continue
		}
		found, uses, err := dr.run(rule, r.graph[i])
		if err != nil {
			result.Broken = true
			found = append(found, broken(rule, d, err))
		}
		for _, f := range found {
			f.Rule = rule
			all = append(all, f)
		}
		for _, u := range uses {
			u.fill(d, rule)
			result.Uses = append(result.Uses, u)
		}
	}
	dr.space.found = all
	if merged := merge(all); len(merged) > 0 {
		result.Findings = slices.Clone(merged)
	}
	for i := range result.Findings {
		result.Findings[i].fill(d)
	}
	Sort(result.Findings)
	number(result.Findings, d)
	if r.settings != nil {
		r.settle(d, &result)
	}
	return result, nil
}

// broken is the finding that says that a rule failed.
func broken(rule *Rule, d *deployment.Deployment, err error) Finding {
	return Finding{
		broken:   true,
		Rule:     rule,
		Severity: Error,
		Place:    d.Fallback(),
		Message:  fmt.Sprintf("the rule %s (%s) broke: %v", rule.ID, rule.Name, err),
		Why:      "What this rule looks for was not looked for in this deployment.",
		Do:       "Report it, with the configuration that shows it and without its secrets.",
		Step:     "-",
	}
}

// Sort puts the findings of one deployment into their order: path as bytes,
// position, rule, message.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int { return compare(&a, &b) })
}

func compare(a, b *Finding) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Start.Line, b.Start.Line),
		cmp.Compare(a.Start.Column, b.Start.Column),
		cmp.Compare(a.Rule.ID, b.Rule.ID),
		cmp.Compare(a.Setting, b.Setting),
		cmp.Compare(a.Node, b.Node),
		cmp.Compare(a.Message, b.Message),
	)
}
