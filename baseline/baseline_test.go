package baseline_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xmlint/xmlint/baseline"
)

// Whatever files look like and whatever folders are called: what the baseline
// knows is not reported, and a new fault is, alone.
func TestBaselineSurvives(t *testing.T) {
	all := examples(t)
	before := run(t, all, "", 2)
	if len(before.reported) < 40 {
		t.Fatalf("the examples have only %d findings", len(before.reported))
	}
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		if n := all.differs(all.laidOut(r)); n < len(all)/2 {
			t.Fatalf("only %d of %d files look different", n, len(all))
		}
		suffix := r.IntN(1000)
		renames := map[string]func(string) string{
			"same":    func(name string) string { return name },
			"renamed": func(name string) string { return fmt.Sprintf("%s-%d", name, suffix) },
			"turned":  func(name string) string { return fmt.Sprintf("%c%d-%s", 'z'-name[0]%26, suffix, name) },
			"deeper":  func(name string) string { return "sites/" + name },
			"some": func(name string) string {
				if len(name)%2 == 0 {
					return "a" + name
				}
				return name
			},
		}
		for what, rename := range renames {
			after := all.laidOut(r).renamed(rename)
			got := run(t, after, before.written, 1+r.IntN(3))
			if len(got.reported) > 0 {
				t.Fatalf("seed %d, %s: %d of %d are new:\n%s", seed, what, len(got.reported), len(before.reported), got.briefs())
			}
			if got.suppressed != len(before.reported) {
				t.Errorf("seed %d, %s: %d suppressed, want %d", seed, what, got.suppressed, len(before.reported))
			}
			fault(t, after, before.written, r)
		}
	}
}

// fault puts one new fault into a tree, and sees that it is reported alone.
func fault(t *testing.T, files tree, known string, r *rand.Rand) {
	t.Helper()
	changed := tree{}
	where := ""
	for name, text := range files {
		changed[name] = text
		if strings.Contains(name, "finished") && strings.HasSuffix(name, "appsettings.json") && (where == "" || name < where) {
			where = name
		}
	}
	text := strings.Replace(changed[where], `"enabled"`, `"enabeld"`, 1)
	if text == changed[where] {
		t.Fatalf("%s has no switch:\n%s", where, text)
	}
	changed[where] = text
	got := run(t, changed, known, 1+r.IntN(3))
	if got.of("XM2007") != 1 {
		t.Fatalf("the fault in %s is not reported once:\n%s", where, got.briefs())
	}
	for _, f := range got.reported {
		if !strings.Contains(f.Root, "finished") {
			t.Errorf("%s is reported at %s", f.Rule.ID, f.Path)
		}
	}
}

// small is a repository of deployments with a faulty connection string each.
func small(names ...string) tree {
	files := tree{}
	for i, name := range names {
		files[name+"/AD/appsettings.json"] = fmt.Sprintf(`{"xmpro": {"appDesigner": {"key": 1}, "autoScale": {"enabled": true, "connectionString": "cache%d:6379"}}}`, i)
	}
	return files
}

func TestMultiset(t *testing.T) {
	one := run(t, small("acme"), "", 1)
	for _, c := range []struct {
		name  string
		files tree
		new   int // findings of XM3004
	}{
		{"the same", small("acme"), 0},
		{"renamed", small("contoso"), 0},
		{"a copy beside it", small("acme", "contoso"), 1},
		{"renamed, and a copy", small("contoso", "fabrikam"), 1},
		{"gone", tree{"x/AD/appsettings.json": "{}"}, 0},
	} {
		if got := run(t, c.files, one.written, 2); got.of("XM3004") != c.new {
			t.Errorf("%s: %d new, want %d:\n%s", c.name, got.of("XM3004"), c.new, got.briefs())
		}
	}
}

// What a comment suppresses is not taken from the baseline. All that is
// suppressed is in order, whichever of the two does it.
func TestBesideComments(t *testing.T) {
	files := small("acme")
	known := run(t, files, "", 1)
	const name = "acme/AD/appsettings.json"
	files[name] = strings.Replace(files[name], `"connectionString"`, "\n// xmlint:ignore XM3004 -- started by hand\n\"connectionString\"", 1)
	if got := run(t, files, known.written, 1); len(got.reported) > 0 || got.suppressed != len(known.reported) {
		t.Errorf("%d suppressed, want %d; reported:\n%s", got.suppressed, len(known.reported), got.briefs())
	}
}

