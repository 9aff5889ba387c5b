package planner

import (
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// track is how far one step is.
type track struct {
	in, done bool
	evidence []string
}

func (t track) todo() bool { return t.in && !t.done }

// progress is how far the steps of the way there are. What a file shows wins
// over what the manifest lists as done.
type progress struct {
	target
	// prepare tells that preparing and checking steps are in the plan: a step
	// that changes a product is left, or the manifest lists a step of the plan.
	prepare bool

	capture, backup, upgrade, verifyUpgrade track
	provision, verifyRedis                  track
	connector                               track
	apps                                    []track // by App: upgrade-app or decide
	verify                                  []track // by node
	backplane, keys, sticky, scaleOut       track
}

// progress works out how far the steps are.
func (s *site) progress(t target) *progress {
	p := &progress{target: t, apps: make([]track, len(s.apps)), verify: make([]track, len(s.nodes))}
	p.upgrade.in = t.need || t.unknown || s.listed.has(schema.StepCapture) || s.listed.has(schema.StepUpgradeSuite) || s.listed.has(schema.StepVerifyUpgrade)
	p.upgrade.done = !t.need && !t.unknown
	if p.upgrade.in && p.upgrade.done {
		p.upgrade.evidence = s.versionEvidence()
	}
	s.trackScale(p)
	p.prepare = s.changeLeft(p) || s.listsStep(p)
	s.trackConnector(p)

	p.capture.in, p.verifyUpgrade.in = p.upgrade.in, p.upgrade.in
	s.trackListed(&p.capture, schema.StepCapture, true)
	s.trackListed(&p.verifyUpgrade, schema.StepVerifyUpgrade, p.upgrade.done)
	p.backup.in, p.provision.in, p.verifyRedis.in, p.backplane.in = p.prepare, p.prepare, p.prepare, p.prepare
	s.trackListed(&p.backup, schema.StepBackup, true)
	s.trackListed(&p.verifyRedis, schema.StepVerifyRedis, true)
	s.trackProvision(p)

	settled := !p.upgrade.todo() && !p.verifyUpgrade.todo()
	all := true
	for _, product := range s.three {
		for _, n := range product.nodes {
			v := &p.verify[n.index]
			v.in = p.prepare
			s.trackListed(v, n.id(schema.StepVerify), settled && n.settled && !n.unsealed)
			all = all && v.done
		}
	}
	s.trackListed(&p.backplane, schema.StepVerifyBackplane, all)
	return p
}

// trackListed takes the manifest's word for a step, where nothing shows that
// it cannot be.
func (s *site) trackListed(t *track, id string, believable bool) {
	if t.in && believable && s.listed.has(id) {
		t.done, t.evidence = true, []string{s.listed.evidence(id)}
	}
}

// versionEvidence is what shows that the suite has been upgraded.
func (s *site) versionEvidence() []string {
	if s.suite.proof.Version.Known() {
		text := "version " + words(s.suite.oldest.Text) + " is installed (" + s.suite.proof.Source + ")"
		if at := place(s.suite.proof.Place); at != "" {
			text = at + " shows: " + text
		}
		return []string{text}
	}
	if e := s.listed.evidence(schema.StepUpgradeSuite); e != "" {
		return []string{e}
	}
	return nil
}

// changeLeft reports whether a step that changes a product is left. Keys and
// sticky sessions that are found missing stand for themselves: the rest of a
// finished deployment is not prepared and checked anew for them.
func (s *site) changeLeft(p *progress) bool {
	if p.upgrade.todo() || p.scaleOut.todo() {
		return true
	}
	for _, product := range s.three {
		for _, n := range product.nodes {
			if !n.settled || n.unsealed {
				return true
			}
		}
	}
	return false
}

// trackScale looks at the steps around more than one instance. Here they are
// in only where something shows that they are needed; see finishScale.
func (s *site) trackScale(p *progress) {
	if len(s.three) == 0 {
		return
	}
	running, target, met := false, false, true
	for _, product := range s.three {
		running = running || product.Instances > 1
		if product.TargetInstances > 1 {
			target = true
			met = met && product.Instances >= product.TargetInstances
		}
	}
	p.scaleOut.in = target
	if target && met {
		p.scaleOut.done, p.scaleOut.evidence = true, []string{"as many instances run as the manifest wants"}
	}
	s.trackListed(&p.scaleOut, schema.StepScaleOut, true)

	denied := s.m.Sticky.Known && !s.m.Sticky.Value
	p.sticky.in = s.opens(schema.StepStickySessions) || denied && running
	if s.m.Sticky.Known && s.m.Sticky.Value {
		p.sticky.done, p.sticky.evidence = true, []string{place(s.m.Sticky.Place) + " says that sessions are sticky"}
	}
	p.keys.in = s.opens(schema.StepShareKeys)
}

// finishScale adds the steps around more than one instance where the plan
// prepares for something, and takes the manifest's word for them.
func (s *site) finishScale(p *progress) {
	if s.scaled() && p.prepare {
		p.sticky.in, p.keys.in = true, true
	}
	denied := s.m.Sticky.Known && !s.m.Sticky.Value
	s.trackListed(&p.sticky, schema.StepStickySessions, !denied)
	// XM4002 is there to stay where each node encrypts its own file, which is
	// as good as one key for all.
	s.trackListed(&p.keys, schema.StepShareKeys, !s.opensOn(schema.StepShareKeys, "", "XM4002"))
}

// trackConnector looks at the connector and the Apps.
func (s *site) trackConnector(p *progress) {
	s.finishScale(p)
	wanted := s.trackApps(p)
	about := s.product(schema.AppDesigner) != nil || s.m.HasConnectors || len(s.apps) > 0
	c := &p.connector
	switch {
	case !about:
	case s.connector.ready:
		c.in, c.done, c.evidence = true, true, []string{s.connector.evidence}
	case s.connector.known:
		c.in = true
	default: // nobody knows what is uploaded
		c.in = p.prepare || wanted || s.opens(schema.StepUpgradeConnector)
		s.trackListed(c, schema.StepUpgradeConnector, true)
	}
}

// trackApps looks at the Apps and tells whether one is left to be upgraded.
func (s *site) trackApps(p *progress) (wanted bool) {
	for i := range s.apps {
		a, t := &s.apps[i], &p.apps[i]
		switch {
		case a.Upgrade.Known && !a.Upgrade.Value:
		case a.Upgrade.Known:
			t.in = true
			if a.age == schema.Satisfied {
				t.done, t.evidence = true, []string{place(a.Connector.Place) + " shows: the App uses connector " + words(a.Connector.Text)}
			}
			s.trackListed(t, schema.AppStep(a.slug), a.age == schema.Undecided)
			wanted = wanted || !t.done
		case a.old():
			t.in = true
			s.trackListed(t, schema.DecideStep(a.slug), true)
		}
	}
	return wanted
}

// trackProvision looks for signs of a Redis: a product that uses one already,
// or the word of the manifest, also on the check that needs one.
func (s *site) trackProvision(p *progress) {
	if !p.provision.in {
		return
	}
	for _, product := range s.three {
		for _, n := range product.nodes {
			v := n.auto.Connection
			switch {
			case n.auto.On() && v.Known() && schema.Classify(v.Text) == schema.Literal:
				p.provision.evidence = []string{place(v.Origin.ValuePlace()) + " shows: " + n.title() + " has a Redis already"}
			case n.settled:
				p.provision.evidence = n.evidence
			default:
				continue
			}
			p.provision.done = true
			return
		}
	}
	s.trackListed(&p.provision, schema.StepVerifyRedis, true)
	s.trackListed(&p.provision, schema.StepProvisionRedis, true)
}

// listsStep reports whether the manifest lists a step of this plan as done.
func (s *site) listsStep(p *progress) bool {
	for id := range s.listed.byID {
		if s.isStep(p, id) {
			return true
		}
	}
	return false
}

// isStep reports whether an id is one of a step that this plan can have.
func (s *site) isStep(p *progress, id string) bool {
	switch id {
	case schema.StepCapture, schema.StepBackup, schema.StepUpgradeSuite, schema.StepVerifyUpgrade, schema.StepProvisionRedis, schema.StepVerifyRedis, schema.StepUpgradeConnector, schema.StepVerifyBackplane:
		return len(s.three) > 0
	case schema.StepStickySessions, schema.StepShareKeys:
		return s.scaled()
	case schema.StepScaleOut:
		return p.scaleOut.in
	}
	head, rest, _ := strings.Cut(id, "/")
	switch head {
	case "upgrade-app", "decide":
		for i := range s.apps {
			if s.apps[i].slug == rest {
				return true
			}
		}
	case schema.StepConfigure, schema.StepVerify, schema.StepDecrypt, schema.StepEncrypt:
		for _, product := range s.three {
			for _, n := range product.nodes {
				if schema.IsStep(n.id(head), id) {
					return true
				}
			}
		}
	}
	return false
}
