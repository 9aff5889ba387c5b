package deployment

import (
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"sync"
	"testing"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/protectedconfig"
	"github.com/xmlint/xmlint/schema"
)

// web is a web.config with a section xmpro of that content and what follows
// it.
func web(section string, more ...string) string {
	return files("SM/web.config", `<configuration>
<configSections><section name="xmpro" type="T" /></configSections>
`+section+"\n"+strings.Join(more, "\n")+`
</configuration>`)
}

func sm(t *testing.T, archive string, opts Options) *Node {
	t.Helper()
	return one(t, archive, opts).Product(schema.SubscriptionManager).Nodes[0]
}

const builders = `<configBuilders><builders>
<add name="vault" mode="Expand" type="A" /><add name="strict" type="Microsoft.Configuration.ConfigurationBuilders.EnvironmentConfigBuilder, Microsoft.Configuration.ConfigurationBuilders.Environment" /><add name="greedy" mode="Greedy" type="A" /><add name="late" mode="${Mode}" type="A" /><add name="own" type="Contoso.Builder, Contoso" />
</builders></configBuilders>`

func TestSection(t *testing.T) {
	for _, c := range []struct {
		section string
		more    string
		want    State
		reason  Reason
		text    string
	}{
		{`<xmpro><autoScale enabled="true" connectionString="h" /></xmpro>`, "", StateOn, 0, "true"},
		{`<xmpro><autoScale enabled=" FALSE " /></xmpro>`, "", StateOff, 0, " FALSE "},
		{`<xmpro><autoScale enabled="yes" /></xmpro>`, "", StateInvalid, 0, "yes"},
		{`<xmpro><autoScale /></xmpro>`, "", StateAbsent, 0, ""},
		{`<xmpro />`, "", StateAbsent, 0, ""},
		// casing counts
		{`<xmpro><autoscale enabled="true" /></xmpro>`, "", StateAbsent, 0, ""},
		{`<xmpro><autoScale Enabled="true" /></xmpro>`, "", StateAbsent, 0, ""},
		// tokens, with a builder that fills them in and without
		{`<xmpro><autoScale enabled="${E}" /></xmpro>`, "", StateInvalid, 0, "${E}"},
		{`<xmpro configBuilders="vault"><autoScale enabled="${E}" /></xmpro>`, builders, StateUnknown, ReasonReference, "${E}"},
		{`<xmpro configBuilders="strict, vault"><autoScale enabled="${E}" /></xmpro>`, builders, StateUnknown, ReasonReference, "${E}"},
		{`<xmpro configBuilders="strict"><autoScale enabled="${E}" /></xmpro>`, builders, StateInvalid, 0, "${E}"},
		{`<xmpro configBuilders="greedy"><autoScale enabled="${E}" /></xmpro>`, builders, StateInvalid, 0, "${E}"},
		{`<xmpro configBuilders="late"><autoScale enabled="${E}" /></xmpro>`, builders, StateUnknown, ReasonReference, "${E}"},
		{`<xmpro configBuilders="own"><autoScale enabled="${E}" /></xmpro>`, builders, StateUnknown, ReasonReference, "${E}"}, // whatever that class does
		{`<xmpro configBuilders="strict"><autoScale enabled="${E}" /></xmpro>`, builders + `<Microsoft.Configuration.ConfigurationBuilders.SectionHandlers />`, StateUnknown, ReasonReference, "${E}"},
		{`<xmpro configBuilders="elsewhere"><autoScale enabled="${E}" /></xmpro>`, builders, StateUnknown, ReasonReference, "${E}"},
		{`<xmpro><autoScale enabled="#{E}#" /></xmpro>`, "", StateUnknown, ReasonReference, "#{E}#"}, // what deploys the file fills it in
		{`<xmpro><autoScale enabled="$(E)" /></xmpro>`, "", StateUnknown, ReasonReference, "$(E)"},
		{`<xmpro configBuilders=""><autoScale enabled="${E}" /></xmpro>`, builders, StateInvalid, 0, "${E}"},
		{`<xmpro configBuilders="vault"><autoScale enabled="true" /></xmpro>`, builders, StateOn, 0, "true"},
		{`<xmpro configBuilders="vault"><autoScale enabled="@Microsoft.KeyVault(x)" /></xmpro>`, builders, StateInvalid, 0, "@Microsoft.KeyVault(x)"},
		// overrides: that they win is a field note
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xm__xmpro__autoScale__enabled" value="true" /></appSettings>`, StateUnknown, ReasonOverride, "true"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="XMPRO__AUTOSCALE__ENABLED" value="False" /></appSettings>`, StateOff, 0, "False"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="&#120;mpro__autoScale__enabled" value="true" /></appSettings>`, StateUnknown, ReasonOverride, "true"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xmpro__autoScale__enabled" value="" /></appSettings>`, StateOff, 0, "false"},
		{`<xmpro />`, `<appSettings><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`, StateUnknown, ReasonOverride, "false"},
		{`<xmpro />`, `<appSettings><add key="xmpro__autoScale__enabled" value="" /></appSettings>`, StateAbsent, 0, ""},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xmpro__autoScale__enabled" value="true" /><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`, StateOff, 0, "false"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><remove key="xmpro__autoScale__enabled" /><add key="xmpro__autoScale__enabled" /><add value="x" /></appSettings>`, StateOff, 0, "false"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="serilog:minimum-level" value="x" /><add key="xmprobe" value="y" /></appSettings>`, StateOff, 0, "false"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, builders + `<appSettings configBuilders="vault"><add key="xmpro__autoScale__enabled" value="${E}" /></appSettings>`, StateUnknown, ReasonOverride, "${E}"},
		{`<xmpro><autoScale enabled="${E}" /></xmpro>`, builders + `<appSettings configBuilders="vault"><add key="xmpro__autoScale__enabled" value="${E}" /></appSettings>`, StateUnknown, ReasonReference, "${E}"},
		{`<xmpro><autoScale enabled="${E}" /></xmpro>`, builders + `<appSettings configBuilders="strict"><add key="xmpro__autoScale__enabled" value="${E}" /></appSettings>`, StateUnknown, ReasonReference, "${E}"},
		// keys that are taken back, and two of one setting, which have no order
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xmpro__autoScale__enabled" value="true" /><remove key="XMPRO__autoScale__enabled" /></appSettings>`, StateOff, 0, "false"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><remove key="xmpro__autoScale__enabled" /><add key="xmpro__autoScale__enabled" value="true" /></appSettings>`, StateUnknown, ReasonOverride, "true"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xmpro__autoScale__enabled" value="true" /><clear /></appSettings>`, StateOff, 0, "false"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><clear /><add key="xmpro__autoScale__enabled" value="true" /><remove /></appSettings>`, StateUnknown, ReasonOverride, "true"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xmpro__autoScale__enabled" value="true" /><add key="xmpro__autoScale__enabled" /></appSettings>`, StateOff, 0, "false"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xm__xmpro__autoScale__enabled" value="true" /><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`, StateUnknown, ReasonOverride, "false"},
		{`<xmpro><autoScale enabled="false" /></xmpro>`, `<appSettings><add key="xm__xmpro__autoScale__enabled" value="" /><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`, StateOff, 0, "false"},
		// keys that agree leave open whether they win over a section that does not have the setting
		{`<xmpro />`, `<appSettings><add key="xm__xmpro__autoScale__enabled" value="true" /><add key="xmpro__autoScale__enabled" value="True" /></appSettings>`, StateUnknown, ReasonOverride, "True"},
		{`<xmpro><autoScale enabled="true" /></xmpro>`, `<appSettings><add key="xm__xmpro__autoScale__enabled" value="false" /><add key="xmpro:autoScale:enabled" value="true" /><add key="xmpro__autoScale__enabled" value="true" /></appSettings>`, StateUnknown, ReasonOverride, "true"},
		{`<xmpro><autoScale enabled="true" /></xmpro>`, `<appSettings><add key="xmpro__keyVault__provider" value="Azure" /><add key="xm__xmpro__keyVault__provider" value="" /></appSettings>`, StateUnknown, ReasonKeyVault, "true"},
		// a vault, as a builder of the section
		{`<xmpro><keyVault provider="Azure" /><autoScale enabled="true" /></xmpro>`, "", StateUnknown, ReasonKeyVault, "true"},
		// elsewhere
		{`<xmpro configSource="none.config" />`, "", StateUnknown, ReasonElsewhere, ""},
		{`<location path="x"><xmpro><autoScale enabled="true" /></xmpro></location>`, "", StateUnknown, ReasonElsewhere, "true"},
		{`<location path="x"><xmpro><autoScale enabled="true" /></xmpro></location><xmpro><autoScale enabled="false" /></xmpro>`, "", StateOff, 0, "false"},
		{``, "", StateAbsent, 0, ""},
		// below a <location> that speaks of the folder itself
		{`<location path="." inheritInChildApplications="false"><xmpro><autoScale enabled="true" /></xmpro></location>`, "", StateOn, 0, "true"},
		{`<location><xmpro><autoScale enabled="true" /></xmpro></location>`, "", StateOn, 0, "true"},
		{`<location path=""><xmpro><autoScale enabled="false" /></xmpro><appSettings><add key="xmpro__autoScale__enabled" value="true" /></appSettings></location>`, "", StateUnknown, ReasonOverride, "true"},
		{`<location path="./"><xmpro><autoScale enabled="true" /></xmpro></location>`, "", StateUnknown, ReasonElsewhere, "true"},
		// encrypted
		{`<xmpro configProtectionProvider="P"><EncryptedData /></xmpro>`, "", StateUnknown, ReasonEncrypted, ""},
		{`<xmpro><EncryptedData /></xmpro>`, "", StateUnknown, ReasonEncrypted, ""},
		{`<xmpro configProtectionProvider="P"><autoScale enabled="true" /></xmpro>`, "", StateUnknown, ReasonEncrypted, ""},
		{`<xmpro><autoScale enabled="true" /></xmpro>`, `<appSettings configProtectionProvider="P"><EncryptedData /></appSettings>`, StateUnknown, ReasonEncrypted, "true"},
	} {
		n := sm(t, web(c.section, c.more), Options{})
		a := n.Default().AutoScale
		if a.State != c.want || a.Reason != c.reason || a.Enabled.Text != c.text {
			t.Errorf("%s %s\n got %s (%s) %q\nwant %s (%s) %q", c.section, c.more, a.State, a.Reason, a.Enabled.Text, c.want, c.reason, c.text)
		}
		if len(n.Views) != 1 || n.Web == nil || n.Web.File != n.Files[0] {
			t.Errorf("%s: %d views, %v", c.section, len(n.Views), n.Web)
		}
	}
}

func TestTakeApart(t *testing.T) {
	w := sm(t, web(`<xmpro><autoScale enabled="true" /></xmpro>`, `<appSettings /><system.web><machineKey validationKey="x" /></system.web>`), Options{}).Web
	d := w.File.XML
	for want, n := range map[string]document.NodeID{
		"configSections": w.ConfigSections, "section": w.Declaration, "xmpro": w.Section, "autoScale": w.AutoScale, "appSettings": w.AppSettings, "machineKey": w.MachineKey,
	} {
		if n == document.None || d.Name(n) != want {
			t.Errorf("%s is node %d", want, n)
		}
	}
	w = sm(t, files("SM/web.config", `<configuration><configSections><sectionGroup name="g"><section name="xmpro" /></sectionGroup></configSections></configuration>`), Options{}).Web
	if w.Declaration != document.None || w.Section != document.None || w.AutoScale != document.None || w.AppSettings != document.None || w.MachineKey != document.None {
		t.Errorf("%+v", w)
	}
	// Of several the first: .NET refuses the file.
	w = sm(t, web(`<xmpro><autoScale enabled="true" /></xmpro><xmpro />`, `<appSettings><add key="a" value="b" /></appSettings><appSettings />`), Options{}).Web
	if w.AutoScale == document.None || d.Nodes[w.AppSettings].Next == w.AppSettings+1 {
		t.Error("it is not the first that counts")
	}
}

func TestProviders(t *testing.T) {
	declared := func(name, attributes string) string {
		return `<configProtectedData><providers><clear /><add name="` + name + `" ` + attributes + ` /></providers></configProtectedData>`
	}
	for _, c := range []struct {
		provider, more string
		kind           ProtectionKind
		own, declared  bool
	}{
		{"RsaProtectedConfigurationProvider", "", ProtectionRSA, true, false},
		{"DataProtectionConfigurationProvider", "", ProtectionDPAPI, false, false},
		{"Mine", "", ProtectionCustom, false, false},
		{"Mine", declared("Mine", `type="System.Configuration.RsaProtectedConfigurationProvider, System.Configuration" keyContainerName="XMPro"`), ProtectionRSA, false, true},
		{"Mine", declared("Mine", `type="System.Configuration.RsaProtectedConfigurationProvider" keyContainerName="NetFrameworkConfigurationKey"`), ProtectionRSA, true, true},
		{"Mine", declared("Mine", `type="System.Configuration.RsaProtectedConfigurationProvider"`), ProtectionRSA, true, true},
		{"Mine", declared("Mine", `type="System.Configuration.DpapiProtectedConfigurationProvider, System.Configuration"`), ProtectionDPAPI, false, true},
		{"Mine", declared("Mine", `type="Contoso.Provider"`), ProtectionCustom, false, true},
		{"Mine", declared("Other", `type="System.Configuration.DpapiProtectedConfigurationProvider"`), ProtectionCustom, false, false},
		{"RsaProtectedConfigurationProvider", declared("RsaProtectedConfigurationProvider", `type="System.Configuration.RsaProtectedConfigurationProvider" keyContainerName="XMPro"`), ProtectionRSA, false, true},
		{"RsaProtectedConfigurationProvider", `<configProtectedData />`, ProtectionRSA, true, false},
	} {
		n := sm(t, web(`<xmpro configProtectionProvider="`+c.provider+`"><EncryptedData /></xmpro>`, c.more), Options{})
		p := n.Web.Protected
		if p == nil || p.Kind != c.kind || p.DefaultContainer != c.own || p.ProviderDeclared != c.declared || p.Provider != c.provider {
			t.Errorf("%s %s: %+v", c.provider, c.more, p)
		}
	}
	p := sm(t, web(`<xmpro><EncryptedData /></xmpro>`), Options{}).Web.Protected
	if p == nil || p.Kind != ProtectionMissing {
		t.Errorf("without a provider: %+v", p)
	}
}

func TestConfigSource(t *testing.T) {
	const moved = `<xmpro><autoScale enabled="true" /></xmpro>`
	for source, want := range map[string]string{
		"xmpro.config": "SM/xmpro.config", `.\xmpro.config`: "SM/xmpro.config", "XMPRO.CONFIG": "SM/xmpro.config",
		`parts\Section.config`: "SM/Parts/section.config", "none.config": "", "../xmpro.config": "", "/xmpro.config": "", `c:\xmpro.config`: "", "..": "", "Parts": "", "Parts/none": "",
	} {
		d := one(t, web(`<xmpro configSource="`+source+`" />`)+files("SM/xmpro.config", moved, "SM/Parts/section.config", moved), Options{})
		n := d.Product(schema.SubscriptionManager).Nodes[0]
		got := ""
		if f := n.Web.ConfigSourceFile; f != nil {
			got = f.Path
			if f.XML == nil || f.Role != RoleConfigSource || len(n.Files) != 2 || len(d.Files) != 2 {
				t.Errorf("%s: %+v, %d files", source, f, len(d.Files))
			}
		}
		if got != want || n.Web.ConfigSource != source || n.Default().AutoScale.Reason != ReasonElsewhere {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
	n := sm(t, web(`<xmpro configSource="bad.config" />`)+files("SM/bad.config", "<xmpro>"), Options{})
	if f := n.Web.ConfigSourceFile; f == nil || f.Err == nil || f.XML != nil {
		t.Errorf("a broken file: %+v", f)
	}
}

// What <appSettings> takes from other files is read where it can be, and makes
// Auto Scale unknown where it cannot.
func TestSettingsFrom(t *testing.T) {
	const section = `<xmpro><autoScale enabled="true" /></xmpro>`
	override := func(value string) string {
		return `<appSettings><add key="xmpro__autoScale__enabled" value="` + value + `" /><add key="SM_VERSION" value="4.3.6" /></appSettings>`
	}
	for _, c := range []struct {
		name, settings, more string
		want                 State
		reason               Reason
		files                int
	}{
		{"source", `<appSettings configSource="a.config" />`, files("SM/a.config", override("TRUE")), StateOn, 0, 2},
		{"source that disagrees", `<appSettings configSource="a.config" />`, files("SM/a.config", override("false")), StateUnknown, ReasonOverride, 2},
		{"source is missing", `<appSettings configSource="a.config" />`, "", StateUnknown, ReasonElsewhere, 1},
		{"source outside", `<appSettings configSource="../a.config" />`, files("a.config", override("true")), StateUnknown, ReasonElsewhere, 1},
		{"source is broken", `<appSettings configSource="a.config" />`, files("SM/a.config", "<appSettings>"), StateUnknown, ReasonUnreadable, 2},
		{"source is encrypted", `<appSettings configSource="a.config" />`, files("SM/a.config", `<appSettings configProtectionProvider="P"><EncryptedData /></appSettings>`), StateUnknown, ReasonEncrypted, 2},
		{"file", `<appSettings file="A.CONFIG" />`, files("SM/a.config", override("true")), StateOn, 0, 2},
		{"file that disagrees", `<appSettings file="a.config" />`, files("SM/a.config", override("false")), StateUnknown, ReasonOverride, 2},
		{"file wins", `<appSettings file="a.config"><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`, files("SM/a.config", override("true")), StateOn, 0, 2},
		{"file without overrides", `<appSettings file="a.config" />`, files("SM/a.config", "<appSettings />"), StateOn, 0, 2},
		{"file that takes it back", `<appSettings file="a.config"><add key="xmpro__autoScale__enabled" value="false" /></appSettings>`, files("SM/a.config", "<appSettings><clear /></appSettings>"), StateOn, 0, 2},
		{"file is missing", `<appSettings file="a.config" />`, "", StateOn, 0, 1},
		{"file outside", `<appSettings file="..\a.config" />`, files("a.config", override("true")), StateUnknown, ReasonElsewhere, 1},
	} {
		n := sm(t, web(section, c.settings)+c.more, Options{})
		if a := n.Default().AutoScale; a.State != c.want || a.Reason != c.reason || len(n.Files) != c.files {
			t.Errorf("%s: %s (%s), %d files", c.name, a.State, a.Reason, len(n.Files))
		}
	}
	d := one(t, web(section, `<appSettings file="a.config"><add key="SM_VERSION" value="4.2" /></appSettings>`)+files("SM/a.config", override("false")), Options{})
	p := d.Product(schema.SubscriptionManager)
	if len(p.Versions) != 1 || placeText(p.Versions[0].Place) != `SM/a.config 1 "4.3.6"` {
		t.Errorf("%+v", p.Versions)
	}
	for _, s := range p.Nodes[0].Default().Settings() {
		if s.Path == "appSettings:SM_VERSION" && (s.Value.Text != "4.3.6" || s.Value.Origin.File.Path != "SM/a.config") {
			t.Errorf("%+v", s)
		}
	}
}

// testKey is made once: that takes a while.
var testKey = sync.OnceValue(func() *protectedconfig.Key {
	pair, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	key, err := protectedconfig.NewKey(pair)
	if err != nil {
		panic(err)
	}
	return key
})

func seal(t *testing.T, section string) string {
	t.Helper()
	sealed, err := protectedconfig.Seal([]byte(section), testKey(), protectedconfig.SealOptions{Provider: "RsaProtectedConfigurationProvider"}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(sealed)
}

func TestOpened(t *testing.T) {
	archive := web(seal(t, `<xmpro><autoScale enabled="true" connectionString="h:6379,password=hunter2" /></xmpro>`),
		seal(t, `<appSettings><add key="SM_VERSION" value="4.3.6" /><add key="xmpro__xmsettings__adminRole" value="Boss" /></appSettings>`))
	closed := sm(t, archive, Options{})
	if a := closed.Default().AutoScale; a.State != StateUnknown || a.Reason != ReasonEncrypted || a.Enabled.Present {
		t.Errorf("closed: %+v", a)
	}
	if got := placeText(closed.Holder()); !strings.HasPrefix(got, "SM/web.config 3 <xmpro configProtectionProvider=") {
		t.Errorf("closed, the holder is %q", got)
	}
	d := one(t, archive, Options{Key: testKey()})
	p := d.Product(schema.SubscriptionManager)
	n := p.Nodes[0]
	a := n.Default().AutoScale
	if a.State != StateOn || a.Connection.Text != "h:6379,password=hunter2" || !a.Enabled.Origin.Opened || n.Web.AutoScale != document.None {
		t.Errorf("opened: %+v", a)
	}
	if !p.Encrypted() || n.Web.Protected.Opened == nil || n.Web.Protected.Err != nil {
		t.Errorf("%+v", n.Web.Protected)
	}
	tag := n.Web.Protected.Place
	if a.Enabled.Origin.ValuePlace() != tag || n.Holder() != tag {
		t.Error("what lies inside has a place of its own")
	}
	if v := n.Default().Get("xmpro:xmsettings:adminRole"); v.Text != "Boss" || v.Unknown != ReasonOverride || !v.Origin.Opened || v.Origin.ValuePlace() != n.Web.ProtectedAppSettings.Place {
		t.Errorf("an override inside: %+v", v)
	}
	if len(p.Versions) != 1 || p.Versions[0].Version.Text != "4.3.6" || p.Versions[0].Place != n.Web.ProtectedAppSettings.Place {
		t.Errorf("versions %+v", p.Versions)
	}
	// One of the two alone is not enough to know.
	half := web(`<xmpro><autoScale enabled="true" /></xmpro>`, seal(t, `<appSettings />`))
	if a := sm(t, half, Options{}).Default().AutoScale; a.Reason != ReasonEncrypted {
		t.Errorf("closed appSettings: %+v", a)
	}
	if a := sm(t, half, Options{Key: testKey()}).Default().AutoScale; a.State != StateOn {
		t.Errorf("opened appSettings: %+v", a)
	}
}

func TestNotOpened(t *testing.T) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key, err := protectedconfig.NewKey(other)
	if err != nil {
		t.Fatal(err)
	}
	sealed := seal(t, `<xmpro><autoScale enabled="true" /></xmpro>`)
	for name, c := range map[string]struct {
		archive string
		key     *protectedconfig.Key
	}{
		"another key":          {web(sealed), key},
		"nothing to open":      {web(`<xmpro configProtectionProvider="P"><EncryptedData /></xmpro>`), testKey()},
		"no XML to .NET":       {web(seal(t, `<xmpro><a:autoScale /></xmpro>`)), testKey()},
		"not a section at all": {web(`<xmpro configProtectionProvider="P" />`), testKey()},
	} {
		n := sm(t, c.archive, Options{Key: c.key})
		if p := n.Web.Protected; p == nil || p.Opened != nil || p.Err == nil || n.Default().AutoScale.Reason != ReasonEncrypted {
			t.Errorf("%s: %+v", name, p)
		} else if strings.Contains(p.Err.Error(), "autoScale") {
			t.Errorf("%s: the error shows plain text: %v", name, p.Err)
		}
	}
}

func TestWebHolder(t *testing.T) {
	for section, want := range map[string]string{
		`<xmpro><autoScale connectionString="x" /></xmpro>`: `SM/web.config 3 <autoScale connectionString="x" />`,
		`<xmpro a="1"></xmpro>`:                             `SM/web.config 3 <xmpro a="1">`,
		``:                                                  `SM/web.config 1 `,
	} {
		if got := placeText(sm(t, web(section), Options{}).Holder()); got != want {
			t.Errorf("%s: %q, want %q", section, got, want)
		}
	}
}
