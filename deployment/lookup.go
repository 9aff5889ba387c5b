package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// Get is the effective value of any setting of the view, by its path. In
// Subscription Manager's section the path's casing counts, elsewhere it does
// not.
func (v *View) Get(path string) Value {
	var space [4]written
	found := space[:0]
	for i := len(v.Layers) - 1; i >= 0; i-- {
		if o, null, ok := v.Layers[i].find(path); ok {
			found = append(found, written{i, null, o})
		}
	}
	return v.settle(path, found)
}

// written is a setting as one layer has it.
type written struct {
	layer int
	null  bool
	Origin
}

// settle works out the value of a setting from what the layers that have it
// say, the last one first.
func (v *View) settle(path string, found []written) Value {
	var value Value
	winner := 0
	for i := range found {
		w := &found[i]
		kind := v.Layers[w.layer].Kind
		switch {
		case kind == AppSettings && w.Text == "":
			// An empty override leaves the section's value alone.
		case value.Present:
			value.Shadows = append(value.Shadows, w.Origin)
			unordered := v.unordered(w.layer, winner) || v.Layers[winner].Kind == AppSettings
			if unordered && value.Unknown == 0 && !sameValue(path, w.Text, value.Text) {
				value.Unknown = ReasonOverride
			}
		default:
			value = Value{Present: true, Null: w.null, Text: w.Text, Origin: w.Origin}
			winner = w.layer
		}
	}
	if !value.Present || value.Unknown != 0 {
		return value
	}
	switch {
	case v.isReference(&value):
		value.Unknown = ReasonReference
	case value.Origin.Kind == AppSettings && value.lowest() == AppSettings: // the section does not have it
		value.Unknown = ReasonOverride
	}
	return value
}

// lowest is the kind of the first layer that has the setting.
func (v *Value) lowest() LayerKind {
	if n := len(v.Shadows); n > 0 {
		return v.Shadows[n-1].Kind
	}
	return v.Origin.Kind
}

// unordered tells that it is not known which of two layers wins: the later one
// follows the other through layers of which the same is said.
func (v *View) unordered(below, above int) bool {
	for i := above; i > below; i-- {
		if !v.Layers[i].Unordered {
			return false
		}
	}
	return true
}

// isReference reports whether something that cannot be seen may replace the
// text: in Subscription Manager's file a builder, or the pipeline that deploys
// it, elsewhere also the host.
func (v *View) isReference(value *Value) bool {
	switch value.Origin.Kind {
	case Section:
		return isFilled(value.Text, v.Layers[0].web.Expands)
	case AppSettings:
		return isFilled(value.Text, v.Layers[0].web.ExpandsAppSettings)
	}
	return !value.Null && value.Origin.IsReference()
}

// isFilled reports whether something replaces a token in a text of Subscription
// Manager's web.config, where the section's builders may expand ${...} or not.
func isFilled(text string, expands bool) bool {
	return expands && schema.HasBuilderToken(text) || schema.HasPipelineToken(text)
}

// sameValue reports whether an application takes two texts for the same value.
func sameValue(path, a, b string) bool {
	if a == b {
		return true
	}
	if !document.EqualFold(path, schema.Enabled) {
		return false
	}
	x, okX := schema.ParseBool(a)
	y, okY := schema.ParseBool(b)
	return okX && okY && x == y
}

// find looks a setting up in one layer.
func (l *Layer) find(path string) (o Origin, null, ok bool) {
	switch {
	case l.Env != nil:
		for i := range l.Env {
			if document.EqualFold(l.Env[i].Path, path) {
				o = l.Env[i].Origin
				o.Kind, o.Path, o.Text = l.Kind, l.Env[i].Path, l.Env[i].Value
				return o, false, true
			}
		}
	case l.File == nil || l.File.Err != nil: // a file that .NET refuses contributes nothing
	case l.File.JSON != nil:
		if n := l.File.JSON.Find(path); n != document.None {
			o, null = jsonOrigin(l.File, l.Kind, n, spelled(l.File.JSON, n, path))
			return o, null, true
		}
	case l.File.XML != nil && l.Kind == Section:
		return l.findAttr(path)
	}
	return Origin{}, false, false
}

// jsonOrigin is the place of a setting of a JSON file, and whether .NET has null
// there.
func jsonOrigin(f *File, kind LayerKind, n document.NodeID, path string) (o Origin, null bool) {
	text, ok := f.JSON.Str(n)
	node := &f.JSON.Nodes[n]
	return Origin{File: f, Kind: kind, Path: path, Text: text, Key: node.Key, Value: node.Value, Node: n, Attr: -1}, !ok
}

// spelled is the path of n as the file spells it: the same string as path where
// that is the spelling.
func spelled(d *document.JSON, n document.NodeID, path string) string {
	rest := path
	for at := n; ; {
		key := d.Nodes[at].Key
		if key.Len() < 2 {
			break
		}
		raw := d.Bytes[key.Start+1 : key.End-1]
		if !strings.HasSuffix(rest, string(raw)) {
			break
		}
		rest = rest[:len(rest)-len(raw)]
		at = d.Nodes[at].Parent
		if d.Nodes[at].Parent == document.None {
			if rest == "" {
				return path
			}
			break
		}
		if rest = strings.TrimSuffix(rest, ":"); rest == "" {
			break
		}
	}
	return d.Path(n)
}

// findAttr looks up an attribute of the section: the path's segments are
// elements, the last one is the attribute.
func (l *Layer) findAttr(path string) (Origin, bool, bool) {
	d, n, hidden := l.web.part(l.web.Section, l.web.Protected)
	rest, ok := strings.CutPrefix(path, schema.RootSection+":")
	if n == document.None || !ok {
		return Origin{}, false, false
	}
	for {
		name, below, more := strings.Cut(rest, ":")
		if !more {
			break
		}
		if n = d.Child(n, name); n == document.None {
			return Origin{}, false, false
		}
		rest = below
	}
	a := d.AttrNode(n, rest)
	if a < 0 {
		return Origin{}, false, false
	}
	o := Origin{File: l.File, Kind: Section, Path: path, Text: d.AttrValue(a), Key: d.Attrs[a].Name, Value: d.Attrs[a].Value, Node: n, Attr: a}
	o.hide(hidden, l.web.Section)
	return o, false, true
}

// Holder is the innermost thing of the node's files that would hold an Auto
// Scale setting which is not there: the autoScale object or element, else
// xmpro, else the file's start. It is zero where the node has no file that can
// be read.
func (n *Node) Holder() Place {
	if w := n.Web; w != nil {
		for _, id := range [...]document.NodeID{w.AutoScale, w.Section} {
			if id != document.None {
				return Place{w.File, w.File.XML.Nodes[id].StartTag}
			}
		}
		return w.File.Start()
	}
	var start, section Place
	for _, f := range n.Files {
		if f.JSON == nil || !f.Active {
			continue
		}
		if at := f.JSON.FindAll(schema.AutoScale); len(at) > 0 {
			return keyPlace(f, at[0])
		}
		if at := f.JSON.FindAll(schema.RootSection); len(at) > 0 && section.IsZero() {
			section = keyPlace(f, at[0])
		}
		if start.IsZero() {
			start = f.Start()
		}
	}
	switch {
	case !section.IsZero():
		return section
	case start.IsZero() && len(n.Files) > 0:
		return n.Files[0].Start()
	}
	return start
}

func keyPlace(f *File, n document.NodeID) Place { return Place{f, f.JSON.Nodes[n].Key} }
