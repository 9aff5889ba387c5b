package redisconn_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

func itoa(n int) string { return strconv.Itoa(n) }

// The value that a client has after reading an option; "-" for none.
func TestOptionValues(t *testing.T) {
	for _, c := range []struct {
		input string
		opt   redisconn.Option
		want  any
	}{
		{"h,ssl=TRUE", redisconn.OptSSL, true},
		{"h,ssl=oN", redisconn.OptSSL, true},
		{"h,ssl=1", redisconn.OptSSL, true},
		{"h,SSL = yes ", redisconn.OptSSL, true},
		{"h,ssl=true\x00", redisconn.OptSSL, true},
		{"h,ssl=\u2003Off\u3000", redisconn.OptSSL, false},
		{"h,ssl=true,ssl=no", redisconn.OptSSL, false},
		{"h", redisconn.OptSSL, false},
		{"h,abortConnect=0", redisconn.OptAbortConnect, false},
		{"h", redisconn.OptAbortConnect, true},
		{"h", redisconn.OptSetLib, true},
		{"h", redisconn.OptTCPKeepAlive, true},

		{"h,connectTimeout=+07", redisconn.OptConnectTimeout, 7},
		{"h,connectTimeout=-7", redisconn.OptConnectTimeout, -7},
		{"h,connectTimeout=2147483647", redisconn.OptConnectTimeout, 2147483647},
		{"h,connectTimeout=-2147483648", redisconn.OptConnectTimeout, -2147483648},
		{"h,connectTimeout=7\x00", redisconn.OptConnectTimeout, 7},
		{"h,syncTimeout=9000", redisconn.OptConnectTimeout, 9000},
		{"h,syncTimeout=9000", redisconn.OptAsyncTimeout, 9000},
		{"h,syncTimeout=1", redisconn.OptConnectTimeout, 5000},
		{"h", redisconn.OptKeepAlive, 60},
		{"h", redisconn.OptConnectRetry, 3},
		{"h", redisconn.OptDefaultDatabase, nil},
		{"h,defaultDatabase=0", redisconn.OptDefaultDatabase, 0},

		{"h,password=a=b==", redisconn.OptPassword, "a=b=="},
		{"h,password= a b ", redisconn.OptPassword, "a b"},
		{"h,password=", redisconn.OptPassword, ""},
		{"h", redisconn.OptPassword, nil},
		{"h,name=x", redisconn.OptName, "x"},
		{"h,channelPrefix=xm:", redisconn.OptChannelPrefix, "xm:"},
		{"h", redisconn.OptTieBreaker, "__Booksleeve_TieBreak"},
		{"h", redisconn.OptConfigChannel, "__Booksleeve_MasterChanged"},
		{"h,configChannel=", redisconn.OptConfigChannel, ""},
		{"h:1,H:2", redisconn.OptSSLHost, nil},
		{"h:1,h:2", redisconn.OptSSLHost, "h"},
		{"127.1", redisconn.OptSSLHost, nil},

		{"h,proxy=TWEMPROXY", redisconn.OptProxy, "Twemproxy"},
		{"h,proxy=2", redisconn.OptProxy, "Envoyproxy"},
		{"h,proxy=+9", redisconn.OptProxy, "9"},
		{"h", redisconn.OptProxy, "None"},
		{"h,sslProtocols=tls12", redisconn.OptSSLProtocols, 3072},
		{"h,sslProtocols= Tls12 | Tls13 ", redisconn.OptSSLProtocols, 15360},
		{"h,sslProtocols=3072", redisconn.OptSSLProtocols, 3072},
		{"h,sslProtocols=none", redisconn.OptSSLProtocols, 0},
		{"h", redisconn.OptSSLProtocols, nil},
		{"h,protocol=RESP3", redisconn.OptProtocol, "resp3"},
		{"h,protocol=2", redisconn.OptProtocol, "resp2"},
		{"h", redisconn.OptProtocol, nil},
		{"h,version=6", redisconn.OptVersion, "6.0"},
		{"h,version=6.2.14", redisconn.OptVersion, "6.2.14"},
		{"h,version=06. 2", redisconn.OptVersion, "6.2"},
		{"h,tunnel=http:proxy:8080", redisconn.OptTunnel, "http:proxy:8080"},
		{"h,tunnel=http://u:p@proxy/x", redisconn.OptTunnel, "http:proxy:80"},
		{"h,tunnel=http:proxy,tunnel=", redisconn.OptTunnel, nil},
		{"h,maintNotifications=auto", redisconn.OptMaintNotifications, "Auto"},
		{"h,writeBuffer=whatever", redisconn.OptWriteBuffer, nil},
	} {
		config, err := redisconn.Parse(c.input)
		if err != nil {
			t.Errorf("%q: %v", c.input, err)
			continue
		}
		if got := config.Options.Value(c.opt); got != c.want {
			t.Errorf("%q: %v is %#v, want %#v", c.input, c.opt, got, c.want)
		}
	}
}

