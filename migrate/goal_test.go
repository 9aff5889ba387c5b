package migrate

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/rules"
	"github.com/xmlint/xmlint/schema"
)

// archive is a txtar archive as a file system.
func archive(text string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(text)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

const web = `
-- SM/web.config --
<configuration>
  <configSections><section name="xmpro" type="T" /></configSections>
  <xmpro>
    <xmidentity />
    <autoScale enabled="false" connectionString="" />
  </xmpro>
</configuration>
`

// Each case is what files become.
func TestGoal(t *testing.T) {
	for name, c := range map[string]struct {
		files   string
		options func(*Options)
		want    string // files that change; the others stay
		blocked string // the steps that come first
		warned  string // a part of a warning
	}{
		"base file": {
			files: "-- AD/appsettings.json --\n" + `{ "xmpro": { "autoScale": { "enabled": false, "connectionString": "" } } }` + "\n",
			want:  "-- AD/appsettings.json --\n" + `{ "xmpro": { "autoScale": { "enabled": true, "connectionString": "h:6379,abortConnect=False" } } }` + "\n",
		},
		"a section that is null": {
			files: "-- AD/appsettings.json --\n{\n  \"xmpro\": null,\n  \"a\": 1\n}\n-- xmpro.yaml --\nproducts: {app-designer: {path: AD}}\n",
			want:  "-- AD/appsettings.json --\n{\n  \"xmpro\": {\n    \"autoScale\": {\n      \"enabled\": true,\n      \"connectionString\": \"h:6379,abortConnect=False\"\n    }\n  },\n  \"a\": 1\n}\n",
		},
		"autoScale stands twice": {
			files:   strings.Replace(web, "  </xmpro>", "    <autoScale enabled=\"false\" />\n  </xmpro>", 1),
			blocked: "-",
		},
		"the section stands twice": {
			files:   strings.Replace(web, "  </xmpro>", "  </xmpro>\n  <xmpro><autoScale enabled=\"true\" /></xmpro>", 1),
			blocked: "-",
		},
		"the section stands once more for the same folder": {
			files:   strings.Replace(web, "  </xmpro>", "  </xmpro>\n  <location path=\".\"><xmpro><autoScale enabled=\"true\" /></xmpro></location>", 1),
			blocked: "-",
		},
		"the section stands once more for a folder": {
			files: strings.Replace(web, "  </xmpro>", "  </xmpro>\n  <location path=\"x\"><xmpro><autoScale enabled=\"true\" /></xmpro></location>", 1),
			want: strings.NewReplacer("  </xmpro>", "  </xmpro>\n  <location path=\"x\"><xmpro><autoScale enabled=\"true\" /></xmpro></location>",
				`enabled="false" connectionString=""`, `enabled="true" connectionString="h:6379,abortConnect=False"`).Replace(web),
		},
		"autoScale stands twice in a file of its own": {
			files: "-- SM/web.config --\n<configuration><configSections><section name=\"xmpro\" type=\"T\" /></configSections><xmpro configSource=\"x.config\" /></configuration>\n" +
				"-- SM/x.config --\n<xmpro><autoScale /><autoScale enabled=\"false\" /></xmpro>\n",
			blocked: "-",
		},
		"the overlay wins": {
			files: "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"connectionString\": \"\" } } }\n" +
				"-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": \"False\" } } }\n" +
				"-- xmpro.yaml --\nenvironment: Production\n",
			want: "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n" +
				"-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": \"True\" } } }\n",
		},
		"every overlay while the environment is not known": {
			files: "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n" +
				"-- AD/appsettings.Test.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n" +
				"-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": { \"connectionString\": \"-\" } } }\n",
			want: "-- AD/appsettings.Test.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n" +
				"-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": { \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
		},
		"environment variables, of which nobody knows the order": {
			files: "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n" +
				"-- AD/web.config --\n" + `<configuration><system.webServer><aspNetCore><environmentVariables>` +
				`<environmentVariable name="XMPRO__AUTOSCALE__ENABLED" value="FALSE"/><environmentVariable name="xm__xmpro__autoScale__enabled" value='true'/>` +
				`</environmentVariables></aspNetCore></system.webServer></configuration>` + "\n",
			want: "-- AD/web.config --\n" + `<configuration><system.webServer><aspNetCore><environmentVariables>` +
				`<environmentVariable name="XMPRO__AUTOSCALE__ENABLED" value="True"/><environmentVariable name="xm__xmpro__autoScale__enabled" value='true'/>` +
				`</environmentVariables></aspNetCore></system.webServer></configuration>` + "\n",
		},
		"only in an overlay": {
			files: "-- AD/appsettings.json --\n{ \"xmpro\": { \"appDesigner\": {} } }\n" +
				"-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n-- xmpro.yaml --\nenvironment: Production\n",
			want: "-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
		},
		"before healthChecks": {
			files: "-- AD/appsettings.json --\n{\n\t\"xmpro\": {\n\t\t\"keyVault\": { \"provider\": \"\" },\n\t\t\"healthChecks\": {}\n\t}\n}\n",
			want: "-- AD/appsettings.json --\n{\n\t\"xmpro\": {\n\t\t\"keyVault\": { \"provider\": \"\" },\n\t\t\"autoScale\": {\n\t\t\t\"enabled\": true,\n\t\t\t\"connectionString\": \"h:6379,abortConnect=False\"\n\t\t},\n" +
				"\t\t\"healthChecks\": {}\n\t}\n}\n",
		},
		"keys with colons": {
			files: "-- AD/appsettings.json --\n{ \"xmpro:autoScale:enabled\": false }\n",
			want:  "-- AD/appsettings.json --\n{ \"xmpro:autoScale:enabled\": true, \"xmpro:autoScale:connectionString\": \"h:6379,abortConnect=False\" }\n",
		},
		"the one it has": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"connectionString\": \"mine:6379,abortConnect=False\" } } }\n",
			options: func(o *Options) { o.Redis = Connection{} },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"mine:6379,abortConnect=False\" } } }\n",
		},
		"that of the manifest": {
			files:   "-- xmpro.yaml --\nredis: {connection: \"cache:6380,ssl=True,abortConnect=False\"}\n-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n",
			options: func(o *Options) { o.Redis = Connection{} },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"cache:6380,ssl=True,abortConnect=False\" } } }\n",
		},
		"none": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"connectionString\": \"<redis connection string>\" } } }\n",
			options: func(o *Options) { o.Redis = Connection{} },
			blocked: "provision-redis",
		},
		"off": {
			files: "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": \"true\", \"connectionString\": \"h:6379,abortConnect=False\" } } }\n" +
				strings.Replace(web, `enabled="false"`, `enabled="True"`, 1),
			options: func(o *Options) { o.Redis, o.Off = Connection{}, true },
			want: "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": \"false\", \"connectionString\": \"h:6379,abortConnect=False\" } } }\n" +
				strings.Replace(web, `enabled="false"`, `enabled="False"`, 1),
			warned: "how many instances",
		},
		"off where it is absent": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { } } }\n",
			options: func(o *Options) { o.Redis, o.Off = Connection{}, true },
		},
		"off with several instances": {
			files:   "-- xmpro.yaml --\nproducts: {app-designer: {path: AD, instances: 2}}\n-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true } } }\n",
			options: func(o *Options) { o.Redis, o.Off = Connection{}, true },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n",
			blocked: "scale-in",
		},
		"only some products": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"Enabled\": false } } }\n" + web,
			options: func(o *Options) { o.Products = []schema.Product{schema.SubscriptionManager} },
			want:    strings.Replace(web, `enabled="false" connectionString=""`, `enabled="true" connectionString="h:6379,abortConnect=False"`, 1),
		},
		"an old version": {
			files:   "-- xmpro.yaml --\nversion: 4.3.0\n-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
			blocked: "upgrade-xmpro",
		},
		"another product is old": {
			files: "-- xmpro.yaml --\nproducts: {app-designer: {path: AD, version: 4.6.1}, data-stream-designer: {path: DS, version: 4.3.0}}\n" +
				"-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
			blocked: "upgrade-xmpro",
			warned:  "not in this tree",
		},
		"a string that throws": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n",
			options: func(o *Options) { o.Redis, _ = Literal("h:6379,pasword=x,abortConnect=False", "") },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,pasword=x,abortConnect=False\" } } }\n",
			blocked: "provision-redis",
		},
		"a string without a server": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n",
			options: func(o *Options) { o.Redis, _ = Literal("abortConnect=False", "") },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"abortConnect=False\" } } }\n",
			blocked: "provision-redis",
		},
		"safe fixes ride along, unsafe ones do not": {
			files: "-- AD/appsettings.json --\n{ \"xmpro\": { \"AutoScale\": { \"enabled\": \"yes\", \"conectionString\": \"x:1\" } } }\n",
			want:  "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\", \"conectionString\": \"x:1\" } } }\n",
		},
		"unsafe ones too": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"appDesigner\": { }, \"autoScale\": { \"enabld\": false, \"conectionString\": \"x:1,abortConnect=False\" } } }\n",
			options: func(o *Options) { o.Redis, o.Unsafe = Connection{}, true },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"appDesigner\": { }, \"autoScale\": { \"enabled\": true, \"connectionString\": \"x:1,abortConnect=False\" } } }\n",
		},
		"a section in the wrong place": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"appDesigner\": { \"autoScale\": { \"enabled\": false } } } }\n",
			options: func(o *Options) { o.Unsafe = true },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"appDesigner\": {}, \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
		},
		"an overlay that hides the file, removed": {
			files: "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n" +
				"-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"connectionString\": \"old:1,abortConnect=False\" } } }\n",
			options: func(o *Options) { o.Unsafe = true },
			want:    "-- AD/appsettings.Production.json --\n{ \"xmpro\": { \"autoScale\": {} } }\n",
		},
		"a section in the wrong place, and the right one empty": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": {}, \"autoScale\": { \"enabled\": false } }\n",
			options: func(o *Options) { o.Unsafe = true },
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
		},
		"a setting that stands twice": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false }, \"autoscale\": { \"enabled\": false } } }\n",
			want:    "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" }, \"autoscale\": {} } }\n",
			options: func(o *Options) { o.Rules = []*lint.Rule{ruleNamed(t, "XM0004")} },
		},
		"web.config without the element": {
			files: "-- SM/web.config --\n<configuration>\r\n\t<configSections><section name='xmpro' type='T'/></configSections>\r\n\t<xmpro>\r\n\t\t<xmidentity>\r\n\t\t</xmidentity>\r\n\t\t<xmsettings adminRole='A'/>\r\n\t</xmpro>\r\n</configuration>\r\n",
			want:  "-- SM/web.config --\n<configuration>\r\n\t<configSections><section name='xmpro' type='T'/></configSections>\r\n\t<xmpro>\r\n\t\t<xmidentity>\r\n\t\t</xmidentity>\r\n\t\t<autoScale enabled='true' connectionString='h:6379,abortConnect=False'/>\r\n\t\t<xmsettings adminRole='A'/>\r\n\t</xmpro>\r\n</configuration>\r\n",
		},
		"web.config with attributes on lines of their own": {
			files: "-- SM/web.config --\n<configuration>\n  <configSections><section name=\"xmpro\" type=\"T\" /></configSections>\n  <xmpro>\n    <xmsettings\n      adminRole=\"A\"\n      other=\"B\" />\n  </xmpro>\n</configuration>\n",
			want: "-- SM/web.config --\n<configuration>\n  <configSections><section name=\"xmpro\" type=\"T\" /></configSections>\n  <xmpro>\n    <autoScale\n      enabled=\"true\"\n      connectionString=\"h:6379,abortConnect=False\" />\n    <xmsettings\n      adminRole=\"A\"\n      other=\"B\" />\n" +
				"  </xmpro>\n</configuration>\n",
		},
		"web.config with the wrong casing": {
			files: strings.Replace(web, "<autoScale enabled", "<autoscale Enabled", 1),
			want:  strings.Replace(web, `enabled="false" connectionString=""`, `enabled="true" connectionString="h:6379,abortConnect=False"`, 1),
		},
		"web.config with overrides": {
			files:  strings.Replace(web, "</configuration>", "  <appSettings><add key=\"xm__xmpro__autoScale__connectionString\" value=\"old:1\" /></appSettings>\n</configuration>", 1),
			want:   strings.Replace(strings.Replace(web, `enabled="false" connectionString=""`, `enabled="true" connectionString="h:6379,abortConnect=False"`, 1), "</configuration>", "  <appSettings><add key=\"xm__xmpro__autoScale__connectionString\" value=\"h:6379,abortConnect=False\" /></appSettings>\n</configuration>", 1),
			warned: "",
		},
		"the section in a file of its own": {
			files: "-- SM/web.config --\n<configuration><configSections><section name=\"xmpro\" type=\"T\" /></configSections><xmpro configSource=\"xmpro.config\" /></configuration>\n" +
				"-- SM/xmpro.config --\n<xmpro>\n  <xmidentity />\n</xmpro>\n",
			want: "-- SM/xmpro.config --\n<xmpro>\n  <xmidentity />\n  <autoScale enabled=\"true\" connectionString=\"h:6379,abortConnect=False\" />\n</xmpro>\n",
		},
		"web.config without a section": {
			files:   "-- SM/web.config --\n<configuration><configSections><section name=\"xmpro\" type=\"T\" /></configSections></configuration>\n",
			blocked: "-",
		},
		"references stay": {
			files: "-- SM/web.config --\n<configuration><configSections><section name=\"xmpro\" type=\"T\" /></configSections><configBuilders><builders><add name=\"b\" mode=\"Expand\" type=\"T\" /></builders></configBuilders>" +
				"<xmpro configBuilders=\"b\"><autoScale enabled=\"${E}\" connectionString=\"${REDIS}\" /></xmpro></configuration>\n",
			warned: "is a reference, which stays",
		},
		"a pipeline's tokens in web.config stay": {
			files:  strings.Replace(web, `enabled="false" connectionString=""`, `enabled="#{E}#" connectionString="$(REDIS)"`, 1),
			warned: "is a reference, which stays",
		},
		"a pipeline's token for the string alone": {
			files:   strings.Replace(web, `connectionString=""`, `connectionString="#{REDIS}#"`, 1),
			options: func(o *Options) { o.Redis = Connection{} },
			want:    strings.Replace(web, `enabled="false" connectionString=""`, `enabled="true" connectionString="#{REDIS}#"`, 1),
			warned:  "is a reference, which stays",
		},
		"a key vault": {
			files:  "-- AD/appsettings.json --\n{ \"xmpro\": { \"keyVault\": { \"provider\": \"Azure\" }, \"autoScale\": { \"enabled\": false } } }\n",
			want:   "-- AD/appsettings.json --\n{ \"xmpro\": { \"keyVault\": { \"provider\": \"Azure\" }, \"autoScale\": { \"enabled\": true, \"connectionString\": \"h:6379,abortConnect=False\" } } }\n",
			warned: "key vault",
		},
		"a file that cannot be parsed": {
			files:   "-- AD/appsettings.json --\n{ \"xmpro\": \n",
			blocked: "-",
		},
		"files that are not here": {
			files:  "-- xmpro.yaml --\nproducts: {app-designer: {path: AD}}\n",
			warned: "not in this tree",
		},
		"nothing that has Auto Scale": {
			files: "-- StreamHost/appsettings.json --\n{ \"xmpro\": { \"gateway\": { \"name\": \"g\" } } }\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := archive(c.files)
			opts := Options{Redis: redis(t, "h:6379,abortConnect=False")}
			if c.options != nil {
				c.options(&opts)
			}
			changes := prepare(t, files, opts)
			want := archive(c.files)
			for name, f := range archive(c.want) {
				want[name] = f
			}
			for name, f := range after(files, changes) {
				if string(f.Data) != string(want[name].Data) {
					t.Errorf("%s is\n%s\nwant\n%s", name, f.Data, want[name].Data)
				}
			}
			if got := stepsOf(changes); got != c.blocked {
				t.Errorf("in the way: %s, want %s: %+v", got, c.blocked, changes.Blocks)
			}
			if !strings.Contains(strings.Join(changes.Warnings, "\n"), c.warned) {
				t.Errorf("warnings: %q", changes.Warnings)
			}
			if again := prepare(t, after(files, changes), opts); !again.IsEmpty() {
				t.Errorf("a second run changes %+v", again.Edits)
			}
			var refused *RefusedError
			_, err := (&Store{FS: Host{}, Dir: tempDir(t), Root: "."}).Apply(context.Background(), &Changes{Blocks: changes.Blocks})
			if (c.blocked != "") != errors.As(err, &refused) {
				t.Errorf("the write: %v", err)
			}
		})
	}
}

