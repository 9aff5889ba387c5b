package planner

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// random makes a small deployment and the world that it describes.
func random(r *rand.Rand) (b *made, opts Options, l *land, w world) {
	pick := func(n int) bool { return r.IntN(n) == 0 }
	version := []string{"4.2.3", "4.3.1", "4.3.6", "4.6.1"}[r.IntN(4)]
	b = build(version).hosting([]string{"iis", "windows-installer", "azure-arm", "compose", "helm", ""}[r.IntN(6)])
	opts.Off = pick(4)
	if !opts.Off && pick(3) {
		opts.To = "4.6.1"
	}
	l = &land{off: opts.Off}
	w.release = version != "4.2.3"
	l.upgrade = !opts.Off && (!w.release || opts.To != "" && version != "4.6.1")
	l.needs.auto = true
	for _, id := range []schema.Product{ad, ds, sm} {
		if pick(4) && (id != sm || len(l.spots) > 0) {
			continue
		}
		randomProduct(r, b, l, &w, id)
	}
	w.single = l.off && !l.several
	if pick(6) {
		b.product(schema.StreamHost, 0, 0, node{})
		l.spots = append(l.spots, spot{product: "stream-host"})
		w.runs |= 1 << (len(l.spots) - 1)
	}
	if !l.upgrade {
		w.fresh = 1<<len(l.spots) - 1
	}
	if pick(2) {
		b.connectors([]string{"1.07", "2.0"}[r.IntN(2)])
	}
	for i := range r.IntN(3) {
		b.app([]string{"Pump Health", "Shift Log"}[i], []string{"1.07", "2.0", ""}[r.IntN(3)], []string{"true", "true", "false", ""}[r.IntN(4)])
	}
	if pick(3) {
		b.sticky(pick(2))
	}
	randomDone(r, b, l, &w)
	return b, opts, l, w
}

func randomProduct(r *rand.Rand, b *made, l *land, w *world, id schema.Product) {
	state := func() deployment.State { return []deployment.State{off, off, on}[r.IntN(3)] }
	var nodes []node
	instances, target := r.IntN(3), 0
	if r.IntN(3) == 0 {
		target = 2 + r.IntN(2)
	}
	switch r.IntN(3) {
	case 0:
		nodes = []node{{name: "n1", state: state()}, {name: "n2", state: state()}}
		instances = 2
	default:
		nodes = []node{{state: state()}}
	}
	for i := range nodes {
		n := &nodes[i]
		if id == sm && r.IntN(2) == 0 {
			n.sealed, n.opened = true, r.IntN(2) == 0
			if !n.opened {
				n.state = off // what the judge takes it for; the planner cannot see it
				if l.off {
					n.state = on
				}
			}
		}
		bit := uint16(1) << len(l.spots)
		l.spots = append(l.spots, spot{product: string(id), name: n.name, seal: n.sealed, closed: n.sealed, asked: n.state == on})
		if n.state == on {
			w.on |= bit
		}
		if n.sealed {
			w.sealed |= bit
		}
		w.runs |= bit
		l.several = l.several || l.off && n.state == on && instances != 1
	}
	b.product(id, instances, target, nodes...)
}

// randomDone lists some steps as done, as an honest administrator would who
// works through the plan, and makes the world so.
func randomDone(r *rand.Rand, b *made, l *land, w *world) {
	if l.off || r.IntN(2) == 0 {
		return
	}
	list := func(id string, effect func()) {
		if r.IntN(2) == 0 {
			b.done(id)
			effect()
		}
	}
	if l.upgrade {
		list("capture", func() { w.captured = true })
	}
	list("backup", func() { w.saved = true })
	if w.saved && l.upgrade {
		w.runs = 0
	}
	if !l.upgrade && r.IntN(3) == 0 { // upgraded, not compared yet
		b.done("upgrade-xmpro")
		list("capture", func() { w.captured = true })
	}
	randomSealDone(r, b, l, w)
	list("provision-redis", func() { w.redis = true })
	if w.redis {
		list("verify/redis", func() { w.answered = true })
	}
}

