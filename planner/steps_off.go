package planner

import (
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// The way back: one instance first, then the switch. The other way round
// passes through more than one instance without Auto Scale.
//
// Source: XMPro's video on Auto Scale: it is mandatory with more than one
// instance.

// back makes the steps of the way back.
func (b *builder) back() {
	b.stepUnread()
	s := b.s
	left := false // something is switched on, or may be
	several := false
	for _, p := range s.three {
		on := false
		for _, n := range p.nodes {
			on = on || !n.settled || n.unsealed
		}
		left = left || on
		several = several || p.Instances > 1 || on && p.Instances == 0
	}
	decided := track{in: left || s.listed.has(wayBack)}
	s.trackListed(&decided, wayBack, true)
	backup := track{in: decided.in}
	s.trackListed(&backup, schema.StepBackup, decided.done)
	single := track{in: decided.in && (several || s.listed.has(schema.StepScaleIn))}
	s.trackListed(&single, schema.StepScaleIn, decided.done)
	for _, p := range s.three {
		for _, n := range p.nodes {
			v := &b.p.verify[n.index]
			v.in = decided.in
			s.trackListed(v, n.id(schema.StepVerify), decided.done && n.settled && !n.unsealed)
		}
	}

	b.decided = b.m.add(fact{kind: factDecided}, !decided.todo())
	b.backedUp = b.m.add(fact{kind: factBackup}, !backup.todo())
	b.single = b.m.add(fact{kind: factSingle}, !single.todo())
	b.nodeFacts(
		func(n *nodeSite) bool { return !n.unsealed && (b.stays(n) || !single.in || single.todo()) },
		func(n *nodeSite) bool { return !b.p.verify[n.index].todo() })
	b.m.goal = b.goalBack()

	b.stepDecideBack(decided)
	b.stepBackupBack(backup)
	b.stepScaleIn(single)
	for _, id := range vendorOrder {
		if id.UsesRedis() {
			b.configureProduct(id)
		}
	}
}

// stays reports whether a node goes on serving. On the way back only the first
// node of each product does.
func (b *builder) stays(n *nodeSite) bool { return !b.s.off || n == n.of.nodes[0] }

func (b *builder) goalBack() []literal {
	goal := []literal{b.single}
	for _, p := range b.s.three {
		for _, n := range p.nodes {
			goal = append(goal, b.on[n.index].opposite())
			if n.hasSeal() {
				goal = append(goal, b.sealed[n.index])
			}
			if b.stays(n) {
				goal = append(goal, b.runs[n.index], b.checked[n.index])
			}
		}
	}
	return goal
}

// stepDecideBack is where the way back begins: what is listed as done before
// belongs to the way there.
func (b *builder) stepDecideBack(t track) {
	st := b.step(wayBack, KindDecide, "Decide on the way back", t)
	if st == nil {
		return
	}
	st.Source, st.Window = pageAutoScale, WindowBefore
	if open(st) {
		st.Do = append(st.Do, manual("Agree with the owners of the Apps and with those who run the load balancer, and write the line - {step: "+wayBack+"} into xmpro.yaml, at the end of done:. What is listed before it belongs to the way there"))
		st.Undo = append(st.Undo, manual("Take the line out again"))
		st.Notes = append(st.Notes,
			"an App's connection cannot be put back to the old connector: Apps on "+schema.ConnectorSince+" or later stay on it, and keep their data in one server's memory",
			"the suite stays at its release; an older one comes back from a backup only")
	}
	b.take(st, effects{makes: []literal{b.decided}})
}

func (b *builder) stepBackupBack(t track) {
	st := b.step(schema.StepBackup, KindBackup, "Back up the configuration files", t)
	if st == nil {
		return
	}
	st.Source, st.Window = pageLegacy, WindowBefore
	if open(st) {
		b.backupProducts(st)
		st.Verify = append(st.Verify, manual("Each file named above is there, each product in a folder of its own"))
		st.Undo = append(st.Undo, manual("Nothing to undo: delete the backup when nobody needs it any more"))
		if len(st.Do) == 0 {
			st.Do = append(st.Do, manual("Save the settings of every product, wherever its hosting keeps them"))
		}
	}
	b.take(st, effects{before: []literal{b.decided}, makes: []literal{b.backedUp}})
}

// stepScaleIn goes back to one instance of each product.
func (b *builder) stepScaleIn(t track) {
	st := b.step(schema.StepScaleIn, KindScale, "Go back to one instance of each product", t)
	if st == nil {
		return
	}
	st.Source, st.Window = pageScale, WindowSettings
	makes := []literal{b.single}
	for _, p := range b.s.three {
		for _, n := range p.nodes {
			if !b.stays(n) {
				makes = append(makes, b.runs[n.index].opposite())
			}
		}
	}
	if open(st) {
		b.fillScaleIn(st)
	}
	b.take(st, effects{before: []literal{b.decided}, makes: makes})
}

func (b *builder) fillScaleIn(st *Step) {
	h := b.s.hosting
	var touched []schema.Product
	for _, p := range b.s.three {
		if p.Instances == 1 {
			continue
		}
		touched = append(touched, p.ID)
		if p.Instances == 0 {
			st.Do = append(st.Do, manual("How many instances of "+p.ID.Title()+" run is not known: see that only one does"))
		}
		switch h.carrier(p.ID) {
		case onWebApp, onCompose, onPod:
			if h.azure() && h != hostedTerraform {
				st.Do = append(st.Do, manual("Switch automatic scaling of the App Service plan of "+p.ID.Title()+" off"))
			}
			st.Do = append(st.Do, h.scaleTo(p.ID, 1)...)
			if p.Instances > 1 {
				st.Undo = append(st.Undo, h.scaleTo(p.ID, p.Instances)...)
			}
		default:
			keep := "one server"
			if p.named {
				keep = words(p.nodes[0].name)
			}
			st.Do = append(st.Do, manual("Take every server of "+p.ID.Title()+" but "+keep+" out of the load balancer, let its users go, then stop the product there:"), stopOnWindows(p.ID))
		}
	}
	st.Verify = append(st.Verify, redisCLI("PUBSUB NUMSUB '<CHANNEL>'", "one subscriber of each product"),
		manual("Write instances: 1 into xmpro.yaml; where it names nodes, take the stopped ones out once Auto Scale is off on them too"))
	st.Undo = append([]Action{manual("As long as Auto Scale is on in all products: start the stopped instances again and put them back into the load balancer")}, st.Undo...)
	if h.azure() {
		st.Notes = append(st.Notes, notePlan)
	}
	b.noteRedisCLI(st)
	if slices.Contains(touched, schema.AppDesigner) {
		b.losesMemory(st)
	}
	st.Restarts = true
	st.interrupts("users of the instances that stop lose their connection and continue on the one that stays", touched...)
}

// losesRedis says what the way back loses: nothing reads what lies in Redis
// any more.
func (b *builder) losesRedis(st *Step) {
	if n := b.s.product(schema.AppDesigner).nodes[0]; n.auto.State == deployment.StateOff {
		return
	}
	text := "what Apps on connector " + schema.ConnectorSince + " or later keep in Redis: it is not moved, their data fills again only as streams send"
	if st.DataLoss != "" {
		text = st.DataLoss + "; and " + text
	}
	st.DataLoss = text
}
