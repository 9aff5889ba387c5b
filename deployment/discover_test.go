package deployment

import "testing"

func TestProducts(t *testing.T) {
	for _, c := range []struct{ name, archive, want string }{
		{"three folders", files("AppDesigner/appsettings.json", jsonElse, "DataStreamDesigner/appsettings.json", jsonElse, "XMPRO-SM/web.config", webSM),
			".: AD (absent) AppDesigner/appsettings.json; DS (absent) DataStreamDesigner/appsettings.json; SM (off) XMPRO-SM/web.config\n"},
		{"a deployment is the nearest parent", files("a/x/AD/appsettings.json", jsonElse, "a/y/DS/appsettings.json", jsonElse, "a/y/SM/web.config", webSM),
			"a/x: AD (absent) a/x/AD/appsettings.json\na/y: DS (absent) a/y/DS/appsettings.json; SM (off) a/y/SM/web.config\n"},
		{"the files of one product itself", files("appsettings.json", jsonAD), ".: AD (absent) appsettings.json\n"},
		{"files and folders", files("appsettings.json", jsonAD, "DS/appsettings.json", jsonDS), ".: AD (absent) appsettings.json; DS (absent) DS/appsettings.json\n"},
		{"names in any case", files("AD/AppSettings.Json", jsonAD, "AD/APPSETTINGS.production.JSON", jsonAny, "sm/Web.Config", webSM),
			".: AD (on) AD/AppSettings.Json AD/APPSETTINGS.production.JSON; SM (off) sm/Web.Config\n"},
		{"content beats the folder's name", files("AD/appsettings.json", jsonDS), ".: DS (absent) AD/appsettings.json\n"},
		{"an overlay tells", files("x/appsettings.json", jsonAny, "x/appsettings.Test.json", jsonAD), ".: AD (on) x/appsettings.json x/appsettings.Test.json\n"},
		{"names the vendor uses", files("XMPro-AD/appsettings.json", jsonElse, "xmpro data stream designer/appsettings.json", jsonElse, "xmprosubscriptionmanager/web.config", webElse, "StreamHost/appsettings.json", jsonElse, "AI/appsettings.json", jsonElse),
			".: AD (absent) XMPro-AD/appsettings.json; DS (absent) xmpro data stream designer/appsettings.json; SM (absent) xmprosubscriptionmanager/web.config; AI (absent) AI/appsettings.json; SH (absent) StreamHost/appsettings.json\n"},
		{"a second folder of a product", files("AD/appsettings.json", jsonAD, "AD-old/appsettings.json", jsonAD, "DS/appsettings.json", jsonDS),
			".: AD (absent) AD/appsettings.json; DS (absent) DS/appsettings.json\nAD-old: AD (absent) AD-old/appsettings.json\n"},
		{"second folders of two products", files("a/appsettings.json", jsonAD, "a/web.config", webSM, "b/appsettings.json", jsonAD, "b/web.config", webSM),
			".: AD (absent) a/appsettings.json; SM (off) a/web.config\nb: AD (absent) b/appsettings.json; SM (off) b/web.config\n"},
		{"no product told", files("x/appsettings.json", jsonAny, "y/appsettings.json", jsonAny), ".: unknown (on) x/appsettings.json (on) y/appsettings.json\n"},
		{"other programs'", files("x/appsettings.json", jsonElse, "x/web.config", webElse, "y/web.config", webCore, "z/appsettings.Development.json", `{"a": "xmpro"}`), ""},
		{"other programs' that cannot be parsed", files("x/appsettings.json", `{"a": `, "y/web.config", `<configuration>`), ""},
		{"one that cannot be parsed and names XMPro", files("x/appsettings.json", `{"XmPro": `), ".: unknown (unknown) x/appsettings.json\n"},
		{"nothing", files("readme.txt", "xmpro"), ""},
	} {
		expect(t, c.name, c.archive, c.want)
	}
}

