package deployment

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// on is a file that sets Auto Scale, and tells App Designer.
func on(enabled string) string {
	return `{"xmpro": {"appDesigner": {"x": 1}, "autoScale": {"enabled": ` + enabled + `}}}`
}

// core is a web.config of the ASP.NET Core Module with environment variables:
// NAME=VALUE separated by blanks.
func core(variables string) string {
	var b strings.Builder
	b.WriteString("<configuration><system.webServer><aspNetCore><environmentVariables>")
	for word := range strings.FieldsSeq(variables) {
		name, value, _ := strings.Cut(word, "=")
		b.WriteString(`<environmentVariable name="` + name + `" value="` + value + `" />`)
	}
	b.WriteString("</environmentVariables></aspNetCore></system.webServer></configuration>")
	return b.String()
}

// views writes a node's views down: environment=state for each, the default
// one with a star.
func views(n *Node) string {
	var b strings.Builder
	for i, v := range n.Views {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(v.Environment + "=" + v.AutoScale.State.String())
		if v == n.Default() {
			b.WriteByte('*')
		}
	}
	return b.String()
}

func TestEnvironments(t *testing.T) {
	for _, c := range []struct {
		name    string
		archive string
		flag    string
		want    string
	}{
		{"base alone", files("AD/appsettings.json", on("true")), "", "=on*"},
		{"one overlay", files("AD/appsettings.json", on("true"), "AD/appsettings.Test.json", on("false")), "", "=on* Test=off"},
		{"Production counts where nothing is known", files("AD/appsettings.json", on("true"), "AD/appsettings.production.json", on("false"), "AD/appsettings.Test.json", on("1")), "", "=on Test=invalid production=off*"},
		{"an overlay alone", files("AD/appsettings.Test.json", on("true")), "", "=absent* Test=on"},
		{"the call says it", files("xmpro.yaml", "environment: Prod", "AD/appsettings.json", on("true"), "AD/appsettings.Test.json", on("false")), "test", "test=off*"},
		{"the manifest says it", files("xmpro.yaml", "environment: Test", "AD/appsettings.json", on("true"), "AD/appsettings.Test.json", on("false"), "AD/web.config", core("ASPNETCORE_ENVIRONMENT=Prod")), "", "Test=off*"},
		{"web.config says it", files("AD/appsettings.json", on("true"), "AD/appsettings.Test.json", on("false"), "AD/web.config", core("aspnetcore_environment=TEST")), "", "TEST=off*"},
		{"or the other variable", files("AD/appsettings.json", on("true"), "AD/web.config", core("DOTNET_ENVIRONMENT=Test")), "", "Test=on*"},
		{"ASP.NET Core's beats it", files("AD/appsettings.json", on("true"), "AD/web.config", core("ASPNETCORE_ENVIRONMENT=A DOTNET_ENVIRONMENT=B")), "", "A=on*"},
		{"in any order", files("AD/appsettings.json", on("true"), "AD/web.config", core("DOTNET_ENVIRONMENT=B ASPNETCORE_ENVIRONMENT=A")), "", "A=on*"},
		{"a variable of Windows says nothing", files("AD/appsettings.json", on("true"), "AD/appsettings.Test.json", on("false"), "AD/web.config", core("ASPNETCORE_ENVIRONMENT=%ENV%")), "", "=on* Test=off"},
		{"a reference says nothing", files("AD/appsettings.json", on("true"), "AD/appsettings.Test.json", on("false"), "AD/web.config", core("ASPNETCORE_ENVIRONMENT=#{Env}#")), "", "=on* Test=off"},
		{"without an overlay of that name", files("AD/appsettings.json", on("true"), "AD/appsettings.Test.json", on("false")), "Staging", "Staging=on*"},
		{"the exact casing comes first", files("AD/appsettings.json", on("true"), "AD/appsettings.TEST.json", on("1"), "AD/appsettings.Test.json", on("false")), "Test", "Test=off*"},
		{"a broken overlay is its environment's", files("AD/appsettings.json", on("true"), "AD/appsettings.Test.json", "{"), "", "=on* Test=unknown"},
		{"of another environment nobody's", files("AD/appsettings.json", on("true"), "AD/appsettings.Test.json", "{"), "Prod", "Prod=on*"},
		{"a broken base is everybody's", files("AD/appsettings.json", "{", "AD/appsettings.Test.json", on("true")), "", "=unknown* Test=unknown"},
		{"so is a broken web.config", files("AD/appsettings.json", on("true"), "AD/web.config", "<a>", "AD/appsettings.Test.json", on("true")), "", "=unknown* Test=unknown"},
		{"a duplicate key too", files("AD/appsettings.json", `{"xmpro": {"autoScale": {"enabled": true, "Enabled": true}}}`), "", "=unknown*"},
	} {
		d := one(t, c.archive, Options{Environment: c.flag})
		n := d.Product(schema.AppDesigner).Nodes[0]
		if got := views(n); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		known := len(n.Views) == 1 && n.Views[0].Environment != ""
		if known != (n.Environment != "") || c.flag != "" && !n.EnvironmentPlace.IsZero() || c.flag == "" && known && n.EnvironmentPlace.IsZero() {
			t.Errorf("%s: environment %q from %v", c.name, n.Environment, n.EnvironmentPlace)
		}
		for _, f := range n.Files {
			if used := f.Role != RoleOverlay || !known || n.Views[0].Layers[len(n.Views[0].Layers)-1].File == f || len(n.Views[0].Layers) > 1 && n.Views[0].Layers[1].File == f; f.Active != used {
				t.Errorf("%s: %s is active %v", c.name, f.Path, f.Active)
			}
		}
	}
}

