package rules

import (
	"cmp"
	"fmt"
	"slices"

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
			What: "Finds deployments whose products connect to different databases of one Redis server, and, as information, to different servers; where two agree, it names the third. Name, password, channelPrefix and the order of the options do not count. " +
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
			uses := comparableUses(pass.Deployment)
			if len(uses) == 0 {
				return nil
			}
			most := slices.MaxFunc(uses, func(a, b databaseUse) int { return cmp.Compare(a.agree, b.agree) })
			for _, u := range uses {
				if !redisconn.SameDatabase(most.config, u.config) {
					reportDifferent(pass, most, u)
				}
			}
			return nil
		},
	}
}

// databaseUse is the connection string of a product, to compare with others.
type databaseUse struct {
	spot
	config *redisconn.Config
	agree  int // how many products use this database
}

// comparableUses are the connection strings of the products that can be compared.
func comparableUses(d *deployment.Deployment) []databaseUse {
	var uses []databaseUse
	for _, p := range d.Products {
		s, ok := literalString(p)
		if !ok {
			continue
		}
		config, err := redisconn.Parse(s.view.AutoScale.Connection.Text)
		if err != nil || len(config.Endpoints) == 0 || placeholder(config.Input) != "" {
			continue // XM3001, XM3002, XM2005
		}
		uses = append(uses, databaseUse{spot: s, config: config})
	}
	for i := range uses {
		for j := range uses {
			if redisconn.SameDatabase(uses[i].config, uses[j].config) {
				uses[i].agree++
			}
		}
	}
	return uses
}

// allEqual reports whether all products that have a connection string have the
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

// reportDifferent reports a product that uses another database than most do, or
// than the first.
func reportDifferent(pass *lint.Pass, most, u databaseUse) {
	origin := u.view.AutoScale.Connection.Origin
	f := u.finding(origin.ValuePlace(), schema.Connection)
	f.Related = []lint.Related{{Place: most.view.AutoScale.Connection.Origin.ValuePlace(), Message: "that of " + title(most.product.ID)}}
	if redisconn.SameServer(most.config, u.config) {
		f.Message = fmt.Sprintf("%s uses database %d of the Redis server of which %s uses database %d", title(u.product.ID), u.config.Database(), title(most.product.ID), most.config.Database())
		f.Do = "use one connection string in all products, or a Redis server of its own where one needs other limits"
	} else {
		f.Severity = lint.Info
		f.Message = fmt.Sprintf("%s uses another Redis server than %s", title(u.product.ID), title(most.product.ID))
		f.Do = "nothing, if that is meant; else use one connection string in all products"
	}
	if !u.view.AutoScale.On() {
		f.Severity = lint.Info
	}
	pass.Report(f)
}
