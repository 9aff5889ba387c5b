package mask

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// Value gives a value as outputs may show it. It is [deployment.Mask], and
// careful where a fault may hide what a value is: everything below a secret's
// name is secret, and every string near Auto Scale is read as a Redis connection
// string, also under a misspelt key.
func Value(path, value string) string {
	switch {
	case value == "":
		return ""
	case isSecret(path):
		return schema.Mask
	case strings.Contains(strings.ToLower(path), "autoscale"):
		value = deployment.Mask(schema.Connection, value)
	}
	return deployment.Mask(path, value)
}

// isSecret reports whether a setting or one that it lies in is a secret.
func isSecret(path string) bool {
	for {
		if schema.IsSecret(path) {
			return true
		}
		i := strings.LastIndexAny(path, ":/")
		if i < 0 {
			return false
		}
		path = path[:i]
	}
}

// maskedParts finds the parts of a value that are masked, where masked is the
// value with some of its parts replaced; false where that cannot be told.
func maskedParts(value, masked string) ([]Patch, bool) {
	kept := strings.Split(masked, schema.Mask)
	last := len(kept) - 1
	if last == 0 || !strings.HasPrefix(value, kept[0]) || !strings.HasSuffix(value, kept[last]) {
		return nil, false
	}
	end := len(value) - len(kept[last])
	at := len(kept[0])
	var parts []Patch
	for i := 1; i <= last; i++ {
		next := end
		if i < last {
			j := strings.Index(value[min(at, end):end], kept[i])
			if j < 0 || kept[i] == "" {
				return nil, false
			}
			next = at + j
		}
		if next < at {
			return nil, false
		}
		parts = append(parts, Patch{int32(at), int32(next), schema.Mask})
		at = next + len(kept[i])
	}
	return parts, true
}
