package rules

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

func TestInvalidJSON(t *testing.T) {
	check(t, "XM0002", []oneCase{
		{"comments and trailing commas are fine", file("AppDesigner/appsettings.json", "// a\n{ /* b */ \"xmpro\": { \"a\": [1,], }, }"), ""},
		{"a byte order mark is fine", file("AppDesigner/appsettings.json", "\ufeff{}"), ""},
		{"single quotes", file("AppDesigner/appsettings.json", "{\n  'xmpro': {}\n}"), "error 2 '"},
		{"the root is an array", file("AppDesigner/appsettings.json", "[]"), "error 1 []"},
		{"empty", "-- AppDesigner/appsettings.json --\n", "error 1"},
		{"too deep", file("AppDesigner/appsettings.json", strings.Repeat(`{"a":`, 65)+"1"+strings.Repeat("}", 65)), "error 1 {"},
		{"64 deep is fine", file("AppDesigner/appsettings.json", strings.Repeat(`{"a":`, 64)+"1"+strings.Repeat("}", 64)), ""},
		{"an overlay of another environment too", manifest("environment: Production") + ad(off) + file("AppDesigner/appsettings.Dev.json", "{"), "error 2"},
		{"a deps.json is no configuration", ad(off) + file("AppDesigner/XMPro.AppDesigner.deps.json", "{"), ""},
	})
}

func TestInvalidXML(t *testing.T) {
	check(t, "XM0003", []oneCase{
		{"fine", sm(smOff), ""},
		{"a bare ampersand", sm(`<autoScale enabled="true" connectionString="a&b" />`), "error 3"},
		{"two roots", sm(smOff) + "<a/>\n", "error 5"},
		{"App Designer's web.config", ad(off) + file("AppDesigner/web.config", "<configuration>"), "error 2"},
	})
}

func TestDuplicateKey(t *testing.T) {
	check(t, "XM0004", []oneCase{
		{"two leaves", ad(`"enabled": true, "Enabled": false`), `error 1 "Enabled"`},
		{"a path and nesting", file("AppDesigner/appsettings.json", "{\n\"xmpro:autoScale:enabled\": true,\n\"xmpro\": {\"autoScale\": {\"enabled\": true}}\n}"), `error 3 "enabled"`},
		{"objects merge", file("AppDesigner/appsettings.json", `{"xmpro": {"autoScale": {"enabled": true}, "autoscale": {"connectionString": ""}}}`), ""},
		{"two files are two layers", ad(off) + file("AppDesigner/appsettings.Production.json", `{"xmpro": {"autoScale": {"enabled": true}}}`), ""},
	})
}

func TestDuplicateKeyShowsBothPlaces(t *testing.T) {
	f := findings(t, file("AppDesigner/appsettings.json", "{\"a\": 1,\n\"A\": 1}"), Find("XM0004"))[0]
	if f.Start.Line != 2 || len(f.Related) != 1 || f.Related[0].Start.Line != 1 || f.Setting != "A" {
		t.Errorf("%d, %+v", f.Start.Line, f.Related)
	}
	if f.Fix == nil || f.Fix.Safety != lint.Safe {
		t.Errorf("equal values: the fix is %+v, want a safe one", f.Fix)
	}
	if f := findings(t, ad(`"enabled": true, "Enabled": false`), Find("XM0004"))[0]; f.Fix.Safety != lint.Unsafe {
		t.Errorf("different values: the fix is %+v, want an unsafe one", f.Fix)
	}
}

func TestUnsafeDocument(t *testing.T) {
	check(t, "XM0005", []oneCase{
		{"a document type", file("SM/web.config", "<!DOCTYPE configuration>\n<configuration><xmpro/></configuration>"), "error 1 <!DOCTYPE configuration>"},
		{"deep", sm(strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300)), "error 3 <"},
		{"none", sm(smOff), ""},
	})
}

// After a document type declaration the file is still read.
func TestDoctypeIsReadOver(t *testing.T) {
	found := findings(t, file("SM/web.config", "<!DOCTYPE configuration [<!ENTITY e \"true\">]>\n"+strings.SplitN(sm(`<autoScale enabled="&e;" connectionString="" />`), "\n", 2)[1]), All()...)
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Rule.ID)
	}
	if got := strings.Join(ids, " "); !strings.Contains(got, "XM0005") || !strings.Contains(got, "XM2003") {
		t.Errorf("found %s, want XM0005 and XM2003", got)
	}
}

