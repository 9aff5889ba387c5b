package deployment

import (
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// layersOf makes the layers of a view: JSON files begin with {, the rest are
// pairs of environment variables (env:PREFIX NAME=VALUE ...) or of secrets
// (vault: NAME=VALUE ...).
func layersOf(t *testing.T, sources ...string) *View {
	t.Helper()
	v := &View{}
	for _, s := range sources {
		if s[0] == '{' {
			text, err := document.DecodeJSON("x", []byte(s), document.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			doc, err := document.ParseJSON(text, document.Limits{})
			v.Layers = append(v.Layers, Layer{Kind: OverlayFile, File: &File{Text: text, JSON: doc, Err: err}})
			continue
		}
		words := strings.Fields(s)
		var pairs [][2]string
		for _, word := range words[1:] {
			name, value, _ := strings.Cut(word, "=")
			pairs = append(pairs, [2]string{name, value})
		}
		if words[0] == "vault:" {
			v.Layers = append(v.Layers, Layer{Kind: KeyVault, Env: KeyVaultSettings(pairs)})
		} else {
			v.Layers = append(v.Layers, Layer{Kind: Environment, Env: EnvironmentSettings(strings.TrimPrefix(words[0], "env:"), pairs)})
		}
	}
	return v
}

// What .NET makes of several sources: the last that has a path wins.
//
// Measured against Microsoft.Extensions.Configuration on .NET 8.
func TestLayers(t *testing.T) {
	const none = "<none>"
	for _, c := range []struct {
		sources []string
		expect  map[string]string
	}{
		// arrays are settings by index: a shorter one does not cut a longer one
		{[]string{`{"ip": ["1", "2", "3"]}`, `{"ip": ["9"]}`}, map[string]string{"ip:0": "9", "ip:1": "2", "ip:2": "3", "ip": none, "ip:3": none}},
		{[]string{`{"s": [{"n": "a", "v": 1}, {"n": "b"}]}`, "env: S__1__v=9 s__0__N=z"}, map[string]string{"s:0:n": "z", "s:0:v": "1", "s:1:v": "9", "S:1:N": "b"}},
		// a later object leaves earlier keys alone, a scalar and an object live side by side
		{[]string{`{"a": {"b": 1, "c": {"d": 2}}}`, `{"a": {"b": 3}}`}, map[string]string{"a:b": "3", "a:c:d": "2"}},
		{[]string{`{"a": "x"}`, `{"a": {"b": 1}}`}, map[string]string{"a": "x", "a:b": "1"}},
		{[]string{`{"a": {"b": 1}}`, `{"a": {}}`}, map[string]string{"a:b": "1", "a": none}},
		// casing does not count, in any source
		{[]string{`{"KeY": {"Sub": 1}}`, `{"kEy": {"sUB": 2}}`}, map[string]string{"key:sub": "2", "KEY:SUB": "2"}},
		{[]string{`{"xmpro": {"data": {"connectionString": "x"}}}`, "env: XMPRO__DATA__CONNECTIONSTRING=y"}, map[string]string{"xmpro:data:connectionString": "y"}},
		{[]string{`{"Ö": {"Σ": 1}}`, `{"ö": {"ς": 2}}`}, map[string]string{"ö:σ": "2"}},
		{[]string{"{\"ſ\": 1, \"\u212a\": 2}"}, map[string]string{"s": none, "k": none, "ſ": "1"}},
		{[]string{`{"straße": 1}`}, map[string]string{"STRAßE": "1", "STRASSE": none, "STRAẞE": none}},
		// keys that are paths
		{[]string{`{"a:b": 1}`, `{"a": {"B": 2}}`}, map[string]string{"a:b": "2"}},
		{[]string{`{"a": {"b:c": 1}, "A:D": 2}`}, map[string]string{"a:b:c": "1", "a:d": "2"}},
		// values
		{[]string{`{"t": true, "f": false, "n": 1.50, "e": 1E+400, "z": -0, "s": "x"}`}, map[string]string{"t": "True", "f": "False", "n": "1.50", "e": "1E+400", "z": "-0", "s": "x"}},
		{[]string{`{"a": null, "b": {}, "c": []}`}, map[string]string{"a": "", "b": none, "c": none}},
		// what hides what
		{[]string{`{"a": "x"}`, `{"a": null}`}, map[string]string{"a": ""}},
		{[]string{`{"a": "x"}`, `{"a": ""}`}, map[string]string{"a": ""}},
		{[]string{`{"a": "x"}`, `{"a": {}}`}, map[string]string{"a": none}},
		{[]string{`{"a": "x"}`, `{"a": []}`}, map[string]string{"a": none}},
		{[]string{`{"a": "x"}`, `{"b": 1}`}, map[string]string{"a": "x", "b": "1"}},
		{[]string{`{"a": {}}`, "env: a=x"}, map[string]string{"a": "x"}},
		// an empty object beside one with content hides too
		{[]string{`{"a": "x"}`, `{"a": {}, "A": {"b": 1}}`}, map[string]string{"a": none, "a:b": "1"}},
		{[]string{`{"a": {"b": "x"}}`, `{"a:b": [], "a": {"b": {"c": 1}}}`}, map[string]string{"a:b": none, "a:b:c": "1"}},
		{[]string{`{"a": "x"}`, `{"a": {"b": 1}, "a": {}, "a": []}`, `{"a:c": 2}`}, map[string]string{"a": none, "a:b": "1", "a:c": "2"}},
		// environment variables
		{[]string{`{"a": {"b": 1}}`, "env: a__b=2 A:B=3"}, map[string]string{"a:b": "3"}},
		{[]string{`{"a": 1}`, "env: a="}, map[string]string{"a": "1"}}, // setting one to nothing removes it
		{[]string{`{"a": 1}`, "env:xm__ a=2 xm__a=3 XM__b=4"}, map[string]string{"a": "3", "b": "4"}},
		{[]string{`{"a": {"b": 1}}`, "env: a_b=2 a___b=3"}, map[string]string{"a:b": "1", "a:_b": "3", "a_b": "2"}},
		{[]string{"env: a__b=1", "env: A__B=2"}, map[string]string{"a:b": "2"}},
		// a key vault
		{[]string{`{"a": {"b": 1}}`, "vault: a--b=2 A--C=3"}, map[string]string{"a:b": "2", "a:c": "3"}},
		{[]string{"vault: a--b=1 A--B=2"}, map[string]string{"a:b": "2"}},
		{[]string{"vault: a-b=1 a__b=2"}, map[string]string{"a:b": none, "a-b": "1"}},
		// a file that .NET refuses contributes nothing
		{[]string{`{"a": 1, "b": 2}`, `{"a": 3, "A": 4}`}, map[string]string{"a": "1", "b": "2"}},
		{[]string{`{"a": {"x": 1}, "A": {"y": 2}}`}, map[string]string{"a:x": "1", "a:y": "2"}},
	} {
		v := layersOf(t, c.sources...)
		for path, want := range c.expect {
			got := v.Get(path)
			text := got.Text
			if !got.Present || got.Null {
				text = none
			}
			if text != want {
				t.Errorf("%q: %s is %q, want %q", c.sources, path, text, want)
			}
		}
	}
}

func TestShadows(t *testing.T) {
	v := layersOf(t, `{"A": {"b": "1"}}`, `{"c": "0"}`, `{"a": {"B": "2"}}`, "env: a__B=3")
	got := v.Get("a:b")
	if !got.Known() || got.Text != "3" || got.Origin.Path != "a:B" || len(got.Shadows) != 2 || got.Shadows[0].Text != "2" || got.Shadows[1].Path != "A:b" {
		t.Errorf("%+v", got)
	}
	if absent := v.Get("a"); absent.Present || absent.Known() || !absent.Origin.IsZero() {
		t.Errorf("%+v", absent)
	}
}

// The names of environment variables, and what Azure puts into the
// environment.
//
// Measured against Microsoft.Extensions.Configuration.EnvironmentVariables on
// .NET 8.
func TestEnvironmentSettings(t *testing.T) {
	for _, c := range []struct{ prefix, env, want string }{
		{"", "data__ConnectionString=x SQLCONNSTR_db=y", "data:ConnectionString=x ConnectionStrings:db=y ConnectionStrings:db_ProviderName=System.Data.SqlClient"},
		{"", "CUSTOMCONNSTR_a=1 MYSQLCONNSTR_b=2 SQLAZURECONNSTR_c=3", "ConnectionStrings:a=1 ConnectionStrings:b=2 ConnectionStrings:b_ProviderName=MySql.Data.MySqlClient ConnectionStrings:c=3 ConnectionStrings:c_ProviderName=System.Data.SqlClient"},
		{"ConnectionStrings:", "CUSTOMCONNSTR_a=1 other=2", "a=1"},
		{"", "sqlconnstr_x=1", "ConnectionStrings:x=1 ConnectionStrings:x_ProviderName=System.Data.SqlClient"},
		{"", "POSTGRESQLCONNSTR_p=1", "POSTGRESQLCONNSTR_p=1"}, // known from .NET 9 on
		{"", "A___B=1 A____B=2 A--B=3", "A:_B=1 A::B=2 A--B=3"},
		{"xm__", "XM__xmpro__x=1 xmpro__y=2 xm:z=3", "xmpro:x=1 z=3"},
		{"test__", "test__test__x=1", "test:x=1"},
		{"", "a=1 A=2", "a=2"},
		{"", "=1", "=1"},
		{"", "a=", ""},
		{"", "a=1 A=2 a=", "A=2"},
	} {
		var pairs [][2]string
		for word := range strings.FieldsSeq(c.env) {
			name, value, _ := strings.Cut(word, "=")
			pairs = append(pairs, [2]string{name, value})
		}
		var got []string
		for _, s := range EnvironmentSettings(c.prefix, pairs) {
			got = append(got, s.Path+"="+s.Value)
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%q %s: %q, want %q", c.prefix, c.env, text, c.want)
		}
	}
}

// The settings of a view are what Get says of each of its paths, in .NET's
// order.
func TestSettingsAgreeWithGet(t *testing.T) {
	v := layersOf(t, `{"b": {"10": 1, "9": 2, "x": 3}, "A": {"b": true}, "n": null, "o": {}}`, `{"a": {"B": false}, "B": {"010": 4}}`, "env: a__c=x N=5")
	var paths []string
	for _, s := range v.Settings() {
		paths = append(paths, s.Path)
		if got := v.Get(s.Path); got.Text != s.Value.Text || got.Origin != s.Value.Origin || got.Null != s.Value.Null {
			t.Errorf("%s: %+v, but Get says %+v", s.Path, s.Value, got)
		}
	}
	if want := []string{"a:B", "a:c", "b:9", "B:010", "b:10", "b:x", "N", "o"}; !slices.Equal(paths, want) {
		t.Errorf("paths %q, want %q", paths, want)
	}
}

// Null is a setting only where nothing lies below it.
func TestNullAmongSettings(t *testing.T) {
	for _, c := range []struct {
		sources []string
		want    string
	}{
		{[]string{`{"a": {}, "b": [], "c": null}`}, "a=null\nb=null\nc=\n"},
		{[]string{`{"a": {}, "A": {"b": 1}}`}, "a:b=1\n"},
		{[]string{`{"a": "x"}`, `{"a": {}, "a": {"b": 1}}`}, "a:b=1\n"},
		{[]string{`{"a": "x"}`, `{"a": {"b": 1}, "a": {}}`, "env: a=y"}, "a=y\na:b=1\n"},
		{[]string{`{"a": {"b": 1}}`, `{"a": {}, "ab": {}}`, `{"a0": 2}`}, "a:b=1\na0=2\nab=null\n"},
		{[]string{`{"ä": []}`, "env: Ä__b=1"}, "Ä:b=1\n"},
	} {
		if got := settingsText(layersOf(t, c.sources...).Settings()); got != c.want {
			t.Errorf("%q: %q, want %q", c.sources, got, c.want)
		}
	}
}

func TestKeyVaultOfTheProduct(t *testing.T) {
	for _, c := range []struct {
		content string
		want    State
	}{
		{`{"xmpro": {"appDesigner": {"x": 1}, "keyVault": {"provider": "", "name": ""}, "autoScale": {"enabled": true}}}`, StateOn},
		{`{"xmpro": {"appDesigner": {"x": 1}, "keyVault": {"provider": " "}, "autoScale": {"enabled": false}}}`, StateOff},
		{`{"xmpro": {"appDesigner": {"x": 1}, "keyVault": {"provider": null}}}`, StateAbsent},
		{`{"xmpro": {"appDesigner": {"x": 1}, "keyVault": {"provider": {}}}}`, StateAbsent},
		{`{"xmpro": {"appDesigner": {"x": 1}, "keyVault": {"provider": "Azure", "name": "v"}, "autoScale": {"enabled": true}}}`, StateUnknown},
		{`{"xmpro": {"appDesigner": {"x": 1}, "keyVault": {"PROVIDER": "Azure"}}}`, StateUnknown},
	} {
		d := one(t, files("x/appsettings.json", c.content), Options{})
		a := d.Product(schema.AppDesigner).Nodes[0].Default().AutoScale
		if a.State != c.want || a.State == StateUnknown && (a.Reason != ReasonKeyVault || a.Connection.Unknown != ReasonKeyVault) {
			t.Errorf("%s: %s, %s", c.content, a.State, a.Reason)
		}
	}
}

// One spelling of a segment counts in a layer, the first, as .NET enumerates
// it.
//
// Measured against Microsoft.Extensions.Configuration.Json on .NET 8.
func TestSpelling(t *testing.T) {
	for _, c := range []struct {
		sources []string
		want    string
	}{
		{[]string{`{"σ": {"A": "/", "a": {"b": ""}}}`}, "σ:A σ:A:b"},
		{[]string{`{"XmPro": null, "b": 1, "xmpro": {}}`}, "b XmPro"},
		{[]string{`{"AUTOSCALE": {"": 1}, "autoScale": 2}`}, "AUTOSCALE AUTOSCALE:"},
		{[]string{`{"a:B": 1, "A": {"b:c": 2}}`}, "a:B a:B:c"},
		{[]string{`{"k": [1], "K": 2}`}, "k k:0"},
		{[]string{`{"ς": 1, "σ": []}`}, "ς"},
		// each layer has its own
		{[]string{`{"A": {"b": 1, "c": 2}}`, `{"a": {"B": 3}}`}, "a:B A:c"},
		{[]string{`{"A": {"b": 1}}`, "env: a__c=1 A__d=2"}, "A:b a:c a:d"},
		{[]string{`{"": {"": 1}}`}, ":"},
	} {
		var got []string
		for _, s := range layersOf(t, c.sources...).Settings() {
			got = append(got, s.Path)
			if s.Path != s.Value.Origin.Path {
				t.Errorf("%q: %s, but its place says %s", c.sources, s.Path, s.Value.Origin.Path)
			}
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%q: %q, want %q", c.sources, text, c.want)
		}
	}
}
