package rules

import (
	"fmt"
	"slices"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisBreaksSignalR is XM3005.
func redisBreaksSignalR() *lint.Rule {
	return &lint.Rule{
		ID: "XM3005", Name: "redis-breaks-signalr", Severity: lint.Error,
		Title: "The connection string takes commands away that SignalR needs",
		Doc: lint.Doc{
			What:       "Reports `proxy=Twemproxy` and `proxy=Envoyproxy`, with which the client has no publish/subscribe, and a command map that takes away PUBLISH or SUBSCRIBE. In Subscription Manager, whose SignalR runs a script in Redis, EVAL, EVALSHA and INCR are needed too.",
			Why:        "SignalR's backplane is publish/subscribe. Without it the servers of a product do not hear of each other, and sending fails.",
			Bad:        redisExample("cache01:6379,proxy=Twemproxy,ssl=False,abortConnect=False"),
			Good:       redisExample("cache01:6379,ssl=False,abortConnect=False"),
			References: []string{pageClient + "#twemproxy", "https://github.com/SignalR/SignalR/issues/3510"},
		},
		Source: pageClient, Step: configureStep,
		Check: eachRedis(judgeRedisSignalR),
	}
}

func judgeRedisSignalR(u *redisUse) []redisRemark {
	lacking := u.config.Lacks(redisconn.PubSubCommands()...)
	if u.product != nil && u.product.ID == schema.SubscriptionManager {
		lacking = append(lacking, u.config.Lacks(redisconn.ScriptCommands()...)...)
	}
	if len(lacking) == 0 {
		return nil
	}
	if it, ok := u.config.Find(redisconn.OptProxy); ok && len(u.config.Commands) == 0 {
		return []redisRemark{{
			span:    it.Span,
			message: fmt.Sprintf("with proxy=%s the client never sends %s, which SignalR needs", u.config.Options.Proxy, list(lacking)),
			do:      "connect to the Redis server itself, without a proxy",
		}}
	}
	var remarks []redisRemark
	for _, c := range u.config.Commands {
		if slices.Contains(lacking, c.Name) && c.Alias == "" && !c.Void {
			remarks = append(remarks, redisRemark{
				span:    c.Span,
				message: "the connection string takes the command " + c.Name + " away, which SignalR needs",
				do:      "leave $" + c.Name + "= out",
			})
		}
	}
	return remarks
}

// redisPrefixAndSM is XM3011.
func redisPrefixAndSM() *lint.Rule {
	return &lint.Rule{
		ID: "XM3011", Name: "redis-prefix-and-sm", Severity: lint.Warning,
		Title: "Subscription Manager's SignalR does not work with a channelPrefix",
		Doc: lint.Doc{
			What: "Reports a `channelPrefix` in Subscription Manager's connection string: as a warning, and as an error where `Microsoft.AspNet.SignalR*.dll` lies in its `bin`.",
			Why: "Subscription Manager runs on .NET Framework and, very likely, on classic ASP.NET SignalR. That publishes inside a Lua script under the bare name of the channel while the client subscribes under the name with the prefix: no message arrives, even on one server. " +
				"To keep two deployments apart give each a Redis of its own.",
			Bad:        webExample(`<autoScale enabled="true" connectionString="cache01:6379,channelPrefix=acme,ssl=False,abortConnect=False" />`),
			Good:       webExample(`<autoScale enabled="true" connectionString="cache01:6379,ssl=False,abortConnect=False" />`),
			References: []string{"https://github.com/SignalR/SignalR/issues/3724"},
		},
		Source: "https://github.com/SignalR/SignalR/issues/3724", Step: configureStep,
		Check: eachRedis(judgeRedisPrefix),
	}
}

func judgeRedisPrefix(u *redisUse) []redisRemark {
	if u.product == nil || u.product.ID != schema.SubscriptionManager || u.config.Options.ChannelPrefix == "" {
		return nil
	}
	it, ok := u.config.Find(redisconn.OptChannelPrefix)
	if !ok {
		return nil
	}
	r := redisRemark{
		span:    it.Span,
		message: "Subscription Manager very likely uses classic SignalR, which publishes without the channelPrefix that it subscribes with: its servers would hear nothing",
		do:      "leave channelPrefix out, and give each deployment a Redis of its own",
	}
	if u.product.ClassicSignalR {
		r.severity = lint.Error
		r.message = "Subscription Manager uses classic SignalR, which publishes without the channelPrefix that it subscribes with: its servers hear nothing"
	}
	return []redisRemark{r}
}

// redisClusterAndSM is XM3013.
func redisClusterAndSM() *lint.Rule {
	return &lint.Rule{
		ID: "XM3013", Name: "redis-cluster-and-sm", Severity: lint.Warning,
		Title: "Subscription Manager's SignalR does not support a Redis cluster",
		Doc: lint.Doc{
			What: "Reports a connection string of Subscription Manager that leads to a cluster: the manifest says `redis: {cluster: true}`, or the host is a configuration endpoint (`clustercfg`) or a serverless cache of Amazon.",
			Why: "Classic ASP.NET SignalR does not support Redis Cluster: messages arrive more than once. The vendor's pages contradict each other here; the page on AWS says that SignalR does not support clusters, and recommends cluster mode five lines later. " +
				"A replica set with failover is no cluster.",
			Bad:        "-- xmpro.yaml --\nredis: {cluster: true}\n" + webExample(`<autoScale enabled="true" connectionString="cache01:6379,ssl=False,abortConnect=False" />`),
			Good:       "-- xmpro.yaml --\nredis: {cluster: false}\n" + webExample(`<autoScale enabled="true" connectionString="cache01:6379,ssl=False,abortConnect=False" />`),
			References: []string{"https://github.com/SignalR/SignalR/issues/3998", "https://github.com/SignalR/SignalR/issues/4006"},
		},
		Source: "https://github.com/SignalR/SignalR/issues/3998",
		Check: eachRedis(func(u *redisUse) []redisRemark {
			if u.product == nil || u.product.ID != schema.SubscriptionManager {
				return nil
			}
			return u.onCluster()
		}),
	}
}

func (u *redisUse) onCluster() []redisRemark {
	r := redisRemark{do: "use a Redis without cluster mode for Subscription Manager"}
	for i := range u.config.Endpoints {
		if e := &u.config.Endpoints[i]; isClusterHost(e) {
			r.span = e.Span
			r.message = u.host(i) + " is the address of a cluster, which classic SignalR in Subscription Manager does not support"
			return []redisRemark{r}
		}
	}
	if m := u.manifestRedis(); m != nil && m.Cluster.Known && m.Cluster.Value {
		r.message = "Redis is a cluster, which classic SignalR in Subscription Manager does not support"
		r.related = []lint.Related{{Place: m.Cluster.Place, Message: "the manifest says so"}}
		return []redisRemark{r}
	}
	return nil
}
