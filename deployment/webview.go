package deployment

import (
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// completeWeb takes Subscription Manager's web.config apart and makes the
// node's one view.
func (l *loader) completeWeb(p *Product, n *Node) {
	v := &View{}
	n.Views = []*View{v}
	file := n.Files[0]
	if file.XML == nil {
		v.judge(true)
		return
	}
	w := l.takeApart(n)
	n.Web = w
	l.webEvidence(w, p)
	v.Layers = append(v.Layers, Layer{Kind: Section, File: file, web: w})
	for _, overrides := range w.overrides() {
		v.Layers = append(v.Layers, Layer{Kind: AppSettings, File: file, Env: overrides, web: w})
	}
	v.judge(false)
	switch {
	case w.Protected.isClosed() || w.ProtectedAppSettings.isClosed():
		v.unknown(ReasonEncrypted)
	case w.ConfigSource != "" || w.Location:
		v.unknown(ReasonElsewhere)
	}
	for i := range w.SettingsFrom {
		if reason := w.SettingsFrom[i].Hidden(); reason != 0 && v.AutoScale.Reason == 0 {
			v.unknown(reason)
		}
	}
}

// part is the document and the element in which the content of a section lies,
// None where it is closed or not there; hidden is the place to name instead
// where that document is the plain text of a protected section.
func (w *WebConfig) part(section document.NodeID, p *Protection) (d *document.XML, n document.NodeID, hidden Place) {
	switch {
	case p == nil:
		return w.File.XML, section, Place{}
	case p.Opened == nil:
		return w.File.XML, document.None, p.Place
	}
	return p.Opened.XML, p.Opened.XML.Root(), p.Place
}

// hide puts the section's start tag for a place inside an opened section.
func (o *Origin) hide(hidden Place, section document.NodeID) {
	if !hidden.IsZero() {
		o.Opened, o.Key, o.Value, o.Node, o.Attr = true, hidden.Span, hidden.Span, section, -1
	}
}

// isClosed reports whether a section is protected and was not opened.
func (p *Protection) isClosed() bool { return p != nil && p.Opened == nil }

// overrides are the keys of <appSettings> that stand for settings of the
// section: xmpro__... and xm__xmpro__... . Each list has a path once: of keys
// of one path with several names nothing tells which the product takes. The
// last one stands in the last list that has the path.
func (w *WebConfig) overrides() [][]EnvSetting {
	var set settingSet
	for _, a := range w.AddedSettings(mayBeOverride) {
		d := a.XML
		s, ok := overrideOf(d, a.Node)
		if !ok || a.Value < 0 {
			continue
		}
		s.Value = d.AttrValue(a.Value)
		s.Origin = Origin{
			File: a.File, Kind: AppSettings, Path: s.Path, Text: s.Value,
			Key: d.Attrs[a.Key].Value, Value: d.Attrs[a.Value].Value, Node: a.Node, Attr: a.Value,
		}
		s.Origin.hide(a.Hidden, w.AppSettings)
		set.add(s)
	}
	return set.layers()
}

// settingsPart is an element whose children are settings of <appSettings>.
type settingsPart struct {
	file   *File
	xml    *document.XML
	root   document.NodeID
	hidden Place // see part
}

// settingsParts goes through the parts of <appSettings> that can be read: its
// own content, and that of the files that it names.
func (w *WebConfig) settingsParts(yield func(settingsPart) bool) {
	d, n, hidden := w.part(w.AppSettings, w.ProtectedAppSettings)
	if n != document.None && !yield(settingsPart{w.File, d, n, hidden}) {
		return
	}
	for i := range w.SettingsFrom {
		s := &w.SettingsFrom[i]
		if s.File != nil && s.Hidden() == 0 && !yield(settingsPart{file: s.File, xml: s.File.XML, root: s.File.XML.Root()}) {
			return
		}
	}
}

// overrideOf reads the key of an <add> of <appSettings>; ok is false where it
// does not stand for a setting of the section.
func overrideOf(d *document.XML, add document.NodeID) (s EnvSetting, ok bool) {
	key := d.AttrNode(add, "key")
	if key < 0 || !mayBeOverride(d, key) || d.Name(add) != "add" {
		return s, false
	}
	s.Name = d.AttrValue(key)
	s.Path = envPath(s.Name)
	if p := envPath(Prefix); len(s.Path) > len(p) && document.EqualFold(s.Path[:len(p)], p) {
		s.Path, s.Prefix = s.Path[len(p):], Prefix
	}
	return s, isSectionPath(s.Path)
}

// mayBeOverride is a cheap test that every override passes: it begins with xm,
// or with a reference.
func mayBeOverride(d *document.XML, key int32) bool {
	v := d.Attrs[key].Value
	raw := d.Text.Bytes[v.Start+1 : v.End-1]
	return len(raw) > len(schema.RootSection) && (raw[0] == '&' || raw[0]|0x20 == 'x') && (raw[1] == '&' || raw[1]|0x20 == 'm' || raw[0] == '&')
}
