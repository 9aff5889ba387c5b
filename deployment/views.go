package deployment

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// completeProduct fills in what a product's files and the manifest say
// together.
func (l *loader) completeProduct(d *Deployment, p *Product) {
	m := d.Manifest
	if m != nil {
		for _, listed := range m.Products {
			if listed.ID == p.ID {
				p.Manifest = listed
			}
		}
	}
	if p.Manifest != nil && len(p.Manifest.Nodes) > 0 {
		slices.SortStableFunc(p.Nodes, func(a, b *Node) int { return p.Manifest.order(a) - p.Manifest.order(b) })
	}
	l.addManifestEvidence(m, p)
	p.setInstances()
	for _, n := range p.Nodes {
		if len(n.Files) == 0 {
			v := &View{}
			v.unknown(ReasonNotSeen)
			n.Views = []*View{v}
			continue
		}
		l.completeNode(d, p, n)
	}
}

// order is the place of a node in the manifest's list, the end for one that is
// not there.
func (m *ManifestProduct) order(n *Node) int {
	if i := slices.IndexFunc(m.Nodes, func(listed ManifestNode) bool { return listed.Name.Text == n.Name }); i >= 0 {
		return i
	}
	return len(m.Nodes)
}

func (p *Product) setInstances() {
	m := p.Manifest
	if m == nil {
		return
	}
	p.TargetInstances = count(m.TargetInstances)
	if len(m.Nodes) > 0 {
		p.Instances, p.InstancesPlace = len(m.Nodes), m.Place
		return
	}
	if p.Instances = count(m.Instances); p.Instances > 0 {
		p.InstancesPlace = m.Instances.Place
	}
}

// completeNode makes the node's views.
func (l *loader) completeNode(d *Deployment, p *Product, n *Node) {
	if p.ID == schema.SubscriptionManager {
		l.completeWeb(p, n)
		return
	}
	var base *File
	var overlays []*File
	var host *File
	for _, f := range n.Files {
		switch f.Role {
		case RoleBase:
			base = f
		case RoleOverlay:
			overlays = append(overlays, f)
		case RoleAspNetCore:
			host = f
		}
	}
	var layers []Layer
	var hostErr error
	if host != nil {
		plain, prefixed, environment := readEnvironment(host)
		n.Environment, n.EnvironmentPlace = environment.Text, environment.Place
		hostErr = host.Err
		if len(plain) > 0 {
			layers = append(layers, Layer{Kind: Environment, File: host, Env: plain})
		}
		if len(prefixed) > 0 {
			layers = append(layers, Layer{Kind: Environment, File: host, Env: prefixed, Unordered: len(plain) > 0})
		}
	}
	switch {
	case l.opts.Environment != "":
		n.Environment, n.EnvironmentPlace = l.opts.Environment, Place{}
	case d.Manifest != nil && d.Manifest.Environment.Text != "":
		n.Environment, n.EnvironmentPlace = d.Manifest.Environment.Text, d.Manifest.Environment.Place
	}
	view := func(environment string, overlay *File) {
		v := &View{Environment: environment}
		unreadable := hostErr != nil
		for _, f := range [...]*File{base, overlay} {
			if f == nil {
				continue
			}
			kind := BaseFile
			if f == overlay {
				kind = OverlayFile
			}
			v.Layers = append(v.Layers, Layer{Kind: kind, File: f})
			unreadable = unreadable || f.Err != nil
		}
		v.Layers = append(v.Layers, layers...)
		v.judge(unreadable)
		n.Views = append(n.Views, v)
	}
	if n.Environment != "" {
		var mine *File
		for _, f := range overlays {
			if strings.EqualFold(f.Environment, n.Environment) && mine == nil {
				mine = f
				continue
			}
			f.Active = false
		}
		view(n.Environment, mine)
		return
	}
	view("", nil)
	for _, f := range overlays {
		view(f.Environment, f)
	}
}

