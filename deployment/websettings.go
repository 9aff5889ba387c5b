package deployment

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// settings is everything in a web.config that can be called a setting.
func (w *WebConfig) settings() []Origin {
	x := xmlSettings{web: w, file: w.File, d: w.File.XML}
	x.children(x.d.Root(), "")
	for i := range w.SettingsFrom {
		if s := &w.SettingsFrom[i]; s.File != nil && s.Hidden() == 0 {
			x.file, x.d = s.File, s.File.XML
			x.content(x.d.Root(), "appSettings")
		}
	}
	return slices.DeleteFunc(x.found, func(o Origin) bool { return o.File == nil })
}

// xmlSettings lists what one document holds as settings.
type xmlSettings struct {
	web    *WebConfig
	file   *File
	d      *document.XML
	found  []Origin
	keyed  map[string]map[string]keyedRange // by the path of the section, and the name in upper case
	hidden Place                            // the start tag to name, in the plain text of a protected section
	in     document.NodeID                  // that section
	secret bool                             // the element, or one around it, is named like a secret
}

// keyedRange is what an <add> that names itself has put into found.
type keyedRange struct{ from, to int }

func (x *xmlSettings) children(parent document.NodeID, path string) {
	count, index := map[string]int{}, map[string]int{}
	for n := range x.d.Children(parent) {
		count[x.d.Name(n)]++
	}
	for n := range x.d.Children(parent) {
		name := x.d.Name(n)
		at := join(path, name)
		if count[name] > 1 {
			at = join(at, strconv.Itoa(index[name]))
			index[name]++
		}
		x.element(n, at, path)
	}
}

func (x *xmlSettings) element(n document.NodeID, path, parent string) {
	if x.isOwn(n) {
		path = x.d.Name(n)
	}
	if p, ok := x.protection(n); ok {
		if p == nil || p.Opened == nil {
			tag := x.d.Nodes[n].StartTag
			x.add(Origin{Path: path, Key: tag, Value: tag, Node: document.None, Attr: -1})
			return
		}
		inner := xmlSettings{web: x.web, file: x.file, d: p.Opened.XML, hidden: p.Place, in: n, found: x.found, keyed: x.keyed}
		inner.content(inner.d.Root(), path)
		x.found, x.keyed = inner.found, inner.keyed
		return
	}
	x.takeBack(n, parent)
	outer := x.secret
	x.secret = outer || namedSecret(x.d, n)
	if key, value := selfNamed(x.d, n); key == "" || !x.addElement(n, parent, key, value) {
		x.content(n, path)
	}
	x.secret = outer
}

// isOwn reports whether an element is a section that stands below a <location>
// and counts for the folder of the file itself.
func (x *xmlSettings) isOwn(n document.NodeID) bool {
	return x.file == x.web.File && x.hidden.IsZero() && x.d.Nodes[n].Parent != x.d.Root() &&
		(n == x.web.Section && !x.web.Location || n == x.web.AppSettings)
}

// protection reports whether an element is a protected section. What is known of
// it is nil for one that nobody has looked at.
func (x *xmlSettings) protection(n document.NodeID) (p *Protection, ok bool) {
	switch {
	case !x.hidden.IsZero(), x.file != x.web.File:
		return nil, false // there are none within one
	case n == x.web.Section && x.web.Protected != nil:
		return x.web.Protected, true
	case n == x.web.AppSettings && x.web.ProtectedAppSettings != nil:
		return x.web.ProtectedAppSettings, true
	}
	return nil, x.d.AttrNode(n, "configProtectionProvider") >= 0 && x.d.Child(n, "EncryptedData") != document.None
}

func (x *xmlSettings) content(n document.NodeID, path string) {
	node := &x.d.Nodes[n]
	if text := x.d.TextOf(n); text != "" {
		x.add(Origin{Path: path, Text: text, Key: node.Name, Value: node.StartTag, Node: n, Attr: -1})
	}
	for a := node.AttrFrom; a < node.AttrTo; a++ {
		x.attr(n, a, join(path, x.d.AttrName(a)))
	}
	x.children(n, path)
}

// addElement adds the settings of an <add> that names itself by an attribute.
// It takes the place of an earlier one of that name, ignoring case.
func (x *xmlSettings) addElement(n document.NodeID, path, key, value string) bool {
	name, ok := x.d.Attr(n, key)
	if !ok {
		return false
	}
	section, folded := path, fold(name)
	path = join(path, name)
	before := x.keyed[section][folded]
	clear(x.found[before.from:before.to])
	from := len(x.found)
	node := &x.d.Nodes[n]
	for a := node.AttrFrom; a < node.AttrTo; a++ {
		switch attr := x.d.AttrName(a); attr {
		case key:
		case value:
			x.attr(n, a, path)
		default:
			x.attr(n, a, join(path, attr))
		}
	}
	if x.d.AttrNode(n, value) < 0 {
		x.add(Origin{Path: path, Key: node.Name, Value: node.StartTag, Node: n, Attr: -1})
	}
	if x.keyed == nil {
		x.keyed = map[string]map[string]keyedRange{}
	}
	if x.keyed[section] == nil {
		x.keyed[section] = map[string]keyedRange{}
	}
	x.keyed[section][folded] = keyedRange{from, len(x.found)}
	return true
}

