package main

import (
	"slices"

	"github.com/xmlint/xmlint/deployment"
)

// knowsNodes sees that every node of --nodes is there.
func (m *migration) knowsNodes() error {
	for _, name := range m.opts.Nodes {
		known := slices.ContainsFunc(m.all, func(d *deployment.Deployment) bool {
			return slices.ContainsFunc(d.Products, func(p *deployment.Product) bool {
				return slices.ContainsFunc(p.Nodes, func(n *deployment.Node) bool { return n.Name == name && name != "" })
			})
		})
		if !known {
			return usagef("xmpro.yaml names them under products", "--nodes: there is no node %q", name)
		}
	}
	return nil
}
