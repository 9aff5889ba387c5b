package docs

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// node is a part of a JSON Schema.
type node struct {
	Ref        string          `json:"$ref"`
	Properties map[string]node `json:"properties"`
	Items      *node           `json:"items"`
	Enum       []string        `json:"enum"`
	Defs       map[string]node `json:"$defs"`
}

// keysOf gives the keys that a schema knows, with the values that each takes: a
// key that holds others is not one itself, but where it is a list of scalars.
func keysOf(root, n node, path string, into map[string][]string) {
	if n.Ref != "" {
		n = root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")]
	}
	switch {
	case n.Items != nil && len(n.Items.Properties) > 0:
		keysOf(root, *n.Items, path+"[]", into)
	case len(n.Properties) > 0:
		for name, property := range n.Properties {
			keysOf(root, property, strings.TrimPrefix(path+"."+name, "."), into)
		}
	default:
		into[path] = n.Enum
	}
}

func manifestKeys(t *testing.T) map[string][]string {
	t.Helper()
	text, _ := schema.File("manifest")
	var root node
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	keys := map[string][]string{}
	keysOf(root, root, "", keys)
	return keys
}

// The page about xmpro.yaml has each key of its schema with all its values, and
// no other key.
func TestManifestPage(t *testing.T) {
	found := manifestKeys(t)
	page := read(t, "manifest.md")
	rows := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.*) \\|$").FindAllStringSubmatch(page, -1) {
		rows[row[1]] = row[2]
	}
	known := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(found)) {
		general := key
		if parts := strings.SplitN(key, ".", 3); parts[0] == "products" {
			if !strings.Contains(page, "`products."+parts[1]+"`") {
				t.Errorf("the page does not name products.%s", parts[1])
			}
			general = "products.PRODUCT." + parts[2]
		}
		known[general] = true
		if rows[general] == "" {
			t.Errorf("the page has no row for %s", general)
		}
		for _, value := range found[key] {
			if !strings.Contains(rows[general], "`"+value+"`") {
				t.Errorf("the page does not say that %s can be %s", general, value)
			}
		}
	}
	for key := range rows {
		if !known[key] && key != "products.PRODUCT.nodes" {
			t.Errorf("the page has a row for %s, which the schema does not know", key)
		}
	}
	if len(known) < 20 {
		t.Errorf("only %d keys", len(known))
	}
}

// What the page shows as xmpro.yaml is read without a complaint, and the first
// example has every key.
func TestManifestExamples(t *testing.T) {
	blocks := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(read(t, "manifest.md"), -1)
	if len(blocks) == 0 {
		t.Fatal("no example")
	}
	for _, block := range blocks {
		files := fstest.MapFS{deployment.ManifestName: {Data: []byte(block[1])}}
		for _, folder := range []string{"AppDesigner", "DataStreamDesigner", "sm-01", "sm-02"} {
			files[folder+"/appsettings.json"] = &fstest.MapFile{Data: []byte("{}")}
			files[folder+"/web.config"] = &fstest.MapFile{Data: []byte("<configuration />")}
		}
		all, err := deployment.Load(t.Context(), files, ".", deployment.Options{})
		if err != nil || len(all) != 1 || all[0].Manifest == nil {
			t.Fatalf("%v, %d deployments", err, len(all))
		}
		for _, p := range all[0].Manifest.Problems {
			t.Errorf("%s: %s in\n%s", p.Message, p.Hint, block[1])
		}
	}
	for key := range manifestKeys(t) {
		last := key[strings.LastIndex(key, ".")+1:]
		if !regexp.MustCompile(`(^|[^\w-])` + regexp.QuoteMeta(last) + `:`).MatchString(blocks[0][1]) {
			t.Errorf("the first example has no %s", key)
		}
	}
}
