package redisconn

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseEndpoint reads an item without "=": !path, host, host:port, IPv6 bare or
// in brackets. It returns neither an endpoint nor a fault where the client drops
// the item: where the port is no number. The item is not empty.
//
// As the client's Format.TryParseEndPoint does, it takes the text after the last
// colon for a port only where a closing bracket stands before it or where it is
// the only colon: a name with two colons is one long name.
func parseEndpoint(item string) (e Endpoint, ok bool, f *fault) {
	if item[0] == '!' {
		return unixEndpoint(item[1:])
	}
	host, port, hasPort := cutPort(item)
	if hasPort {
		if e.Port, ok = parseInt32(port); !ok {
			return Endpoint{}, false, nil
		}
	}
	if strings.IndexByte(host, ':') >= 0 {
		if a, zone, ok := parseIPv6(host); ok {
			e.Kind, e.Host, e.Zone = IPv6, a.String(), zone
		}
	} else if a, ok := parseIPv4(host); ok {
		e.Kind, e.Host = IPv4, formatIPv4(a)
	}
	valid := e.Port >= 0 && e.Port <= 65535
	switch {
	case e.Kind != "" && !valid:
		return e, false, fixed(argumentOutOfRange, "Specified argument was out of the range of valid values."+parameter("port"))
	case e.Kind != "":
		return e, true, nil
	case host == "":
		return e, false, fixed(argument, "The value cannot be an empty string."+parameter("host"))
	case !valid:
		return e, false, badPort(e.Port)
	}
	e.Kind, e.Host = DNS, host
	return e, true, nil
}

// cutPort separates host and port.
func cutPort(item string) (host, port string, hasPort bool) {
	last := strings.LastIndexByte(item, ':')
	if last <= 0 {
		return item, "", false
	}
	if closing := strings.LastIndexByte(item, ']'); closing > 0 {
		_, size := utf8.DecodeRuneInString(item) // the client takes any first character for "["
		host = item[min(size, closing):closing]
		if closing < last {
			return host, item[last+1:], true
		}
		return host, "", false
	}
	if strings.IndexByte(item, ':') == last {
		return item[:last], item[last+1:], true
	}
	return item, "", false
}

func badPort(port int) *fault {
	return &fault{exception: argumentOutOfRange, message: func(_, item string) string {
		number, bound := strconv.Itoa(port), "less than or equal to '65535'"
		if port < 0 {
			bound = "greater than or equal to '0'"
		}
		if strings.HasSuffix(item, mask) {
			number = mask
		}
		return "port ('" + number + "') must be " + bound + "." + parameter("port")
	}}
}

// maxSocketPath is the size of a Unix socket's path, with a NUL at its end.
const maxSocketPath = 108

func unixEndpoint(path string) (Endpoint, bool, *fault) {
	size := len(path)
	if size == 0 {
		return Endpoint{}, false, nil
	}
	if path[0] != 0 {
		size++
	}
	if size > maxSocketPath {
		return Endpoint{}, false, &fault{exception: argumentOutOfRange, message: func(_, item string) string {
			return "The path '" + strings.TrimPrefix(item, "!") + "' is of an invalid length for use with domain sockets on this platform. The length must be between 1 and 108 characters, inclusive." + parameter("path")
		}}
	}
	return Endpoint{Kind: Unix, Path: path}, true, nil
}
