package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// tellProduct tells the product of the folder's JSON files: by the manifest,
// by what they hold, by the folder's name, which tells name; empty where
// nothing tells.
func (c *contents) tellProduct(name schema.Product) schema.Product {
	for _, x := range c.listed {
		if x.product != schema.SubscriptionManager {
			return x.product
		}
	}
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
	if name == schema.SubscriptionManager || len(c.listed) > 0 {
		return ""
	}
	return name
}

// webIsSubscriptionManager reports whether the folder's web.config is the one
// of Subscription Manager.
func (c *contents) webIsSubscriptionManager(name schema.Product) bool {
	for _, x := range c.listed {
		if x.product == schema.SubscriptionManager {
			return true
		}
	}
	// What only <appSettings> say weighs less than the files beside it.
	return hasSection(c.web) || overridesSection(c.web) && c.tellProduct("") == "" ||
		len(c.listed) == 0 && name == schema.SubscriptionManager && !isAspNetCore(c.web)
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
	var told teller
	for top := range d.Children(0) {
		if !d.KeyFold(top, schema.RootSection) {
			if hasSectionPrefix(d, top) {
				return tellPaths(d)
			}
			continue
		}
		for s := range d.Children(top) {
			if hasColon(d, s) {
				return tellPaths(d)
			}
			for _, own := range ownSections {
				if d.KeyFold(s, own.section) && hasOther(d, s, own.shared) {
					told.hear(own.product)
				}
			}
		}
	}
	return told.product()
}

// tellPaths tells the same of a file with keys that are paths:
// "xmpro:appDesigner:encryptionKey".
func tellPaths(d *document.JSON) schema.Product {
	var told teller
	for n := range d.Leaves() {
		path := d.Path(n)
		if !isSectionPath(path) {
			continue
		}
		section, below, _ := strings.Cut(path[len(schema.RootSection)+1:], ":")
		child, _, _ := strings.Cut(below, ":")
		for _, own := range ownSections {
			if strings.EqualFold(own.section, section) && child != "" && !strings.EqualFold(child, own.shared) {
				told.hear(own.product)
			}
		}
	}
	return told.product()
}

// teller hears several voices, and believes them where they agree.
type teller struct {
	heard  schema.Product
	differ bool
}

func (t *teller) hear(p schema.Product) {
	t.differ = t.differ || t.heard != "" && t.heard != p
	t.heard = p
}

func (t *teller) product() schema.Product {
	if t.differ {
		return ""
	}
	return t.heard
}

// hasOther reports whether a section has a member besides the shared one.
func hasOther(d *document.JSON, section document.NodeID, shared string) bool {
	for n := range d.Children(section) {
		if !d.KeyFold(n, shared) {
			return true
		}
	}
	return false
}

// hasColon reports whether the key of n may be a path of several segments.
func hasColon(d *document.JSON, n document.NodeID) bool {
	key := d.Nodes[n].Key
	for _, c := range d.Bytes[key.Start:key.End] {
		if c == ':' || c == '\\' { // \u003A is one too
			return true
		}
	}
	return false
}

// hasSectionPrefix reports whether the key of n begins with "xmpro:".
func hasSectionPrefix(d *document.JSON, n document.NodeID) bool {
	return hasColon(d, n) && isSectionPath(d.Key(n))
}

// tellsSubscriptionManager reports whether a web.config has what only that of
// Subscription Manager has.
func tellsSubscriptionManager(f *File) bool { return hasSection(f) || overridesSection(f) }

// hasSection reports whether a web.config has, or declares, a section xmpro, or
// an element that was meant to be it.
func hasSection(f *File) bool {
	d := f.XML
	if d == nil || d.Root() == document.None {
		return false
	}
	if isSectionName(d, d.Root()) {
		return true
	}
	for n := range d.Children(d.Root()) {
		if isSectionName(d, n) {
			return true
		}
		switch d.Name(n) {
		case "configSections":
			if declaration(d, n) != document.None {
				return true
			}
		case "location":
			if d.Child(n, schema.RootSection) != document.None {
				return true
			}
		}
	}
	return false
}

// overridesSection reports whether a web.config sets what stands in the section
// xmpro in its <appSettings>. In one of the ASP.NET Core Module nothing reads
// them.
func overridesSection(f *File) bool {
	d := f.XML
	if d == nil || d.Root() == document.None || isAspNetCore(f) {
		return false
	}
	for n := range d.Children(d.Root()) {
		if d.Name(n) != "appSettings" {
			continue
		}
		for add := range d.Children(n) {
			if _, ok := overrideOf(d, add); ok {
				return true
			}
		}
	}
	return false
}

func isSectionName(d *document.XML, n document.NodeID) bool {
	return d.Nodes[n].Name.Len() == len(schema.RootSection) && strings.EqualFold(d.Name(n), schema.RootSection)
}

// isAspNetCore reports whether a web.config is one of the ASP.NET Core Module.
func isAspNetCore(f *File) bool { return f.XML != nil && aspNetCore(f.XML) != document.None }

// aspNetCore is the element <aspNetCore>, in a <location> or not. A location
// with a path is about another application, or about a part of this one.
func aspNetCore(d *document.XML) document.NodeID {
	root := d.Root()
	if root == document.None {
		return document.None
	}
	if n := aspNetCoreBelow(d, root); n != document.None {
		return n
	}
	for n := range d.Children(root) {
		if d.Name(n) != "location" {
			continue
		}
		if path := d.AttrNode(n, "path"); path >= 0 && strings.Trim(d.AttrValue(path), "./ ") != "" {
			continue
		}
		if n := aspNetCoreBelow(d, n); n != document.None {
			return n
		}
	}
	return document.None
}

func aspNetCoreBelow(d *document.XML, parent document.NodeID) document.NodeID {
	return d.Child(d.Child(parent, "system.webServer"), "aspNetCore")
}
