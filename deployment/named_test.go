package deployment

import (
	"errors"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// named reads single files of one folder, as PATHs on a command line.
func named(t *testing.T, fsys fstest.MapFS, dir string, names ...string) []*Deployment {
	t.Helper()
	base := dir
	if base != "." {
		sub, err := fsys.Sub(dir)
		if err != nil {
			t.Fatal(err)
		}
		groups, err := Discover(t.Context(), []Source{{FS: sub, Dir: ".", Files: names, Shown: dir}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return groups[0].Load(t.Context(), Options{})
	}
	groups, err := Discover(t.Context(), []Source{{FS: fsys, Dir: ".", Files: names, Shown: "."}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return groups[0].Load(t.Context(), Options{})
}

// A file that is given by its name is read whatever it is called, and judged
// whole whatever it holds.
func TestNamedFiles(t *testing.T) {
	const broken = `{"a": `
	for _, c := range []struct {
		name, content string
		want          string
		holds         bool
	}{
		{"appsettings.json", jsonElse, "unknown (absent) x/appsettings.json", false},
		{"appsettings.json", jsonAD, "AD (absent) x/appsettings.json", true},
		{"appsettings.json", jsonAny, "unknown (on) x/appsettings.json", true},
		{"appsettings.json", broken, "unknown (unknown) x/appsettings.json", false},
		{"appsettings.Test.json", jsonAny, "unknown (absent) x/appsettings.Test.json", true}, // in no other environment
		{"appsettings.Production.json", jsonAny, "unknown (on) x/appsettings.Production.json", true},
		{"web.config", webSM, "SM (off) x/web.config", true},
		{"web.config", webElse, "unknown (absent) x/web.config", false},
		{"web.config", webCore, "unknown (absent) x/web.config", false},
		{"web.config", "<configuration>", "unknown (unknown) x/web.config", false},
		{"settings.json", jsonAD, "AD (absent) x/settings.json", true},
		{"settings.json", broken, "unknown (unknown) x/settings.json", false},
		{"settings", " \r\n" + jsonDS, "DS (absent) x/settings", true},
		{"settings", "", "unknown (unknown) x/settings", false},
		{"sm.xml", webSM, "SM (off) x/sm.xml", true},
		{"sm.config", webSM, "SM (off) x/sm.config", true},
		{"sm", "\ufeff <!-- c -->" + webSM, "SM (off) x/sm", true},
		{"core.config", webCore, "unknown (absent) x/core.config", false},
		{"other.config", webElse, "unknown (absent) x/other.config", false},
		{"other.config", "<xmpro>", "unknown (unknown) x/other.config", true},
		{"xmpro.config", `<xmpro><autoScale enabled="true" /></xmpro>`, "SM (on) x/xmpro.config", true},
		{"x.deps.json", jsonElse, "unknown (absent) x/x.deps.json", false},
		{"sm-metadata.json", jsonElse, "unknown (absent) x/sm-metadata.json", false},
	} {
		all := named(t, tree(files("x/"+c.name, c.content)), "x", c.name)
		if got := summary(all); got != "x: "+c.want+"\n" {
			t.Errorf("%s with %q: %q, want %q", c.name, c.content, got, c.want)
			continue
		}
		if got := all[0].HoldsXMPro(); got != c.holds {
			t.Errorf("%s with %q: holds XMPro %v", c.name, c.content, got)
		}
	}
}

func TestNamedFilesTogether(t *testing.T) {
	fsys := tree(files("AD/a.json", jsonAny, "AD/b.json", jsonAny, "AD/c.json", jsonDS, "AD/appsettings.json", jsonElse, "AD/appsettings.Production.json", jsonAny))
	for _, c := range []struct{ names, want string }{
		{"appsettings.json appsettings.Production.json", "AD: AD (on) AD/appsettings.json AD/appsettings.Production.json\n"},
		{"c.json a.json", "AD: AD (on) AD/a.json; DS (absent) AD/c.json\n"},
		{"b.json a.json", "AD: AD (on) AD/a.json\nAD: AD (on) AD/b.json\n"},
		{"nothing.json", "AD: AD (unknown) AD/nothing.json\n"},
	} {
		if got := summary(named(t, fsys, "AD", strings.Fields(c.names)...)); got != c.want {
			t.Errorf("%s: %q, want %q", c.names, got, c.want)
		}
	}
	// Of no told product each is a node of its own.
	all := named(t, tree(files("a.json", jsonAny, "b.json", jsonAny)), ".", "a.json", "b.json")
	if got := summary(all); got != ".: unknown (on) a.json (on) b.json\n" {
		t.Errorf("%q", got)
	}
}

// A manifest that is given by its name says what it says; that the folders are
// not there is no fault of it.
func TestNamedManifest(t *testing.T) {
	fsys := tree(files("xmpro.yaml", "name: acme\nproducts: {app-designer: {path: AD}}", "AD/appsettings.json", jsonAD))
	all := named(t, fsys, ".", "xmpro.yaml")
	if got := summary(all); got != ".: AD (unknown)\n" || len(all[0].Manifest.Problems) != 0 || all[0].Name != "acme" || !all[0].HoldsXMPro() {
		t.Errorf("%q, %v", got, all[0].Manifest.Problems)
	}
}

// What cannot be read is an error of the file, and what is in it unknown.
func TestUnreadable(t *testing.T) {
	for _, c := range []struct {
		name, content string
		kind          document.ErrorKind
		kept          bool // it may be XMPro's
	}{
		{"appsettings.json", "[]", document.ErrRoot, false},
		{"appsettings.json", `["xmpro"]`, document.ErrRoot, true},
		{"appsettings.json", `{"xmpro": {"a": 1, "A": 2}}`, document.ErrDuplicate, true},
		{"appsettings.json", `{"b": {"a": 1, "A": 2}}`, document.ErrDuplicate, false},
		{"appsettings.json", strings.Repeat(`{"xmpro":`, 65) + "1" + strings.Repeat("}", 65), document.ErrDepth, true},
		{"appsettings.json", strings.Repeat("[", 1e6), document.ErrDepth, false},
		{"appsettings.json", "\xff\xfe{\x00\"\x00X\x00M\x00P\x00R\x00O\x00\"\x00", document.ErrSyntax, true}, // UTF-16
		{"web.config", strings.Repeat("<xmpro>", 1e5), document.ErrDepth, true},
		{"web.config", "<?xml version='1.0' encoding='utf-7'?><configuration><xmpro/></configuration>", document.ErrEncoding, true},
		{"web.config", "<?xml version='1.0' encoding='utf-7'?><configuration/>", document.ErrEncoding, false},
		{"web.config", "<configuration>\x00</configuration>", document.ErrSyntax, false},
		{"xmpro.yaml", strings.Repeat("#", 1<<20+1), document.ErrTooLarge, true},
	} {
		all := load(t, fstest.MapFS{"x/" + c.name: {Data: []byte(c.content)}}, Options{})
		if len(all) == 1 != c.kept {
			t.Errorf("%s with %.30q: %d deployments", c.name, c.content, len(all))
			continue
		}
		if len(all) == 0 {
			continue
		}
		f := all[0].Files[0]
		var fault *document.Error
		if !errors.As(f.Err, &fault) || fault.Kind != c.kind {
			t.Errorf("%s with %.30q: %v", c.name, c.content, f.Err)
		}
		if len(all[0].Products) > 0 && all[0].Products[0].State() != StateUnknown {
			t.Errorf("%s with %.30q: state %s", c.name, c.content, all[0].Products[0].State())
		}
	}
}

func TestSizeLimit(t *testing.T) {
	opts := Options{Limits: document.Limits{MaxBytes: 20}}
	for _, fsys := range []fstest.MapFS{tree(files("AD/appsettings.json", jsonAD)), tree(files("x/appsettings.json", jsonElse+jsonElse))} {
		all := load(t, fsys, opts)
		var fault *document.Error
		if len(all) != 1 || !errors.As(all[0].Files[0].Err, &fault) || fault.Kind != document.ErrTooLarge {
			t.Errorf("%s", summary(all))
		}
	}
	// A file system that reads into memory it is given says so itself, or is cut.
	for name := range typical().MapFS {
		all := loadOne(t, typical(), name, opts)
		var fault *document.Error
		if len(all) != 1 || !errors.As(all[0].Files[0].Err, &fault) || fault.Kind != document.ErrTooLarge {
			t.Errorf("%s: %s", name, summary(all))
		}
	}
}

func loadOne(t *testing.T, fsys memory, name string, opts Options) []*Deployment {
	t.Helper()
	groups, err := Discover(t.Context(), []Source{{FS: memory{fstest.MapFS{name: fsys.MapFS[name]}}, Dir: path.Dir(path.Dir(name)), Shown: "."}}, nil)
	if err != nil || len(groups) != 1 {
		t.Fatal(groups, err)
	}
	return groups[0].Load(t.Context(), opts)
}

// An error of the file system is the file's.
func TestReadError(t *testing.T) {
	fsys := failing{tree(files("AD/appsettings.json", jsonAD, "x/appsettings.json", jsonElse)), errors.New("disk on fire")}
	all := load(t, fsys, Options{})
	if got := summary(all); got != ".: AD (unknown) AD/appsettings.json; unknown (unknown) x/appsettings.json\n" {
		t.Errorf("%q", got)
	}
	for _, f := range all[0].Files {
		if f.Err == nil || !strings.Contains(f.Err.Error(), "disk on fire") || f.Text != nil {
			t.Errorf("%s: %v", f.Path, f.Err)
		}
		if start, _ := f.Start().Position(); start != (document.Position{Line: 1, Column: 1}) {
			t.Errorf("%s begins at %v", f.Path, start)
		}
	}
	if p := all[0].Product(schema.AppDesigner); p.Nodes[0].Default().AutoScale.Reason != ReasonUnreadable {
		t.Errorf("reason %s", p.Nodes[0].Default().AutoScale.Reason)
	}
}

// failing is a file system that reads nothing.
type failing struct {
	fstest.MapFS
	err error
}

// ReadFile fails.
func (f failing) ReadFile(name string) ([]byte, error) { return nil, f.err }
