package schema

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
)

func TestReleasesAreInOrder(t *testing.T) {
	decoder := json.NewDecoder(bytes.NewReader(releasesJSON))
	decoder.DisallowUnknownFields()
	var file struct {
		Releases []Release `json:"releases"`
	}
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	all := Releases()
	if len(all) < 40 || len(all) != len(file.Releases) {
		t.Fatalf("%d releases", len(all))
	}
	ids := map[string]bool{}
	for i, r := range all {
		if !r.Parsed().Known() || r.Source == "" {
			t.Errorf("release %q: no version or no source", r.Version)
		}
		if i > 0 && all[i-1].Parsed().Compare(r.Parsed()) >= 0 {
			t.Errorf("%s stands before %s", all[i-1].Version, r.Version)
		}
		for _, d := range r.Demands {
			if ids[d.ID] || d.Text == "" || d.Source == "" || !slices.Contains([]When{BeforeUpgrade, AfterUpgrade, NoteOnly}, d.When) {
				t.Errorf("%s: bad demand %q", r.Version, d.ID)
			}
			ids[d.ID] = true
			if _, ok := FindRelease(ParseVersion(d.Until)); d.Until != "" && !ok {
				t.Errorf("%s: demand %s ends at unknown %s", r.Version, d.ID, d.Until)
			}
		}
		for _, issue := range r.Issues {
			if ids[issue.ID] || issue.Text == "" || issue.Source == "" {
				t.Errorf("%s: bad issue %q", r.Version, issue.ID)
			}
			ids[issue.ID] = true
		}
	}
	if got := NewestRelease().Version; got != "4.6.1" {
		t.Errorf("newest is %s", got)
	}
}

// A milestone is a release of the table, and the fixes among them are those of
// its issues.
func TestMilestonesAreReleases(t *testing.T) {
	for _, version := range []string{
		AutoScaleSince, OldConnectorOptionalSince, ReplaceCacheSince, UsageReportSince, VersionPageSince,
		NoARMTemplateSince, TerraformAutoScaleSince, TerraformConnectionSince, InstallerSince,
	} {
		if r, ok := FindRelease(ParseVersion(version)); !ok || r.Prerelease {
			t.Errorf("%s is no release", version)
		}
	}
	first, _ := FindRelease(ParseVersion(AutoScaleSince))
	for _, issue := range first.Issues {
		want := map[string]string{"connector-" + OldConnector: OldConnectorOptionalSince, "replace-cache": ReplaceCacheSince}[issue.ID]
		if issue.Fixed != want {
			t.Errorf("%s is mended by %s, and the milestone is %q", issue.ID, issue.Fixed, want)
		}
	}
	if len(first.Issues) != 2 {
		t.Errorf("%d issues came with Auto Scale", len(first.Issues))
	}
}

func TestFindRelease(t *testing.T) {
	for text, want := range map[string]string{
		"4.3.1": "4.3.1", "v4.3.1.0": "4.3.1", "4.4": "4.4.0", "4.6.1-alpha": "4.6.1",
		"4.4.12": "", "9.9": "", "latest": "", "": "", "4.4.4.28+9c1": "4.4.4",
	} {
		if r, ok := FindRelease(ParseVersion(text)); r.Version != want || ok != (want != "") {
			t.Errorf("FindRelease(%q) = %q, %v", text, r.Version, ok)
		}
	}
}

func TestNearestReleases(t *testing.T) {
	for _, c := range []struct {
		version string
		want    []string
	}{
		{"4.4.12", []string{"4.4.9", "4.4.10", "4.4.13", "4.4.14"}},
		{"9.9", []string{"4.5.4", "4.5.5", "4.6.0", "4.6.1"}},
		{"1.0", []string{"4.1.0", "4.1.13", "4.2.0", "4.2.3"}},
		{"latest", []string{"4.5.4", "4.5.5", "4.6.0", "4.6.1"}},
	} {
		if got := NearestReleases(ParseVersion(c.version), 4); !slices.Equal(got, c.want) {
			t.Errorf("NearestReleases(%q) = %q, want %q", c.version, got, c.want)
		}
	}
}

func TestUpgradeWay(t *testing.T) {
	ids := func(from, to string) (demands, issues []string) {
		way := UpgradeWay(ParseVersion(from), ParseVersion(to))
		for _, d := range way.Demands {
			demands = append(demands, d.ID)
		}
		for _, i := range way.Issues {
			issues = append(issues, i.ID)
		}
		return demands, issues
	}
	demands, issues := ids("4.2.3", "4.3.1")
	if !slices.Equal(demands, []string{"database-migrations", "enable-logging"}) || !slices.Equal(issues, []string{"connector-1.07", "replace-cache"}) {
		t.Errorf("4.2.3 to 4.3.1: %q, %q", demands, issues)
	}
	demands, issues = ids("4.2.3", "4.6.1")
	for _, id := range []string{"dotnet-8", "dotnet-framework-4.8", "legacy-crypto", "logging-always-on", "from-4.4", "infrastructure-key"} {
		if !slices.Contains(demands, id) {
			t.Errorf("4.2.3 to 4.6.1 lacks %s", id)
		}
	}
	for _, id := range []string{"dotnet-framework-4.8.1", "enable-logging", "stream-host-dotnet-6"} {
		if slices.Contains(demands, id) {
			t.Errorf("4.2.3 to 4.6.1 has %s, which has ended", id)
		}
	}
	if len(issues) != 0 {
		t.Errorf("4.6.1 has %q", issues)
	}
	if demands, _ := ids("4.4.19", "4.6.1"); slices.Contains(demands, "from-4.4") || slices.Contains(demands, "dotnet-8") {
		t.Errorf("4.4.19 to 4.6.1: %q", demands)
	}
	if _, issues := ids("4.4.19", "4.5.4"); !slices.Equal(issues, []string{"entity-names"}) {
		t.Errorf("4.5.4 has %q", issues)
	}
	if demands, _ := ids("", "4.3.1"); !slices.Contains(demands, "server-variables") {
		t.Errorf("from an unknown version: %q", demands)
	}
}
