package report

import (
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// Audit is what a change board wants to know of one deployment before it is
// upgraded. All formats of it are rendered from this value. Secrets are masked,
// and nothing in it refers to the deployment.
type Audit struct {
	Name, Root string
	Hosting    string // as the manifest names it; empty where it does not
	Products   []AuditProduct
	Findings   []AuditFinding
	Suppressed []AuditFinding // found, and not reported: By says why
	Counts     Summary
	Plan       *planner.Plan
	Decisions  []AuditDecision
	Unknown    []AuditUnknown
	Inputs     []AuditInput
}

// NewAudit takes down what is known of a deployment: what was found in it, and
// its plan.
func NewAudit(d *deployment.Deployment, r lint.Result, plan *planner.Plan) *Audit {
	a := &Audit{Name: d.Name, Root: d.Root, Plan: plan, Inputs: auditInputs(d)}
	if d.Manifest != nil {
		a.Hosting = d.Manifest.Hosting.Text
	}
	for _, p := range d.Products {
		a.Products = append(a.Products, auditProduct(p))
	}
	a.Counts.Count(d, r.Findings)
	a.Counts.Suppress(r.Suppressed)
	for i := range r.Findings {
		a.Findings = append(a.Findings, auditFinding(r.Findings[i]))
	}
	for i := range r.Suppressed {
		a.Suppressed = append(a.Suppressed, auditFinding(r.Suppressed[i]))
	}
	a.Decisions = auditDecisions(d, a)
	a.Unknown = auditUnknown(d, plan)
	return a
}

// Add adds findings that are known only beside other deployments.
func (a *Audit) Add(findings []lint.Finding) {
	for _, f := range findings {
		added := auditFinding(f)
		at, _ := slices.BinarySearchFunc(a.Findings, placeOf(&f), func(g AuditFinding, p place) int {
			if placeOf(&g.Finding).compare(p) > 0 {
				return 1
			}
			return -1
		})
		a.Findings = slices.Insert(a.Findings, at, added)
		a.Counts.Finding(f.Severity)
	}
}

// AuditFinding is a finding with the line that it points at.
type AuditFinding struct {
	lint.Finding
	// Before, Marked and After are the line, masked and made visible; all are
	// empty where there is none to show.
	Before, Marked, After string
}

// auditFinding lets go of the deployment.
func auditFinding(f lint.Finding) AuditFinding {
	a := AuditFinding{Finding: f}
	if e, ok := excerptAt(f.Place, excerptColumns); ok {
		a.Before, a.Marked, a.After = e.parts()
	}
	a.Place = lint.Place{}
	a.Related = slices.Clone(f.Related)
	for i := range a.Related {
		a.Related[i].Place = lint.Place{}
	}
	if f.Fix != nil {
		a.Fix = &lint.Fix{Title: f.Fix.Title, Safety: f.Fix.Safety}
	}
	return a
}

// suppressedWords say what was found and why it is not reported.
func (f *AuditFinding) suppressedWords() string {
	words := f.Severity.String() + " " + f.Rule.ID + " at " + placeWords(f.Path, f.Start.Line) + ": " + f.Message
	if f.By == nil {
		return words
	}
	words += "; left out by " + f.By.Kind.String()
	if f.By.Path != "" {
		words += " at " + placeWords(f.By.Path, f.By.Start.Line)
	}
	if f.By.Until != "" {
		words += " until " + f.By.Until
	}
	if f.By.Reason != "" {
		words += ": " + f.By.Reason
	}
	return words
}

// excerptColumns is how much of a line an audit shows.
const excerptColumns = 92

// parts cuts an excerpt around what it points at.
func (e excerpt) parts() (before, marked, after string) {
	column, from, to := 0, len(e.text), len(e.text)
	for i, r := range e.text {
		if column >= e.caret && i < from {
			from = i
		}
		if column >= e.caret+e.length && i < to {
			to = i
		}
		column += visible.RuneCells(r)
	}
	return e.text[:from], e.text[from:max(to, from)], e.text[max(to, from):]
}

// AuditGroup is what was found in one product, the worst first.
type AuditGroup struct {
	Product  schema.Product // empty: the deployment as a whole
	Title    string
	Findings []*AuditFinding
}

// Groups are the findings by product.
func (a *Audit) Groups() []AuditGroup {
	var groups []AuditGroup
	for _, id := range append([]schema.Product{""}, schema.Products()...) {
		g := AuditGroup{Product: id, Title: deploymentTitle}
		if id != "" {
			g.Title = productName(id)
		}
		for i := range a.Findings {
			if f := &a.Findings[i]; f.Product == id {
				g.Findings = append(g.Findings, f)
			}
		}
		if len(g.Findings) > 0 {
			slices.SortStableFunc(g.Findings, func(a, b *AuditFinding) int { return int(b.Severity) - int(a.Severity) })
			groups = append(groups, g)
		}
	}
	return groups
}

// deploymentTitle is above the findings that belong to no product.
const deploymentTitle = "The deployment as a whole"

// productName names a product at the head of a section.
func productName(id schema.Product) string {
	if id == schema.Unknown {
		return "Product not known"
	}
	return id.Title()
}

// Audits is a format of audits, one piece per deployment.
type Audits = Document[*Audit]

func auditFormats() []constructor[Audits] {
	return []constructor[Audits]{
		{"text", newAuditText},
		{"json", newAuditJSON},
		{"markdown", newAuditMarkdown},
		{"html", newAuditHTML},
	}
}

// AuditFormats are the names of the formats that audit has.
func AuditFormats() []string { return names(auditFormats()) }

// NewAudits gives a format of audit by its name, else a [*FormatError].
func NewAudits(format string, o Options) (Audits, error) {
	return construct(auditFormats(), format, o)
}