// A folder is the root of one deployment, whatever lies below a product.
func TestNested(t *testing.T) {
	for _, c := range []struct{ name, archive, want string }{
		{"a product below a second one", files("a/appsettings.json", jsonAD, "b/appsettings.json", jsonAD, "b/sm/web.config", webSM),
			".: AD (absent) a/appsettings.json\nb: AD (absent) b/appsettings.json; SM (off) b/sm/web.config\n"},
		{"a copy below a second one", files("a/appsettings.json", jsonAD, "b/appsettings.json", jsonAD, "b/publish/appsettings.json", jsonAD),
			".: AD (absent) a/appsettings.json\nb: AD (absent) b/appsettings.json\nb/publish: AD (absent) b/publish/appsettings.json\n"},
		{"a copy below the first one", files("a/appsettings.json", jsonAD, "a/publish/appsettings.json", jsonAD, "b/appsettings.json", jsonDS),
			".: AD (absent) a/appsettings.json; DS (absent) b/appsettings.json\na: AD (absent) a/publish/appsettings.json\n"},
		{"each below the other", files("a/appsettings.json", jsonAD, "a/b/appsettings.json", jsonDS, "a/b/c/appsettings.json", jsonAD, "a/b/d/appsettings.json", jsonAD, "a/b/d/e/web.config", webSM),
			".: AD (absent) a/appsettings.json\na: DS (absent) a/b/appsettings.json\na/b: AD (absent) a/b/c/appsettings.json\na/b/d: AD (absent) a/b/d/appsettings.json; SM (off) a/b/d/e/web.config\n"},
		{"another program's folder between", files("a/appsettings.json", jsonElse, "a/b/appsettings.json", jsonAD), "a: AD (absent) a/b/appsettings.json\n"},
		{"a manifest below", files("a/appsettings.json", jsonAD, "b/appsettings.json", jsonAD, "b/sm/xmpro.yaml", "", "b/sm/web.config", webSM),
			".: AD (absent) a/appsettings.json\nb: AD (absent) b/appsettings.json\nb/sm: SM (off) b/sm/web.config\n"},
	} {
		expect(t, c.name, c.archive, c.want)
	}
}

// App Designer and Data Stream Designer name each other's server, templates
// put gateway flags everywhere.
func TestPeers(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{`{"xmpro": {"appDesigner": {"featureFlags": {}}, "dataStreamDesigner": {"server": {"baseUrl": "x"}}}}`, "AD"},
		{`{"xmpro": {"appDesigner": {"server": {"baseUrl": "x"}}, "dataStreamDesigner": {"agentUploadSizeLimit": 200}}}`, "DS"},
		{`{"XMPRO": {"APPDESIGNER": {"ENCRYPTIONKEY": ""}, "DataStreamDesigner": {"SERVER": {}}}}`, "AD"},
		{`{"xmpro": {"appDesigner": {"server": {}}, "dataStreamDesigner": {"server": {}}}}`, "unknown"},
		{`{"xmpro": {"appDesigner": {"encryptionKey": ""}, "dataStreamDesigner": {"featureFlags": {}}}}`, "unknown"},
		{`{"xmpro": {"appDesigner": {"encryptionKey": "", "featureFlags": {}}, "gateway": {"featureFlags": {}}}}`, "AD"},
		{`{"xmpro": {"gateway": {"name": "x", "featureFlags": {}}}}`, "SH"},
		{`{"xmpro": {"gateway": {"featureFlags": {}}}}`, "unknown"},
		{`{"xmpro": {"ai": {"featureFlags": {}}}}`, "AI"},
		{`{"xmpro": {"aIDesigner": {"jupyterUrl": {}}, "ai": {"featureFlags": {}}}}`, "AI"},
		{`{"xmpro": {"appDesigner": {}}}`, "unknown"},
		{`{"xmpro": {"appDesigner": {"server": {}}}, "xmpro": {"appDesigner": {"encryptionKey": "k"}}}`, "AD"},
		// keys that are paths
		{`{"xmpro:appDesigner:encryptionKey": "k"}`, "AD"},
		{`{"xmpro:appDesigner": {"encryptionKey": "k"}}`, "AD"},
		{`{"xmpro": {"appDesigner:encryptionKey": "k"}}`, "AD"},
		{`{"xmpro\u003AappDesigner:encryptionKey": "k"}`, "AD"},
		{`{"xmpro:appDesigner:server:baseUrl": "x"}`, "unknown"},
		{`{"xmpro:dataStreamDesigner:x": "1", "xmpro:appDesigner:x": "1"}`, "unknown"},
		{`{"xmpro": {}}`, "unknown"},
		{`{"xmpro": 1}`, "unknown"},
		{`{"xmpro": [1, {"appDesigner": {"a": 1}}]}`, "unknown"},
		{`{"xmpro:": 1}`, ""},
		{`{"xmprox": {"appDesigner": {"a": 1}}}`, ""},
	} {
		all := load(t, tree(files("x/appsettings.json", c.content)), Options{})
		got := ""
		if len(all) > 0 {
			got = short(all[0].Products[0].ID)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.content, got, c.want)
		}
	}
}

