package deployment

import (
	"errors"
	"slices"

	"github.com/xmlint/xmlint/schema"
)

// contents are the files of one folder, read.
type contents struct {
	*folder
	listed   []listing // what the manifest says of the folder
	base     *File
	overlays []*File
	web      *File
	named    []*File // given as PATH, under names that tell nothing
	copies   []string
}

// folder reads a folder and adds what it holds to a deployment.
func (l *loader) folder(f *folder) {
	c := contents{folder: f, listed: l.listed(f.dir)}
	if err := f.about().err; err != nil {
		file := &File{Path: l.show(f.dir), Role: RoleNamed, Active: true, Err: err}
		l.add(schema.Unknown, &c, file)
		return
	}
	for _, e := range f.files {
		if e.role == 0 {
			c.copies = append(c.copies, e.name)
			continue
		}
		if e.role == RoleManifest || e.role == RoleDeps || e.role == RoleMetadata {
			continue
		}
		file := l.read(f.dir, e)
		if e.odd && errors.Is(file.Err, ErrFolder) {
			continue // a link to a folder that has a file's name
		}
		switch e.role {
		case RoleBase:
			c.base = first(c.base, file)
		case RoleOverlay:
			c.overlays = append(c.overlays, file)
		case RoleSectionHost:
			c.web = first(c.web, file)
		default:
			c.named = append(c.named, file)
		}
	}
	l.place(&c)
	for _, file := range c.named {
		l.placeNamed(&c, file)
	}
}

// first keeps the first of two files whose names differ only in case: the
// other is none of the product's on a file system that tells them apart.
func first(have, file *File) *File {
	if have != nil {
		return have
	}
	return file
}

// place finds the products that the folder's files belong to: that of the
// JSON files, with a web.config of the ASP.NET Core Module, and Subscription
// Manager, with its own web.config.
func (l *loader) place(c *contents) {
	name := l.group.source.product(c.dir)
	told := c.tellProduct(name)
	keeps := func(f *File) bool { return f != nil && (told != "" || l.isNamed() || holdsXMPro(f)) }

	files := make([]*File, 0, 2+len(c.overlays))
	if keeps(c.base) {
		files = append(files, c.base)
	}
	for _, f := range c.overlays {
		if keeps(f) {
			files = append(files, f)
		}
	}
	isSM := c.web != nil && c.webIsSubscriptionManager(name)
	if c.web != nil && !isSM {
		c.web.Role = RoleAspNetCore
		if len(files) > 0 || told != "" && isAspNetCore(c.web) || l.isNamed() || holdsXMPro(c.web) {
			files = append(files, c.web)
		}
	}
	if len(files) > 0 {
		if told == "" {
			told = schema.Unknown
		}
		l.add(told, c, files...)
	}
	if isSM {
		l.add(schema.SubscriptionManager, c, c.web)
	}
}

// placeNamed adds a file that was given as PATH under a name that tells
// nothing: it is taken for the kind of file that it looks like.
func (l *loader) placeNamed(c *contents, f *File) {
	id := l.group.source.product(c.dir)
	switch {
	case f.Role == RoleSectionHost && f.XML != nil && isAspNetCore(f) && !tellsSubscriptionManager(f):
		f.Role = RoleAspNetCore
	case f.Role == RoleSectionHost:
		if id = schema.Unknown; f.XML != nil && tellsSubscriptionManager(f) {
			id = schema.SubscriptionManager
		}
	case f.JSON != nil:
		if p := tellJSON(f.JSON); p != "" {
			id = p
		} else if id == schema.SubscriptionManager {
			id = schema.Unknown
		}
	}
	if id == "" {
		id = schema.Unknown
	}
	l.add(id, c, f)
}

// isNamed reports whether the files were given as PATH: then all of them are
// looked at.
func (l *loader) isNamed() bool { return len(l.group.source.Files) > 0 }

// add puts files of one folder into the deployment that they belong to, as a
// node of a product.
func (l *loader) add(id schema.Product, c *contents, files ...*File) {
	n := &Node{Dir: l.show(c.dir), dir: c.dir, Files: files, VersionControlled: l.group.versionControlled || c.about().controlled}
	d := l.first
	isListed := slices.ContainsFunc(c.listed, func(x listing) bool { return x.product == id })
	if !isListed && !l.takes(d, id) {
		d = l.own(id, n)
	}
	d.VersionControlled = d.VersionControlled || n.VersionControlled
	p := d.Product(id)
	if p == nil {
		p = &Product{ID: id}
		d.Products = append(d.Products, p)
	}
	if isListed {
		for _, x := range c.listed {
			if x.product == id {
				node := *n
				node.Name = x.node
				p.Nodes = append(p.Nodes, &node)
			}
		}
		n = p.Nodes[len(p.Nodes)-1]
	} else {
		p.Nodes = append(p.Nodes, n)
	}
	l.evidence(d, p, n, c)
}

// takes reports whether a folder that the manifest does not list can be a node
// of a product of the group's deployment: where there is no such product yet,
// and the manifest does not say that it lies elsewhere. Folders whose product
// nothing tells have nothing to do with each other: all of them can.
func (l *loader) takes(d *Deployment, id schema.Product) bool {
	if id == schema.Unknown {
		return true
	}
	return d.Product(id) == nil && !l.listsElsewhere(id)
}

// own is the deployment of its own of a folder whose product the group's
// deployment has already.
func (l *loader) own(id schema.Product, n *Node) *Deployment {
	for _, d := range l.all[1:] {
		if d.Root == n.Dir && d.Product(id) == nil {
			return d
		}
	}
	d := &Deployment{Root: n.Dir}
	l.all = append(l.all, d)
	return d
}
