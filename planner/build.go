package planner

import (
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// Options are what the caller wants of a plan.
type Options struct {
	// To is the release to upgrade the suite to; empty: upgrade only where
	// Auto Scale needs it, then to the newest known release.
	To string
	// Off asks for the way back: from Auto Scale to one server.
	Off bool
	// Edits gives the edits of the step that configures a product on a node
	// (its name is empty where the manifest names none). Nil: the plan says in
	// words what to set. It is asked only where the files will show that the
	// step was taken.
	Edits func(product schema.Product, node string) []Edit
	// Environment is the one that the deployment was read for, where somebody
	// asked for it: calls of xmlint migrate have to ask for it too.
	Environment string
	// Explain adds the invariants that the plan keeps, and why they hold.
	Explain bool
	// Progress adds how far the plan is: what is done, with evidence, what can
	// be taken now, and what stands in the way of the rest.
	Progress bool

	without *factKind // tests: leave out preconditions of a kind, and prove nothing
}

// Build makes the plan of a deployment. The findings give the steps their
// reasons, and reopen steps that look done; they may be nil.
//
// Errors: *ReleaseError where Options.To names no release that the plan can
// lead to; *UnprovenError where the plan could not be proven, which is a fault
// of this package.
func Build(d *deployment.Deployment, findings []lint.Finding, opts Options) (*Plan, error) {
	s := survey(d, findings, opts)
	b := &builder{
		s: s, opts: opts, m: &model{},
		plan: &Plan{Deployment: d.Name, Root: d.Root, Goal: ToAutoScale, State: Done, Steps: []*Step{}, Decisions: []Decision{}, Warnings: []Warning{}},
	}
	if opts.without != nil {
		b.m.mutated, b.m.without = true, *opts.without
	}
	if opts.Off {
		b.plan.Goal = ToSingleServer
		b.p = &progress{verify: make([]track, len(s.nodes)), apps: make([]track, len(s.apps))}
		b.back()
	} else {
		t, err := s.aim(opts.To)
		if err != nil {
			return nil, err
		}
		b.p = s.progress(t)
		b.there()
	}
	return b.finish()
}

// there makes the steps of the way to Auto Scale, in the order of the vendor's
// page.
func (b *builder) there() {
	b.stepUnread()
	if len(b.s.three) == 0 {
		return
	}
	if b.p.upgrade.todo() || b.p.verifyUpgrade.todo() {
		b.way = schema.UpgradeWay(b.s.suite.oldest, b.p.release.Parsed())
	}
	b.facts()
	b.m.goal = b.goalThere()
	b.stepCapture()
	b.stepBackup()
	b.stepUpgrade()
	b.stepVerifyUpgrade()
	b.stepProvision()
	b.stepVerifyRedis()
	b.configureProduct(schema.AppDesigner)
	b.stepConnector()
	b.stepsApps()
	b.configureProduct(schema.DataStreamDesigner)
	b.configureProduct(schema.SubscriptionManager)
	b.stepKeys() // in the same window as the settings; what follows sees its restarts too
	b.stepBackplane()
	b.stepSticky()
	b.stepScaleOut()
}

// finish proves the plan and completes it.
func (b *builder) finish() (*Plan, error) {
	p := b.plan
	b.requires()
	b.because()
	if b.opts.without == nil {
		proof, fault := prove(b.m)
		if fault == nil {
			fault = check(p)
		}
		if fault != nil {
			fault.Deployment = b.s.d.Name
			return nil, fault
		}
		p.proof = proof
	}
	p.State = stateOf(p.Steps)
	b.questions()
	b.notes()
	if b.opts.Explain {
		p.Explained = p.Invariants()
	}
	if b.opts.Progress {
		p.Progress = p.progress()
	}
	return p, nil
}

// stateOf is the state that steps make.
func stateOf(steps []*Step) State {
	state := Done
	for _, s := range steps {
		switch s.Status {
		case StepBlocked:
			return Blocked
		case StepTodo:
			state = Ready
		}
	}
	return state
}

// requires writes the arrows into the steps, without those that follow from
// others.
func (b *builder) requires() {
	actions := b.m.actions
	ancestors := newBitsets(len(actions))
	for i := range actions {
		for _, a := range actions[i].after {
			ancestors[i].union(ancestors[a])
		}
		kept := make([]int, 0, len(actions[i].after))
		for _, a := range actions[i].after {
			if !ancestors[i].has(a) {
				ancestors[i].set(a)
				kept = append(kept, a)
			}
		}
		slices.Sort(kept)
		actions[i].after = kept
		for _, a := range actions[i].after {
			actions[i].step.Requires = append(actions[i].step.Requires, actions[a].step.ID)
		}
	}
}

// check sees that the finished steps are fit to be printed.
func check(p *Plan) *UnprovenError {
	ids := make(map[string]bool, len(p.Steps))
	for _, s := range p.Steps {
		fault := func(fact, reason string) *UnprovenError {
			return &UnprovenError{Step: s.ID, Fact: fact, Reason: reason}
		}
		switch {
		case ids[s.ID]:
			return fault("ids are unique", "two steps have this id")
		case s.Status == StepDone:
		case len(s.Do)+len(s.Verify)+len(s.Edits) == 0:
			return fault("a step says what to do", "it does not")
		case s.Status == StepBlocked && len(s.WaitsFor) == 0:
			return fault("a blocked step says what it waits for", "it does not")
		case s.Kind == KindApp && (s.DataLoss == "" || !p.warns("XM5003", s.ID)):
			return fault("the upgrade of an App says that its data is lost", "it does not")
		}
		ids[s.ID] = true
	}
	return nil
}

// warns reports whether the plan has a warning of a rule at a step.
func (p *Plan) warns(rule, step string) bool {
	for i := range p.Warnings {
		if p.Warnings[i].Step == step && p.Warnings[i].Rule == rule {
			return true
		}
	}
	return false
}

// because gives each step the findings that it mends.
func (b *builder) because() {
	if b.s.off {
		return // findings ask for the way there
	}
	for _, st := range b.plan.Steps {
		b.reasons(st, st.ID, "")
		if base, node, ok := schema.CutNode(st.ID); ok {
			b.reasons(st, base, node)
		}
	}
}

// reasons adds the findings that name a step. A finding about one node that
// names the step of the product goes to the node's own step.
func (b *builder) reasons(st *Step, id, node string) {
	for _, i := range b.s.findings[id] {
		f := &b.s.all[i]
		if node != "" && f.Node != "" && f.Node != node {
			continue
		}
		st.Because = append(st.Because, becauseOf(f))
	}
}

// errors adds the errors that name no step and have to be mended before the
// step can be taken.
func (b *builder) errors(st *Step, about func(*lint.Finding) bool) {
	if b.s.off {
		return
	}
	for i := range b.s.all {
		f := &b.s.all[i]
		if f.Step == "" && severity(f) == lint.Error && (f.Root == "" || f.Root == b.s.d.Root) && about(f) {
			st.Because = append(st.Because, becauseOf(f))
		}
	}
}

// becauseOf is a finding as a step names it.
func becauseOf(f *lint.Finding) Because {
	r := Because{Path: f.Path, Line: f.Start.Line, Fingerprint: f.Fingerprint}
	if f.Rule != nil {
		r.Rule = f.Rule.ID
	}
	return r
}
