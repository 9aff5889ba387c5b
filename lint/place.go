package lint

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// Place is a span of a file of the deployment.
type Place = deployment.Place

// Position is a line and a column, both from 1; columns are code points.
type Position = deployment.Position

// FileEdit is edits of one file, as byte spans of its original bytes, in any
// order. No two overlap.
type FileEdit struct {
	File  *deployment.File
	Edits []deployment.Edit
}

// Use is one deployment's use of something that deployments may share. The
// rule fills the first part, the runner the second.
type Use struct {
	Key     string // what is used, in a form that is equal for equal things: "redis:cache01:6379"
	Label   string // how to name it to people
	Product schema.Product
	Setting string // path of the setting that says so
	Place   Place  // where it is written
	Idle    bool   // configured, but not in use: Auto Scale is off

	Deployment string // as in [Finding], like the three below
	Root       string
	Path       string
	Start, End Position
	identity   string
	rule       *Rule
	settings   *compiled
	by         *SuppressedBy // why what is found about it is not reported
	pending    *pendingUnused
}
