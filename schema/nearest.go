package schema

import (
	"unicode"
	"unicode/utf8"
)

// nearDistance is the edit distance up to which a name is taken for another
// one that was mistyped.
const nearDistance = 2

// maxName is the length in characters up to which names are compared: no name
// of interest comes near it.
const maxName = 32

// Nearest is the candidate that a name was most likely meant to be: the first
// one of those within the smallest edit distance, ignoring case; empty where
// none is as near as [Near] asks for. A candidate that is equal but for case is
// the nearest of all.
func Nearest(name string, candidates []string) string {
	best, least := "", nearDistance+1
	for _, c := range candidates {
		if d := distance([]byte(name), c); d < least {
			best, least = c, d
		}
	}
	return best
}

// Near reports whether a name is one that was mistyped: within an edit distance
// of 2, ignoring case, and not equal but for case. A transposition of
// neighbours counts as one edit. It allocates nothing.
func Near(name []byte, want string) bool {
	if len(name) > utf8.UTFMax*maxName || !mayBeNear(name, want) {
		return false
	}
	d := distance(name, want)
	return 0 < d && d <= nearDistance
}

// Distance is the number of edits that make one name of the other, ignoring
// case: insert, delete, replace a character, swap two neighbours. Long names
// are far from each other.
func Distance(name, want string) int { return distance([]byte(name), want) }

// mayBeNear is a cheap test that no near name fails: one edit adds and removes
// at most one letter.
func mayBeNear(name []byte, want string) bool {
	var has, needs uint64
	wide := false
	for _, c := range name {
		wide = wide || c >= utf8.RuneSelf
		has |= 1 << (c & 31)
	}
	if wide { // one letter may be several bytes
		return true
	}
	if n := len(name) - len(want); n < -nearDistance || n > nearDistance {
		return false
	}
	for i := range len(want) {
		needs |= 1 << (want[i] & 31)
	}
	return few(has&^needs) && few(needs&^has)
}

// few reports whether at most two bits are set.
func few(bits uint64) bool {
	bits &= bits - 1
	bits &= bits - 1
	return bits == 0
}

// distance is the number of edits that make one name of the other: insert,
// delete, replace a character, swap two neighbours (optimal string alignment).
// Names that are too long to compare are far apart.
func distance(name []byte, want string) int {
	var a, b [maxName]rune
	m, ok := lower(a[:], name)
	if !ok {
		return maxName
	}
	n := 0
	for _, r := range want {
		if n == maxName {
			return maxName
		}
		b[n] = unicode.ToLower(r)
		n++
	}
	var rows [3][maxName + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range n + 1 {
		row[j] = j
	}
	for i := 1; i <= m; i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= n; j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[n]
}

// lower puts the characters of a name in lower case into dst.
func lower(dst []rune, name []byte) (n int, ok bool) {
	for len(name) > 0 {
		r, size := utf8.DecodeRune(name)
		if n == len(dst) {
			return 0, false
		}
		dst[n] = unicode.ToLower(r)
		n++
		name = name[size:]
	}
	return n, true
}
