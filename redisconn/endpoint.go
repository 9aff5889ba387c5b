package redisconn

import (
	"unicode"
	"unicode/utf8"
)

// The kinds of an Endpoint.
const (
	DNS  = "dns"  // a name; whether there is a machine of that name is not asked
	IPv4 = "ipv4" // also in the odd spellings that .NET reads: 127.1, 0x7f000001, 6379
	IPv6 = "ipv6"
	Unix = "unix" // a socket in the file system
)

// An Endpoint is one server of the string.
type Endpoint struct {
	Kind string // DNS, IPv4, IPv6 or Unix
	// Host is the name as written, or the address as .NET prints it, without
	// zone. It can hold a secret where somebody wrote a URL: see MaskHost.
	Host string
	Zone string // what follows % in an IPv6 address
	Path string // of a Unix socket
	Port int    // 0 where none is written
	Span Span   // the item in the connection string
}

// String returns the endpoint as the client writes it.
func (e Endpoint) String() string {
	if e.Kind == Unix {
		return "!" + e.Path
	}
	if e.Port == 0 {
		return e.Host
	}
	if e.Kind == IPv6 {
		return "[" + e.Host + "]:" + itoa(e.Port)
	}
	return e.Host + ":" + itoa(e.Port)
}

// equal compares as .NET's endpoints do: names ignoring case, addresses by
// their numbers.
func (e Endpoint) equal(f Endpoint) bool {
	return e.Kind == f.Kind && e.Port == f.Port && e.Path == f.Path && e.Zone == f.Zone &&
		(e.Host == f.Host || e.Kind == DNS && equalNames(e.Host, f.Host))
}

// equalNames compares as .NET's OrdinalIgnoreCase: rune by rune in upper case,
// where U+017F is not S and U+0131 is not I.
func equalNames(a, b string) bool {
	for a != "" && b != "" {
		x, m := utf8.DecodeRuneInString(a)
		y, n := utf8.DecodeRuneInString(b)
		if x != y && upper(x) != upper(y) {
			return false
		}
		a, b = a[m:], b[n:]
	}
	return a == b
}

func upper(r rune) rune {
	u := unicode.ToUpper(r)
	if u < 0x80 && r >= 0x80 {
		return r
	}
	return u
}
