package redisconn_test

import (
	"strings"
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

func TestCommands(t *testing.T) {
	asked := append(redisconn.PubSubCommands(), redisconn.ScriptCommands()...)
	asked = append(asked, "MULTI", "ECHO", "GET")
	for _, c := range []struct{ input, lacks string }{
		{"h", ""},
		{"h,$SUBSCRIBE=", "SUBSCRIBE"},
		{"h,$subscribe= ,$Eval=", "SUBSCRIBE EVAL"},
		{"h,$SUBSCRIBE=sub", ""},
		{"h,$SUBSCRIBE=,$subscribe=sub", ""},
		{"h,$SUBSCRIBE =", ""}, // the blank is part of the name
		{"h,$ SUBSCRIBE=", ""},
		{"h,$FOO=", ""},
		{"h,proxy=Twemproxy", "PUBLISH SUBSCRIBE MULTI ECHO"},
		{"h,proxy=Envoyproxy", "PUBLISH SUBSCRIBE"},
		{"h,proxy=7", ""},
		{"h,proxy=Twemproxy,$GET=g", ""}, // any command map replaces the proxy's
		{"h,proxy=Twemproxy,$FOO=g", "PUBLISH SUBSCRIBE MULTI ECHO"},
		{"h,proxy=Twemproxy,$5=g", ""},
	} {
		config, err := redisconn.Parse(c.input)
		if err != nil {
			t.Errorf("%q: %v", c.input, err)
			continue
		}
		if got := strings.Join(config.Lacks(asked...), " "); got != c.lacks {
			t.Errorf("%q lacks %q, want %q", c.input, got, c.lacks)
		}
	}
	config, _ := redisconn.Parse("h,$config= CFG ,$Foo=x")
	if sent, ok := config.Sent("CONFIG"); sent != "CFG" || !ok {
		t.Errorf("sent %q, %v", sent, ok)
	}
	if len(config.Commands) != 1 || config.Commands[0].Name != "CONFIG" || config.Text(config.Commands[0].Span) != "$config= CFG" {
		t.Errorf("%+v", config.Commands)
	}
	old, err := redisconn.ParseFor(redisconn.Version{Major: 2, Minor: 8}, "h,proxy=Envoyproxy")
	if err != nil || len(old.Lacks("MULTI")) != 1 {
		t.Errorf("%v %+v", err, old)
	}
}

// Up to 2.11 an alias has 31 bytes at most, where the client uses it.
func TestLongAlias(t *testing.T) {
	long, longer := strings.Repeat("x", 32), strings.Repeat("é", 16)
	for _, c := range []struct{ input, alias string }{
		{"h,$PING=" + long, long},
		{"h,$PING=" + longer, longer},
		{"h,$PING=" + long[1:], ""},
		{"h,$PING=" + long + ",$ping=p", ""}, // the last one counts
		{"h,$ping=p,$PING=" + long, long},
		{"h,$SET=" + long + ",$GET=" + longer, longer}, // by name, not by place
		{"h,$PING =" + long, ""},
		{"h,$5=" + long, ""},
		{"h,$FOO=" + long, ""},
	} {
		want := ""
		if c.alias != "" {
			want = "Specified argument was out of the range of valid values. (Parameter 'Command '" + c.alias + "' exceeds library limit of 31 bytes')"
		}
		got := ""
		if _, err := redisconn.ParseFor(redisconn.Version{Major: 2, Minor: 11}, c.input); err != nil {
			got = err.(*redisconn.Error).Message
		}
		if got != want {
			t.Errorf("%q: %q, want %q", c.input, got, want)
		}
		if _, err := redisconn.ParseFor(redisconn.Version{Major: 2, Minor: 12, Patch: 1}, c.input); err != nil {
			t.Errorf("%q: %v", c.input, err)
		}
	}
}
