package schema

import (
	"slices"
	"testing"
)

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Pump Health":       "pump-health",
		"  Shift -- Log! ":  "shift-log",
		"OEE":               "oee",
		"Líneas/Öl & Gas 2": "líneas-öl-gas-2",
		"水位監視":              "水位監視",
		"a@b":               "a-b",
		"पंप":               "पंप",
		"!!!":               "x-" + nameHash("!!!"),
		"":                  "x-811c9dc5",
		"bad\xffbytes":      "bad-bytes",
	} {
		if got := Slug(name); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSlugsAreUnique(t *testing.T) {
	names := []string{"Pump Health", "pump health", "Pump Health", "PUMP-HEALTH", "Pump Health 2", "pump-health-2", "!!", "??", "!!"}
	got := Slugs(names)
	if got[0] != "pump-health" || got[4] == got[2] {
		t.Errorf("got %q", got)
	}
	sorted := slices.Sorted(slices.Values(got))
	if n := len(slices.Compact(sorted)); n != len(names) {
		t.Errorf("%d slugs for %d names: %q", n, len(names), got)
	}
	if !slices.Equal(got, Slugs(names)) {
		t.Error("not deterministic")
	}
}
