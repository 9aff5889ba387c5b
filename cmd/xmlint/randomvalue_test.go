package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// texts are values that settings get.
var texts = []string{
	"", "-", " ", "true", "True", "false", "yes", "1", "0", "null", "${REDIS}", "${xmpro:x}", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/r)",
	"<your-redis>", "your-redis:6379", "changeme", "cache01:6379,abortConnect=False", "cache01:6380,ssl=True,abortConnect=False,password=" + marker,
	"cache02:6380,password=" + marker + ",pasword=" + marker + ",ssl=maybe", "localhost:6379", "6379", "redis://u:" + marker + "@h:6380", "h:6379,channelPrefix=x,defaultDatabase=3",
	"c.redis.cache.windows.net:6380,password=" + marker + ",ssl=False", "c.redis.azure.net:10000,ssl=True,defaultDatabase=1,abortConnect=False", "a:1,b:2;c", "h,sslProtocols=tls11,proxy=Twemproxy",
	"[::1]:6379", "h:6379,$EVAL=", "Server=sql01;Database=AD;User Id=x;Password=" + marker + ";", "Server=a;Password='" + marker + "';x", "https://u:" + marker + "@example.com/", "ü☃\U0001f600 \t\n&<>\"'",
}

// object is an autoScale section.
func (t *tree) object() string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range t.IntN(4) {
		if i > 0 {
			b.WriteString(", ")
		}
		key := pick(t, "enabled", "Enabled", "connectionString", "ConnectionString", "connectionstring", "enable", "conectionString", "x", "")
		fmt.Fprintf(&b, "%q: %s", key, t.value())
	}
	return b.String() + "}"
}

// value is a JSON value.
func (t *tree) value() string {
	switch t.IntN(8) {
	case 0:
		return pick(t, "true", "false", "null", "1", "0.5", "-1e400", "12345678901234567890")
	case 1:
		return pick(t, "{}", "[]", `["a", true]`, `[{"x": null}]`, `{"a": {"b": [1]}}`)
	case 2:
		return pick(t, "true", "false")
	}
	text, _ := json.Marshal(pick(t, texts...))
	if t.chance(8) {
		return strings.ReplaceAll(string(text), "e", `\u0065`)
	}
	return string(text)
}

var (
	jsonLeaf    = regexp.MustCompile(`"([^"\\\n]*)":\s*("(?:[^"\\]|\\.)*"|true|false|null|-?[\d.]+|\{\}|\[\])`)
	jsonSection = regexp.MustCompile(`"([^"\\\n]*)":\s*\{`)
	xmlAttr     = regexp.MustCompile(`\s([\w:]+)="([^"]*)"`)
	xmlElement  = regexp.MustCompile(`<(\w+)(?:\s[^<>]*)?/>`)
	xmlOpen     = regexp.MustCompile(`<(?:xmpro|configuration|appSettings|autoScale|system\.web|xmidentity)(?:\s[^<>]*)?>`)
)

// spot is one place that an expression finds.
func (t *tree) spot(re *regexp.Regexp, text string) []int {
	if all := re.FindAllStringSubmatchIndex(text, -1); len(all) > 0 {
		return pick(t, all...)
	}
	return nil
}

// members are pieces of JSON to put in front of others.
func (t *tree) member() string {
	return pick(t,
		func() string { return `"autoScale": ` + t.object() },
		func() string { return `"AutoScale": ` + t.object() },
		func() string { return `"xmpro": {"autoScale": ` + t.object() + `}` },
		func() string { return `"xmpro:autoScale:enabled": ` + t.value() },
		func() string { return `"autoscal": ` + t.object() },
		func() string { return `"password": "` + marker + `"` },
		func() string { return `"healthChecks": {"x": ` + t.value() + `}, "keyVault": {"provider": "azure"}` },
		func() string { return `"xm": {"xmpro": {"autoScale": ` + t.object() + `}}` },
	)()
}

