package schema

import (
	"cmp"
	"math"
	"slices"
	"strings"

	goversion "github.com/hashicorp/go-version"
)

// Version is a version as it was written, and what it says.
//
// A version is one to four decimal numbers joined by dots, after an optional v
// or V and before an optional suffix that begins with - or +; blanks around it
// do not count. Everything else (latest, a variable, a digest) is unknown:
// neither old nor new.
type Version struct {
	Text    string   // as written, without the blanks around it
	numbers [4]int64 // missing ones are 0
	known   bool
	early   bool // a pre-release of what its numbers say
}

// ParseVersion reads a version. It never fails: see [Version.Known].
func ParseVersion(s string) Version {
	v := Version{Text: strings.TrimSpace(s)}
	core, ok := versionCore(v.Text)
	if !ok {
		return v
	}
	parsed, err := goversion.NewVersion(core)
	if err != nil { // a number over int64
		return v
	}
	copy(v.numbers[:], parsed.Segments64())
	v.known, v.early = true, isPrerelease(v.Text)
	return v
}

// isPrerelease reports whether a version's suffix says that it came before the
// release: -alpha, -rc.1, -dev-pr-5170. The suffixes of images say nothing of
// the kind: -bookworm-slim, -alpine3.21.
func isPrerelease(text string) bool {
	_, suffix, ok := strings.Cut(text, "-")
	if plus := strings.IndexByte(text, '+'); !ok || plus >= 0 && plus < len(text)-len(suffix) {
		return false
	}
	word := strings.ToLower(suffix)
	if i := strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }); i >= 0 {
		word = word[:i]
	}
	switch word {
	case "a", "alpha", "b", "beta", "c", "rc", "cr", "pre", "prerelease", "preview", "dev", "nightly", "snapshot", "canary":
		return true
	}
	return false
}

// numbersOf are the numbers of a bound, without the cost of [ParseVersion]:
// every deployment is held against the same few bounds. ok is false where it
// is no version.
func numbersOf(bound string) (numbers [4]int64, core string, ok bool) {
	core, ok = versionCore(strings.TrimSpace(bound))
	if !ok {
		return numbers, core, false
	}
	i := 0
	for _, c := range []byte(core) {
		switch {
		case c == '.':
			i++
		case numbers[i] > (math.MaxInt64-9)/10:
			return numbers, core, false
		default:
			numbers[i] = numbers[i]*10 + int64(c-'0')
		}
	}
	return numbers, core, true
}

// versionCore gives the numbers of a version without v and suffix.
func versionCore(s string) (string, bool) {
	if s != "" && (s[0] == 'v' || s[0] == 'V') {
		s = s[1:]
	}
	if i := strings.IndexAny(s, "-+"); i >= 0 {
		s = s[:i]
	}
	parts := 0
	for part := range strings.SplitSeq(s, ".") {
		parts++
		if part == "" || parts > 4 || strings.Trim(part, "0123456789") != "" {
			return "", false
		}
	}
	return s, true
}

// Known reports whether the version can be compared.
func (v Version) Known() bool { return v.known }

// Core is the numbers alone, as written: "5.0.0.157" of
// "v5.0.0.157-alpha-cd3479bd86"; empty where the version is unknown.
func (v Version) Core() string {
	if !v.Known() {
		return ""
	}
	core, _ := versionCore(v.Text)
	return core
}

// Compare orders two known versions by their numbers, missing ones counting
// as 0; suffixes do not count. It gives 0 where one of them is unknown.
func (v Version) Compare(w Version) int {
	if !v.Known() || !w.Known() {
		return 0
	}
	return slices.Compare(v.numbers[:], w.numbers[:])
}

// SameRelease reports whether two known versions are of one release: the fourth
// number is a build of it.
func (v Version) SameRelease(w Version) bool {
	return v.Known() && w.Known() && [3]int64(v.numbers[:3]) == [3]int64(w.numbers[:3])
}

// Decision is the answer to "is this version at least that one".
type Decision uint8

// The answers. Undecided is the answer for an unknown version, for one that
// has fewer numbers than the bound and could lie on both sides of it, as 4
// against 4.3.1, and for a pre-release of the bound itself: what 4.3.1-alpha
// lacks of 4.3.1 is not known.
const (
	Undecided Decision = iota
	Satisfied
	NotSatisfied
)

// AtLeast reports whether v is bound or later. See [Decision].
func (v Version) AtLeast(bound string) Decision {
	numbers, core, ok := numbersOf(bound)
	if !v.Known() || !ok {
		return Undecided
	}
	switch order := slices.Compare(v.numbers[:], numbers[:]); {
	case order == 0 && v.early:
		return Undecided
	case order >= 0:
		return Satisfied
	}
	if n := 1 + strings.Count(v.Core(), "."); n <= strings.Count(core, ".") && slices.Equal(v.numbers[:n], numbers[:n]) {
		return Undecided
	}
	return NotSatisfied
}

// Connector is a version of the Data Streams Connector: a decimal number, not
// a list of numbers. 2.10 is 2.1 and older than 2.9.
//
// Source: XMPro documentation, "Packaging a connector": the version is any
// real number; in a package it is stored as a double.
type Connector struct {
	Text  string // as written, without the blanks around it
	whole string // digits before the point, without leading zeros
	part  string // digits after the point, without trailing zeros
	rest  string // what stands behind a second point, without trailing zeros
	known bool
	early bool // a pre-release of what its number says
}

// ParseConnector reads a connector version. It never fails: see
// [Connector.Known].
func ParseConnector(s string) Connector {
	c := Connector{Text: strings.TrimSpace(s)}
	core, ok := versionCore(c.Text)
	if !ok {
		return c
	}
	whole, part, _ := strings.Cut(core, ".")
	part, rest, _ := strings.Cut(part, ".") // no decimal number, and plain all the same: 2.0.0.0 is 2.0
	c.whole, c.part, c.rest, c.known = strings.TrimLeft(whole, "0"), strings.TrimRight(part, "0"), strings.TrimRight(rest, ".0"), true
	c.early = isPrerelease(c.Text)
	return c
}

// Known reports whether the version can be compared.
func (c Connector) Known() bool { return c.known }

// Compare orders two known versions; 0 where one of them is unknown.
func (c Connector) Compare(d Connector) int {
	if !c.known || !d.known {
		return 0
	}
	if len(c.whole) != len(d.whole) {
		return cmp.Compare(len(c.whole), len(d.whole))
	}
	return cmp.Or(strings.Compare(c.whole, d.whole), strings.Compare(c.part, d.part), strings.Compare(c.rest, d.rest))
}

// AtLeast reports whether c is bound or later. See [Decision].
func (c Connector) AtLeast(bound string) Decision {
	b := ParseConnector(bound)
	switch order := c.Compare(b); {
	case !c.known || !b.known || order == 0 && c.early:
		return Undecided
	case order >= 0:
		return Satisfied
	}
	return NotSatisfied
}
