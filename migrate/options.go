package migrate

import (
	"errors"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// Options say what to change, and how the deployment was read: it is read
// again with the changes in place.
type Options struct {
	// Off switches Auto Scale off; otherwise it is switched on.
	Off bool
	// Redis is the connection string to write. The zero value means the one of
	// the manifest, else the one that each product has already.
	Redis Connection
	// PipelineReplacesTokens says that something replaces references in
	// appsettings.json before the file is deployed.
	PipelineReplacesTokens bool
	// Products narrows the changes to some products; empty: all.
	Products []schema.Product
	// Nodes narrows them to some of the nodes that the manifest names; empty:
	// all.
	Nodes []string
	// Unsafe carries out the unsafe fixes of rules too.
	Unsafe bool

	// Sources are the sources in which the deployment was found, and Exclude
	// the globs that were passed over.
	Sources []deployment.Source
	Exclude []string
	// Load is how the deployment was read.
	Load deployment.Options
	// Rules are the rules whose fixes are carried out; nil: all of them.
	Rules []*lint.Rule
}

// wants reports whether a product is among those to change.
func (o *Options) wants(p schema.Product) bool {
	return len(o.Products) == 0 || slices.Contains(o.Products, p)
}

// wantsNode reports whether a node is among those to change.
func (o *Options) wantsNode(name string) bool {
	return len(o.Nodes) == 0 || slices.Contains(o.Nodes, name)
}

// ErrUnknownFile is wrapped by errors about a deployment that does not come
// from Options.Sources.
var ErrUnknownFile = errors.New("the deployment is not from these sources")

// ErrUnintended is wrapped by the error of edits that would change more, or
// less, than they are about. Nothing is written then. It is a fault of this
// package.
var ErrUnintended = errors.New("the edits would change something else than was meant: nothing is written")

// ReferenceError says that a reference was to be written where nothing expands
// it.
type ReferenceError struct {
	Path   string // the file
	Reason string // why nothing expands it there
	Hint   string
}

// Error says where and why, without the reference.
func (e *ReferenceError) Error() string {
	return e.Path + ": a reference is not written here: " + e.Reason + "; " + e.Hint
}
