package rules

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/lint"
)

func TestEnabledNotBoolean(t *testing.T) {
	check(t, "XM2003", []oneCase{
		{"true", ad(`"enabled": true`), ""},
		{"text", ad(`"enabled": " TRUE "`), ""},
		{"yes", ad(`"enabled": "yes"`), `error 1 "yes"`},
		{"a number", ad(`"enabled": 1`), "error 1 1"},
		{"empty", ad(`"enabled": ""`), `error 1 ""`},
		{"null is the empty text", ad(`"enabled": null`), "error 1 null"},
		{"absent", ad(`"connectionString": ""`), ""},
		{"an empty object has no value", ad(`"enabled": {}`), ""},
		{"a reference", ad(`"enabled": "#{AutoScale}#"`), ""},
		{"web.config", sm(`<autoScale enabled="1" />`), `error 3 "1"`},
		{"web.config, any casing", sm(`<autoScale enabled="TRUE" />`), ""},
		{"a reference without a builder is XM4003", sm(`<autoScale enabled="${ON}" />`), ""},
		{"in an overlay", ad(on) + file("AppDesigner/appsettings.Dev.json", `{"xmpro": {"autoScale": {"enabled": "on"}}}`), `error 1 "on"`},
		{"a variable", ad(on) + file("AppDesigner/web.config", `<configuration><system.webServer><aspNetCore><environmentVariables>
<environmentVariable name="XM__XMPRO__AUTOSCALE__ENABLED" value="on" /></environmentVariables></aspNetCore></system.webServer></configuration>`), `error 2 "on"`},
		{"AI does not read it", product("AI", `"enabled": "yes"`), ""},
		{"an unknown product may", file("x/appsettings.json", `{"xmpro": {"autoScale": {"enabled": "yes"}}}`), `error 1 "yes"`},
	})
}

