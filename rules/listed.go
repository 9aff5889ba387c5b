package rules

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// lists tells whether the manifest lists one of some kinds of step of a product
// on a node as done. A step without a node stands for all of them.
func lists(d *deployment.Deployment, p schema.Product, node string, kinds ...string) bool {
	return listsStep(d, func(id string) bool {
		id, at, named := strings.Cut(id, "@")
		kind, product, ok := strings.Cut(id, "/")
		return ok && product == string(p) && slices.Contains(kinds, kind) && (!named || at == node)
	})
}

// listsStep tells whether the manifest lists a step as done.
func listsStep(d *deployment.Deployment, is func(id string) bool) bool {
	return d.Manifest != nil && slices.ContainsFunc(d.Manifest.Done, func(done deployment.Done) bool {
		return is(strings.TrimSpace(done.Step.Text))
	})
}
