package deployment

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// evidenceText writes evidence down: source=version.
func evidenceText(all []Evidence) string {
	var words []string
	for _, e := range all {
		words = append(words, e.Source+"="+e.Version.Text)
	}
	return strings.Join(words, " ")
}

func TestEvidence(t *testing.T) {
	deps := func(libraries string) string {
		return `{"runtimeTarget": {"name": ".NETCoreApp,Version=v8.0"}, "libraries": {` + libraries + `}}`
	}
	appSettings := func(adds string) string {
		return `<configuration><xmpro /><appSettings>` + adds + `</appSettings></configuration>`
	}
	for _, c := range []struct {
		name, archive string
		product       schema.Product
		want, version string
		redis         string
	}{
		{"nothing", files("AD/appsettings.json", jsonAD), schema.AppDesigner, "", "", ""},
		{"the manifest", files("xmpro.yaml", "version: 4.3.10", "AD/appsettings.json", jsonAD), schema.AppDesigner, "manifest=4.3.10", "4.3.10", ""},
		{"the product's beats the suite's", files("xmpro.yaml", "version: 4.3.10\nproducts: {app-designer: {version: 4.10}}", "AD/appsettings.json", jsonAD), schema.AppDesigner, "manifest=4.10", "4.10", ""},
		{"an empty one says nothing", files("xmpro.yaml", "version: ' '", "AD/appsettings.json", jsonAD), schema.AppDesigner, "", "", ""},
		{"latest is evidence of nothing", files("xmpro.yaml", "version: latest", "AD/appsettings.json", jsonAD, "AD/XMPro.AD.deps.json", deps(`"XMPro.AD/4.4.1": {}`)), schema.AppDesigner, "manifest=latest deps.json=4.4.1", "4.4.1", ""},
		{"deps.json", files("AD/appsettings.json", jsonAD, "AD/XMPro.AppDesigner.deps.json", deps(`"XMPro.AppDesigner/4.4.4.28": {}, "StackExchange.Redis/2.6.96": {}, "Other/9.9": {}, "noversion": {}`)), schema.AppDesigner, "deps.json=4.4.4.28", "4.4.4.28", "deps.json=2.6.96"},
		{"1.0.0 is what the build writes where nobody says", files("AD/appsettings.json", jsonAD, "AD/XMPro.AppDesigner.deps.json", deps(`"xmpro.appdesigner/1.0.0+abc": {}`)), schema.AppDesigner, "", "", ""},
		{"another program's deps.json tells the client alone", files("AD/appsettings.json", jsonAD, "AD/Contoso.deps.json", deps(`"Contoso/2.0": {}, "stackexchange.redis/2.7.27": {}`)), schema.AppDesigner, "", "", "deps.json=2.7.27"},
		{"broken deps.json", files("AD/appsettings.json", jsonAD, "AD/XMPro.AppDesigner.deps.json", `{"libraries": `), schema.AppDesigner, "", "", ""},
		{"odd deps.json", files("AD/appsettings.json", jsonAD, "AD/XMPro.AppDesigner.deps.json", `{"libraries": [1, "x"]}`), schema.AppDesigner, "", "", ""},
		{"SM_VERSION", files("SM/web.config", appSettings(`<add key="SM_VERSION" value=" v4.6.1 " />`)), schema.SubscriptionManager, "SM_VERSION=v4.6.1", "v4.6.1", ""},
		{"in any case, the last counts", files("SM/web.config", appSettings(`<add key="SM_VERSION" value="4.6.0" /><add key="sm_version" value="4.6.1" /><add key="SM_VERSIONS" value="1" />`)), schema.SubscriptionManager, "SM_VERSION=4.6.1", "4.6.1", ""},
		{"an empty one", files("SM/web.config", appSettings(`<add key="SM_VERSION" value="" /><remove key="SM_VERSION" />`)), schema.SubscriptionManager, "", "", ""},
		{"one that is taken back", files("SM/web.config", appSettings(`<add key="SM_VERSION" value="4.3.1" /><clear />`)), schema.SubscriptionManager, "", "", ""},
		{"sm-metadata.json", files("SM/web.config", webSM, "SM/SM-Metadata.json", `{"version": "4.6.1", "created": "x"}`), schema.SubscriptionManager, "sm-metadata.json=4.6.1", "4.6.1", ""},
		{"odd sm-metadata.json", files("SM/web.config", webSM, "SM/sm-metadata.json", `{"version": {}}`), schema.SubscriptionManager, "", "", ""},
		{"broken sm-metadata.json", files("SM/web.config", webSM, "SM/sm-metadata.json", `{`), schema.SubscriptionManager, "", "", ""},
		{"all of Subscription Manager's", files("xmpro.yaml", "version: 4.3.1", "SM/web.config", appSettings(`<add key="SM_VERSION" value="4.3.2" />`), "SM/sm-metadata.json", `{"Version": "4.3.3"}`, "SM/XMPro.deps.json", deps(`"XMPro/9.9": {}`)),
			schema.SubscriptionManager, "manifest=4.3.1 SM_VERSION=4.3.2 sm-metadata.json=4.3.3", "4.3.1", ""},
		{"not App Designer's", files("AD/appsettings.json", jsonAD, "AD/sm-metadata.json", `{"version": "4.6.1"}`), schema.AppDesigner, "", "", ""},
		{"of no told product", files("xmpro.yaml", "version: 4.3.1", "x/appsettings.json", jsonAny, "x/XMPro.deps.json", deps(`"XMPro/4.4.1": {}`)), schema.Unknown, "", "", ""},
		{"two products in one folder", files("x/appsettings.json", jsonAD, "x/web.config", appSettings(`<add key="SM_VERSION" value="4.6.1" />`), "x/XMPro.AD.deps.json", deps(`"XMPro.AD/4.4.1": {}`), "x/sm-metadata.json", `{"version": "4.6.0"}`), schema.AppDesigner, "deps.json=4.4.1", "4.4.1", ""},
		{"every node's", files("xmpro.yaml", "products: {app-designer: {nodes: [{name: a, path: a}, {name: b, path: b}]}}", "a/appsettings.json", jsonAD, "a/XM.deps.json", deps(`"XM/4.4.1": {}`), "b/appsettings.json", jsonAD, "b/XM.deps.json", deps(`"XM/4.4.2": {}`)),
			schema.AppDesigner, "deps.json=4.4.1 deps.json=4.4.2", "4.4.1", ""},
	} {
		p := one(t, c.archive, Options{}).Product(c.product)
		if got := evidenceText(p.Versions); got != c.want || p.Version().Text != c.version {
			t.Errorf("%s: %q, version %q", c.name, got, p.Version().Text)
		}
		if got := evidenceText(p.RedisClient); got != c.redis {
			t.Errorf("%s: Redis client %q", c.name, got)
		}
		for _, e := range p.Versions {
			if text := placeText(e.Place); !strings.Contains(text, strings.TrimSpace(e.Version.Text)) {
				t.Errorf("%s: %s lies at %q", c.name, e.Source, text)
			}
		}
	}
}

func TestClassicSignalR(t *testing.T) {
	for _, c := range []struct {
		file string
		want bool
	}{
		{"SM/bin/Microsoft.AspNet.SignalR.Core.dll", true},
		{"SM/Bin/microsoft.aspnet.signalr.redis.DLL", true},
		{"SM/bin/Microsoft.AspNet.SignalR.Core.xml", false},
		{"SM/bin/Microsoft.AspNetCore.SignalR.dll", false},
		{"SM/bin/sub/Microsoft.AspNet.SignalR.Core.dll", false},
		{"SM/lib/Microsoft.AspNet.SignalR.Core.dll", false},
	} {
		p := one(t, files("SM/web.config", webSM, c.file, ""), Options{}).Product(schema.SubscriptionManager)
		if p.ClassicSignalR != c.want {
			t.Errorf("%s: %v", c.file, p.ClassicSignalR)
		}
	}
}
