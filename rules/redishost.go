package rules

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// redisLocalHost is XM3007.
func redisLocalHost() *lint.Rule {
	return &lint.Rule{
		ID: "XM3007", Name: "redis-local-host", Severity: lint.Warning,
		Title: "Each server would use a Redis of its own",
		Doc: lint.Doc{
			What:       "Reports a loopback address (`localhost`, 127.0.0.1, `::1`, a Unix socket) where App Designer, Data Stream Designer or Subscription Manager has more than one instance.",
			Why:        "Auto Scale joins the instances of a product through one Redis. `localhost` is another server for each of them, so they share nothing. (Instances on one machine are fine; the manifest does not say where they run.)",
			Bad:        "-- xmpro.yaml --\nproducts:\n  app-designer: {path: AppDesigner, instances: 2}\n" + redisExample("localhost:6379,ssl=False,abortConnect=False"),
			Good:       "-- xmpro.yaml --\nproducts:\n  app-designer: {path: AppDesigner, instances: 2}\n" + redisExample("cache01:6379,ssl=False,abortConnect=False"),
			References: []string{pageRedis},
		},
		Source: pageAutoScale, Step: configureStep,
		Check: eachRedis(judgeRedisLocal),
	}
}

func judgeRedisLocal(u *redisUse) []redisRemark {
	several := scaledOut(u.deployment)
	if several == nil {
		return nil
	}
	for i := range u.config.Endpoints {
		e := &u.config.Endpoints[i]
		if !e.Local() {
			continue
		}
		r := redisRemark{
			span:    e.Span,
			message: u.host(i) + " is another Redis on each server, and " + several.ID.Title() + " has more than one instance",
			do:      "write the address under which all servers reach the one Redis",
		}
		if !several.InstancesPlace.IsZero() {
			r.related = []lint.Related{{Place: several.InstancesPlace, Message: "its instances"}}
		}
		return []redisRemark{r}
	}
	return nil
}

// scaledOut is the first product with Auto Scale that is known to have more
// than one instance; nil where there is none.
func scaledOut(d *deployment.Deployment) *deployment.Product {
	if d == nil {
		return nil
	}
	for _, p := range d.Products {
		if p.ID.UsesRedis() && p.Instances > 1 {
			return p
		}
	}
	return nil
}

// redisSuspectHost is XM3009.
func redisSuspectHost() *lint.Rule {
	return &lint.Rule{
		ID: "XM3009", Name: "redis-suspect-host", Severity: lint.Warning,
		Title: "No server can have this name",
		Doc: lint.Doc{
			What: "Reports a host that is a URL or holds a blank, a semicolon or another character that no name has; a number alone, which the client reads as an address (`6379` is 0.0.24.235); an IPv6 address whose end looks like a port; and what may be the rest of a password that holds a comma.",
			Why:  "StackExchange.Redis takes nearly everything for a host's name. The product starts and never finds the server.",
			Bad:  redisExample("redis://cache01:6379,ssl=False,abortConnect=False"),
			Good: redisExample("cache01:6379,ssl=False,abortConnect=False"),
			References: []string{
				pageClient,
				"https://github.com/StackExchange/StackExchange.Redis/blob/main/src/StackExchange.Redis/Format.cs",
			},
		},
		Source: pageClient, Step: configureStep,
		Check: eachRedis(judgeRedisHosts),
	}
}

func judgeRedisHosts(u *redisUse) []redisRemark {
	var remarks []redisRemark
	for i, it := range u.config.Items {
		if it.Kind != redisconn.KindEndpoint || it.Repeated {
			continue
		}
		e := &u.config.Endpoints[it.Endpoint]
		r := redisRemark{span: it.Span}
		switch {
		case e.Port == 0 && u.afterPassword(i) && u.portsBefore(i) && !strings.Contains(e.Host, "://"):
			r.message = "what follows the comma after the password is taken for a server: " + schema.Mask
			r.do = "a password with a comma cannot be written in a connection string: give Redis another password"
		case suspicionOf(u.suspects, e) != redisconn.NoSuspicion:
			r.message = quote(u.config.MaskText(it.Span)) + " is no server: " + suspicionOf(u.suspects, e).String()
			r.do = suspicionHint(suspicionOf(u.suspects, e))
		default:
			if r.message, r.do = suspectAddress(e, it.Of(u.text)); r.message == "" {
				continue
			}
		}
		remarks = append(remarks, r)
	}
	return remarks
}

// portsBefore reports whether servers with ports come before item i.
func (u *redisUse) portsBefore(i int) bool {
	for _, it := range u.config.Items[:i] {
		if it.Endpoint >= 0 && u.config.Endpoints[it.Endpoint].Port != 0 {
			return true
		}
	}
	return false
}

// suspicionOf is what is wrong with an endpoint.
func suspicionOf(suspects []redisconn.Suspect, e *redisconn.Endpoint) redisconn.Suspicion {
	for _, s := range suspects {
		if s.Endpoint == *e {
			return s.Suspicion
		}
	}
	return redisconn.NoSuspicion
}

// suspicionHint says what to do about a host that can hardly be meant.
func suspicionHint(s redisconn.Suspicion) string {
	switch s {
	case redisconn.URLHost:
		return "write host:port, and for rediss:// also ssl=True"
	case redisconn.SemicolonHost:
		return "write commas between the options"
	case redisconn.NumberHost:
		return "write host:port"
	}
	return "write the host's name, and host:port where a port belongs to it"
}

// suspectAddress says what is wrong with an address that is one to the client
// and was hardly meant; nothing where it is fine. text is as it is written.
func suspectAddress(e *redisconn.Endpoint, text string) (message, do string) {
	switch e.Kind {
	case redisconn.IPv4:
		host, _, _ := strings.Cut(text, ":")
		if strings.Count(host, ".") < 3 {
			return "the client reads " + quote(host) + " as the address " + e.Host, "write the host's name, or all four numbers of its address"
		}
	case redisconn.IPv6:
		port := text[strings.LastIndexByte(text, ':')+1:]
		if e.Port == 0 && !strings.Contains(text, "]") && (port == "6379" || port == "6380" || port == "10000") {
			return "the client reads " + quote(text) + " as an address without a port that ends in " + port, "write the address in brackets: [address]:port"
		}
	}
	return "", ""
}