// The product's folders may have other names, too, also where another file is
// then the deployment's first.
func TestProductFolders(t *testing.T) {
	files := tree{
		"acme/AD/appsettings.json": small("a")["a/AD/appsettings.json"],
		"acme/SM/web.config": `<configuration>
<configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
<xmpro><autoScale enabled="true" connectionString="cache0:6379" /></xmpro>
</configuration>`,
	}
	known := run(t, files, "", 1)
	if known.of("XM1002") != 1 {
		t.Fatalf("nothing about the deployment as a whole:\n%s", known.briefs())
	}
	after := tree{"acme/z/appsettings.json": files["acme/AD/appsettings.json"], "acme/login/web.config": files["acme/SM/web.config"]}
	if got := run(t, after, known.written, 1); len(got.reported) > 0 {
		t.Errorf("new:\n%s", got.briefs())
	}
}

// A deployment with entries takes none of one that is gone, and neither does
// one that has moved as a whole.
func TestEntriesStay(t *testing.T) {
	files := small("a", "b")
	files["b/AD/appsettings.json"] = `{"xmpro": {"appDesigner": {"key": 1}, "autoScale": {"enabled": false, "connectionString": ""}}}`
	known := run(t, files, "", 1).written
	moved := tree{"b/AD/appsettings.json": small("a")["a/AD/appsettings.json"]}
	if got := run(t, moved, known, 1); got.of("XM3004") != 1 {
		t.Errorf("b had entries, and took those of a:\n%s", got.briefs())
	}
	// a has a name, and goes on under it; what it has no more is not c's.
	named := small("a")
	named["a/xmpro.yaml"] = "name: north\nversion: 4.6.1\n"
	known = run(t, named, "", 1).written
	after := tree{
		"c/AD/appsettings.json": named["a/AD/appsettings.json"],
		"d/xmpro.yaml":          named["a/xmpro.yaml"],
		"d/AD/appsettings.json": `{"xmpro": {"appDesigner": {"key": 1}, "autoScale": {"enabled": true, "connectionString": "cache0:6379,abortConnect=False"}}}`,
	}
	if got := run(t, after, known, 1); got.of("XM3004") != 1 {
		t.Errorf("c took what d has mended:\n%s", got.briefs())
	}
	// The manifest may get another name in the same folder.
	named["a/xmpro.yaml"] = "name: south\nversion: 4.6.1\n"
	if got := run(t, named, known, 1); len(got.reported) > 0 {
		t.Errorf("with another name:\n%s", got.briefs())
	}
}

// Which of two deployments that share a server a finding is reported at depends
// on their names.
func TestSharedSurvives(t *testing.T) {
	share := func(names ...string) tree {
		files := small(names...)
		for name := range files {
			files[name] = strings.NewReplacer("cache1", "cache0", "cache2", "cache0").Replace(files[name])
		}
		return files
	}
	known := run(t, share("b", "c"), "", 1)
	if known.of("XM3010") != 1 {
		t.Fatalf("no shared server:\n%s", known.briefs())
	}
	for _, names := range [][]string{{"b", "c"}, {"a", "c"}, {"b", "z"}, {"d", "c"}, {"b", "a"}, {"x", "y"}} {
		if got := run(t, share(names...), known.written, 2); len(got.reported) > 0 {
			t.Errorf("%v: new:\n%s", names, got.briefs())
		}
	}
	for _, names := range [][]string{{"a", "b", "c"}, {"b", "bb", "c"}, {"b", "c", "d"}} {
		if got := run(t, share(names...), known.written, 2); got.of("XM3010") != 1 {
			t.Errorf("%v: %d new:\n%s", names, got.of("XM3010"), got.briefs())
		}
	}
}

// utf16LE is text as Windows PowerShell writes it into a file.
func utf16LE(text string) string {
	raw := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		raw = binary.LittleEndian.AppendUint16(raw, unit)
	}
	return string(raw)
}

func TestParseFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "x:1:1: unexpected end of JSON input",
		"{\n  \"deployments\": [,]}": "x:2:19: invalid character ',' looking for beginning of value",
		`{"format_version": "2"}`:    `x: its format_version is "2", not "1"`,
		`{"findings": []}`:           "x: this is a report, not a baseline",
		`[]`:                         "x:1:1: this is no baseline: the document cannot be of the type array",
		`{"format_version": 1}`:      "x:1:20: this is no baseline: format_version cannot be of the type number",
		`{"format_version": "1"}`:    "x: it has no deployments: this is no baseline",
		"\xef\xbb\xbf{\"format_version\":\"1\",\"deployments\":[]}": "",
		utf16LE("{\"format_version\":\"1\",\"deployments\":[]}"):    "",
		utf16LE("{\n}}"): "x:2:2: invalid character '}' after top-level value",
		`{"format_version": "1", "deployments": [{"root": "a", "findings": [{"rule": "XM3004", "fingerprint": "12"}]}]}`: `x: an entry of "a" for XM3004 has no fingerprint`,
	} {
		_, err := baseline.Parse("x", []byte(text))
		switch {
		case err == nil && want == "":
		case err == nil || want == "" || !strings.HasPrefix(err.Error(), want):
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
