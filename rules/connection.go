package rules

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

func connectionStringMissing() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2004",
		Name:     "connection-string-missing",
		Severity: lint.Error,
		Title:    "Auto Scale is on without a connection string",
		Doc: lint.Doc{
			What: "Finds products with Auto Scale on whose connection string is empty, `-`, null or not there in any layer that can be seen. `-` is what the vendor's templates write where there is no Redis.",
			Why:  "The product connects to Redis when it starts. Without a server to connect to it does not start.",
			Bad: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "-" } } }
`,
			Good: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale, pageClient},
		},
		Source: pageAutoScale,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			for all := spotsOf(pass.Deployment); all.next(); {
				s := all.spot
				v := &s.view.AutoScale.Connection
				if !s.isOn() || v.Unknown != 0 || v.Known() && !isNoRedis(v.Text) {
					continue
				}
				if !v.Present && s.misnamed(schema.Connection) {
					continue // XM2007
				}
				f := s.finding(lint.Place{}, schema.Connection)
				f.Message = "Auto Scale is on, but its connection string is " + emptiness(v)
				f.Do = "write the Redis connection string " + s.inFile() + ", as HOST:6380,password=...,ssl=True,abortConnect=False, or set enabled to false"
				if v.Present {
					f.Place = v.Origin.ValuePlace()
				}
				f.Related = []lint.Related{{Place: s.enabledPlace(), Message: "Auto Scale is switched on here"}}
				pass.Report(f)
			}
			return nil
		},
	}
}

// isNoRedis reports whether a text is one of the ways to say that there is no
// Redis; the short way to [schema.Classify].
func isNoRedis(text string) bool {
	t := strings.TrimSpace(text)
	return t == "" || t == "-"
}

// emptiness says how a connection string says nothing.
func emptiness(v *deployment.Value) string {
	switch t := strings.TrimSpace(v.Text); {
	case !v.Present:
		return "not set"
	case v.Null:
		return "null"
	case t == "-":
		return `"-", the placeholder for no Redis`
	case v.Text != "":
		return "blank"
	}
	return "empty"
}

func connectionStringPlaceholder() *lint.Rule {
	return &lint.Rule{
		ID:       "XM2005",
		Name:     "connection-string-placeholder",
		Severity: lint.Error,
		Title:    "The connection string is a placeholder from documentation",
		Doc: lint.Doc{
			What: "Finds products with Auto Scale on whose connection string, or a host in it, is what documentation writes where a value belongs: `<redis connection string>`, `your-redis`, `changeme`; and the same in the manifest's `redis: {connection: ...}`.",
			Why:  "No server has that name. The product fails when it starts, or, with abortConnect=False, runs without Redis and says so only in its log.",
			Bad: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "<redis connection string>" } } }
`,
			Good: `
-- AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" } } }
`,
			References: []string{pageAutoScale},
		},
		Source: pageAutoScale,
		Step:   configureStep,
		Check: func(pass *lint.Pass) error {
			for all := spotsOf(pass.Deployment); all.next(); {
				s := all.spot
				v := &s.view.AutoScale.Connection
				if !s.isOn() || !v.Known() {
					continue
				}
				what := placeholder(v.Text)
				if what == "" {
					continue
				}
				f := s.finding(v.Origin.ValuePlace(), schema.Connection)
				f.Message = fmt.Sprintf("Auto Scale is on, but its connection string still has the placeholder %s from documentation", shown(schema.Connection, what))
				f.Do = "write your own Redis server's connection string " + s.inFile()
				pass.Report(f)
			}
			reportPlannedPlaceholder(pass)
			return nil
		},
	}
}

// placeholder is the placeholder that a connection string is or that stands as
// a host in it; empty where there is none.
func placeholder(text string) string {
	for item := range strings.SplitSeq(text, ",") {
		if strings.IndexByte(item, '=') >= 0 {
			continue
		}
		host := strings.TrimSpace(item)
		if i := strings.LastIndexByte(host, ':'); i > 0 {
			host = host[:i]
		}
		if isPlaceholderHost(host) {
			return host
		}
	}
	if schema.IsPlaceholder(text) { // <host:port,password>
		return strings.TrimSpace(text)
	}
	return ""
}

// isPlaceholderHost reports whether a host is one from documentation, also
// where only its first label is: <name>.redis.cache.windows.net.
func isPlaceholderHost(host string) bool {
	label, _, ok := strings.Cut(host, ">.")
	return schema.IsPlaceholder(host) || ok && schema.IsPlaceholder(label+">")
}
