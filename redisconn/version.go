package redisconn

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// A Version is a release of the NuGet package StackExchange.Redis.
// The zero Version stands for no version.
type Version struct{ Major, Minor, Patch int }

// Oldest is the first release whose rules this package knows. Earlier ones are
// treated like it.
func Oldest() Version { return Version{2, 5, 61} }

// Newest is the last release whose rules this package knows. Later ones are
// treated like it.
func Newest() Version { return Version{3, 4, 35} }

// Clients returns the releases that Verdicts asks, oldest first: one for each
// turn that the grammar took.
func Clients() []Version {
	return []Version{{2, 6, 96}, {2, 7, 27}, {2, 13, 23}, Newest()}
}

// ParseVersion reads a version as *.deps.json and package references spell it:
// two to four numbers, perhaps a suffix after "-" or "+", which is ignored.
func ParseVersion(s string) (Version, error) {
	text := strings.TrimSpace(s)
	if i := strings.IndexAny(text, "-+"); i >= 0 {
		text = text[:i]
	}
	parts := strings.Split(text, ".")
	if len(parts) < 2 || len(parts) > 4 {
		return Version{}, fmt.Errorf("version %q: want major.minor.patch, such as 2.7.27", s)
	}
	var n [4]int
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 31)
		if err != nil || p[0] == '+' {
			return Version{}, fmt.Errorf("version %q: %q is no number", s, p)
		}
		n[i] = int(v)
	}
	return Version{n[0], n[1], n[2]}, nil
}

// String returns the version as NuGet writes it.
func (v Version) String() string {
	return strconv.Itoa(v.Major) + "." + strconv.Itoa(v.Minor) + "." + strconv.Itoa(v.Patch)
}

// Compare returns -1, 0 or 1 as v is older than, equal to or newer than w.
func (v Version) Compare(w Version) int {
	return cmp.Or(cmp.Compare(v.Major, w.Major), cmp.Compare(v.Minor, w.Minor), cmp.Compare(v.Patch, w.Patch))
}

// IsZero reports whether v stands for no version.
func (v Version) IsZero() bool { return v == Version{} }

func (v Version) since(w Version) bool { return v.Compare(w) >= 0 }

// The releases at which the grammar changed. Sources: the release notes
// (https://stackexchange.github.io/StackExchange.Redis/ReleaseNotes) where they
// tell, else the releases that were run: then the first one known to behave so.
var (
	httpTunnel        = Version{2, 6, 80}  // tunnel
	setInfo           = Version{2, 6, 104} // setlib
	tunnelURL         = Version{2, 6, 111} // tunnel takes a URL
	resp3             = Version{2, 7, 4}   // protocol; a version without a dot
	integrity         = Version{2, 8, 0}   // highIntegrity
	managedRedis      = Version{2, 8, 22}  // Azure Managed Redis is recognised, TLS on port 10000
	envoyTransactions = Version{2, 9, 24}  // MULTI, EXEC and the like through Envoy
	managedTLS        = Version{2, 11, 0}  // Azure Managed Redis always has TLS
	longAliases       = Version{2, 12, 1}  // an alias of a command may be over 31 bytes
	newClouds         = Version{2, 13, 0}  // sovereign clouds of Azure Managed Redis
	tidyNames         = Version{2, 13, 0}  // tcpKeepAlive; case no longer matters anywhere
	thirdMajor        = Version{3, 0, 0}   // sentinelUser, sentinelPassword; Redis 6.0 is assumed
	smartHandoff      = Version{3, 3, 0}   // maint..., topologyRefreshSeconds
	namedDefaults     = Version{3, 4, 0}   // defaults; Redis Cloud is recognised
)
