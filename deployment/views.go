package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// completeProduct fills in what a product's files and the manifest say
// together.
func (l *loader) completeProduct(d *Deployment, p *Product) {
	l.addManifestEvidence(d.Manifest, p)
	p.setInstances()
	for _, n := range p.Nodes {
		switch {
		case len(n.Files) == 0:
			v := &View{}
			v.unknown(ReasonNotSeen)
			n.Views = []*View{v}
		case p.ID == schema.SubscriptionManager:
			l.completeWeb(p, n)
		default:
			l.completeNode(d, n)
		}
	}
	p.sortVersions()
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

// stack is what the views of a node are made of.
type stack struct {
	base        *File
	overlays    []*File
	environment []Layer // of the product's web.config
	broken      bool    // a file that is not base or overlay cannot be read
}

// completeNode makes the views of a node of a product with appsettings.json.
func (l *loader) completeNode(d *Deployment, n *Node) {
	var s stack
	for _, f := range n.Files {
		switch f.Role {
		case RoleBase:
			s.base = f
		case RoleOverlay:
			s.overlays = append(s.overlays, f)
		case RoleAspNetCore:
			n.Environment, n.EnvironmentPlace = s.host(f)
		default:
			s.broken = s.broken || f.Err != nil
		}
	}
	switch {
	case l.opts.Environment != "":
		n.Environment, n.EnvironmentPlace = l.opts.Environment, Place{}
	case d.Manifest != nil && d.Manifest.Environment.Text != "":
		n.Environment, n.EnvironmentPlace = d.Manifest.Environment.Text, d.Manifest.Environment.Place
	}
	if n.Environment != "" {
		mine := s.overlay(n.Environment)
		for _, f := range s.overlays {
			f.Active = f == mine
		}
		n.Views = []*View{s.view(n.Environment, mine)}
		return
	}
	n.Views = make([]*View, 0, 1+len(s.overlays))
	n.Views = append(n.Views, s.view("", nil))
	for _, f := range s.overlays {
		n.Views = append(n.Views, s.view(f.Environment, f))
	}
}

// host takes the environment variables from the product's own web.config. It
// gives the environment that they name, empty where that is a reference that
// something replaces before the file is used.
func (s *stack) host(f *File) (environment string, place Place) {
	plain, prefixed, name := readEnvironment(f)
	s.environment = variables(f, &prefixed, variables(f, &plain, s.environment))
	s.broken = s.broken || f.Err != nil
	if schema.IsReference(name.Text) || schema.HasVariable(name.Text) {
		return "", Place{}
	}
	return maskText(name.Text), name.Place
}

// overlay is the overlay of an environment, nil where there is none. One whose
// name has exactly this casing comes before others.
func (s *stack) overlay(environment string) *File {
	var found *File
	for _, f := range s.overlays {
		switch {
		case f.Environment == environment:
			return f
		case found == nil && strings.EqualFold(f.Environment, environment):
			found = f
		}
	}
	return found
}

// view is what one environment sees.
func (s *stack) view(environment string, overlay *File) *View {
	v := &View{Environment: environment, Layers: make([]Layer, 0, 2+len(s.environment))}
	broken := s.broken
	if s.base != nil {
		v.Layers = append(v.Layers, Layer{Kind: BaseFile, File: s.base})
		broken = broken || s.base.Err != nil
	}
	if overlay != nil {
		v.Layers = append(v.Layers, Layer{Kind: OverlayFile, File: overlay})
		broken = broken || overlay.Err != nil
	}
	v.Layers = append(v.Layers, s.environment...)
	v.judge(broken)
	return v
}

// judge works out the view's Auto Scale settings. Where a file cannot be read
// the state is unknown; what the others say of a setting stays, and why that is
// not known.
func (v *View) judge(unreadable bool) {
	a := &v.AutoScale
	a.Enabled, a.Connection = v.Get(schema.Enabled), v.Get(schema.Connection)
	if v.mayHaveVault() {
		v.unknown(ReasonKeyVault)
	} else {
		a.State, a.Reason = stateOf(a.Enabled)
	}
	if !unreadable {
		return
	}
	a.State, a.Reason = StateUnknown, ReasonUnreadable
	for _, value := range [...]*Value{&a.Enabled, &a.Connection} {
		if value.Unknown == 0 {
			value.Unknown = ReasonUnreadable
		}
	}
}

// mayHaveVault reports whether the product reads a key vault, or may do so: a
// provider that is set and may not count is one that may.
func (v *View) mayHaveVault() bool {
	provider := v.Get(schema.KeyVaultFlag)
	return provider.Present && !provider.Null && (provider.Unknown == ReasonOverride || strings.TrimSpace(provider.Text) != "")
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
