package report

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// AuditUnknown is something that could not be known.
type AuditUnknown struct {
	Product schema.Product `json:"product,omitempty"`
	Node    string         `json:"node,omitempty"`
	What    string         `json:"what"`
	Why     string         `json:"why,omitempty"`
	Path    string         `json:"path,omitempty"` // where, if somewhere
	Line    int            `json:"line,omitempty"`
}

// auditUnknown lists what the tree does not tell: files that could not be read,
// settings whose value is elsewhere, facts that the plan would like to know.
func auditUnknown(d *deployment.Deployment, plan *planner.Plan) []AuditUnknown {
	all := []AuditUnknown{}
	for _, f := range d.Files {
		if f.Err != nil {
			all = append(all, AuditUnknown{What: "what the file says", Why: "it cannot be read as .NET reads it", Path: f.Path})
		}
	}
	for _, p := range d.Products {
		for _, view := range showProduct(p, false) {
			all = append(all, unknownSettings(p.ID, view)...)
		}
		if plan.State == planner.Done { // a plan with nothing left asks for nothing
			all = append(all, unknownFacts(p)...)
		}
	}
	for _, what := range plan.Unknown {
		all = append(all, AuditUnknown{What: what, Why: "the plan would be surer if it were known"})
	}
	return all
}

// unknownFacts are those that a plan would ask for.
func unknownFacts(p *deployment.Product) []AuditUnknown {
	var all []AuditUnknown
	if !p.Version().Known() {
		all = append(all, AuditUnknown{Product: p.ID, What: "the installed version", Why: "nothing in the tree names one that can be compared"})
	}
	if p.Instances == 0 && p.ID.UsesRedis() {
		all = append(all, AuditUnknown{Product: p.ID, What: "how many instances run", Why: "no configuration file says it, and the manifest does not"})
	}
	for _, n := range p.Nodes {
		if len(n.Views) > 1 && n.Environment == "" {
			all = append(all, AuditUnknown{Product: p.ID, Node: n.Name, What: "the environment", Why: "there are overlays for several, and nothing says which one is used"})
		}
	}
	return all
}

func unknownSettings(id schema.Product, view ShownProduct) []AuditUnknown {
	var all []AuditUnknown
	for _, s := range view.Settings {
		if s.Known {
			continue
		}
		what := "the value of " + s.Setting
		if view.Environment != "" {
			what += " in " + view.Environment
		}
		all = append(all, AuditUnknown{Product: id, Node: view.Node, What: what, Why: s.Reason, Path: s.Path, Line: s.Line})
	}
	return all
}

// subject says whose unknown it is.
func (u *AuditUnknown) subject() string {
	switch {
	case u.Product == "":
		return ""
	case u.Node != "":
		return productName(u.Product) + " on " + u.Node
	}
	return productName(u.Product)
}

// words are the unknown in one sentence.
func (u *AuditUnknown) words() string {
	words := u.What
	if s := u.subject(); s != "" {
		words = s + ": " + words
	}
	if u.Why != "" {
		words += ": " + u.Why
	}
	if u.Path != "" {
		words += " (" + placeWords(u.Path, u.Line) + ")"
	}
	return words
}
