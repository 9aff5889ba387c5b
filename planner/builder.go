package planner

import (
	"github.com/xmlint/xmlint/schema"
)

// builder makes the steps of one plan, in the order of the vendor's page, and
// their actions in the model.
type builder struct {
	s    *site
	p    *progress
	m    *model
	plan *Plan
	opts Options
	asks string     // the first step that asks Redis
	way  schema.Way // what the releases on the way demand, where the suite is upgraded

	// Facts of the deployment.
	decided, captured, backedUp, suite, installed, intact, redis, reachable,
	backplane, connector, keys, sticky, scaledOut, single literal
	// Facts of each node; those of Auto Scale only for the three.
	on, sealed, runs, checked []literal
}

// effects is what a step needs and does in the model.
type effects struct{ before, makes, may []literal }

// step begins a step, nil where the plan does not have it.
func (b *builder) step(id string, kind Kind, title string, t track) *Step {
	if !t.in {
		return nil
	}
	status := StepTodo
	if t.done {
		status = StepDone
	}
	return &Step{
		Number: len(b.plan.Steps) + 1, ID: id, Kind: kind, Title: title, Status: status, Evidence: t.evidence,
		Nodes: []string{}, Requires: []string{}, Because: []Because{},
		Do: []Action{}, Verify: []Action{}, Undo: []Action{}, Edits: []Edit{},
		Downtime: Downtime{Products: []schema.Product{}},
	}
}

// take puts a step into the plan and, where it is left, into the model.
func (b *builder) take(st *Step, e effects) {
	b.plan.Steps = append(b.plan.Steps, st)
	if st.Status != StepDone {
		b.m.act(action{step: st, before: e.before, makes: e.makes, may: e.may})
	}
}

// open reports whether a step is there and left.
func open(st *Step) bool { return st != nil && st.Status != StepDone }

// blocks makes a step wait for facts or decisions.
func (st *Step) blocks(waitsFor ...string) {
	st.Status = StepBlocked
	st.WaitsFor = append(st.WaitsFor, waitsFor...)
}

// interrupts says who cannot work during a step.
func (st *Step) interrupts(effect string, products ...schema.Product) {
	st.Downtime = Downtime{Products: products, Effect: effect}
}

// facts makes the model's facts for the way there.
func (b *builder) facts() {
	p, m := b.p, b.m
	b.captured = m.add(fact{kind: factCaptured}, !p.capture.todo())
	b.backedUp = m.add(fact{kind: factBackup}, !p.backup.todo())
	b.suite = m.add(fact{kind: factSuite}, b.s.suite.auto == schema.Satisfied || !p.upgrade.todo())
	b.installed = m.add(fact{kind: factInstalled}, !p.upgrade.todo())
	b.intact = m.add(fact{kind: factIntact}, p.upgrade.todo() || !p.verifyUpgrade.todo())
	b.redis = m.add(fact{kind: factRedis}, !p.provision.todo())
	b.reachable = m.add(fact{kind: factReachable}, !p.verifyRedis.todo())
	b.connector = m.add(fact{kind: factConnector}, !p.connector.todo())
	b.backplane = m.add(fact{kind: factBackplane}, !p.backplane.todo())
	b.keys = m.add(fact{kind: factKeys}, !p.keys.todo())
	b.sticky = m.add(fact{kind: factSticky}, !p.sticky.todo())
	b.scaledOut = m.add(fact{kind: factScaled}, !p.scaleOut.todo())
	stopped := p.backup.in && p.backup.done && p.upgrade.todo()
	b.nodeFacts(func(n *nodeSite) bool { return !stopped && !n.unsealed }, func(n *nodeSite) bool { return !p.verify[n.index].todo() })
}

// nodeFacts makes the facts of each node.
func (b *builder) nodeFacts(runs, checked func(*nodeSite) bool) {
	for _, n := range b.s.nodes {
		of := fact{product: n.of.ID}
		if n.of.named {
			of.node = n.name
		}
		with := func(k factKind) fact { of.kind = k; return of }
		b.runs = append(b.runs, b.m.add(with(factRuns), runs(n)))
		b.sealed = append(b.sealed, b.m.add(with(factSealed), len(n.sealed) > 0))
		on := n.settled
		if b.s.off {
			on = !n.settled
		}
		b.on = append(b.on, b.m.add(with(factOn), on))
		b.checked = append(b.checked, b.m.add(with(factChecked), checked(n)))
	}
}

// goalThere is what holds when the way there has been gone.
func (b *builder) goalThere() []literal {
	goal := []literal{b.suite, b.installed, b.intact, b.reachable, b.connector, b.backplane, b.keys, b.sticky, b.scaledOut}
	for _, n := range b.s.nodes {
		goal = append(goal, b.runs[n.index])
		if n.of.ID.UsesRedis() {
			goal = append(goal, b.on[n.index], b.checked[n.index])
		}
		if n.hasSeal() {
			goal = append(goal, b.sealed[n.index])
		}
	}
	return goal
}

// nodesOf collects one fact of all nodes of products.
func (b *builder) nodesOf(facts []literal, products ...*productSite) []literal {
	var all []literal
	for _, p := range products {
		if p == nil {
			continue
		}
		for _, n := range p.nodes {
			all = append(all, facts[n.index])
		}
	}
	return all
}

// opposites turns facts into their opposites.
func opposites(list []literal) []literal {
	out := make([]literal, len(list))
	for i, l := range list {
		out[i] = l.opposite()
	}
	return out
}

// join puts lists of literals together.
func join(lists ...[]literal) []literal {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	all := make([]literal, 0, n)
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// Where the steps come from.
const (
	pageAutoScale = "XMPro documentation, Configure Auto Scale (Optional): https://documentation.xmpro.com/installation/3.-complete-installation/configure-auto-scale-optional"
	pageRedis     = "XMPro documentation, Redis cache implementation: https://documentation.xmpro.com/4.5/src/technical-reference/redis-cache-implementation.html"
	pageConnector = "XMPro documentation, Manage Connectors: https://documentation.xmpro.com/how-tos/connectors/manage-connectors"
	pageHealth    = "XMPro documentation, Configure Health Checks (Optional): https://documentation.xmpro.com/installation/3.-complete-installation/configure-health-checks-optional"
	pageUpgrade   = "XMPro documentation, Upgrade: https://documentation.xmpro.com/installation/install/upgrade"
	pageLegacy    = "XMPro documentation, upgrade from legacy; inferred from XMPro's installers, ARM templates and Terraform modules, which write salts and Auto Scale settings anew"
	pageProtected = "Microsoft, Importing and exporting protected configuration RSA key containers: https://learn.microsoft.com/previous-versions/aspnet/yxw286t2(v=vs.100)"
	pageScale     = "Microsoft, ASP.NET Core SignalR hosting and scaling: https://learn.microsoft.com/aspnet/core/signalr/scale"
	pageKeys      = "Microsoft, Configure ASP.NET Core Data Protection: https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/overview"
	pageSQLBackup = "Microsoft, Copy-only backups: https://learn.microsoft.com/sql/relational-databases/backup-restore/copy-only-backups-sql-server"
)
