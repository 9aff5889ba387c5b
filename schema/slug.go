package schema

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
)

// Slug turns a name into the part of a step's id that stands for it: the
// letters and digits of any script in lower case, everything between them a
// hyphen. "Pump Health" is pump-health. A name without any letter or digit
// gives x- and a hash.
//
// Different names may have one slug; [Slugs] tells them apart.
func Slug(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	gap := false
	for _, r := range name {
		if r == unicode.ReplacementChar || !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	if b.Len() == 0 {
		return "x-" + nameHash(name)
	}
	return b.String()
}

// Slugs gives each of the names a slug of its own: the first of several names
// with one slug keeps it, the others get a hash of their spelling, and a name
// that stands twice in the same spelling a number.
func Slugs(names []string) []string {
	slugs := make([]string, len(names))
	taken := make(map[string]bool, len(names))
	owner := make(map[string]string, len(names))
	for i, name := range names {
		slug := Slug(name)
		if first, ok := owner[slug]; !ok {
			owner[slug] = name
		} else if first != name {
			slug += "-" + nameHash(name)
		}
		unique := slug
		for n := 2; taken[unique]; n++ {
			unique = slug + "-" + strconv.Itoa(n)
		}
		taken[unique] = true
		slugs[i] = unique
	}
	return slugs
}

// nameHash is eight hexadecimal digits that follow from a name.
func nameHash(name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	return fmt.Sprintf("%08x", h.Sum32())
}
