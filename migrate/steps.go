package migrate

import (
	"context"
	"slices"
	"sync"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// StepEdits gives what planner.Options.Edits asks for: the edits of the step
// that configures a product on a node, as [Prepare] makes them, with secrets
// masked. Nothing is worked out before it is asked for the first time. Where
// the edits cannot be made, or do not reach the goal, there are none, and the
// plan says in words what to set.
//
// The function may be used as long as the deployment is.
func StepEdits(ctx context.Context, d *deployment.Deployment, opts Options) func(schema.Product, string) []planner.Edit {
	changes := sync.OnceValue(func() *Changes {
		c, err := Prepare(ctx, d, opts)
		if err != nil {
			return &Changes{}
		}
		return c
	})
	return func(product schema.Product, node string) []planner.Edit {
		c := changes()
		if c.falters(product, node) {
			return nil
		}
		var edits []planner.Edit
		for i := range c.Files {
			f := &c.Files[i]
			if slices.Contains(f.Owners, Owner{product, node}) {
				edits = append(edits, planner.Edit{Path: f.Path, Diff: f.diff(c)})
			}
		}
		return edits
	}
}

// falters reports whether something stands against the edits of a product on a
// node that the steps before its own do not mend.
func (c *Changes) falters(product schema.Product, node string) bool {
	return slices.ContainsFunc(c.Blocks, func(b Block) bool {
		return b.Product == product && (b.Node == "" || b.Node == node) && b.Step != schema.StepUpgradeSuite && b.Step != schema.StepScaleIn
	})
}
