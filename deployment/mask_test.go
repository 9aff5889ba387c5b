package deployment

import (
	"net/url"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/schema"
)

func TestMask(t *testing.T) {
	const any = "xmpro:data:connectionString"
	for _, c := range []struct{ path, value, want string }{
		// whole secrets, by the path
		{"xmpro:xmnotification:email:password", "hunter2", "*****"},
		{"appSettings:xm__xmpro__xmcryptography__tripleDES__key", "hunter2", "*****"},
		{"xmpro:xmcryptography:aes:salt", "", ""},
		// Redis
		{"xmpro:autoScale:connectionString", "h:6379,password=hunter2,ssl=True", "h:6379,password=*****,ssl=True"},
		{"XM__XMPRO__AUTOSCALE__CONNECTIONSTRING", "h:6379,pasword=hunter2", "h:6379,pasword=*****"},
		{"configuration/xmpro/autoScale/connectionString", "h,password=hunter2", "h,password=*****"},
		{"redis.connection", "h,password=hunter2", "h,password=*****"},
		{"autoScale:connectionString", "redis://user:hunter2@h:6379", "redis://*****@h:6379"},
		{"xmpro:autoScale:enabled", "h,auth=hunter2", "h,auth=*****"}, // the two values swapped
		{"xmpro:autoScale:enabled", "True", "True"},
		{"xmpro:autoScale:conectionString", "user:hunter2@h:6379", "*****@h:6379"},
		{"configuration/xmpro/autoScal/connectionString", "h:6379,pasword=hunter2", "h:6379,pasword=*****"},
		{"xmpro:AutoScaling:connection", "h,pasword=hunter2", "h,pasword=hunter2"}, // another word
		{"xm__xmpro__autScale__connectionString", "user:hunter2@h:6379", "*****@h:6379"},
		{"xmpro:autoScale", "h:6379,pasword=hunter2", "h:6379,pasword=*****"},
		{"ConnectionStrings:Redis", "h:6379,auth=hunter2", "h:6379,auth=*****"},
		{"appSettings:REDIS", "user:hunter2@h:6379", "*****@h:6379"},
		{"xmpro:redis", "h:6379,password=hunter2,x", "h:6379,password=*****"},
		{"xmpro:autoScal:connectionString", "p=hunter2,h", "p=*****,h"},
		{"autoScale", "pass=hunter2,h", "pass=*****,h"},
		// Redis, in the wrong place
		{"xmpro:cache", "h:6379,pasword=hunter2", "h:6379,pasword=*****"},
		{"version", "h,ssl=True,p=hunter2", "h,ssl=True,p=*****"},
		{any, "XMPro.Host, Version=4.0.0.0, Culture=neutral", "XMPro.Host, Version=4.0.0.0, Culture=neutral"},
		{any, "a, b=2", "a, b=2"},
		// references to a vault, whole
		{"xmpro:autoScale:connectionString", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/Redis-1/)", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/Redis-1/)"},
		{"xmpro:autoScale:connectionString", "@microsoft.keyvault(secreturi=https://v.vault.azure.net/secrets/R/0f9a)", "@microsoft.keyvault(secreturi=https://v.vault.azure.net/secrets/R/0f9a)"},
		{"xmpro:autoScale:connectionString", "@Microsoft.KeyVault(VaultName=v;SecretName=r)", "@Microsoft.KeyVault(VaultName=v;SecretName=r)"},
		{"xmpro:autoScale:connectionString", "@Microsoft.KeyVault(SecretUri=https://u:hunter2@v/secrets/R)", "@Microsoft.KeyVault(SecretUri=*****"},
		{"xmpro:autoScale:connectionString", "@Microsoft.KeyVault(SecretUri=https://v/secrets/R),password=hunter2", "@Microsoft.KeyVault(SecretUri=*****,password=*****"},
		{"xmpro:autoScale:connectionString", "@Microsoft.KeyVault(password=hunter2)", "@Microsoft.KeyVault(password=*****"},
		{"xmpro:email:password", "@Microsoft.KeyVault(VaultName=v;SecretName=r)", "*****"},
		// SQL
		{any, "Server=s;User ID=u;Password=hunter2;Encrypt=True", "Server=s;User ID=u;Password=*****;Encrypt=True"},
		{any, "Server=s;PWD = hunter2 ;App=a", "Server=s;PWD = *****;App=a"},
		{any, "Password=a,b&c'd\"e;App=a", "Password=*****;App=a"},
		{any, `Password="a;b""c;d";App=a`, "Password=*****;App=a"},
		{any, `Password='a;b''c;d' ;App=a`, "Password=*****;App=a"},
		{any, `Password="""a;b";App=a`, "Password=*****;App=a"},
		{any, `Password="";App=a`, "Password=*****;App=a"},
		{any, `Password=;App=a`, "Password=;App=a"},
		{any, `Password=`, "Password="},
		{any, `Password={a;b}}c};App=a`, "Password=*****;App=a"},
		{any, `Password={a;b`, "Password=*****;b"},
		{any, `Password="a;b`, "Password=*****"},
		{any, `Password="a"b;c"`, "Password=*****"},
		{any, `a=1;provider connection string="Server=s;Password=hunter2;App=EF"`, `a=1;provider connection string="Server=s;Password=*****;App=EF"`},
		{any, `a=1;provider connection string="Server=s;Password=""a;b"";App=EF"`, `a=1;provider connection string="Server=s;Password=*****;App=EF"`},
		{any, `provider connection string="Password=""a;b"""`, `provider connection string="Password=*****`},
		{any, "Endpoint=sb://ns/;SharedAccessKeyName=root;SharedAccessKey=abc=", "Endpoint=sb://ns/;SharedAccessKeyName=root;SharedAccessKey=*****"},
		{"ApplicationInsights:ConnectionString", "InstrumentationKey=0000-1111;IngestionEndpoint=https://x/", "InstrumentationKey=*****;IngestionEndpoint=https://x/"},
		// URLs
		{any, "smtp://user:hunter2@mail:25", "smtp://*****@mail:25"},
		{any, "https://tok3n@host/x?mail=a@b", "https://*****@host/x?mail=a@b"},
		{any, "amqp://u:p/w#1@host/x", "amqp://*****@host/x"},
		{any, "amqp://u:12/w@host/x", "amqp://*****@host/x"},
		{any, "amqp://u:p w@host/x", "amqp://*****@host/x"},
		{any, "amqp://u:p@a/b@host", "amqp://*****@host"},
		{any, "https://host:8443/health", "https://host:8443/health"},
		{any, "https://host/x?mail=a@b", "https://host/x?mail=a@b"},
		{any, "http://[::1]:80/", "http://[::1]:80/"},
		// nothing to hide
		{any, "Server=s;Trusted_Connection=True", "Server=s;Trusted_Connection=True"},
		{any, "a@b=c", "a@b=c"},
		{"configSections:section:type", "System.X, Version=4.0.0.0, PublicKeyToken=b03f5f7f11d50a3a", "System.X, Version=4.0.0.0, PublicKeyToken=b03f5f7f11d50a3a"},
		{any, "metadata=res://*/C.csdl|res://*/C.ssdl", "metadata=res://*/C.csdl|res://*/C.ssdl"},
		{any, "Password Policy=strict", "Password Policy=strict"},
		{any, "://", "://"},
		{any, "=", "="},
	} {
		if got := Mask(c.path, c.value); got != c.want {
			t.Errorf("Mask(%q, %q)\n got %q\nwant %q", c.path, c.value, got, c.want)
		}
	}
	if n := testing.AllocsPerRun(100, func() { Mask("Serilog:WriteTo:0:Name", "Server=s;Trusted_Connection=True;https://x/") }); n != 0 {
		t.Errorf("%v allocations for a value without a secret", n)
	}
}

