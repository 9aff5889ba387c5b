package planner

import (
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// configureProduct makes the steps that set Auto Scale in a product, node by
// node, and check it. A node whose file is in plain text already comes first,
// then those with an encrypted one: a node that is stopped has to run again
// before the next is stopped.
func (b *builder) configureProduct(id schema.Product) {
	p := b.s.product(id)
	if p == nil {
		return
	}
	for _, n := range turns(p.nodes) {
		if n.hasSeal() {
			b.stepDecrypt(n)
		}
		b.stepConfigure(n)
		if n.hasSeal() {
			b.stepEncrypt(n)
		}
		b.stepVerifyProduct(n)
	}
}

// turns are the nodes in the order in which they are configured. Those that
// are settled keep their places.
func turns(nodes []*nodeSite) []*nodeSite {
	if len(nodes) < 2 {
		return nodes
	}
	rank := func(n *nodeSite) int {
		switch {
		case n.unsealed:
			return 0
		case len(n.sealed) > 0:
			return 1
		}
		return 2
	}
	var places []int
	var left []*nodeSite
	for i, n := range nodes {
		if !n.settled || n.unsealed {
			places, left = append(places, i), append(left, n)
		}
	}
	slices.SortStableFunc(left, func(a, b *nodeSite) int { return rank(a) - rank(b) })
	order := slices.Clone(nodes)
	for i, place := range places {
		order[place] = left[i]
	}
	return order
}

// ready is what holds before a node's settings are touched.
func (b *builder) ready(n *nodeSite) []literal {
	if b.s.off {
		return []literal{b.decided, b.backedUp, b.single}
	}
	return join([]literal{b.backedUp, b.suite, b.intact, b.reachable}, b.othersRun(n))
}

// othersRun are the nodes of a node's product that run while it is touched: all
// others, but not those that the manifest says stand still already, as this one
// does. They would wait for each other.
func (b *builder) othersRun(n *nodeSite) []literal {
	var all []literal
	for _, o := range n.of.nodes {
		if o != n && !(n.unsealed && o.unsealed) {
			all = append(all, b.runs[o.index])
		}
	}
	return all
}

// wanted is the state of a node that the goal wants.
func (b *builder) wanted(n *nodeSite) literal {
	if b.s.off {
		return b.on[n.index].opposite()
	}
	return b.on[n.index]
}

// stepDecrypt stops Subscription Manager on a node and opens its file. Each
// save of a web.config restarts the application, and on a live site the plain
// text would be served from: the pool is stopped first.
func (b *builder) stepDecrypt(n *nodeSite) {
	t := track{in: true, done: len(n.sealed) == 0 || n.settled}
	switch {
	case len(n.sealed) == 0:
		t.evidence = []string{n.plainPlace() + "the section is in plain text"}
	case t.done:
		t.evidence = n.evidence
	}
	st := b.step(n.id(schema.StepDecrypt), KindDecrypt, "Stop "+n.title()+" and decrypt its web.config", t)
	st.Product, st.Nodes, st.Source, st.Window = n.of.ID, n.names(), pageProtected, WindowSettings
	if open(st) {
		b.fillDecrypt(st, n)
	}
	e := effects{before: b.ready(n), makes: []literal{b.sealed[n.index].opposite()}}
	if b.stays(n) {
		e.makes = append(e.makes, b.runs[n.index].opposite())
	}
	b.take(st, e)
}

func (b *builder) fillDecrypt(st *Step, n *nodeSite) {
	aside := b.aside(n, "encrypted")
	st.Do = append(st.Do, b.oneByOne(n)...)
	st.Do = append(st.Do, copyAside(n.of.ID, "web.config", aside))
	if b.stays(n) {
		st.Do = append(st.Do, stopOnWindows(n.of.ID))
		st.Restarts = true
		st.interrupts(b.stopEffect(n), n.of.ID)
	}
	for _, section := range n.sealed {
		st.Do = append(st.Do, decryptSection(section.name))
	}
	st.Verify = append(st.Verify, checkOpened(n.sealed))
	st.Undo = append(st.Undo, copyBack(n.of.ID, "web.config", aside))
	if b.stays(n) {
		st.Undo = append(st.Undo, startOnWindows(n.of.ID))
	}
	st.Notes = append(st.Notes,
		"take the three steps decrypt, configure and encrypt in one go: until the last one the secrets of the section lie in plain text on the disk",
		noteAssembly)
	if n.opened {
		st.Notes = append(st.Notes, "with the key "+b.migrate("--key '<KEY_FILE>' --write")+" changes the encrypted section in place: decrypt, configure and encrypt are one then, and no plain text lies on the disk. Stop the pool before and start it afterwards")
	}
	for _, section := range n.sealed {
		if section.machine && n.of.scaled() {
			st.Notes = append(st.Notes, "only this server can open the section "+section.name+": on each node decrypt and encrypt on the node itself, no key has to travel")
		}
	}
}

// noteAssembly helps where aspnet_regiis cannot load the section's type.
const noteAssembly = "a message Could not load file or assembly 'XMIdentity...': copy that assembly from the product's bin beside aspnet_regiis for the moment, and remove it afterwards"

// stopEffect says who notices that a node of Subscription Manager stops.
func (b *builder) stopEffect(n *nodeSite) string {
	if b.nodesAlone(n) && !b.s.off {
		return "users of this node have to sign in again, the other nodes carry on"
	}
	return "nobody can sign in until it is encrypted and started again"
}

// stepConfigure sets Auto Scale on a node.
func (b *builder) stepConfigure(n *nodeSite) {
	verb := "Switch Auto Scale on in "
	switch {
	case b.s.off:
		verb = "Switch Auto Scale off in "
	case n.auto.On() && !n.settled:
		verb = "Correct the Auto Scale settings of "
	}
	st := b.step(n.id(schema.StepConfigure), KindConfigure, verb+n.title(), track{in: true, done: n.settled, evidence: n.evidence})
	st.Product, st.Nodes, st.Source, st.Window = n.of.ID, n.names(), pageAutoScale, WindowSettings
	if open(st) {
		b.fillConfigure(st, n)
	}
	e := effects{before: b.ready(n), makes: []literal{b.wanted(n)}}
	if n.hasSeal() {
		e.before = append(e.before, b.sealed[n.index].opposite())
	}
	b.take(st, e)
}

func (b *builder) fillConfigure(st *Step, n *nodeSite) {
	b.waitsForFiles(st, n)
	b.noteUnknown(st, n)
	setter := b.s.hosting.setter(n)
	inFile := setter == setFile
	if b.opts.Edits != nil && n.auto.State != deployment.StateUnknown {
		st.Edits = append(st.Edits, b.opts.Edits(n.of.ID, n.Name)...)
	}
	set := b.s.setAutoScale(n, !b.s.off)
	if !inFile && n.auto.State != deployment.StateUnknown && n.file() != nil {
		set = append([]Action{manual(inFileToo(n, !b.s.off))}, set...)
	}
	if len(st.Edits) > 0 {
		set[0].Manual = b.byMigrate(n) + set[0].Manual
	}
	set = append(b.byHand(n), set...)
	if inFile && !n.hasSeal() {
		set = append(set, toServer(n))
	}
	switch {
	case n.hasSeal():
		st.Do = append(st.Do, set...)
		st.Do = append(st.Do, manual("Do so on the server, in the file of '"+slot(n.of.ID, "FOLDER")+"' that was just decrypted, and save it. Subscription Manager stays stopped until the section is encrypted"))
		if b.stays(n) {
			st.interrupts(b.stopEffect(n), n.of.ID)
		}
	case n.of.ID == schema.SubscriptionManager && inFile:
		st.Do = append(st.Do, b.oneByOne(n)...)
		st.Do = append(st.Do, copyAside(n.of.ID, "web.config", b.aside(n, "plain")))
		st.Do = append(st.Do, b.around(n, set, stopOnWindows(n.of.ID), startOnWindows(n.of.ID))...)
		b.restartsProduct(st, n)
	default:
		st.Do = append(st.Do, b.oneByOne(n)...)
		st.Do = append(st.Do, b.around(n, set, b.restartAfter(n, setter)...)...)
		b.restartsProduct(st, n)
	}
	if n.of.ID == schema.AppDesigner && b.stays(n) {
		b.losesMemory(st)
		if b.s.off {
			b.losesRedis(st)
		}
	}
	if n.of.ID == schema.SubscriptionManager && b.s.hosting.azure() {
		st.Notes = append(st.Notes, "where Subscription Manager runs from a package (WEBSITE_RUN_FROM_PACKAGE) its web.config cannot be edited: only the secrets count")
	}
	if setter == setTerraform && !b.s.off && !b.p.upgrade.todo() && b.s.suite.oldest.AtLeast(schema.TerraformConnectionSince) != schema.Satisfied {
		st.Notes = append(st.Notes, "the Terraform modules set Auto Scale in App Designer and Data Stream Designer from "+schema.TerraformAutoScaleSince+" on, and Subscription Manager's connection string from "+schema.TerraformConnectionSince+" on only: take modules of "+schema.TerraformConnectionSince+" or later first (XMPro's Terraform modules)")
	}
	if b.s.hosting.carrier(n.of.ID) == onPod {
		st.Notes = append(st.Notes, noteTag)
	}
	b.verifySetting(st, n)
	b.undoSetting(st, n)
}

// toServer brings a changed file to where the product reads it: a tree is often
// a copy, and a product that is restarted on its old file looks well.
func toServer(n *nodeSite) Action {
	return manual("Where this tree is a copy, put each changed file into '" + slot(n.of.ID, "FOLDER") + "' on the server")
}

// byHand is what somebody has to mend in a node's files beside the settings:
// what .NET refuses there (XM4006) no edit of a setting takes away.
func (b *builder) byHand(n *nodeSite) []Action {
	if b.s.off {
		return nil
	}
	var all []Action
	for _, i := range b.s.findings[schema.NodeStep(schema.StepConfigure, n.of.ID, "")] {
		f := &b.s.all[i]
		if f.Rule != nil && f.Rule.ID == "XM4006" && severity(f) == lint.Error && (f.Node == "" || f.Node == n.Name) {
			all = append(all, manual("At "+words(f.Path)+":"+itoa(f.Start.Line)+", "+words(f.Message)+": "+words(f.Do)))
		}
	}
	return all
}

// waitsForFiles blocks the step of a node whose settings nobody has seen: its
// file cannot be read, or the manifest names a folder that holds none. What is
// wrong with them is why the step waits.
func (b *builder) waitsForFiles(st *Step, n *nodeSite) {
	if n.auto.State != deployment.StateUnknown {
		return
	}
	switch n.auto.Reason {
	case deployment.ReasonUnreadable:
		for _, path := range n.broken {
			st.blocks("a readable " + words(path) + ": mend it first")
		}
		b.errors(st, func(f *lint.Finding) bool { return slices.Contains(n.broken, f.Path) })
	case deployment.ReasonNotSeen:
		named := b.s.manifestPath(n)
		if !named.IsSet() {
			return
		}
		at := place(named.Place)
		st.blocks("a configuration file of " + n.title() + " in " + words(named.Text) + ", the folder that " + at + " names: correct the path, or leave it out where the files are not in this tree")
		b.errors(st, func(f *lint.Finding) bool { return words(f.Path)+":"+itoa(f.Start.Line) == at })
	}
}

// around puts the commands that stop and start a product around the change of
// its file. A single action is a restart, which comes after it. A node that is
// taken out of service on the way back is not started any more.
func (b *builder) around(n *nodeSite, set []Action, control ...Action) []Action {
	if !b.stays(n) {
		return set
	}
	if len(control) == 2 && n.of.ID == schema.SubscriptionManager {
		return append(append([]Action{control[0]}, set...), control[1])
	}
	return append(slices.Clone(set), control...)
}

// restartAfter restarts a product where setting it has not done so.
func (b *builder) restartAfter(n *nodeSite, how setter) []Action {
	switch how {
	case setHelm, setContainer:
		return nil
	case setTerraform: // of Subscription Manager it changes secrets, which are read at the start only
		if n.of.ID != schema.SubscriptionManager {
			return nil
		}
	}
	return b.s.hosting.restart(n.of.ID)
}
