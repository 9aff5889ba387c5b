package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// Mask gives a setting's value as outputs may show it: secrets are ***** .
// The path decides what is a secret; see [schema.IsSecret]. Of a connection
// string only the password parts are masked, and of a URL what stands before
// the @. Where it cannot be told how far a secret goes, more is masked.
func Mask(path, value string) string {
	switch {
	case value == "":
		return ""
	case schema.IsSecret(path):
		return schema.Mask
	case isVaultReference(value):
		return value // it says where the secret is, and is none
	case isRedisPath(path):
		return redisconn.Mask(value)
	case pathHolds(path, "redis"): // of another program, whose strings may be others
		return maskText(redisconn.Mask(value))
	}
	return maskText(value)
}

// isVaultReference reports whether a value is a reference to a key vault and
// nothing else, with nothing in it that is not a name.
//
// Source: Microsoft, "Use Key Vault references", reference syntax.
func isVaultReference(value string) bool {
	const start, end = "@Microsoft.KeyVault(", ")"
	if len(value) < len(start)+len(end) || !strings.EqualFold(value[:len(start)], start) || !strings.HasSuffix(value, end) {
		return false
	}
	for part := range strings.SplitSeq(value[len(start):len(value)-len(end)], ";") {
		name, is, ok := strings.Cut(part, "=")
		switch {
		case !ok:
			return false
		case strings.EqualFold(name, "SecretUri"):
			const scheme, folder = "https://", "/secrets/"
			host, secret, ok := strings.Cut(strings.TrimPrefix(is, scheme), folder)
			secret, version, _ := strings.Cut(secret, "/")
			if !ok || !strings.HasPrefix(is, scheme) || !isName(strings.ReplaceAll(host, ".", "")) || !isName(secret) || version != "" && !isName(version) {
				return false
			}
		case !strings.EqualFold(name, "VaultName") && !strings.EqualFold(name, "SecretName") && !strings.EqualFold(name, "SecretVersion"), !isName(is):
			return false
		}
	}
	return true
}

// isName reports whether a text is a name of Azure's: letters, digits and
// dashes.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || 'z' < c) && (s[i] < '0' || '9' < s[i]) && s[i] != '-' {
			return false
		}
	}
	return s != ""
}

// isRedisPath reports whether a path is that of an Auto Scale setting, under
// whatever parent, or of the manifest's connection string. All settings of Auto
// Scale count: where a name is misspelled, or two values are swapped, the string
// stands at another.
func isRedisPath(path string) bool {
	return pathHolds(path, "autoscale:") || pathHolds(path, "autoscale__") ||
		pathHolds(path, "autoscale/") || strings.EqualFold(path, "redis.connection") || isNearAutoScale(path)
}

// isNearAutoScale reports whether a name in a path is Auto Scale's, or was meant
// to be.
func isNearAutoScale(path string) bool {
	for path != "" {
		end := strings.IndexAny(path, ":/_")
		if end < 0 {
			end = len(path)
		}
		if name := path[:end]; strings.EqualFold(name, "autoScale") || schema.Near([]byte(name), "autoScale") {
			return true
		}
		path = path[min(end+1, len(path)):]
	}
	return false
}

// pathHolds looks for a text of small letters, in any casing.
func pathHolds(s, small string) bool {
	for i := 0; i+len(small) <= len(s); i++ {
		if s[i]|0x20 == small[0]|0x20 && strings.EqualFold(s[i:i+len(small)], small) {
			return true
		}
	}
	return false
}

func hasSuffixFold(s, suffix string) bool {
	n := len(s) - len(suffix)
	return n >= 0 && strings.EqualFold(s[n:], suffix)
}