func TestMeantBool(t *testing.T) {
	for text, want := range map[string]string{
		"1": "true safe", "Yes": "true safe", " on ": "true safe", "true;": "true safe", `"true"`: "true safe", "enabled": "true safe",
		"0": "false safe", "NO": "false safe", "-": "false safe", "disabled": "false safe",
		"": "false unsafe", "ture": "true unsafe", "flase": "false unsafe", "tru": "true unsafe",
		"2": " ", "maybe": " ", "cache01:6379": " ", "o": " ",
	} {
		meant, safety := meantBool(text)
		if got := meant + " " + string(safety); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestConnectionStringMissing(t *testing.T) {
	check(t, "XM2004", []oneCase{
		{"there", ad(on), ""},
		{"empty", ad(`"enabled": true, "connectionString": ""`), `error 1 ""`},
		{"blank", ad(`"enabled": true, "connectionString": " \t"`), `error 1 " \t"`},
		{"a dash", ad(`"enabled": true, "connectionString": "-"`), `error 1 "-"`},
		{"null", ad(`"enabled": true, "connectionString": null`), `error 1 null`},
		{"absent", ad(`"enabled": true`), `error 1 "autoScale"`},
		{"an empty array", ad(`"enabled": true, "connectionString": []`), `error 1 []`},
		{"off", ad(off), ""},
		{"a reference", ad(`"enabled": true, "connectionString": "${REDIS}"`), ""},
		{"only in the overlay", ad(`"enabled": true`) + file("AppDesigner/appsettings.Production.json", `{"xmpro": {"autoScale": {"connectionString": "a"}}}`), `error 1 "autoScale"`},
		{"in the overlay of the environment", manifest("environment: Production") + ad(`"enabled": true`) + file("AppDesigner/appsettings.Production.json", `{"xmpro": {"autoScale": {"connectionString": "a"}}}`), ""},
		{"misspelled is XM2007", ad(`"enabled": true, "conectionString": "a"`), ""},
		{"web.config", sm(`<autoScale enabled="true" />`), `error 3 <autoScale enabled="true" />`},
		{"AI", product("AI", `"enabled": true`), ""},
	})
}

func TestConnectionStringPlaceholder(t *testing.T) {
	with := func(s string) string { return ad(`"enabled": true, "connectionString": "` + s + `"`) }
	check(t, "XM2005", []oneCase{
		{"angle brackets", with("<redis connection string>"), `error 1 "<redis connection string>"`},
		{"a host", with("your-redis.example.com:6380,ssl=True"), `error 1 "your-redis.example.com:6380,ssl=True"`},
		{"a second host", with("cache01:6379,changeme"), `error 1 "cache01:6379,changeme"`},
		{"the first label", with("<name>.redis.cache.windows.net:6380"), `error 1 "<name>.redis.cache.windows.net:6380"`},
		{"all of it", with("<host:port,password>"), `error 1 "<host:port,password>"`},
		{"a password is none of its business", with("cache01:6379,password=<secret>"), ""},
		{"fine", with("cache01:6379"), ""},
		{"off", ad(`"enabled": false, "connectionString": "<redis connection string>"`), ""},
	})
	if f := findings(t, with("your-redis:6380,ssl=True,abortConnect=False"), Find("XM2005"))[0]; !strings.Contains(f.Message, `placeholder "your-redis" from`) {
		t.Errorf("the message does not name the host: %s", f.Message)
	}
	f := findings(t, with("<name>.redis.cache.windows.net:6380,password=hunter2"), Find("XM2005"))[0]
	if strings.Contains(f.Message+f.Do, "hunter2") {
		t.Errorf("the message shows a password: %s", f.Message)
	}
}

func TestSettingUnresolved(t *testing.T) {
	builder := func(mode, elements string) string {
		return file("SM/web.config", `<configuration>
  <configSections><section name="xmpro" type="a" /></configSections>
  <configBuilders><builders><add name="v" mode="`+mode+`" type="t" /></builders></configBuilders>
  <xmpro configBuilders="v">`+elements+`</xmpro>
</configuration>`)
	}
	check(t, "XM2011", []oneCase{
		{"a builder's token in JSON", ad(`"enabled": true, "connectionString": "${REDIS}"`), `warning 1 "${REDIS}"`},
		{"a token inside", ad(`"enabled": true, "connectionString": "cache01:6379,password=${PW}"`), `warning 1 "cache01:6379,password=${PW}"`},
		{"a vault reference in JSON", ad(`"enabled": "@Microsoft.KeyVault(SecretUri=https://v/a)"`), `warning 1 "@Microsoft.KeyVault(SecretUri=https://v/a)"`},
		{"a pipeline's token", ad(`"enabled": "#{ON}#", "connectionString": "$(REDIS)"`), "info 1 \"#{ON}#\"\ninfo 1 \"$(REDIS)\""},
		{"a pipeline's token in web.config", file("SM/web.config", `<configuration><configSections><section name="xmpro" type="T" /></configSections><xmpro><autoScale enabled="#{ON}#" connectionString="$(REDIS)" /></xmpro></configuration>`), "info 1 \"#{ON}#\"\ninfo 1 \"$(REDIS)\""},
		{"a builder expands it", builder("Expand", `<autoScale enabled="${ON}" connectionString="${REDIS}" />`), "info 4 \"${ON}\"\ninfo 4 \"${REDIS}\""},
		{"none expands it: XM4003", builder("Strict", `<autoScale enabled="${ON}" connectionString="${REDIS}" />`), ""},
		{"a vault", file("AppDesigner/appsettings.json", "{\"xmpro\": {\n\"keyVault\": {\"provider\": \"Azure\", \"name\": \"v\"}, \"autoScale\": {\"enabled\": false}}}"), `info 2 "Azure"`},
		{"no vault", file("AppDesigner/appsettings.json", `{"xmpro": {"keyVault": {"provider": "", "name": ""}}}`), ""},
		{"literals", ad(on), ""},
		{"AI", product("AI", `"enabled": "${ON}"`), ""},
	})
	for text, want := range map[string]string{
		"#{REDIS}#": "is a reference,", "#{HOST}#:6379,ssl=True": "has a reference in it,",
		"cache01:6379,password=#{PW}#": "has a reference in it,", "[concat('a', parameters('b'))]": "is a reference,",
	} {
		if f := findings(t, ad(`"enabled": true, "connectionString": "`+text+`"`), Find("XM2011"))[0]; !strings.Contains(f.Message, want) {
			t.Errorf("%s: %s", text, f.Message)
		}
	}
}

func TestSettingShadowed(t *testing.T) {
	overlay := func(name, members string) string {
		return file("AppDesigner/appsettings."+name+".json", `{"xmpro": {"autoScale": {`+members+`}}}`)
	}
	variables := func(pairs ...string) string {
		text := "<configuration><system.webServer><aspNetCore><environmentVariables>\n"
		for i := 0; i < len(pairs); i += 2 {
			text += `<environmentVariable name="` + pairs[i] + `" value="` + pairs[i+1] + "\" />\n"
		}
		return file("AppDesigner/web.config", text+"</environmentVariables></aspNetCore></system.webServer></configuration>")
	}
	check(t, "XM2010", []oneCase{
		{"an overlay, environment unknown", ad(on) + overlay("Production", `"enabled": false`), "warning 1 false"},
		{"an overlay, environment known", manifest("environment: Production") + ad(on) + overlay("Production", `"enabled": false`), "info 1 false"},
		{"an overlay of another environment", manifest("environment: Production") + ad(on) + overlay("Dev", `"enabled": false`), ""},
		{"the same bound value", ad(on) + overlay("Production", `"enabled": "TRUE"`), ""},
		{"no Redis either way", ad(off) + overlay("Production", `"connectionString": "-"`), ""},
		{"the overlay alone has it", file("AppDesigner/appsettings.json", `{"xmpro": {}}`) + overlay("Production", on), ""},
		{"two overlays", ad(on) + overlay("Dev", `"enabled": false`) + overlay("Test", `"enabled": "false"`), "warning 1 false\nwarning 1 \"false\""},
		{"null is false", ad(off) + overlay("Production", `"enabled": {}`), ""},
		{"in the base too", ad(`"enabled": []`) + overlay("Production", `"enabled": false`), ""},
		{"null, which is not on", ad(on) + overlay("Production", `"enabled": {}`), "warning 1 {}"},
		{"null instead of an empty text, which throws", ad(`"enabled": null`) + overlay("Production", `"enabled": []`), "warning 1 []"},
		{"a variable", ad(on) + variables("xm__xmpro__autoScale__enabled", "false"), `warning 2 "false"`},
		{"a variable, the same", ad(on) + variables("XM__XMPRO__AUTOSCALE__ENABLED", "True"), ""},
		{"two variables", ad(off) + variables("XM__XMPRO__AUTOSCALE__ENABLED", "true", "XMPRO__AUTOSCALE__ENABLED", "false"), `warning 2 "true"`},
		{"two variables of one kind", ad(off) + variables("xm__xmpro__autoScale__enabled", "true", "xm:xmpro:autoScale:enabled", "false"), `warning 3 "false"`},
		{"both", ad(off) + variables("XM__XMPRO__AUTOSCALE__ENABLED", "true", "XM__XMPRO__AUTOSCALE__CONNECTIONSTRING", "a:1"), "warning 2 \"true\"\nwarning 3 \"a:1\""},
		{"a reference", ad(on) + overlay("Production", `"connectionString": "#{R}#"`), ""},
		{"of a product without Auto Scale: XM2008", product("AI", on) + file("AI/appsettings.Production.json", `{"xmpro": {"autoScale": {"enabled": false}}}`), ""},
	})
	f := findings(t, ad(`"enabled": true, "connectionString": "a,password=hunter2"`)+overlay("Production", `"connectionString": "b,password=hunter3"`), Find("XM2010"))[0]
	if text := f.Message + f.Do + f.Related[0].Message; strings.Contains(text, "hunter") {
		t.Errorf("the finding shows a password: %s", text)
	}
	if !strings.Contains(f.Message, "Production") || f.Related[0].Path != "AppDesigner/appsettings.json" || f.Fix.Safety != lint.Unsafe {
		t.Errorf("%s, %+v, %+v", f.Message, f.Related, f.Fix)
	}
}

func TestConnectionStringsDiffer(t *testing.T) {
	with := func(a, b string) string {
		return ad(`"enabled": true, "connectionString": "`+a+`"`) + product("DS", `"enabled": true, "connectionString": "`+b+`"`)
	}
	check(t, "XM2013", []oneCase{
		{"equal", with("a:6379", "a:6379"), ""},
		{"in another order", with("a:6379,ssl=False,name=x", "A,name=y,channelPrefix=z,ssl=False"), ""},
		{"another database", with("a", "a,defaultDatabase=3"), `warning 1 "a,defaultDatabase=3"`},
		{"database 0 is the default", with("a", "a,defaultDatabase=0"), ""},
		{"another server", with("a", "b"), `info 1 "b"`},
		{"one in common", with("a,b", "b,c"), ""},
		{"off", ad(`"enabled": true, "connectionString": "a"`) + product("DS", `"enabled": false, "connectionString": "a,defaultDatabase=3"`), `info 1 "a,defaultDatabase=3"`},
		{"no Redis", with("a", "-"), ""},
		{"a reference", with("a", "${REDIS}"), ""},
		{"one that throws", with("a", "a,x=1"), ""},
		{"three", with("a", "a,defaultDatabase=1") + sm(`<autoScale enabled="true" connectionString="a,defaultDatabase=2" />`), "warning 1 \"a,defaultDatabase=1\"\nwarning 3 \"a,defaultDatabase=2\""},
		{"two agree, and the first does not", with("a,defaultDatabase=1", "a") + sm(`<autoScale enabled="true" connectionString="a" />`), `warning 1 "a,defaultDatabase=1"`},
		{"two agree, and the second does not", with("a", "b") + sm(`<autoScale enabled="true" connectionString="a" />`), `info 1 "b"`},
		{"two agree, one of them off", ad(`"enabled": true, "connectionString": "b"`) + product("DS", `"enabled": false, "connectionString": "a"`) + sm(`<autoScale enabled="true" connectionString="a" />`), `info 1 "b"`},
		{"AI has no use for it", with("a", "a") + product("AI", `"enabled": true, "connectionString": "a,defaultDatabase=3"`), ""},
	})
}

func TestNodeDrift(t *testing.T) {
	key := func(dir, key string) string {
		return file(dir+"/appsettings.json", `{"xmpro": {"appDesigner": {"encryptionKey": "`+key+`"}, "autoScale": {`+on+`}}}`)
	}
	web := func(dir, machineKey, elements string) string {
		return file(dir+"/web.config", `<configuration>
<configSections><section name="xmpro" type="a" /></configSections>
<xmpro>`+elements+`</xmpro>
<system.web>`+machineKey+`</system.web>
</configuration>`)
	}
	salted := func(salt string) string {
		return smOn + `<xmcryptography><aes encryptionCertificate="CN=a" salt="` + salt + `" /></xmcryptography>`
	}
	ads, sms := nodes("app-designer", "a", "b"), nodes("subscription-manager", "a", "b")
	redis := func(text string) string { return `"enabled": true, "connectionString": "` + text + `"` }
	check(t, "XM2015", []oneCase{
		{"equal", ads + product("a", on) + product("b", on), ""},
		{"one is off", ads + product("a", on) + product("b", off), "error 1 false\nerror 1 \"\""},
		{"off and absent are equal", ads + product("a", off) + file("b/appsettings.json", `{"xmpro": {}}`), ""},
		{"True and true are equal", ads + product("a", on) + product("b", strings.Replace(on, "true", `"True"`, 1)), ""},
		{"options in another order", ads + product("a", redis("cache01:6379,ssl=True,abortConnect=False,name=a")) + product("b", redis("CACHE01:6379,abortConnect=false,SSL=true,name=b")), ""},
		{"another password", ads + product("a", redis("cache01:6379,password=p1")) + product("b", redis("cache01:6379,password=p2")), `error 1 "cache01:6379,password=p2"`},
		{"strings that cannot be read", ads + product("a", redis("cache01:6379,no=1")) + product("b", redis("cache01:6379,NO=1")), `error 1 "cache01:6379,NO=1"`},
		{"one key", ads + key("a", "k1") + key("b", "k1"), ""},
		{"two keys", ads + key("a", "k1") + key("b", "k2"), `error 1 "k2"`},
		{"a key is missing", ads + key("a", "k1") + product("b", on), `error 1 "autoScale"`},
		{"a broken node", ads + key("a", "k1") + file("b/appsettings.json", "{"), ""},
		{"a vault may have it", ads + key("a", "k1") + file("b/appsettings.json", `{"xmpro": {"keyVault": {"provider": "Azure"}}}`), ""},
		{"the salt", sms + web("a", "", salted("s1")) + web("b", "", salted("s2")), `error 3 "s2"`},
		{"machineKey", sms + web("a", `<machineKey validationKey="A1" decryptionKey="B" />`, smOn) + web("b", `<machineKey validationKey="A2" decryptionKey="B" />`, smOn), `error 4 "A2"`},
		{"machineKey of one only", sms + web("a", `<machineKey validationKey="A1" />`, smOn) + web("b", "", smOn), "error 4 <system.web>"},
		{"machineKey in another casing", sms + web("a", `<machineKey validationKey="a1" decryptionKey="0B" />`, smOn) + web("b", `<machineKey validationKey="A1" decryptionKey="0b" />`, smOn), ""},
		{"both parts of machineKey", sms + web("a", `<machineKey validationKey="A1" decryptionKey="B1" />`, smOn) + web("b", `<machineKey validationKey="A2" decryptionKey="B2" />`, smOn), `error 4 <machineKey validationKey="A2" decryptionKey="B2" />`},
		{"machineKey that is not seen", sms + web("a", `<machineKey validationKey="A1" decryptionKey="B" />`, smOn) + web("b", `<machineKey configSource="key.config" />`, smOn), ""},
		{"machineKey that is encrypted", sms + web("a", `<machineKey validationKey="A1" decryptionKey="B" />`, smOn) + web("b", `<machineKey configProtectionProvider="X"><EncryptedData /></machineKey>`, smOn), ""},
		{"machineKey that each node makes", sms + web("a", `<machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="AutoGenerate" />`, smOn) + web("b", "", smOn), ""},
		{"an encrypted node", sms + web("a", "", smOn) + file("b/web.config", `<configuration><configSections><section name="xmpro" type="a" /></configSections><xmpro configProtectionProvider="RsaProtectedConfigurationProvider"><EncryptedData /></xmpro></configuration>`), ""},
		{"one node", ad(on), ""},
	})
	f := findings(t, ads+key("a", "k1")+key("b", "k2"), Find("XM2015"))[0]
	if strings.Contains(f.Message+f.Do+f.Related[0].Message, "k1") || !strings.Contains(f.Message, "n1 and n2") || f.Node != "n2" || f.Step != "share-keys" {
		t.Errorf("%s, node %s, step %s", f.Message, f.Node, f.Step)
	}
}
