package deployment

import (
	"path"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// tellJSON tells the product of the folder's JSON files by what they hold.
func (c *contents) tellJSON() schema.Product {
	if c.base != nil && c.base.JSON != nil {
		if p := tellJSON(c.base.JSON); p != "" {
			return p
		}
	}
	for _, f := range c.overlays {
		if f.JSON != nil {
			if p := tellJSON(f.JSON); p != "" {
				return p
			}
		}
	}
	return ""
}

// ownSections are the sections below xmpro that are a product's own. In the
// file of another product such a section holds at most what shared names: App
// Designer and Data Stream Designer name each other's server.
//
// Source: XMPro's container templates (XMPRO__DATASTREAMDESIGNER__SERVER__BASEURL
// in App Designer); flags under gateway stand in every product of one of them.
var ownSections = [...]struct {
	section string
	product schema.Product
	shared  string
}{
	{"appDesigner", schema.AppDesigner, "server"},
	{"dataStreamDesigner", schema.DataStreamDesigner, "server"},
	{"ai", schema.AI, "server"},
	{"aIDesigner", schema.AI, "server"},
	{"gateway", schema.StreamHost, "featureFlags"},
}

// tellJSON tells a product by the sections that only its own file has; empty
// where there is none, or where there are those of several products.
func tellJSON(d *document.JSON) schema.Product {
	var told schema.Product
	for top := range d.Children(0) {
		if !d.KeyFold(top, schema.RootSection) {
			if !hasSectionPrefix(d, top) {
				continue
			}
			// "xmpro:appDesigner:..." as one key
			rest := strings.ToLower(d.Key(top)[len(schema.RootSection)+1:])
			section, below, _ := strings.Cut(rest, ":")
			for _, own := range ownSections {
				if strings.EqualFold(own.section, section) && below != "" && !strings.HasPrefix(below, strings.ToLower(own.shared)+":") {
					if told != "" && told != own.product {
						return ""
					}
					told = own.product
				}
			}
			continue
		}
		for s := range d.Children(top) {
			for _, own := range ownSections {
				if !d.KeyFold(s, own.section) || !hasOther(d, s, own.shared) {
					continue
				}
				if told != "" && told != own.product {
					return ""
				}
				told = own.product
			}
		}
	}
	return told
}

// hasOther tells whether a section has a member besides the shared one.
func hasOther(d *document.JSON, section document.NodeID, shared string) bool {
	for n := range d.Children(section) {
		if !d.KeyFold(n, shared) {
			return true
		}
	}
	return false
}

// hasSectionPrefix tells whether the key of n begins with "xmpro:".
func hasSectionPrefix(d *document.JSON, n document.NodeID) bool {
	key := d.Nodes[n].Key
	const prefix = schema.RootSection + ":"
	if key.Len() < len(prefix)+2 {
		return false
	}
	k := d.Key(n)
	return len(k) > len(prefix) && document.EqualFold(k[:len(prefix)], prefix)
}

// tellsSubscriptionManager tells whether a web.config has, or declares, a
// section xmpro, or an element that was meant to be it.
func tellsSubscriptionManager(f *File) bool {
	d := f.XML
	if d == nil || d.Root() == document.None {
		return false
	}
	if strings.EqualFold(d.Name(d.Root()), schema.RootSection) {
		return true
	}
	for n := range d.Children(d.Root()) {
		switch name := d.Nodes[n].Name; {
		case name.Len() == len(schema.RootSection) && strings.EqualFold(d.Name(n), schema.RootSection):
			return true
		case d.Name(n) == "configSections":
			for s := range d.Children(n) {
				if v, _ := d.Attr(s, "name"); d.Name(s) == "section" && v == schema.RootSection {
					return true
				}
			}
		case d.Name(n) == "location":
			if d.Child(n, schema.RootSection) != document.None {
				return true
			}
		}
	}
	return false
}

// isAspNetCore tells whether a web.config is one of the ASP.NET Core Module.
func isAspNetCore(f *File) bool { return f.XML != nil && aspNetCore(f.XML) != document.None }

// aspNetCore is the element <aspNetCore>, below <location> or not.
func aspNetCore(d *document.XML) document.NodeID {
	root := d.Root()
	if root == document.None {
		return document.None
	}
	if n := aspNetCoreBelow(d, root); n != document.None {
		return n
	}
	for n := range d.Children(root) {
		if d.Name(n) == "location" {
			if n := aspNetCoreBelow(d, n); n != document.None {
				return n
			}
		}
	}
	return document.None
}

func aspNetCoreBelow(d *document.XML, parent document.NodeID) document.NodeID {
	if server := d.Child(parent, "system.webServer"); server != document.None {
		return d.Child(server, "aspNetCore")
	}
	return document.None
}

// listedNode is what the manifest says of a folder.
type listedNode struct {
	product schema.Product
	node    string
}

// listed finds a folder in the manifest; nil where it is not listed.
func (l *loader) listed(dir string) *listedNode {
	m := l.first.Manifest
	if m == nil {
		return nil
	}
	same := func(s Scalar) bool {
		return s.IsSet() && strings.EqualFold(path.Join(l.group.dir, clean(s.Text)), dir)
	}
	for _, p := range m.Products {
		for _, n := range p.Nodes {
			if same(n.Path) {
				return &listedNode{p.ID, n.Name.Text}
			}
		}
		if same(p.Path) {
			return &listedNode{p.ID, ""}
		}
	}
	return nil
}

// clean is a path of the manifest with / and without a trailing one.
func clean(p string) string { return path.Clean(strings.ReplaceAll(p, `\`, "/")) }
