package migrate

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// require notes what has to come before the goal's edits of each product that
// has some. What is not known is a warning.
func (p *preparation) require() {
	for _, product := range p.original.Products {
		if !p.touched[product] {
			continue
		}
		if p.opts.Off {
			p.requireOne(product)
			continue
		}
		p.requireVersion(product)
		p.requireClient(product)
	}
}

// requireVersion asks for a release that has Auto Scale, of each product of the
// suite: like the plan, which upgrades all of them before it configures one. A
// Stream Host may stay behind the suite and tells nothing.
func (p *preparation) requireVersion(product *deployment.Product) {
	version := product.Version()
	whose := product.ID.Title()
	for _, other := range p.original.Products {
		v := other.Version()
		if other.ID != schema.StreamHost && v.Known() && (!version.Known() || v.Compare(version) < 0) {
			version, whose = v, other.ID.Title()
		}
	}
	switch version.AtLeast(schema.AutoScaleSince) {
	case schema.Satisfied:
	case schema.NotSatisfied:
		p.block(Block{Step: schema.StepUpgradeSuite, Product: product.ID,
			Reason: fmt.Sprintf("%s is %s, and Auto Scale needs %s or later", whose, version.Text, schema.AutoScaleSince)})
	default:
		p.warn(product.ID.Title(), "its version is not known: Auto Scale needs %s or later", schema.AutoScaleSince)
	}
}

// requireClient asks for a connection string that the client takes. It is
// judged as it comes out, with the fixes of rules.
func (p *preparation) requireClient(product *deployment.Product) {
	for _, n := range p.nodes(product.ID) {
		for _, v := range n.Views {
			c := v.Get(schema.Connection)
			if !c.Present || c.Null || schema.Classify(c.Text) != schema.Literal {
				continue
			}
			refused, doubt := verdict(product, c.Text)
			if refused != "" {
				p.block(Block{Step: schema.StepProvisionRedis, Product: product.ID, Node: n.Name, Reason: refused})
			}
			if doubt != "" {
				p.warn(product.ID.Title(), "%s", doubt)
			}
		}
	}
}

// nodes are the nodes of a product as edited.
func (p *preparation) nodes(id schema.Product) []*deployment.Node {
	var nodes []*deployment.Node
	if product := p.now.Product(id); product != nil {
		for _, n := range product.Nodes {
			if p.opts.wantsNode(n.Name) {
				nodes = append(nodes, n)
			}
		}
	}
	return nodes
}

// requireOne asks for one instance before Auto Scale is switched off: the
// other way round several would run without it. Where the manifest names nodes
// it names those that stand still too, until all of them are done.
func (p *preparation) requireOne(product *deployment.Product) {
	switch {
	case isScaledIn(p.original):
	case product.Instances > 1:
		p.block(Block{Step: schema.StepScaleIn, Product: product.ID,
			Reason: fmt.Sprintf("%d instances of %s run, and more than one needs Auto Scale", product.Instances, product.ID.Title())})
	case product.Instances == 0:
		p.warn(product.ID.Title(), "how many instances run is not known: more than one needs Auto Scale")
	}
}

// isScaledIn reports whether the manifest lists as done, since the last
// decision on the way back, that one instance is left.
func isScaledIn(d *deployment.Deployment) bool {
	if d.Manifest == nil {
		return false
	}
	in := false
	for _, done := range d.Manifest.Done {
		switch done.ID() {
		case schema.StepDecideWayBack:
			in = false
		case schema.StepScaleIn:
			in = true
		}
	}
	return in
}
