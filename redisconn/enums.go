package redisconn

import (
	"strconv"
	"strings"
)

// A ProxyType is the kind of proxy between client and servers, as .NET's enum
// StackExchange.Redis.Proxy: any number is accepted.
type ProxyType int

// The proxies that the client knows. Each takes commands away.
const (
	NoProxy    ProxyType = 0
	Twemproxy  ProxyType = 1
	Envoyproxy ProxyType = 2
)

// String returns the name, or the number where there is none.
func (p ProxyType) String() string {
	return nameOf(int(p), proxyNames[:])
}

// A RESP is the version of the protocol between client and server.
type RESP uint8

// The two versions of the protocol; 0 is neither.
const (
	RESP2 RESP = 2
	RESP3 RESP = 3
)

// String returns resp2 or resp3, "" for neither.
func (p RESP) String() string {
	switch p {
	case RESP2:
		return "resp2"
	case RESP3:
		return "resp3"
	}
	return ""
}

// TLSVersions is a set of TLS versions with the numbers of .NET's enum
// System.Security.Authentication.SslProtocols. 0 leaves the choice to the
// operating system.
type TLSVersions int

// The members of the enum. TLSDefault is SSL 3 and TLS 1.0 together.
const (
	TLSNone    TLSVersions = 0
	SSL2       TLSVersions = 12
	SSL3       TLSVersions = 48
	TLS10      TLSVersions = 192
	TLS11      TLSVersions = 768
	TLS12      TLSVersions = 3072
	TLS13      TLSVersions = 12288
	TLSDefault TLSVersions = SSL3 | TLS10
)

// Weak reports whether the set allows something older than TLS 1.2. The empty
// set does not: it is the operating system's own.
func (t TLSVersions) Weak() bool { return t&(SSL2|SSL3|TLS10|TLS11) != 0 }

// Names returns the members as the enum names them, oldest first, and "" for
// numbers that hold none.
func (t TLSVersions) Names() string {
	if t == TLSNone {
		return "None"
	}
	var names []string
	for _, m := range tlsNames[1:7] {
		if v := TLSVersions(m.value); t&v != 0 {
			names = append(names, m.name)
		}
	}
	return strings.Join(names, "|")
}

type enumMember struct {
	name  string
	value int
}

var (
	proxyNames = [...]enumMember{{"None", 0}, {"Twemproxy", 1}, {"Envoyproxy", 2}}
	tlsNames   = [...]enumMember{
		{"None", 0}, {"Ssl2", 12}, {"Ssl3", 48}, {"Tls", 192}, {"Tls11", 768},
		{"Tls12", 3072}, {"Tls13", 12288}, {"Default", 240},
	}
	modeNames         = [...]enumMember{{"Disabled", 0}, {"Auto", 1}, {"Enabled", 2}}
	endpointTypeNames = [...]enumMember{
		{"Auto", 0}, {"ServerDefault", 1}, {"None", 2}, {"InternalIp", 3},
		{"InternalFqdn", 4}, {"ExternalIp", 5}, {"ExternalFqdn", 6},
	}
)

// parseEnum reads the value of an enum over Int32 as Enum.TryParse does,
// ignoring case: a number, or names between commas, whose numbers are joined.
func parseEnum(s string, members []enumMember) (int, bool) {
	s = strings.TrimLeftFunc(s, isSpace)
	if s == "" {
		return 0, false
	}
	if c := s[0]; c >= '0' && c <= '9' || c == '-' || c == '+' {
		if n, ok := parseInt32(s); ok {
			return n, true
		}
	}
	n := 0
	for {
		part, rest, more := strings.Cut(s, ",")
		value, ok := memberNamed(strings.TrimFunc(part, isSpace), members)
		if !ok {
			return 0, false
		}
		n |= value
		if !more {
			return n, true
		}
		s = rest
	}
}

// nameOf returns the name of a member, the number where there is none.
func nameOf(n int, members []enumMember) string {
	for _, m := range members {
		if m.value == n {
			return m.name
		}
	}
	return strconv.Itoa(n)
}

func memberNamed(name string, members []enumMember) (int, bool) {
	for _, m := range members {
		if equalFold(m.name, name) {
			return m.value, true
		}
	}
	return 0, false
}

// parseRESP reads a protocol: 2 or 3, or resp2, resp3 in any case.
func parseRESP(s string) (RESP, bool) {
	if n, ok := parseInt32(s); ok {
		return RESP(n), n == 2 || n == 3
	}
	switch t := strings.TrimFunc(s, isSpace); {
	case equalFold("resp2", t):
		return RESP2, true
	case equalFold("resp3", t):
		return RESP3, true
	}
	return 0, false
}
