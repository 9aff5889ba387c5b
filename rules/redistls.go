package rules

import (
	"fmt"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
)

// redisTLSMismatch is XM3003.
func redisTLSMismatch() *lint.Rule {
	return &lint.Rule{
		ID: "XM3003", Name: "redis-tls-mismatch", Severity: lint.Warning,
		Title: "The port of Redis and the use of TLS do not fit together",
		Doc: lint.Doc{
			What: "Reports a port that servers use for TLS (6380, 10000) without TLS, an Azure host without TLS in effect (an error), and TLS on 6379, the port for plain text (information; on Azure a warning). " +
				"What is in effect is what the client makes of the string: for `*.redis.cache.windows.net` it switches TLS on by itself only where port 6380 is written, and releases before 2.8.22 do not know `*.redis.azure.net`.",
			Why:        "The two sides speak different protocols, so nothing connects; or the password crosses the network in plain text.",
			Bad:        redisExample("contoso.redis.cache.windows.net,password=s3cret,abortConnect=False"),
			Good:       redisExample("contoso.redis.cache.windows.net:6380,password=s3cret,ssl=True,abortConnect=False"),
			FixSafety:  "`ssl=True` is added only when asked for: whether the server speaks TLS on that port cannot be seen.",
			References: []string{pageClient, "https://learn.microsoft.com/azure/azure-cache-for-redis/cache-remove-tls-10-11"},
		},
		Source: pageClient, Step: configureStep,
		Check: eachRedis(judgeRedisTLS),
	}
}

func judgeRedisTLS(u *redisUse) []redisRemark {
	if !u.config.Options.SSL {
		return u.withoutTLS()
	}
	var remarks []redisRemark
	for i := range u.config.Endpoints {
		if e := &u.config.Endpoints[i]; e.Port == redisconn.PlainPort {
			r := redisRemark{
				span: e.Span, severity: lint.Info,
				message: fmt.Sprintf("TLS is on, and %s is on port 6379, which servers use for plain text", u.host(i)),
				do:      "check that the server speaks TLS on this port; it is usually 6380",
			}
			if e.Service().Azure() {
				r.severity, r.do = lint.Warning, "write the TLS port of the service"
			}
			remarks = append(remarks, r)
		}
	}
	if remarks != nil || u.verdicts == nil {
		return remarks
	}
	if some := u.lacking(func(c *redisconn.Config) bool { return c.Options.SSL }); some != "" {
		at, _ := u.config.Azure()
		remarks = append(remarks, redisRemark{
			span:    at.Span,
			message: some + " would connect without TLS: only newer releases switch it on for this host",
			do:      "write ssl=True, which is right for every release",
			fix:     &redisFix{"add ssl=True", lint.Safe, u.with(redisconn.OptSSL, "True")},
		})
	}
	return remarks
}

// withoutTLS remarks on the endpoint that needs TLS most.
func (u *redisUse) withoutTLS() []redisRemark {
	for i := range u.config.Endpoints {
		e := &u.config.Endpoints[i]
		if !e.Service().Azure() {
			continue
		}
		r := redisRemark{
			span: u.span(redisconn.OptSSL, i), severity: lint.Error,
			message: fmt.Sprintf("TLS is off for %s, and %s takes no other connections by default", u.host(i), e.Service()),
			do:      "write ssl=True",
		}
		if e.Port == redisconn.PlainPort {
			r.do = "write ssl=True and the TLS port of the service"
		} else {
			r.fix = &redisFix{"set ssl=True", lint.Unsafe, u.with(redisconn.OptSSL, "True")}
		}
		if e.Port == 0 && !u.config.Options.Written(redisconn.OptSSL) {
			r.message = fmt.Sprintf("%s is used in plain text on port 6379: without a port the client does not switch TLS on for it", u.host(i))
			r.do = "write the TLS port of the service and ssl=True"
		}
		return []redisRemark{r}
	}
	for i := range u.config.Endpoints {
		e := &u.config.Endpoints[i]
		if e.Port == redisconn.TLSPort || e.Port == redisconn.ManagedPort {
			return []redisRemark{{
				span:    u.span(redisconn.OptSSL, i),
				message: fmt.Sprintf("TLS is off, and %s is on port %d, which servers use for TLS", u.host(i), e.Port),
				do:      "write ssl=True, or the port for plain text",
				fix:     &redisFix{"set ssl=True", lint.Unsafe, u.with(redisconn.OptSSL, "True")},
			}}
		}
	}
	return nil
}

// redisWeakTLS is XM3008.
func redisWeakTLS() *lint.Rule {
	return &lint.Rule{
		ID: "XM3008", Name: "redis-weak-tls", Severity: lint.Warning,
		Title: "The connection to Redis may use a TLS version older than 1.2",
		Doc: lint.Doc{
			What:       "Reports an `sslProtocols` that allows SSL 2, SSL 3, TLS 1.0 or TLS 1.1, by name or by number.",
			Why:        "These versions are broken and switched off in many places; Azure refuses them, so there it is an error.",
			Bad:        redisExample("cache01:6380,password=s3cret,ssl=True,sslProtocols=tls11,abortConnect=False"),
			Good:       redisExample("cache01:6380,password=s3cret,ssl=True,sslProtocols=tls12,abortConnect=False"),
			FixSafety:  "The value becomes `tls12` only when asked for: an old server may speak nothing newer than it does.",
			References: []string{pageClient, "https://learn.microsoft.com/azure/azure-cache-for-redis/cache-remove-tls-10-11"},
		},
		Source: pageClient, Step: configureStep,
		Check: eachRedis(judgeRedisWeakTLS),
	}
}

func judgeRedisWeakTLS(u *redisUse) []redisRemark {
	allowed := u.config.Options.SSLProtocols
	it, ok := u.config.Find(redisconn.OptSSLProtocols)
	if !ok || !allowed.Weak() {
		return nil
	}
	r := redisRemark{
		span:    it.Value,
		message: "sslProtocols allows versions older than TLS 1.2: " + allowed.Names(),
		do:      "write sslProtocols=tls12, or leave the option out",
		fix:     &redisFix{"set sslProtocols=tls12", lint.Unsafe, u.with(redisconn.OptSSLProtocols, "tls12")},
	}
	for i := range u.config.Endpoints {
		if u.config.Endpoints[i].Service().Azure() {
			r.severity = lint.Error
		}
	}
	return []redisRemark{r}
}
