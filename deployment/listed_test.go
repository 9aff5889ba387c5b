package deployment

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/schema"
)

func TestManifestDeployments(t *testing.T) {
	for _, c := range []struct{ name, archive, want string }{
		{"its folder is the deployment", files("acme/xmpro.yaml", "name: x", "acme/a/b/AD/appsettings.json", jsonAD, "acme/c/DS/appsettings.json", jsonDS, "AD/appsettings.json", jsonAD),
			".: AD (absent) AD/appsettings.json\nacme: AD (absent) acme/a/b/AD/appsettings.json; DS (absent) acme/c/DS/appsettings.json\n"},
		{"a nested one is another", files("xmpro.yaml", "", "AD/appsettings.json", jsonAD, "sub/xmpro.yaml", "", "sub/DS/appsettings.json", jsonDS),
			".: AD (absent) AD/appsettings.json\nsub: DS (absent) sub/DS/appsettings.json\n"},
		{"alone", files("acme/XMPro.YAML", "version: 4.3.1"), "acme:\n"},
		{"it tells products", files("xmpro.yaml", "products: {data-stream-designer: {path: x}}", "x/appsettings.json", jsonAD), ".: DS (absent) x/appsettings.json\n"},
		{"also of files without XMPro settings", files("xmpro.yaml", "products: {app-designer: {path: x}}", "x/appsettings.json", jsonElse), ".: AD (absent) x/appsettings.json\n"},
		{"its own folder", files("xmpro.yaml", "products: {app-designer: {path: .}}", "appsettings.json", jsonElse), ".: AD (absent) appsettings.json\n"},
		{"paths as Windows writes them", files("xmpro.yaml", `products: {app-designer: {path: '.\Web\AD\'}}`, "web/ad/appsettings.json", jsonElse), ".: AD (absent) web/ad/appsettings.json\n"},
		{"Subscription Manager's", files("xmpro.yaml", "products: {subscription-manager: {path: x}}", "x/web.config", webElse), ".: SM (absent) x/web.config\n"},
		{"what it does not list is looked for", files("xmpro.yaml", "products: {app-designer: {path: x}}", "x/appsettings.json", jsonElse, "y/appsettings.json", jsonDS, "z/web.config", webSM),
			".: AD (absent) x/appsettings.json; DS (absent) y/appsettings.json; SM (off) z/web.config\n"},
		{"two products in one folder", files("xmpro.yaml", "products: {app-designer: {path: x}, subscription-manager: {path: x}}", "x/appsettings.json", jsonElse, "x/web.config", webSM),
			".: AD (absent) x/appsettings.json; SM (off) x/web.config\n"},
		{"one listed, the other by content", files("xmpro.yaml", "products: {app-designer: {path: x}}", "x/appsettings.json", jsonElse, "x/web.config", webSM),
			".: AD (absent) x/appsettings.json; SM (off) x/web.config\n"},
		{"an unlisted folder that comes first", files("xmpro.yaml", "products: {app-designer: {path: b}}", "a/appsettings.json", jsonAD, "b/appsettings.json", jsonAD),
			".: AD (absent) b/appsettings.json\na: AD (absent) a/appsettings.json\n"},
		{"listed, not in the tree", files("xmpro.yaml", "products: {app-designer: {path: AD}, subscription-manager: {}}", "DS/appsettings.json", jsonDS),
			".: AD (unknown); DS (absent) DS/appsettings.json; SM (unknown)\n"},
		{"listed under a wrong path", files("xmpro.yaml", "products: {app-designer: {path: AppDesinger}}", "AppDesigner/appsettings.json", jsonAD),
			".: AD (absent) AppDesigner/appsettings.json\n"},
		{"listed without a path", files("xmpro.yaml", "products: {app-designer: {instances: 2}}", "x/appsettings.json", jsonAD), ".: AD (absent) x/appsettings.json\n"},
		{"nodes", files("xmpro.yaml", "products: {subscription-manager: {nodes: [{name: b, path: two}, {name: a, path: one}]}}", "one/web.config", webSM, "two/web.config", webSM),
			".: SM@b (off) two/web.config@a (off) one/web.config\n"},
		{"a node that is not in the tree", files("xmpro.yaml", "products: {subscription-manager: {nodes: [{name: a, path: one}, {name: b, path: two}, {name: c}]}}", "one/web.config", webSM),
			".: SM@a (off) one/web.config@b (unknown)@c (unknown)\n"},
		{"nodes that share a folder", files("xmpro.yaml", "products: {subscription-manager: {path: x, nodes: [{name: a}, {name: b}]}}", "x/web.config", webSM),
			".: SM@a (off) x/web.config@b (off) x/web.config\n"},
		{"nodes without any path", files("xmpro.yaml", "products: {subscription-manager: {nodes: [{name: a}, {name: b}]}}", "x/web.config", webSM),
			".: SM@a (off) x/web.config@b (off) x/web.config\n"},
		{"nodes with one path", files("xmpro.yaml", "products: {app-designer: {nodes: [{name: a, path: x}, {name: b, path: x}]}}", "x/appsettings.json", jsonAny),
			".: AD@a (on) x/appsettings.json@b (on) x/appsettings.json\n"},
		{"names that differ in case", files("xmpro.yaml", "products: {app-designer: {path: b}, data-stream-designer: {path: B}}", "B/appsettings.json", jsonElse, "b/appsettings.json", jsonElse),
			".: AD (absent) b/appsettings.json; DS (absent) B/appsettings.json\n"},
		{"names that differ in case, and none as written", files("xmpro.yaml", "products: {app-designer: {path: aB}}", "AB/appsettings.json", jsonElse, "ab/appsettings.json", jsonElse),
			".: AD (absent) AB/appsettings.json\n"},
		{"nodes elsewhere than the product's folder", files("xmpro.yaml", "products: {app-designer: {nodes: [{name: a, path: x}]}}", "x/appsettings.json", jsonAny, "AD/appsettings.json", jsonAD),
			".: AD@a (on) x/appsettings.json\nAD: AD (absent) AD/appsettings.json\n"},
	} {
		expect(t, c.name, c.archive, c.want)
	}
}

