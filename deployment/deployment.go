// Package deployment turns a folder of files into what is installed: products,
// the layers of their configuration, the effective value of each setting and
// where it came from, versions with their evidence, connectors and Apps.
//
// [Load] reads one folder; [Discover] finds the deployments below a folder.
// Both take an [fs.FS] and change nothing. A fact that the files do not tell
// is unknown, never a default: see [Value] and [State].
package deployment

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// Deployment is one installation of XMPro: the products that work together.
type Deployment struct {
	Name     string    // the manifest's name, else the last element of Root
	Root     string    // its folder, with /, relative to the working directory unless it was given absolute
	Manifest *Manifest // nil where there is no xmpro.yaml
	Products []*Product
	Files    []*File // every file that was read for it, by path
	Copies   []Copy  // copies of configuration files that IIS would serve
	// VersionControlled tells that a .git, .hg or .svn lies in a folder at or
	// above that of one of its nodes.
	VersionControlled bool
}

// Product gives a product of the deployment, nil where it is not there.
func (d *Deployment) Product(id schema.Product) *Product {
	for _, p := range d.Products {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// Owner gives the product and the node that a file belongs to, the first where
// it belongs to several; nil for the manifest.
func (d *Deployment) Owner(f *File) (*Product, *Node) {
	for _, p := range d.Products {
		for _, n := range p.Nodes {
			if slices.Contains(n.Files, f) {
				return p, n
			}
		}
	}
	return nil, nil
}

// Identity names the deployment in fingerprints: the manifest's name, else the
// root.
func (d *Deployment) Identity() string {
	if d.Manifest != nil && d.Manifest.Name.Text != "" {
		return d.Manifest.Name.Text
	}
	return d.Root
}

// Product is one product of a deployment, on one or more nodes.
type Product struct {
	ID    schema.Product
	Nodes []*Node // at least one; a single one without a name where the manifest names none
	// Versions is what the tree says of the product's version, most trusted
	// first; empty where nothing says anything.
	Versions []Evidence
	// RedisClient is the version of StackExchange.Redis in *.deps.json.
	RedisClient []Evidence
	// Instances is how many instances run, TargetInstances how many shall;
	// 0 is unknown, and no target.
	Instances, TargetInstances int
	InstancesPlace             Place // where the manifest says so; zero where nothing does
	// ClassicSignalR tells that bin holds Microsoft.AspNet.SignalR*.dll.
	ClassicSignalR bool
	Manifest       *ManifestProduct // nil where the manifest does not list it
}

// Version is the best evidence of the product's version that can be compared;
// a Version that is not Known where there is none.
func (p *Product) Version() schema.Version {
	for _, e := range p.Versions {
		if e.Version.Known() {
			return e.Version
		}
	}
	return schema.Version{}
}

// State is the product's Auto Scale state: the common one of its nodes in
// their default view, StateUnknown where they differ.
func (p *Product) State() State {
	state := p.Nodes[0].Default().AutoScale.State
	for _, n := range p.Nodes[1:] {
		if n.Default().AutoScale.State != state {
			return StateUnknown
		}
	}
	return state
}

// Encrypted reports whether the section with the product's settings is a
// protected one on any node, opened or not.
func (p *Product) Encrypted() bool {
	for _, n := range p.Nodes {
		if n.Web != nil && n.Web.Protected != nil {
			return true
		}
	}
	return false
}

// Files are the configuration files of all nodes, by path.
func (p *Product) Files() []*File {
	if len(p.Nodes) == 1 {
		return p.Nodes[0].Files
	}
	var files []*File
	for _, n := range p.Nodes {
		files = append(files, n.Files...)
	}
	return files
}

// Node is one installed copy of a product: a folder.
type Node struct {
	Name  string // as the manifest names it; empty where it names none
	Dir   string // the folder, as File.Path is written
	Files []*File
	// VersionControlled tells that a .git, .hg or .svn lies in a folder at or
	// above the node's.
	VersionControlled bool
	// Web is Subscription Manager's web.config; nil for other products, and
	// where the file is missing or not well-formed.
	Web *WebConfig
	// Environment is the one that the node is known to run in; empty where
	// nothing says. EnvironmentPlace is where it is said.
	Environment      string
	EnvironmentPlace Place
	// Views are what the product sees: one where the environment is known or
	// there are no overlays, else the base alone (Environment "") and the base
	// with each overlay. At least one.
	Views []*View

	dir string // the folder in the source's file system
}

// Default is the view that counts for the node's state: the only one, else
// that of Production, which .NET takes when no environment is set, else the
// base alone.
func (n *Node) Default() *View {
	for _, v := range n.Views {
		if strings.EqualFold(v.Environment, "Production") {
			return v
		}
	}
	return n.Views[0]
}

// Evidence is one statement about a version.
type Evidence struct {
	Version schema.Version
	Source  string // "manifest", "SM_VERSION", "deps.json", "sm-metadata.json"
	Place   Place
}

// Copy is a copy of a configuration file that a web server would serve.
type Copy struct {
	Path    string
	Product schema.Product
	Node    *Node
	File    *File // the file that it is a copy of, as far as that is there
}

// Fallback is where a finding without a place of its own goes: the manifest,
// else the first file.
func (d *Deployment) Fallback() Place {
	switch {
	case d.Manifest != nil:
		return d.Manifest.File.Start()
	case len(d.Files) > 0:
		return d.Files[0].Start()
	}
	return Place{}
}
