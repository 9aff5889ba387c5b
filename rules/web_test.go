package rules

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// A key of appSettings is the setting that its element is about.
func TestTokenInAppSettings(t *testing.T) {
	found := findings(t, webFile(webHead+"<xmpro />\n<appSettings>\n<add key=\"smtpPassword\" value=\"s3cret-${x}\" />\n<add key=\"ApiToken\" value=\"${y}\" />\n</appSettings>\n"), tokenWithoutBuilder())
	if len(found) != 1 || found[0].Setting != "appSettings:smtpPassword" || !strings.Contains(found[0].Message, `"*****" is never`) {
		t.Fatalf("%+v", found)
	}
	if r := found[0].Related; len(r) != 1 || r[0].Message != "the same in appSettings:ApiToken" {
		t.Errorf("%+v", r)
	}
}

// TestTokenMessages names what is not replaced, and what to write for it.
func TestTokenMessages(t *testing.T) {
	builder := strings.Replace(webHead, "</configSections>", `</configSections><configBuilders><builders><add name="V" mode="Greedy" type="x" /></builders></configBuilders>`, 1)
	for _, c := range []struct{ archive, message, do string }{
		{webExample(`<autoScale enabled="true" connectionString="${REDIS}" />`), `"${REDIS}" is never replaced: the section xmpro names no`, "add configBuilders to <xmpro>"},
		{webExample(`<autoScale enabled="true" connectionString="cache01,password=${PW}" />`), `the ${...} in "cache01,password=*****" is never replaced`, "add configBuilders to <xmpro>"},
		{webFile(builder + `<xmpro configBuilders="V"><autoScale enabled="true" connectionString="${REDIS}" /></xmpro>`), `the configuration builder "V" of the section xmpro is not in the mode`, `write mode="Expand"`},
	} {
		if f := findings(t, c.archive, tokenWithoutBuilder())[0]; !strings.Contains(f.Message, c.message) || !strings.HasPrefix(f.Do, c.do) {
			t.Errorf("%s; %s", f.Message, f.Do)
		}
	}
}

// A key of appSettings is the setting that it stands for, in one casing.
func TestOverrideSetting(t *testing.T) {
	f := findings(t, webFile(webHead+`<appSettings><add key="XM__XMPRO__AUTOSCALE__ENABLED" value="true" /></appSettings><xmpro />`), appSettingsOverride())[0]
	if f.Setting != "xmpro:autoScale:enabled" {
		t.Errorf("%s: %s", f.Setting, f.Message)
	}
}

