package migrate

import (
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// What an unsafe fix takes away is taken away layer by layer, and in the end
// the goal stands in the one that is left.
func TestUnsafeToTheLastLayer(t *testing.T) {
	files := archive("-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": [ ], \"connectionString\": \"-\" } } }\n" +
		"-- AD/appsettings.Staging.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": \"false\", \"connectionString\": \"\" } } }\n" +
		"-- AD/web.config --\n<configuration><system.webServer><aspNetCore><environmentVariables>" +
		"<environmentVariable name=\"xmpro:autoScale:enabled\" value=\"false\" /><environmentVariable name=\"XM__XMPRO__AUTOSCALE__CONNECTIONSTRING\" value=\"old:1\" />" +
		"</environmentVariables></aspNetCore></system.webServer></configuration>\n")
	opts := Options{Redis: redis(t, "h:6379,abortConnect=False"), Unsafe: true}
	changes := prepare(t, files, opts)
	changed := after(files, changes)
	for _, v := range loadFS(t, changed, &Options{}).Product(schema.AppDesigner).Nodes[0].Views {
		if !v.AutoScale.On() || v.AutoScale.Connection.Text != "h:6379,abortConnect=False" {
			t.Errorf("environment %q: %s %q", v.Environment, v.AutoScale.State, v.AutoScale.Connection.Text)
		}
	}
	if again := prepare(t, changed, opts); !again.IsEmpty() {
		t.Errorf("a second run changes %+v", again.Edits)
	}
}

// A value beside an empty object or array of the same setting is one too many,
// wherever it stands.
func TestGoalBesideAnEmptyValue(t *testing.T) {
	for _, text := range []string{
		`{ "xmpro": { "autoScale": { "enabled": false, "enabled": { } } } }`,
		`{ "xmpro": { "autoScale": { "enabled": { }, "ENABLED": [ ] } } }`,
		`{ "xmpro": { "autoScale": { "enabled": "yes" } }, "xmpro:autoScale:enabled": [ ] }`,
	} {
		changes := prepare(t, archive("-- AD/appsettings.json --\n"+text+"\n"), Options{Redis: redis(t, "h:6379,abortConnect=False")})
		if stepsOf(changes) != "-" || !strings.Contains(changes.Blocks[0].Reason, "more than once") {
			t.Errorf("%s: %+v", text, changes.Blocks)
		}
	}
	text := `{ "xmpro": { "autoScale": { "enabled": false, "enabled": { "x": 1 } } } }`
	if changes := prepare(t, archive("-- AD/appsettings.json --\n"+text+"\n"), Options{Redis: redis(t, "h:6379,abortConnect=False")}); len(changes.Blocks) > 0 {
		t.Errorf("%s: %+v", text, changes.Blocks)
	}
}

// Beside a switch that something fills in, the connection string is written all
// the same where one is given.
func TestConnectionBesideAReference(t *testing.T) {
	builder := "<configuration><configSections><section name=\"xmpro\" type=\"T\" /></configSections><configBuilders><builders><add name=\"b\" mode=\"Expand\" type=\"T\" /></builders></configBuilders>" +
		"<xmpro configBuilders=\"b\"><autoScale enabled=\"${E}\" connectionString=\"\" /></xmpro></configuration>\n"
	for _, c := range []struct{ file, text, want string }{
		{"AD/appsettings.json", `{ "xmpro": { "autoScale": { "enabled": "${E}" } } }`, `{ "xmpro": { "autoScale": { "enabled": "${E}", "connectionString": "h:6379,abortConnect=False" } } }`},
		{"AD/appsettings.json", `{ "xmpro": { "autoScale": { "enabled": "#{E}#", "connectionString": "-" } } }`, `{ "xmpro": { "autoScale": { "enabled": "#{E}#", "connectionString": "h:6379,abortConnect=False" } } }`},
		{"AD/appsettings.json", `{ "xmpro": { "autoScale": { "enabled": "#{E}#", "connectionString": "#{R}#" } } }`, `{ "xmpro": { "autoScale": { "enabled": "#{E}#", "connectionString": "#{R}#" } } }`},
		{"SM/web.config", builder, strings.Replace(builder, `connectionString=""`, `connectionString="h:6379,abortConnect=False"`, 1)},
	} {
		files := archive("-- " + c.file + " --\n" + c.text + "\n")
		changes := prepare(t, files, Options{Redis: redis(t, "h:6379,abortConnect=False")})
		if got := string(after(files, changes)[c.file].Data); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%s\nis\n%s\nwant\n%s", c.text, got, c.want)
		}
		if !strings.Contains(strings.Join(changes.Warnings, "\n"), "is a reference, which stays") {
			t.Errorf("%s: %q", c.text, changes.Warnings)
		}
		for _, opts := range []Options{{}, {Off: true}} {
			if changes := prepare(t, files, opts); !changes.IsEmpty() || len(changes.Blocks) > 0 {
				t.Errorf("%s: %+v %+v", c.text, changes.Edits, changes.Blocks)
			}
		}
	}
}

// The casing of an attribute is mended, also in an element that is misspelt and
// stays.
func TestCasingInAMisspeltElement(t *testing.T) {
	files := archive(strings.Replace(web, "<autoScale enabled", "<autoScal Enabled", 1))
	changes := prepare(t, files, Options{Redis: redis(t, "h:6379,abortConnect=False")})
	text := string(after(files, changes)["SM/web.config"].Data)
	if !strings.Contains(text, `<autoScal enabled="false"`) || !strings.Contains(text, `<autoScale enabled="true" connectionString="h:6379,abortConnect=False" />`) {
		t.Error(text)
	}
}

// A repair that would change something else than it is about is given up. The
// others are made, and what stays is listed.
func TestRepairGivenUp(t *testing.T) {
	files := archive("-- AD/appsettings.json --\n" + `{ "xmpro": {
  "autoScale": { "x": {}, "x": true, "enable": null },
  "AUTOSCALE": { "enabeld": [], "connectionstring": [] }
} }
`)
	changes := prepare(t, files, Options{Redis: redis(t, "h:6379,abortConnect=False"), Unsafe: true})
	text := string(after(files, changes)["AD/appsettings.json"].Data)
	if !strings.Contains(text, `"connectionString": "h:6379,abortConnect=False"`) || !strings.Contains(text, `"enabeld": []`) {
		t.Error(text)
	}
	if !slices.ContainsFunc(changes.Left, func(l Left) bool { return l.Rule == "XM2007" }) {
		t.Errorf("%+v", changes.Left)
	}
}