// App Designer's folder holds a web.config too; it is not Subscription
// Manager's.
func TestWebConfigs(t *testing.T) {
	for _, c := range []struct{ name, archive, want string }{
		{"of the ASP.NET Core Module", files("AD/appsettings.json", jsonAD, "AD/web.config", webCore), ".: AD (absent) AD/appsettings.json AD/web.config\n"},
		{"the same below an unknown name", files("x/appsettings.json", jsonAD, "x/web.config", webCore), ".: AD (absent) x/appsettings.json x/web.config\n"},
		{"the same alone", files("AD/web.config", webCore), ".: AD (absent) AD/web.config\n"},
		{"not well-formed", files("AD/appsettings.json", jsonAD, "AD/web.config", "<configuration>"), ".: AD (unknown) AD/appsettings.json AD/web.config\n"},
		{"another program's in such a folder", files("AD/web.config", webElse), ""},
		{"Subscription Manager's by content", files("x/web.config", webSM), ".: SM (off) x/web.config\n"},
		{"by its declaration", files("x/web.config", `<configuration><configSections><section name="xmpro" type="X" /></configSections></configuration>`), ".: SM (absent) x/web.config\n"},
		{"by a wrong case", files("x/web.config", `<configuration><XMPro /></configuration>`), ".: SM (absent) x/web.config\n"},
		{"below location", files("x/web.config", `<configuration><location path="a"><xmpro /></location></configuration>`), ".: SM (unknown) x/web.config\n"},
		{"by an override", files("x/web.config", `<configuration><appSettings><add key="XM__xmpro__autoScale__enabled" value="true" /></appSettings></configuration>`), ".: SM (unknown) x/web.config\n"},
		{"an override that nothing reads, in one of the ASP.NET Core Module", files("AD/appsettings.json", jsonAD, "AD/web.config", webOverride+webCore[len("<configuration>"):]),
			".: AD (absent) AD/appsettings.json AD/web.config\n"},
		{"the same alone", files("x/web.config", webOverride+webCore[len("<configuration>"):]), ""},
		{"an override beside App Designer's settings", files("AD/appsettings.json", jsonAD, "AD/web.config", webOverride+"</configuration>", "SM/web.config", webSM),
			".: AD (absent) AD/appsettings.json AD/web.config; SM (off) SM/web.config\n"},
		{"by the section alone", files("x/web.config", `<xmpro><autoScale enabled="true" /></xmpro>`), ".: SM (on) x/web.config\n"},
		{"by the folder's name", files("SM/web.config", webElse), ".: SM (absent) SM/web.config\n"},
		{"by the name, not well-formed", files("SM/web.config", "<configuration>"), ".: SM (unknown) SM/web.config\n"},
		{"ASP.NET Core in a folder of that name", files("SM/web.config", webCore), ""},
		{"both in one folder", files("site/appsettings.json", jsonAD, "site/web.config", webSM), ".: AD (absent) site/appsettings.json; SM (off) site/web.config\n"},
		{"environment variables of XMPro", files("x/web.config", `<configuration><system.webServer><aspNetCore><environmentVariables><environmentVariable name="xm__xmpro__autoScale__enabled" value="true" /></environmentVariables></aspNetCore></system.webServer></configuration>`),
			".: unknown (on) x/web.config\n"},
		{"environment variables of others", files("x/web.config", `<configuration><system.webServer><aspNetCore><environmentVariables><environmentVariable name="PATH" value="xmpro" /></environmentVariables></aspNetCore></system.webServer></configuration>`), ""},
		{"JSON beside Subscription Manager's", files("SM/web.config", webSM, "SM/appsettings.json", jsonElse), ".: SM (off) SM/web.config\n"},
		{"with XMPro's settings", files("SM/web.config", webSM, "SM/appsettings.json", jsonAny), ".: SM (off) SM/web.config; unknown (on) SM/appsettings.json\n"},
	} {
		expect(t, c.name, c.archive, c.want)
	}
}

func TestSkippedFolders(t *testing.T) {
	archive := files("AD/appsettings.json", jsonAD)
	for _, dir := range []string{".git", ".svn", "node_modules", "bin", "obj", "BIN"} {
		archive += files(dir+"/DS/appsettings.json", jsonDS, "AD/"+dir+"/appsettings.json", jsonDS)
	}
	expect(t, "folders to pass over", archive, ".: AD (absent) AD/appsettings.json\n")
	// never PATH itself
	fsys := tree(files("bin/AD/appsettings.json", jsonAD))
	all, err := Load(t.Context(), fsys, "bin", Options{})
	if got := summary(all); err != nil || got != ".: AD (absent) AD/appsettings.json\n" {
		t.Errorf("bin as PATH: %q, %v", got, err)
	}
}

