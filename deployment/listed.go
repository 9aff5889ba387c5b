package deployment

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// listing is a folder that the manifest names: a product's, or a node's of it.
type listing struct {
	dir     string // in the source's file system
	product schema.Product
	node    string
	at      Scalar // where it says so
}

// readPlaces notes the folders that the manifest names and that hold files.
func (l *loader) readPlaces() {
	note := func(at Scalar, product schema.Product, node string) {
		name := clean(at.Text)
		if at.Text == "" || leaves(name) {
			return
		}
		dir, ok := l.group.folder(path.Join(l.group.dir, name))
		switch x := (listing{dir, product, node, at}); {
		case !ok:
		case l.group.isBare(dir):
			l.holdsNothing(x)
		default:
			l.places = append(l.places, x)
		}
	}
	for _, p := range l.first.Manifest.Products {
		for _, n := range p.Nodes {
			at := n.Path
			if !at.IsSet() && !p.nodesHavePaths() {
				at = p.Path
			}
			note(at, p.ID, n.Name.Text)
		}
		if len(p.Nodes) == 0 {
			note(p.Path, p.ID, "")
		}
	}
}

// folder is the folder of the group that a path names: where the file system
// tells names apart that differ in case, the one that is written as it is, else
// the first.
func (g *Group) folder(name string) (dir string, ok bool) {
	for i := range g.folders {
		switch have := g.folders[i].dir; {
		case have == name:
			return have, true
		case !ok && strings.EqualFold(have, name):
			dir, ok = have, true
		}
	}
	return dir, ok
}

// isBare reports whether a folder is the manifest's and holds no configuration
// beside it.
func (g *Group) isBare(dir string) bool {
	return dir == g.dir && slices.ContainsFunc(g.folders, func(f folder) bool {
		return f.dir == dir && f.about().err == nil && !slices.ContainsFunc(f.files, func(e entry) bool {
			return e.role != RoleManifest && IsConfiguration(e.name)
		})
	})
}

// holdsNothing reports a folder that the manifest names for a product that has
// nothing there.
func (l *loader) holdsNothing(x listing) {
	if l.isNamed() { // nothing else was read
		return
	}
	m := l.first.Manifest
	m.Problems = append(m.Problems, Problem{
		Place:   x.at.Place,
		Message: fmt.Sprintf("the folder %q holds no settings of %s", clean(x.at.Text), x.product.Title()),
		Hint:    "correct the path, or leave it out where the product's files are not in this tree",
	})
}

func (p *ManifestProduct) nodesHavePaths() bool {
	return slices.ContainsFunc(p.Nodes, func(n ManifestNode) bool { return n.Path.IsSet() })
}

// listed is what the manifest says of a folder.
func (l *loader) listed(dir string) []listing {
	var found []listing
	for _, x := range l.places {
		if x.dir == dir {
			found = append(found, x)
		}
	}
	return found
}

// listsElsewhere reports whether the manifest says that a product lies in other
// folders than those that it does not name.
func (l *loader) listsElsewhere(id schema.Product) bool {
	m := l.first.Manifest
	return m != nil && slices.ContainsFunc(m.Products, func(p *ManifestProduct) bool { return p.ID == id && p.nodesHavePaths() }) ||
		slices.ContainsFunc(l.places, func(x listing) bool { return x.product == id })
}

// addListed adds the products and nodes that the manifest lists and whose
// files are not in the tree.
func (l *loader) addListed() {
	d := l.first
	if d.Manifest == nil {
		return
	}
	for _, x := range l.places {
		p := d.Product(x.product)
		if p == nil || !slices.ContainsFunc(p.Nodes, func(n *Node) bool { return n.dir == x.dir }) {
			l.holdsNothing(x)
		}
	}
	for _, listed := range d.Manifest.Products {
		p := d.Product(listed.ID)
		if p == nil {
			p = &Product{ID: listed.ID}
			d.Products = append(d.Products, p)
		}
		p.Manifest = listed
		if len(listed.Nodes) > 0 && len(p.Nodes) == 1 && p.Nodes[0].Name == "" && !listed.nodesHavePaths() {
			p.shareFolder()
		}
		for _, m := range listed.Nodes {
			if !slices.ContainsFunc(p.Nodes, func(n *Node) bool { return n.Name == m.Name.Text }) {
				p.Nodes = append(p.Nodes, &Node{Name: m.Name.Text})
			}
		}
		if len(p.Nodes) == 0 {
			p.Nodes = append(p.Nodes, &Node{})
		}
		slices.SortStableFunc(p.Nodes, func(a, b *Node) int { return listed.order(a) - listed.order(b) })
	}
}

// shareFolder makes the one folder of a product that of all nodes that the
// manifest names without a path.
func (p *Product) shareFolder() {
	found := p.Nodes[0]
	p.Nodes = nil
	for _, m := range p.Manifest.Nodes {
		n := *found
		n.Name = m.Name.Text
		p.Nodes = append(p.Nodes, &n)
	}
}

// order is the place of a node in the manifest's list, the end for one that is
// not there.
func (p *ManifestProduct) order(n *Node) int {
	if i := slices.IndexFunc(p.Nodes, func(listed ManifestNode) bool { return listed.Name.Text == n.Name }); i >= 0 {
		return i
	}
	return len(p.Nodes)
}

// clean is a path of the manifest with / and without a trailing one.
func clean(p string) string { return path.Clean(strings.ReplaceAll(p, `\`, "/")) }
