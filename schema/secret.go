package schema

import "strings"

// Mask stands in outputs for a secret.
const Mask = "*****"

// secretEndings end the last segment of a key whose value is a secret.
var secretEndings = [...]string{"password", "pwd", "secret", "sharedkey", "encryptionkey", "salt", "token"}

// secretNames are last segments whose value is a secret: telemetry's key, and
// the two of <machineKey>.
var secretNames = [...]string{"instrumentationkey", "validationkey", "decryptionkey"}

// secretParents make a key named "key" below them a secret.
var secretParents = [...]string{"azuread", "tripledes", "xmcryptography", "infrastructurekey"}

// IsSecret reports whether the value at a setting's path is a secret, whole. The
// path's segments may be joined by : or / or __; casing does not count. An
// element of an array is a secret where the array is. Connection strings are
// not whole secrets: they are masked in part.
func IsSecret(path string) bool {
	above, last := cutLast(path)
	for isIndex(last) && above != "" {
		above, last = cutLast(above)
	}
	for _, ending := range secretEndings {
		if n := len(last) - len(ending); n >= 0 && strings.EqualFold(last[n:], ending) {
			return true
		}
	}
	for _, name := range secretNames {
		if strings.EqualFold(last, name) {
			return true
		}
	}
	if !strings.EqualFold(last, "key") {
		return false
	}
	for above != "" {
		above, last = cutLast(above)
		for _, parent := range secretParents {
			if strings.EqualFold(last, parent) {
				return true
			}
		}
	}
	return false
}

// cutLast cuts the last segment off a path.
func cutLast(path string) (above, last string) {
	for i := len(path) - 1; i >= 0; i-- {
		switch {
		case path[i] == ':' || path[i] == '/':
			return path[:i], path[i+1:]
		case path[i] == '_' && i > 0 && path[i-1] == '_':
			return path[:i-1], path[i+1:]
		}
	}
	return "", path
}

// isIndex reports whether a segment is the index of an array's element.
func isIndex(segment string) bool {
	return segment != "" && strings.Trim(segment, "0123456789") == ""
}
