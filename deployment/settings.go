package deployment

import (
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
// value and before text. A file that .NET refuses contributes nothing.
//
// Of a web.config they are its attributes and texts: element names below the
// root joined by colons, then the attribute's name. An <add> in <appSettings>
// is appSettings:KEY, one in <connectionStrings> connectionStrings:NAME, of
// equal names the last, ignoring case; other siblings with one name are
// numbered from 0. A protected section that was not opened is one setting.
func (v *View) Settings() []Setting {
	var all []Origin
	for i := range v.Layers {
		all = v.Layers[i].settings(all)
	}
	exact := v.web() != nil
	last := make(map[string]int, len(all))
	var key []byte
	for i, o := range all {
		key = foldKey(key[:0], o.Path, exact)
		last[string(key)] = i
	}
	settings := make([]Setting, 0, len(last))
	for i, o := range all {
		key = foldKey(key[:0], o.Path, exact)
		if last[string(key)] == i {
			settings = append(settings, Setting{o.Path, v.effective(o)})
		}
	}
	slices.SortStableFunc(settings, func(a, b Setting) int {
		if c := document.CompareKeys(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	return settings
}

// foldKey appends a path in a form that is equal for paths that a layer takes
// for one.
func foldKey(key []byte, path string, exact bool) []byte {
	if exact {
		return append(key, path...)
	}
	return document.AppendFold(key, []byte(path))
}

// effective is the value of a setting that some layer has.
func (v *View) effective(o Origin) Value {
	same := document.EqualFold
	if v.web() != nil {
		same = func(a, b string) bool { return a == b }
	}
	switch {
	case o.Kind == Section && o.Node == document.None:
		o.Node = 0
		return Value{Present: true, Unknown: ReasonEncrypted, Origin: o}
	case same(o.Path, schema.Enabled):
		return v.AutoScale.Enabled
	case same(o.Path, schema.Connection):
		return v.AutoScale.Connection
	}
	value := Value{Present: true, Text: o.Text, Origin: o}
	expands := false
	switch {
	case o.Kind != Section || strings.HasPrefix(o.Path, schema.RootSection+":"):
		if got := v.Get(o.Path); got.Present {
			return got
		}
		expands = o.Kind == Section && v.web().Expands
	case strings.HasPrefix(o.Path, "appSettings:"):
		expands = v.web().ExpandsAppSettings
	}
	if expands && schema.HasBuilderToken(o.Text) {
		value.Unknown = ReasonReference
	}
	return value
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
			o, _ := jsonOrigin(l.File, l.Kind, n, l.File.JSON.Path(n))
			all = append(all, o)
		}
	case l.web != nil:
		all = append(all, l.web.settings()...)
	}
	return all
}