// takeBack clears what a <remove> or <clear> of <appSettings> or
// <connectionStrings> takes back; see [WebConfig.AddedSettings].
func (x *xmlSettings) takeBack(n document.NodeID, path string) {
	if len(x.keyed) == 0 || x.d.Nodes[n].Parent == document.None || !x.d.IsNamed(n, "remove") && !x.d.IsNamed(n, "clear") {
		return
	}
	name, _ := naming(x.d.Name(x.d.Nodes[n].Parent))
	if name == "" {
		return
	}
	if x.d.IsNamed(n, "remove") {
		key, _ := x.d.Attr(n, name)
		before := x.keyed[path][fold(key)]
		clear(x.found[before.from:before.to])
		return
	}
	for _, before := range x.keyed[path] {
		clear(x.found[before.from:before.to])
	}
	delete(x.keyed, path)
}

func (x *xmlSettings) attr(n document.NodeID, a int32, path string) {
	x.add(Origin{Path: path, Text: x.d.AttrValue(a), Key: x.d.Attrs[a].Name, Value: x.d.Attrs[a].Value, Node: n, Attr: a})
	if last := &x.found[len(x.found)-1]; isNaming(x.d.AttrName(a)) {
		last.secret = false
	}
}

func (x *xmlSettings) add(o Origin) {
	o.File, o.Kind, o.secret = x.file, Section, x.secret
	o.hide(x.hidden, x.in)
	x.found = append(x.found, o)
}

// selfNamed gives the attributes with the name and the value of an <add> of
// <appSettings> or <connectionStrings>; empty for every other element.
func selfNamed(d *document.XML, n document.NodeID) (key, value string) {
	above := d.Nodes[n].Parent
	if above == document.None || d.Name(n) != "add" {
		return "", ""
	}
	return naming(d.Name(above))
}

// naming gives the attributes that name an <add> of a section and hold its
// value, empty for a section whose elements are not known.
func naming(section string) (key, value string) {
	switch section {
	case "appSettings":
		return "key", "value"
	case "connectionStrings":
		return "name", "connectionString"
	}
	return "", ""
}

// isNaming reports whether an attribute says what its element is about.
func isNaming(attr string) bool {
	return strings.EqualFold(attr, "key") || strings.EqualFold(attr, "name") // a wrong case is a fault of its own
}

// namedSecret reports whether an element says that it is about a secret:
// <add key="smtpPassword" ...>, <setting name="smtpPassword">.
func namedSecret(d *document.XML, n document.NodeID) bool {
	node := &d.Nodes[n]
	for a := node.AttrFrom; a < node.AttrTo; a++ {
		if isNaming(d.AttrName(a)) && schema.IsSecret(d.AttrValue(a)) {
			return true
		}
	}
	return false
}

// MaskAttr gives the value of an attribute in a section of a web.config as
// outputs may show it; see [Mask] and [SettingPath].
func MaskAttr(d *XML, section, n NodeID, attr int32) string {
	value := d.AttrValue(attr)
	for at := n; at != document.None && value != "" && (at != n || !isNaming(d.AttrName(attr))); at = d.Nodes[at].Parent {
		if namedSecret(d, at) {
			return schema.Mask
		}
	}
	return Mask(SettingPath(d, section, n, attr), value)
}

// SettingPath is the path of an attribute in a section of a web.config, as
// [View.Settings] has it: xmpro:autoScale:enabled, appSettings:KEY. With attr
// -1 it is that of the element. d is the document in which the section's
// content lies.
func SettingPath(d *XML, section, n NodeID, attr int32) string {
	above, last := "", ""
	if attr >= 0 {
		last = ":" + d.AttrName(attr)
	}
	for ; n != section && n != document.None; n = d.Nodes[n].Parent {
		if key, value := selfNamed(d, n); key != "" {
			if name, ok := d.Attr(n, key); ok {
				if above == "" && (last == ":"+key || last == ":"+value) {
					last = ""
				}
				above = ":" + name + above
				continue
			}
		}
		above = ":" + numbered(d, n) + above
	}
	return d.Name(section) + above + last
}

// numbered is an element's name, with its number where it has siblings of that
// name.
func numbered(d *document.XML, n document.NodeID) string {
	name, count, index := d.Name(n), 0, 0
	for sibling := range d.Children(d.Nodes[n].Parent) {
		if sibling == n {
			index = count
		}
		if d.Name(sibling) == name {
			count++
		}
	}
	if count < 2 {
		return name
	}
	return join(name, strconv.Itoa(index))
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + ":" + name
}
