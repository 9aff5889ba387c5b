package redisconn

import "strings"

// A Suspicion is why a host can hardly be meant.
type Suspicion uint8

// What can be wrong with a host. The client takes each of them and fails when
// it connects, if it does not reach the wrong machine.
const (
	NoSuspicion      Suspicion = iota
	URLHost                    // redis://host:6379: no URL is taken apart
	SemicolonHost              // host;option=x: only commas separate
	BlankHost                  // host 6379
	ColonHost                  // host:6379:0: with two colons all is one name
	NumberHost                 // 6379 is the address 0.0.24.235
	ImpossibleLetter           // a letter that no name has
)

// String says it in a few words.
func (s Suspicion) String() string {
	switch s {
	case URLHost:
		return "a URL is taken for a host name as a whole"
	case SemicolonHost:
		return "options are separated by commas, not semicolons"
	case BlankHost:
		return "a blank inside a host name"
	case ColonHost:
		return "with two colons the port is part of the host name"
	case NumberHost:
		return "a bare number is read as an IPv4 address"
	case ImpossibleLetter:
		return "a character that no host name can have"
	}
	return ""
}

// A Suspect is a host that can hardly be meant.
type Suspect struct {
	Endpoint  Endpoint
	Suspicion Suspicion
}

// Suspects returns the endpoints whose host can hardly be meant.
func (c *Config) Suspects() []Suspect {
	var suspects []Suspect
	for _, e := range c.Endpoints {
		if s := c.suspicion(e); s != NoSuspicion {
			suspects = append(suspects, Suspect{e, s})
		}
	}
	return suspects
}

func (c *Config) suspicion(e Endpoint) Suspicion {
	switch e.Kind {
	case IPv4:
		if host, _, _ := cutPort(e.Span.Of(c.Input)); !strings.Contains(host, ".") {
			return NumberHost
		}
		return NoSuspicion
	case IPv6, Unix:
		return NoSuspicion
	}
	switch host := e.Host; {
	case strings.Contains(host, "://"):
		return URLHost
	case strings.Contains(host, ";"):
		return SemicolonHost
	case strings.IndexFunc(host, isSpace) >= 0:
		return BlankHost
	case strings.Contains(host, ":"):
		return ColonHost
	case strings.IndexFunc(host, impossible) >= 0:
		return ImpossibleLetter
	}
	return NoSuspicion
}

// impossible tells letters that no host name has. Underscores are no letters of
// host names either but in use; letters beyond ASCII are encoded.
func impossible(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	case r == '.', r == '-', r == '_':
		return false
	}
	return r < 0xA0
}
