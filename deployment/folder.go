package deployment

import (
	"bytes"
	"io/fs"
	"path"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// contents are the files of one folder, read.
type contents struct {
	*folder
	base     *File
	overlays []*File
	web      *File
	named    *File // given as PATH
	deps     []*File
	metadata *File
	copies   []string
}

// folder reads a folder and adds what it holds to a deployment.
func (l *loader) folder(f *folder) {
	c := contents{folder: f}
	if f.err != nil {
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
		if e.odd && isFolder(file.Err) {
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
			c.named = file
		}
	}
	l.place(&c)
}

// first keeps the first of two files whose names differ only in case: the
// other is none of the product's on a file system that tells them apart.
func first(have, file *File) *File {
	if have != nil {
		return have
	}
	return file
}

func isFolder(err error) bool {
	if err == nil {
		return false
	}
	return err == errFolder || strings.Contains(err.Error(), errFolder.Error())
}

// place finds the products that the folder's files belong to.
func (l *loader) place(c *contents) {
	listed := l.listed(c.dir)
	if c.named != nil {
		l.placeNamed(c)
		return
	}
	name := productOf(path.Base(c.dir))
	var told schema.Product // the product of the JSON files
	switch {
	case listed != nil && listed.product != schema.SubscriptionManager:
		told = listed.product
	case c.base != nil || len(c.overlays) > 0:
		if told = c.tellJSON(); told == "" && name != schema.SubscriptionManager {
			told = name
		}
	}
	sm := c.web != nil && (listed != nil && listed.product == schema.SubscriptionManager ||
		(listed == nil || c.base != nil) && tellsSubscriptionManager(c.web) ||
		listed == nil && name == schema.SubscriptionManager && !isAspNetCore(c.web))
	if c.base != nil || len(c.overlays) > 0 || listed != nil && !sm {
		l.placeJSON(c, told, listed, !sm)
	} else if c.web != nil && !sm && told == "" {
		told = name
		if told != "" && told != schema.SubscriptionManager && isAspNetCore(c.web) {
			l.placeJSON(c, told, listed, true)
		} else if l.holdsXMPro(c.web) {
			c.web.Role = RoleNamed
			n := &Node{Dir: c.show(l), Files: []*File{c.web}}
			l.add(schema.Unknown, n, c)
		}
	}
	if sm {
		n := &Node{Dir: c.show(l), Files: []*File{c.web}}
		l.add(schema.SubscriptionManager, n, c)
	}
}

func (c *contents) show(l *loader) string { return l.group.source.show(c.dir) }

// placeJSON adds the product of appsettings*.json; withWeb tells that the
// web.config beside them is the product's own.
func (l *loader) placeJSON(c *contents, told schema.Product, listed *listedNode, withWeb bool) {
	n := &Node{Dir: c.show(l)}
	for _, f := range append([]*File{c.base}, c.overlays...) {
		if f == nil || told == "" && !l.holdsXMPro(f) {
			continue
		}
		n.Files = append(n.Files, f)
	}
	if c.web != nil && withWeb && (told != "" || len(n.Files) > 0) {
		c.web.Role = RoleAspNetCore
		if told != "" || c.web.Err == nil && isAspNetCore(c.web) || l.holdsXMPro(c.web) {
			n.Files = append(n.Files, c.web)
		}
	}
	if len(n.Files) == 0 && listed == nil {
		return
	}
	if told == "" {
		told = schema.Unknown
	}
	l.add(told, n, c)
}

// placeNamed adds the one file that was given as PATH. It is judged whole,
// whatever it holds.
func (l *loader) placeNamed(c *contents) {
	f := c.named
	n := &Node{Dir: c.show(l), Files: []*File{f}}
	told := productOf(path.Base(c.dir))
	switch {
	case f.XML != nil && tellsSubscriptionManager(f):
		told = schema.SubscriptionManager
	case f.XML != nil && isAspNetCore(f):
		f.Role = RoleAspNetCore
	case f.JSON != nil:
		if p := tellJSON(f.JSON); p != "" {
			told = p
		}
		if told == schema.SubscriptionManager {
			told = ""
		}
	}
	if f.XML != nil && told != schema.SubscriptionManager && f.Role != RoleAspNetCore {
		told = ""
	}
	if told == "" {
		told = schema.Unknown
	}
	switch {
	case told == schema.SubscriptionManager:
		f.Role = RoleSectionHost
	case f.JSON != nil:
		f.Role = RoleBase
	}
	l.add(told, n, c)
}

// holdsXMPro tells whether a file of no told product has XMPro settings, or
// may have them as far as one can see in a file that cannot be parsed.
func (l *loader) holdsXMPro(f *File) bool {
	switch {
	case f.JSON != nil:
		for n := range f.JSON.Children(0) {
			if f.JSON.KeyFold(n, schema.RootSection) || hasSectionPrefix(f.JSON, n) {
				return true
			}
		}
		return false
	case f.XML != nil:
		return tellsSubscriptionManager(f)
	case f.Text != nil && f.Text.Bytes != nil:
		return containsFold(f.Text.Bytes, schema.RootSection)
	}
	// A file that cannot be read may hold anything; one that is no regular
	// file is nobody's configuration.
	return f.Err != nil && f.Err != errIrregular
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
	file := &File{Path: shown, Role: RoleNamed, Active: true, Err: f.err}
	l.add(schema.Unknown, &Node{Dir: shown, Files: []*File{file}}, &contents{folder: f})
}

// add puts a node into the deployment it belongs to.
func (l *loader) add(id schema.Product, n *Node, c *contents) {
	d := l.first
	listed := l.listed(c.dir)
	if p := d.Product(id); p != nil {
		switch {
		case id == schema.Unknown:
			p.Nodes[0].Files = append(p.Nodes[0].Files, n.Files...)
			return
		case listed != nil && listed.product == id:
			n.Name = listed.node
			p.Nodes = append(p.Nodes, n)
			l.evidence(d, p, n, c)
			return
		}
		d = &Deployment{Root: c.show(l), VersionControlled: l.group.versionControlled || c.controlled}
		if d.Root == l.first.Root { // two products of one kind in one folder cannot be
			return
		}
		l.all = append(l.all, d)
	}
	if listed != nil && listed.product == id {
		n.Name = listed.node
	}
	p := &Product{ID: id, Nodes: []*Node{n}}
	d.Products = append(d.Products, p)
	d.VersionControlled = d.VersionControlled || c.controlled
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

var _ = document.None
