package planner

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// carryOut takes a step as an administrator does: where a file or the manifest
// shows it, it is changed there, everything else is listed under done.
func carryOut(t *testing.T, b *made, p *Plan, st *Step) {
	head, rest, _ := strings.Cut(st.ID, "/")
	switch {
	case st.ID == "upgrade-xmpro":
		version := b.scalar(p.Target)
		b.d.Manifest.Version = version
		for _, product := range b.d.Products {
			product.Versions = []deployment.Evidence{{Version: schema.ParseVersion(p.Target), Source: "manifest", Place: version.Place}}
		}
	case st.ID == "sticky-sessions":
		b.sticky(true)
	case st.ID == "upgrade-connector":
		b.connectors("2.0")
	case head == "upgrade-app", head == "decide" && st.App != "":
		for i := range b.d.Manifest.Apps {
			a := &b.d.Manifest.Apps[i]
			if a.Name.Text != st.App {
				continue
			}
			if head == "decide" {
				a.Upgrade = deployment.Flag{Known: true}
			} else {
				a.Connector = b.scalar("2.0")
			}
		}
	case head == "configure" || head == "decrypt" || head == "encrypt":
		product, name, _ := strings.Cut(rest, "@")
		carryOutOn(t, b, p, st, head, schema.Product(product), name)
	default:
		b.done(st.ID)
	}
}

func carryOutOn(t *testing.T, b *made, p *Plan, st *Step, head string, id schema.Product, name string) {
	for _, n := range b.d.Product(id).Nodes {
		if n.Name != name {
			continue
		}
		state := deployment.StateOn
		if p.Goal == ToSingleServer {
			state = deployment.StateOff
		}
		hidden := n.Web != nil && n.Web.Protected != nil && n.Web.Protected.Opened == nil
		switch head {
		case "configure":
			if n.Web != nil && n.Web.Protected != nil {
				t.Errorf("%s edits an encrypted file", st.ID)
			}
			*n = *b.node(id, node{name: name, state: state})
		case "decrypt":
			was := n.Views[0].AutoScale.State
			if hidden {
				was = deployment.StateOff
				if p.Goal == ToSingleServer {
					was = deployment.StateOn
				}
			}
			*n = *b.node(id, node{name: name, state: was})
			b.done(st.ID)
		case "encrypt":
			*n = *b.node(id, node{name: name, state: state, sealed: true})
			b.done(st.ID)
		}
		return
	}
	t.Errorf("%s: no such node", st.ID)
}

// left are the ids of the steps that are not done.
func left(p *Plan) []string {
	var ids []string
	for _, s := range p.Steps {
		if s.Status != StepDone {
			ids = append(ids, s.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// TestCarryingOutAPlanEmptiesIt takes the steps of random plans in a random
// order that respects the arrows, and plans anew after each: the new plan is
// the old one without that step, and the last one is done.
func TestCarryingOutAPlanEmptiesIt(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	taken := 0
	for n := range deployments(t) / 10 {
		b, opts, _, _ := random(r)
		for {
			p, err := Build(b.d, nil, opts)
			if err != nil {
				t.Fatalf("%d: %v", n, err)
			}
			before := left(p)
			var free []*Step
			for _, s := range p.Steps {
				if s.Status != StepDone && len(s.Requires) == 0 {
					free = append(free, s)
				}
			}
			if len(free) == 0 {
				if p.State != Done || len(before) > 0 {
					t.Fatalf("%d: stuck\n%s", n, outline(p))
				}
				break
			}
			st := free[r.IntN(len(free))]
			if st.Status == StepBlocked {
				break // an App without App Designer
			}
			carryOut(t, b, p, st)
			taken++
			after, err := Build(b.d, nil, opts)
			if err != nil {
				t.Fatalf("%d: after %s: %v", n, st.ID, err)
			}
			want := slices.DeleteFunc(before, func(id string) bool { return id == st.ID })
			if got := left(after); !slices.Equal(got, want) {
				t.Fatalf("%d: after %s\n got %q\nwant %q\n%s%s", n, st.ID, got, want, outline(p), outline(after))
			}
		}
	}
	t.Logf("%d steps", taken)
}
