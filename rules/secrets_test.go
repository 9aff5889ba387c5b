package rules

import (
	"fmt"
	"strings"
	"testing"
)

// No rule shows a secret, wherever it stands.
func TestNoSecretIsShown(t *testing.T) {
	const secret = "hunter2"
	redis := "cache01:6380,password=" + secret + ",ssl=True"
	archives := map[string]string{
		"plain": manifest("version: 4.2.3\nredis: {connection: \""+redis+"\"}\nproducts:\n  app-designer: {path: AppDesigner, instances: 2}") +
			file("AppDesigner/appsettings.json", `{"xmpro": {"appDesigner": {"encryptionKey": "`+secret+`"}, "data": {"connectionString": "Server=.;Password=`+secret+`"},
"autoScale": {"enabled": true, "connectionString": "`+redis+`"}}}`) +
			product("DS", `"enabled": true, "connectionString": "`+redis+`,defaultDatabase=2,pasword=`+secret+`"`) +
			sm(`<autoScale enabled="true" connectionString="`+redis+`" /><xmcryptography><aes salt="`+secret+`" /></xmcryptography>`),
		"misplaced": file("AppDesigner/appsettings.json", `{"autoScale": {"enabled": "password=`+secret+`", "connectionString": "`+redis+`"}}`),
		"misspelled": ad(`"enabled": true, "conectionString": "`+redis+`"`) +
			sm(`<autoScale enabled="password=`+secret+`" connectionstring="`+redis+`" />`),
		"not a boolean": ad(`"enabled": "` + redis + `"`),
		"reference":     ad(`"enabled": true, "connectionString": "${HOST}:6380,password=` + secret + `"`),
		"placeholder":   ad(`"enabled": true, "connectionString": "your-redis,password=` + secret + `"`),
		"overlay":       ad(`"enabled": true, "connectionString": "`+redis+`"`) + file("AppDesigner/appsettings.Dev.json", `{"xmpro": {"autoScale": {"connectionString": "b:1,password=`+secret+`"}}}`),
		"duplicate":     ad(`"connectionString": "` + redis + `", "ConnectionString": "` + redis + `"`),
		"appSettings": file("SM/web.config", `<configuration><configSections><section name="xmpro" type="T" /></configSections><xmpro /><appSettings>
<add key="smtpPassword" value="`+secret+`${x}" /><add key="ApiToken" value="`+secret+`${x}" /><add key="Cache" value="c:1,password=`+secret+`,${x}" /></appSettings></configuration>`),
		"an API's token": file("SM/web.config", `<configuration><configSections><section name="xmpro" type="T" /></configSections><xmpro />
<appSettings><add value="`+secret+`${x}" key="ApiToken" /></appSettings></configuration>`),
		"versions": manifest("version: \"Server=.;Password="+secret+";\"") + sm(`<autoScale enabled="true" connectionString="`+redis+`" />`),
		"a version's key": file("SM/web.config", `<configuration><configSections><section name="xmpro" type="T" /></configSections><xmpro />
<appSettings><add key="SM_VERSION" value="Server=.;Password=`+secret+`;" /></appSettings></configuration>`),
		"a provider": file("SM/web.config", `<configuration><configSections><section name="xmpro" type="T" /></configSections>
<xmpro configProtectionProvider="Server=a;Password='`+secret+`';x"><EncryptedData /></xmpro></configuration>`),
		"drift": nodes("app-designer", "a", "b") + product("a", `"enabled": true, "connectionString": "`+redis+`"`) + product("b", `"enabled": true, "connectionString": "`+redis+`2"`),
	}
	for name, archive := range archives {
		for _, f := range findings(t, archive, All()...) {
			text := f.Message + f.Why + f.Do + f.Setting + fmt.Sprint(f.Environments)
			for _, r := range f.Related {
				text += r.Message
			}
			if f.Fix != nil {
				text += f.Fix.Title
			}
			if strings.Contains(text, secret) {
				t.Errorf("%s: %s shows a secret: %s", name, f.Rule.ID, text)
			}
		}
	}
}