// maskText masks what [redisconn.Mask] masks in a text that resembles a Redis
// connection string, the values of NAME=VALUE pairs whose name is one of a secret,
// and the user's part of URLs.
func maskText(s string) string {
	if redisconn.Resembles(s) { // in the wrong place
		s = redisconn.Mask(s)
	}
	var out []byte
	copied := 0
	for i := 0; i < len(s); {
		from, end := i, i
		switch {
		case s[i] == '=' && namesSecret(s[:i]):
			from = i + 1
			for from < len(s) && isBlank(s[from]) {
				from++
			}
			end = secretEnd(s, from)
		case s[i] == ':' && strings.HasPrefix(s[i:], "://"):
			from = i + len("://")
			end = from + userLen(s[from:])
		}
		if end > from {
			out = append(append(out, s[copied:from]...), schema.Mask...)
			copied = end
		}
		i = max(end, i+1)
	}
	if out == nil {
		return s
	}
	return string(append(out, s[copied:]...))
}

// secretKeys end the names of the secret parts of SQL, mail, Azure and other
// connection strings.
var secretKeys = [...]string{
	"password", "pwd", "passwd", "pass", "secret", "sharedkey", "encryptionkey", "accountkey", "sharedaccesskey",
	"sharedaccesssignature", "instrumentationkey", "apikey", "salt", "token",
}

// namesSecret reports whether the text before a = ends in the name of a secret.
// The PublicKeyToken of an assembly's name is none.
func namesSecret(before string) bool {
	before = strings.TrimRight(before, " \t")
	for _, key := range secretKeys {
		if hasSuffixFold(before, key) {
			return !hasSuffixFold(before, "publickeytoken")
		}
	}
	return false
}

// secretEnd is where the value that begins at from ends: at the next semicolon
// outside of quotes or braces. A value that is quoted in a way that no reader
// of connection strings takes ends with the text.
//
// Source: Microsoft, DbConnectionStringBuilder and ODBC: a value with a
// semicolon is quoted with ", ' or braces, a quote in it is doubled.
func secretEnd(s string, from int) int {
	end := from
	if from < len(s) {
		switch s[from] {
		case '"', '\'':
			end = quoteEnd(s, from)
		case '{':
			end = braceEnd(s, from)
		}
	}
	if end > from {
		for end < len(s) && isBlank(s[end]) {
			end++
		}
		if end < len(s) && s[end] != ';' && s[end] != '"' && s[end] != '\'' {
			return len(s)
		}
		return end
	}
	if i := strings.IndexByte(s[from:], ';'); i >= 0 {
		return from + i
	}
	return len(s)
}

// quoteEnd is where the quoted value that begins at from ends. In a string
// that stands inside a quoted one all quotes are doubled.
func quoteEnd(s string, from int) int {
	quote := s[from]
	run := func(at int) int {
		n := 0
		for at+n < len(s) && s[at+n] == quote {
			n++
		}
		return n
	}
	unit, i := 1, from+run(from)
	if (i-from)%2 == 0 {
		if strings.IndexByte(s[i:], quote) < 0 {
			return i // nothing between the quotes
		}
		unit = 2
	}
	for i < len(s) {
		n := run(i)
		if n > 0 && (n%unit != 0 || n/unit%2 == 1) {
			return i + n
		}
		i += max(n, 1)
	}
	return len(s)
}

// braceEnd is where the value in braces that begins at from ends; from where
// the brace is not closed.
func braceEnd(s string, from int) int {
	for i := from + 1; i < len(s); i++ {
		switch {
		case s[i] != '}':
		case i+1 < len(s) && s[i+1] == '}':
			i++
		default:
			return i + 1
		}
	}
	return from
}

// userLen is the length of the user's part of a URL, whose part behind :// is
// rest: all before the @. A password may hold what should have been escaped in
// it, so that with one all before the last @ is masked.
func userLen(rest string) int {
	authority := rest
	if i := strings.IndexAny(rest, "/?#\"' \t\r\n<>"); i >= 0 {
		authority = rest[:i]
	}
	_, password, ok := strings.Cut(authority, ":")
	switch {
	case !ok:
		rest = authority
	case strings.Trim(password, "0123456789") == "": // a port, or such a password
		if i := strings.IndexAny(rest, "\"' \t\r\n<>"); i >= 0 {
			rest = rest[:i]
		}
	}
	return max(strings.LastIndexByte(rest, '@'), 0)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