// The first release that knows an option, and the one before.
func TestOptionSince(t *testing.T) {
	for _, c := range []struct{ item, before, since string }{
		{"tunnel=http:p:1", "2.6.70", "2.6.80"},
		{"setlib=no", "2.6.96", "2.6.104"},
		{"protocol=resp3", "2.6.122", "2.7.4"},
		{"version=6", "2.6.122", "2.7.4"},
		{"highIntegrity=1", "2.7.33", "2.8.0"},
		{"tcpKeepAlive=1", "2.12.14", "2.13.23"},
		{"SetLib=no", "2.7.27", "2.13.23"},
		{"RESPONSETIMEOUT=1", "2.7.27", "2.13.23"},
		{"sentinelUser=u", "2.13.23", "3.4.35"},
		{"sentinelPassword=p", "2.13.23", "3.4.35"},
		{"maintNotifications=Auto", "3.2.0", "3.3.0"},
	} {
		for version, want := range map[string]bool{c.before: false, c.since: true} {
			v, err := redisconn.ParseVersion(version)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := redisconn.ParseFor(v, "h,"+c.item); (err == nil) != want {
				t.Errorf("%s: %q: %v", v, c.item, err)
			}
		}
	}
	for _, item := range []string{"responseTimeout=1", "writebuffer=", "HighPriorityThreads=x", "preserveasyncorder=1", "USER=u"} {
		if _, err := redisconn.ParseFor(redisconn.Oldest(), "h,"+item); err != nil {
			t.Errorf("%q: %v", item, err)
		}
	}
}

func TestOptionNames(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range redisconn.AllOptions() {
		if o.String() == "" || seen[o.String()] {
			t.Errorf("option %d is named %q", o, o)
		}
		seen[o.String()] = true
		if got := redisconn.OptionNamed(o.String()); got != o {
			t.Errorf("%v is found as %v", o, got)
		}
	}
	for _, name := range []string{"", "passwor", "clientName", "pass word", "u\u017fer", "to\u212aen"} {
		if got := redisconn.OptionNamed(name); got != redisconn.NoOption {
			t.Errorf("%q is found as %v", name, got)
		}
	}
}

func TestFind(t *testing.T) {
	config, err := redisconn.Parse("h, SSL = no,ssl=yes")
	if err != nil {
		t.Fatal(err)
	}
	it, ok := config.Find(redisconn.OptSSL)
	if !ok || config.Text(it.Span) != "ssl=yes" || config.Text(it.Key) != "ssl" || config.Text(it.Value) != "yes" {
		t.Errorf("found %+v", it)
	}
	if _, ok := config.Find(redisconn.OptUser); ok {
		t.Error("found an option that is not there")
	}
	if got := fmt.Sprint(config.Options.Written(redisconn.OptSSL), config.Options.Written(redisconn.OptUser)); got != "true false" {
		t.Error("written:", got)
	}
	if first := config.Items[1]; config.Text(first.Key) != "SSL" || config.Text(first.Value) != "no" || config.Text(first.Span) != "SSL = no" {
		t.Errorf("first %+v", first)
	}
}
