package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// findings lints the deployments of a txtar archive with some rules. For those
// that judge suppressions all rules run: they have to know what the others find.
func findings(t *testing.T, archive string, rules ...*lint.Rule) []lint.Finding {
	t.Helper()
	all := loadAll(t, archive)
	wanted := rules
	judges := slices.ContainsFunc(rules, func(r *lint.Rule) bool { return r.Suppression != nil })
	if judges {
		rules = All()
	}
	runner, err := lint.NewRunner(rules)
	if err != nil {
		t.Fatal(err)
	}
	if judges {
		runner = runner.With(lint.Settings{})
	}
	var shared lint.Shared
	var found []lint.Finding
	for _, d := range all {
		result, err := runner.Run(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, result.Findings...)
		found = append(found, shared.Add(result.Uses).Findings...)
	}
	return slices.DeleteFunc(found, func(f lint.Finding) bool {
		return !slices.ContainsFunc(wanted, func(r *lint.Rule) bool { return r.ID == f.Rule.ID })
	})
}

// loadAll loads the deployments of a txtar archive.
func loadAll(t *testing.T, archive string) []*deployment.Deployment {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	all, err := deployment.Load(context.Background(), files, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// load loads an archive that is one deployment.
func load(t *testing.T, archive string) *deployment.Deployment {
	t.Helper()
	all := loadAll(t, archive)
	if len(all) != 1 {
		t.Fatalf("%d deployments", len(all))
	}
	return all[0]
}

// brief is a finding as tests compare it: "error 5 pasword" is the severity,
// the line, and what it points at, up to the end of the line.
func brief(f lint.Finding) string {
	text := ""
	if file := f.Place.File; file != nil && file.Text != nil {
		text = string(file.Text.Bytes[f.Place.Span.Start:f.Place.Span.End])
		text, _, _ = strings.Cut(text, "\n")
	}
	return fmt.Sprintf("%s %d %s", f.Severity, f.Start.Line, text)
}

func briefs(found []lint.Finding) string {
	lines := make([]string, len(found))
	for i, f := range found {
		lines[i] = brief(f)
	}
	return strings.Join(lines, "\n")
}

// TestRedisStrings judges connection strings of an App Designer with Auto
// Scale on.
func TestRedisStrings(t *testing.T) {
	const fine = "password=p,ssl=False,abortConnect=False"
	tests := []struct {
		rule       *lint.Rule
		connection string
		want       string
	}{
		{redisSyntax(), "cache01:6379," + fine, ""},
		{redisSyntax(), "cache01:6379,pasword=s3cret", "error 5 pasword"},
		{redisSyntax(), "cache01:6379,ssl=maybe", "error 5 maybe"},
		{redisSyntax(), "cache01:6379,syncTimeout=5s", "error 5 5s"},
		{redisSyntax(), "cache01:66000", "error 5 cache01:66000"},
		{redisSyntax(), "::1,[::1]:6379", "error 5 [::1]:6379"},
		{redisSyntax(), "cache01:6379,protocol=resp3", "warning 5 protocol"},
		{redisSyntax(), "cache01:6379,highIntegrity=true", "warning 5 highIntegrity"},
		{redisSyntax(), "cache01:6379,version=3", "warning 5 3"},
		{redisSyntax(), "cache01:6379,version=3.0", ""},
		{redisSyntax(), "-", ""},
		{redisSyntax(), "  ", ""},
		{redisSyntax(), "${REDIS},nonsense=1", ""},
		{redisSyntax(), "<redis connection string>", ""},

		{redisEndpointDropped(), "cache01:6379,cache02:port", "error 5 cache02:port"},
		{redisEndpointDropped(), "tcp:cache01", "error 5 tcp:cache01"},
		{redisEndpointDropped(), "ssl=True,password=p", `error 5 "ssl=True,password=p"`},
		{redisEndpointDropped(), "cache01:6379,password=a,b:c", "error 5 b:c"},
		{redisEndpointDropped(), "cache01:6379,nonsense=1,b:c", ""}, // it throws
		{redisEndpointDropped(), "cache01", ""},

		{redisTLSMismatch(), "cache01:6379", ""},
		{redisTLSMismatch(), "cache01:6380", "warning 5 cache01:6380"},
		{redisTLSMismatch(), "cache01:6380,ssl=False", "warning 5 ssl=False"},
		{redisTLSMismatch(), "cache01:10000", "warning 5 cache01:10000"},
		{redisTLSMismatch(), "cache01:6380,ssl=True", ""},
		{redisTLSMismatch(), "cache01,ssl=True", ""},
		{redisTLSMismatch(), "cache01:6379,ssl=True", "info 5 cache01:6379"},
		{redisTLSMismatch(), "x.redis.cache.windows.net", "error 5 x.redis.cache.windows.net"},
		{redisTLSMismatch(), "x.redis.cache.windows.net:6379", "error 5 x.redis.cache.windows.net:6379"},
		{redisTLSMismatch(), "x.redis.cache.windows.net:6380", ""},
		{redisTLSMismatch(), "x.redis.cache.windows.net:6380,ssl=False", "error 5 ssl=False"},
		{redisTLSMismatch(), "x.redis.cache.windows.net:6379,ssl=True", "warning 5 x.redis.cache.windows.net:6379"},
		{redisTLSMismatch(), "x.redis.azure.net:10000", "warning 5 x.redis.azure.net:10000"},
		{redisTLSMismatch(), "x.redis.azure.net:10000,ssl=True", ""},
		{redisTLSMismatch(), "10.0.0.1:6379,10.0.0.2:6380", "warning 5 10.0.0.2:6380"},

		{redisAbortConnect(), "cache01:6379,abortConnect=False", ""},
		{redisAbortConnect(), "cache01:6379,ABORTCONNECT=0", ""},
		{redisAbortConnect(), "cache01:6379", `warning 5 "cache01:6379"`},
		{redisAbortConnect(), "cache01:6379,abortConnect=True", "warning 5 abortConnect=True"},
		{redisAbortConnect(), "cache01:6379,abortConnect=False,abortConnect=yes", "warning 5 abortConnect=yes"},
		{redisAbortConnect(), "x.redis.cache.windows.net:6380", ""},
		{redisAbortConnect(), "x.redis.azure.net:10000,ssl=True", `warning 5 "x.redis.azure.net:10000,ssl=True"`},

		{redisBreaksSignalR(), "cache01:6379,proxy=Twemproxy", "error 5 proxy=Twemproxy"},
		{redisBreaksSignalR(), "cache01:6379,proxy=2", "error 5 proxy=2"},
		{redisBreaksSignalR(), "cache01:6379,proxy=None", ""},
		{redisBreaksSignalR(), "cache01:6379,$PUBLISH=", "error 5 $PUBLISH="},
		{redisBreaksSignalR(), "cache01:6379,$publish=,$SUBSCRIBE=", "error 5 $publish=\nerror 5 $SUBSCRIBE="},
		{redisBreaksSignalR(), "cache01:6379,$PUBLISH=p1", ""},
		{redisBreaksSignalR(), "cache01:6379,$EVAL=", ""},

		{redisPlaintextSecret(), "cache01:6379,password=s3cret", "info 5 s3cret"},
		{redisPlaintextSecret(), "cache01:6379,sentinelPassword=s3cret", "info 5 s3cret"},
		{redisPlaintextSecret(), "cache01:6379,password=", ""},
		{redisPlaintextSecret(), "cache01:6379,user=xmpro", ""},

		{redisLocalHost(), "localhost:6379", ""}, // one instance, as far as is known

		{redisWeakTLS(), "cache01:6380,ssl=True,sslProtocols=tls", "warning 5 tls"},
		{redisWeakTLS(), "cache01:6380,ssl=True,sslProtocols=tls11|tls12", "warning 5 tls11|tls12"},
		{redisWeakTLS(), "cache01:6380,ssl=True,sslProtocols=192", "warning 5 192"},
		{redisWeakTLS(), "cache01:6380,ssl=True,sslProtocols=tls12|tls13", ""},
		{redisWeakTLS(), "cache01:6380,ssl=True,sslProtocols=None", ""},
		{redisWeakTLS(), "x.redis.cache.windows.net:6380,ssl=True,sslProtocols=tls11", "error 5 tls11"},

		{redisSuspectHost(), "redis://cache01:6379", "warning 5 redis://cache01:6379"},
		{redisSuspectHost(), "cache01 6379", "warning 5 cache01 6379"},
		{redisSuspectHost(), "cache01;6379", "warning 5 cache01;6379"},
		{redisSuspectHost(), "6379", "warning 5 6379"},
		{redisSuspectHost(), "127.1:6379", "warning 5 127.1:6379"},
		{redisSuspectHost(), "::1:6379", "warning 5 ::1:6379"},
		{redisSuspectHost(), "[::1]:6379", ""},
		{redisSuspectHost(), "10.0.0.1:6379", ""},
		{redisSuspectHost(), "bücher_01.example:6379", ""},
		{redisSuspectHost(), "cache01:6379,password=a,b", "warning 5 b"},
		{redisSuspectHost(), "password=a,cache01:6379", ""},
		{redisSuspectHost(), "your-cache:6379", ""},

		{redisDatabaseUnavailable(), "x.redis.azure.net:10000,defaultDatabase=1", "error 5 defaultDatabase=1"},
		{redisDatabaseUnavailable(), "x.eu.redisenterprise.cache.azure.net:10000,defaultDatabase=1", "error 5 defaultDatabase=1"},
		{redisDatabaseUnavailable(), "clustercfg.x.euw1.cache.amazonaws.com,defaultDatabase=1", "error 5 defaultDatabase=1"},
		{redisDatabaseUnavailable(), "x.redis.azure.net:10000,defaultDatabase=0", ""},
		{redisDatabaseUnavailable(), "x.redis.cache.windows.net:6380,defaultDatabase=1", ""},
		{redisDatabaseUnavailable(), "cache01:6379,defaultDatabase=1", ""},

		{redisServiceRetiring(), "x.redis.cache.windows.net:6380", "info 5 x.redis.cache.windows.net:6380"},
		{redisServiceRetiring(), "x.eu.redisenterprise.cache.azure.net:10000", "info 5 x.eu.redisenterprise.cache.azure.net:10000"},
		{redisServiceRetiring(), "x.redis.azure.net:10000", ""},

		{redisPrefixAndSM(), "cache01:6379,channelPrefix=acme", ""},
		{redisClusterAndSM(), "clustercfg.x.euw1.cache.amazonaws.com", ""},
	}
	for _, tt := range tests {
		found := findings(t, redisExample(tt.connection), tt.rule)
		if got := briefs(found); got != tt.want {
			t.Errorf("%s %q:\ngot  %s\nwant %s", tt.rule.ID, tt.connection, got, tt.want)
		}
		for _, f := range found {
			if strings.Contains(f.Message+f.Do, "s3cret") {
				t.Errorf("%s %q: a secret in %q", tt.rule.ID, tt.connection, f.Message)
			}
			if f.Setting != schema.Connection {
				t.Errorf("%s %q: setting %q", tt.rule.ID, tt.connection, f.Setting)
			}
		}
	}
}
