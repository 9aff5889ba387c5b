package redisconn_test

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

func TestSameServer(t *testing.T) {
	const azure = "x.redis.cache.windows.net"
	for _, c := range []struct {
		a, b             string
		server, database bool
	}{
		{"h", "h:6379", true, true},
		{"h", "H,name=sm,channelPrefix=x,password=p", true, true},
		{"h,ssl=1", "h:6380", true, true},
		{"h:6380", "h", false, false},
		{"h", "h.,defaultDatabase=0", true, true},
		{"h", "h,defaultDatabase=1", true, false},
		{"h,defaultDatabase=1", "other,h,defaultDatabase=1", true, true},
		{"a,b", "c,d", false, false},
		{"h", "", false, false},
		{"127.1", "127.0.0.1", true, true},
		{"127.0.0.1", "localhost", false, false},
		{"::1", "[::1]:6379", true, true},
		{azure + ":6380", azure, true, true},
		{azure + ":6380,ssl=True", strings.ToUpper(azure) + ":6379", true, true},
		{azure, "y" + azure, false, false},
		{"s1,s2,serviceName=main", "s2:26379,serviceName=main", true, true},
		{"s1,serviceName=main", "s1,serviceName=other", false, false},
		{"s1,serviceName=main", "s1", false, false},
		{"!/run/r", "!/run/r,ssl=1", true, true},
		{strings.Repeat("a,b,c,", 20) + "z", "z", true, true},
	} {
		a, _ := redisconn.Parse(c.a)
		b, _ := redisconn.Parse(c.b)
		if got := redisconn.SameServer(a, b); got != c.server {
			t.Errorf("%q and %q: same server is %v", c.a, c.b, got)
		}
		if got := redisconn.SameServer(b, a); got != c.server {
			t.Errorf("%q and %q: same server is %v", c.b, c.a, got)
		}
		if got := redisconn.SameDatabase(a, b); got != c.database {
			t.Errorf("%q and %q: same database is %v", c.a, c.b, got)
		}
	}
}

func TestEquivalent(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"h", "H:6379", true},
		{"h:1,ssl=True,abortConnect=False", "h:1,abortConnect=false,SSL=true", true},
		{"h,j", "j,h", true},
		{"h,ssl=True", "h:6380,ssl=True", true},
		{"h,connectRetry=3", "h", true},
		{"h,name=ad-01", "h,name=ad-02", true},
		{"h,password=a", "h,password=b", false},
		{"h,password=a", "h", false},
		{"h,ssl=True", "h", false},
		{"h", "h,j", false},
		{"h,defaultDatabase=1", "h", false},
		{"h,channelPrefix=a", "h,channelPrefix=b", false},
		{"h,$PING=x", "h", false},
		{"h,$PING=x", "h,$ping=x", true},
		{"h,$PING=y,$PING=x", "h,$PING=x", true},
		{"h,$SUBSCRIBE=", "h", false},
	} {
		a, _ := redisconn.Parse(c.a)
		b, _ := redisconn.Parse(c.b)
		if redisconn.Equivalent(a, b) != c.want || redisconn.Equivalent(b, a) != c.want {
			t.Errorf("%q and %q: equivalent is %v", c.a, c.b, !c.want)
		}
	}
}

func TestSuspects(t *testing.T) {
	for input, want := range map[string]redisconn.Suspicion{
		"plant_1.example:1":      redisconn.NoSuspicion,
		"höhle.example":          redisconn.NoSuspicion,
		".":                      redisconn.NoSuspicion,
		"192.0.2.7:1":            redisconn.NoSuspicion,
		"127.1":                  redisconn.NoSuspicion,
		"::1":                    redisconn.NoSuspicion,
		"!/run/a b;c":            redisconn.NoSuspicion,
		"redis://h:1":            redisconn.URLHost,
		"rediss://u:p@h:1/0":     redisconn.URLHost,
		"h;ssl:1":                redisconn.SemicolonHost,
		"h 6379":                 redisconn.BlankHost,
		"h\u00a0x":               redisconn.BlankHost,
		"h:6379:0":               redisconn.ColonHost,
		":6379":                  redisconn.ColonHost,
		"6379":                   redisconn.NumberHost,
		"1:6379":                 redisconn.NumberHost,
		"0x7f000001":             redisconn.NumberHost,
		"h/0":                    redisconn.ImpossibleLetter,
		"\"h\":1":                redisconn.ImpossibleLetter,
		"<your-redis-host>:6380": redisconn.ImpossibleLetter,
		"user@h:1":               redisconn.ImpossibleLetter,
		"=x":                     redisconn.ImpossibleLetter,
		"[h]":                    redisconn.ImpossibleLetter,
		"h:x":                    redisconn.NoSuspicion, // dropped
	} {
		config, err := redisconn.Parse("good," + input)
		if err != nil {
			t.Fatal(err)
		}
		got := redisconn.NoSuspicion
		for _, s := range config.Suspects() {
			got = s.Suspicion
			if text := config.Text(s.Endpoint.Span); text != input {
				t.Errorf("%q: the suspect is %q", input, text)
			}
		}
		if got != want {
			t.Errorf("%q is suspected of %q, want %q", input, got, want)
		}
		if (want.String() == "") != (want == redisconn.NoSuspicion) {
			t.Errorf("%d says %q", want, want)
		}
	}
}
