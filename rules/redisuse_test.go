package rules

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
)

// TestRedisDeployments judges what depends on more than the string.
func TestRedisDeployments(t *testing.T) {
	off := strings.Replace(redisExample("cache01:6379,nonsense=1"), "true", "false", 1)
	deps := func(version string) string {
		return "-- AppDesigner/XMPro.AppDesigner.deps.json --\n{\"libraries\": {\"StackExchange.Redis/" + version + "\": {}}}\n"
	}
	two := "-- xmpro.yaml --\nproducts:\n  app-designer: {path: AppDesigner, instances: 2}\n"
	sm := func(connection string) string {
		return webExample(`<autoScale enabled="true" connectionString="` + connection + `" />`)
	}
	tests := []struct {
		name    string
		rule    *lint.Rule
		archive string
		want    string
	}{
		{"off is information", redisSyntax(), off, "info 5 nonsense"},
		{"absent is information", redisSyntax(), strings.Replace(off, `"enabled": false,`, "", 1), "info 5 nonsense"},
		{"invalid is not", redisSyntax(), strings.Replace(off, "false", `"maybe"`, 1), "error 5 nonsense"},
		{"another product's file", redisSyntax(), strings.Replace(off, "AppDesigner", "StreamHost", 1), "info 5 nonsense"},
		{"an overlay switches it on", redisSyntax(),
			off + "-- AppDesigner/appsettings.Production.json --\n{\"xmpro\": {\"autoScale\": {\"enabled\": true}}}\n", "error 5 nonsense"},
		{"an overlay hides it", redisSyntax(),
			"-- xmpro.yaml --\nenvironment: Production\n" + off + "-- AppDesigner/appsettings.Production.json --\n{\"xmpro\": {\"autoScale\": {\"connectionString\": \"cache01\"}}}\n", ""},
		{"two overlays", redisSyntax(),
			off + "-- AppDesigner/appsettings.A.json --\n{\"xmpro\": {\"autoScale\": {\"connectionString\": \"a,x=1\"}}}\n" +
				"-- AppDesigner/appsettings.B.json --\n{\"xmpro\": {\"autoScale\": {\"connectionString\": \"b,x=1\"}}}\n", "info 1 x\ninfo 1 x\ninfo 5 nonsense"},
		{"the client is known", redisSyntax(), deps("2.6.96") + redisExample("cache01,protocol=resp3"), "error 5 protocol"},
		{"the client is new enough", redisSyntax(), deps("2.8.0") + redisExample("cache01,protocol=resp3"), ""},
		{"a client that knows the host", redisTLSMismatch(), deps("2.13.23") + redisExample("x.redis.azure.net:10000"), ""},
		{"a client that does not", redisTLSMismatch(), deps("2.6.96") + redisExample("x.redis.azure.net:10000"), "error 5 x.redis.azure.net:10000"},

		{"in an environment variable", redisAbortConnect(), `-- AppDesigner/appsettings.json --
{"xmpro": {"appDesigner": {"encryptionKey": "x"}}}
-- AppDesigner/web.config --
<configuration><system.webServer><aspNetCore processPath="dotnet">
<environmentVariables>
<environmentVariable name="xm__xmpro__autoScale__connectionString" value="cache01:6379,abortConnect=&#116;rue" />
</environmentVariables></aspNetCore></system.webServer></configuration>
`, "info 3 abortConnect=&#116;rue"},
		{"in web.config", redisAbortConnect(), sm("cache01,password=a&amp;b,abortConnect=1"), "warning 7 abortConnect=1"},

		{"under version control", redisPlaintextSecret(), "-- .git/HEAD --\nref\n" + redisExample("cache01,password=s3cret"), "warning 5 s3cret"},
		{"under version control and off", redisPlaintextSecret(), "-- .git/HEAD --\nref\n" + strings.Replace(redisExample("cache01,password=s3cret"), "true", "false", 1), "info 5 s3cret"},

		{"in a string that throws", redisPlaintextSecret(), "-- .git/HEAD --\nref\n" + redisExample("cache01,nonsense=1,password=s3cret"), "warning 5 s3cret"},
		{"behind a misspelt option", redisPlaintextSecret(), redisExample("cache01,pasword=s3cret"), "info 5 s3cret"},
		{"behind another option that is none", redisPlaintextSecret(), redisExample("cache01,nonsense=1"), ""},
		{"in a URL", redisPlaintextSecret(), redisExample("redis://:s3cret@cache01:6379"), "info 5 :s3cret"},
		{"a URL without one", redisPlaintextSecret(), redisExample("redis://cache01:6379"), ""},
		{"a placeholder for it", redisPlaintextSecret(), redisExample("cache01,password=<access key>"), ""},

		{"a placeholder for the first label, and no more of it", redisSuspectHost(), redisExample("<name>.redis.cache.windows.net:6380,ssl=True"), ""},
		{"nor of its service", redisServiceRetiring(), redisExample("<name>.redis.cache.windows.net:6380,ssl=True"), ""},

		{"two instances", redisLocalHost(), two + redisExample("localhost"), "warning 5 localhost"},
		{"two instances and an address", redisLocalHost(), two + redisExample("127.0.0.1:6379"), "warning 5 127.0.0.1:6379"},
		{"two instances and a name", redisLocalHost(), two + redisExample("cache01"), ""},
		{"another product has two", redisLocalHost(), two + redisExample("cache01") + sm("localhost"), "warning 7 localhost"},
		{"Stream Host has two", redisLocalHost(), "-- xmpro.yaml --\nproducts:\n  stream-host: {instances: 2}\n" + redisExample("localhost"), ""},

		{"scripts", redisBreaksSignalR(), sm("cache01,$EVAL=,$INCR="), "error 7 $EVAL=\nerror 7 $INCR="},
		{"prefix", redisPrefixAndSM(), sm("cache01,channelPrefix=a"), "warning 7 channelPrefix=a"},
		{"prefix and the library", redisPrefixAndSM(), sm("cache01,channelPrefix=a") + "-- SubscriptionManager/bin/Microsoft.AspNet.SignalR.Redis.dll --\n", "error 7 channelPrefix=a"},
		{"prefix while off", redisPrefixAndSM(), strings.Replace(sm("cache01,channelPrefix=a"), "true", "false", 1), "info 7 channelPrefix=a"},

		{"cluster by name", redisClusterAndSM(), sm("clustercfg.x.euw1.cache.amazonaws.com:6379"), "warning 7 clustercfg.x.euw1.cache.amazonaws.com:6379"},
		{"serverless", redisClusterAndSM(), sm("x-1.serverless.euw1.cache.amazonaws.com:6379"), "warning 7 x-1.serverless.euw1.cache.amazonaws.com:6379"},
		{"one node", redisClusterAndSM(), sm("master.x.euw1.cache.amazonaws.com:6379"), ""},
		{"cluster elsewhere", redisClusterAndSM(), "-- xmpro.yaml --\nredis: {cluster: true, connection: \"cache09:6379\"}\n" + sm("cache01"), ""},
		{"cluster here", redisClusterAndSM(), "-- xmpro.yaml --\nredis: {cluster: true, connection: \"CACHE01:6379\"}\n" + sm("cache01"), `warning 7 "cache01"`},
		{"database on a cluster", redisDatabaseUnavailable(), "-- xmpro.yaml --\nredis: {cluster: true}\n" + redisExample("cache01,defaultDatabase=3"), "error 5 defaultDatabase=3"},
		{"database on a managed service", redisDatabaseUnavailable(), "-- xmpro.yaml --\nredis: {service: azure-managed}\n" + redisExample("cache01,defaultDatabase=3"), "error 5 defaultDatabase=3"},
		{"service by the manifest", redisServiceRetiring(), "-- xmpro.yaml --\nredis: {service: azure-cache}\n" + redisExample("cache01"), `info 5 "cache01"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := briefs(findings(t, tt.archive, tt.rule)); got != tt.want {
				t.Errorf("%s:\ngot  %s\nwant %s", tt.rule.ID, got, tt.want)
			}
		})
	}
}

// TestPlannedRedis judges the manifest's connection string.
func TestPlannedRedis(t *testing.T) {
	off, on := ad(off), ad(on)
	planned := func(text string) string {
		return "-- xmpro.yaml --\nname: a\nredis:\n  service: other\n  connection: " + text + "\n"
	}
	tests := []struct {
		name    string
		rule    *lint.Rule
		archive string
		want    string
		step    string
	}{
		{"throws", redisSyntax(), planned("cache01:6379,pasword=s3cret") + off, "error 4 pasword", "provision-redis"},
		{"throws, quoted", redisSyntax(), planned(`"cache01:6379,pasword=s3cret"`) + off, "error 4 pasword", "provision-redis"},
		{"throws, escaped", redisSyntax(), planned(`"cache01:6379,\u0070asword=s3cret"`) + off, `error 4 "cache01:6379,\u0070asword=s3cret"`, "provision-redis"},
		{"throws, while a product is on", redisSyntax(), planned("cache01:6379,pasword=s3cret") + on, "error 4 pasword", ""},
		{"throws, and Redis is said to be there", redisSyntax(), planned("cache01,x=1") + "done: [{step: provision-redis}]\n" + off, "error 4 x", ""},
		{"throws, of a state that is not known", redisSyntax(), planned("cache01,x=1") + ad(`"enabled": "${A}"`), "error 4 x", ""},
		{"throws, for nobody", redisSyntax(), planned("cache01,x=1"), "error 4 x", ""},
		{"of a product as well", redisSyntax(), planned("cache01,x=1") + ad(`"enabled": false, "connectionString": "cache01,x=1"`), "info 1 x", "configure/app-designer"},
		{"the client is known", redisSyntax(), planned("cache02,protocol=resp3") + on + file("AppDesigner/XMPro.AppDesigner.deps.json", `{"libraries": {"StackExchange.Redis/2.6.96": {}}}`), "error 4 protocol", ""},
		{"no server", redisEndpointDropped(), planned("cache01:port") + off, "error 4 cache01:port", "provision-redis"},
		{"TLS", redisTLSMismatch(), planned("cache01:6380,abortConnect=False") + off, "info 4 cache01:6380", "provision-redis"},
		{"TLS, while a product is on", redisTLSMismatch(), planned("cache02:6380,abortConnect=False") + on, "warning 4 cache02:6380", ""},
		{"password", redisPlaintextSecret(), planned("cache01,password=s3cret") + off, "info 4 s3cret", ""},
		{"password under version control", redisPlaintextSecret(), "-- .git/HEAD --\nref\n" + planned("cache02,password=s3cret") + on, "warning 4 s3cret", ""},
		{"placeholder", connectionStringPlaceholder(), planned("<redis connection string>") + off, "error 4 <redis connection string>", "provision-redis"},
		{"placeholder for a host", connectionStringPlaceholder(), planned("your-redis:6380,ssl=True") + off, "error 4 your-redis:6380,ssl=True", "provision-redis"},
		{"placeholder of a product as well", connectionStringPlaceholder(), planned("your-redis:6380") + ad(`"enabled": true, "connectionString": "your-redis:6380"`), `error 1 "your-redis:6380"`, "configure/app-designer"},
		{"a placeholder is one message", redisTLSMismatch(), planned("your-redis:6380") + off, "", ""},
		{"a reference", redisSyntax(), planned("${REDIS}") + off, "", ""},
		{"none", redisSyntax(), planned(`"-"`) + off, "", ""},
		{"nothing wrong", redisAbortConnect(), planned("cache01:6379,abortConnect=False") + off, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := findings(t, tt.archive, tt.rule)
			if got := briefs(found); got != tt.want {
				t.Errorf("%s:\ngot  %s\nwant %s", tt.rule.ID, got, tt.want)
			}
			for _, f := range found {
				checkFinding(t, f)
				if f.Step != tt.step || f.Product == "" && f.Setting != "redis.connection" || strings.Contains(f.Message+f.Do, "s3cret") {
					t.Errorf("step %q, setting %s: %s", f.Step, f.Setting, f.Message)
				}
				if f.Product == "" && f.Fix != nil && f.Fix.Safety != lint.Manual {
					t.Errorf("a fix of a manifest: %+v", f.Fix)
				}
			}
		})
	}
}

func TestRedisShared(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       string
	}{
		{"one server", "cache01:6379", "CACHE01,defaultDatabase=1,channelPrefix=x", "warning 5"},
		{"other ports", "cache01:6379", "cache01:6390", ""},
		{"doors of one cache", "x.redis.cache.windows.net:6379,ssl=False", "x.redis.cache.windows.net:6380", "warning 5"},
		{"each its own", "localhost:6379", "localhost:6379", ""},
		{"one of a cluster", "cache01,cache02", "cache03,cache02", "warning 5"},
		{"one of them is off", "cache01:6379", "cache01:6379,name=OFF", "info 5"},
		{"one throws", "cache01:6379", "cache01:6379,nonsense=1", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := redisExample(tt.b)
			if strings.Contains(tt.b, "OFF") {
				b = strings.Replace(b, "true", "false", 1)
			}
			found := findings(t, inFolder("a", redisExample(tt.a))+inFolder("b", b)+inFolder("c", redisExample("cache99")), redisShared())
			if got := strings.TrimSpace(briefs(found)); !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			for _, f := range found {
				if f.Root != "b" || len(f.Related) != 1 || !strings.HasPrefix(f.Related[0].Path, "a/") {
					t.Errorf("reported at %s, related %v", f.Root, f.Related)
				}
			}
		})
	}
}

// TestRedisFixes applies the fixes: afterwards the rule has nothing to say.
func TestRedisFixes(t *testing.T) {
	tests := []struct {
		rule          *lint.Rule
		archive, want string
	}{
		{redisAbortConnect(), redisExample("cache01:6379"), `"cache01:6379,abortConnect=False"`},
		{redisAbortConnect(), redisExample("cache01:6379, "), `"cache01:6379,abortConnect=False"`},
		{redisAbortConnect(), redisExample("cache01,AbortConnect = true,ssl=False"), `"cache01,AbortConnect = False,ssl=False"`},
		{redisAbortConnect(), redisExample(`cache01,password=\u0022\\`), `"cache01,password=\"\\,abortConnect=False"`},
		{redisAbortConnect(), webExample(`<autoScale enabled='true' connectionString='cache01,password=a&amp;&apos;b' />`), `'cache01,password=a&amp;&apos;b,abortConnect=False'`},
		{redisTLSMismatch(), redisExample("cache01:6380"), `"cache01:6380,ssl=True"`},
		{redisWeakTLS(), redisExample("cache01:6380,ssl=True,sslProtocols=tls"), `"cache01:6380,ssl=True,sslProtocols=tls12"`},
		{redisSyntax(), redisExample("cache01,pasword=a"), `"cache01,password=a"`},
		{redisSyntax(), redisExample("cache01,usessl=true"), `"cache01,ssl=true"`},
	}
	for _, tt := range tests {
		found := findings(t, tt.archive, tt.rule)
		if len(found) != 1 || found[0].Fix == nil {
			t.Errorf("%s: no fix: %v", tt.rule.ID, found)
			continue
		}
		edits, err := found[0].Fix.Edits()
		if err != nil {
			t.Fatal(err)
		}
		fixed, err := document.Apply(edits[0].File.Text.Raw, edits[0].Edits)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(fixed), tt.want) {
			t.Errorf("%s: got\n%s\nwant %s", tt.rule.ID, fixed, tt.want)
		}
		if left := findings(t, "-- "+found[0].Path+" --\n"+string(fixed), tt.rule); len(left) > 0 {
			t.Errorf("%s: still %q after the fix", tt.rule.ID, left[0].Message)
		}
	}
}

func TestJudgeString(t *testing.T) {
	tests := map[string]string{
		"h":                      "XM3004 [h]",
		"h,x=secret":             "XM3001 [x]",
		"":                       "XM3001 []",
		"h:x,abortConnect=False": "XM3002 [h:x]",
		"redis://u:secret@h,abortConnect=False,password=secret": "XM3009 [redis://u:secret@h]",
	}
	for text, want := range tests {
		var got []string
		for _, f := range JudgeString(text) {
			got = append(got, f.Rule.ID+" ["+f.Span.Of(text)+"]")
			if strings.Contains(f.Message+f.Do, "secret") || f.Message == "" || f.Severity == 0 {
				t.Errorf("%q: %v %q", text, f.Severity, f.Message)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: got %v, want %s", text, got, want)
		}
	}
}

// releasesDiffer may only say no where all releases agree.
func TestReleasesDiffer(t *testing.T) {
	for _, text := range []string{
		"h", "h:6379,ssl=True", "x.redis.cache.windows.net:6380", "x.redis.azure.net", "x.redis.azure.net,ssl=False,abortConnect=True",
		"h,tcpKeepAlive=true", "h,responseTimeout=1", "h,version=3.0", "h,version=3", "h,$PING=x", "h,tunnel=http:p:1", "h,setlib=1",
		"x.cloud.redis.io", "x.redis.cache.cloudapi.de:6380", "h,defaults=azure", "h,writeBuffer=1", "h,sentinelUser=x", "h,serviceName=s",
	} {
		c, err := redisconn.Parse(text)
		if err != nil || releasesDiffer(c) {
			continue
		}
		for _, v := range redisconn.Verdicts(text) {
			if !v.OK || v.Config.Options.SSL != c.Options.SSL || v.Config.Options.AbortConnect != c.Options.AbortConnect || len(v.Config.Endpoints) != len(c.Endpoints) {
				t.Errorf("%q: %s differs", text, v.Version)
			}
		}
	}
}

// A deployment without a connection string costs nothing.
func TestRedisAllocatesNothing(t *testing.T) {
	d := load(t, "-- AppDesigner/appsettings.json --\n{\"xmpro\": {\"autoScale\": {\"enabled\": false, \"connectionString\": \"\"}}}\n")
	rule := redisAbortConnect()
	pass := lint.Pass{Deployment: d}
	_ = rule.Check(&pass)
	if n := testing.AllocsPerRun(100, func() { _ = rule.Check(&pass) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