// A broken file gives one message, and nothing that follows from it.
func TestBrokenFileIsOneMessage(t *testing.T) {
	for name, archive := range map[string]string{
		"JSON":      manifest("version: 4.3.6\nconnectors: {data-streams: [\"2.01\"]}\nproducts:\n  app-designer: {path: AppDesigner, instances: 2}\nload_balancer: {sticky: true}") + file("AppDesigner/appsettings.json", `{"xmpro": {"autoScale": {"enabled": "yes"`),
		"duplicate": manifest("version: 4.3.6") + ad(`"enabled": true, "Enabled": false, "conectionString": ""`),
		"overlay":   manifest("version: 4.3.6") + ad(`"enabled": true, "Enabled": false`) + file("AppDesigner/appsettings.Production.json", `{"xmpro": {"autoScale": {"enabled": false, "connectionString": "a:1"}}}`),
		"XML":       manifest("version: 4.3.6\nproducts:\n  subscription-manager: {path: SM, instances: 2}\nload_balancer: {sticky: true}") + sm("<autoScale"),
	} {
		if found := findings(t, archive, All()...); len(found) != 1 {
			t.Errorf("%s: %d findings, want one", name, len(found))
			for _, f := range found {
				t.Logf("%s %s", f.Rule.ID, f.Message)
			}
		}
	}
}

func TestUnreadableFile(t *testing.T) {
	check(t, "XM0001", []oneCase{
		{"not the encoding that it claims", file("SM/web.config", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration><xmpro a=\"\xff\"/></configuration>"), "error 2"},
		{"JSON takes every byte", file("AppDesigner/appsettings.json", "{\"a\": \"\xff\"}"), ""},
	})
}

// deniedFS refuses to open one file.
type deniedFS struct {
	files fstest.MapFS
	name  string
	err   error
}

func (f deniedFS) Open(name string) (fs.File, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: "/somewhere/" + name, Err: f.err}
	}
	return f.files.Open(name)
}

func TestUnreadableFileSaysWhy(t *testing.T) {
	for want, err := range map[string]error{
		"the file cannot be read: permission denied":                       fs.ErrPermission,
		"the file cannot be read: there is nothing at the end of its link": fs.ErrNotExist,
		"the file cannot be read: file already closed":                     fs.ErrClosed,
	} {
		files := deniedFS{fstest.MapFS{"AppDesigner/appsettings.json": &fstest.MapFile{}, "DataStreamDesigner/appsettings.json": &fstest.MapFile{Data: []byte("{}")}}, "AppDesigner/appsettings.json", err}
		all, err := deployment.Load(context.Background(), files, ".", deployment.Options{})
		if err != nil {
			t.Fatal(err)
		}
		runner, err := lint.NewRunner([]*lint.Rule{Find("XM0001")})
		if err != nil {
			t.Fatal(err)
		}
		result, err := runner.Run(context.Background(), all[0])
		if err != nil || len(result.Findings) != 1 || result.Findings[0].Message != want || result.Findings[0].Path != "AppDesigner/appsettings.json" {
			t.Errorf("%v %+v, want %s", err, result.Findings, want)
		}
	}
}

func TestInvalidManifest(t *testing.T) {
	check(t, "XM0006", []oneCase{
		{"fine", manifest("version: 4.3.6") + ad(off), ""},
		{"unknown key", manifest("name: a\nverson: 4.3.6") + ad(off), "error 2 verson"},
		{"not YAML", manifest("name: [") + ad(off), "error 2"},
	})
}

// A manifest of which nothing can be read is one message: what it may say is
// not missed.
func TestUnreadManifest(t *testing.T) {
	for name, text := range map[string]string{
		"no YAML": "name: [", "a list": "- a", "two documents": "version: 1\n---\nversion: 2", "no text": "\xff\xfe\x00",
	} {
		archive := manifest(text) + ad(on) + file("AppDesigner/appsettings.Dev.json", `{"xmpro": {"autoScale": {"enabled": false}}}`)
		for _, f := range findings(t, archive, Find("XM1002"), Find("XM5002"), Find("XM2010"), Find("XM0001"), Find("XM0006")) {
			if f.Rule.ID[:5] != "XM000" {
				t.Errorf("%s: %s %s", name, f.Rule.ID, f.Message)
			}
		}
	}
	archive := manifest("- a") + ad(on)
	if got := briefs(findings(t, archive, Find("XM0006"))); got != "error 1 -" {
		t.Errorf("a list: %s", got)
	}
}