// A folder that holds nothing of the product that it is named for is told:
// without a word the product's settings would be unknown.
func TestListedForNothing(t *testing.T) {
	for _, c := range []struct{ archive, want, problems string }{
		{files("xmpro.yaml", "products: {app-designer: {path: .}}", "ad/appsettings.json", jsonAD), ".: AD (absent) ad/appsettings.json\n",
			`the folder "." holds no settings of App Designer`},
		{files("xmpro.yaml", "products: {data-stream-designer: {path: x}, app-designer: {path: x}}", "x/appsettings.json", jsonAD), ".: AD (absent) x/appsettings.json; DS (unknown)\n",
			`the folder "x" holds no settings of Data Stream Designer`},
		{files("xmpro.yaml", "products: {subscription-manager: {nodes: [{name: a, path: sm}, {name: b, path: ad}]}}", "sm/web.config", webSM, "ad/appsettings.json", jsonAD),
			".: AD (absent) ad/appsettings.json; SM@a (off) sm/web.config@b (unknown)\n", `the folder "ad" holds no settings of Subscription Manager`},
		{files("xmpro.yaml", "products: {app-designer: {path: x}}", "x/appsettings.json", jsonElse), ".: AD (absent) x/appsettings.json\n", ""},
		{files("xmpro.yaml", "products: {app-designer: {path: x}}", "x/web.config", webCore), ".: AD (absent) x/web.config\n", ""},
	} {
		all := load(t, tree(c.archive), Options{})
		if got := summary(all); got != c.want {
			t.Errorf("got %q\nwant %q", got, c.want)
		}
		var told []string
		for _, p := range all[0].Manifest.Problems {
			told = append(told, p.Message)
		}
		if got := strings.Join(told, "\n"); got != c.problems {
			t.Errorf("%s\n got %q\nwant %q", c.want, got, c.problems)
		}
	}
}

func TestNodesThatDiffer(t *testing.T) {
	d := one(t, files("xmpro.yaml", "products: {subscription-manager: {nodes: [{name: a, path: a}, {name: b, path: b}]}}",
		"a/web.config", webSM, "b/web.config", `<configuration><xmpro><autoScale enabled="true" /></xmpro></configuration>`), Options{})
	p := d.Product(schema.SubscriptionManager)
	if p.State() != StateUnknown || p.Instances != 2 || len(p.Files()) != 2 || len(d.Files) != 3 {
		t.Errorf("state %s, %d instances, files %d, %d", p.State(), p.Instances, len(p.Files()), len(d.Files))
	}
	if got := p.Nodes[1].Default().AutoScale; !got.On() {
		t.Errorf("node b is %s", got.State)
	}
}

// A folder that several nodes share is one file in the deployment, and one
// piece of evidence.
func TestSharedFolder(t *testing.T) {
	d := one(t, files("xmpro.yaml", "products: {subscription-manager: {nodes: [{name: a}, {name: b}]}}",
		"x/web.config", `<configuration><xmpro /><appSettings><add key="SM_VERSION" value="4.3.1" /></appSettings></configuration>`), Options{})
	p := d.Product(schema.SubscriptionManager)
	if len(d.Files) != 2 || len(p.Versions) != 1 || len(p.Nodes) != 2 || p.Nodes[0].Web == nil || p.Nodes[1].Web == nil {
		t.Errorf("%d files, versions %v, nodes %d", len(d.Files), p.Versions, len(p.Nodes))
	}
}

