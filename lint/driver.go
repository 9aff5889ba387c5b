package lint

import (
	"fmt"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/xmlint/xmlint/deployment"
)

// driver runs analyzers over one deployment after the other. What analyzers
// of Go code want to have is there and empty: a package, types, a file set.
type driver struct {
	pass    analysis.Pass
	results map[*analysis.Analyzer]any
	space   workspace
}

var passes = sync.Pool{New: func() any { return newDriver() }}

func newDriver() *driver {
	p := &driver{results: map[*analysis.Analyzer]any{}}
	p.pass = analysis.Pass{
		Fset:              token.NewFileSet(),
		Pkg:               types.NewPackage("xmpro", "xmpro"),
		TypesInfo:         &types.Info{},
		ResultOf:          p.results,
		Report:            func(analysis.Diagnostic) {},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	return p
}

// reset injects a deployment: it is the result of [Source].
func (p *driver) reset(d *deployment.Deployment) {
	p.results[Source] = d
	p.space.reset()
	p.results[memory] = &p.space
}

// memory has the [workspace] for its result, under the driver of this
// package alone; it never runs.
var memory = &analysis.Analyzer{Name: "xmlintmemory"}

// run runs one rule's analyzer. A panic is an error of the rule.
func (p *driver) run(rule *Rule, a *analysis.Analyzer) (found []Finding, uses []Use, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	p.pass.Analyzer = a
	out, err := a.Run(&p.pass)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrRule, err)
	}
	r := out.(*Report)
	if r == nil {
		return nil, nil, nil
	}
	return r.Findings, r.Uses, nil
}

// panicked is the error of a rule that panicked with a value. It says where,
// in one line that is the same on every machine. What the value says is left
// out unless it is the runtime's: it might be a secret.
func panicked(value any) error {
	what := fmt.Sprintf("%T", value)
	if e, ok := value.(runtime.Error); ok {
		what = e.Error()
	}
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Errorf("%w: panic in %s (%s:%d): %s", ErrRule, path.Base(f.Function), path.Base(filepath.ToSlash(f.File)), f.Line, what)
		}
		if !more {
			return fmt.Errorf("%w: panic: %s", ErrRule, what)
		}
	}
}

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

// workspace is what the passes of one deployment share under our own driver:
// one Pass after the other in the same place, the memo, and memory for what
// they find.
type workspace struct {
	memo  Memo
	pass  Pass
	found []Finding // of all rules
}

// keptFindings is for how many findings memory is kept for the next deployment.
const keptFindings = 256

func (w *workspace) reset() {
	w.memo.Reset()
	w.pass = Pass{findings: emptied(w.pass.findings)}
	w.found = emptied(w.found)
}

// emptied is the memory of a list, which refers to nothing any more.
func emptied(list []Finding) []Finding {
	if cap(list) > keptFindings {
		return nil
	}
	clear(list[:cap(list)])
	return list[:0]
}

// passFor is the Pass of a rule: in the driver's workspace, else one of its
// own.
func passFor(pass *analysis.Pass, r *Rule, d *deployment.Deployment) *Pass {
	w, ok := pass.ResultOf[memory].(*workspace)
	if !ok {
		return &Pass{Deployment: d, rule: r}
	}
	w.pass = Pass{Deployment: d, rule: r, memo: &w.memo, findings: w.pass.findings[:0]}
	return &w.pass
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
