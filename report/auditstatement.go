package report

import (
	"slices"

	"github.com/xmlint/xmlint/planner"
)

// Statements are the sources on which steps and findings rest, by whose word
// they are.
type Statements struct {
	By      string      `json:"by"` // vendor, inferred, platform, xmlint, unsourced
	Title   string      `json:"-"`
	Sources []Statement `json:"sources"`
	Steps   []string    `json:"steps"` // ids
	Rules   []string    `json:"rules"` // ids
}

// Statement is one source.
type Statement struct {
	Source string   `json:"source"` // as it is named; empty where none is
	Steps  []string `json:"steps"`
	Rules  []string `json:"rules"`
}

// name is the source in prose.
func (s *Statement) name() string {
	if s.Source == "" {
		return "no page is named"
	}
	return s.Source
}

// Statements tell whose word is behind what the audit says: of each step that
// is left, and of each rule that found something.
func (a *Audit) Statements() []Statements {
	var groups []Statements
	for _, by := range []authority{vendorSays, vendorShows, platformSays, toolSays, nobodySaysWho} {
		g := Statements{By: string(by), Title: by.title(), Steps: []string{}, Rules: []string{}}
		for _, s := range a.Plan.Steps {
			if s.Status != planner.StepDone && authorityOf(s.Source) == by {
				g.Steps = append(g.Steps, s.ID)
				at := g.source(s.Source)
				at.Steps = append(at.Steps, s.ID)
			}
		}
		for i := range a.Findings {
			r := a.Findings[i].Rule
			if authorityOf(r.Source) == by && !slices.Contains(g.Rules, r.ID) {
				g.Rules = append(g.Rules, r.ID)
				at := g.source(r.Source)
				at.Rules = append(at.Rules, r.ID)
			}
		}
		slices.Sort(g.Rules)
		for i := range g.Sources {
			slices.Sort(g.Sources[i].Rules)
		}
		if len(g.Sources) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// source finds a source by its name, or its address: rules name the address
// alone.
func (g *Statements) source(name string) *Statement {
	_, address := splitSource(name)
	for i := range g.Sources {
		s := &g.Sources[i]
		_, other := splitSource(s.Source)
		if s.Source == name || address != "" && address == other {
			return s
		}
	}
	g.Sources = append(g.Sources, Statement{Source: name, Steps: []string{}, Rules: []string{}})
	return &g.Sources[len(g.Sources)-1]
}
