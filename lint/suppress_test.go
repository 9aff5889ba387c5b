package lint_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
	"github.com/xmlint/xmlint/schema"
)

var today = time.Date(2027, 1, 31, 12, 0, 0, 0, time.UTC)

// judged lints an archive. It gives what is reported and what is suppressed,
// as "rule path:line", without the rules that are named as noise.
func judged(t *testing.T, archive string, s lint.Settings, noise ...string) (reported, suppressed string) {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	runner = runner.With(s)
	all, err := deployment.Load(t.Context(), files, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var shared lint.Shared
	var kept, gone []lint.Finding
	for _, d := range all {
		result, err := runner.Run(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		across := shared.Add(result.Uses)
		kept = append(append(kept, result.Findings...), across.Findings...)
		gone = append(append(gone, result.Suppressed...), across.Suppressed...)
	}
	return briefs(kept, noise), briefs(gone, noise)
}

func briefs(findings []lint.Finding, noise []string) string {
	var lines []string
	for _, f := range findings {
		if !slices.Contains(noise, f.Rule.ID) {
			lines = append(lines, fmt.Sprintf("%s %s:%d", f.Rule.ID, f.Path, f.Start.Line))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// noise is what the fixtures of this file always have.
var noise = []string{"XM1002", "XM2001", "XM2016", "XM5002", "XM3004", "XM2002"}

func TestScope(t *testing.T) {
	const secret = `"connectionString": "cache01:6379,password=p,abortConnect=False"`
	for _, c := range []struct{ name, file, text, reported, suppressed string }{
		{"own line", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n// xmlint:ignore XM3006 -- r\n" + secret + "\n} } }", "", "XM3006 3"},
		{"own line, block", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n/* xmlint:ignore XM3006 -- r */ " + secret + "\n} } }", "", "XM3006 2"},
		{"nested", "AD/appsettings.json", "{\n// xmlint:ignore XM3006 -- r\n\"xmpro\": {\n \"autoScale\": { \"enabled\": true,\n" + secret + "\n} } }", "", "XM3006 5"},
		{"above the root", "AD/appsettings.json", "// xmlint:ignore XM3006 -- r\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + secret + "\n} } }", "", "XM3006 3"},
		{"trailing", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + secret + " // xmlint:ignore XM3006 -- r\n} } }", "", "XM3006 2"},
		{"trailing, another line", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true, // xmlint:ignore XM3006 -- r\n" + secret + "\n} } }", "XM0007 1\nXM3006 2", ""},
		{"behind the last member", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + secret + "\n// xmlint:ignore XM3006 -- r\n} } }", "XM0007 3\nXM3006 2", ""},
		{"the next member only", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": {\n// xmlint:ignore XM3006 -- r\n\"enabled\": true,\n" + secret + "\n} } }", "XM0007 2\nXM3006 4", ""},
		{"two above each other", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n// xmlint:ignore XM3006 -- r\n// xmlint:ignore XM3004 -- r\n\"connectionString\": \"cache01:6379,password=p\"\n} } }", "", "XM3006 4"},
		{"comma first", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true\n// xmlint:ignore XM3006 -- r\n, " + secret + "\n} } }", "", "XM3006 3"},
		{"between key and value", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\":\n// xmlint:ignore XM3006 -- r\n\"cache01:6379,password=p,abortConnect=False\"\n} } }", "", "XM3006 3"},
		{"file", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + secret + "\n} } }\n// xmlint:file-ignore XM3006 -- r", "", "XM3006 2"},
		{"CRLF", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\r\n// xmlint:ignore XM3006 -- r\r\n" + secret + "\r\n} } }", "", "XM3006 3"},
		{"by name", "AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n// xmlint:ignore Redis-Plaintext-Secret -- r\n" + secret + "\n} } }", "", "XM3006 3"},
		{"the narrowest counts", "AD/appsettings.json", "{\n// xmlint:ignore XM3006 -- r\n\"xmpro\": { \"autoScale\": { \"enabled\": true,\n// xmlint:ignore XM3006 -- r\n" + secret + "\n} } }", "XM0007 2", "XM3006 5"},

		{"XML, own line", "SM/web.config", web("\n<!-- xmlint:ignore XM3006 - r -->\n" + smSecret + "\n"), "", "XM3006 5"},
		{"XML, nested", "SM/web.config", "<!-- xmlint:ignore XM3006 - r -->\n" + web("\n"+smSecret+"\n"), "", "XM3006 5"},
		{"XML, trailing", "SM/web.config", web("\n" + smSecret + " <!-- xmlint:ignore XM3006 - r -->\n"), "", "XM3006 4"},
		{"XML, last", "SM/web.config", web("\n" + smSecret + "\n<!-- xmlint:ignore XM3006 - r -->\n"), "XM0007 5\nXM3006 4", ""},
		{"XML, file", "SM/web.config", web("\n"+smSecret+"\n") + "<!-- xmlint:file-ignore XM3006 - r -->", "", "XM3006 4"},
		{"XML, lone CR", "SM/web.config", strings.ReplaceAll(web("\n"+smSecret+" <!-- xmlint:ignore XM3006 - r -->\n"), "\n", "\r"), "", "XM3006 4"},

		{"manifest, trailing", "xmpro.yaml", "version: 4.3.1 # xmlint:ignore XM1005 -- r\nproducts: {app-designer: {}}\n", "", "XM1005 1"},
		{"manifest, own line", "xmpro.yaml", "# xmlint:ignore XM1005 -- r\nversion: 4.3.1\nproducts: {app-designer: {}}\n", "", "XM1005 2"},
		{"manifest, block", "xmpro.yaml", "# xmlint:ignore XM5003 -- r\napps:\n- {name: A, connector: \"1.07\", upgrade: true}\n- {name: B, connector: \"1.07\", upgrade: true}\nversion: 4.6.1\n", "", "XM5003 3\nXM5003 4"},
		{"manifest, one item", "xmpro.yaml", "version: 4.6.1\napps:\n  # xmlint:ignore XM5003 -- r\n  - {name: A, connector: \"1.07\", upgrade: true}\n  - {name: B, connector: \"1.07\", upgrade: true}\n", "XM5003 5", "XM5003 4"},
		{"manifest, in quotes", "xmpro.yaml", "version: 4.3.1\nname: \"a # xmlint:ignore XM1005 -- r\"\nproducts: {app-designer: {}}\n", "XM1005 1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			reported, suppressed := judged(t, "-- "+c.file+" --\n"+c.text+"\n", lint.Settings{Today: today}, noise...)
			for _, x := range []struct{ what, got, want string }{{"reported", reported, c.reported}, {"suppressed", suppressed, c.suppressed}} {
				if got := strings.ReplaceAll(x.got, c.file+":", ""); got != x.want {
					t.Errorf("%s:\n%s\nwant\n%s", x.what, got, x.want)
				}
			}
		})
	}
}

// What many comments are about is not looked for again at each of them.
func TestManyDirectives(t *testing.T) {
	if testing.Short() {
		t.Skip("slow with the race detector")
	}
	const many = 40_000
	const secret = `"connectionString": "cache01:6379,password=p,abortConnect=False"`
	for name, file := range map[string]struct{ name, text string }{
		"lines":    {"AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + strings.Repeat("// xmlint:ignore XM3006 -- r\n", many) + secret + "\n} } }"},
		"one line": {"AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + strings.Repeat("/* xmlint:ignore XM3006 -- r */ ", many) + secret + "\n} } }"},
		"XML":      {"SM/web.config", web("\n" + strings.Repeat("<!-- xmlint:ignore XM3006 - r -->\n", many) + smSecret + "\n")},
		"at the end": {"AD/appsettings.json", "{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + secret + "\n" +
			strings.Repeat("/* xmlint:ignore XM3006 -- r */ ", many) + "\n} } }"},
	} {
		start := time.Now()
		reported, suppressed := judged(t, "-- "+file.name+" --\n"+file.text+"\n", lint.Settings{Today: today}, append(noise, "XM0007")...)
		if all := reported + suppressed; strings.Count(all, "XM3006") != 1 || (suppressed == "") != (name == "at the end") {
			t.Errorf("%s: reported %.80q, suppressed %.80q", name, reported, suppressed)
		}
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("%s: %d directives took %v", name, many, took)
		}
	}
}

const smSecret = `<autoScale enabled="true" connectionString="cache01:6379,password=p,abortConnect=False" />`

// web is a web.config whose section begins on line 3.
func web(elements string) string {
	return `<configuration>
<configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
<xmpro>` + elements + `</xmpro>
</configuration>
`
}

// app is App Designer's file with a directive on line 3 above a string with a
// password on line 4.
func app(directive string) string {
	return "-- AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": {\n\"enabled\": true,\n" + directive + "\n\"connectionString\": \"cache01:6379,password=p\"\n} } }\n"
}

func TestSuppressions(t *testing.T) {
	for _, c := range []struct{ name, archive, reported, suppressed string }{
		{"several rules", app("// xmlint:ignore XM3006 redis-abort-connect -- r"), "", "XM3004\nXM3006"},
		{"one of two is used", app("// xmlint:ignore XM3006,XM3001 -- r"), "XM0007\nXM3004", "XM3006"},
		{"no reason", app("// xmlint:ignore XM3006"), "XM0009\nXM3004\nXM3006", ""},
		{"no reason, no dashes", app("// xmlint:ignore XM3006 rotated weekly"), "XM0009\nXM3004\nXM3006", ""},
		{"neither reason nor time", app("// xmlint:ignore XM3006 until=2020-01-01"), "XM0008\nXM0009\nXM3004\nXM3006", ""},
		{"on its last day", app("// xmlint:ignore XM3006 until=2027-01-31 -- r"), "XM3004", "XM3006"},
		{"the day after", app("// xmlint:ignore XM3006 until=2027-01-30 -- r"), "XM0008\nXM3004\nXM3006", ""},
		{"no date", app("// xmlint:ignore XM3006 until=2027-02-30 -- r"), "XM0008\nXM3004\nXM3006", ""},
		{"no end", app("// xmlint:ignore XM3006 until=soon -- r"), "XM0008\nXM3004\nXM3006", ""},
		{"a year", app("// xmlint:ignore XM3006 until=2028 -- r"), "XM0008\nXM3004\nXM3006", ""},
		{"a day in digits", app("// xmlint:ignore XM3006 until=20280131 -- r"), "XM0008\nXM3004\nXM3006", ""},
		{"a day with dots", app("// xmlint:ignore XM3006 until=31.01.2028 -- r"), "XM0008\nXM3004\nXM3006", ""},
		{"a build", app("// xmlint:ignore XM3006 until=5.0.0.2157 -- r"), "XM3004", "XM3006"},
		{"an unknown version", app("// xmlint:ignore XM3006 until=5.0 -- r"), "XM3004", "XM3006"},
		{"an earlier version", "-- xmpro.yaml --\nversion: 4.6.1\n" + app("// xmlint:ignore XM3006 until=5.0 -- r"), "XM3004", "XM3006"},
		{"the version", "-- xmpro.yaml --\nversion: 5.0\n" + app("// xmlint:ignore XM3006 until=5.0 -- r"), "XM0008\nXM3004\nXM3006", ""},
		{"the product's version", "-- xmpro.yaml --\nproducts: {app-designer: {version: 5.0.1}, ai: {version: 4.6}}\n" + app("// xmlint:ignore XM3006 until=v5.0 -- r"), "XM0008\nXM1003\nXM3004\nXM3006", ""},
		{"no such rule", app("// xmlint:ignore XM3006 XM9999 -- r"), "XM0007\nXM3004", "XM3006"},
		{"no rule", app("// xmlint:ignore -- r"), "XM0007\nXM3004\nXM3006", ""},
		{"no directive", app("// xmlint:disable XM3006 -- r"), "XM0007\nXM3004\nXM3006", ""},
		{"itself", app("// xmlint:ignore XM3006 XM0007 -- r"), "XM0007\nXM3004", "XM3006"},
		{"a duplicate", "-- AD/appsettings.json --\n// xmlint:ignore XM0004 -- r\n{ \"xmpro\": { \"autoScale\": { \"enabled\": false, \"Enabled\": false, \"connectionString\": \"\" } } }\n", "XM0004\nXM0007", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			reported, suppressed := judged(t, c.archive, lint.Settings{Today: today}, "XM1002", "XM2016", "XM2001", "XM5002", "XM1005")
			if got := ids(reported); got != c.reported {
				t.Errorf("reported\n%s\nwant\n%s", got, c.reported)
			}
			if got := ids(suppressed); got != c.suppressed {
				t.Errorf("suppressed\n%s\nwant\n%s", got, c.suppressed)
			}
		})
	}
}

func ids(briefs string) string {
	var ids []string
	for line := range strings.Lines(briefs) {
		ids = append(ids, line[:6])
	}
	return strings.Join(ids, "\n")
}

// What deployments share is known when all of them were seen.
func TestSuppressShared(t *testing.T) {
	file := func(name, directive string) string {
		return "-- " + name + "/AD/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true,\n" + directive + "\n\"connectionString\": \"cache01:6379,abortConnect=False\"\n} } }\n"
	}
	const shared = "// xmlint:ignore XM3010 -- r"
	for _, c := range []struct{ name, archive, reported, suppressed string }{
		{"at the later", file("a", "") + file("b", shared), "", "XM3010 b/AD/appsettings.json:3"},
		{"at the earlier", file("a", shared) + file("b", ""), "XM0007 a/AD/appsettings.json:2\nXM3010 b/AD/appsettings.json:3", ""},
		{"alone", file("a", shared), "XM0007 a/AD/appsettings.json:2", ""},
		{"with another", file("a", "") + file("b", "// xmlint:ignore XM3010 XM3006 -- r"), "XM0007 b/AD/appsettings.json:2", "XM3010 b/AD/appsettings.json:3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			reported, suppressed := judged(t, c.archive, lint.Settings{Today: today}, noise...)
			if reported != c.reported || suppressed != c.suppressed {
				t.Errorf("reported\n%s\nsuppressed\n%s", reported, suppressed)
			}
		})
	}
}

func TestSettings(t *testing.T) {
	archive := app("") + "-- DS/appsettings.json --\n{ \"xmpro\": { \"autoScale\": { \"enabled\": true, \"connectionString\": \"cache01:6379\" } } }\n"
	under := func(prefix string) func(string) bool {
		return func(path string) bool { return strings.HasPrefix(path, prefix) }
	}
	end, _ := lint.ParseEnd("2027-01-30")
	for _, c := range []struct {
		name                 string
		settings             lint.Settings
		reported, suppressed string
	}{
		{"none", lint.Settings{}, "XM3004\nXM3004\nXM3006", ""},
		{"off", lint.Settings{Off: []string{"xm3004", "XM0002"}}, "XM3006", ""},
		{"off, but run", lint.Settings{Off: []string{"XM3004"}, Everything: true}, "XM3006", "XM3004\nXM3004"},
		{"products", lint.Settings{Products: []schema.Product{schema.DataStreamDesigner}}, "XM3004", ""},
		{"by path", lint.Settings{Paths: []*lint.PathSuppression{{Rules: []string{"XM3004"}, Match: under("DS/"), Reason: "r"}}}, "XM3004\nXM3006", "XM3004"},
		{"by path, no reason", lint.Settings{Paths: []*lint.PathSuppression{{Rules: []string{"XM3004"}, Match: under("DS/")}}}, "XM3004\nXM3004\nXM3006", ""},
		{"by path, past", lint.Settings{Today: today, Paths: []*lint.PathSuppression{{Rules: []string{"XM3004"}, Match: under("DS/"), Reason: "r", End: end}}}, "XM3004\nXM3004\nXM3006", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			reported, suppressed := judged(t, archive, c.settings, "XM1002", "XM2016", "XM5002", "XM2001", "XM2002")
			if ids(reported) != c.reported || ids(suppressed) != c.suppressed {
				t.Errorf("reported\n%s\nsuppressed\n%s", reported, suppressed)
			}
		})
	}
}
