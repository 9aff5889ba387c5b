package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/internal/document"
)

// spelling knows how one layer spells the segments of its paths: of keys that
// differ in case the first one counts, as in what .NET enumerates. The key is
// a hash of the path up to the segment, in upper case.
type spelling map[uint64]string

// spell gives a path of the layer the spelling of its segments. Paths come in
// the order of the layer.
func (s spelling) spell(path string) string {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	hash := uint64(offset)
	var fold []byte
	spelled := make([]byte, 0, len(path))
	for rest, more := path, true; more; {
		var segment string
		segment, rest, more = strings.Cut(rest, ":")
		fold = append(document.AppendFold(fold[:0], []byte(segment)), ':')
		for _, c := range fold {
			hash = (hash ^ uint64(c)) * prime
		}
		first, ok := s[hash]
		if !ok {
			s[hash], first = segment, segment
		}
		if spelled = append(spelled, first...); more {
			spelled = append(spelled, ':')
		}
	}
	if string(spelled) == path {
		return path
	}
	return string(spelled)
}
