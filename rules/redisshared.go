package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisShared is XM3010.
func redisShared() *lint.Rule {
	return &lint.Rule{
		ID: "XM3010", Name: "redis-shared", Severity: lint.Warning,
		Title: "Two deployments use one Redis server",
		Doc: lint.Doc{
			What: "Reports a Redis server that the connection strings of two deployments name, whatever database or prefix they ask for. Loopback addresses are not compared.",
			Why: "The keys that App Designer writes are made of numbers from its database: a test system whose database was restored from production has the same ones and overwrites production's data. " +
				"SignalR's messages go to all subscribers of a channel, whatever the number of the database, and a channelPrefix breaks Subscription Manager. Each deployment needs a Redis of its own.",
			Bad:        inFolder("prod", redisExample("cache01:6379,ssl=False,abortConnect=False")) + inFolder("test", redisExample("cache01:6379,defaultDatabase=1,ssl=False,abortConnect=False")),
			Good:       inFolder("prod", redisExample("cache01:6379,ssl=False,abortConnect=False")) + inFolder("test", redisExample("cache02:6379,ssl=False,abortConnect=False")),
			References: []string{pageRedis, "https://redis.io/docs/latest/develop/pubsub/"},
		},
		Source: "https://redis.io/docs/latest/develop/pubsub/",
		Check:  shareRedis,
		Shared: func(earlier, later lint.Use) lint.Finding {
			f := lint.Finding{
				Message: "the deployments " + quote(earlier.Deployment) + " and " + quote(later.Deployment) + " both use the Redis server " + later.Label,
				Do:      "give each deployment a Redis of its own",
			}
			if earlier.Idle || later.Idle {
				f.Severity = lint.Info
			}
			return f
		},
	}
}

// shareRedis says which servers the deployment uses, each once.
func shareRedis(p *lint.Pass) error {
	uses := redisUses(p)
	var seen []string
next:
	for i := range uses {
		u := &uses[i]
		if u.config == nil || !u.id().UsesRedis() {
			continue
		}
		for k := range uses[:i] {
			if uses[k].redisReading == u.redisReading && uses[k].id().UsesRedis() && (u.idle || !uses[k].idle) {
				continue next
			}
		}
		for e := range u.config.Endpoints {
			key, ok := serverKey(u.config, e)
			if !ok || slices.Contains(seen, key) {
				continue
			}
			seen = append(seen, key)
			p.Share(lint.Use{
				Key: key, Label: u.host(e), Product: u.product.ID, Setting: schema.Connection,
				Place: u.place(u.config.Endpoints[e].Span), Idle: u.idle,
			})
		}
	}
	return nil
}

// serverKey is equal for connection strings that lead to one server; ok is
// false for an address that is another machine for everybody who asks. Azure's
// ports lead to the same data.
func serverKey(c *redisconn.Config, endpoint int) (key string, ok bool) {
	e := &c.Endpoints[endpoint]
	if e.Local() {
		return "", false
	}
	key = "redis:" + c.Options.ServiceName + ":" + strings.ToLower(strings.TrimSuffix(e.Host, "."))
	switch {
	case e.Service().Azure():
		return key, true
	case e.Port != 0:
		return key + ":" + strconv.Itoa(e.Port), true
	case c.Sentinel():
		return key + ":" + strconv.Itoa(redisconn.SentinelPort), true
	case c.Options.SSL:
		return key + ":" + strconv.Itoa(redisconn.TLSPort), true
	}
	return key + ":" + strconv.Itoa(redisconn.PlainPort), true
}