func TestExclude(t *testing.T) {
	fsys := tree(files("acme/AD/appsettings.json", jsonAD, "acme/old/AD/appsettings.json", jsonAD, "acme/old/x/y/DS/appsettings.json", jsonDS, "acme/AD/appsettings.Test.json", jsonAny, "b/SM/web.config", webSM))
	const ad, sm = "AD (absent) acme/AD/appsettings.json", "b: SM (off) b/SM/web.config\n"
	for _, c := range []struct{ pattern, want string }{
		{"acme/old", "acme: " + ad + " acme/AD/appsettings.Test.json\n" + sm},
		{"acme/old/", "acme: " + ad + " acme/AD/appsettings.Test.json\n" + sm},
		{"acme/old/**", "acme: " + ad + " acme/AD/appsettings.Test.json\n" + sm},
		{"old", "acme: " + ad + " acme/AD/appsettings.Test.json\n" + sm},
		{"**/old", "acme: " + ad + " acme/AD/appsettings.Test.json\n" + sm},
		{"{old,*.Test.json}", "acme: " + ad + "\n" + sm},
		{"acme", sm},
		{"*", ""},
		{"**/web.config", "acme: " + ad + " acme/AD/appsettings.Test.json\nacme/old: AD (absent) acme/old/AD/appsettings.json\nacme/old/x/y: DS (absent) acme/old/x/y/DS/appsettings.json\n"},
	} {
		groups, err := Discover(t.Context(), []Source{{FS: fsys, Dir: ".", Shown: "."}}, []string{c.pattern})
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
		}
		var all []*Deployment
		for _, g := range groups {
			all = append(all, g.Load(t.Context(), Options{})...)
		}
		if got := summary(all); got != c.want {
			t.Errorf("exclude %s\n got %q\nwant %q", c.pattern, got, c.want)
		}
	}
	if _, err := Discover(t.Context(), []Source{{FS: fsys, Dir: "."}}, []string{"a[b"}); err == nil {
		t.Error("a glob that is none is accepted")
	}
}

// Paths are as the call named the folder.
func TestShown(t *testing.T) {
	fsys := tree(files("deep/acme/AD/appsettings.json", jsonAD))
	for _, c := range []struct{ dir, shown, root, path string }{
		{".", ".", "deep/acme", "deep/acme/AD/appsettings.json"},
		{".", "", "deep/acme", "deep/acme/AD/appsettings.json"},
		{".", "/srv", "/srv/deep/acme", "/srv/deep/acme/AD/appsettings.json"},
		{".", "/", "/deep/acme", "/deep/acme/AD/appsettings.json"},
		{"deep", "..", "../acme", "../acme/AD/appsettings.json"},
		{"deep/acme", "acme", "acme", "acme/AD/appsettings.json"},
		{"deep/acme", ".", ".", "AD/appsettings.json"},
		{"deep/acme/AD", "AD", "AD", "AD/appsettings.json"},
	} {
		// The same globs work on what is shown and on what is below.
		for _, exclude := range [][]string{nil, {c.path}} {
			groups, err := Discover(t.Context(), []Source{{FS: fsys, Dir: c.dir, Shown: c.shown}}, exclude)
			if err != nil || len(groups) != 1-len(exclude) {
				t.Fatalf("%+v: %d groups, %v", c, len(groups), err)
			}
			if exclude != nil {
				continue
			}
			d := groups[0].Load(t.Context(), Options{})[0]
			if groups[0].Root() != c.root || d.Root != c.root || d.Files[0].Path != c.path {
				t.Errorf("%+v: root %s, path %s", c, d.Root, d.Files[0].Path)
			}
		}
	}
}

// The folder that a call names may tell the product as well.
func TestSourceNames(t *testing.T) {
	fsys := tree(files("appsettings.json", jsonElse, "XMPro-DS/appsettings.json", jsonElse))
	for _, c := range []struct {
		source Source
		want   string
	}{
		{Source{Dir: ".", Shown: "sites/AppDesigner"}, "AD"},
		{Source{Dir: ".", Shown: ".", Name: "XMPro-AD"}, "AD"},
		{Source{Dir: ".", Shown: "../AD", Name: "x"}, "AD"},
		{Source{Dir: "XMPro-DS", Shown: "."}, "DS"},
		{Source{Dir: ".", Shown: "AD", Files: []string{"appsettings.json"}}, "AD"},
	} {
		c.source.FS = fsys
		groups, err := Discover(t.Context(), []Source{c.source}, []string{"XMPro-DS"})
		if err != nil {
			t.Fatal(err)
		}
		all := groups[0].Load(t.Context(), Options{})
		if len(all) != 1 || short(all[0].Products[0].ID) != c.want {
			t.Errorf("%+v: %q", c.source, summary(all))
		}
	}
}
