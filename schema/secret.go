package schema

import "strings"

// Mask stands in outputs for a secret.
const Mask = "*****"

// secretEndings end the last segment of a key whose value is a secret.
var secretEndings = [...]string{"password", "pwd", "secret", "sharedkey", "encryptionkey", "salt", "token"}

// secretParents make a key named "key" below them a secret.
var secretParents = [...]string{"azuread", "tripledes", "xmcryptography", "infrastructurekey"}

// IsSecret tells whether the value at a setting's path is a secret, whole. The
// path's segments may be joined by : or / or __; casing does not count.
// Connection strings are not whole secrets: they are masked in part.
func IsSecret(path string) bool {
	p := strings.ToLower(path)
	p = strings.NewReplacer("/", ":", "__", ":").Replace(p)
	last := p[strings.LastIndexByte(p, ':')+1:]
	for _, ending := range secretEndings {
		if strings.HasSuffix(last, ending) {
			return true
		}
	}
	switch last {
	case "instrumentationkey":
		return true
	case "key":
		for segment := range strings.SplitSeq(strings.TrimSuffix(p, ":key"), ":") {
			for _, parent := range secretParents {
				if segment == parent {
					return true
				}
			}
		}
	}
	return false
}

// IsConnectionString tells whether the value at a path is a connection string
// by its name. Whether it is one of Redis tells IsAutoScale.
func IsConnectionString(path string) bool {
	p := strings.ToLower(path)
	return strings.HasSuffix(p, "connectionstring") || strings.HasPrefix(p, "connectionstrings:")
}
