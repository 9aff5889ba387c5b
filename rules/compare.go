package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

func connectionStringsDiffer() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2013",
		Name:     "connection-strings-differ",
		Severity: lint.Warning,
		Title:    "Products of one deployment use different Redis databases",
		Doc: lint.Doc{
			What: "Finds deployments whose products connect to different databases of one Redis server, and, as information, to different servers. Name, password, channelPrefix and the order of the options do not count. " +
				"Where Auto Scale is off in the product it is information as well.",
			Why: "One Redis server with two database numbers is most often a slip of the pen: publish and subscribe ignore the number, so it separates less than it seems to. " +
				"Different servers are a fair choice, as long as they are meant: a cache for App Designer and a backplane for the others have different needs.",
			Bad: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- DataStreamDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False,defaultDatabase=3" } } }
`,
			Good: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
-- DataStreamDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False,name=ds" } } }
`,
			References: []string{pageAutoScale, pageRedis, pageClient},
		},
		Source: pageRedis,
		Check: func(pass *lint.Pass) error {
			if allEqual(pass.Deployment) {
				return nil
			}
			var first spot
			for _, p := range pass.Deployment.Products {
				s, ok := literalString(p)
				switch {
				case !ok:
				case first.product == nil:
					first = s
				case s.view.AutoScale.Connection.Text != first.view.AutoScale.Connection.Text:
					compareStrings(pass, first, s)
				}
			}
			return nil
		},
	}
}

// allEqual tells whether all products that have a connection string have the
// same one: the common case, told without reading it.
func allEqual(d *deployment.Deployment) bool {
	text, seen := "", false
	for all := spotsOf(d); all.next(); {
		switch v := &all.view.AutoScale.Connection; {
		case !v.Present:
		case !seen:
			text, seen = v.Text, true
		case v.Text != text:
			return false
		}
	}
	return true
}

// literalString is the spot of a product's connection string in its default
// view, on the first node that has one to compare.
func literalString(p *deployment.Product) (spot, bool) {
	if p.ID.UsesRedis() {
		for _, n := range p.Nodes {
			s := spot{p, n, n.Default()}
			if v := &s.view.AutoScale.Connection; v.Known() && schema.Classify(v.Text) == schema.Literal {
				return s, true
			}
		}
	}
	return spot{}, false
}

func compareStrings(pass *lint.Pass, first, s spot) {
	a, errA := redisconn.Parse(first.view.AutoScale.Connection.Text)
	b, errB := redisconn.Parse(s.view.AutoScale.Connection.Text)
	if errA != nil || errB != nil || len(a.Endpoints) == 0 || len(b.Endpoints) == 0 {
		return // XM3001, XM3002
	}
	if placeholder(a.Input) != "" || placeholder(b.Input) != "" || redisconn.SameDatabase(a, b) {
		return
	}
	origin := s.view.AutoScale.Connection.Origin
	f := s.finding(origin.ValuePlace(), schema.Connection)
	f.Related = []lint.Related{{Place: first.view.AutoScale.Connection.Origin.ValuePlace(), Message: "that of " + title(first.product.ID)}}
	if redisconn.SameServer(a, b) {
		f.Message = fmt.Sprintf("%s uses database %d of the Redis server of which %s uses database %d", title(s.product.ID), b.Database(), title(first.product.ID), a.Database())
		f.Do = "use one connection string in all products, or a Redis server of its own where one needs other limits"
	} else {
		f.Severity = lint.Info
		f.Message = fmt.Sprintf("%s uses another Redis server than %s", title(s.product.ID), title(first.product.ID))
		f.Do = "nothing, if that is meant; else use one connection string in all products"
	}
	if !s.view.AutoScale.On() {
		f.Severity = lint.Info
	}
	pass.Report(f)
}
