package planner

import (
	"fmt"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// BenchmarkPlanFresh plans an ordinary deployment that has everything before
// it: an upgrade, three products, two Apps.
func BenchmarkPlanFresh(b *testing.B) {
	d := build("4.2.3").hosting("iis").three(off).connectors("1.07").app("Pump Health", "1.07", "true").app("Shift Log", "1.07", "false").d
	bench(b, func() (*Plan, error) { return Build(d, nil, Options{}) })
}

// BenchmarkPlanFinished plans one with nothing left.
func BenchmarkPlanFinished(b *testing.B) {
	d := build("4.6.1").three(on).connectors("2.01").d
	bench(b, func() (*Plan, error) { return Build(d, nil, Options{}) })
}

// BenchmarkPlanLarge plans 200 Apps and 10 nodes: 10 ms is the limit.
func BenchmarkPlanLarge(b *testing.B) {
	d := large().d
	bench(b, func() (*Plan, error) { return Build(d, nil, Options{}) })
}

func large() *made {
	m := build("4.2.3").hosting("iis").connectors("1.07")
	nodes := func(n int, sealed bool) (all []node) {
		for i := range n {
			all = append(all, node{name: fmt.Sprintf("node-%02d", i), state: off, sealed: sealed})
		}
		return all
	}
	m.product(ad, 0, 6, nodes(4, false)...).product(ds, 0, 0, nodes(3, false)...).product(sm, 0, 0, nodes(3, true)...).product(schema.StreamHost, 0, 0, node{})
	for i := range 200 {
		m.app(fmt.Sprintf("App %03d", i), "1.07", "true")
	}
	return m
}

func bench(b *testing.B, plan func() (*Plan, error)) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := plan(); err != nil {
			b.Fatal(err)
		}
	}
}
