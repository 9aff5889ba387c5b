package migrate

import (
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
