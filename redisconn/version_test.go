package redisconn_test

import (
	"testing"

	"github.com/xmlint/xmlint/redisconn"
)

func TestParseVersion(t *testing.T) {
	for input, want := range map[string]string{
		"2.6.96": "2.6.96", " 2.7.27 ": "2.7.27", "2.13": "2.13.0", "2.6.122.38350": "2.6.122",
		"3.0.0-preview.1": "3.0.0", "2.8.0+4c1b": "2.8.0",
		"": "", "2": "", "latest": "", "2.x": "", "2..1": "", "1.2.3.4.5": "", "+2.1": "", "-2.1": "", "2.99999999999": "",
	} {
		got, err := redisconn.ParseVersion(input)
		if (err != nil) != (want == "") || err == nil && got.String() != want {
			t.Errorf("%q: %v, %v", input, got, err)
		}
	}
}

func TestVersions(t *testing.T) {
	clients := redisconn.Clients()
	if last := clients[len(clients)-1]; last != redisconn.Newest() {
		t.Error("the last client is", last)
	}
	for i, v := range clients {
		if i > 0 && v.Compare(clients[i-1]) != 1 || v.Compare(v) != 0 || v.Compare(redisconn.Oldest()) != 1 {
			t.Error(v, "is out of order")
		}
		if got, err := redisconn.ParseVersion(v.String()); got != v || err != nil || v.IsZero() {
			t.Error(v, got, err)
		}
	}
	// Releases before and after the known ones follow the nearest.
	for _, v := range []redisconn.Version{{}, {Major: 1, Minor: 2, Patch: 6}} {
		if _, err := redisconn.ParseFor(v, "h,protocol=resp3"); err == nil {
			t.Error(v, "knows protocol")
		}
	}
	if _, err := redisconn.ParseFor(redisconn.Version{Major: 9}, "h,defaults=amr"); err != nil {
		t.Error(err)
	}
}