// randomSealDone lists steps of Subscription Manager as done: one node that
// was stopped and decrypted, or encrypted ones that were configured.
func randomSealDone(r *rand.Rand, b *made, l *land, w *world) {
	p := b.d.Product(sm)
	if p == nil {
		return
	}
	for _, n := range p.Nodes {
		suffix := ""
		if n.Name != "" {
			suffix = "@" + n.Name
		}
		i, _ := l.target("configure/" + string(sm) + suffix)
		bit := uint16(1) << i
		switch sealed := l.spots[i].seal; {
		case r.IntN(2) == 0:
		case !sealed:
			b.done("decrypt/" + string(sm) + suffix)
			l.spots[i].seal = true
			w.runs &^= bit
			return
		case n.Web.Protected.Opened == nil:
			b.done("configure/" + string(sm) + suffix)
			l.spots[i].asked = true
			w.on |= bit
		}
	}
}

// complete takes from a plan what is not the judge's to say: which checks are wanted at all is the plan's to say, not the judge's.
func (l *land) complete(p *Plan, w *world) {
	l.steps = nil
	for _, s := range p.Steps {
		if s.Status == StepDone {
			switch s.ID {
			case "provision-redis":
				w.redis = true
			case "upgrade-connector":
				w.connector = true
			case "sticky-sessions":
				w.sticky = true
			}
			continue
		}
		l.steps = append(l.steps, s)
		switch s.ID {
		case "backup":
			l.stops = l.upgrade
		case "verify/upgrade":
			l.compare = true
		case "verify/backplane":
			l.prepared = true
		case "upgrade-connector":
			l.needs.connector = true
		case "share-keys":
			l.needs.keys = true
		case "sticky-sessions":
			l.needs.sticky = true
		case "scale-out":
			l.needs.scale = true
		case wayBack:
			l.prepared = true
		}
	}
}

func deployments(t testing.TB) int {
	if testing.Short() {
		return 1500
	}
	return 12000
}

func TestEveryOrderOfRandomPlansIsSafe(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	states, left := 0, 0
	for i := range deployments(t) {
		b, opts, l, w := random(r)
		p, err := Build(b.d, nil, opts)
		if err != nil {
			t.Fatalf("deployment %d: %v", i, err)
		}
		l.complete(p, &w)
		if len(l.steps) > 0 {
			left++
		}
		fault, n := l.walk(w, l.steps)
		states += n
		if fault != "" {
			t.Fatalf("deployment %d, %+v: %s\n%s", i, opts, fault, outline(p))
		}
	}
	t.Logf("%d plans with steps, %d states", left, states)
}

// TestEachKindOfPreconditionIsNeeded leaves out one kind of precondition after
// the other: the judge has to find a fault on some deployment.
func TestEachKindOfPreconditionIsNeeded(t *testing.T) {
	for kind := range factKinds {
		if kind == factScaled { // only ever a goal
			continue
		}
		r := rand.New(rand.NewPCG(3, 4))
		found := ""
		for i := 0; i < 4000 && found == ""; i++ {
			b, opts, l, w := random(r)
			opts.without = &kind
			p, err := Build(b.d, nil, opts)
			if err != nil {
				t.Fatal(err)
			}
			l.complete(p, &w)
			found, _ = l.walk(w, l.steps)
		}
		name := fact{kind: kind}.String()
		if found == "" {
			t.Errorf("without %q no plan was found to be unsafe", name)
			continue
		}
		t.Logf("without %q: %s", name, found)
	}
}

func TestUnprovenErrorIsOne(t *testing.T) {
	var err error = &UnprovenError{Deployment: "acme", Step: "backup", Fact: "f", Reason: "r"}
	if !errors.Is(err, ErrUnproven) {
		t.Error("not ErrUnproven")
	}
}
