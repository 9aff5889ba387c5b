package rules

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// configureStep is the step of rules whose findings each say which product it is
// about.
const configureStep = schema.StepConfigure + "/" + lint.EachProduct

// lists reports whether the manifest lists one of some kinds of step of a
// product on a node as done. A step without a node stands for all of them.
func lists(d *deployment.Deployment, p schema.Product, node string, kinds ...string) bool {
	return d.Manifest.Lists(func(id string) bool {
		id, at, named := schema.CutNode(id)
		kind, product, ok := strings.Cut(id, "/")
		return ok && product == string(p) && slices.Contains(kinds, kind) && (!named || at == node)
	})
}
