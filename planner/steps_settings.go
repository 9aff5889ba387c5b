package planner

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// stepEncrypt closes the section again, with the provider that the file named,
// and starts the node.
func (b *builder) stepEncrypt(n *nodeSite) {
	t := track{in: true, done: n.settled && !n.unsealed, evidence: n.evidence}
	title := "Encrypt the web.config of " + n.title() + " again"
	if b.stays(n) {
		title += " and start it"
	}
	st := b.step(n.id(schema.StepEncrypt), KindEncrypt, title, t)
	st.Product, st.Nodes, st.Source, st.Window = n.of.ID, n.names(), pageProtected, WindowSettings
	if open(st) {
		b.fillEncrypt(st, n)
	}
	e := effects{before: []literal{b.wanted(n), b.sealed[n.index].opposite()}, makes: []literal{b.sealed[n.index]}}
	if b.stays(n) {
		e.makes = append(e.makes, b.runs[n.index])
	}
	b.take(st, e)
}

func (b *builder) fillEncrypt(st *Step, n *nodeSite) {
	sections := n.sealed
	if len(sections) == 0 {
		sections = []sealedSection{{name: "xmpro"}}
		st.Notes = append(st.Notes, "the file does not say any more which provider it was encrypted with: look into the copy of the encrypted file")
	}
	if b.stays(n) {
		st.Undo = append(st.Undo, stopOnWindows(n.of.ID))
	}
	for _, section := range sections {
		st.Do = append(st.Do, encryptSection(section.name, section.provider))
		st.Undo = append(st.Undo, decryptSection(section.name))
	}
	if b.stays(n) {
		st.Do = append(st.Do, manual("See that what was encrypted is so again, and start the product only then:"), checkSealed(sections), startOnWindows(n.of.ID))
		st.Restarts = true
		st.interrupts(b.stopEffect(n), n.of.ID)
		st.Verify = append(st.Verify, manual("A user can sign in"))
	} else {
		st.Verify = append(st.Verify, checkSealed(sections))
	}
	st.Notes = append(st.Notes, "delete every copy in plain text that was made on the way", "where this tree is a copy, copy the encrypted web.config back into it: xmlint reads the tree")
}

// stepVerifyProduct sees that a node works with its new settings.
func (b *builder) stepVerifyProduct(n *nodeSite) {
	if !b.stays(n) {
		return
	}
	st := b.step(n.id(schema.StepVerify), KindVerify, "Check "+n.title(), b.p.verify[n.index])
	if st == nil {
		return
	}
	st.Product, st.Nodes, st.Source, st.Window = n.of.ID, n.names(), pageHealth, WindowSettings
	if open(st) {
		b.fillVerifyProduct(st, n)
	}
	e := effects{before: []literal{b.wanted(n), b.runs[n.index]}, makes: []literal{b.checked[n.index]}}
	if b.s.off {
		e.before = append(e.before, b.decided, b.single)
	} else {
		e.before = append(e.before, b.intact, b.reachable)
	}
	if n.hasSeal() {
		e.before = append(e.before, b.sealed[n.index])
	}
	b.take(st, e)
}

func (b *builder) fillVerifyProduct(st *Step, n *nodeSite) {
	id := n.of.ID
	switch id {
	case schema.SubscriptionManager:
		st.Do = append(st.Do, psPlain("(Invoke-WebRequest -UseBasicParsing -Uri "+psQuote("https://"+slot(id, "HOST")+"/health/ping")+").StatusCode", "200"))
		st.Verify = append(st.Verify, manual("A user can sign in and open App Designer and Data Stream Designer from there"))
	default:
		expect := "status Healthy, and an entry Redis Cache that is Healthy (Data Stream Designer may have none)"
		if b.s.off {
			expect = "status Healthy, without an entry Redis Cache"
		}
		st.Do = append(st.Do, psPlain("Invoke-RestMethod -Uri "+psQuote("https://"+slot(id, "HOST")+"/health")+" | ConvertTo-Json -Depth 5", expect))
		if id == schema.AppDesigner {
			st.Verify = append(st.Verify, manual("An App opens and its data changes as streams send"))
		} else {
			st.Verify = append(st.Verify, manual("A data stream opens, its live view moves, and every Stream Host is online"))
		}
		st.Notes = append(st.Notes, "the health page exists only where "+schema.HealthChecks(id)+" is true")
		if !b.s.off {
			st.Notes = append(st.Notes, "Redis Cache: Healthy says nothing about messages between nodes: see verify/backplane")
		}
	}
	if n.of.named {
		st.Notes = append(st.Notes, "ask the node itself, past the load balancer. Its own name does not fit the certificate: let the host name lead to its address in the hosts file of the machine that asks, and take the line out again")
	} else if n.of.Instances > 1 && !b.s.off {
		st.Do = append([]Action{manual("Ask each of the " + itoa(n.of.Instances) + " instances itself, past the load balancer:")}, st.Do...)
	}
	st.Undo = append(st.Undo, manual("Nothing to undo; if the check fails, undo the step that configures this node"))
}

