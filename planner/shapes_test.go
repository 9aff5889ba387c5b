package planner

import (
	"strings"
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

// TestShapes plans deployments of many shapes. A line is a step: x done,
// - to do, ~ optional, ! blocked; after < come the steps that it requires.
func TestShapes(t *testing.T) {
	two := func(state deployment.State) []node {
		return []node{{name: "n1", state: state}, {name: "n2", state: state}}
	}
	for _, c := range []struct {
		name string
		made *made
		opts Options
		want string
	}{
		{"fresh 4.2.3 on IIS", build("4.2.3").hosting("iis").three(off).connectors("1.07").
			app("Pump Health", "1.07", "true").app("Shift Log", "1.07", "false").app("Tanks", "1.07", ""), Options{}, `
ready
- capture
- backup
- upgrade-xmpro < capture backup
- verify/upgrade < upgrade-xmpro
- provision-redis
- verify/redis < provision-redis
- configure/app-designer < verify/upgrade verify/redis
- verify/app-designer < configure/app-designer
- upgrade-connector < verify/upgrade
~ upgrade-app/pump-health < verify/app-designer upgrade-connector
~ decide/tanks
- configure/data-stream-designer < verify/upgrade verify/redis
- verify/data-stream-designer < configure/data-stream-designer
- configure/subscription-manager < verify/upgrade verify/redis
- verify/subscription-manager < configure/subscription-manager
- verify/backplane < verify/app-designer verify/data-stream-designer verify/subscription-manager
`},
		{"ready 4.3.1, one section encrypted", build("4.3.1").hosting("iis").product(ad, 1, 0, node{state: absent}).product(sm, 1, 0, node{sealed: true}).connectors("2.0"), Options{}, `
ready
- backup
- provision-redis
- verify/redis < provision-redis
- configure/app-designer < backup verify/redis
- verify/app-designer < configure/app-designer
x upgrade-connector
- decrypt/subscription-manager < backup verify/redis
- configure/subscription-manager < decrypt/subscription-manager
- encrypt/subscription-manager < configure/subscription-manager
- verify/subscription-manager < encrypt/subscription-manager
- verify/backplane < verify/app-designer verify/subscription-manager
`},
		{"encrypted nodes, one after the other", build("4.6.1").product(sm, 2, 0, node{name: "n1", sealed: true}, node{name: "n2", sealed: true}).sticky(true), Options{}, `
ready
- backup
- provision-redis
- verify/redis < provision-redis
- decrypt/subscription-manager@n1 < backup verify/redis
- configure/subscription-manager@n1 < decrypt/subscription-manager@n1
- encrypt/subscription-manager@n1 < configure/subscription-manager@n1
- verify/subscription-manager@n1 < encrypt/subscription-manager@n1
- decrypt/subscription-manager@n2 < encrypt/subscription-manager@n1
- configure/subscription-manager@n2 < decrypt/subscription-manager@n2
- encrypt/subscription-manager@n2 < configure/subscription-manager@n2
- verify/subscription-manager@n2 < encrypt/subscription-manager@n2
- share-keys < encrypt/subscription-manager@n2
- verify/backplane < verify/subscription-manager@n1 verify/subscription-manager@n2
x sticky-sessions
`},
		{"finished", build("4.6.1").three(on).connectors("1.07", "2.01").app("Pump Health", "2.01", "true"), Options{}, `
done
x configure/app-designer
x upgrade-connector
x upgrade-app/pump-health
x configure/data-stream-designer
x configure/subscription-manager
`},
		{"finished, connectors not known", build("4.6.1").three(on), Options{}, `
done
x configure/app-designer
x configure/data-stream-designer
x configure/subscription-manager
`},
		{"finished, but for an App", build("4.6.1").three(on).connectors("1.07").app("Pump Health", "1.07", "true"), Options{}, `
ready
x configure/app-designer
- upgrade-connector
~ upgrade-app/pump-health < upgrade-connector
x configure/data-stream-designer
x configure/subscription-manager
`},
		{"finished and asked for a newer release", build("4.3.1").three(on).connectors("2.0"), Options{To: "4.4.19"}, `
ready
- capture
- backup
- upgrade-xmpro < capture backup
- verify/upgrade < upgrade-xmpro
x provision-redis
- verify/redis
x configure/app-designer
- verify/app-designer < verify/upgrade verify/redis
x upgrade-connector
x configure/data-stream-designer
- verify/data-stream-designer < verify/upgrade verify/redis
x configure/subscription-manager
- verify/subscription-manager < verify/upgrade verify/redis
- verify/backplane < verify/app-designer verify/data-stream-designer verify/subscription-manager
`},
		{"scale out", build("4.6.1").product(ad, 1, 3, node{state: on}).connectors("2.0"), Options{}, `
ready
- backup
x provision-redis
- verify/redis
x configure/app-designer
- verify/app-designer < verify/redis
x upgrade-connector
- share-keys < backup
- verify/backplane < verify/app-designer
- sticky-sessions
- scale-out < share-keys verify/backplane sticky-sessions
`},
		{"scaled out, sticky sessions off", build("4.6.1").product(ad, 2, 0, node{state: on}).connectors("2.0").sticky(false), Options{}, `
ready
x configure/app-designer
x upgrade-connector
- sticky-sessions
`},
		{"version not known", build("latest").product(ad, 1, 0, node{state: off}).connectors("2.0"), Options{}, `
blocked
- capture
- backup
! upgrade-xmpro < capture backup
- verify/upgrade < upgrade-xmpro
- provision-redis
- verify/redis < provision-redis
- configure/app-designer < verify/upgrade verify/redis
- verify/app-designer < configure/app-designer
x upgrade-connector
- verify/backplane < verify/app-designer
`},
		{"a file that cannot be read", build("4.6.1").product(ad, 1, 0, node{broken: true}).product(ds, 1, 0, node{state: on}).connectors("2.0"), Options{}, `
blocked
- backup
x provision-redis
- verify/redis
! configure/app-designer < backup verify/redis
- verify/app-designer < configure/app-designer
x upgrade-connector
x configure/data-stream-designer
- verify/data-stream-designer < verify/redis
- verify/backplane < verify/app-designer verify/data-stream-designer
`},
		{"an App without App Designer", build("4.6.1").product(ds, 1, 0, node{state: on}).connectors("2.0").app("Pump Health", "1.07", "true"), Options{}, `
blocked
x upgrade-connector
! upgrade-app/pump-health
x configure/data-stream-designer
`},
		{"nothing of the three", build("4.2.3").product(schema.StreamHost, 1, 0, node{}), Options{}, "\ndone\n"},
		{"on without a string", build("4.6.1").product(ad, 1, 0, node{state: on, conn: "-"}).connectors("2.0"), Options{}, `
ready
- backup
- provision-redis
- verify/redis < provision-redis
- configure/app-designer < backup verify/redis
- verify/app-designer < configure/app-designer
x upgrade-connector
- verify/backplane < verify/app-designer
`},
		{"the way back", build("4.6.1").product(ad, 0, 0, two(on)...).product(ds, 1, 0, node{state: off}).product(sm, 1, 0, node{sealed: true}), Options{Off: true}, `
ready
- decide/way-back
- backup < decide/way-back
- scale-in < decide/way-back
- configure/app-designer@n1 < backup scale-in
- verify/app-designer@n1 < configure/app-designer@n1
- configure/app-designer@n2 < backup scale-in
x configure/data-stream-designer
- verify/data-stream-designer < scale-in
- decrypt/subscription-manager < backup scale-in
- configure/subscription-manager < decrypt/subscription-manager
- encrypt/subscription-manager < configure/subscription-manager
- verify/subscription-manager < encrypt/subscription-manager
`},
		{"the way back, gone", build("4.6.1").three(off), Options{Off: true}, `
done
x configure/app-designer
x configure/data-stream-designer
x configure/subscription-manager
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Build(c.made.d, nil, c.opts)
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(p); got != strings.TrimPrefix(c.want, "\n") {
				t.Errorf("got\n%s", got)
			}
			if (p.State == Done) != (p.Note != "" && p.State != Blocked) {
				t.Errorf("state %s, note %q", p.State, p.Note)
			}
		})
	}
}