// changeJSON changes a value, a key or a section of a JSON text.
func (t *tree) changeJSON(text string) string {
	switch op := t.IntN(7); op {
	case 0, 1, 2:
		m := t.spot(jsonLeaf, text)
		if m == nil {
			break
		}
		if key := text[m[2]:m[3]]; op > 0 && t.chance(2) || strings.Contains(text[m[0]:m[1]], marker) || key == "" {
			break // a secret under its name is looked after best
		}
		return text[:m[4]] + t.value() + text[m[5]:]
	case 3:
		m := t.spot(jsonLeaf, text)
		if m == nil || strings.Contains(text[m[0]:m[1]], marker) && !t.chance(3) {
			break
		}
		key := text[m[2]:m[3]]
		return text[:m[2]] + pick(t, strings.ToUpper(key), strings.ToLower(key), key+":0") + text[m[3]:]
	case 4:
		if m := t.spot(jsonLeaf, text); m != nil {
			return text[:m[0]] + text[m[0]:m[1]] + ", " + text[m[0]:]
		}
	case 5:
		if m := t.spot(jsonLeaf, text); m != nil {
			return text[:m[0]] + pick(t, "/* password "+marker+" */ ", "// sharedkey: "+marker+"\n", "// \"password\": \""+marker+"\"\n", "// xmlint:ignore XM2001 -- for now\n") + text[m[0]:]
		}
	}
	if m := t.spot(jsonSection, text); m != nil {
		return text[:m[1]] + t.member() + ", " + text[m[1]:]
	}
	return text
}

// attribute escapes a text for an attribute.
func attribute(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;").Replace(text)
}

// changeXML changes an attribute or an element of a web.config.
func (t *tree) changeXML(text string) string {
	switch t.IntN(6) {
	case 0, 1:
		if m := t.spot(xmlAttr, text); m != nil && !strings.Contains(text[m[0]:m[1]], marker) {
			if t.chance(4) {
				return text[:m[2]] + pick(t, strings.ToUpper(text[m[2]:m[3]]), strings.ToLower(text[m[2]:m[3]])) + text[m[3]:]
			}
			value := attribute(pick(t, texts...))
			if name := text[m[2]:m[3]]; (name == "key" || name == "name") && strings.Contains(value, marker) {
				return text // names are shown
			}
			return text[:m[4]] + value + text[m[5]:]
		}
	case 2:
		if m := t.spot(xmlElement, text); m != nil {
			element := text[m[0]:m[1]]
			return text[:m[0]] + pick(t, "", element+element, "<!-- "+element+" -->", "<location path=\"x\">"+element+"</location>", element+"text") + text[m[1]:]
		}
	case 3:
		if m := t.spot(xmlElement, text); m != nil {
			name := text[m[2]:m[3]]
			return text[:m[2]] + pick(t, strings.ToLower(name), strings.ToUpper(name[:1])+name[1:], "x"+name) + text[m[3]:]
		}
	}
	m := t.spot(xmlOpen, text)
	if m == nil {
		return text
	}
	value := func() string { return attribute(pick(t, texts...)) }
	return text[:m[1]] + pick(t,
		func() string { return `<autoScale enabled="` + value() + `" connectionString="` + value() + `" />` },
		func() string { return `<autoscale enabled="true" />` },
		func() string { return "\n    <add key=\"xmpro__autoScale__enabled\" value=\"" + value() + "\" />" },
		func() string { return `<add key="xm__xmpro__autoScale__connectionString" value="` + value() + `" />` },
		func() string { return `<add key="SM_VERSION" value="` + pick(t, "4.2.3", "4.6.1", "x") + `" />` },
		func() string { return `<!-- password="` + marker + `" -->` },
		func() string { return `<machineKey validationKey="AutoGenerate,IsolateApps" />` },
		func() string { return `<appSettings configSource="x.config" />` },
		func() string { return `<xmpro configSource="x.config" />` },
		func() string { return `<![CDATA[ text ]]>` },
		func() string { return `<autoScale><enabled>true</enabled></autoScale>` },
	)() + text[m[1]:]
}

