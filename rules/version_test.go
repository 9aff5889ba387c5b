package rules

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

func TestPlatformTooOld(t *testing.T) {
	check(t, "XM1001", []oneCase{
		{"older and off", manifest("version: 4.2.3") + ad(off), "warning 1 4.2.3"},
		{"older and on", manifest("version: 4.3.0.9999") + ad(on), "error 1 4.3.0.9999"},
		{"older, off here and on there", manifest("version: 4.2") + ad(off) + product("DataStreamDesigner", on), "error 1 4.2"},
		{"on in one view", manifest("version: 4.2") + ad(off) + file("AppDesigner/appsettings.Dev.json", `{"xmpro": {"autoScale": {"enabled": true}}}`), "error 1 4.2"},
		{"on in AI is not on", manifest("version: 4.2") + ad(off) + product("AI", on), "warning 1 4.2"},
		{"new enough", manifest("version: 4.3.10") + ad(on), ""},
		{"v, suffix and blanks", manifest(`version: " v5.0.0.157-alpha-cd3479bd86 "`) + ad(on), ""},
		{"on both sides of it", manifest("version: 4") + ad(on), ""},
		{"unknown is not old", manifest("version: latest") + ad(on), ""},
		{"one place, one finding", manifest("version: 4.2.3") + ad(off) + product("DS", off) + sm(smOff), "warning 1 4.2.3"},
		{"places of their own", manifest("products:\n  app-designer: {path: AppDesigner, version: 4.2.3}\n  data-stream-designer: {path: DS, version: 4.2.4}") +
			ad(off) + product("DS", off), "warning 2 4.2.3\nwarning 3 4.2.4"},
		{"Stream Hosts may stay behind", manifest("products:\n  stream-host: {path: StreamHost, version: 4.2.3}") + file("StreamHost/appsettings.json", `{"xmpro": {"gateway": {"name": "a"}}}`), ""},
		{"SM_VERSION", strings.Replace(sm(smOff), "</configuration>", `<appSettings><add key="SM_VERSION" value="4.2.3"/></appSettings></configuration>`, 1), `warning 4 "4.2.3"`},
	})
	one := findings(t, manifest("version: 4.2.3")+ad(off), Find("XM1001"))[0]
	if one.Product != schema.AppDesigner || one.Step != "upgrade-xmpro" {
		t.Errorf("of one product: %s, step %s", one.Product, one.Step)
	}
	if all := findings(t, manifest("version: 4.2.3")+ad(off)+product("DS", off), Find("XM1001"))[0]; all.Product != "" || !strings.Contains(all.Message, "App Designer and Data Stream Designer") {
		t.Errorf("of two products: %q, %s", all.Product, all.Message)
	}
}

func TestPlatformVersionUnknown(t *testing.T) {
	check(t, "XM1002", []oneCase{
		{"nothing says", ad(off), "warning 1"},
		{"latest", manifest("version: latest") + ad(off), "warning 1 latest"},
		{"floating", manifest("version: 4") + ad(off), "warning 1 4"},
		{"known", manifest("version: 4.3.1") + ad(off), ""},
		{"one product knows", manifest("products:\n  app-designer: {path: AppDesigner, version: 4.3.1}\n  data-stream-designer: {path: DS, version: latest}") + ad(off) + product("DS", off), ""},
		{"once per deployment", ad(off) + product("DS", off) + sm(smOff), "warning 1"},
		{"only 4.2.x", manifest("version: 4.2") + ad(off), ""},
	})
}

func TestPlatformVersionMismatch(t *testing.T) {
	two := func(a, b string) string {
		return manifest("products:\n  app-designer: {path: AppDesigner, version: "+a+"}\n  data-stream-designer: {path: DS, version: "+b+"}") + ad(off) + product("DS", off)
	}
	host := func(v string) string {
		return manifest("version: 4.4.0\nproducts:\n  stream-host: {path: StreamHost, version: "+v+"}") + ad(off) + file("StreamHost/appsettings.json", `{"xmpro": {"gateway": {"name": "a"}}}`)
	}
	check(t, "XM1003", []oneCase{
		{"equal", two("4.3.1", "4.3.1"), ""},
		{"equal with zeros and suffix", two("4.3.1", "v4.3.1.0-alpha"), ""},
		{"one says less", two("4.3", "4.3.1"), ""},
		{"different", two("4.3.6", "4.2.3"), "warning 3 4.2.3"},
		{"unknown", two("4.3.6", "latest"), ""},
		{"one says less than two that differ", manifest("products:\n  app-designer: {path: AppDesigner, version: 4.3}\n  data-stream-designer: {path: DS, version: 4.3.2}\n  subscription-manager: {path: SM, version: 4.3.1}") + ad(off) + product("DS", off) + sm(smOff), "warning 4 4.3.1"},
		{"a Stream Host behind", host("4.3.12"), "info 3 4.3.12"},
		{"a Stream Host beside", host("4.4.0"), ""},
	})
}

func TestPlatformVersionConflict(t *testing.T) {
	with := func(version, sm string) string {
		return manifest("version: "+version) + strings.Replace(smFile(), "</configuration>", `<appSettings><add key="SM_VERSION" value="`+sm+`"/></appSettings></configuration>`, 1)
	}
	check(t, "XM1004", []oneCase{
		{"agree", with("4.3.6", "4.3.6.0"), ""},
		{"disagree", with("4.3.6", "4.2.3"), `warning 4 "4.2.3"`},
		{"one says less", with("4.3", "4.3.6"), ""},
		{"one is none", with("latest", "4.3.6"), ""},
		{"both are none", with("latest", "none"), ""},
	})
}

func smFile() string { return sm(smOff) }

func TestPlatformKnownIssue(t *testing.T) {
	check(t, "XM1005", []oneCase{
		{"4.3.0", manifest("version: 4.3.0") + ad(off), ""},
		{"4.3.1", manifest("version: 4.3.1") + ad(off), "info 1 4.3.1"},
		{"4.3.5.7", manifest("version: 4.3.5.7") + ad(off), "info 1 4.3.5.7"},
		{"4.3.6", manifest("version: 4.3.6") + ad(off), ""},
		{"4.3", manifest("version: 4.3") + ad(off), ""},
	})
}
