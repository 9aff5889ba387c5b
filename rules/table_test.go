package rules

import (
	"strings"
	"testing"
)

// oneCase is a deployment and what one rule says of it: a line per finding,
// "severity line text", where the text is what the finding points at.
type oneCase struct{ name, files, want string }

// check runs a table of cases of one rule.
func check(t *testing.T, id string, cases []oneCase) {
	t.Helper()
	r := Find(id)
	if r == nil {
		t.Fatalf("there is no rule %s", id)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := findings(t, c.files, r)
			if got, want := trimLines(briefs(found)), strings.TrimSpace(c.want); got != want {
				t.Errorf("%s gives\n%s\nwant\n%s", id, got, want)
				for _, f := range found {
					t.Logf("%s:%d %s", f.Path, f.Start.Line, f.Message)
				}
			}
			for _, f := range found {
				checkFinding(t, f)
			}
		})
	}
}

// ad is App Designer's file with this text for autoScale's members.
func ad(members string) string { return product("AppDesigner", members) }

// product is a product's appsettings.json, on one line.
func product(folder, members string) string {
	return "-- " + folder + "/appsettings.json --\n" + `{ "xmpro": { "autoScale": { ` + members + " } } }\n"
}

// file is a file of an archive.
func file(name, text string) string { return "-- " + name + " --\n" + text + "\n" }

// sm is Subscription Manager's web.config with these elements in the section,
// which begins on line 3.
func sm(elements string) string {
	return file("SM/web.config", `<configuration>
  <configSections><section name="xmpro" type="XMIdentity.Configuration.Configuration, XMIdentity.Configuration" /></configSections>
  <xmpro>`+elements+`</xmpro>
</configuration>`)
}

// manifest is an xmpro.yaml.
func manifest(text string) string { return file("xmpro.yaml", text) }

const (
	on  = `"enabled": true, "connectionString": "cache01:6379,abortConnect=False"`
	off = `"enabled": false, "connectionString": ""`

	smOn  = `<autoScale enabled="true" connectionString="cache01:6379,abortConnect=False" />`
	smOff = `<autoScale enabled="false" connectionString="" />`
)

// trimLines drops the blanks at the end of each line.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
