package deployment

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// Manifest is the deployment's xmpro.yaml: facts that no configuration file
// holds. Every part is optional.
type Manifest struct {
	File        *File
	Name        Scalar
	Version     Scalar
	Hosting     Scalar // one of schema.Hostings, or empty
	Environment Scalar
	Products    []*ManifestProduct // in order of schema.Products
	Sticky      Flag               // load_balancer.sticky
	Redis       Redis
	HasRedis    bool     // there is a redis key
	Connectors  []Scalar // uploaded versions of the Data Streams Connector
	// HasConnectors tells that connectors.data-streams is there, even empty.
	HasConnectors bool
	Apps          []App
	Done          []Done
	Decisions     []Decision
	// VersionControlled tells that a .git, .hg or .svn lies in its folder or in
	// one above it.
	VersionControlled bool
	// Unread tells that none of it could be read: what it says is unknown.
	Unread bool
	// Problems is what does not follow the manifest's schema.
	Problems []Problem
}

// Scalar is a scalar as written (4.10 is not 4.1) and its place; a zero Place
// where the key is missing.
type Scalar struct {
	Text  string
	Place Place
}

// IsSet reports whether the key is there.
func (s Scalar) IsSet() bool { return !s.Place.IsZero() }

// Flag is a boolean that may be unknown. Place is also that of a value which is
// no boolean.
type Flag struct {
	Known, Value bool
	Place        Place
}

// ManifestProduct is what the manifest says of one product.
type ManifestProduct struct {
	ID              schema.Product
	Path            Scalar
	Version         Scalar
	Instances       Scalar
	TargetInstances Scalar
	Nodes           []ManifestNode
	Place           Place // the product's key
}

// ManifestNode is one node of a product.
type ManifestNode struct{ Name, Path Scalar }

// Redis is what the manifest says of the Redis that Auto Scale shall use.
type Redis struct {
	Connection Scalar // what migrate writes; may hold a secret
	Service    Scalar // one of schema.RedisServices, or empty
	Cluster    Flag
	Place      Place
}

// App is one App and the Data Streams Connector that it uses.
type App struct {
	Name      Scalar
	Connector Scalar
	Upgrade   Flag   // the user's choice; unknown where the key is missing
	CacheLoss Scalar // "accepted", or empty
	Place     Place
}

// Done is a step that no file can show, said to be done.
type Done struct {
	Step Scalar
	On   Scalar // a date, or empty
}

// ID is the id of the step, without the blanks around it.
func (d *Done) ID() string { return strings.TrimSpace(d.Step.Text) }

// Lists reports whether the manifest lists a step as done whose id is one that
// is asked for. Where there is no manifest none is listed.
func (m *Manifest) Lists(is func(id string) bool) bool {
	return m != nil && slices.ContainsFunc(m.Done, func(d Done) bool { return is(d.ID()) })
}

// Decision is a person's answer to a question of the plan.
type Decision struct{ ID, Answer Scalar }

// Problem is one thing that is wrong with the manifest.
type Problem struct {
	Place         Place
	Message, Hint string
}
