package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	built := []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}}
	for _, c := range []struct {
		main     string
		settings []debug.BuildSetting
		want     string
	}{
		{"", nil, version},
		{"(devel)", nil, version},
		{"v0.2.0", nil, "0.2.0"},
		{"v0.2.0", built, "0.2.0"},
		{"v0.2.0-rc.1", built, "0.2.0-rc.1"},
		{"v0.2.0+dirty", built, version},
		{"v0.1.1-0.20261125120000-0123456789ab", nil, "0.1.1-0.20261125120000-0123456789ab"},
		{"v0.1.1-0.20261125120000-0123456789ab", built, version},
		{"v0.0.0-20261125120000-0123456789ab", built, version},
		{"v0.1.1-0.20261125120000-0123456789ab+dirty", built, version},
	} {
		if got := versionOf(&debug.BuildInfo{Main: debug.Module{Version: c.main}, Settings: c.settings}); got != c.want {
			t.Errorf("%q: got %s, want %s", c.main, got, c.want)
		}
	}
	if got := versionOf(nil); got != version {
		t.Errorf("without build information: %s", got)
	}
}
