package schema

import (
	"strings"
	"testing"
)

func TestNear(t *testing.T) {
	for _, c := range []struct {
		name, want string
		near       bool
	}{
		{"autoScale", "autoScale", false}, // equal
		{"AUTOSCALE", "autoScale", false}, // equal but for case: another matter
		{"autoScal", "autoScale", true},
		{"autoScales", "autoScale", true},
		{"autoSclae", "autoScale", true}, // a swap is one edit
		{"uatoSclae", "autoScale", true}, // two swaps
		{"auto-Scale", "autoScale", true},
		{"auto_scaling", "autoScale", false},
		{"autoScaling", "autoScale", false},
		{"enable", "enabled", true},
		{"Enabeld", "enabled", true},
		{"disabled", "enabled", false},
		{"conectionstring", "connectionString", true},
		{"connectionStrings", "connectionString", true},
		{"connection", "connectionString", false},
		{"xmpor", "xmpro", true},
		{"Serilog", "xmpro", false},
		{"", "xmpro", false},
		{"аutoScale", "autoScale", true}, // a Cyrillic a
		{"autoScаlе", "autoScale", true},
		{strings.Repeat("autoScale", 1000), "autoScale", false},
	} {
		if got := Near([]byte(c.name), c.want); got != c.near {
			t.Errorf("Near(%.20q, %q) = %v", c.name, c.want, got)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		name, want string
		d          int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "ABC", 0}, {"kitten", "sitting", 3}, {"ca", "abc", 3}, {"ab", "ba", 1},
	} {
		if got := distance([]byte(c.name), c.want); got != c.d {
			t.Errorf("distance(%q, %q) = %d, want %d", c.name, c.want, got, c.d)
		}
	}
}

// The cheap test must never say no where the thorough one says yes.
func FuzzNear(f *testing.F) {
	f.Add("autoScal")
	f.Add("xmpor")
	f.Add("àutoScale")
	f.Fuzz(func(t *testing.T, name string) {
		if len(name) > 64 {
			return
		}
		for _, want := range []string{"xmpro", "autoScale", "enabled", "connectionString"} {
			d := distance([]byte(name), want)
			if got := Near([]byte(name), want); got != (0 < d && d <= nearDistance) {
				t.Errorf("Near(%q, %q) = %v at distance %d", name, want, got, d)
			}
		}
	})
}

func TestNearAllocatesNothing(t *testing.T) {
	name := []byte("autoSclae")
	if n := testing.AllocsPerRun(100, func() { Near(name, "autoScale") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"name", "path", "version", "nodes", "instances"}
	for name, want := range map[string]string{
		"versoin": "version", "VERSION": "version", "node": "nodes", "pat": "path", "mane": "name", "instance": "instances",
		"nam": "name", "na": "name", "xyz": "", "": "", "something else": "", "path": "path",
	} {
		if got := Nearest(name, keys); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
	if got := Nearest("ab", []string{"abcd", "abc", "abd"}); got != "abc" {
		t.Errorf("of equally near ones the first: %q", got)
	}
	if got := Nearest("x", nil); got != "" {
		t.Errorf("of none %q", got)
	}
}
