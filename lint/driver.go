package lint

import (
	"fmt"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
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

// drivers are kept from deployment to deployment.
var drivers = sync.Pool{New: func() any { return newDriver() }}

func newDriver() *driver {
	dr := &driver{results: map[*analysis.Analyzer]any{}}
	dr.pass = analysis.Pass{
		Fset:              token.NewFileSet(),
		Pkg:               types.NewPackage("xmpro", "xmpro"),
		TypesInfo:         &types.Info{},
		ResultOf:          dr.results,
		Report:            func(analysis.Diagnostic) {},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	return dr
}

// reset injects a deployment: it is the result of [Source].
func (dr *driver) reset(d *deployment.Deployment) {
	dr.results[Source] = d
	dr.space.reset()
	dr.results[memory] = &dr.space
}

// memory has the [workspace] for its result, under the driver of this
// package alone; it never runs.
var memory = &analysis.Analyzer{Name: "xmlintmemory"}

// run runs one rule's analyzer. A panic is an error of the rule.
func (dr *driver) run(rule *Rule, a *analysis.Analyzer) (found []Finding, uses []Use, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	dr.pass.Analyzer = a
	out, err := a.Run(&dr.pass)
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
