package rules

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// misplacedXML looks at every element of a web.config, or of a section that
// was opened: then place is that of the section in the file.
func misplacedXML(f *deployment.File, d *document.XML, place lint.Place, report func(stray) bool) bool {
	for i := range d.Nodes {
		n := document.NodeID(i)
		if d.Nodes[n].Kind != document.Element {
			continue
		}
		parent := d.Nodes[n].Parent
		if f.Role == deployment.RoleAspNetCore && elementIs(d, n, "add") {
			if key, meant := appSetting(d, n); meant != "" && !report(stray{
				place: lint.Place{File: f, Span: d.Attrs[key].Value}, path: d.AttrValue(key), file: f, json: document.None, xml: document.None, meant: meant,
			}) {
				return false
			}
			continue
		}
		if !elementIs(d, n, "autoScale") || isOther(d, n) {
			continue
		}
		if f.Role != deployment.RoleAspNetCore && parent != document.None &&
			(elementIs(d, parent, schema.RootSection) || elementIs(d, parent, "autoScale") || isSlip(d, parent)) {
			continue
		}
		s := stray{place: place, path: d.Path(n), file: f, json: document.None, xml: document.None}
		if place.IsZero() {
			s.place, s.xml = lint.Place{File: f, Span: d.Nodes[n].StartTag}, n
		}
		if !report(s) {
			return false
		}
	}
	return true
}

// appSetting is the setting of Auto Scale that an <add> of <appSettings> was
// meant to set, and the attribute that names it; empty for others, and where
// the value is empty, which sets nothing in Subscription Manager either.
func appSetting(d *document.XML, add document.NodeID) (key int32, meant string) {
	key, value := d.AttrNode(add, "key"), d.AttrNode(add, "value")
	if parent := d.Nodes[add].Parent; key < 0 || value < 0 || parent == document.None || !elementIs(d, parent, "appSettings") || d.AttrValue(value) == "" {
		return key, ""
	}
	return key, variableSetting(d.AttrValue(key))
}

// variableSetting is the setting of Auto Scale that the name of a variable
// stands for, with or without its prefix; empty for other names.
func variableSetting(name string) string {
	path := strings.ReplaceAll(name, "__", ":")
	if len(path) > 3 && document.EqualFold(path[:3], "xm:") {
		path = path[3:]
	}
	for _, setting := range [...]string{schema.Enabled, schema.Connection, schema.AutoScale} {
		if document.EqualFold(path, setting) {
			return setting
		}
	}
	return ""
}

// elementIs reports whether an element has a name, ignoring case.
func elementIs(d *document.XML, n document.NodeID, name string) bool {
	at := d.Nodes[n].Name
	return at.Len() == len(name) && document.EqualFoldBytes(d.Bytes[at.Start:at.End], name)
}

// isOther reports whether an element stands in a section, or is one, that the
// file itself declares beside xmpro: what that holds is another program's
// business.
func isOther(d *document.XML, n document.NodeID) bool {
	root, section := d.Root(), n
	for above := d.Nodes[n].Parent; above != document.None && above != root; above = d.Nodes[above].Parent {
		if !d.IsNamed(above, "location") || d.Nodes[above].Parent != root {
			section = above
		}
	}
	name := d.Name(section)
	sections := d.Child(root, "configSections")
	if sections == document.None || name == schema.RootSection {
		return false
	}
	for declared := range d.Children(sections) {
		if called, _ := d.Attr(declared, "name"); called == name && (d.IsNamed(declared, "section") || d.IsNamed(declared, "sectionGroup")) {
			return true
		}
	}
	return false
}

// isSlip reports whether an element is a misspelled section, XM2007: directly
// in the root or in a <location>.
func isSlip(d *document.XML, n document.NodeID) bool {
	above := d.Nodes[n].Parent
	if n == d.Root() {
		above = n // the section alone
	}
	if above != document.None && elementIs(d, above, "location") {
		above = d.Nodes[above].Parent
	}
	_, s := spellXML(d, d.Nodes[n].Name, 0)
	return s == typo && above == d.Root()
}
