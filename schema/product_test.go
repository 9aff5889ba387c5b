package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

func TestProductOfFolder(t *testing.T) {
	for name, want := range map[string]Product{
		"XMPro-AD": AppDesigner, "XMPRO-AD": AppDesigner, "AD": AppDesigner, "ad": AppDesigner, "AppDesigner": AppDesigner, "App Designer": AppDesigner, "Application-Designer": AppDesigner, "XMPro.AppDesigner": AppDesigner, "xmpro_app_designer": AppDesigner,
		"XMPro-DS": DataStreamDesigner, "DS": DataStreamDesigner, "DataStreamDesigner": DataStreamDesigner, "Data Stream Designer": DataStreamDesigner, "xmpro-data-streams-designer": DataStreamDesigner,
		"XMPro-SM": SubscriptionManager, "XMPRO-SM": SubscriptionManager, "SM": SubscriptionManager, "xmprosubscriptionmanager": SubscriptionManager, "Subscription Manager": SubscriptionManager,
		"AI": AI, "XMPro AI": AI, "AIDesigner": AI, "StreamHost": StreamHost, "Stream-Host": StreamHost, "SH": StreamHost,
		"": "", ".": "", "XMPro": "", "wwwroot": "", "ADx": "", "sm-01": "", "adsm": "", "a-d": AppDesigner, "designer": "",
		"XMPro-SM and a name that is much longer than any product's": "",
	} {
		if got := ProductOfFolder(name); got != want {
			t.Errorf("ProductOfFolder(%q) = %q, want %q", name, got, want)
		}
	}
	if n := testing.AllocsPerRun(100, func() { ProductOfFolder("xmpro-subscription-manager") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestProducts(t *testing.T) {
	var three []Product
	titles := map[string]bool{}
	for _, p := range Products() {
		if titles[p.Title()] || p.Title() == "" {
			t.Errorf("%s is called %q", p, p.Title())
		}
		titles[p.Title()] = true
		if p.UsesRedis() {
			three = append(three, p)
		}
	}
	if !slices.Equal(three, []Product{AppDesigner, DataStreamDesigner, SubscriptionManager}) || Product("x").UsesRedis() || Product("x").Title() != Unknown.Title() {
		t.Errorf("Auto Scale is for %v", three)
	}
	if HealthChecks(AppDesigner) == "" || HealthChecks(DataStreamDesigner) == "" || HealthChecks(SubscriptionManager) != "" {
		t.Error("the flags of health pages are wrong")
	}
}

// Every JSON Schema is one, and what stands in the manifest's stands in the
// code as well.
func TestSchemas(t *testing.T) {
	names := Files()
	if !slices.IsSorted(names) || !slices.Contains(names, "manifest") || !slices.Contains(names, "lint") {
		t.Errorf("schemas %q", names)
	}
	compiler := jsonschema.NewCompiler()
	ids := map[string]string{}
	for _, name := range names {
		text, ok := File(name)
		var head struct {
			ID    string `json:"$id"`
			Title string
		}
		if err := json.Unmarshal(text, &head); !ok || err != nil || head.ID != "https://github.com/xmlint/xmlint/schema/"+name+".schema.json" || head.Title == "" {
			t.Errorf("%s: %+v, %v", name, head, err)
		}
		ids[name] = head.ID
		var value any
		if err := json.Unmarshal(text, &value); err != nil {
			t.Fatal(err)
		}
		if err := jsonschema.MustCompile("https://json-schema.org/draft/2020-12/schema").Validate(value); err != nil {
			t.Errorf("%s: %#v", name, err)
		}
		if err := compiler.AddResource(head.ID, bytes.NewReader(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, id := range ids {
		if _, err := compiler.Compile(id); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, ok := File("nothing"); ok {
		t.Error("a schema that is not there")
	}
	m := Manifest()
	values := func(s *jsonschema.Schema) (list []string) {
		for _, v := range s.Enum {
			list = append(list, fmt.Sprint(v))
		}
		return list
	}
	if got := values(m.Properties["hosting"]); !slices.Equal(got, Hostings()) {
		t.Errorf("the manifest knows %q", got)
	}
	if got := values(m.Properties["redis"].Properties["service"]); !slices.Equal(got, RedisServices()) {
		t.Errorf("the manifest knows %q", got)
	}
	for _, p := range Products() {
		if (m.Properties["products"].Properties[string(p)] != nil) != (p != Unknown) {
			t.Errorf("the manifest and %s", p)
		}
	}
}
