package rules

import (
	"strings"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisEndpointDropped is XM3002.
func redisEndpointDropped() *lint.Rule {
	return &lint.Rule{
		ID: "XM3002", Name: "redis-endpoint-dropped", Severity: lint.Error,
		Title: "A Redis server in the connection string is ignored, or there is none",
		Doc: lint.Doc{
			What: "Reports what stands where a server should and names none: `host:` and `host:port` whose port is no number. StackExchange.Redis leaves such an item out without a word. A string of options alone is reported too.",
			Why:  "The product starts, and connects to the other servers only; without any it fails when it first needs Redis.",
			Bad:  redisExample("cache01:port,password=s3cret,ssl=False,abortConnect=False"),
			Good: redisExample("cache01:6379,password=s3cret,ssl=False,abortConnect=False"),
			References: []string{
				pageClient,
				"https://github.com/StackExchange/StackExchange.Redis/blob/main/src/StackExchange.Redis/Format.cs",
			},
		},
		Source: pageClient, Step: configureStep,
		Check: eachRedis(judgeRedisEndpoints),
	}
}

func judgeRedisEndpoints(u *redisUse) []redisRemark {
	var remarks []redisRemark
	for i, it := range u.config.Items {
		if it.Kind != redisconn.KindDropped {
			continue
		}
		r := redisRemark{span: it.Span, do: "write host:port, with a number as port", firm: true}
		text := it.Of(u.text)
		switch shown := u.config.MaskText(it.Span); {
		case u.afterPassword(i):
			r.message = "the client ignores what follows the comma after the password: " + schema.Mask
			r.do = "a password with a comma cannot be written in a connection string: give Redis another password"
		default:
			r.message = "the client ignores " + quote(shown) + ": what follows the colon is no port"
			switch {
			case strings.ContainsRune(text, ';'):
				r.do = suspicionHint(redisconn.SemicolonHost)
			case strings.ContainsAny(text, `"'`):
				r.do = "take the quotation marks out: the client knows none"
			}
		}
		if len(u.config.Endpoints) == 0 {
			r.message += "; no server is left"
		}
		remarks = append(remarks, r)
	}
	if remarks == nil && len(u.config.Endpoints) == 0 {
		return []redisRemark{{
			message: "the connection string names no Redis server, only options",
			do:      "begin the string with host:port",
			firm:    true,
		}}
	}
	return remarks
}
