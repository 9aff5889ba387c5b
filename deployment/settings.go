package deployment

import (
	"cmp"
	"maps"
	"slices"
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
	if w := v.web(); w != nil && w.Protected.isClosed() {
		tag := w.Protected.Place.Span
		return []Setting{{schema.RootSection, Value{Present: true, Unknown: ReasonEncrypted, Origin: Origin{
			File: w.File, Kind: Section, Path: schema.RootSection, Key: tag, Value: tag, Node: w.Section, Attr: -1,
		}}}}
	}
	var settings []Setting
	for _, value := range [...]Value{v.AutoScale.Connection, v.AutoScale.Enabled} {
		if value.Present {
			settings = append(settings, Setting{value.Origin.Path, value})
		}
	}
	return settings
}

// web is Subscription Manager's web.config; nil in views of other products.
func (v *View) web() *WebConfig {
	if len(v.Layers) == 0 {
		return nil
	}
	return v.Layers[0].web
}

// Settings are all settings that the view has, in order of their paths as
// .NET's ConfigurationKeyComparer has it: segment by segment, numbers by
// value and before text. A file that .NET refuses contributes nothing. Null is
// no setting where others lie below it: it is what every section has. Where
// the layer that wins spells a segment in several ways, the first counts.
//
// Of a web.config they are its attributes and texts: element names below the
// root joined by colons, then the attribute's name. An <add> in <appSettings>
// is appSettings:KEY, one in <connectionStrings> connectionStrings:NAME, of
// equal names the last, ignoring case; other siblings with one name are
// numbered from 0. A protected section that was not opened is one setting.
func (v *View) Settings() []Setting {
	var settings []Setting
	if w := v.web(); w != nil {
		settings = v.webSettings(w)
	} else {
		settings = v.fileSettings()
	}
	slices.SortStableFunc(settings, func(a, b Setting) int {
		return cmp.Or(document.CompareKeys(a.Path, b.Path), strings.Compare(a.Path, b.Path))
	})
	return settings
}

// fileSettings are the settings of JSON files and environment variables.
func (v *View) fileSettings() []Setting {
	var all [][]written
	index := map[string]int{} // of all, by path in upper case
	var key []byte
	for i := range v.Layers {
		v.Layers[i].each(func(o Origin, null bool) {
			key = document.AppendFold(key[:0], []byte(o.Path))
			at, ok := index[string(key)]
			if !ok {
				at = len(all)
				index[string(key)] = at
				all = append(all, nil)
			}
			all[at] = append(all[at], written{i, null, o})
		})
	}
	var sorted []string // of index
	isSection := func(path string) bool {
		if sorted == nil {
			sorted = slices.Sorted(maps.Keys(index))
		}
		below := string(append(document.AppendFold(key[:0], []byte(path)), ':'))
		i, _ := slices.BinarySearch(sorted, below)
		return i < len(sorted) && strings.HasPrefix(sorted[i], below)
	}
	settings := make([]Setting, 0, len(all))
	for _, found := range all {
		slices.Reverse(found)
		path := found[0].Path
		value := v.settle(path, found)
		if value.Null && isSection(path) {
			continue
		}
		switch {
		case document.EqualFold(path, schema.Enabled):
			value.Unknown = v.AutoScale.Enabled.Unknown
		case document.EqualFold(path, schema.Connection):
			value.Unknown = v.AutoScale.Connection.Unknown
		}
		settings = append(settings, Setting{path, value})
	}
	return settings
}

// each goes through the settings of a layer.
func (l *Layer) each(yield func(o Origin, null bool)) {
	names := spelling{}
	switch {
	case l.Env != nil:
		for i := range l.Env {
			o := l.Env[i].Origin
			o.Kind, o.Path, o.Text = l.Kind, names.spell(l.Env[i].Path), l.Env[i].Value
			yield(o, false)
		}
	case l.File != nil && l.File.Err == nil && l.File.JSON != nil:
		d := l.File.JSON
		next := document.NodeID(0)
		others := func(end document.NodeID) { // leaves that no setting of their own stands for
			for ; next < end; next++ {
				if !d.IsLeaf(next) {
					continue
				}
				path := names.spell(d.Path(next))
				if d.IsHollow(next) {
					yield(jsonOrigin(l.File, l.Kind, next, path))
				}
			}
		}
		for n := range d.Leaves() {
			others(n)
			next = n + 1
			yield(jsonOrigin(l.File, l.Kind, n, names.spell(d.Path(n))))
		}
		others(document.NodeID(len(d.Nodes)))
	}
}

// webSettings are the settings of a web.config.
func (v *View) webSettings(w *WebConfig) []Setting {
	all := w.settings()
	last := make(map[string]int, len(all))
	for i, o := range all {
		last[o.Path] = i
	}
	settings := make([]Setting, 0, len(last))
	for i, o := range all {
		if last[o.Path] == i {
			settings = append(settings, Setting{o.Path, v.webValue(w, o)})
		}
	}
	return settings
}

// webValue is the value of what a web.config holds as a setting.
func (v *View) webValue(w *WebConfig, o Origin) Value {
	expands := false
	switch {
	case o.Node == document.None:
		o.Node = 0
		return Value{Present: true, Unknown: ReasonEncrypted, Origin: o}
	case o.Path == schema.Enabled:
		return v.AutoScale.Enabled
	case o.Path == schema.Connection:
		return v.AutoScale.Connection
	case strings.HasPrefix(o.Path, schema.RootSection+":"):
		if value := v.Get(o.Path); value.Present {
			value.Origin.secret = o.secret
			for i := range value.Shadows {
				value.Shadows[i].secret = o.secret
			}
			return value
		}
		expands = w.Expands
	case strings.HasPrefix(o.Path, "appSettings:"):
		expands = w.ExpandsAppSettings
	}
	value := Value{Present: true, Text: o.Text, Origin: o}
	if isFilled(o.Text, expands) {
		value.Unknown = ReasonReference
	}
	return value
}
