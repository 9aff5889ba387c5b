// Package deployment turns a folder of files into what is installed: products,
// the layers of their configuration, the effective value of each setting and
// where it came from, versions with their evidence, connectors and Apps.
//
// [Load] reads one folder; [Discover] finds the deployments below a folder.
// Both take an [fs.FS] and change nothing. A fact that the files do not tell
// is unknown, never a default: see [Value] and [State].
package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/internal/document"
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

// Encrypted tells whether the section with the product's settings is a
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

// View is the configuration of a node as one environment sees it.
type View struct {
	Environment string  // "" is the base alone
	Layers      []Layer // first to last; the last that has a path wins
	AutoScale   AutoScale
}

// Layer is one source of settings of a view.
type Layer struct {
	Kind LayerKind
	File *File
	// Env holds the settings of a layer that is no file of its own.
	Env []EnvSetting
	// Unordered tells that it is not known whether this layer or the one
	// before it wins.
	Unordered bool

	web *WebConfig // of Section and AppSettings: File taken apart
}

// LayerKind is the kind of a layer.
type LayerKind uint8

// The kinds of layer.
const (
	BaseFile    LayerKind = iota + 1 // appsettings.json
	OverlayFile                      // appsettings.<Environment>.json
	Environment                      // <aspNetCore><environmentVariables> of the product's own web.config
	Section                          // <xmpro> of Subscription Manager's web.config
	AppSettings                      // <appSettings> of the same file
	KeyVault                         // secrets of a key vault
)

// EnvSetting is one environment variable, or one key of <appSettings>, that
// stands for a setting.
type EnvSetting struct {
	Name   string // as written: XM__XMPRO__AUTOSCALE__ENABLED
	Path   string // as .NET reads it, prefix xm__ removed: XMPRO:AUTOSCALE:ENABLED
	Prefix string // the prefix that Path lacks: "xm__", or ""
	Value  string
	Origin Origin
}

// AutoScale is what a view says of Auto Scale.
type AutoScale struct {
	State      State
	Reason     Reason // why the state is unknown; zero otherwise
	Enabled    Value
	Connection Value
}

// On tells whether Auto Scale is known to be on.
func (a AutoScale) On() bool { return a.State == StateOn }

// State is whether Auto Scale is on. It follows "enabled" alone.
type State uint8

// The states.
const (
	StateAbsent  State = iota // no setting: off
	StateOff                  // enabled is false
	StateOn                   // enabled is true
	StateInvalid              // enabled is no boolean: the product throws
	StateUnknown              // see Reason
)

// String is the state as the JSON output names it.
func (s State) String() string {
	return [...]string{"absent", "off", "on", "invalid", "unknown"}[s]
}

// Reason says why a state or a value is unknown.
type Reason uint8

// The reasons.
const (
	ReasonEncrypted  Reason = iota + 1 // inside a protected section that was not opened
	ReasonReference                    // ${...}, @Microsoft.KeyVault(...) and the like
	ReasonKeyVault                     // xmpro:keyVault:provider is set: the vault may supply it
	ReasonOverride                     // an override whose order against others is not known
	ReasonUnreadable                   // a file of the product cannot be read or parsed
	ReasonElsewhere                    // configSource or <location> moves the section out of sight
	ReasonNotSeen                      // the manifest lists the product, and its files are not in the tree
)

// String explains the reason in a few words.
func (r Reason) String() string {
	return [...]string{"", "the section is encrypted", "the value is a reference",
		"a key vault may supply it", "an override may replace it",
		"a file cannot be read", "the section lies elsewhere", "the files are not in this tree"}[r]
}

// Value is the effective value of one setting in one view.
type Value struct {
	// Text is what the application gets. It may be a secret: see Mask.
	Text string
	// Present tells that some layer has the path. Null tells that .NET has
	// null there.
	Present, Null bool
	// Unknown is why the value cannot be known; zero where it is. Text is then
	// what is written, if anything is: a reference.
	Unknown Reason
	Origin  Origin   // the layer that wins; zero where nothing has the path
	Shadows []Origin // the layers that it hides, nearest first
}

// Known tells whether Text is what the application gets.
func (v Value) Known() bool { return v.Present && !v.Null && v.Unknown == 0 }

// Origin is one place where a setting is written.
type Origin struct {
	File  *File
	Kind  LayerKind
	Path  string // the setting as this layer spells it
	Text  string // its value there, as the application would get it
	Key   document.Span
	Value document.Span // with quotes
	// Node is the value's node in File.JSON, or of the element in File.XML;
	// Attr the attribute's index there, -1 where it is none.
	Node document.NodeID
	Attr int32
	// Opened tells that the setting lies inside an opened protected section:
	// Key and Value are then the section's start tag.
	Opened bool
}

// IsZero reports whether there is no such place.
func (o Origin) IsZero() bool { return o.File == nil }

// ValuePlace is the place of the value, KeyPlace that of the key.
func (o Origin) ValuePlace() Place { return Place{o.File, o.Value} }

// KeyPlace is the place of the key, the value's where there is no key.
func (o Origin) KeyPlace() Place {
	if o.Key.IsZero() {
		return o.ValuePlace()
	}
	return Place{o.File, o.Key}
}

// Place is a span of a file. The zero Place is nowhere.
type Place struct {
	File *File
	Span document.Span
}

// IsZero reports whether the place is nowhere.
func (p Place) IsZero() bool { return p.File == nil }

// Position is where the place begins and where it ends, for people.
func (p Place) Position() (start, end document.Position) {
	if p.File == nil || p.File.Text == nil {
		return document.Position{Line: 1, Column: 1}, document.Position{Line: 1, Column: 1}
	}
	return p.File.Text.Position(p.Span.Start), p.File.Text.Position(p.Span.End)
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
