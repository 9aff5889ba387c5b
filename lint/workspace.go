package lint

import (
	"golang.org/x/tools/go/analysis"

	"github.com/xmlint/xmlint/deployment"
)

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