// TestSectionRefused states what System.Configuration throws on. The verdicts
// were measured on .NET, but for what is said otherwise.
func TestSectionRefused(t *testing.T) {
	const auto = `<autoScale enabled="true" connectionString="cache01" />`
	section := func(content string) string { return webFile(webHead + "  <xmpro>" + content + "</xmpro>\n") }
	tests := []struct {
		name, archive, want string
	}{
		{"in order", section(auto), ""},
		{"missing element", section(""), ""},
		{"comments and blanks", section("<!-- x -->\n  " + auto + "\n\t"), ""},
		{"a misspelt element is another rule's", section(`<autoscale enabled="true" />`), ""},
		{"a misspelt attribute is another rule's", section(`<autoScale enabled="true" connectionstring="x" />`), ""},

		{"unknown attribute", section(`<autoScale enabled="true" host="x" />`), "error 6 host"},
		{"locked attribute", section(`<autoScale enabled="true" lockItem="true" />`), ""}, // by the source
		{"child element", section(`<autoScale enabled="true"><add /></autoScale>`), "error 6 <add />"},
		{"twice", section(auto + "\n" + auto), "error 7 " + auto},
		{"text", section("x" + auto), "error 6 x"},
		{"text on a line of its own", section("\n  x y\n  " + auto), "error 7 x y"},
		{"text in an element", section(`<xmidentity>x</xmidentity>`), "error 6 x"},
		{"CDATA of blanks", section("<![CDATA[ ]]>" + auto), "error 6  "},
		{"namespace", section(`<autoScale xmlns:x="urn:x" enabled="true" />`), "error 6 xmlns:x"},
		{"namespace of the section", webFile(webHead + `<xmpro xmlns="urn:x">` + auto + "</xmpro>\n"), "warning 6 xmlns"}, // a class can know it
		{"default namespace", section(`<xmsettings xmlns="urn:x" />`), "error 6 xmlns"},
		{"unknown element", section("<cache />" + auto), "warning 6 <cache />"},
		{"unknown element with content", section("<cache xmlns:x=\"urn:x\">x</cache>" + auto), `warning 6 <cache xmlns:x="urn:x">`},
		{"text behind an unknown element", section("<cache>x</cache>\ny" + auto), "warning 6 <cache>\nerror 7 y"},
		{"element near a known one", section("<xmsetings />" + auto), "error 6 <xmsetings />"},
		{"element in wrong case", section("<XMSettings />" + auto), "error 6 <XMSettings />"},

		{"root in wrong case", strings.NewReplacer("<configuration>", "<Configuration>", "</configuration>", "</Configuration>").Replace(section(auto)), "error 2 <Configuration>"},
		{"section as the root", "-- SM/web.config --\n<xmpro>" + auto + "</xmpro>\n", "error 1 <xmpro>"},
		{"namespace of the root", strings.Replace(section(auto), "<configuration>", `<configuration xmlns="http://schemas.microsoft.com/.NetConfiguration/v2.0">`, 1), ""},
		{"attribute of the root", strings.Replace(section(auto), "<configuration>", `<configuration xmlns:xdt="urn:x">`, 1), "error 2 xmlns:xdt"}, // by the source
		{"text between sections", webFile(webHead + "x<xmpro />\n"), "error 6 x"},                                                                 // by the source
		{"not declared", webFile("<configSections></configSections>\n<xmpro />\n"), "error 4 <xmpro />"},
		{"no declarations", webFile("<xmpro />\n"), "error 3 <xmpro />"},
		{"declared in wrong case", strings.Replace(section(auto), `name="xmpro"`, `name="XMPro"`, 1), "error 6 <xmpro>"},
		{"declared without a type", strings.Replace(section(auto), "XMIdentity.Configuration.Configuration, XMIdentity.Configuration", "", 1), `error 4 <section name="xmpro" type="" />`},
		{"declared in a group", strings.NewReplacer("<section ", `<sectionGroup name="g"><section `, "Configuration\" />", "Configuration\" /></sectionGroup>").Replace(section(auto)), "error 6 <xmpro>"},
		{"declared late", webFile("<appSettings />\n" + webHead + "<xmpro />\n"), "error 4 <configSections>"},
		{"declared twice", webFile(strings.Replace(webHead, "  </configSections>", "    <section name=\"xmpro\" type=\"x\" />\n  </configSections>", 1) + "<xmpro />\n"), `error 5 <section name="xmpro" type="x" />`},
		{"two configSections", webFile(webHead + webHead + "<xmpro />\n"), "error 6 <configSections>"},
		{"section twice", webFile(webHead + "<xmpro>" + auto + "</xmpro>\n<xmpro />\n"), "error 7 <xmpro />"},
		{"section in two locations", webFile(webHead + "<location path=\"a\"><xmpro>" + auto + "</xmpro></location>\n<location path=\"b\"><xmpro /></location>\n"), ""},

		// By the source of System.Configuration: at run time each of these stops the file.
		{"section twice, once below a location of the folder itself", webFile(webHead + "<xmpro />\n<location path=\".\" inheritInChildApplications=\"false\"><xmpro /></location>\n"), "error 7 <xmpro />"},
		{"section and another below a location", webFile(webHead + "<xmpro />\n<location path=\"a\"><xmpro /></location>\n"), ""},
		{"appSettings twice", webFile(webHead + "<appSettings /><xmpro />\n<appSettings />\n"), "error 7 <appSettings />"},
		{"appSettings once more below another folder", webFile(webHead + "<appSettings /><xmpro />\n<location path=\"a\"><appSettings /></location>\n"), ""},
		{"a group twice", webFile(webHead + "<system.web /><xmpro /><system.web />\n"), ""},
		{"an ignored section twice", strings.Replace(section(auto), "</configSections>", "<section name=\"log\" type=\"System.Configuration.IgnoreSectionHandler\" /></configSections>\n<log /><log />", 1), ""}, // by the source
		{"another declared section twice", strings.Replace(section(auto), "</configSections>", "<section name=\"log\" type=\"x\" /></configSections>\n<log /><log />", 1), "error 6 <log />"},
		{"attribute of configSections", strings.Replace(section(auto), "<configSections>", `<configSections a="b">`, 1), "error 3 a"},
		{"text in configSections", strings.Replace(section(auto), "<configSections>", `<configSections>x`, 1), "error 3 x"},
		{"unknown declaration", strings.Replace(section(auto), "</configSections>", `<Section name="a" type="b" /><remove name="a" /><clear /></configSections>`, 1), `error 5 <Section name="a" type="b" />`},
		{"nothing but a group's name", strings.Replace(section(auto), "</configSections>", `<sectionGroup name="g" type="t"><section name="a" /></sectionGroup></configSections>`, 1), `error 5 <section name="a" />`},
		{"declaration without a name", strings.Replace(section(auto), "</configSections>", `<section type="b" /></configSections>`, 1), `error 5 <section type="b" />`},
		{"unknown attribute of a declaration", strings.Replace(section(auto), `name="xmpro"`, `name="xmpro" Type="x" requirePermission="false"`, 1), "error 4 Type"},
		{"a flag in another casing", strings.Replace(section(auto), `name="xmpro"`, `name="xmpro" requirePermission="False"`, 1), `error 4 "False"`},
		{"unknown attribute of a location", webFile(webHead + "<xmpro /><location Path=\"a\" inheritInChildApplications=\"0\" />\n"), "error 6 Path\nerror 6 \"0\""},
		{"path of a location", webFile(webHead + "<xmpro /><location path=\"/a\" allowOverride=\"true\" />\n"), `error 6 "/a"`},
		{"a location in order", webFile(webHead + "<xmpro /><location path=\"a b/c.d\" overrideMode=\"Deny\" />\n"), ""},
		{"two modes of a location", webFile(webHead + "<xmpro /><location allowOverride=\"true\" overrideMode=\"Deny\" /><location overrideMode=\"deny\" />\n"), "error 6 \"Deny\"\nerror 6 \"deny\""},
		{"location in a location", webFile(webHead + "<xmpro /><location><location path=\"a\" /></location>\n"), `error 6 <location path="a" />`},
		{"text in a location", webFile(webHead + "<xmpro /><location>x</location>\n"), "error 6 x"},
		{"appSettings in order", webFile(webHead + "<appSettings file=\"x\"><clear /><remove key=\"a\" /><!-- x --><add key=\"a\" value=\"b\" lockItem=\"true\" /><add key=\"a\" /></appSettings><xmpro />\n"), ""},
		{"text in appSettings", webFile(webHead + "<appSettings>x</appSettings><xmpro />\n"), "error 6 x"},
		{"text in a key of appSettings", webFile(webHead + "<appSettings><add key=\"a\">b</add></appSettings><xmpro />\n"), "error 6 b"},
		{"unknown element of appSettings", webFile(webHead + "<appSettings><Add key=\"a\" /></appSettings><xmpro />\n"), `error 6 <Add key="a" />`},
		{"element in a key of appSettings", webFile(webHead + "<appSettings><add key=\"a\"><add key=\"b\" /></add></appSettings><xmpro />\n"), `error 6 <add key="b" />`},
		{"unknown attribute of a key", webFile(webHead + "<appSettings><add key=\"a\" Value=\"b\" /></appSettings><xmpro />\n"), "error 6 Value"},
		{"remove with a value", webFile(webHead + "<appSettings><remove key=\"a\" value=\"b\" /></appSettings><xmpro />\n"), "error 6 value"},
		{"clear with a key", webFile(webHead + "<appSettings><clear key=\"a\" /></appSettings><xmpro />\n"), "error 6 key"},
		{"no key", webFile(webHead + "<appSettings><add value=\"b\" /></appSettings><xmpro />\n"), `error 6 <add value="b" />`},
		{"the file of appSettings, broken", webFile(webHead+"<appSettings file=\"a.config\" /><xmpro />\n") + "-- SubscriptionManager/a.config --\n<appSettings>\n<set key=\"a\" />\n</appSettings>\n", `error 2 <set key="a" />`},
		{"the file of appSettings, encrypted", webFile(webHead+"<appSettings file=\"a.config\" /><xmpro />\n") + "-- SubscriptionManager/a.config --\n<appSettings configProtectionProvider=\"P\"><EncryptedData /></appSettings>\n", "error 1 configProtectionProvider"},
		{"two EncryptedData", webFile(webHead + "<xmpro configProtectionProvider=\"P\"><EncryptedData />\n<EncryptedData a=\"\" /></xmpro>\n"), `error 7 <EncryptedData a="" />`},
		{"text before EncryptedData", webFile(webHead + "<xmpro configProtectionProvider=\"P\">x<EncryptedData /></xmpro>\n"), "error 6 x"},
		{"plain text beside EncryptedData", webFile(webHead + "<xmpro configProtectionProvider=\"P\"><!-- x -->\n<EncryptedData />" + auto + "</xmpro>\n"), "error 7 " + auto},
		{"attribute beside the provider", webFile(webHead + "<xmpro configProtectionProvider=\"P\" configBuilders=\"B\" a=\"b\"><EncryptedData /></xmpro>\n"), "error 6 a"},
		{"no provider's name", webFile(webHead + "<xmpro configProtectionProvider=\"\">" + auto + "</xmpro>\n"), `error 6 ""`},
		{"appSettings encrypted without a provider", webFile(webHead + "<appSettings><EncryptedData /></appSettings><xmpro />\n"), "error 6 <EncryptedData />"},
		{"appSettings with a provider and nothing encrypted", webFile(webHead + "<appSettings configProtectionProvider=\"P\" /><xmpro />\n"), `error 6 <appSettings configProtectionProvider="P" />`},

		{"source is missing", webFile(webHead + `<xmpro configSource="nope.config" />`), `error 6 <xmpro configSource="nope.config" />`},
		{"source", webFile(webHead+`<xmpro configSource="x.config" />`) + "-- SubscriptionManager/x.config --\n<xmpro>" + auto + "</xmpro>\n", ""},
		{"source with another root", webFile(webHead+`<xmpro configSource="x.config" />`) + "-- SubscriptionManager/x.config --\n<xmPro />\n", "error 1 <xmPro />"},
		{"source with text", webFile(webHead+`<xmpro configSource="x.config" />`) + "-- SubscriptionManager/x.config --\n<xmpro>x</xmpro>\n", "error 1 x"},
		{"source and content", webFile(webHead+`<xmpro configSource="x.config">`+auto+"</xmpro>\n") + "-- SubscriptionManager/x.config --\n<xmpro />\n", "error 6 " + auto},

		{"source of appSettings is missing", webFile(webHead + "<appSettings configSource=\"nope.config\" /><xmpro />\n"), `error 6 <appSettings configSource="nope.config" />`},
		{"source of appSettings is missing, and no section is there", webFile(webHead + "<appSettings configSource=\"nope.config\" />\n"), `error 6 <appSettings configSource="nope.config" />`},
		{"source of appSettings leads out", webFile(webHead + "<appSettings configSource=\"../a.config\" /><xmpro />\n"), `error 6 <appSettings configSource="../a.config" />`},
		{"source of appSettings", webFile(webHead+"<appSettings configSource=\"a.config\" /><xmpro />\n") + "-- SubscriptionManager/a.config --\n<appSettings />\n", ""},
		{"source of appSettings with another root", webFile(webHead+"<appSettings configSource=\"a.config\" /><xmpro />\n") + "-- SubscriptionManager/a.config --\n<AppSettings />\n", "error 1 <AppSettings />"},
		{"source of appSettings and content", webFile(webHead+"<appSettings configSource=\"a.config\"><add key=\"a\" value=\"\" /></appSettings><xmpro />\n") + "-- SubscriptionManager/a.config --\n<appSettings />\n", `error 6 <add key="a" value="" />`},
		{"file of appSettings is missing", webFile(webHead + "<appSettings file=\"nope.config\" /><xmpro />\n"), ""},
		{"file of appSettings with another root", webFile(webHead+"<appSettings file=\"a.config\" /><xmpro />\n") + "-- SubscriptionManager/a.config --\n<settings />\n", "error 1 <settings />"},

		{"encrypted", webFile(webHead + encryptedExample("RsaProtectedConfigurationProvider")), ""},
		{"encrypted with an unknown provider", webFile(webHead + encryptedExample("Nobody")), ""},
		{"encrypted without a provider", webFile(webHead + "<xmpro><EncryptedData /></xmpro>\n"), "error 6 <EncryptedData />"},
		{"a provider and nothing encrypted", webFile(webHead + `<xmpro configProtectionProvider="X">` + auto + "</xmpro>\n"), `error 6 <xmpro configProtectionProvider="X">`}, // by the source
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := findings(t, tt.archive, sectionRefused())
			if got := briefs(found); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			for _, f := range found {
				checkFinding(t, f)
			}
		})
	}
}

