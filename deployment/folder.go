package deployment

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// contents are the files of one folder, read.
type contents struct {
	*folder
	base     *File
	overlays []*File
	web      *File
	odd      []*File // given as PATH, under names that tell nothing
	copies   []string
}

// folder reads a folder and adds what it holds to a deployment.
func (l *loader) folder(f *folder) {
	c := contents{folder: f}
	if f.about().err != nil {
		l.addUnlisted(f)
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
			c.odd = append(c.odd, file)
		}
	}
	l.place(&c)
	for _, file := range c.odd {
		l.placeOdd(&c, file)
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
	listed, name := l.listed(c.dir), productOf(path.Base(c.dir))
	told := c.tellProduct(listed, name)
	isSM := c.web != nil && c.webIsSubscriptionManager(listed, name)

	n := &Node{Dir: l.group.source.show(c.dir)}
	for _, f := range append([]*File{c.base}, c.overlays...) {
		if f != nil && (told != "" || l.keeps(f)) {
			n.Files = append(n.Files, f)
		}
	}
	if c.web != nil && !isSM {
		c.web.Role = RoleAspNetCore
		switch {
		case told != "" && (len(n.Files) > 0 || isAspNetCore(c.web)), l.keeps(c.web):
			n.Files = append(n.Files, c.web)
		}
	}
	if len(n.Files) > 0 {
		if told == "" {
			told = schema.Unknown
		}
		l.add(told, n, c)
	}
	if isSM {
		l.add(schema.SubscriptionManager, &Node{Dir: n.Dir, Files: []*File{c.web}}, c)
	}
}

// tellProduct tells the product of the folder's JSON files: by the manifest,
// by what they hold, by the folder's name; empty where nothing tells.
func (c *contents) tellProduct(listed *listedNode, name schema.Product) schema.Product {
	if listed != nil && listed.product != schema.SubscriptionManager {
		return listed.product
	}
	if p := c.tellJSON(); p != "" {
		return p
	}
	if name == schema.SubscriptionManager || listed != nil {
		return ""
	}
	return name
}

// webIsSubscriptionManager tells whether the folder's web.config is the one of
// Subscription Manager.
func (c *contents) webIsSubscriptionManager(listed *listedNode, name schema.Product) bool {
	switch {
	case listed != nil:
		return listed.product == schema.SubscriptionManager
	case tellsSubscriptionManager(c.web):
		return true
	}
	return name == schema.SubscriptionManager && !isAspNetCore(c.web)
}

// placeOdd adds a file that was given as PATH under a name that tells nothing:
// it is taken for the kind of file that it looks like.
func (l *loader) placeOdd(c *contents, f *File) {
	id := productOf(path.Base(c.dir))
	switch {
	case f.XML != nil && isAspNetCore(f) && !tellsSubscriptionManager(f):
		f.Role = RoleAspNetCore
	case f.XML != nil:
		f.Role = RoleSectionHost
		if id = schema.Unknown; tellsSubscriptionManager(f) {
			id = schema.SubscriptionManager
		}
	case f.JSON != nil:
		f.Role = RoleBase
		if p := tellJSON(f.JSON); p != "" {
			id = p
		} else if id == schema.SubscriptionManager {
			id = schema.Unknown
		}
	}
	if id == "" {
		id = schema.Unknown
	}
	l.add(id, &Node{Dir: l.group.source.show(c.dir), Files: []*File{f}}, c)
}

// keeps tells whether a file of no told product is looked at: it was given as
// PATH, or it has to do with XMPro.
func (l *loader) keeps(f *File) bool { return len(l.group.source.Files) > 0 || holdsXMPro(f) }

// holdsXMPro tells whether a file of no told product has XMPro settings, or
// may have them as far as one can see in a file that cannot be parsed.
func holdsXMPro(f *File) bool {
	switch {
	case f.JSON != nil:
		for n := range f.JSON.Children(0) {
			if f.JSON.KeyFold(n, schema.RootSection) || hasSectionPrefix(f.JSON, n) {
				return true
			}
		}
		return false
	case f.XML != nil:
		return tellsSubscriptionManager(f) || setsXMPro(f)
	case f.Text != nil && f.Text.Bytes != nil:
		return containsFold(f.Text.Bytes, schema.RootSection)
	}
	// A file that cannot be read may hold anything; one that is no regular
	// file is nobody's configuration.
	return f.Err != nil && !errors.Is(f.Err, ErrIrregular)
}

// setsXMPro tells whether an ASP.NET Core web.config has environment variables
// that are settings of XMPro.
func setsXMPro(f *File) bool {
	plain, prefixed, _ := readEnvironment(f)
	return slices.ContainsFunc(append(plain, prefixed...), func(s EnvSetting) bool {
		return len(s.Path) > len(schema.RootSection) && strings.EqualFold(s.Path[:len(schema.RootSection)+1], schema.RootSection+":")
	})
}

// containsFold tells whether b has the ASCII word in any case.
func containsFold(b []byte, word string) bool {
	lower, upper := word[0], word[0]-'a'+'A'
	for len(b) >= len(word) {
		i := bytes.IndexByte(b, lower)
		if j := bytes.IndexByte(b[:cut(i, len(b))], upper); j >= 0 {
			i = j
		}
		if i < 0 || i+len(word) > len(b) {
			return false
		}
		if strings.EqualFold(string(b[i:i+len(word)]), word) {
			return true
		}
		b = b[i+1:]
	}
	return false
}

func cut(i, n int) int {
	if i < 0 {
		return n
	}
	return i
}

// addUnlisted adds a folder that could not be listed, as a file of no told
// product.
func (l *loader) addUnlisted(f *folder) {
	shown := l.group.source.show(f.dir)
	file := &File{Path: shown, Role: RoleNamed, Active: true, Err: f.about().err}
	l.add(schema.Unknown, &Node{Dir: shown, Files: []*File{file}}, &contents{folder: f})
}

// add puts a node into the deployment it belongs to: the group's, or one of
// its own where that has the product already.
func (l *loader) add(id schema.Product, n *Node, c *contents) {
	d := l.first
	listed := l.listed(c.dir)
	isListed := listed != nil && listed.product == id
	if isListed {
		n.Name = listed.node
	}
	if p := d.Product(id); p != nil {
		switch {
		case isListed:
			p.Nodes = append(p.Nodes, n)
			l.evidence(d, p, n, c)
			return
		case id == schema.Unknown && len(l.group.source.Files) == 0:
			p.Nodes[0].Files = append(p.Nodes[0].Files, n.Files...)
			return
		}
		d = &Deployment{Root: n.Dir, VersionControlled: l.group.versionControlled}
		l.all = append(l.all, d)
	}
	p := &Product{ID: id, Nodes: []*Node{n}}
	d.Products = append(d.Products, p)
	d.VersionControlled = d.VersionControlled || c.about().controlled
	l.evidence(d, p, n, c)
}

// list reads the names in a folder.
func (l *loader) list(dir string) []fs.DirEntry {
	entries, err := fs.ReadDir(l.group.source.FS, dir)
	if err != nil {
		return nil
	}
	return entries
}
