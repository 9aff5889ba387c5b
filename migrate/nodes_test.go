package migrate

import (
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

const twoNodes = "-- xmpro.yaml --\nversion: 4.6.1\nproducts: {app-designer: {nodes: [{name: one, path: one}, {name: two, path: two}]}}\n"

// TestNodes changes one node and leaves the other.
func TestNodes(t *testing.T) {
	const off = `{ "xmpro": { "AutoScale": { "enabled": false, "connectionString": "" } } }` + "\n"
	files := archive(twoNodes + "-- one/appsettings.json --\n" + off + "-- two/appsettings.json --\n{ \"xmpro\": {\n")
	c := prepare(t, files, Options{Redis: redis(t, redisText), Nodes: []string{"one"}})
	if len(c.Files) != 1 || c.Files[0].Path != "one/appsettings.json" || len(c.Blocks) > 0 {
		t.Errorf("files %v, blocks %v", c.Files, c.Blocks)
	}
	c = prepare(t, files, Options{Redis: redis(t, redisText), Nodes: []string{"two"}})
	if len(c.Files) > 0 || len(c.Blocks) != 1 {
		t.Errorf("files %v, blocks %v", c.Files, c.Blocks)
	}
}

// TestScaledIn takes the manifest's word that the other nodes stand still.
func TestScaledIn(t *testing.T) {
	const on = `{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "h:6379,abortConnect=False" } } }` + "\n"
	for done, blocked := range map[string]bool{
		"[]": true,
		"[{step: decide/way-back}, {step: scale-in}]":  false,
		"[{step: scale-in}, {step: decide/way-back}]":  true, // an older way back
		"[{step: decide/way-back}, {step: scale-out}]": true,
	} {
		files := archive(twoNodes + "done: " + done + "\n-- one/appsettings.json --\n" + on + "-- two/appsettings.json --\n" + on)
		c := prepare(t, files, Options{Off: true})
		if got := slices.ContainsFunc(c.Blocks, func(b Block) bool { return b.Step == "scale-in" && b.Product == schema.AppDesigner }); got != blocked {
			t.Errorf("done %s: blocks are %v", done, c.Blocks)
		}
	}
}

// TestStepEditsFalter gives no edits where they would not reach the goal.
func TestStepEditsFalter(t *testing.T) {
	files := "-- xmpro.yaml --\nversion: 4.2.3\nREDIS" +
		"-- AD/appsettings.json --\n{ \"xmpro\": { \"AutoScale\": { \"enabled\": false, \"connectionString\": \"\" } } }\n"
	for redisLine, want := range map[string]int{
		"": 0,
		"redis: {connection: \"cache01:6379,abortConnect=False\"}\n": 1, // the upgrade comes first, and is a step of its own
		"redis: {connection: \"cache01:6379,pasword=x\"}\n":          0, // the client throws
	} {
		var opts Options
		d := loadFS(t, archive(strings.Replace(files, "REDIS", redisLine, 1)), &opts)
		if got := StepEdits(t.Context(), d, opts)(schema.AppDesigner, ""); len(got) != want {
			t.Errorf("with %q there are %d edits, want %d: %v", redisLine, len(got), want, got)
		}
	}
}

// TestBelowAManifest changes a product of its own in a folder that the manifest
// above gives to another product: the files of that one are left alone.
func TestBelowAManifest(t *testing.T) {
	const off = `{ "xmpro": { "dataStreamDesigner": { "featureFlags": {} }, "autoScale": { "enabled": false, "connectionString": "" } } }` + "\n"
	files := archive("-- b/xmpro.yaml --\nproducts: {subscription-manager: {path: sm}}\n-- b/ds/appsettings.json --\n" + off + "-- b/sm/appsettings.json --\n" + off +
		strings.Replace(web, "-- SM/", "-- b/sm/", 1))
	opts := Options{Redis: redis(t, redisText), Sources: []deployment.Source{{FS: files, Dir: ".", Shown: "."}}}
	all, err := loadAll(&opts)
	if err != nil || len(all) != 2 || all[1].Root != "b/sm" {
		t.Fatalf("%d deployments, %v", len(all), err)
	}
	c, err := Prepare(t.Context(), all[1], opts)
	if err != nil || len(c.Files) != 1 || c.Files[0].Path != "b/sm/appsettings.json" {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestTwoWithOneRoot changes the file beside a manifest whose product lies
// elsewhere: it is a deployment of its own, with the same folder.
func TestTwoWithOneRoot(t *testing.T) {
	const off = `{ "xmpro": { "appDesigner": { "encryptionKey": "k" }, "autoScale": { "enabled": false, "connectionString": "" } } }` + "\n"
	files := archive("-- b/xmpro.yaml --\nproducts: {app-designer: {path: AD}}\n-- b/AD/appsettings.json --\n" + off + "-- b/appsettings.json --\n" + off)
	opts := Options{Redis: redis(t, redisText), Sources: []deployment.Source{{FS: files, Dir: ".", Shown: "."}}}
	all, err := loadAll(&opts)
	if err != nil || len(all) != 2 || all[0].Root != "b" || all[1].Root != "b" {
		t.Fatalf("%d deployments, %v", len(all), err)
	}
	for i, path := range []string{"b/AD/appsettings.json", "b/appsettings.json"} {
		c, err := Prepare(t.Context(), all[i], opts)
		if err != nil || len(c.Files) != 1 || c.Files[0].Path != path {
			t.Errorf("%s: %+v, %v", path, c, err)
		}
	}
}