// What the publishing of a project does to a web.config is never read by .NET,
// also where it is named on the command line.
func TestTransformationIsNotRefused(t *testing.T) {
	const text = `<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"><xmpro><autoScale enabled="true" connectionString="cache01" xdt:Transform="SetAttributes" /></xmpro></configuration>`
	for name, want := range map[string]int{"Web.Release.config": 0, "Web.config": 3} {
		groups, err := deployment.Discover(t.Context(), []deployment.Source{{FS: fstest.MapFS{name: {Data: []byte(text)}}, Dir: ".", Files: []string{name}, Shown: "."}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		runner, err := lint.NewRunner([]*lint.Rule{sectionRefused()})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range groups[0].Load(t.Context(), deployment.Options{}) {
			result, err := runner.Run(t.Context(), d)
			if err != nil || len(result.Findings) != want {
				t.Errorf("%s: %d findings, want %d: %s, %v", name, len(result.Findings), want, briefs(result.Findings), err)
			}
		}
	}
}

// TestWebConfig judges the other rules of web.config.
func TestWebConfig(t *testing.T) {
	const off = `<autoScale enabled="false" connectionString="" />`
	const keys = `<machineKey validationKey="ABCD" decryptionKey="EF01" />`
	instances := func(n, more string) string {
		return "-- xmpro.yaml --\n" + more + "products:\n  subscription-manager: {path: SubscriptionManager, " + n + "}\n"
	}
	nodes := "-- xmpro.yaml --\nproducts:\n  subscription-manager: {nodes: [{name: a, path: SubscriptionManager}, {name: b, path: b}]}\n"
	web := func(system string) string {
		return webFile(webHead + "<xmpro>" + off + "</xmpro>\n<system.web>" + system + "</system.web>\n")
	}
	other := func(archive string) string {
		return strings.Replace(archive, "-- SubscriptionManager/", "-- b/", 1)
	}
	settings := func(adds string) string {
		return webFile(webHead + "<appSettings>" + adds + "</appSettings>\n<xmpro>" + off + "</xmpro>\n")
	}
	rsa := webFile(webHead + encryptedExample("RsaProtectedConfigurationProvider"))
	dpapi := webFile(webHead + encryptedExample("DataProtectionConfigurationProvider"))
	certificate := webExample(`<xmcryptography><aes certificateLocation="LocalMachine" /></xmcryptography>`)
	tests := []struct {
		name    string
		rule    *lint.Rule
		archive string
		want    string
	}{
		{"plain", sectionEncrypted(), webExample(off), ""},
		{"RSA", sectionEncrypted(), rsa, `warning 6 <xmpro configProtectionProvider="RsaProtectedConfigurationProvider">`},
		{"without provider", sectionEncrypted(), webFile(webHead + "<xmpro><EncryptedData /></xmpro>\n"), ""},
		{"appSettings", sectionEncrypted(), webFile(webHead + strings.ReplaceAll(encryptedExample("X"), "xmpro", "appSettings") + "<xmpro>" + off + "</xmpro>\n"), `warning 6 <appSettings configProtectionProvider="X">`},

		{"RSA on one server", encryptionMachineBound(), rsa, ""},
		{"RSA on two", encryptionMachineBound(), instances("instances: 2", "") + rsa, `warning 6 <xmpro configProtectionProvider="RsaProtectedConfigurationProvider">`},
		{"DPAPI on two", encryptionMachineBound(), instances("target_instances: 2", "") + dpapi, `warning 6 <xmpro configProtectionProvider="DataProtectionConfigurationProvider">`},
		{"unknown provider on two", encryptionMachineBound(), instances("instances: 2", "") + webFile(webHead+encryptedExample("X")), ""},
		{"shared key on two", encryptionMachineBound(), instances("instances: 2", "") + webFile(webHead+sharedKeyExample+encryptedExample("XMProRsa")), ""},

		{"tokens", tokenWithoutBuilder(), webExample(`<xmidentity><data connectionString="${SQL}" /></xmidentity><autoScale enabled="${A}" connectionString="${B}" />`), `error 7 "${A}"`},
		{"token in another setting", tokenWithoutBuilder(), webExample(`<xmidentity><data connectionString="${SQL}" /></xmidentity>` + off), `error 7 "${SQL}"`},
		{"no token", tokenWithoutBuilder(), webExample(`<autoScale enabled="true" connectionString="cache01,password=$a{b}" />`), ""},
		{"token in appSettings", tokenWithoutBuilder(), settings(`<add key="a" value="${A}" />`), `error 6 "${A}"`},
		{"a builder in another mode", tokenWithoutBuilder(), webFile(strings.Replace(webHead, "</configSections>", `</configSections><configBuilders><builders><add name="V" mode="Strict" type="x" /></builders></configBuilders>`, 1) + `<xmpro configBuilders="V"><autoScale enabled="${A}" /></xmpro>`), `error 6 "${A}"`},
		{"a builder that works on a key as a whole", tokenWithoutBuilder(), webFile(strings.Replace(webHead, "</configSections>", `</configSections><configBuilders><builders><add name="V" mode="Token" type="x" /></builders></configBuilders>`, 1) + `<appSettings configBuilders="V"><add key="a" value="${A}" /></appSettings>`), ""},
		{"a builder that the source names", tokenWithoutBuilder(), webFile(strings.Replace(webHead, "</configSections>", `</configSections><configBuilders><builders><add name="V" mode="Expand" type="x" /></builders></configBuilders>`, 1)+`<xmpro configSource="x.config" /><appSettings configSource="a.config" />`) +
			"-- SubscriptionManager/x.config --\n<xmpro configBuilders=\"V\"><autoScale enabled=\"${A}\" /></xmpro>\n-- SubscriptionManager/a.config --\n<appSettings configBuilders=\"V\"><add key=\"a\" value=\"${A}\" /></appSettings>\n", ""},
		{"a builder that is not in the file", tokenWithoutBuilder(), webFile(webHead + `<xmpro configBuilders="V"><autoScale enabled="${A}" /></xmpro>`), ""},

		{"override", appSettingsOverride(), settings(`<add key="XM__xmpro__autoScale__connectionString" value="cache01" />`), `warning 6 "cache01"`},
		{"override without prefix", appSettingsOverride(), settings(`<add key="xmpro__autoScale__enabled" value="true" />`), `warning 6 "true"`},
		{"override of something else", appSettingsOverride(), settings(`<add key="xm__xmpro__data__connectionString" value="Server=x;Password=s3cret" />`), `info 6 "Server=x;Password=s3cret"`},
		{"empty", appSettingsOverride(), settings(`<add key="xm__xmpro__autoScale__enabled" value="" />`), ""},
		{"the last one is empty", appSettingsOverride(), settings(`<add key="xm__xmpro__autoScale__enabled" value="true" /><add key="XM__XMPRO__AUTOSCALE__ENABLED" value="" />`), ""},
		{"the last one counts", appSettingsOverride(), settings("<add key=\"xm__xmpro__autoScale__enabled\" value=\"\" />\n<add key=\"XM__XMPRO__AUTOSCALE__ENABLED\" value=\"true\" />"), `warning 7 "true"`},
		{"taken back", appSettingsOverride(), settings(`<add key="xm__xmpro__autoScale__enabled" value="true" /><remove key="XM__XMPRO__AUTOSCALE__ENABLED" /><add key="xmpro__data__x" value="y" /><clear />`), ""},
		{"taken back before", appSettingsOverride(), settings(`<clear /><remove key="xm__xmpro__autoScale__enabled" /><add key="xm__xmpro__autoScale__enabled" value="true" />`), `warning 6 "true"`},
		{"taken back in the file of appSettings", appSettingsOverride(), webFile(webHead+`<appSettings file="more.config"><add key="xmpro__autoScale__enabled" value="true" /></appSettings><xmpro />`) +
			"-- SubscriptionManager/more.config --\n<appSettings><remove key=\"xmpro__autoScale__enabled\" /></appSettings>\n", ""},
		{"other keys", appSettingsOverride(), settings(`<add key="SM_VERSION" value="4.3.1" /><add key="xmproduct" value="x" />`), ""},

		{"override in the file of appSettings", appSettingsOverride(), webFile(webHead+`<appSettings file="more.config" /><xmpro />`) +
			"-- SubscriptionManager/more.config --\n<appSettings>\n<add key=\"xmpro__autoScale__enabled\" value=\"true\" />\n</appSettings>\n", `warning 2 "true"`},
		{"token in the source of appSettings", tokenWithoutBuilder(), webFile(webHead+`<appSettings configSource="more.config" /><xmpro />`) +
			"-- SubscriptionManager/more.config --\n<appSettings>\n<add key=\"a\" value=\"${A}\" />\n</appSettings>\n", `error 2 "${A}"`},
		{"source", sectionElsewhere(), webFile(webHead+`<xmpro configSource="x.config" />`) + "-- SubscriptionManager/x.config --\n<xmpro />\n", `info 6 <xmpro configSource="x.config" />`},
		{"source is missing", sectionElsewhere(), webFile(webHead + `<xmpro configSource="x.config" />`), ""},
		{"location", sectionElsewhere(), webFile(webHead + `<location path="sm"><xmpro /></location>`), "info 6 <xmpro />"},
		{"location of the folder itself", sectionElsewhere(), webFile(webHead + `<location path="." inheritInChildApplications="false"><xmpro /></location>`), "info 6 <xmpro />"},
		{"file of appSettings", sectionElsewhere(), webFile(webHead + `<appSettings file="more.config" /><xmpro />`), `info 6 <appSettings file="more.config" />`},
		{"file of appSettings outside", sectionElsewhere(), webFile(webHead + `<appSettings file="../more.config" /><xmpro />`), `info 6 <appSettings file="../more.config" />`},
		{"file of appSettings that was read", sectionElsewhere(), webFile(webHead+`<appSettings file="more.config" /><xmpro />`) + "-- SubscriptionManager/more.config --\n<appSettings />\n", `info 6 <appSettings file="more.config" />`},
		{"file of appSettings that is broken", sectionElsewhere(), webFile(webHead+`<appSettings file="more.config" /><xmpro />`) + "-- SubscriptionManager/more.config --\n<appSettings>\n", ""},
		{"source of appSettings is missing", sectionElsewhere(), webFile(webHead + `<appSettings configSource="more.config" /><xmpro />`), ""},

		{"no machineKey, one instance", machineKeyNotShared(), web(""), ""},
		{"no machineKey", machineKeyNotShared(), instances("instances: 2", "hosting: iis\n") + web(""), "warning 7 <system.web>"},
		{"no machineKey, no system.web", machineKeyNotShared(), instances("instances: 2", "") + webExample(off), "warning 2 <configuration>"},
		{"no machineKey on Azure", machineKeyNotShared(), instances("instances: 2", "hosting: azure-arm\n") + web(""), ""},
		{"machineKey", machineKeyNotShared(), instances("instances: 2", "") + web(keys), ""},
		{"machineKey that child applications do not inherit", machineKeyNotShared(), instances("instances: 2", "") + web(`</system.web><location path="." inheritInChildApplications="false"><system.web>`+keys+"</system.web></location><system.web>"), ""},
		{"machineKey of another folder", machineKeyNotShared(), instances("instances: 2", "") + web(`</system.web><location path="admin"><system.web>`+keys+"</system.web></location><system.web>"), "warning 7 <system.web>"},
		{"generated", machineKeyNotShared(), instances("instances: 2", "") + web(`<machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="EF01" />`), `warning 7 <machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="EF01" />`},
		{"encrypted machineKey", machineKeyNotShared(), instances("instances: 2", "") + web(`<machineKey configProtectionProvider="X"><EncryptedData /></machineKey>`), ""},
		{"nodes of which one has no key", machineKeyNotShared(), nodes + web(keys) + other(web("")), "warning 7 <system.web>"},
		{"nodes with the same key", machineKeyNotShared(), nodes + web(keys) + other(web(strings.Replace(keys, "ABCD", "abcd", 1))), ""},
		{"nodes of which one says what is the default", machineKeyNotShared(), nodes + web(keys) + other(web(strings.Replace(keys, " />", ` validation="HMACSHA256" decryption="Auto" />`, 1))), ""},
		{"nodes of which one has its key from a builder", machineKeyNotShared(), nodes + web(keys) + other(web(`<machineKey configBuilders="V" validationKey="${A}" decryptionKey="${B}" />`)), ""},
		{"nodes with two algorithms", machineKeyNotShared(), nodes + web(keys) + other(web(strings.Replace(keys, " />", ` validation="SHA1" />`, 1))), `error 7 <machineKey validationKey="ABCD" decryptionKey="EF01" validation="SHA1" />`},
		{"nodes with two keys", machineKeyNotShared(), nodes + web(keys) + other(web(strings.Replace(keys, "ABCD", "0000", 1))), `error 7 <machineKey validationKey="0000" decryptionKey="EF01" />`},

		{"certificate on one", certificatePerNode(), certificate, ""},
		{"certificate on two", certificatePerNode(), instances("instances: 2", "") + certificate, `info 7 "LocalMachine"`},

		{"copies", configCopyInSite(), webExample(off) + "-- SubscriptionManager/web.config.txt --\nx\n-- SubscriptionManager/web.old.config --\nx\n", "warning 1 "},
		{"no copies", configCopyInSite(), webExample(off), ""},
	}
	for _, tt := range tests {
		t.Run(tt.rule.ID+" "+tt.name, func(t *testing.T) {
			found := findings(t, tt.archive, tt.rule)
			if got := briefs(found); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			for _, f := range found {
				if strings.Contains(f.Message+f.Do, "s3cret") {
					t.Errorf("a secret in %q", f.Message)
				}
				checkFinding(t, f)
			}
		})
	}
}
