package redisconn

import (
	"strings"
	"testing"
)

// What System.Uri and the client make of the address of a tunnel.
func TestTunnel(t *testing.T) {
	const (
		format    = "Invalid URI: " + uriNoFormat
		scheme    = "Invalid URI: " + uriNoScheme
		dos       = "Invalid URI: " + uriDosPath
		authority = "Invalid URI: " + uriNoAuthority
		host      = "Invalid URI: " + uriNoHost
		port      = "Invalid URI: " + uriNoPort
	)
	long := strings.Repeat("a", 64)
	for _, c := range []struct{ value, want string }{
		{"http:gate:1", "http:gate:1"},
		{"http:Gate.Plant:1", "http:gate.plant:1"},
		{"http:" + long + ":1", "http:" + long + ":1"},
		{"http:" + strings.Repeat("1", 64), host},
		{"http:gate", "http:gate:80"},
		{"http:gate:", "http:gate:80"},
		{"http:gate.:01", "http:gate.:1"},
		{"http://gate:1/a?b#c", "http:gate:1"},
		{"http:gate/:1", "http:gate:80"},
		{"http:gate#c", "http:gate:80"},
		{"http:user:word@gate:1", "http:gate:1"},
		{"http:@gate:1", "http:gate:1"},
		{"HTTP://gate", "http:gate:80"},
		{"http:[::1]:8", "http:[::1]:8"},
		{"http:[::1]", "http:[::1]:80"},
		{"http:[::1]x:8", "http:[::1]:80"},
		{`http:[::1]\x`, host},
		{"http:127.1:9", "http:127.0.0.1:9"},
		{"http:6379", "http:0.0.24.235:80"},
		{"http:1.2.3.4.5:6", "http:1.2.3.4.5:6"},
		{"http:höhle:1", "http:höhle:1"},
		{"http:a_b:1", "http:a_b:1"},
		{"http:-a:1", "http:-a:1"},

		{"http:", host},
		{"http:/gate", host},
		{"http:gate x", host},
		{"http:gate;x:1", host},
		{"http:a=b", host},
		{"http:*****", host},
		{"http:a..b", host},
		{"http:.", host},
		{"http::1", host},
		{"http:::1", host},
		{"http:[::1", host},
		{`http:gate\x`, host},
		{"http:a@b@gate:1", host},
		{"http:gate:x", port},
		{"http:gate:-1", port},
		{"http:gate:65536", port},
		{"http:gate:1:2", port},
		{"tcp://gate:x", port},
		{"HTTP:gate:1", authority},
		{"ftp:gate", authority},
		{"file:x", authority},
		{"7", format},
		{"gate", format},
		{"a=b", format},
		{"7:", format},
		{":x:y", format},
		{`\x:y`, format},
		{"7:x", scheme},
		{"on; gate:x", scheme},
		{"p:1", dos},
		{"a|b", dos},
		{"https://gate:1", "Tunnel cannot be parsed: https://gate:1"},
		{"gate:8080", "Tunnel cannot be parsed: gate:8080"},
		{"tcp:gate", "Tunnel cannot be parsed: tcp:gate"},
		{"/run/gate", "Tunnel cannot be parsed: /run/gate"},
		{`c:\gate`, `Tunnel cannot be parsed: c:\gate`},
		{"mailto:x", "Tunnel cannot be parsed: mailto:x"},
	} {
		got, f := parseTunnel(Newest(), c.value)
		if f != nil {
			got = f.message("", c.value)
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.value, got, c.want)
		}
	}
}
