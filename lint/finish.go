package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// merge puts equal findings of several views together: what differs is the
// environment alone.
func merge(findings []Finding) []Finding {
	kept := findings[:0]
	var places map[sameness]int // where a finding is kept; made where there are many
	if len(findings) > few {
		places = make(map[sameness]int, len(findings))
	}
	for _, f := range findings {
		key, at := f.sameness(), -1
		if places == nil {
			for i := range kept {
				if kept[i].sameness() == key {
					at = i
					break
				}
			}
		} else if i, ok := places[key]; ok {
			at = i
		}
		if at < 0 {
			if places != nil {
				places[key] = len(kept)
			}
			f.Environments = slices.Clone(f.Environments)
			kept = append(kept, f)
			continue
		}
		for _, env := range f.Environments {
			if !slices.Contains(kept[at].Environments, env) {
				kept[at].Environments = append(kept[at].Environments, env)
			}
		}
	}
	return kept
}

// few is how many findings are looked through one by one.
const few = 32

// sameness is equal for findings that are one.
type sameness struct {
	rule             *Rule
	place            Place
	message, setting string
	product          schema.Product
	node             string
	severity         Severity
}

func (f *Finding) sameness() sameness {
	return sameness{f.Rule, f.Place, f.Message, f.Setting, f.Product, f.Node, f.Severity}
}

// fill works out what the rule left to the runner.
func (f *Finding) fill(d *deployment.Deployment) {
	if f.Severity == 0 {
		f.Severity = f.Rule.Severity
	}
	if f.Place.IsZero() {
		f.Place, f.nowhere = d.Fallback(), true
	}
	if f.Why == "" {
		f.Why = f.Rule.Doc.Why
	}
	f.Step = f.step(d)
	f.Deployment, f.Root = d.Name, d.Root
	f.Path = pathOf(f.Place, d)
	f.Start, f.End = f.Place.Position()
	for i := range f.Related {
		r := &f.Related[i]
		r.Path = pathOf(r.Place, d)
		r.Start, r.End = r.Place.Position()
	}
	f.nameEnvironments(d)
}

func pathOf(p Place, d *deployment.Deployment) string {
	if p.File == nil {
		return d.Root
	}
	return p.File.Path
}

// step is the id of the step that mends the finding.
func (f *Finding) step(d *deployment.Deployment) string {
	step := f.Step
	if step == "" {
		step = f.Rule.Step
	}
	switch {
	case step == "-":
		return ""
	case strings.Contains(step, EachProduct) && !f.Product.UsesRedis():
		return ""
	}
	step = strings.ReplaceAll(step, EachProduct, string(f.Product))
	if kind, product, ok := strings.Cut(step, "/"); ok && d != nil && product == string(f.Product) && isNodeStep(kind) {
		return schema.NodeStep(kind, f.Product, f.nodeOf(d.Product(f.Product)))
	}
	return step
}

// isNodeStep reports whether a kind of step is taken on each node.
func isNodeStep(kind string) bool {
	switch kind {
	case schema.StepDecrypt, schema.StepConfigure, schema.StepEncrypt, schema.StepVerify:
		return true
	}
	return false
}

// nodeOf is the name of the node that a finding is about: the one it names,
// else the one whose file it is in, else the first; empty where the manifest
// names no nodes.
func (f *Finding) nodeOf(p *deployment.Product) string {
	if f.Node != "" || p == nil || len(p.Nodes) == 0 {
		return f.Node
	}
	for _, n := range p.Nodes {
		if slices.Contains(n.Files, f.Place.File) {
			return n.Name
		}
	}
	return p.Nodes[0].Name
}

// nameEnvironments says in the message in which environments the finding is
// true, where the product has several views.
func (f *Finding) nameEnvironments(d *deployment.Deployment) {
	p := d.Product(f.Product)
	if len(f.Environments) == 0 || p == nil {
		return
	}
	for _, n := range p.Nodes {
		if n.Name != f.Node || len(n.Views) < 2 || n.Name == "" && len(p.Nodes) > 1 && !slices.Contains(n.Files, f.Place.File) {
			continue
		}
		names := make([]string, len(f.Environments))
		for i, env := range f.Environments {
			if names[i] = env; env == "" {
				names[i] = "no overlay"
			}
		}
		f.Message += " (environment: " + strings.Join(names, ", ") + ")"
		return
	}
	f.Environments = slices.DeleteFunc(f.Environments, func(env string) bool { return env == "" })
}

// number gives each finding its fingerprint: what it is about, without values
// and places, and an ordinal among equal ones.
func number(findings []Finding, d *deployment.Deployment) {
	type key struct {
		rule, path, setting, node string
		product                   schema.Product
	}
	seen := make(map[key]int, len(findings))
	for i := range findings {
		f := &findings[i]
		f.layer = layerOf(f, d)
		k := key{f.Rule.ID, f.layer, strings.ToLower(f.Setting), f.Node, f.Product}
		f.rank = seen[k]
		seen[k]++
		f.Fingerprint = f.hash(d.Identity())
	}
}

// layerOf is the name of the file that a finding is in, without the folders
// above it, so that a folder may be renamed; empty for a finding about the
// deployment as a whole: which file is the first depends on the folders' names.
func layerOf(f *Finding, d *deployment.Deployment) string {
	if f.nowhere || f.Product == "" && f.Place == d.Fallback() {
		return ""
	}
	return strings.ToLower(path.Base(f.Path))
}

// Portable is like the fingerprint, but the same in every deployment: equal for
// equal findings of two of them, and for one whose folder was renamed.
func (f *Finding) Portable() string {
	if f.thing != "" {
		return Fingerprint(f.Rule.ID, f.thing)
	}
	return f.hash("")
}

func (f *Finding) hash(identity string) string {
	ordinal := strconv.Itoa(f.rank)
	if f.IsShared() { // the rule may find something in the deployment itself as well
		ordinal = "shared " + ordinal
	}
	return Fingerprint(f.Rule.ID, identity, string(f.Product), f.Node, f.layer, strings.ToLower(f.Setting), ordinal)
}

// IsShared reports whether the finding is about what deployments share, one of
// [Shared]: which of them it is reported at depends on the order of their
// names.
func (f *Finding) IsShared() bool { return f.thing != "" }

// Fingerprint is a short hash of its parts.
func Fingerprint(parts ...string) string {
	buf := make([]byte, 0, 256)
	for _, p := range parts {
		buf = append(buf, p...)
		buf = append(buf, 0)
	}
	sum := sha256.Sum256(buf)
	var text [32]byte
	hex.Encode(text[:], sum[:16])
	return string(text[:])
}

// fill works out what the rule left to the runner.
func (u *Use) fill(d *deployment.Deployment, rule *Rule) {
	u.Deployment, u.Root, u.identity = d.Name, d.Root, d.Identity()
	u.Path = pathOf(u.Place, d)
	u.Start, u.End = u.Place.Position()
	u.rule = rule
}
