package lint

import (
	"strconv"
	"strings"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// End is until when a suppression holds: up to and including a day, or until
// the suite is at a version. The zero End never comes.
type End struct {
	day     string // as 2027-01-31
	version schema.Version
}

// noVersion is a number that, but for builds, no version of the suite has and each year does: a
// date that is written in another way must not be a version that never comes.
const noVersion = 1900

// ParseEnd reads an end as it is written, 2027-01-31 or 5.0; ok is false where
// it is neither.
func ParseEnd(text string) (e End, ok bool) {
	if len(text) > 4 && text[4] == '-' && strings.Trim(text[:4], "0123456789") == "" {
		day, err := time.Parse(time.DateOnly, text)
		return End{day: day.Format(time.DateOnly)}, err == nil
	}
	v := schema.ParseVersion(text)
	for i, part := range strings.Split(v.Core(), ".") {
		if n, err := strconv.Atoi(part); err != nil || i < 3 && n >= noVersion {
			return End{}, false
		}
	}
	e.version = v
	return e, v.Known()
}

// IsVersion reports whether the end is a version.
func (e End) IsVersion() bool { return e.version.Known() }

// Passed reports whether the end has come: on a day after its own, or where the
// suite is known to be at its version or a later one. A zero day is before
// every other.
func (e End) Passed(today time.Time, suite schema.Version) bool {
	if e.version.Known() {
		return suite.AtLeast(e.version.Core()) == schema.Satisfied
	}
	return e.day != "" && !today.IsZero() && today.Format(time.DateOnly) > e.day
}

// suiteVersion is the version of the suite that counts for a product: its own,
// else the latest that a product of the deployment is known to have, else the
// manifest's.
func suiteVersion(d *deployment.Deployment, id schema.Product) schema.Version {
	var latest schema.Version
	for _, p := range d.Products {
		v := p.Version()
		switch {
		case !v.Known():
		case p.ID == id:
			return v
		case p.ID != schema.StreamHost && (!latest.Known() || v.Compare(latest) > 0):
			latest = v
		}
	}
	if !latest.Known() && d.Manifest != nil {
		return schema.ParseVersion(d.Manifest.Version.Text)
	}
	return latest
}