// Environment variables of the product's own web.config beat its files. Which
// of two spellings wins is not known.
func TestEnvironmentVariables(t *testing.T) {
	for _, c := range []struct {
		base, variables string
		want            State
		reason          Reason
		text            string
	}{
		{"false", "xmpro__autoScale__enabled=true", StateOn, 0, "true"},
		{"false", "XM__XMPRO__AUTOSCALE__ENABLED=true", StateOn, 0, "true"},
		{"false", "xm:xmpro:autoScale:enabled=true", StateOn, 0, "true"},
		{"false", "xm__xmpro__autoScale__enabled=true xmpro__autoScale__enabled=false", StateUnknown, ReasonOverride, "true"},
		{"false", "xm__xmpro__autoScale__enabled=true xmpro__autoScale__enabled=True", StateOn, 0, "true"},              // the same bool
		{"false", "xmpro__autoScale__enabled=false xmpro:autoScale:enabled=true", StateUnknown, ReasonOverride, "true"}, // an environment has no order
		{"false", "xm__xmpro__autoScale__enabled=false XM__XMPRO__AUTOSCALE__ENABLED=true", StateOn, 0, "true"},
		{"false", "xm__xmpro__autoScale__enabled=true xm:xmpro:autoScale:enabled=True", StateOn, 0, "True"},
		{"false", "xmpro__autoScale__enabled=false xm__xmpro__autoScale__enabled=true xm:xmpro:autoScale:enabled=true", StateUnknown, ReasonOverride, "true"},
		{"true", "xmpro__autoScale__enabled=true xmpro:autoScale__enabled=false xmpro:autoScale:enabled=true", StateUnknown, ReasonOverride, "true"},
		// of one variable the last counts, beside another one too
		{"true", "xmpro__autoScale__enabled=false xmpro:autoScale:enabled=true xmpro__autoScale__enabled=true", StateOn, 0, "true"},
		{"true", "xmpro__autoScale__enabled=true xmpro:autoScale:enabled=false XMPRO__autoScale__enabled=true", StateUnknown, ReasonOverride, "true"},
		{"true", "xmpro__autoScale__enabled=true xmpro:autoScale:enabled=false xmpro:autoScale__enabled=true xmpro__autoScale__enabled=false", StateUnknown, ReasonOverride, "false"},
		{"false", "xm_xmpro_autoScale_enabled=true", StateOff, 0, "False"},
		{"false", "xm__autoScale__enabled=true", StateOff, 0, "False"},
		{"false", "xmpro__autoScale__enabled=@Microsoft.KeyVault(SecretUri=x)", StateUnknown, ReasonReference, "@Microsoft.KeyVault(SecretUri=x)"},
		{"false", "xmpro__autoScale__enabled=%AUTO_SCALE%", StateUnknown, ReasonReference, "%AUTO_SCALE%"}, // the module expands it
		{`"%AUTO_SCALE%"`, "x=y", StateInvalid, 0, "%AUTO_SCALE%"},                                         // nothing expands it
		{"true", "xmpro__autoScale__enabled=", StateInvalid, 0, ""},
		{`"#{Enabled}#"`, "x=y", StateUnknown, ReasonReference, "#{Enabled}#"},
		{`"${ENABLED}"`, "x=y", StateUnknown, ReasonReference, "${ENABLED}"},
		{"true", "xm__xmpro__keyVault__provider=Azure", StateUnknown, ReasonKeyVault, "True"},
		{"true", "xm__xmpro__keyVault__provider= xmpro__keyVault__provider=Azure", StateUnknown, ReasonKeyVault, "True"}, // either may win
		{"true", "xm__xmpro__keyVault__provider= xmpro__keyVault__provider=", StateOn, 0, "True"},
	} {
		d := one(t, files("AD/appsettings.json", on(c.base), "AD/web.config", core(c.variables)), Options{})
		a := d.Product(schema.AppDesigner).Nodes[0].Default().AutoScale
		if a.State != c.want || a.Reason != c.reason || a.Enabled.Text != c.text {
			t.Errorf("%s with %s: %s (%s) %q", c.base, c.variables, a.State, a.Reason, a.Enabled.Text)
		}
		if a.Enabled.Known() != (c.reason == 0) {
			t.Errorf("%s with %s: known %v", c.base, c.variables, a.Enabled.Known())
		}
	}
}

