package deployment

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

// settingsText writes settings down: path=value, with what is not known.
func settingsText(settings []Setting) string {
	var b strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&b, "%s=%s", s.Path, s.Value.Text)
		if s.Value.Null {
			b.WriteString("null")
		}
		if s.Value.Unknown != 0 {
			fmt.Fprintf(&b, " (%s)", s.Value.Unknown)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// A web.config as settings: elements and attributes are segments, what names
// itself is called so, other siblings are numbered.
func TestWebSettings(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"attributes and text", `<xmpro a="1"><b c="2" d="3">text</b></xmpro><e>x<![CDATA[y]]><!-- no --></e>`,
			"e=xy\nxmpro:a=1\nxmpro:b=text\nxmpro:b:c=2\nxmpro:b:d=3\n"},
		{"white space is no text", "<xmpro>\n <b> </b>\n</xmpro>", ""},
		{"siblings of one name", `<xmpro><u n="x" /><u n="y"><v w="1" /></u><t n="z" /></xmpro>`, "xmpro:t:n=z\nxmpro:u:0:n=x\nxmpro:u:1:n=y\nxmpro:u:1:v:w=1\n"},
		{"appSettings", `<xmpro /><appSettings><add key="b:c" value="1" /><add key="A" value="2" comment="x" /><add key="n" /></appSettings>`,
			"appSettings:A=2\nappSettings:A:comment=x\nappSettings:b:c=1\nappSettings:n=\n"},
		{"the last of equal keys, ignoring case", `<xmpro /><appSettings><add key="K" value="1" x="y" /><add key="z" value="2" /><add value="4" key="k" /></appSettings>`,
			"appSettings:k=4\nappSettings:z=2\n"},
		{"connectionStrings", `<xmpro /><connectionStrings><add name="DB" connectionString="Server=s" providerName="p" /></connectionStrings>`,
			"connectionStrings:DB=Server=s\nconnectionStrings:DB:providerName=p\n"},
		{"an add of another kind", `<xmpro /><handlers><add name="a" path="*" /></handlers><modules><add name="b" /><add name="c" /></modules>`,
			"handlers:add:name=a\nhandlers:add:path=*\nmodules:add:0:name=b\nmodules:add:1:name=c\n"},
		{"an add without a key", `<xmpro /><appSettings><add value="1" /></appSettings>`, "appSettings:add:value=1\n"},
		{"numbers before text, by value", `<xmpro><i10 /><x>` + strings.Repeat("<a b='1' />", 11) + `</x></xmpro>`,
			"xmpro:x:a:0:b=1\nxmpro:x:a:1:b=1\nxmpro:x:a:2:b=1\nxmpro:x:a:3:b=1\nxmpro:x:a:4:b=1\nxmpro:x:a:5:b=1\nxmpro:x:a:6:b=1\nxmpro:x:a:7:b=1\nxmpro:x:a:8:b=1\nxmpro:x:a:9:b=1\nxmpro:x:a:10:b=1\n"},
		{"Auto Scale, and in a wrong case", `<xmpro><autoScale enabled="true" /><autoscale enabled="false" /></xmpro>`, "xmpro:autoScale:enabled=true\nxmpro:autoscale:enabled=false\n"},
		{"an override", `<xmpro><autoScale enabled="true" /></xmpro><appSettings><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`,
			"appSettings:xmpro__autoScale__enabled=false\nxmpro:autoScale:enabled=false (an override may replace it)\n"},
		{"tokens", `<configBuilders><builders><add name="v" mode="Expand" /></builders></configBuilders><xmpro configBuilders="v"><a b="${X}" /></xmpro><appSettings configBuilders="v"><add key="k" value="${Y}" /></appSettings><other c="${Z}" />`,
			"appSettings:configBuilders=v\nappSettings:k=${Y} (the value is a reference)\nconfigBuilders:builders:add:mode=Expand\nconfigBuilders:builders:add:name=v\nother:c=${Z}\nxmpro:a:b=${X} (the value is a reference)\nxmpro:configBuilders=v\n"},
		{"a closed section is one setting", `<xmpro configProtectionProvider="P"><EncryptedData a="1" /></xmpro><connectionStrings configProtectionProvider="P"><EncryptedData /></connectionStrings><z a="1" />`,
			"connectionStrings= (the section is encrypted)\nxmpro= (the section is encrypted)\nz:a=1\n"},
		{"one without a provider", `<xmpro><EncryptedData a="1" /></xmpro>`, "xmpro= (the section is encrypted)\n"},
		{"what is taken back", `<xmpro /><appSettings><add key="a" value="1" /><add key="b" value="2" /><remove key="A" /><add key="c" value="3" /></appSettings><connectionStrings><add name="n" connectionString="4" /><clear /><add name="m" connectionString="5" /></connectionStrings>`,
			"appSettings:b=2\nappSettings:c=3\nappSettings:remove:key=A\nconnectionStrings:m=5\n"},
		{"the section below a location of the folder itself", `<location path="." inheritInChildApplications="false"><xmpro><autoScale enabled="true" /></xmpro><appSettings><add key="k" value="v" /></appSettings></location>`,
			"appSettings:k=v\nlocation:inheritInChildApplications=false\nlocation:path=.\nxmpro:autoScale:enabled=true\n"},
		{"the section elsewhere", `<location path="x"><xmpro><autoScale enabled="true" /></xmpro></location>`, "location:path=x\nlocation:xmpro:autoScale:enabled=true\n"},
	} {
		n := sm(t, files("SM/web.config", "<configuration>"+c.content+"</configuration>"), Options{})
		if got := settingsText(n.Default().Settings()); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestOpenedSettings(t *testing.T) {
	archive := web(seal(t, `<xmpro><autoScale enabled="true" /><a b="c">text</a></xmpro>`), seal(t, `<appSettings><add key="k" value="1" /><add key="K" value="2" /></appSettings>`))
	n := sm(t, archive, Options{Key: testKey()})
	want := "appSettings:K=2\nconfigSections:section:name=xmpro\nconfigSections:section:type=T\nxmpro:a=text\nxmpro:a:b=c\nxmpro:autoScale:enabled=true\n"
	settings := n.Default().Settings()
	if got := settingsText(settings); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, s := range settings {
		section := strings.HasPrefix(s.Path, "xmpro:")
		if s.Value.Origin.Opened != (section || strings.HasPrefix(s.Path, "appSettings:")) {
			t.Errorf("%s: opened %v", s.Path, s.Value.Origin.Opened)
		}
		if section && s.Value.Origin.ValuePlace() != n.Web.Protected.Place {
			t.Errorf("%s has a place of its own", s.Path)
		}
	}
}

func TestAutoScaleSettings(t *testing.T) {
	for _, c := range []struct{ archive, want string }{
		{files("AD/appsettings.json", `{"XMPRO": {"autoscale": {"Enabled": true, "connectionString": "h"}, "appDesigner": {"x": 1}}}`), "XMPRO:autoscale:connectionString=h\nXMPRO:autoscale:Enabled=True\n"},
		{files("AD/appsettings.json", `{"xmpro": {"autoScale": {"enabled": {}}, "appDesigner": {"x": 1}}}`), "xmpro:autoScale:enabled=null\n"},
		{files("AD/appsettings.json", `{}`), ""},
		{files("AD/appsettings.json", `{"xmpro": {"autoScale": {"enabled": true, "Enabled": false}}}`), ""}, // refused
		{files("SM/web.config", `<configuration><xmpro configProtectionProvider="P"><EncryptedData /></xmpro></configuration>`), "xmpro= (the section is encrypted)\n"},
		{files("SM/web.config", `<configuration>`), ""},
		{files("xmpro.yaml", "products: {app-designer: {}}"), ""},
	} {
		v := one(t, c.archive, Options{}).Products[0].Nodes[0].Default()
		if got := settingsText(v.AutoScaleSettings()); got != c.want {
			t.Errorf("%s: %q, want %q", c.archive, got, c.want)
		}
	}
}

// A file with very many settings is listed in a time that grows with it.
func TestManySettings(t *testing.T) {
	var b strings.Builder
	b.WriteString("<configuration><xmpro /><appSettings>")
	for i := range 20000 {
		fmt.Fprintf(&b, `<add key="k%d" value="x" />`, i%10000)
	}
	b.WriteString("</appSettings></configuration>")
	n := sm(t, files("SM/web.config", b.String()), Options{})
	if got := len(n.Default().Settings()); got != 10000 {
		t.Errorf("%d settings", got)
	}

	b.Reset()
	for i := range 20000 {
		fmt.Fprintf(&b, "xmpro__k%d=x ", i%10000)
	}
	d := one(t, files("AD/appsettings.json", "{}", "AD/web.config", core(b.String())), Options{})
	if got := len(d.Product(schema.AppDesigner).Nodes[0].Default().Settings()); got != 10000 {
		t.Errorf("%d settings of variables", got)
	}
}

// What a finding calls an attribute is what Settings calls it.
func TestSettingPath(t *testing.T) {
	n := sm(t, web(`<xmpro a="1"><xmidentity><p x="2" /><p y="3"><q z="4" /></p></xmidentity><add key="k" value="5" /></xmpro>`,
		`<appSettings><add key="smtpPassword" value="6" /><add key="" value="7" /><add value="8" /><add key="K" value="9" more="10"><b c="11" /></add></appSettings>`,
		`<connectionStrings><add name="n" connectionString="12" providerName="13" /></connectionStrings>`), Options{})
	d := n.Web.File.XML
	seen := 0
	for _, s := range n.Default().Settings() {
		o := s.Value.Origin
		if o.Attr < 0 {
			continue
		}
		section := o.Node
		for d.Nodes[section].Parent != d.Root() {
			section = d.Nodes[section].Parent
		}
		if got := SettingPath(d, section, o.Node, o.Attr); got != s.Path {
			t.Errorf("%s: %q, want %q", s.Value.Text, got, s.Path)
		}
		seen++
	}
	if seen < 13 {
		t.Errorf("%d settings", seen)
	}
	if got := SettingPath(d, n.Web.AppSettings, n.Web.AppSettings+1, d.Nodes[n.Web.AppSettings+1].AttrFrom); got != "appSettings:smtpPassword" {
		t.Errorf("the key is %q", got)
	}
	if got := SettingPath(d, n.Web.Section, n.Web.Section, -1); got != "xmpro" {
		t.Errorf("the section is %q", got)
	}
}

// What is named like a secret is masked, by whatever attribute it is named.
func TestMaskedSettings(t *testing.T) {
	n := sm(t, web(`<xmpro><xmsettings><add key="smtpPassword" value="hunter2" /></xmsettings></xmpro>`,
		`<appSettings><add key="smtpPassword" value="hunter2" /><add key="ApiToken" Value="hunter2" /><add key="plain" value="shown" /></appSettings>`,
		`<appSettings><add key="smtpPassword" value="hunter2" /></appSettings>`,
		`<location path="a"><appSettings><add key="smtpPassword" value="hunter2" /></appSettings></location>`,
		`<mine><setting name="smtpPassword" more="hunter2"><value>hunter2</value></setting></mine>`), Options{})
	shown := ""
	for _, s := range n.Default().Settings() {
		masked := s.Value.Origin.Masked()
		if strings.Contains(masked, "hunter2") {
			t.Errorf("%s is shown", s.Path)
		}
		shown += s.Path + "=" + masked + "\n"
	}
	for _, want := range []string{"appSettings:0:plain=shown\n", "appSettings:0:smtpPassword=*****\n", "location:appSettings:smtpPassword=*****\n", "mine:setting:name=smtpPassword\n"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is missing in\n%s", want, shown)
		}
	}
	d := n.Web.File.XML
	add := n.Web.Section + 2
	if got := MaskAttr(d, n.Web.Section, add, d.Nodes[add].AttrFrom+1); got != "*****" {
		t.Errorf("the attribute of a finding: %q", got)
	}
	if got := MaskAttr(d, n.Web.Section, add, d.Nodes[add].AttrFrom); got != "smtpPassword" {
		t.Errorf("its key: %q", got)
	}
}
