package migrate

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// Changes are what [Prepare] worked out: files with their new content, and
// what stands in the way of writing them.
type Changes struct {
	Deployment string // the deployment's name
	Root       string // its folder, as deployment.Deployment.Root
	Files      []File // by path; those without edits are left out
	Edits      []Edit // the settings that change, by path and setting
	// CommentsLost is the number of comments that the files have less.
	CommentsLost int
	Blocks       []Block  // what has to come first; none for changes that may be written
	Warnings     []string // what is not known
	Left         []Left   // what is wrong in the files and stays
	// Broken tells that a rule broke: its fixes are missing.
	Broken bool
	// VersionControlled tells that the files lie in a working copy.
	VersionControlled bool
}

// IsEmpty reports whether there is nothing to write.
func (c *Changes) IsEmpty() bool { return len(c.Files) == 0 }

// File is one file to write.
type File struct {
	Path string // as deployment.File.Path
	// Owners are the products that read the file, with their nodes.
	Owners []Owner
	// Edits are the replacements in the original bytes, in order and apart
	// from each other. Bytes outside of them stay.
	Edits []deployment.Edit
	// Sealed tells that edits lie inside a protected section.
	Sealed bool

	before, after []byte
	old, new      *deployment.File // read from before and after; protected sections are closed
	cipher        []span           // the edits that replace cipher values, as spans of before
}

// Owner is a product on a node that reads a file.
type Owner struct {
	Product schema.Product
	Node    string // empty where the manifest names none
}

// Before is the file as it was read.
func (f *File) Before() []byte { return f.before }

// After is the file as it is to be.
func (f *File) After() []byte { return f.after }

type span struct{ start, end int }

// Edit is one setting that changes. Values are masked; they are what the
// application gets, as `xmlint show` prints them.
type Edit struct {
	Path    string         `json:"path"`
	Product schema.Product `json:"product"`
	Node    string         `json:"node,omitempty"`
	Setting string         `json:"setting"`
	From    string         `json:"from"` // empty where it is not there
	To      string         `json:"to"`   // empty where it is removed
	// Safety is that of the fix; empty for the goal's own edits.
	Safety lint.Safety `json:"safety"`
	Title  string      `json:"title,omitempty"` // what the fix does
	// Sealed tells that the setting lies inside a protected section.
	Sealed bool `json:"sealed,omitempty"`

	gone bool // it is removed; what replaces it may follow
}

// Block is something that has to come before the changes.
type Block struct {
	// Step is the plan step that comes first, as upgrade-xmpro; empty where
	// no step mends it.
	Step    string         `json:"step"`
	Product schema.Product `json:"product"`
	Node    string         `json:"node,omitempty"`
	Reason  string         `json:"reason"`
}
