package schema

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
)

// Release is one release of the suite, as far as its documentation or a
// template of it is known.
type Release struct {
	Version    string   `json:"version"`
	Date       string   `json:"date"`       // 2025-07-20, or less exact; empty where it is not known
	Prerelease bool     `json:"prerelease"` // seen in builds only: nothing to upgrade to
	Summary    string   `json:"summary"`    // what it brought, in a sentence
	Source     string   `json:"source"`     // where that is written
	Demands    []Demand `json:"demands"`    // of an upgrade that passes or reaches it
	Issues     []Issue  `json:"issues"`     // that came with it

	parsed Version
}

// Parsed is the release's version, to compare.
func (r Release) Parsed() Version { return r.parsed }

// Demand is something that an upgrade over a release asks for.
type Demand struct {
	ID   string `json:"id"` // names it in this file
	When When   `json:"when"`
	// Products that it concerns; empty: the suite.
	Products []Product `json:"products"`
	// Hosting names the ways of hosting that it concerns, "" where the way is
	// not known; empty: all.
	Hosting []string `json:"hosting"`
	// Until is the release that ended the demand; empty where none did.
	Until string `json:"until"`
	// FromBelow restricts it to upgrades that begin below a release.
	FromBelow string `json:"from_below"`
	Text      string `json:"text"`   // what is to be done, as a sentence
	Source    string `json:"source"` // the page that demands it

	until, fromBelow Version
}

// When is the time at which a demand has to be met.
type When string

// The times.
const (
	BeforeUpgrade When = "before"
	AfterUpgrade  When = "after"
	NoteOnly      When = "note" // nothing to do, something to know
)

// Issue is a known fault of a release.
type Issue struct {
	ID    string `json:"id"`
	Fixed string `json:"fixed"` // the release that mended it; empty where none did
	// Only restricts the issue to exactly this release.
	Only   bool   `json:"only"`
	Text   string `json:"text"`
	Source string `json:"source"`

	fixed Version
}

//go:embed releases.json
var releasesJSON []byte

// releases are decoded when somebody first asks: most runs never do.
var releases = sync.OnceValue(func() []Release {
	var file struct {
		Releases []Release `json:"releases"`
	}
	// The tests read the same bytes strictly: this cannot fail.
	_ = json.Unmarshal(releasesJSON, &file)
	for i := range file.Releases {
		r := &file.Releases[i]
		r.parsed = ParseVersion(r.Version)
		for k := range r.Demands {
			d := &r.Demands[k]
			d.until, d.fromBelow = ParseVersion(d.Until), ParseVersion(d.FromBelow)
		}
		for k := range r.Issues {
			r.Issues[k].fixed = ParseVersion(r.Issues[k].Fixed)
		}
	}
	return file.Releases
})

// Releases lists the known releases, oldest first.
func Releases() []Release { return slices.Clone(releases()) }

// NewestRelease is the newest release that one can upgrade to.
func NewestRelease() Release {
	all := releases()
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].Prerelease {
			return all[i]
		}
	}
	return Release{}
}

// FindRelease gives the known release with the numbers of v, missing ones
// counting as 0; a fourth number is a build of the release.
func FindRelease(v Version) (Release, bool) {
	for _, r := range releases() {
		if r.parsed.SameRelease(v) {
			return r, true
		}
	}
	return Release{}, false
}

// NearestReleases gives up to n known releases around v, oldest first; the
// newest n where v cannot be compared.
func NearestReleases(v Version, n int) []string {
	var known []Release
	for _, r := range releases() {
		if !r.Prerelease {
			known = append(known, r)
		}
	}
	at := len(known)
	if v.Known() {
		at, _ = slices.BinarySearchFunc(known, v, func(r Release, v Version) int { return r.parsed.Compare(v) })
	}
	from := min(max(at-n/2, 0), max(len(known)-n, 0))
	var names []string
	for _, r := range known[from:min(from+n, len(known))] {
		names = append(names, r.Version)
	}
	return names
}

// Way is what an upgrade meets between two releases.
type Way struct {
	Demands []Demand // of the releases that are passed or reached, oldest first
	Issues  []Issue  // of the release that is reached
}

// UpgradeWay tells what an upgrade from one version to another asks for. The
// start may be unknown: then it counts as older than all known releases.
func UpgradeWay(from, to Version) Way {
	var way Way
	first := ParseVersion(AutoScaleSince)
	for _, r := range releases() {
		if r.parsed.Compare(to) > 0 {
			break
		}
		passed := !from.Known() || r.parsed.Compare(from) > 0
		for _, d := range r.Demands {
			if passed && !reached(d.until, to) && !reached(d.fromBelow, from) {
				way.Demands = append(way.Demands, d)
			}
		}
		for _, issue := range r.Issues {
			if !reached(issue.fixed, to) && (!issue.Only || r.parsed.Compare(to) == 0) && r.parsed.Compare(first) >= 0 {
				way.Issues = append(way.Issues, issue)
			}
		}
	}
	return way
}

// reached reports whether v is a release or later; false where there is no
// release.
func reached(release, v Version) bool {
	return release.Known() && v.Known() && v.Compare(release) >= 0
}
