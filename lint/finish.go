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
next:
	for _, f := range findings {
		for i := range kept {
			if same(&kept[i], &f) {
				for _, env := range f.Environments {
					if !slices.Contains(kept[i].Environments, env) {
						kept[i].Environments = append(kept[i].Environments, env)
					}
				}
				continue next
			}
		}
		f.Environments = slices.Clone(f.Environments)
		kept = append(kept, f)
	}
	return kept
}

func same(a, b *Finding) bool {
	return a.Rule == b.Rule && a.Place == b.Place && a.Message == b.Message && a.Setting == b.Setting &&
		a.Product == b.Product && a.Node == b.Node && a.Severity == b.Severity
}

// fill works out what the rule left to the runner.
func (f *Finding) fill(d *deployment.Deployment) {
	if f.Severity == 0 {
		f.Severity = f.Rule.Severity
	}
	if f.Place.IsZero() {
		f.Place = d.Fallback()
	}
	if f.Why == "" {
		f.Why = f.Rule.Doc.Why
	}
	f.Step = f.step()
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
func (f *Finding) step() string {
	step := f.Step
	if step == "" {
		step = f.Rule.Step
	}
	switch {
	case step == "-":
		return ""
	case strings.Contains(step, "<product>") && !f.Product.UsesRedis():
		return ""
	}
	return strings.ReplaceAll(step, "<product>", string(f.Product))
}

// nameEnvironments says in the message in which environments the finding is
// true, where the product has several views.
func (f *Finding) nameEnvironments(d *deployment.Deployment) {
	p := d.Product(f.Product)
	if len(f.Environments) == 0 || p == nil {
		return
	}
	for _, n := range p.Nodes {
		if n.Name != f.Node || len(n.Views) < 2 {
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
		k := key{f.Rule.ID, layerOf(f, d), strings.ToLower(f.Setting), f.Node, f.Product}
		ordinal := seen[k]
		seen[k]++
		f.Fingerprint = Fingerprint(k.rule, d.Identity(), string(k.product), k.node, k.path, k.setting, strconv.Itoa(ordinal))
	}
}

// layerOf is the name of the file that a finding is in, without the folders
// above it, so that a folder may be renamed.
func layerOf(f *Finding, d *deployment.Deployment) string { return strings.ToLower(path.Base(f.Path)) }

// Fingerprint is a short hash of its parts.
func Fingerprint(parts ...string) string {
	var buf []byte
	for _, p := range parts {
		buf = append(buf, p...)
		buf = append(buf, 0)
	}
	sum := sha256.Sum256(buf)
	return hex.EncodeToString(sum[:16])
}

// fill works out what the rule left to the runner.
func (u *Use) fill(d *deployment.Deployment, rule *Rule) {
	u.Deployment, u.Root, u.identity = d.Name, d.Root, d.Identity()
	u.Path = pathOf(u.Place, d)
	u.Start, u.End = u.Place.Position()
	u.rule = rule
}
