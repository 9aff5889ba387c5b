package planner

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xmlint/xmlint/schema"
)

// losesMemory says what a stop of App Designer empties: the caches of Apps on
// connectors older than 2.0 lie in its memory, whether the App is upgraded or
// not. They fill again only as streams send.
//
// Source: XMPro documentation, Configure Auto Scale: the cache is in the host
// server's memory.
func (b *builder) losesMemory(st *Step) {
	if b.s.product(schema.AppDesigner) == nil {
		return
	}
	names, unknown := b.s.oldApps()
	switch {
	case len(names) > 0:
		st.DataLoss = "what " + list(names) + " keep in App Designer's memory (a connector older than " + schema.ConnectorSince + "): it fills again only as streams send"
		if len(names) == 1 {
			st.DataLoss = strings.Replace(st.DataLoss, " keep in", " keeps in", 1)
		}
		b.plan.Warnings = append(b.plan.Warnings, Warning{Rule: "XM5004", Step: st.ID, Message: "App Designer stops: this empties " + st.DataLoss})
	case unknown && !b.onlyNewConnectors():
		st.DataLoss = "what Apps on connectors older than " + schema.ConnectorSince + " keep in App Designer's memory, if there are such Apps: it fills again only as streams send"
	}
}

// onlyNewConnectors reports whether no old connector is uploaded that an App
// could use.
func (b *builder) onlyNewConnectors() bool {
	uploaded := b.s.m.Connectors
	for _, c := range uploaded {
		if schema.ParseConnector(c.Text).AtLeast(schema.ConnectorSince) != schema.Satisfied {
			return false
		}
	}
	return len(uploaded) > 0
}

// ids are the products of the site.
func (s *site) ids() []schema.Product {
	ids := make([]schema.Product, len(s.products))
	for i, p := range s.products {
		ids[i] = p.ID
	}
	return ids
}

// concerns reports whether a demand is about a product that the tree holds and
// the way it is hosted.
func (s *site) concerns(d schema.Demand) bool {
	if len(d.Hosting) > 0 && !slices.Contains(d.Hosting, string(s.hosting)) {
		return false
	}
	if len(d.Products) == 0 {
		return true
	}
	for _, id := range d.Products {
		// Stream Hosts are often installed elsewhere: what concerns them is
		// said in any case.
		if id == schema.StreamHost || s.product(id) != nil {
			return true
		}
	}
	return false
}

// upperFirst begins a sentence, unless its first word is a name of a setting.
func upperFirst(s string) string {
	if word, _, _ := strings.Cut(s, " "); strings.ContainsAny(word, ":.") {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
