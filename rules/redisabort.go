package rules

import (
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
)

// redisAbortConnect is XM3004.
func redisAbortConnect() *lint.Rule {
	return &lint.Rule{
		ID: "XM3004", Name: "redis-abort-connect", Severity: lint.Warning,
		Title: "A product that starts while Redis is away fails",
		Doc: lint.Doc{
			What:       "Reports a connection string in which `abortConnect` is not false in effect. It is true by default, except for the hosts of Azure that the client knows.",
			Why:        "With `abortConnect` true the client throws when no server answers at the start, and the product stays down until somebody restarts it. With false it goes on trying.",
			Bad:        redisExample("cache01:6379,password=s3cret,ssl=False"),
			Good:       redisExample("cache01:6379,password=s3cret,ssl=False,abortConnect=False"),
			FixSafety:  "Where nothing is written `abortConnect=False` is added, which is safe: nothing changes as long as Redis answers. Where true is written it is changed only when asked for, since somebody meant it.",
			References: []string{pageClient},
		},
		Source: pageClient, Step: configureStep,
		Check: eachRedis(judgeRedisAbort),
	}
}

func judgeRedisAbort(u *redisUse) []redisRemark {
	r := redisRemark{do: "write abortConnect=False"}
	it, written := u.config.Find(redisconn.OptAbortConnect)
	switch {
	case u.config.Options.AbortConnect && written:
		r.span = it.Span
		r.message = "abortConnect is true: the product does not start while Redis is away"
	case u.config.Options.AbortConnect:
		r.message = "abortConnect is not written and true by default: the product does not start while Redis is away"
	default:
		some := u.lacking(func(c *redisconn.Config) bool { return !c.Options.AbortConnect })
		if some == "" {
			return nil
		}
		r.message = some + " would take abortConnect for true: only newer releases switch it off for this host"
	}
	r.fix = &redisFix{"set abortConnect=False", lint.Safe, u.with(redisconn.OptAbortConnect, "False")}
	if written {
		r.fix.safety = lint.Unsafe
	}
	return []redisRemark{r}
}
