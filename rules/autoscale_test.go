package rules

import (
	"strings"
	"testing"
)

func nodes(id, first, second string) string {
	return manifest("products:\n  " + id + ": {nodes: [{name: n1, path: " + first + "}, {name: n2, path: " + second + "}]}\nload_balancer: {sticky: true}")
}

func instances(n string) string {
	return manifest("products:\n  app-designer: {path: AppDesigner, instances: " + n + "}")
}

func TestAutoScaleOff(t *testing.T) {
	check(t, "XM2001", []oneCase{
		{"off", ad(off), "info 1 false"},
		{"absent", file("AppDesigner/appsettings.json", `{"xmpro": {"data": {}}}`), `info 1 "xmpro"`},
		{"nothing at all", file("AppDesigner/appsettings.json", `{}`), `info 1`},
		{"on", ad(on), ""},
		{"invalid is another matter", ad(`"enabled": "yes"`), ""},
		{"a reference is unknown", ad(`"enabled": "${ON}"`), ""},
		{"a vault is unknown", file("AppDesigner/appsettings.json", `{"xmpro": {"keyVault": {"provider": "Azure", "name": "v"}}}`), ""},
		{"all three", ad(off) + product("DS", off) + sm(smOff), "info 1 false\ninfo 1 false\ninfo 3 \"false\""},
		{"AI and Stream Host have none", product("AI", off) + product("StreamHost", off), ""},
		{"unknown product", file("x/appsettings.json", `{"xmpro": {"autoScale": {"enabled": false}}}`), ""},
		{"in Production on", ad(off) + file("AppDesigner/appsettings.Production.json", `{"xmpro": {"autoScale": {"enabled": true}}}`), ""},
		{"in Production off", ad(on) + file("AppDesigner/appsettings.Production.json", `{"xmpro": {"autoScale": {"enabled": false}}}`), "info 1 false"},
		{"two instances are XM2009", instances("2") + ad(off), ""},
		{"nodes that differ are XM2015", nodes("app-designer", "a", "b") + product("a", on) + product("b", off), ""},
		{"misspelled is XM2007", file("AppDesigner/appsettings.json", `{"xmpro": {"autoScal": {"enabled": true}}}`), ""},
		{"misplaced is XM2006", file("AppDesigner/appsettings.json", `{"autoScale": {"enabled": true}}`), ""},
		{"wrong casing in web.config is XM2007", sm(strings.Replace(smOn, "autoScale", "autoscale", 1)), ""},
	})
	f := findings(t, sm(smOff), Find("XM2001"))[0]
	if f.Step != "configure/subscription-manager" || !strings.Contains(f.Do, "<autoScale enabled") || !strings.Contains(f.Do, "SM/web.config") {
		t.Errorf("step %s, do %s", f.Step, f.Do)
	}
}

func TestScaledOutWithoutAutoScale(t *testing.T) {
	check(t, "XM2009", []oneCase{
		{"one instance", instances("1") + ad(off), ""},
		{"unknown", ad(off), ""},
		{"two instances", instances("2") + ad(off), "error 1 false"},
		{"two nodes", nodes("app-designer", "a", "b") + product("a", off) + product("b", off), "error 1 false\nerror 1 false"},
		{"two nodes, one unknown", nodes("app-designer", "a", "b") + product("a", off) + product("b", `"enabled": "${ON}"`), "error 1 false"},
		{"on", instances("2") + ad(on), ""},
		{"a target is not there yet", manifest("products:\n  app-designer: {path: AppDesigner, instances: 1, target_instances: 4}") + ad(off), ""},
		{"AI may have two", manifest("products:\n  ai: {path: AI, instances: 2}") + product("AI", off), ""},
	})
}

func TestAutoScalePartial(t *testing.T) {
	three := func(a, b, c string) string { return ad(a) + product("DS", b) + sm(c) }
	check(t, "XM2002", []oneCase{
		{"all on", three(on, on, smOn), ""},
		{"all off", three(off, off, smOff), ""},
		{"one off", three(on, off, smOn), "warning 1 false"},
		{"two off", three(on, off, smOff), "warning 1 false\nwarning 3 \"false\""},
		{"one unknown", three(on, `"enabled": "${ON}"`, smOn), ""},
		{"one invalid", three(on, `"enabled": 1`, smOn), ""},
		{"two instances", manifest("products:\n  subscription-manager: {path: SM, instances: 2}") + three(on, off, smOn), "error 1 false"},
		{"two deployments", file("one/AppDesigner/appsettings.json", `{"xmpro": {"autoScale": {"enabled": true}}}`) + file("two/DS/appsettings.json", `{"xmpro": {"autoScale": {"enabled": false}}}`), ""},
	})
}