// Where one file is refused, the others still say what they say, and a reference
// in them is still none of the application's values.
func TestUnreadableBeside(t *testing.T) {
	for _, c := range []struct {
		base string
		want Reason
	}{
		{`"${ENABLED}"`, ReasonReference},
		{`true}, "keyVault": {"provider": "Azure"`, ReasonKeyVault},
		{"true", ReasonUnreadable},
	} {
		d := one(t, files("AD/appsettings.json", on(c.base), "AD/appsettings.Production.json", "{"), Options{})
		v := d.Product(schema.AppDesigner).Nodes[0].Default()
		if a := v.AutoScale; a.State != StateUnknown || a.Reason != ReasonUnreadable || a.Enabled.Unknown != c.want {
			t.Errorf("%s: %s (%s), the value %s", c.base, a.State, a.Reason, a.Enabled.Unknown)
		}
		for _, s := range v.Settings() {
			if s.Path == schema.Enabled && s.Value.Unknown != c.want {
				t.Errorf("%s: listed with %q", c.base, s.Value.Unknown)
			}
		}
	}
}

// Variables of Azure are connection strings in a web.config too.
func TestAzureVariables(t *testing.T) {
	d := one(t, files("AD/appsettings.json", on("true"), "AD/web.config", core("SQLCONNSTR_db=x customconnstr_a__b=y")), Options{})
	v := d.Product(schema.AppDesigner).Nodes[0].Default()
	for path, want := range map[string]string{
		"connectionStrings:db": "x", "ConnectionStrings:db_ProviderName": "System.Data.SqlClient", "ConnectionStrings:a:b": "y",
	} {
		if got := v.Get(path); got.Text != want || got.Origin.Kind != Environment || got.Origin.ValuePlace().IsZero() {
			t.Errorf("%s: %+v", path, got)
		}
	}
	if v.Get("SQLCONNSTR_db").Present {
		t.Error("the variable is a setting by its own name")
	}
}

func TestStates(t *testing.T) {
	for enabled, want := range map[string]State{
		"true": StateOn, `"TRUE"`: StateOn, `" true\u0000"`: StateOn, "false": StateOff, `"False"`: StateOff,
		"1": StateInvalid, `"yes"`: StateInvalid, `""`: StateInvalid, "null": StateInvalid, `"-"`: StateInvalid,
		"{}": StateAbsent, "[]": StateAbsent, `{"x": 1}`: StateAbsent, "[true]": StateAbsent,
	} {
		d := one(t, files("AD/appsettings.json", on(enabled)), Options{})
		p := d.Product(schema.AppDesigner)
		if p.State() != want || p.Nodes[0].Views[0].AutoScale.On() != (want == StateOn) {
			t.Errorf("%s: %s, want %s", enabled, p.State(), want)
		}
	}
	for s := StateAbsent; s <= StateUnknown; s++ {
		if s.String() == "" {
			t.Errorf("state %d has no name", s)
		}
	}
	for r := ReasonEncrypted; r <= ReasonNotSeen; r++ {
		if r.String() == "" {
			t.Errorf("reason %d has no words", r)
		}
	}
}

