package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// AuditProduct is one installed product, with what shows its version, and the
// settings that it gets.
type AuditProduct struct {
	Name            schema.Product  `json:"name"`
	Version         string          `json:"version,omitempty"` // empty where nothing says it
	Evidence        []AuditEvidence `json:"evidence"`
	AutoScale       string          `json:"auto_scale"`
	Encrypted       bool            `json:"encrypted"`
	Instances       int             `json:"instances"` // 0 where unknown
	TargetInstances int             `json:"target_instances,omitempty"`
	Nodes           []string        `json:"nodes,omitempty"` // their names, where the manifest names any
	Files           []string        `json:"files"`
	// Views are the effective Auto Scale settings per node and environment.
	Views []ShownProduct `json:"views"`
}

// AuditEvidence is one statement about a version.
type AuditEvidence struct {
	Version string `json:"version"`
	Source  string `json:"source"` // manifest, SM_VERSION, sm-metadata.json, deps.json
	Path    string `json:"path,omitempty"`
	Line    int    `json:"line,omitempty"`
}

func auditProduct(p *deployment.Product) AuditProduct {
	a := AuditProduct{
		Name: p.ID, Version: p.Version().Text, AutoScale: p.State().String(), Encrypted: p.Encrypted(),
		Instances: p.Instances, TargetInstances: p.TargetInstances, Evidence: []AuditEvidence{}, Files: []string{}, Views: showProduct(p, false),
	}
	for _, e := range p.Versions {
		x := AuditEvidence{Version: e.Version.Text, Source: e.Source}
		if !e.Place.IsZero() {
			start, _ := e.Place.Position()
			x.Path, x.Line = e.Place.File.Path, start.Line
		}
		a.Evidence = append(a.Evidence, x)
	}
	for _, n := range p.Nodes {
		if n.Name != "" {
			a.Nodes = append(a.Nodes, n.Name)
		}
	}
	for _, f := range p.Files() {
		a.Files = append(a.Files, f.Path)
	}
	return a
}

// AuditInput is one file that was read.
type AuditInput struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256,omitempty"` // of its bytes; empty where they could not be read
}

// auditInputs are the files that the deployment was read from: what says
// something of it in the audit, says it there.
func auditInputs(d *deployment.Deployment) []AuditInput {
	files := slices.Clone(d.Files)
	add := func(f *deployment.File) {
		if f != nil {
			files = append(files, f)
		}
	}
	for _, p := range d.Products {
		for _, e := range append(slices.Clone(p.Versions), p.RedisClient...) {
			add(e.Place.File)
		}
		for _, n := range p.Nodes {
			if n.Web != nil {
				add(n.Web.ConfigSourceFile)
			}
		}
	}
	slices.SortStableFunc(files, func(a, b *deployment.File) int { return cmp.Compare(a.Path, b.Path) })
	files = slices.CompactFunc(files, func(a, b *deployment.File) bool { return a.Path == b.Path })
	inputs := []AuditInput{}
	for _, f := range files {
		inputs = append(inputs, AuditInput{f.Path, hashOf(f)})
	}
	return inputs
}

// hashOf is the hash of a file as it lies on disk. Of one that is too large only
// the beginning was read.
func hashOf(f *deployment.File) string {
	var fault *document.Error
	if f.Text == nil || errors.As(f.Err, &fault) && fault.Kind == document.ErrTooLarge {
		return ""
	}
	sum := sha256.Sum256(f.Text.Raw)
	return hex.EncodeToString(sum[:])
}

// versionWords says what is known of a product's version, and whence.
func (p *AuditProduct) versionWords() string {
	if len(p.Evidence) == 0 {
		return "not known"
	}
	var all []string
	for _, e := range p.Evidence {
		text := strings.TrimSpace(e.Version)
		if text == "" {
			text = `""`
		}
		text += " (" + e.Source
		if e.Path != "" && e.Source != e.Path {
			text += ", " + placeWords(e.Path, e.Line)
		}
		all = append(all, text+")")
	}
	words := strings.Join(all, "; ")
	if p.Version == "" {
		return "not known: " + words
	}
	return words
}

// instanceWords says how many instances run and shall run.
func (p *AuditProduct) instanceWords() string {
	words := "not known"
	if p.Instances > 0 {
		words = plural(p.Instances, "instance")
	}
	if len(p.Nodes) > 0 {
		words += " (" + strings.Join(p.Nodes, ", ") + ")"
	}
	if p.TargetInstances > 0 {
		words += ", " + plural(p.TargetInstances, "instance") + " wanted"
	}
	return words
}

// stateWords says how Auto Scale stands.
func (p *AuditProduct) stateWords() string {
	words := p.AutoScale
	if !p.Name.UsesRedis() {
		words = "has no use for it"
	}
	if p.Encrypted {
		words += ", encrypted"
	}
	return words
}