// manifest makes facts up, most of them possible.
func (t *tree) manifest(root string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	version := func() string {
		return pick(t, "4.2.3", "4.3.1", "4.3.0", "4.4.19", "4.6.1", "4.5.5", "5.0.0.157-alpha", "latest", "v4.3.6", "9.9", `"4,3"`, "4.10")
	}
	connector := func() string { return pick(t, `"1.07"`, `"2.0"`, `"2.01"`, `"1.38"`, "1.07", "2", "x") }
	if !t.chance(4) {
		line("name: %s", pick(t, "acme", "b", "12", "\"it's \\\"q\\\" $x\"", "ünï"))
	}
	if !t.chance(4) {
		line("version: %s", version())
	}
	if !t.chance(4) {
		line("hosting: %s", pick(t, "iis", "iis", "windows-installer", "azure-arm", "azure-terraform", "compose", "helm", "azure", "docker", "kubernetes", "ISS"))
	}
	if t.chance(2) {
		line("environment: %s", pick(t, "Production", "Staging", "dev", "x/y"))
	}
	if !t.chance(4) {
		t.products(root, line, version)
	}
	if t.chance(2) {
		line("load_balancer: {sticky: %s}", pick(t, "true", "false", "yes"))
	}
	if t.chance(2) {
		text, _ := json.Marshal(pick(t, texts...))
		line("redis: {connection: %s, service: %s, cluster: %s}", text, pick(t, "self-hosted", "azure-cache", "azure-managed", "elasticache", "other"), pick(t, "true", "false"))
	}
	if t.chance(2) {
		line("connectors: {data-streams: [%s, %s]}", connector(), connector())
	}
	if t.chance(2) {
		line("apps:")
		for range 1 + t.IntN(3) {
			line("  - {name: %s, connector: %s%s%s}", pick(t, "Pump", "Shift Log", "pump", "\"É 'n° $(x)\"", "A/B", "☃"), connector(), pick(t, "", ", upgrade: true", ", upgrade: false"), pick(t, "", ", cache_loss: accepted"))
		}
	}
	if t.chance(2) {
		line("done:")
		for range 1 + t.IntN(6) {
			line("  - {step: %q%s}", pick(t, "capture", "backup", "upgrade-xmpro", "verify/upgrade", "provision-redis", "verify/redis", "configure/app-designer", "configure/data-stream-designer",
				"decrypt/subscription-manager", "configure/subscription-manager", "encrypt/subscription-manager", "upgrade-connector", "upgrade-app/pump", "verify/app-designer",
				"verify/backplane", "sticky-sessions", "share-keys", "scale-out", "scale-in", "decide/window", "configure/app-designer@n1", "decrypt/subscription-manager@n1", "verify/subscription-manager@n2", "verify/subscription-manager", "nonsense"),
				pick(t, "", ", on: 2026-11-20"))
		}
	}
	if t.chance(3) {
		line("decisions: {redis-per-product: %s, window: x, upgrade-connector: %s}", pick(t, "yes", "no"), pick(t, "yes", "no"))
	}
	if t.chance(10) {
		line("%s", pick(t, "verson: 4", "name: twice", "password: "+marker, "- x", "{", "apps: 1"))
	}
	return b.String()
}

// products lists the products of the folders that there are.
func (t *tree) products(root string, line func(string, ...any), version func() string) {
	folders := t.folders(root)
	if len(folders) == 0 {
		return
	}
	line("products:")
	for _, product := range []string{"app-designer", "data-stream-designer", "subscription-manager", "ai", "stream-host"} {
		if t.chance(4) || len(product) < 12 && !t.chance(3) {
			continue
		}
		facts := pick(t, "", fmt.Sprintf(", instances: %d", 1+t.IntN(3)), fmt.Sprintf(", instances: 1, target_instances: %d", 1+t.IntN(3)))
		if t.chance(3) {
			facts += ", version: " + version()
		}
		folder := t.folderOf(product, folders)
		if t.chance(4) {
			line("  %s: {nodes: [{name: n1, path: %q}, {name: %s, path: %q}]%s}", product, folder, pick(t, "n2", "n1", "N1"), pick(t, folders...), strings.Replace(facts, "instances: 1, ", "", 1))
			continue
		}
		line("  %s: {path: %q%s}", product, folder, facts)
	}
}