// judge works out the view's Auto Scale settings.
func (v *View) judge(unreadable bool) {
	a := &v.AutoScale
	a.Enabled, a.Connection = v.Get(schema.Enabled), v.Get(schema.Connection)
	if unreadable {
		v.unknown(ReasonUnreadable)
		return
	}
	if vault := v.Get(schema.KeyVaultFlag); vault.Present && !vault.Null && strings.TrimSpace(vault.Text) != "" {
		v.unknown(ReasonKeyVault)
		return
	}
	a.State, a.Reason = stateOf(a.Enabled)
}

// unknown says of both settings that they cannot be known.
func (v *View) unknown(reason Reason) {
	a := &v.AutoScale
	a.State, a.Reason = StateUnknown, reason
	a.Enabled.Unknown, a.Connection.Unknown = reason, reason
}

// stateOf is the state that a value of "enabled" makes.
func stateOf(enabled Value) (State, Reason) {
	switch {
	case enabled.Unknown != 0:
		return StateUnknown, enabled.Unknown
	case !enabled.Present || enabled.Null:
		return StateAbsent, 0
	}
	on, ok := schema.ParseBool(enabled.Text)
	switch {
	case !ok:
		return StateInvalid, 0
	case on:
		return StateOn, 0
	}
	return StateOff, 0
}

// completeWeb takes Subscription Manager's web.config apart and makes its one
// view.
func (l *loader) completeWeb(p *Product, n *Node) {
	v := &View{}
	n.Views = []*View{v}
	file := n.Files[0]
	if file.XML == nil {
		v.judge(true)
		return
	}
	w := l.takeApart(file)
	n.Web = w
	if w.ConfigSourceFile != nil {
		n.Files = append(n.Files, w.ConfigSourceFile)
	}
	v.expands, v.expandsAppSettings = w.Expands, w.ExpandsAppSettings
	section := Layer{Kind: Section, File: file, section: w.Section}
	if w.Protected != nil {
		section.opened = w.Protected.Opened
	}
	v.Layers = append(v.Layers, section)
	if env := appSettingsLayer(w); len(env) > 0 {
		v.Layers = append(v.Layers, Layer{Kind: AppSettings, File: file, Env: env})
	}
	v.judge(false)
	switch {
	case w.Protected != nil && w.Protected.Opened == nil:
		v.unknown(ReasonEncrypted)
	case w.ConfigSource != "" || w.Location:
		v.unknown(ReasonElsewhere)
	}
}

// appSettingsLayer are the keys of <appSettings> that stand for settings of
// the section: xmpro__... and xm__xmpro__... .
func appSettingsLayer(w *WebConfig) []EnvSetting {
	d := w.File.XML
	if w.AppSettings == document.None {
		return nil
	}
	var settings []EnvSetting
	for n := range d.Children(w.AppSettings) {
		key, value := d.AttrNode(n, "key"), d.AttrNode(n, "value")
		if d.Name(n) != "add" || key < 0 || value < 0 {
			continue
		}
		name := d.AttrValue(key)
		path := envPath(name)
		prefix := ""
		if p := envPath(Prefix); len(path) > len(p) && document.EqualFold(path[:len(p)], p) {
			path, prefix = path[len(p):], Prefix
		}
		if len(path) <= len(schema.RootSection) || !document.EqualFold(path[:len(schema.RootSection)+1], schema.RootSection+":") {
			continue
		}
		s := EnvSetting{Name: name, Path: path, Prefix: prefix, Value: d.AttrValue(value)}
		s.Origin = Origin{File: w.File, Kind: AppSettings, Path: path, Text: s.Value, Key: d.Attrs[key].Value, Value: d.Attrs[value].Value, Node: n, Attr: value}
		settings = append(settings, s)
	}
	// Of several the last is the one that counts; find takes the first.
	for i, j := 0, len(settings)-1; i < j; i, j = i+1, j-1 {
		settings[i], settings[j] = settings[j], settings[i]
	}
	return settings
}
