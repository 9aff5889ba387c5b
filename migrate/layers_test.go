package migrate

import (
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