// What is off in several environments is one finding that names them; what is
// off in one of them is never an error.
func TestAutoScaleInEnvironments(t *testing.T) {
	overlay := func(folder, env, members string) string {
		return file(folder+"/appsettings."+env+".json", `{"xmpro": {"x": 1, "autoScale": {`+members+`}}}`)
	}
	two := manifest("products:\n  app-designer: {path: AppDesigner, instances: 2}\nload_balancer: {sticky: true}")
	staging := ad(off) + overlay("AppDesigner", "Staging", on) + overlay("AppDesigner", "Dev", "")
	for _, c := range []struct{ name, rule, archive, want string }{
		{"base and an overlay", "XM2001", staging, "info (environment: no overlay, Dev)"},
		{"an overlay alone", "XM2001", ad(on) + overlay("AppDesigner", "Dev", off), "info (environment: Dev)"},
		{"base and Production", "XM2001", ad(off) + overlay("AppDesigner", "Production", ""), "info (environment: no overlay, Production)"},
		{"the base never stands alone", "XM2001", ad(off) + overlay("AppDesigner", "Production", on), ""},
		{"of two instances", "XM2001", two + staging, ""},
		{"of two instances, in an overlay alone", "XM2001", two + ad(on) + overlay("AppDesigner", "Dev", off), "info (environment: Dev)"},
		{"two instances", "XM2009", two + staging, "error (environment: no overlay, Dev)"},
		{"two instances, in an overlay alone", "XM2009", two + ad(on) + overlay("AppDesigner", "Dev", off), ""},
		{"partial", "XM2002", staging + product("DS", on), "warning (environment: no overlay, Dev)"},
		{"partial, the other has the overlays", "XM2002", staging + product("DS", off), "warning"},
		{"partial in an overlay alone", "XM2002", two + ad(on) + product("DS", on) + overlay("DS", "Dev", off), "warning (environment: Dev)"},
		{"partial in Production", "XM2002", two + ad(on) + product("DS", on) + overlay("DS", "Production", off), "error (environment: Production)"},
		{"partial but in Production", "XM2002", ad(on) + product("DS", off) + overlay("DS", "Production", on), ""},
		{"partial everywhere", "XM2002", two + ad(on) + product("DS", off) + overlay("DS", "Dev", ""), "error (environment: no overlay, Dev)"},
		{"both have the overlay", "XM2002", ad(off) + overlay("AppDesigner", "Dev", on) + product("DS", off) + overlay("DS", "dev", on), ""},
	} {
		var got []string
		for _, f := range findings(t, c.archive, Find(c.rule)) {
			_, envs, _ := strings.Cut(f.Message, " (environment: ")
			if envs != "" {
				envs = " (environment: " + envs
			}
			got = append(got, f.Severity.String()+envs)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	f := findings(t, staging+product("DS", off), Find("XM2002"))[0]
	if f.Product != "data-stream-designer" || !strings.HasSuffix(f.Message, "but on in App Designer in some environments") || len(f.Related) != 1 || f.Related[0].Message != `on in App Designer in the environment "Staging"` {
		t.Errorf("%+v", f)
	}
}

func TestSettingWithoutEffect(t *testing.T) {
	check(t, "XM2008", []oneCase{
		{"AI", product("AI", on), `info 1 "enabled"`},
		{"AI off", product("AI", off), `info 1 "enabled"`},
		{"a string alone", product("StreamHost", `"connectionString": "a"`), `info 1 "connectionString"`},
		{"none", file("AI/appsettings.json", `{"xmpro": {}}`), ""},
		{"App Designer", ad(on), ""},
	})
}

func TestNoStickySessions(t *testing.T) {
	sticky := func(n, s string) string {
		return manifest("products:\n  app-designer: {path: AppDesigner, instances: "+n+"}\nload_balancer: {sticky: "+s+"}") + ad(on)
	}
	check(t, "XM2014", []oneCase{
		{"off with two", sticky("2", "false"), "error 3 false"},
		{"off with one", sticky("1", "false"), ""},
		{"on with two", sticky("2", "true"), ""},
		{"nothing says", instances("2") + ad(on), "info 2 2"},
		{"nothing says of nodes", manifest("products:\n  app-designer: {nodes: [{name: n1, path: a}, {name: n2, path: b}]}") + product("a", on) + product("b", on), "info 2 app-designer"},
		{"nothing at all", ad(on), ""},
		{"no boolean is XM0006", sticky("2", "yes"), ""},
		{"the list of steps says it", manifest("products:\n  app-designer: {path: AppDesigner, instances: 2}\ndone: [{step: sticky-sessions}]") + ad(on), ""},
		{"the list of steps is contradicted", manifest("products:\n  app-designer: {path: AppDesigner, instances: 2}\nload_balancer: {sticky: false}\ndone: [{step: sticky-sessions}]") + ad(on), "error 3 false"},
		{"AI may have two", manifest("products:\n  ai: {path: AI, instances: 2}\nload_balancer: {sticky: false}") + product("AI", off), ""},
	})
}

func TestHealthChecksOff(t *testing.T) {
	with := func(folder, own, flags string) string {
		return file(folder+"/appsettings.json", "{\"xmpro\": {\n\""+own+"\": { \"featureFlags\": {"+flags+"} },\n\"autoScale\": {"+on+"}}}")
	}
	check(t, "XM2016", []oneCase{
		{"not there", ad(on), `info 1 "xmpro"`},
		{"false", with("AppDesigner", "appDesigner", `"enableHealthChecks": false`), "info 2 false"},
		{"true", with("AppDesigner", "appDesigner", `"enableHealthChecks": "True"`), ""},
		{"the prose's spelling is not the setting", with("AppDesigner", "appDesigner", `"enableHealthCheck": true`), `info 2 "featureFlags"`},
		{"of another product", file("DS/appsettings.json", `{"xmpro": {"dataStreamDesigner": {"a": 1, "server": {}}, "appDesigner": {"server": {}, "featureFlags": {"enableHealthChecks": true}}, "autoScale": {"enabled": true}}}`), `info 1 "dataStreamDesigner"`},
		{"Data Stream Designer", with("DS", "dataStreamDesigner", `"enableHealthChecks": true`), ""},
		{"off", ad(off), ""},
		{"Subscription Manager has none", sm(smOn), ""},
		{"a reference", with("AppDesigner", "appDesigner", `"enableHealthChecks": "${HC}"`), ""},
	})
	for text, want := range map[string]bool{`"enableHealthCheck": true`: true, `"enableHealthChecks": false, "enableHealthCheck": true`: false, "": false} {
		f := findings(t, with("AppDesigner", "appDesigner", text), Find("XM2016"))[0]
		if strings.Contains(f.Message, "without an s") != want {
			t.Errorf("%s: %s", text, f.Message)
		}
	}
}
