package rules

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisDatabaseUnavailable is XM3012.
func redisDatabaseUnavailable() *lint.Rule {
	return &lint.Rule{
		ID: "XM3012", Name: "redis-database-unavailable", Severity: lint.Error,
		Title: "The service has only database 0",
		Doc: lint.Doc{
			What:       "Reports a `defaultDatabase` other than 0 on a service that has only that one: Azure Managed Redis, Azure Cache for Redis Enterprise, and clusters. The host's name tells, or the manifest's `redis`.",
			Why:        "The client selects the database when it connects; the server refuses, and nothing works.",
			Bad:        redisExample("contoso.westeurope.redis.azure.net:10000,password=s3cret,defaultDatabase=2,ssl=True,abortConnect=False"),
			Good:       redisExample("contoso.westeurope.redis.azure.net:10000,password=s3cret,ssl=True,abortConnect=False"),
			References: []string{"https://learn.microsoft.com/azure/redis/faq", "https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/"},
		},
		Source: "https://learn.microsoft.com/azure/redis/faq", Step: configureStep,
		Check: eachRedis(judgeRedisDatabase),
	}
}

func judgeRedisDatabase(u *redisUse) []redisRemark {
	o := &u.config.Options
	if !o.Has(redisconn.OptDefaultDatabase) || o.DefaultDatabase == 0 {
		return nil
	}
	it, ok := u.config.Find(redisconn.OptDefaultDatabase)
	where, related := u.onlyDatabase0()
	if !ok || where == "" {
		return nil
	}
	return []redisRemark{{
		span:    it.Span,
		message: fmt.Sprintf("defaultDatabase is %d, and %s has only database 0", o.DefaultDatabase, where),
		do:      "leave defaultDatabase out",
		related: related,
	}}
}

// onlyDatabase0 names the service or cluster that has no other database; empty
// where none is known.
func (u *redisUse) onlyDatabase0() (string, []lint.Related) {
	for i := range u.config.Endpoints {
		e := &u.config.Endpoints[i]
		switch s := e.Service(); {
		case s.OneDatabase():
			return s.String(), nil
		case isClusterHost(e):
			return "the cluster " + u.host(i), nil
		}
	}
	switch m := u.manifestRedis(); {
	case m == nil:
	case serviceNamed(m.Service.Text).OneDatabase():
		return serviceNamed(m.Service.Text).String(), []lint.Related{{Place: m.Service.Place, Message: "the manifest says so"}}
	case m.Cluster.Known && m.Cluster.Value:
		return "a cluster", []lint.Related{{Place: m.Cluster.Place, Message: "the manifest says so"}}
	}
	return "", nil
}

// isClusterHost reports whether a host's name is that of a cluster: Amazon's
// configuration endpoints, and its serverless caches, which behave like one.
//
// Source: Amazon ElastiCache documentation, "How ElastiCache works".
func isClusterHost(e *redisconn.Endpoint) bool {
	return e.Cluster() || e.Service() == redisconn.ElastiCache && strings.Contains(strings.ToLower(e.Host), ".serverless.")
}

// serviceNamed is the service that a manifest names.
func serviceNamed(name string) redisconn.Service {
	switch name {
	case "azure-cache":
		return redisconn.AzureCache
	case "azure-managed":
		return redisconn.AzureManaged
	case "elasticache":
		return redisconn.ElastiCache
	}
	return redisconn.OtherService
}

// manifestRedis is what the manifest says of the Redis of the string; nil
// where it says nothing, or names another server.
func (u *redisUse) manifestRedis() *deployment.Redis {
	if u.deployment == nil || u.deployment.Manifest == nil || !u.deployment.Manifest.HasRedis {
		return nil
	}
	m := &u.deployment.Manifest.Redis
	if !m.Connection.IsSet() || schema.Classify(m.Connection.Text) != schema.Literal {
		return m
	}
	c, _ := redisconn.Parse(m.Connection.Text)
	for _, said := range c.Endpoints {
		for _, e := range u.config.Endpoints {
			if strings.EqualFold(said.Host, e.Host) {
				return m
			}
		}
	}
	return nil
}

// redisServiceRetiring is XM3014.
func redisServiceRetiring() *lint.Rule {
	return &lint.Rule{
		ID: "XM3014", Name: "redis-service-retiring", Severity: lint.Info,
		Title: "The Redis service has an announced end",
		Doc: lint.Doc{
			What:       "Reports a connection string to Azure Cache for Redis, whose end Microsoft has announced for 30 September 2028, and to its Enterprise tiers, which end on 31 March 2027. The host's name tells, or the manifest's `redis`.",
			Why:        "A new Auto Scale set-up should not begin on a service that has to be replaced in a few years. Dates of announcements move: look them up before you plan with them.",
			Bad:        redisExample("contoso.redis.cache.windows.net:6380,password=s3cret,ssl=True,abortConnect=False"),
			Good:       redisExample("contoso.westeurope.redis.azure.net:10000,password=s3cret,ssl=True,abortConnect=False"),
			References: []string{"https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq"},
		},
		Source: "https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq",
		Check:  eachRedis(judgeRedisRetiring),
	}
}

func judgeRedisRetiring(u *redisUse) []redisRemark {
	for i := range u.config.Endpoints {
		if e := &u.config.Endpoints[i]; e.Service().End() != "" {
			return []redisRemark{retiring(e.Span, u.host(i)+" runs in ", e.Service())}
		}
	}
	if m := u.manifestRedis(); m != nil && serviceNamed(m.Service.Text).End() != "" {
		r := retiring(redisconn.Span{}, "Redis runs in ", serviceNamed(m.Service.Text))
		r.related = []lint.Related{{Place: m.Service.Place, Message: "the manifest says so"}}
		return []redisRemark{r}
	}
	return nil
}

func retiring(span redisconn.Span, what string, s redisconn.Service) redisRemark {
	return redisRemark{
		span: span, stepless: true,
		message: what + s.String() + ", which Microsoft will end on " + s.End(),
		do:      "plan the move to " + redisconn.AzureManaged.String(),
	}
}
