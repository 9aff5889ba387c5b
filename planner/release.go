package planner

import (
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// target is the release that the suite is brought to.
type target struct {
	release schema.Release
	need    bool // the suite is to be upgraded
	unknown bool // nobody knows whether: the installed version is not known
}

// aim finds out whether and whereto the suite is upgraded. Without a wish it
// is upgraded only where Auto Scale needs it, and then to the newest known
// release.
func (s *site) aim(wish string) (target, error) {
	t := target{release: schema.NewestRelease()}
	if wish != "" {
		var err error
		if t.release, err = s.wished(wish); err != nil {
			return t, err
		}
	}
	if len(s.three) == 0 {
		return t, nil
	}
	switch {
	case s.suite.auto == schema.Undecided:
		t.unknown = !s.listed.has(schema.StepUpgradeSuite)
	case wish == "":
		t.need = s.suite.auto == schema.NotSatisfied
	default:
		t.need = s.suite.oldest.Compare(t.release.Parsed()) < 0
	}
	return t, nil
}

// CheckRelease tells whether a release can be asked for at all, in
// [Options].To: whatever is installed. An empty one asks for none.
//
// Errors: [*ReleaseError].
func CheckRelease(wish string) error {
	if wish == "" {
		return nil
	}
	_, err := knownRelease(wish)
	return err
}

// wished checks the release that somebody asked for.
func (s *site) wished(wish string) (schema.Release, error) {
	release, err := knownRelease(wish)
	if err == nil && s.suite.newest.Known() && s.suite.newest.Compare(release.Parsed()) > 0 {
		err = &ReleaseError{Wanted: words(strings.TrimSpace(wish)),
			Reason: "is older than what is installed, " + words(s.suite.newest.Text) + ": there is no way back to an older release but a restore"}
	}
	return release, err
}

// knownRelease finds a release that somebody asked for.
func knownRelease(wish string) (schema.Release, error) {
	v := schema.ParseVersion(wish)
	fault := &ReleaseError{Wanted: words(strings.TrimSpace(wish))}
	release, ok := schema.FindRelease(v)
	switch {
	case !v.Known():
		fault.Reason = "is not a version"
	case v.AtLeast(schema.AutoScaleSince) == schema.NotSatisfied:
		fault.Reason = "is older than " + schema.AutoScaleSince + ", the first with Auto Scale"
		fault.Nearest = []string{schema.AutoScaleSince}
		return release, fault
	case !ok:
		fault.Reason = "is no known release"
	case release.Prerelease:
		fault.Reason = "has been seen in test builds only"
	default:
		return release, nil
	}
	fault.Nearest = schema.NearestReleases(v, 4)
	return release, fault
}

// newerThanKnown reports whether the installed version is newer than every
// known release.
func (s *site) newerThanKnown() bool {
	newest := schema.NewestRelease()
	return s.suite.newest.Known() && s.suite.newest.Compare(newest.Parsed()) > 0
}
