package deployment

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// Setting is one setting of a view with its effective value. The path is
// spelled as in the layer that wins.
type Setting struct {
	Path  string
	Value Value
}

// AutoScaleSettings are the Auto Scale settings that the view has, in the
// order of [View.Settings].
func (v *View) AutoScaleSettings() []Setting {
	if hidden, ok := v.hidden(); ok {
		return []Setting{hidden}
	}
	var settings []Setting
	for _, value := range [...]Value{v.AutoScale.Connection, v.AutoScale.Enabled} {
		if value.Present {
			settings = append(settings, Setting{value.Origin.Path, value})
		}
	}
	return settings
}

// hidden is the one entry of a protected section that was not opened.
func (v *View) hidden() (Setting, bool) {
	for i := range v.Layers {
		l := &v.Layers[i]
		if l.Kind != Section || l.File.XML == nil || l.section == document.None || l.opened != nil {
			continue
		}
		d := l.File.XML
		if _, protected := d.Attr(l.section, "configProtectionProvider"); !protected && d.Child(l.section, "EncryptedData") == document.None {
			continue
		}
		tag := d.Nodes[l.section].StartTag
		return Setting{schema.RootSection, Value{Present: true, Unknown: ReasonEncrypted, Origin: Origin{
			File: l.File, Kind: Section, Path: schema.RootSection, Key: tag, Value: tag, Node: l.section, Attr: -1,
		}}}, true
	}
	return Setting{}, false
}

