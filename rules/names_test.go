package rules

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

func json(text string) string { return file("AppDesigner/appsettings.json", text) }

func environment(name string) string {
	return json(`{"xmpro": {"data": {}}}`) + file("AppDesigner/web.config", `<configuration><system.webServer><aspNetCore><environmentVariables>
<environmentVariable name="`+name+`" value="true" /></environmentVariables></aspNetCore></system.webServer></configuration>`)
}

func TestSettingMisplaced(t *testing.T) {
	check(t, "XM2006", []oneCase{
		{"right", json(`{"xmpro": {"autoScale": {"enabled": true}}}`), ""},
		{"right, any casing", json(`{"XMPRO": {"AUTOSCALE": {"enabled": true}}}`), ""},
		{"right, flat", json(`{"xmpro:autoScale:enabled": true}`), ""},
		{"right, half flat", json(`{"xmpro:autoScale": {"enabled": true}}`), ""},
		{"right, flat below", json(`{"xmpro": {"autoScale:enabled": true}}`), ""},
		{"in the root", json(`{"autoScale": {"enabled": true}}`), `error 1 "autoScale"`},
		{"in the root, empty", json(`{"AutoScale": {}}`), `error 1 "AutoScale"`},
		{"under appDesigner", json(`{"xmpro": {"appDesigner": {"autoscale": {}}}}`), `error 1 "autoscale"`},
		{"under itself", json(`{"xmpro": {"autoScale": {"autoScale": {}}}}`), `error 1 "autoScale"`},
		{"deep", json(`{"xmpro": {"xmidentity": {"server": [{"autoScale": true}]}}}`), `error 1 "autoScale"`},
		{"flat in the root", json(`{"autoScale:enabled": true, "autoScale:connectionString": ""}`), "error 1 \"autoScale:enabled\"\nerror 1 \"autoScale:connectionString\""},
		{"flat and deep", json(`{"xmpro:appDesigner:autoScale:enabled": true}`), `error 1 "xmpro:appDesigner:autoScale:enabled"`},
		{"escaped", json(`{"auto\u0053cale": {"enabled": true}}`), `error 1 "auto\u0053cale"`},
		{"of another program", json(`{"Kubernetes": {"autoScale": {"min": 1}}}`), ""},
		{"perhaps of another program, but it says enabled", json(`{"Kubernetes": {"autoScale": {"enabled": true}}}`), `error 1 "autoScale"`},
		{"in an overlay", json(`{}`) + file("AppDesigner/appsettings.Dev.json", `{"autoScale": {}}`), `error 1 "autoScale"`},
		{"in an overlay that is not read", manifest("environment: Production") + json(`{}`) + file("AppDesigner/appsettings.Dev.json", `{"autoScale": {}}`), ""},
		{"in a misspelled section, which is XM2007", json(`{"xmpor": {"autoScale": {"enabled": true}}}`), ""},
		{"in a misspelled section, flat", json(`{"xmpor:autoScale:enabled": true}`), ""},
		{"deeper in a misspelled section", json(`{"xmpor": {"appDesigner": {"autoScale": {"enabled": true}}}}`), `error 1 "autoScale"`},
		{"a single value", json(`{"xmpro": {"autoScale": true}}`), `error 1 "autoScale"`},
		{"a string", json(`{"xmpro": {"autoScale": "cache01:6379,password=s3cret"}}`), `error 1 "autoScale"`},
		{"a list", json(`{"xmpro": {"autoScale": [{"enabled": true}]}}`), `error 1 "autoScale"`},
		{"nothing", json(`{"xmpro": {"autoScale": null}}`), ""},
		{"an empty list", json(`{"xmpro": {"autoScale": []}}`), ""},
		{"a setting that is an object", json(`{"xmpro": {"autoScale": {"enabled": {"a": true}, "connectionString": "a"}}}`), `error 1 "enabled"`},
		{"a setting that is a list", json(`{"xmpro": {"autoScale": {"enabled": true, "ConnectionString": ["a"]}}}`), `error 1 "ConnectionString"`},
		{"a setting that is an empty object", json(`{"xmpro": {"autoScale": {"enabled": {}}}}`), ""},
		{"written like a variable", json(`{"xmpro__autoScale__enabled": true, "XM__XMPRO__AUTOSCALE__CONNECTIONSTRING": "a"}`), "error 1 \"xmpro__autoScale__enabled\"\nerror 1 \"XM__XMPRO__AUTOSCALE__CONNECTIONSTRING\""},
		{"written like a variable, in xmpro", json(`{"xmpro": {"autoScale__enabled": true}}`), `error 1 "autoScale__enabled"`},
		{"written like another variable", json(`{"xmpro__data__connectionString": "a", "__autoScale__": 1}`), ""},
		{"AI", file("AI/appsettings.json", `{"autoScale": {}}`), ""},
		{"web.config, right", sm(smOn), ""},
		{"web.config, in xmidentity", sm("<xmidentity>" + smOn + "</xmidentity>"), "error 3 " + smOn},
		{"web.config, in the root", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /></configSections><xmpro/>\n"+smOn+"</configuration>"), "error 2 " + smOn},
		{"web.config, in a misspelled section", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /></configSections>\n<xmpor>"+smOn+"</xmpor></configuration>"), ""},
		{"web.config, in a section of another program", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /><section name=\"azure\" type=\"b\" /><sectionGroup name=\"g\" /></configSections><xmpro/>\n<location path=\"a\"><azure><x>"+smOn+"</x></azure></location><g>"+smOn+"</g></configuration>"), ""},
		{"web.config, a section of another program", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /><section name=\"autoScale\" type=\"b\" /></configSections><xmpro/>"+smOn+"</configuration>"), ""},
		{"web.config, in a section that nobody declares", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /></configSections><xmpro/>\n<azure>"+smOn+"</azure></configuration>"), "error 2 " + smOn},
		{"web.config of App Designer", json(`{}`) + file("AppDesigner/web.config", "<configuration><system.webServer><aspNetCore/></system.webServer>\n<xmpro2>"+smOn+"</xmpro2></configuration>"), "error 2 " + smOn},
		{"a key of appSettings that ASP.NET Core does not read", json(`{}`) + file("AppDesigner/web.config", `<configuration><appSettings>
<add key="xm__xmpro__autoScale__enabled" value="true" />
<add key="XMPRO__autoScale__connectionString" value="cache01,password=s3cret" />
<add key="xm__xmpro__autoScale__enabled" value="" /><add key="xmpro__data__connectionString" value="a" /><add key="autoScale" value="a" />
</appSettings><system.webServer><aspNetCore/></system.webServer></configuration>`),
			"error 2 \"xm__xmpro__autoScale__enabled\"\nerror 3 \"XMPRO__autoScale__connectionString\""},
		{"a variable", environment("XM__AUTOSCALE__ENABLED"), `error 2 "XM__AUTOSCALE__ENABLED"`},
		{"a variable of a product", environment("xm__xmpro__appDesigner__autoScale__enabled"), `error 2 "xm__xmpro__appDesigner__autoScale__enabled"`},
		{"a variable, right", environment("XM__XMPRO__AUTOSCALE__ENABLED"), ""},
		{"a variable, right with colons", environment("xm:xmpro:autoScale:enabled"), ""},
	})
}

// What is written in a shape that the product does not read is one message.
func TestMisshapenIsOneMessage(t *testing.T) {
	for _, text := range []string{
		`{"xmpro": {"autoScale": true}}`, `{"xmpro": {"autoScale": "cache01:6379,password=s3cret"}}`, `{"xmpro": {"autoScale": [{"enabled": true}]}}`,
		`{"xmpro": {"autoScale": {"enabled": {"a": true}, "connectionString": "cache01:6379,abortConnect=False"}}}`,
		`{"xmpro": {"autoScale": {"enabled": true, "connectionString": ["cache01:6379,abortConnect=False"]}}}`,
		`{"xmpro__autoScale__enabled": true, "xmpro": {"data": {}}}`, `{"xmpor": {"autoScale": {"enabled": true}}}`,
	} {
		var got []string
		for _, f := range findings(t, manifest("version: 4.3.6\nconnectors: {data-streams: [\"2.0\"]}")+json(text)+product("DS", on), All()...) {
			if f.Product == "app-designer" && f.Rule.ID != "XM2016" {
				got = append(got, f.Rule.ID)
				checkFinding(t, f)
			}
			if strings.Contains(f.Message+f.Do, "s3cret") {
				t.Errorf("%s: %s", text, f.Message)
			}
		}
		if len(got) != 1 || got[0] != "XM2006" && got[0] != "XM2007" {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestSettingMisspelled(t *testing.T) {
	check(t, "XM2007", []oneCase{
		{"right", json(`{"xmpro": {"autoScale": {"enabled": true, "connectionString": ""}}}`), ""},
		{"only the casing", json(`{"XMPro": {"AUTOSCALE": {"Enabled": true}}}`), ""},
		{"xmpro", json(`{"xmrpo": {"autoScal": {}}}`), `error 1 "xmrpo"`},
		{"xmpro alone is no section", json(`{"xmrpo": "a"}`), ""},
		{"autoScale", json(`{"xmpro": {"autoScales": {"enabeld": true}}}`), `error 1 "autoScales"`},
		{"enabled", json(`{"xmpro": {"autoScale": {"enable": true}}}`), `error 1 "enable"`},
		{"connectionString", json(`{"xmpro": {"autoScale": {"ConnectionStrings": ""}}}`), `error 1 "ConnectionStrings"`},
		{"both", json(`{"xmpro": {"autoScale": {"enable": true, "connectionstrin": ""}}}`), "error 1 \"enable\"\nerror 1 \"connectionstrin\""},
		{"far away", json(`{"xmpro": {"scale": {}, "autoScale": {"redis": ""}}}`), ""},
		{"a comment key", json(`{"xmpro": {"//autoScale": {}}}`), `error 1 "//autoScale"`},
		{"flat", json(`{"xmpro:autoScal:enabled": true}`), `error 1 "xmpro:autoScal:enabled"`},
		{"flat end", json(`{"xmpro": {"autoScale:enabeld": true}}`), `error 1 "autoScale:enabeld"`},
		{"known keys of the products", json(`{"xmpro": {"appDesigner": {}, "dataStreamDesigner": {}, "ai": {}, "keyVault": {}, "xmsettings": {}}, "urls": {}, "Kestrel": {}}`), ""},
		{"escaped", json(`{"xmpro": {"autoScal\u0065s": {}}}`), `error 1 "autoScal\u0065s"`},
		{"AI's root", file("AI/appsettings.json", `{"xmrpo": {}}`), `error 1 "xmrpo"`},
		{"AI's section", file("AI/appsettings.json", `{"xmpro": {"autoScal": {}}}`), ""},
		{"web.config", sm(smOn), ""},
		{"web.config, casing of the element", sm(strings.Replace(smOn, "autoScale", "autoscale", 1)), "error 3 autoscale"},
		{"web.config, casing of an attribute", sm(strings.Replace(smOn, "connectionString", "ConnectionString", 1)), "error 3 ConnectionString"},
		{"web.config, both", sm(`<AutoScale Enabled="true" />`), "error 3 AutoScale\nerror 3 Enabled"},
		{"web.config, typing error", sm(`<autoSclae enable="true" />`), "error 3 autoSclae\nerror 3 enable"},
		{"web.config, other elements", sm(`<xmidentity /><xmsettings /><xmnotification /><cache />`), ""},
		{"web.config, the section", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /></configSections>\n<XMPro>"+smOn+"</XMPro></configuration>"), "error 2 XMPro"},
		{"web.config, declared under the wrong name", file("SM/web.config", "<configuration><configSections><section name=\"xmpor\" type=\"a\" /></configSections>\n<xmpor>"+smOn+"</xmpor></configuration>"), "error 2 xmpor"},
		{"web.config, a section of another program", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /><section name=\"xmproX\" type=\"b\" /></configSections>\n<xmpro/><xmproX/><location path=\"a\"><xmproX/></location></configuration>"), ""},
		{"web.config, a section beside that nobody declares", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /></configSections>\n<xmpro/><xmproX/></configuration>"), "error 2 xmproX"},
		{"web.config, below location", file("SM/web.config", "<configuration><configSections><section name=\"xmpro\" type=\"a\" /></configSections>\n<location><xmpro><autoscale /></xmpro></location></configuration>"), "error 2 autoscale"},
		{"a variable", environment("XM__XMPRO__AUTOSCALE__ENABELD"), `error 2 "XM__XMPRO__AUTOSCALE__ENABELD"`},
		{"a variable's section", environment("XM__XMPRO__AUTOSCAL__ENABLED"), `error 2 "XM__XMPRO__AUTOSCAL__ENABLED"`},
		{"single underscores", environment("XM_XMPRO_AUTOSCALE_ENABLED"), `error 2 "XM_XMPRO_AUTOSCALE_ENABLED"`},
		{"single underscores, no prefix", environment("XMPRO_AUTOSCALE_CONNECTIONSTRING"), `error 2 "XMPRO_AUTOSCALE_CONNECTIONSTRING"`},
		{"one of them single", environment("XM__XMPRO__AUTOSCALE_ENABLED"), `error 2 "XM__XMPRO__AUTOSCALE_ENABLED"`},
		{"a variable, right", environment("XM__XMPRO__AUTOSCALE__ENABLED"), ""},
		{"another variable", environment("XM__XMPRO__DATA__CONNECTIONSTRING"), ""},
	})
	f := findings(t, sm(strings.Replace(smOn, "autoScale", "autoscale", 1)), Find("XM2007"))[0]
	if f.Fix.Safety != lint.Safe || f.Step != "configure/subscription-manager" || !strings.Contains(f.Message, "casing") {
		t.Errorf("%s: fix %+v, step %s", f.Message, f.Fix, f.Step)
	}
}

func TestNonCanonicalSpelling(t *testing.T) {
	check(t, "XM2012", []oneCase{
		{"the vendor's", json(`{"xmpro": {"autoScale": {"enabled": true, "connectionString": ""}}}`), ""},
		{"each level", json(`{"XMPro": {"AutoScale": {"Enabled": true, "connectionstring": ""}}}`), "info 1 \"XMPro\"\ninfo 1 \"AutoScale\"\ninfo 1 \"Enabled\"\ninfo 1 \"connectionstring\""},
		{"flat, once", json(`{"XMPRO:AUTOSCALE:ENABLED": true}`), `info 1 "XMPRO:AUTOSCALE:ENABLED"`},
		{"escaped is the same name", json(`{"xmpro": {"auto\u0053cale": {}}}`), ""},
		{"other settings are none of its business", json(`{"xmpro": {"KeyVault": {}}, "serilog": {}}`), ""},
		{"variables", environment("XM__XMPRO__AUTOSCALE__ENABLED"), ""},
		{"web.config is XM2007", sm(`<autoscale />`), ""},
		{"a duplicate is XM0004", ad(`"enabled": true, "Enabled": true`), ""},
	})
}

// fixed is the archive's only file with a fix, after the fix.
func fixed(t *testing.T, archive, id string) string {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	all, err := deployment.Load(context.Background(), files, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	runner, err := lint.NewRunner([]*lint.Rule{Find(id)})
	if err != nil {
		t.Fatal(err)
	}
	result, err := runner.Run(context.Background(), all[0])
	if err != nil || len(result.Findings) == 0 {
		t.Fatalf("no finding: %v", err)
	}
	fix := result.Findings[0].Fix
	if fix == nil {
		return "no fix"
	}
	if fix.Edits == nil {
		return string(fix.Safety)
	}
	edited, err := fix.Edits()
	if err != nil || len(edited) != 1 {
		t.Fatalf("%v, %d files", err, len(edited))
	}
	text, err := document.Apply(edited[0].File.Text.Raw, edited[0].Edits)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(string(text), "\n")
}

func TestFixes(t *testing.T) {
	for _, c := range []struct{ name, id, files, want string }{
		{"boolean", "XM2003", json(`{"xmpro": {"autoScale": {"enabled": "yes"}}}`), `{"xmpro": {"autoScale": {"enabled": true}}}`},
		{"boolean in web.config", "XM2003", file("SM/web.config", `<configuration><xmpro><autoScale enabled='off'/></xmpro></configuration>`), `<configuration><xmpro><autoScale enabled='false'/></xmpro></configuration>`},
		{"no boolean to guess", "XM2003", json(`{"xmpro": {"autoScale": {"enabled": "maybe"}}}`), "no fix"},
		{"duplicate", "XM0004", json(`{"xmpro": {"autoScale": {"enabled": true, "ENABLED": false}}}`), `{"xmpro": {"autoScale": {"enabled": true}}}`},
		{"move into xmpro", "XM2006", json("{\n  \"xmpro\": {\n    \"data\": {}\n  },\n  \"autoScale\": { \"enabled\": true }\n}"), "{\n  \"xmpro\": {\n    \"data\": {},\n    \"autoScale\": {\n      \"enabled\": true\n    }\n  }\n}"},
		{"move up", "XM2006", json("{\n  \"xmpro\": {\n    \"appDesigner\": {\n      \"autoScale\": { \"enabled\": true }\n    }\n  }\n}"), "{\n  \"xmpro\": {\n    \"appDesigner\": {},\n    \"autoScale\": {\n      \"enabled\": true\n    }\n  }\n}"},
		{"move, no xmpro", "XM2006", json(`{"autoScale": {"enabled": true}}`), `{"xmpro": {"autoScale": {"enabled": true}}}`},
		{"move, no xmpro, not in the root", "XM2006", json(`{"appDesigner": {"autoScale": {"enabled": true}}}`), `{"appDesigner": {}, "xmpro": {"autoScale": {"enabled": true}}}`},
		{"move, one is there", "XM2006", json(`{"xmpro": {"autoScale": {}}, "autoScale": {"enabled": true}}`), "manual"},
		{"move, one is there, flat", "XM2006", json(`{"xmpro:autoScale:enabled": true, "autoScale": {"enabled": true}}`), "manual"},
		{"move in web.config", "XM2006", file("SM/web.config", "<configuration>\n  <xmpro>\n    <xmidentity>\n      <autoScale enabled=\"true\" connectionString=\"a&amp;b\"/>\n      <data/>\n    </xmidentity>\n    <xmsettings/>\n  </xmpro>\n</configuration>"),
			"<configuration>\n  <xmpro>\n    <xmidentity>\n      <data/>\n    </xmidentity>\n    <autoScale enabled=\"true\" connectionString=\"a&amp;b\" />\n    <xmsettings/>\n  </xmpro>\n</configuration>"},
		{"rename", "XM2007", json(`{"xmpro": {"autoScal": {"enabled": true}}}`), `{"xmpro": {"autoScale": {"enabled": true}}}`},
		{"rename in a path", "XM2007", json(`{"xmpro:autoScal:enabled": true}`), `{"xmpro:autoScale:enabled": true}`},
		{"rename, one is there", "XM2007", json(`{"xmpro": {"autoScale": {"enabled": false, "enable": true}}}`), "manual"},
		{"rename, one is there in another section of the name", "XM2007", json(`{"xmpro": {"autoScale": {"enable": true}, "AutoScale": {"enabled": false}}}`), "manual"},
		{"rename the section, one is there in another", "XM2007", json(`{"xmpro": {"autoScal": {"x": 1, "enabled": true}}, "xmpro:autoScale:enabled": false}`), "manual"},
		{"rename, another section has something else", "XM2007", json(`{"xmpro": {"autoScal": {"enabled": true}}, "xmpro:autoScale": {"connectionString": "h"}}`), `{"xmpro": {"autoScale": {"enabled": true}}, "xmpro:autoScale": {"connectionString": "h"}}`},
		{"rename in web.config", "XM2007", file("SM/web.config", `<configuration><xmpro><autoscale enabled="true"></autoscale></xmpro></configuration>`), `<configuration><xmpro><autoScale enabled="true"></autoScale></xmpro></configuration>`},
		{"rename an attribute", "XM2007", file("SM/web.config", `<configuration><xmpro><autoScale Enabled="true"/></xmpro></configuration>`), `<configuration><xmpro><autoScale enabled="true"/></xmpro></configuration>`},
		{"rename an attribute, one is there", "XM2007", file("SM/web.config", `<configuration><xmpro><autoScale enabled="true" Enabled="true"/></xmpro></configuration>`), "manual"},
		{"rename, two are meant to be it", "XM2007", json(`{"xmpro": {"autoScale": {"enable": true, "enabeld": false}}}`), "manual"},
		{"rename an attribute, two are meant to be it", "XM2007", file("SM/web.config", `<configuration><xmpro><autoScale enable="true" enabeld="false"/></xmpro></configuration>`), "manual"},
		{"rename an attribute, the better of two", "XM2007", file("SM/web.config", `<configuration><xmpro><autoScale Enabled="true" enabel="false"/></xmpro></configuration>`), `<configuration><xmpro><autoScale enabled="true" enabel="false"/></xmpro></configuration>`},
		{"rename an element, two are meant to be it", "XM2007", file("SM/web.config", `<configuration><xmpro><autoscale/><AutoScale/></xmpro></configuration>`), "manual"},
		{"casing", "XM2012", json(`{"xmpro": {"AUTOSCALE": {"enabled": true}}}`), `{"xmpro": {"autoScale": {"enabled": true}}}`},
		{"casing of a path", "XM2012", json(`{"XMPRO:AUTOSCALE:ENABLED": true}`), `{"xmpro:autoScale:enabled": true}`},
		{"shadow", "XM2010", json(`{"xmpro": {"autoScale": {"enabled": true}}}`) + file("AppDesigner/appsettings.Dev.json", `{"xmpro": {"autoScale": {"enabled": false, "connectionString": "a"}}}`), `{"xmpro": {"autoScale": {"connectionString": "a"}}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fixed(t, c.files, c.id); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
