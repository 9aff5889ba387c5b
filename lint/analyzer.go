package lint

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/xmlint/xmlint/deployment"
)

// Source is the analyzer that every rule requires. Its result is the
// deployment, a *deployment.Deployment. The driver of this package puts it
// there; a foreign driver runs Source, which reads the files of the analysed
// package that are no Go code (analysis.Pass.OtherFiles).
var Source = &analysis.Analyzer{
	Name:       "xmlintsource",
	Doc:        "reads the configuration of an XMPro deployment",
	URL:        URL,
	Run:        readOtherFiles,
	ResultType: reflect.TypeFor[*deployment.Deployment](),
}

// Report is the result of a rule's analyzer: findings with all that a
// diagnostic has no room for.
type Report struct {
	Findings []Finding
	Uses     []Use
}

// Analyzer is the rule as an analyzer of golang.org/x/tools/go/analysis. Its
// name is the rule's id, its result a *Report, nil where there is nothing to
// report.
func (r *Rule) Analyzer() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       r.ID,
		Doc:        r.Name + ": " + r.Title + "\n\n" + r.Doc.What,
		URL:        r.URL(),
		Requires:   []*analysis.Analyzer{Source},
		ResultType: reflect.TypeFor[*Report](),
		Run: func(pass *analysis.Pass) (any, error) {
			d := pass.ResultOf[Source].(*deployment.Deployment)
			if d == nil {
				return (*Report)(nil), nil
			}
			p := passFor(pass, r, d)
			if err := r.Check(p); err != nil {
				return nil, err
			}
			if len(p.findings) == 0 && len(p.uses) == 0 {
				return (*Report)(nil), nil
			}
			diagnose(pass, p.findings)
			return &Report{p.findings, p.uses}, nil
		},
	}
}

// URL is where the project's documentation is.
const URL = "https://github.com/xmlint/xmlint"

// URL is where the rule's page is.
func (r *Rule) URL() string { return URL + "/blob/main/docs/rules/" + r.ID + ".md" }
