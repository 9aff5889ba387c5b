package redisconn_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		usual, "", " , ,", "a,b:1,[::1]:2,!/r,::1:2,127.1,6379", "h,$PING=,$X=1,$5=x,$ PING = y",
		"h,ssl=maybe,pwd=x,proxy=9,sslProtocols=Tls12|Tls13,version=3,protocol=resp3,tunnel=http:u:p@g:1",
		"redis://u:p@h:6379/0?a=b", "x.redis.cache.windows.net:6380,y.redis.azure.net", "h,h:6379", "[]:1,h:70000", "=,==,a==b",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, v := range redisconn.Verdicts(s) {
			check(t, s, v)
		}
		if _, err := json.Marshal(redisconn.Explain(s)); err != nil {
			t.Error(err)
		}
	})
}

// check tests what holds of every verdict.
func check(t *testing.T, s string, v redisconn.Verdict) {
	t.Helper()
	c := v.Config
	at := 0
	for i, it := range c.Items {
		if it.Start < at || it.End < it.Start || it.End > len(s) {
			t.Fatalf("%q: item %d is at %v", s, i, it.Span)
		}
		at = it.End
		for _, part := range []redisconn.Span{it.Key, it.Value} {
			if !part.Empty() && (part.Start < it.Start || part.End > it.End) {
				t.Fatalf("%q: item %d at %v has a part at %v", s, i, it.Span, part)
			}
		}
		if (it.Kind == redisconn.KindEndpoint) != (it.Endpoint >= 0) || it.Endpoint >= len(c.Endpoints) {
			t.Fatalf("%q: item %d is %v and endpoint %d", s, i, it.Kind, it.Endpoint)
		}
		if strings.Contains(it.Of(s), ",") {
			t.Fatalf("%q: item %d is %q", s, i, it.Of(s))
		}
	}
	for _, e := range c.Effective() {
		if e.Kind != redisconn.Unix && (e.Host == "" || e.Port < 1 || e.Port > 65535) {
			t.Fatalf("%q: endpoint %+v", s, e)
		}
	}
	if v.OK != (v.Error == nil) {
		t.Fatalf("%q: ok %v, error %v", s, v.OK, v.Error)
	}
	if e := v.Error; e != nil {
		if e.Span.Start < 0 || e.Span.End > len(s) || e.Exception == "" || e.Message == "" {
			t.Fatalf("%q: %+v", s, e)
		}
		return
	}
	// What the string parses to, each endpoint alone does as well.
	for _, it := range c.Items {
		if it.Kind != redisconn.KindEndpoint {
			continue
		}
		alone, err := redisconn.ParseFor(v.Version, it.Of(s))
		if err != nil || len(alone.Endpoints) != 1 || alone.Endpoints[0].Host != c.Endpoints[it.Endpoint].Host && !it.Repeated {
			t.Fatalf("%q: %q alone is %+v, %v", s, it.Of(s), alone.Endpoints, err)
		}
	}
	if !redisconn.SameServer(c, c) && len(c.Endpoints) > 0 {
		t.Fatalf("%q is not the same as itself", s)
	}
}

func FuzzMask(f *testing.F) {
	f.Add("h:1", "s3cret", ",ssl=true")
	f.Add("redis://u:p@h;x=y", "a b=c", ",")
	f.Add("=", ";", " ,pwd=x")
	f.Add(":@=://@", "", "")
	f.Fuzz(func(t *testing.T, before, secret, after string) {
		masked := redisconn.Mask(before)
		if again := redisconn.Mask(masked); again != masked {
			t.Fatalf("%q is masked as %q and then as %q", before, masked, again)
		}
		end := 0
		for _, m := range redisconn.MaskSpans(before) {
			if m.Start < end || m.Empty() || m.End > len(before) {
				t.Fatalf("%q: mask %v after %d", before, m, end)
			}
			end = m.End + 1 // apart from the next
		}
		// A password in its place does not show, be it known or misspelt.
		secret = "S3" + strings.ReplaceAll(secret, ",", ";") + "cret"
		for _, name := range []string{"password", "PassWord ", "sentinelPassword", "passwrd", "key"} {
			s := before + "," + name + "=" + secret + "," + after
			if strings.Contains(before+name+after, secret) {
				continue
			}
			if got := redisconn.Mask(s); strings.Contains(got, secret) {
				t.Fatalf("%q is masked as %q", s, got)
			}
			for _, v := range redisconn.Verdicts(s) {
				if v.Error != nil && strings.Contains(v.Error.Error(), secret) {
					t.Fatalf("%q: %v: %v", s, v.Version, v.Error)
				}
			}
		}
	})
}