func ruleNamed(t *testing.T, id string) *lint.Rule {
	t.Helper()
	r := rules.Find(id)
	if r == nil {
		t.Fatalf("there is no rule %s", id)
	}
	return r
}

func stepsOf(c *Changes) string {
	steps := ""
	for _, b := range c.Blocks {
		step := b.Step
		if step == "" {
			step = "-"
		}
		steps += step
	}
	return steps
}

func TestReferences(t *testing.T) {
	builder := strings.Replace(web, "  <xmpro>", "  <configBuilders><builders><add name=\"b\" mode=\"Expand\" type=\"T\" /></builders></configBuilders>\n  <xmpro configBuilders=\"b\">", 1)
	app := "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n"
	manifest := "-- xmpro.yaml --\nredis: {connection: \"${REDIS}\"}\n"
	reference, err := Reference("${REDIS}", "--redis-ref")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Reference("h:6379", "--redis-ref"); err == nil {
		t.Error("a literal is taken for a reference")
	}
	for name, c := range map[string]struct {
		files    string
		redis    Connection
		pipeline bool
		refused  string // the file
	}{
		"where a builder expands it":      {builder, reference, false, ""},
		"where no builder does":           {web, reference, false, "SM/web.config"},
		"nor with a pipeline":             {web, reference, true, "SM/web.config"},
		"in appsettings.json":             {app, reference, false, "AD/appsettings.json"},
		"in appsettings.json, a pipeline": {app, reference, true, ""},
		"from the manifest":               {manifest + app, Connection{}, false, "AD/appsettings.json"},
		"from the manifest, a builder":    {manifest + builder, Connection{}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			files := archive(c.files)
			opts := Options{Redis: c.redis, PipelineReplacesTokens: c.pipeline}
			d := loadFS(t, files, &opts)
			changes, err := Prepare(context.Background(), d, opts)
			var refused *ReferenceError
			switch {
			case c.refused == "" && err != nil:
				t.Fatal(err)
			case c.refused != "" && (!errors.As(err, &refused) || refused.Path != c.refused):
				t.Fatalf("%v, want one about %s", err, c.refused)
			case c.refused != "":
				return
			}
			text := ""
			for _, f := range changes.Files {
				text += string(f.After())
			}
			if !strings.Contains(text, `"${REDIS}"`) {
				t.Errorf("the reference is not written: %s", text)
			}
		})
	}
}

func TestStepEdits(t *testing.T) {
	files := archive("-- xmpro.yaml --\nproducts: {app-designer: {nodes: [{name: one, path: one}, {name: two, path: two}]}}\n" +
		"-- one/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n" +
		"-- two/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false } } }\n")
	opts := Options{Redis: redis(t, redisText)}
	d := loadFS(t, files, &opts)
	edits := StepEdits(context.Background(), d, opts)
	got := edits(schema.AppDesigner, "two")
	if len(got) != 1 || got[0].Path != "two/appsettings.json" || !strings.Contains(got[0].Diff, `"enabled": true`) || strings.Contains(got[0].Diff, "EXAMPLE") {
		t.Errorf("%+v", got)
	}
	if got := edits(schema.SubscriptionManager, ""); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if _, err := planner.Build(d, nil, planner.Options{Edits: edits}); err != nil {
		t.Error(err)
	}
}
