package deployment

import "github.com/xmlint/xmlint/schema"

// HoldsXMPro tells whether anything of the deployment is XMPro's: a manifest,
// a told product, or settings of XMPro. It is false only for a file that was
// given by its name and turns out to be another program's.
func (d *Deployment) HoldsXMPro() bool {
	if d.Manifest != nil {
		return true
	}
	for _, p := range d.Products {
		if p.ID != schema.Unknown {
			return true
		}
		for _, n := range p.Nodes {
			for _, f := range n.Files {
				if holdsXMPro(f) {
					return true
				}
			}
		}
	}
	return false
}
