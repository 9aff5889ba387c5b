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
