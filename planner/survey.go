package planner

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// surveyNode works out what is known of one node of a product, and whether its
// settings are as the goal wants them.
func (s *site) surveyNode(n *nodeSite) {
	view := n.Default()
	n.auto = view.AutoScale
	for _, f := range n.Files {
		if f.Err != nil {
			n.broken = append(n.broken, f.Path)
		}
	}
	if w := n.Web; w != nil {
		n.opened = true
		n.seal("xmpro", w.Protected)
		if p := w.ProtectedAppSettings; p == nil || p.Opened == nil || overridden(&n.auto) {
			n.seal("appSettings", p) // opened, and nothing of Auto Scale in it: it can stay as it is
		}
	}
	if !n.of.ID.UsesRedis() {
		return
	}
	if len(n.sealed) == 0 && n.of.ID == schema.SubscriptionManager {
		n.unsealed = s.listed.has(n.id(schema.StepDecrypt)) || s.listed.has(n.id(schema.StepEncrypt))
	}
	n.settled = s.isSettled(n)
}

// overridden reports whether appSettings has, or may have, a say in Auto Scale.
func overridden(a *deployment.AutoScale) bool {
	return a.Reason == deployment.ReasonOverride || a.Reason == deployment.ReasonEncrypted ||
		a.Enabled.Origin.Kind == deployment.AppSettings || a.Connection.Origin.Kind == deployment.AppSettings
}

func (n *nodeSite) seal(section string, p *deployment.Protection) {
	if p == nil {
		return
	}
	n.opened = n.opened && p.Opened != nil
	n.sealed = append(n.sealed, sealedSection{
		name:     section,
		provider: p.Provider,
		machine:  p.DefaultContainer || p.Kind == deployment.ProtectionDPAPI,
	})
}

// isSettled reports whether a node needs no configure step any more, and notes
// why. What a file shows wins over what the manifest says to be done.
func (s *site) isSettled(n *nodeSite) bool {
	id := n.id(schema.StepConfigure)
	switch n.auto.State {
	case deployment.StateOn:
		if s.off || s.opensNode(n, schema.StepConfigure) || !connects(n.auto.Connection) {
			return false
		}
		n.evidence = append(n.evidence, n.shows("Auto Scale is on"))
		return true
	case deployment.StateOff, deployment.StateAbsent:
		if s.off {
			n.evidence = append(n.evidence, n.shows("Auto Scale is off"))
		}
		return s.off
	case deployment.StateUnknown:
		// Nothing shows it: the manifest may say it. An encrypted file that
		// was configured and encrypted again looks as before.
		if len(n.broken) > 0 || !s.off && s.opensNode(n, schema.StepConfigure) {
			return false
		}
		for _, step := range []string{id, n.id(schema.StepEncrypt)} {
			if done := s.listed.find(step); done != nil && (step == id || len(n.sealed) > 0) {
				n.evidence = append(n.evidence, s.listed.evidence(step))
				return true
			}
		}
	}
	return false
}

// shows is the evidence that the file gives.
func (n *nodeSite) shows(what string) string {
	o := n.auto.Enabled.Origin
	if o.IsZero() {
		return what
	}
	return place(o.ValuePlace()) + " shows: " + what
}

// connects reports whether a connection string may lead somewhere: it is one,
// or it is filled in by something that cannot be seen.
func connects(v deployment.Value) bool {
	if v.Unknown != 0 {
		return true
	}
	if !v.Known() {
		return false
	}
	class := schema.Classify(v.Text)
	return class == schema.Literal || class == schema.Reference
}

// suiteSite is what is known of the suite's version.
type suiteSite struct {
	oldest, newest schema.Version      // of the products whose version is known
	proof          deployment.Evidence // of the oldest
	// auto tells whether every known version has Auto Scale; undecided where
	// no version is known, or one lies on both sides.
	auto schema.Decision
}

// surveySuite looks for the oldest version of the suite's products. A Stream
// Host may stay behind the suite: it counts only where it is new enough and
// nothing else is known.
func (s *site) surveySuite() {
	var host *deployment.Evidence
	for _, p := range s.d.Products {
		e := bestEvidence(p)
		if e == nil {
			continue
		}
		if p.ID == schema.StreamHost {
			host = e
			continue
		}
		if !s.suite.oldest.Known() || e.Version.Compare(s.suite.oldest) < 0 {
			s.suite.oldest, s.suite.proof = e.Version, *e
		}
		if !s.suite.newest.Known() || e.Version.Compare(s.suite.newest) > 0 {
			s.suite.newest = e.Version
		}
	}
	if s.suite.oldest.Known() {
		s.suite.auto = s.suite.oldest.AtLeast(schema.AutoScaleSince)
		return
	}
	if host != nil && host.Version.AtLeast(schema.AutoScaleSince) == schema.Satisfied {
		s.suite = suiteSite{oldest: host.Version, newest: host.Version, proof: *host, auto: schema.Satisfied}
	}
}

func bestEvidence(p *deployment.Product) *deployment.Evidence {
	for i := range p.Versions {
		if p.Versions[i].Version.Known() {
			return &p.Versions[i]
		}
	}
	return nil
}

// connectorSite is what is known of the uploaded Data Streams Connectors.
type connectorSite struct {
	known    bool   // some version is known
	ready    bool   // one of them is 2.0 or later
	newest   string // as written
	evidence string
}

// surveyConnector looks for the newest connector: among those uploaded, and
// among those that Apps use, which are uploaded too.
func (s *site) surveyConnector() {
	var newest schema.Connector
	look := func(text deployment.Scalar, what string) {
		c := schema.ParseConnector(text.Text)
		if !c.Known() || newest.Known() && c.Compare(newest) <= 0 {
			return
		}
		newest = c
		s.connector = connectorSite{known: true, newest: c.Text, ready: c.AtLeast(schema.ConnectorSince) == schema.Satisfied}
		s.connector.evidence = place(text.Place) + " shows: " + what + " " + words(c.Text)
	}
	for _, c := range s.m.Connectors {
		look(c, "uploaded is")
	}
	for i := range s.m.Apps {
		look(s.m.Apps[i].Connector, "an App uses")
	}
}

// appSite is one App.
type appSite struct {
	*deployment.App
	slug string
	age  schema.Decision // whether its connector is 2.0 or later
}

// old reports whether the App is known to use a connector older than 2.0, whose
// cache lies in App Designer's memory.
func (a *appSite) old() bool { return a.age == schema.NotSatisfied }

// name is the App's name for people.
func (a *appSite) name() string { return words(a.Name.Text) }

func (s *site) surveyApps() {
	names := make([]string, len(s.m.Apps))
	for i := range s.m.Apps {
		names[i] = s.m.Apps[i].Name.Text
	}
	slugs := schema.Slugs(names)
	s.apps = make([]appSite, len(s.m.Apps))
	for i := range s.m.Apps {
		a := &s.m.Apps[i]
		s.apps[i] = appSite{App: a, slug: slugs[i], age: schema.ParseConnector(a.Connector.Text).AtLeast(schema.ConnectorSince)}
	}
}

// oldApps names the Apps whose data lies in App Designer's memory; unknown
// tells that there may be others.
func (s *site) oldApps() (names []string, unknown bool) {
	unknown = len(s.apps) == 0
	for i := range s.apps {
		switch s.apps[i].age {
		case schema.NotSatisfied:
			names = append(names, s.apps[i].name())
		case schema.Undecided:
			unknown = true
		}
	}
	return names, unknown
}