// Settings are all settings that the view has, in order of their paths as
// .NET's ConfigurationKeyComparer has it: segment by segment, numbers by
// value and before text. A file that .NET refuses contributes nothing.
func (v *View) Settings() []Setting {
	var all []Origin
	for i := range v.Layers {
		all = v.Layers[i].settings(all)
	}
	exact := len(v.Layers) > 0 && v.Layers[0].Kind == Section
	last := map[string]int{}
	for i, o := range all {
		last[foldKey(o.Path, exact)] = i
	}
	settings := make([]Setting, 0, len(last))
	for i, o := range all {
		if last[foldKey(o.Path, exact)] != i {
			continue
		}
		settings = append(settings, Setting{o.Path, v.effective(o)})
	}
	slices.SortStableFunc(settings, func(a, b Setting) int {
		if c := document.CompareKeys(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	return settings
}

// effective is the value of a setting that some layer has.
func (v *View) effective(o Origin) Value {
	switch {
	case document.EqualFold(o.Path, schema.Enabled):
		return v.AutoScale.Enabled
	case document.EqualFold(o.Path, schema.Connection):
		return v.AutoScale.Connection
	case o.Kind == Section && (o.Node == document.None || !strings.HasPrefix(o.Path, schema.RootSection+":")):
		value := Value{Present: true, Text: o.Text, Origin: o}
		if o.Node == document.None {
			value.Unknown, value.Origin.Node = ReasonEncrypted, 0
		} else if v.isReference(&value) || v.expandsAppSettings && strings.HasPrefix(o.Path, "appSettings:") && schema.HasBuilderToken(o.Text) {
			value.Unknown = ReasonReference
		}
		return value
	}
	value := v.Get(o.Path)
	if !value.Present {
		value = Value{Present: true, Text: o.Text, Origin: o}
	}
	return value
}

// foldKey is equal for paths that a layer takes for one.
func foldKey(path string, exact bool) string {
	if exact {
		return path
	}
	return string(document.AppendFold(nil, []byte(path)))
}

// settings appends the settings of one layer.
func (l *Layer) settings(all []Origin) []Origin {
	switch {
	case l.Kind == AppSettings: // they stand in the file as appSettings:NAME
	case l.Env != nil:
		for i := range l.Env {
			o := l.Env[i].Origin
			o.Kind, o.Path, o.Text = l.Kind, l.Env[i].Path, l.Env[i].Value
			all = append(all, o)
		}
	case l.File == nil || l.File.Err != nil:
	case l.File.JSON != nil:
		for n := range l.File.JSON.Leaves() {
			o, _ := jsonOrigin(l.File, l.Kind, n)
			all = append(all, o)
		}
	case l.File.XML != nil:
		w := xmlSettings{layer: l, d: l.File.XML}
		w.children(w.d.Root(), "")
		all = append(all, w.found...)
	}
	return all
}

// xmlSettings lists what a web.config holds as settings.
type xmlSettings struct {
	layer  *Layer
	d      *document.XML
	opened bool
	found  []Origin
}

func (w *xmlSettings) children(parent document.NodeID, path string) {
	count := map[string]int{}
	for n := range w.d.Children(parent) {
		count[w.d.Name(n)]++
	}
	index := map[string]int{}
	for n := range w.d.Children(parent) {
		name := w.d.Name(n)
		at := join(path, name)
		if count[name] > 1 {
			at = join(at, strconv.Itoa(index[name]))
			index[name]++
		}
		w.element(n, at, path)
	}
}

func (w *xmlSettings) element(n document.NodeID, path, parent string) {
	d := w.d
	if n == w.layer.section && !w.opened {
		switch {
		case w.layer.opened != nil:
			inner := xmlSettings{layer: w.layer, d: w.layer.opened.XML, opened: true}
			inner.element(inner.d.Root(), path, parent)
			w.found = append(w.found, inner.found...)
			return
		case d.AttrNode(n, "configProtectionProvider") >= 0 || d.Child(n, "EncryptedData") != document.None:
			w.hidden(n, path)
			return
		}
	}
	if d.AttrNode(n, "configProtectionProvider") >= 0 && d.Child(n, "EncryptedData") != document.None {
		w.hidden(n, path)
		return
	}
	if d.Name(n) == "add" {
		switch parent {
		case "appSettings":
			if w.keyed(n, "appSettings", "key", "value") {
				return
			}
		case "connectionStrings":
			if w.keyed(n, "connectionStrings", "name", "connectionString") {
				return
			}
		}
	}
	if text := d.TextOf(n); text != "" {
		tag := d.Nodes[n].StartTag
		w.add(Origin{Path: path, Text: text, Key: d.Nodes[n].Name, Value: tag, Node: n, Attr: -1})
	}
	for a := d.Nodes[n].AttrFrom; a < d.Nodes[n].AttrTo; a++ {
		w.attr(n, a, join(path, d.AttrName(a)))
	}
	w.children(n, path)
}

// keyed adds the settings of an <add> that names itself. The last of equal
// names wins, ignoring case.
func (w *xmlSettings) keyed(n document.NodeID, path, key, value string) bool {
	d := w.d
	name, ok := d.Attr(n, key)
	if !ok {
		return false
	}
	path = join(path, name)
	w.found = slices.DeleteFunc(w.found, func(o Origin) bool {
		return document.EqualFold(o.Path, path) || len(o.Path) > len(path) && document.EqualFold(o.Path[:len(path)+1], path+":")
	})
	for a := d.Nodes[n].AttrFrom; a < d.Nodes[n].AttrTo; a++ {
		switch attr := d.AttrName(a); attr {
		case key:
		case value:
			w.attr(n, a, path)
		default:
			w.attr(n, a, join(path, attr))
		}
	}
	return true
}

func (w *xmlSettings) attr(n document.NodeID, a int32, path string) {
	w.add(Origin{Path: path, Text: w.d.AttrValue(a), Key: w.d.Attrs[a].Name, Value: w.d.Attrs[a].Value, Node: n, Attr: a})
}

func (w *xmlSettings) add(o Origin) {
	o.File, o.Kind = w.layer.File, Section
	if w.opened {
		tag := w.layer.File.XML.Nodes[w.layer.section].StartTag
		o.Opened, o.Key, o.Value, o.Node, o.Attr = true, tag, tag, w.layer.section, -1
	}
	w.found = append(w.found, o)
}

// hidden adds the one entry of a protected section.
func (w *xmlSettings) hidden(n document.NodeID, path string) {
	tag := w.d.Nodes[n].StartTag
	w.add(Origin{Path: path, Key: tag, Value: tag, Node: document.None, Attr: -1})
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + ":" + name
}
