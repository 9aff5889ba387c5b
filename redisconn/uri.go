package redisconn

import (
	"strings"
	"unicode"
)

// badURI is what System.Uri throws.
func badURI(reason string) *fault { return fixed(uriFormat, "Invalid URI: "+reason) }

const (
	uriNoFormat    = "The format of the URI could not be determined."
	uriNoScheme    = "The URI scheme is not valid."
	uriDosPath     = `A Dos path must be rooted, for example, 'c:\\'.`
	uriNoAuthority = "The Authority/Host could not be parsed."
	uriNoHost      = "The hostname could not be parsed."
	uriNoPort      = "Invalid port specified."
)

// cutScheme finds the scheme of an absolute URI, in lower case, as System.Uri
// does: paths of files count as "file", one letter is a drive, not a scheme.
func cutScheme(s string) (scheme, rest string, f *fault) {
	colon := strings.IndexByte(s, ':')
	switch {
	case strings.HasPrefix(s, "/"), strings.HasPrefix(s, `\\`), strings.HasPrefix(s, `\/`):
		return "file", "//", nil
	case len(s) < 3 || colon == 0:
		return "", "", badURI(uriNoFormat)
	case s[1] == ':' || s[1] == '|':
		switch {
		case isLetter(s[0]) && (s[2] == '\\' || s[2] == '/'):
			return "file", "//", nil
		case isLetter(s[0]):
			return "", "", badURI(uriDosPath)
		case s[1] == ':':
			return "", "", badURI(uriNoScheme)
		}
		return "", "", badURI(uriNoFormat)
	case colon < 0 || s[0] == '\\':
		return "", "", badURI(uriNoFormat)
	}
	scheme = s[:colon]
	for i := 0; i < len(scheme); i++ {
		c := scheme[i]
		if !isLetter(c) && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return "", "", badURI(uriNoScheme)
		}
	}
	return strings.ToLower(scheme), s[colon+1:], nil
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// authority checks what follows the scheme. Only schemes of the network need a
// host; unknown ones take any, but no port that is none.
func authority(scheme, rest string) (host, port string, f *fault) {
	rest, found := strings.CutPrefix(rest, "//")
	switch scheme {
	case "http", "https", "ws", "wss", "ftp", "gopher", "telnet", "net.tcp", "net.pipe", "file":
		if !found {
			return "", "", badURI(uriNoAuthority)
		}
		if scheme == "file" {
			return "", "", nil
		}
		host, port, reason := cutHost(rest)
		if reason != "" {
			return "", "", badURI(reason)
		}
		return host, port, nil
	case "mailto", "news", "uuid":
		return "", "", nil
	}
	if found {
		if _, _, reason := cutHost(rest); reason == uriNoPort {
			return "", "", badURI(reason)
		}
	}
	return "", "", nil
}

// cutHost reads [user@]host[:port] up to the path, and gives the reason why it
// is none.
func cutHost(s string) (host, port, reason string) {
	if i := strings.IndexAny(s, `/?#`); i >= 0 {
		s = s[:i]
	}
	if at := strings.IndexByte(s, '@'); at >= 0 && at+1 < len(s) && !strings.Contains(s[:at], `\`) {
		s = s[at+1:]
	}
	host = s
	if strings.HasPrefix(s, "[") {
		if closing := strings.IndexByte(s, ']'); closing >= 0 {
			host = s[:closing+1]
		}
	} else if i := strings.IndexAny(s, `:\`); i >= 0 {
		host = s[:i]
	}
	if !validHost(host) {
		return "", "", uriNoHost
	}
	port = s[len(host):]
	switch {
	case port == "":
		return host, "", ""
	case port[0] == '\\':
		return "", "", uriNoHost
	case port[0] != ':': // behind a bracket, all else is the path
		return host, "", ""
	}
	port = port[1:]
	if !allDigits(port) {
		return "", "", uriNoPort
	}
	if n, _ := parseInt32(port); port != "" && (n > 65535 || len(port) > 9) {
		return "", "", uriNoPort
	}
	return host, port, ""
}

// validHost accepts what System.Uri takes for a host of http: an address, a
// name of labels, or the laxer name of a network share.
func validHost(host string) bool {
	if strings.HasPrefix(host, "[") {
		_, _, ok := parseIPv6(host)
		return ok
	}
	if _, ok := parseIPv4(host); ok {
		return true
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	share, long := false, false
	for i, label := range labels {
		if label == "" {
			return false
		}
		long = long || len(label) > 63
		for j, r := range label {
			switch {
			case r >= 0xA0, r >= '0' && r <= '9', r < 0x80 && isLetter(byte(r)):
			case (r == '-' || r == '_') && (j > 0 || i == 0):
			default:
				return false
			}
			share = share || i == 0 && (unicode.IsLetter(r) || r == '-' || r == '_')
		}
	}
	first := labels[0][0]
	return share || !long && first != '-' && first != '_'
}
