package redisconn

import (
	"strconv"
	"strings"
	"unicode"
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
		return "[" + e.Host + "]:" + strconv.Itoa(e.Port)
	}
	return e.Host + ":" + strconv.Itoa(e.Port)
}

// An address is what makes two endpoints the same to .NET: names are equal
// ignoring case, addresses by their numbers.
type address struct {
	kind, host, zone string
	port             int
}

func (e Endpoint) address() address {
	switch e.Kind {
	case DNS:
		return address{DNS, foldName(e.Host), "", e.Port}
	case Unix:
		return address{Unix, e.Path, "", 0}
	}
	return address{e.Kind, e.Host, e.Zone, e.Port}
}

// foldName returns the name in the form in which .NET's OrdinalIgnoreCase
// compares: rune by rune in upper case, where U+017F is not S and U+0131 is
// not I. The letters of ASCII come out small, which spares a copy.
func foldName(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return strings.Map(foldRune, s)
		}
	}
	return strings.ToLower(s)
}

func foldRune(r rune) rune {
	u := unicode.ToUpper(r)
	switch {
	case r < 0x80:
		return unicode.ToLower(r)
	case u < 0x80:
		return r
	}
	return u
}
