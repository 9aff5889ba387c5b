package planner

import (
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

const (
	off    = deployment.StateOff
	on     = deployment.StateOn
	absent = deployment.StateAbsent
	ad     = schema.AppDesigner
	ds     = schema.DataStreamDesigner
	sm     = schema.SubscriptionManager
)

func TestX(t *testing.T) {
	show := func(b *made, o Options) {
		p, err := Build(b.d, nil, o)
		if err != nil {
			t.Error(err)
			return
		}
		t.Log("\n" + outline(p))
	}
	show(build("4.2.3").hosting("iis").three(off).connectors("1.07").app("Pump Health", "1.07", "true").app("Shift Log", "1.07", "false").app("Third", "1.07", ""), Options{})
	show(build("4.3.1").hosting("iis").product(ad, 0, 3, node{name: "a", state: off}, node{name: "b", state: off}).product(sm, 0, 0, node{name: "s1", sealed: true}, node{name: "s2", sealed: true}), Options{})
	show(build("4.6.1").three(on), Options{})
	show(build("4.3.1").three(on).connectors("2.0"), Options{To: "4.6.1"})
	show(build("4.3.1").product(ad, 0, 0, node{name: "a", state: on}, node{name: "b", state: on}).product(sm, 0, 0, node{name: "s1", sealed: true}, node{name: "s2", sealed: true}), Options{Off: true})
}
