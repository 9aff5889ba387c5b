package document

import (
	"slices"
	"strings"
	"testing"
)

const readSource = `{
  "xmpro": {
    "autoScale": { "enabled": true, "connectionString": "h:6379" }, // first
    "AutoScale": { "note": null },
    "urls": ["a", {"url": "b"}, []],
    "\u0065sc:aped": "\t",
    "größe": 1.50
  },
  "Serilog:MinimumLevel": "Warning"
}`

func TestJSONFind(t *testing.T) {
	for name, src := range map[string]string{
		"keys that meet": readSource,
		"simple":         `{"xmpro":{"autoScale":{"enabled":true,"connectionString":"h:6379","note":null},"urls":["a",{"url":"b"},[]],"\u0065sc":{"aped":"\t"},"größe":1.50},"Serilog":{"MinimumLevel":"Warning"}}`,
	} {
		d := parseJSON(t, src)
		for path, want := range map[string]string{
			"xmpro:autoScale:enabled":          "True",
			"XMPRO:AUTOSCALE:ConnectionString": "h:6379",
			"xmpro:autoscale:note":             "",
			"xmpro:urls:0":                     "a",
			"xmpro:urls:1:URL":                 "b",
			"xmpro:ESC:aped":                   "\t",
			"xmpro:GRÖSSE":                     "none",
			"xmpro:GRÖßE":                      "1.50",
			"serilog:minimumlevel":             "Warning",
			"xmpro:urls:2":                     "null",
			"xmpro:urls:3":                     "none",
			"xmpro:urls:00":                    "none",
			"xmpro:urls":                       "none", // no leaf
			"xmpro:autoScale":                  "none",
			"xmpro":                            "none",
			"":                                 "none",
			":xmpro":                           "none",
			"xmpro:autoScale:enabled:":         "none",
			"xmpro:autoScale:enabled:x":        "none",
			"xmpro::autoScale":                 "none",
		} {
			got := "none"
			if n := d.Find(path); n != None {
				var ok bool
				if got, ok = d.Str(n); !ok {
					got = "null"
				}
				if !d.PathFold(n, path) || !d.IsLeaf(n) {
					t.Errorf("%s: %q found the leaf %q", name, path, d.Path(n))
				}
			}
			if got != want {
				t.Errorf("%s: %q is %q, not %q", name, path, got, want)
			}
		}
	}
}

// An empty object beside one with content is found, but is no setting.
func TestJSONHollow(t *testing.T) {
	for _, src := range []string{`{"a":{},"A":{"b":1}}`, `{"a":{"b":1},"a":[]}`, `{"a:b":1,"a":1,"a":{}}`, `{"a":{},"A":{"b":1},"a:b":1}`, `{"a:b":1,"a:B":2,"a":{}}`} {
		text, err := DecodeJSON("appsettings.json", []byte(src), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d, _ := ParseJSON(text, Limits{}) // the last two have a setting twice
		n := d.Find("a")
		if n == None || !d.IsLeaf(n) || !d.IsHollow(n) || d.IsHollow(d.Find("a:b")) {
			t.Errorf("%s: node %d", src, n)
		}
		for leaf := range d.Leaves() {
			if !strings.EqualFold(d.Path(leaf), "a:b") {
				t.Errorf("%s: setting %s", src, d.Path(leaf))
			}
		}
	}
	for _, src := range []string{`{"a":{}}`, `{"a":1,"a":{}}`, `{"a":1,"a":{"b":1}}`} {
		if d := parseJSON(t, src); d.IsHollow(d.Find("a")) {
			t.Errorf("%s: hollow", src)
		}
	}
}

func TestJSONFindAll(t *testing.T) {
	d := parseJSON(t, readSource)
	for path, want := range map[string][]string{
		"xmpro:AUTOSCALE":    {"xmpro:autoScale", "xmpro:AutoScale"},
		"xmpro:urls:1":       {"xmpro:urls:1"},
		"xmpro:esc":          nil,
		"serilog":            nil,
		"":                   {""},
		"xmpro:autoScale:no": nil,
	} {
		var got []string
		for _, n := range d.FindAll(path) {
			got = append(got, d.Path(n))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", path, got, want)
		}
	}
}

func TestJSONRead(t *testing.T) {
	d := parseJSON(t, readSource)
	var keys []string
	for n := range d.Children(1) {
		keys = append(keys, d.Key(n))
	}
	if want := []string{"autoScale", "AutoScale", "urls", "esc:aped", "größe"}; !slices.Equal(keys, want) {
		t.Errorf("keys %q", keys)
	}
	n := d.FindAll("xmpro:esc:aped")[0]
	for name, want := range map[string]bool{"ESC:APED": true, "esc": false, "esc:aped:": false, "": false} {
		if d.KeyFold(n, name) != want {
			t.Errorf("KeyFold(%q) is %t", name, !want)
		}
	}
	element := d.FindAll("xmpro:urls:1")[0]
	if d.Key(element) != "1" || !d.KeyFold(element, "1") || d.Key(0) != "" || d.Path(0) != "" || !d.PathFold(0, "") {
		t.Error("the key of an element is its index, the root has none")
	}
	for range d.Children(d.Find("xmpro:urls:0")) {
		t.Error("a scalar has no children")
	}
	if len(d.Comments) != 1 || string(d.Bytes[d.Comments[0].Start:d.Comments[0].End]) != "// first" {
		t.Error("comments", d.Comments)
	}
}

func TestJSONStr(t *testing.T) {
	d := parseJSON(t, `{"null":null,"object":{},"array":[],"full":[1],"text":""}`)
	for path, want := range map[string]string{
		"null":   "",
		"object": "no value",
		"array":  "no value",
		"full":   "no value",
		"full:0": "1",
		"text":   "",
	} {
		got, ok := d.Str(d.FindAll(path)[0])
		if !ok {
			got += "no value"
		}
		if got != want {
			t.Errorf("%s: %q, not %q", path, got, want)
		}
	}
}

// Looking for a setting costs nothing but time.
func TestJSONAllocations(t *testing.T) {
	raw := []byte(readSource)
	var text Text
	var d JSON
	found := NodeID(0)
	allocs := testing.AllocsPerRun(100, func() {
		if err := text.ResetJSON("f", raw, Limits{}); err != nil {
			t.Fatal(err)
		}
		if err := d.Parse(&text, Limits{}); err != nil {
			t.Fatal(err)
		}
		for _, path := range [...]string{"xmpro:autoScale:enabled", "xmpro:esc:aped", "XMPRO:GRÖßE", "no:such:setting"} {
			found = d.Find(path)
			if found != None && !d.KeyFold(found, "enabled") {
				d.PathFold(found, path)
			}
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations for each file", allocs)
	}
}