// Where something is absent, the innermost thing that would hold it is named.
func TestHolder(t *testing.T) {
	for _, c := range []struct{ archive, want string }{
		{files("AD/appsettings.json", "{\n \"xmpro\": {\n  \"autoScale\": {}}}"), `AD/appsettings.json 3 "autoScale"`},
		{files("AD/appsettings.json", "{\n \"XMPRO\": {\n  \"autoscale\": 1}}"), `AD/appsettings.json 3 "autoscale"`},
		{files("AD/appsettings.json", "{\n \"xmpro\": {}}"), `AD/appsettings.json 2 "xmpro"`},
		{files("AD/appsettings.json", "{\n \"xmpro:autoScale\": {}}"), `AD/appsettings.json 2 "xmpro:autoScale"`},
		{files("AD/appsettings.json", `{}`), `AD/appsettings.json 1 `},
		{files("AD/appsettings.json", `{"xmpro": {}}`, "AD/appsettings.T.json", `{"xmpro": {"autoScale": {}}}`), `AD/appsettings.T.json 1 "autoScale"`},
		{files("AD/appsettings.json", `{}`, "AD/appsettings.T.json", `{"xmpro": {}}`), `AD/appsettings.T.json 1 "xmpro"`},
		{files("xmpro.yaml", "environment: P", "AD/appsettings.json", `{"xmpro": {}}`, "AD/appsettings.T.json", `{"xmpro": {"autoScale": {}}}`), `AD/appsettings.json 1 "xmpro"`},
		{files("AD/appsettings.json", `{`), `AD/appsettings.json 1 `},
		{files("AD/web.config", webCore), `AD/web.config 1 `},
		{files("xmpro.yaml", "products: {app-designer: {}}"), "nowhere"},
	} {
		d := one(t, c.archive, Options{})
		if got := placeText(d.Product(schema.AppDesigner).Nodes[0].Holder()); got != c.want {
			t.Errorf("%s: %q, want %q", c.archive, got, c.want)
		}
	}
}

// placeText is a place's file, line and text.
func placeText(p Place) string {
	if p.IsZero() {
		return "nowhere"
	}
	start, _ := p.Position()
	text := ""
	if p.File.Text != nil && p.File.Text.Bytes != nil {
		text = string(p.File.Text.Bytes[p.Span.Start:p.Span.End])
	}
	return p.File.Path + " " + string(rune('0'+start.Line)) + " " + text
}

func TestOriginPlaces(t *testing.T) {
	d := one(t, files("AD/appsettings.json", on("true")), Options{})
	o := d.Products[0].Nodes[0].Views[0].AutoScale.Enabled.Origin
	if got := placeText(o.ValuePlace()); got != "AD/appsettings.json 1 true" {
		t.Errorf("value %q", got)
	}
	if got := placeText(o.KeyPlace()); got != `AD/appsettings.json 1 "enabled"` {
		t.Errorf("key %q", got)
	}
	o.Key.Start, o.Key.End = 0, 0 // an element of an array has no key
	if o.KeyPlace() != o.ValuePlace() {
		t.Error("without a key the value is the place")
	}
	if start, end := (Place{}).Position(); start != end || start.Line != 1 {
		t.Errorf("nowhere is at %v", start)
	}
}

// A <location> with a path is about another application.
func TestEnvironmentOfAnotherLocation(t *testing.T) {
	inside := strings.TrimSuffix(strings.TrimPrefix(core("xm__xmpro__autoScale__enabled=true"), "<configuration>"), "</configuration>")
	for path, want := range map[string]string{``: "=on*", ` path=""`: "=on*", ` path="."`: "=on*", ` path="./"`: "=on*", ` path="api"`: "=off*", ` path="Default Web Site/XMPro-DS"`: "=off*"} {
		d := one(t, files("AD/appsettings.json", on("false"), "AD/web.config", "<configuration><location"+path+">"+inside+"</location></configuration>"), Options{})
		if got := views(d.Products[0].Nodes[0]); got != want {
			t.Errorf("<location%s>: %s, want %s", path, got, want)
		}
	}
}
