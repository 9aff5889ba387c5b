package rules

import (
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// spot is one view of one node of one product.
type spot struct {
	product *deployment.Product
	node    *deployment.Node
	view    *deployment.View
}

// spots goes through every view of every node of every product:
//
//	for all := spotsOf(d); all.next(); {
//		s := all.spot
//
// (An iterator function would cost three allocations per rule.)
type spots struct {
	spot
	products []*deployment.Product
	p, n, v  int
}

func spotsOf(d *deployment.Deployment) spots { return spots{products: d.Products} }

// next goes to the next spot; it tells whether there is one.
func (s *spots) next() bool {
	for ; s.p < len(s.products); s.p, s.n, s.v = s.p+1, 0, 0 {
		s.product = s.products[s.p]
		for ; s.n < len(s.product.Nodes); s.n, s.v = s.n+1, 0 {
			s.node = s.product.Nodes[s.n]
			if s.v < len(s.node.Views) {
				s.view = s.node.Views[s.v]
				s.v++
				return true
			}
		}
	}
	return false
}

// defaults goes through the default view of every node of a product.
func defaults(p *deployment.Product) iter.Seq[spot] {
	return func(yield func(spot) bool) {
		for _, n := range p.Nodes {
			if !yield(spot{p, n, n.Default()}) {
				return
			}
		}
	}
}

// finding begins a finding about a setting of the spot. Where the place is
// nowhere, it is the innermost thing that would hold the setting.
func (s spot) finding(place lint.Place, setting string) lint.Finding {
	if place.IsZero() {
		place = s.node.Holder()
	}
	return lint.Finding{
		Product:      s.product.ID,
		Node:         s.node.Name,
		Place:        place,
		Setting:      setting,
		Environments: []string{s.view.Environment},
	}
}

// enabledPlace is where the spot says whether Auto Scale is on.
func (s spot) enabledPlace() lint.Place {
	if o := s.view.AutoScale.Enabled.Origin; !o.IsZero() {
		return o.ValuePlace()
	}
	return s.node.Holder()
}

// file is the configuration file that an administrator edits to set a setting
// of the spot; empty where the node has none.
func (s spot) file() string {
	for _, l := range s.view.Layers {
		if l.Kind == deployment.BaseFile || l.Kind == deployment.Section {
			return l.File.Path
		}
	}
	if len(s.node.Files) > 0 {
		return s.node.Files[0].Path
	}
	return ""
}

// inFile says in which file to do something: "in AppDesigner/appsettings.json".
func (s spot) inFile() string {
	if f := s.file(); f != "" {
		return "in " + f
	}
	if s.product.ID == schema.SubscriptionManager {
		return "in its web.config"
	}
	return "in its appsettings.json"
}

// hasAutoScale reports whether Auto Scale settings mean something to a product:
// to the three that have it, and to one that could be one of them.
func hasAutoScale(p *deployment.Product) bool {
	return p.ID.UsesRedis() || p.ID == schema.Unknown
}

// isOn reports whether Auto Scale is known to be on where it means something.
func (s spot) isOn() bool { return s.view.AutoScale.On() && hasAutoScale(s.product) }

// isOff reports whether Auto Scale is known to be off or not set.
func (s spot) isOff() bool {
	return s.view.AutoScale.State == deployment.StateOff || s.view.AutoScale.State == deployment.StateAbsent
}

// isXML reports whether the spot's settings are attributes of a web.config.
func (s spot) isXML() bool { return s.product.ID == schema.SubscriptionManager || s.node.Web != nil }

// example is the text that switches Auto Scale on in the spot's file.
func (s spot) example() string {
	if s.isXML() {
		return `<autoScale enabled="true" connectionString="HOST:6380,password=...,ssl=True,abortConnect=False" /> inside <xmpro>`
	}
	return `"autoScale": { "enabled": true, "connectionString": "HOST:6380,password=...,ssl=True,abortConnect=False" } inside "xmpro"`
}

// title is a product's name as the subject of a sentence.
func title(p schema.Product) string {
	if p == schema.Unknown || p == "" {
		return "the product"
	}
	return p.Title()
}

// titles joins the names of products: "A, B and C".
func titles(products []*deployment.Product) string {
	names := make([]string, len(products))
	for i, p := range products {
		names[i] = title(p.ID)
	}
	return list(names)
}

// list joins words: "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// shown is a setting's value as a message may hold it: masked, cut, quoted.
func shown(path, value string) string { return quote(deployment.Mask(path, value)) }

// quote puts text of a file into quotes for a message, cut to a length that a
// line takes.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		n := 0
		for i := range s {
			if n++; n == most {
				s = s[:i] + "…"
				break
			}
		}
	}
	return strconv.Quote(s)
}

// states counts the nodes of a product by what is known of Auto Scale in their
// view of an environment.
type states struct{ on, off, unknown int }

// statesOf is for the default views.
func statesOf(p *deployment.Product) (s states) {
	for _, n := range p.Nodes {
		s.count(n.Default())
	}
	return s
}

// statesIn is for the views of one environment.
func statesIn(p *deployment.Product, env string) (s states) {
	for _, n := range p.Nodes {
		s.count(viewIn(n, env))
	}
	return s
}

func (s *states) count(v *deployment.View) {
	switch v.AutoScale.State {
	case deployment.StateOn:
		s.on++
	case deployment.StateOff, deployment.StateAbsent:
		s.off++
	default:
		s.unknown++
	}
}

// isOn and isOff tell whether every node of which it is known is on, or off.
func (s states) isOn() bool  { return s.on > 0 && s.off == 0 }
func (s states) isOff() bool { return s.off > 0 && s.on == 0 }
