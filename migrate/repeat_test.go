package migrate

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
)

// A name that stands several times is one setting, of which the last counts:
// the repair of what was written to it is no change of something else.
func TestNamesThatRepeat(t *testing.T) {
	app := "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n"
	for name, files := range map[string]string{
		"keys": strings.Replace(web, "</configuration>", `<appSettings><add key="xm__xmpro__autoScale__connectionString" value="o:1" />`+
			`<add key="xm__xmpro__autoScale__connectionString" value="o:2" /></appSettings></configuration>`, 1),
		"variables": app + "-- AD/web.config --\n" + `<configuration><system.webServer><aspNetCore><environmentVariables>` +
			`<environmentVariable name="xm__xmpro__autoScale__connectionString" value="o:1" /><environmentVariable name="xm__xmpro__autoScale__connectionString" value="o:2" />` +
			`</environmentVariables></aspNetCore></system.webServer></configuration>` + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			files := archive(files)
			changes := prepare(t, files, Options{Redis: redis(t, "h:6379")})
			found := false
			for _, f := range changes.Files {
				text := string(f.After())
				found = found || strings.Contains(text, `value="o:1"`) && strings.Contains(text, `value="h:6379,abortConnect=False"`) && !strings.Contains(text, "o:2")
			}
			if !found {
				t.Errorf("%+v", changes.Edits)
			}
		})
	}
}

// What is not empty any more is no change of its own.
func TestRoomIsNoEdit(t *testing.T) {
	for _, section := range []string{"null", `{ "autoScale": null }`, `{ "autoScale": {} }`} {
		files := archive("-- AD/appsettings.json --\n{ \"xmpro\": " + section + " }\n-- xmpro.yaml --\nproducts: {app-designer: {path: AD}}\n")
		opts := Options{Redis: redis(t, "h:6379,abortConnect=False")}
		before := loadFS(t, files, &opts)
		changes := prepare(t, files, opts)
		now := loadFS(t, after(files, changes), &opts)
		for what, edits := range map[string][]Edit{
			"there": changes.Edits,
			"back":  Settings(now, before, []string{"AD/appsettings.json"}),
		} {
			if len(edits) != 2 {
				t.Errorf("%s, %s: %+v", section, what, edits)
			}
		}
	}
}

// An empty object beside one with content is no setting, also while another
// setting stands twice: that one is mended.
func TestRepeatedBesideHollow(t *testing.T) {
	files := archive("-- AD/appsettings.json --\n" + `{ "x": { "Y": {}, "y": [1] }, "xmpro": { "autoScale": { "enabled": true, "enabled": true } } }` + "\n")
	c := prepare(t, files, Options{Redis: redis(t, "h:6379,abortConnect=False")})
	if len(c.Files) != 1 || strings.Count(string(c.Files[0].After()), "enabled") != 1 {
		t.Errorf("%+v", c.Edits)
	}
}

// Of two sections the one that is read is mended.
func TestSectionThatRepeats(t *testing.T) {
	files := archive(strings.Replace(web, "<autoScale ", `<autoScale enabled="false" connectionString="h:6379" /><autoScale `, 1))
	c := prepare(t, files, Options{Off: true})
	if len(c.Files) != 1 || !strings.Contains(string(c.Files[0].After()), `"h:6379,abortConnect=False"`) {
		t.Errorf("%+v", c.Edits)
	}
}

// A string that is kept, and written to the place that it hides, is mended in
// both: a second run has nothing to do.
func TestMendedInBothPlaces(t *testing.T) {
	files := archive(strings.Replace(strings.Replace(web, `connectionString=""`, `connectionString="o:1,abortConnect=False"`, 1), "</configuration>",
		`<appSettings><add key="xm__xmpro__autoScale__connectionString" value="h:6379" /></appSettings></configuration>`, 1))
	c := prepare(t, files, Options{})
	if len(c.Files) != 1 || strings.Count(string(c.Files[0].After()), `"h:6379,abortConnect=False"`) != 2 {
		t.Errorf("%+v", c.Edits)
	}
	if again := prepare(t, after(files, c), Options{}); !again.IsEmpty() {
		t.Errorf("a second run changes %+v", again.Edits)
	}
}

// An overlay whose own values an unsafe fix takes away leaves the goal to the
// file below it, in the same run.
func TestOverlayTakenAway(t *testing.T) {
	const section = `{"xmpro": {"dataStreamDesigner": {"featureFlags": {}}, "autoScale": {"enabled": false, "connectionString": ""}}}`
	files := fstest.MapFS{
		"acme/xmpro.yaml":                     {Data: []byte("version: 4.5.4\nenvironment: Production\n")},
		"acme/DS/appsettings.json":            {Data: []byte(section)},
		"acme/DS/appsettings.Production.json": {Data: []byte(section)},
	}
	opts := Options{Unsafe: true, Redis: redis(t, "cache01:6379")}
	c := prepare(t, files, opts)
	now := after(files, c)
	all, err := deployment.Load(t.Context(), now, ".", deployment.Options{})
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if auto := all[0].Products[0].Nodes[0].Views[0].AutoScale; !auto.On() || auto.Connection.Text != "cache01:6379,abortConnect=False" {
		t.Errorf("it is %+v", auto)
	}
	if again := prepare(t, now, opts); !again.IsEmpty() {
		t.Errorf("a second run changes %+v", again.Edits)
	}
}
