package migrate

import (
	"cmp"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// Left is something in a product's file that the changes do not mend.
type Left struct {
	Path    string         `json:"path"`
	Product schema.Product `json:"product"`
	Node    string         `json:"node,omitempty"`
	Rule    string         `json:"rule"`
	Setting string         `json:"setting,omitempty"`
	Message string         `json:"message"`
	// Unsafe is what [Options].Unsafe would do about it; empty where that does
	// nothing.
	Unsafe string `json:"unsafe,omitempty"`
}

// left is what the rules still have against the files as edited: every error,
// and the warnings that an unsafe fix mends. What a block is about already, and
// files that cannot be read, are left out.
func (p *preparation) left() ([]Left, error) {
	result, err := p.runner.Run(p.ctx, p.now)
	if err != nil {
		return nil, err
	}
	p.broken = p.broken || result.Broken
	var all []Left
	for i := range result.Findings {
		f := &result.Findings[i]
		if f.Place.File == nil || !isOfProduct(f.Place.File) || f.Place.File.Err != nil || !p.opts.wants(f.Product) || !p.opts.wantsNode(f.Node) || p.isBlocked(f) {
			continue
		}
		l := Left{Path: f.Path, Product: cmp.Or(f.Product, schema.Unknown), Node: f.Node, Rule: f.Rule.ID, Setting: f.Setting, Message: f.Message}
		if x := f.Fix; !p.opts.Unsafe && x != nil && x.Safety == lint.Unsafe && x.Edits != nil {
			l.Unsafe = x.Title
		}
		if f.Severity == lint.Error || f.Severity == lint.Warning && l.Unsafe != "" {
			all = append(all, l)
		}
	}
	return all, nil
}

// isOfProduct reports whether a file is configuration that a product reads.
func isOfProduct(f *deployment.File) bool {
	switch f.Role {
	case deployment.RoleBase, deployment.RoleOverlay, deployment.RoleSectionHost, deployment.RoleAspNetCore, deployment.RoleConfigSource, deployment.RoleNamed:
		return true
	}
	return false
}

// isBlocked reports whether what mends a finding comes first anyway.
func (p *preparation) isBlocked(f *lint.Finding) bool {
	return slices.ContainsFunc(p.blocks, func(b Block) bool {
		return b.Step != "" && b.Step == f.Step && b.Product == f.Product && b.Node == f.Node
	})
}