// sqlQuote quotes a value as DbConnectionStringBuilder does.
func sqlQuote(v string) string {
	if v != "" && !strings.ContainsAny(v, ";\"'={} \t\r\n\x00") {
		return v
	}
	if strings.Contains(v, `"`) && !strings.Contains(v, "'") {
		return "'" + v + "'"
	}
	return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
}

// A password never survives, however it is written.
func FuzzMask(f *testing.F) {
	for _, secret := range []string{"hunter2", "a;b", `a"b;c`, `a'b"c;d`, "a,b=c;d", "p@ss/w:rd", "{x};y", `""x`, "x''", "=x=", "a b", "ünï;code", "://x@y", "12/34@5"} {
		f.Add(secret)
	}
	frames := []string{
		"Server=s;Password=%;Encrypt=True",
		"Password = %",
		"pwd=%;PASSWORD=%;x=1",
		"Endpoint=sb://n/;SharedAccessKey=%",
	}
	f.Fuzz(func(t *testing.T, secret string) {
		if strings.ContainsRune(secret, 0) || len(strings.Trim(secret, "* =;{}\"'")) < 4 {
			return
		}
		check := func(path, frame, quoted string) {
			t.Helper()
			if strings.Contains(strings.ReplaceAll(frame, "%", schema.Mask), secret) {
				return // what is left stands around the secret, too
			}
			value := strings.ReplaceAll(frame, "%", quoted)
			masked := Mask(path, value)
			if strings.Contains(masked, secret) {
				t.Errorf("Mask(%q, %q) = %q shows %q", path, value, masked, secret)
			}
			if again := Mask(path, masked); again != masked && strings.Contains(again, secret) {
				t.Errorf("masked twice, %q shows %q", again, secret)
			}
		}
		for _, frame := range frames {
			quoted := sqlQuote(secret)
			check("x", frame, quoted)
			check("x", `provider connection string="`+frame+`"`, strings.ReplaceAll(quoted, `"`, `""`))
		}
		check("x", "Driver={x};Pwd=%;y=1", "{"+strings.ReplaceAll(secret, "}", "}}")+"}")
		check("x", "https://user:%@host/path", url.QueryEscape(secret))
		if !strings.ContainsAny(secret, "\"'<> \t\r\n/?#") {
			check("x", "https://user:%@host/path", secret)
		}
		if !strings.ContainsAny(secret, ",") && strings.TrimSpace(secret) == secret {
			check(schema.Connection, "h:6379,password=%,ssl=True", secret)
		}
		check("a:clientSecret", "%", secret)
	})
}