// oneByOne says how to go about several instances that the manifest does not
// name. Where they share their settings, these are set once.
func (b *builder) oneByOne(n *nodeSite) []Action {
	if n.of.named || n.of.Instances < 2 {
		return nil
	}
	all := itoa(n.of.Instances) + " instances of " + n.of.ID.Title()
	switch b.s.hosting.carrier(n.of.ID) {
	case onWebApp:
		return []Action{manual("The " + all + " share their settings: set them once. A restart of the web app stops all of them at once; Advanced Application Restart in the portal goes one node after the other")}
	case onPod:
		return []Action{manual("The " + all + " share their settings: set them once, the rollout replaces one node after the other")}
	case onCompose:
		return []Action{manual("The " + all + " share the settings of their service: set them once. See that the service says how many (deploy: {replicas: " + itoa(n.of.Instances) + "}): up removes the others. With a compose file on each of several hosts go one node after the other")}
	}
	if n.hasSeal() {
		return []Action{manual("Decrypt, configure and encrypt on one node after the other: each of the " + all + " runs again before the next is touched")}
	}
	return []Action{manual("On each of the " + all + ", one node after the other, each running again before the next is touched:")}
}

// nodesAlone reports whether the nodes of a product restart one after the
// other, so that the others carry on.
func (b *builder) nodesAlone(n *nodeSite) bool {
	if n.of.named {
		return len(n.of.nodes) > 1
	}
	return n.of.Instances > 1 && b.s.hosting.carrier(n.of.ID) == onWindows
}

// restartsProduct says who notices that a node restarts.
func (b *builder) restartsProduct(st *Step, n *nodeSite) {
	if !b.stays(n) {
		return
	}
	st.Restarts = true
	if b.nodesAlone(n) && !b.s.off {
		st.interrupts("users of this node lose their connection for a minute, the other nodes carry on", n.of.ID)
		return
	}
	if b.s.hosting.setter(n) == setTerraform && n.of.ID != schema.SubscriptionManager {
		var both []schema.Product
		for _, id := range []schema.Product{schema.AppDesigner, schema.DataStreamDesigner} {
			if b.s.product(id) != nil {
				both = append(both, id)
			}
		}
		st.interrupts("the first apply restarts App Designer and Data Stream Designer at once: Apps stand still, and nobody can edit or watch data streams for a minute; Stream Hosts reconnect by themselves", both...)
		return
	}
	switch n.of.ID {
	case schema.AppDesigner:
		st.interrupts("Apps stand still for a minute while App Designer restarts", n.of.ID)
	case schema.DataStreamDesigner:
		st.interrupts("nobody can edit or watch data streams for a minute; Stream Hosts reconnect by themselves", n.of.ID)
	case schema.SubscriptionManager:
		st.interrupts("nobody can sign in until it is started again, and open sessions end", n.of.ID)
	}
}

// noteUnknown says what could not be seen of a node's settings.
func (b *builder) noteUnknown(st *Step, n *nodeSite) {
	if n.auto.State == deployment.StateInvalid {
		st.Notes = append(st.Notes, "the value of enabled is no boolean: the product throws when it reads it")
	}
	if n.auto.State != deployment.StateUnknown {
		return
	}
	switch n.auto.Reason {
	case deployment.ReasonKeyVault, deployment.ReasonReference:
		st.Notes = append(st.Notes, "whether Auto Scale is on cannot be seen here ("+n.auto.Reason.String()+"): look first, and list the step as done where nothing has to be set")
	case deployment.ReasonNotSeen:
		st.Notes = append(st.Notes, "its files are not in the tree, so whether Auto Scale is on is not known: look first, and list the step as done where nothing has to be set")
	case deployment.ReasonOverride:
		st.Notes = append(st.Notes, "the setting stands in two places that disagree, and which one wins is not known: remove one")
	case deployment.ReasonElsewhere:
		st.Notes = append(st.Notes, "the section lies outside this file or below a <location>: set it there")
	case deployment.ReasonEncrypted:
		if b.s.off {
			return
		}
		st.Notes = append(st.Notes, "what the encrypted section says is not known: it may be set already")
	}
}

// plainPlace is the place of a section in plain text, for a sentence.
func (n *nodeSite) plainPlace() string {
	if f := n.file(); f != nil {
		return words(f.Path) + " shows: "
	}
	return ""
}