func TestInstances(t *testing.T) {
	for _, c := range []struct {
		manifest          string
		instances, target int
		placed            bool
	}{
		{"products: {app-designer: {}}", 0, 0, false},
		{"products: {app-designer: {instances: 3, target_instances: 4}}", 3, 4, true},
		{"products: {app-designer: {instances: 2.0}}", 2, 0, true},
		{"products: {app-designer: {instances: two}}", 0, 0, false},
		{"products: {app-designer: {instances: -1}}", 0, 0, false},
		{"products: {app-designer: {instances: 1.5}}", 0, 0, false},
		{"products: {app-designer: {instances: 1e300}}", 0, 0, false},
		{"products: {app-designer: {instances: .inf}}", 0, 0, false},
		{"products: {app-designer: {instances: 5, nodes: [{name: a}, {name: b}]}}", 2, 0, true},
		{"products: {app-designer: {nodes: [{name: a}, {name: a}]}}", 1, 0, true},
		{"version: 4.3.1", 0, 0, false},
	} {
		p := one(t, files("xmpro.yaml", c.manifest, "AD/appsettings.json", jsonAD), Options{}).Product(schema.AppDesigner)
		if p.Instances != c.instances || p.TargetInstances != c.target || p.InstancesPlace.IsZero() == c.placed {
			t.Errorf("%s: %d of %d, %v", c.manifest, p.Instances, p.TargetInstances, p.InstancesPlace)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ manifest, name, identity string }{
		{"name: acme-production", "acme-production", "acme-production"},
		{"name: 2024", "2024", "2024"},
		{"version: 4.3.1", "acme", "sites/acme"},
		{"name: ''", "acme", "sites/acme"},
	} {
		d := one(t, files("sites/acme/xmpro.yaml", c.manifest), Options{})
		if d.Name != c.name || d.Identity() != c.identity {
			t.Errorf("%s: %s, %s", c.manifest, d.Name, d.Identity())
		}
	}
}

// Without a manifest the deployment has no place to fall back to but its first
// file.
func TestFallback(t *testing.T) {
	d := one(t, files("b/appsettings.json", jsonAD, "a/web.config", webSM), Options{})
	if p := d.Fallback(); p.File == nil || p.File.Path != "a/web.config" {
		t.Errorf("fallback %v", p)
	}
	d = one(t, files("xmpro.yaml", "", "b/appsettings.json", jsonAD), Options{})
	if p := d.Fallback(); p.File != d.Manifest.File {
		t.Errorf("fallback %v", p)
	}
	if p := (&Deployment{}).Fallback(); !p.IsZero() {
		t.Errorf("fallback %v", p)
	}
}

func TestVersionControlled(t *testing.T) {
	for _, c := range []struct {
		marker string
		want   []bool // of the deployment, AD, DS
	}{
		{"", []bool{false, false, false}},
		{".git/HEAD", []bool{true, true, true}},
		{"acme/.hg/store", []bool{true, true, true}},
		{"acme/AD/.git", []bool{true, true, false}}, // a worktree's is a file
		{"acme/AD/.svn/entries", []bool{true, true, false}},
		{"other/.git/HEAD", []bool{false, false, false}},
		{"acme/AD/x/.git/HEAD", []bool{false, false, false}},
	} {
		fsys := tree(files("acme/AD/appsettings.json", jsonAD, "acme/DS/appsettings.json", jsonDS))
		if c.marker != "" {
			fsys[c.marker] = &fstest.MapFile{}
		}
		d := load(t, fsys, Options{})[0]
		got := []bool{d.VersionControlled, d.Products[0].Nodes[0].VersionControlled, d.Products[1].Nodes[0].VersionControlled}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.marker, got, c.want)
		}
	}
	groups, err := Discover(t.Context(), []Source{{FS: tree(files("AD/appsettings.json", jsonAD)), Dir: ".", VersionControlled: true}}, nil)
	if err != nil || !groups[0].Load(t.Context(), Options{})[0].VersionControlled {
		t.Error("a source's mark is lost")
	}
}

func TestCopies(t *testing.T) {
	d := one(t, files("SM/web.config", webSM, "SM/web.config.bak", "x", "AD/appsettings.json", jsonAD, "AD/appsettings.json.old", "x", "other/web.config.txt", "x"), Options{})
	var got []string
	for _, c := range d.Copies {
		got = append(got, short(c.Product)+" "+c.Path+" of "+c.File.Path)
	}
	want := []string{"AD AD/appsettings.json.old of AD/appsettings.json", "SM SM/web.config.bak of SM/web.config"}
	if !slices.Equal(got, want) {
		t.Errorf("copies %q", got)
	}
}

// What lies in a folder of the product's folder is handed out too.
func TestCopiesBelow(t *testing.T) {
	d := one(t, files("SM/web.config", webSM, "SM/old/2024/web.config.txt", "x", "SM/old/web.xml", "x", "SM/readme.txt", "x",
		"AD/appsettings.json", jsonAD, "SMS/web.config.txt", "x", "web.config.txt", "x"), Options{})
	var got []string
	for _, c := range d.Copies {
		got = append(got, short(c.Product)+" "+c.Path+" of "+c.File.Path)
	}
	want := []string{"SM SM/old/web.xml of SM/web.config", "SM SM/old/2024/web.config.txt of SM/web.config"}
	if !slices.Equal(got, want) {
		t.Errorf("copies %q", got)
	}
}
