package redisconn

import (
	"strconv"
	"strings"
)

// set gives an option the value that stands in the string, or returns what the
// client throws.
func (o *Options) set(client Version, opt Option, value string) *fault {
	switch optionFacts[opt].takes {
	case takesText:
		*o.text(opt) = value
	case takesBool:
		b, ok := parseBool(value)
		if !ok {
			return badValue("a boolean value")
		}
		*o.boolean(opt) = b
	case takesInt, takesPositive:
		n, ok := parseInt32(value)
		if !ok {
			return badValue("an integer value")
		}
		if n < 1 && optionFacts[opt].takes == takesPositive {
			return tooSmall(n)
		}
		*o.integer(opt) = n
	case takesProxy:
		n, ok := parseEnum(value, proxyNames[:])
		if !ok {
			return badValue("a proxy value")
		}
		o.Proxy = ProxyType(n)
	case takesProtocol:
		p, ok := parseRESP(value)
		if !ok {
			return badValue("a RedisProtocol value or a known protocol version number")
		}
		o.Protocol = p
	case takesTLS:
		n, ok := parseEnum(strings.ReplaceAll(value, "|", ","), tlsNames[:])
		if !ok {
			return badTLS()
		}
		o.SSLProtocols = TLSVersions(n)
	case takesVersion:
		v, f := parseRedisVersion(client, value)
		if f != nil {
			return f
		}
		o.Version = v
	case takesMode, takesEndpointType:
		members, want := modeNames[:], "a MaintenanceNotificationMode value"
		if optionFacts[opt].takes == takesEndpointType {
			members, want = endpointTypeNames[:], "a MovingEndpointType value"
		}
		n, ok := parseEnum(value, members)
		if !ok {
			return badValue(want)
		}
		*o.text(opt) = nameOf(n, members)
	case takesTunnel:
		return o.setTunnel(client, value)
	case takesNothing:
		o.written.add(opt)
		return nil
	}
	o.written.add(opt)
	o.valued.add(opt)
	return nil
}

// setTunnel takes a tunnel's address; an empty one takes the tunnel away.
func (o *Options) setTunnel(client Version, value string) *fault {
	o.written.add(OptTunnel)
	o.Tunnel = ""
	o.valued.remove(OptTunnel)
	if value == "" {
		return nil
	}
	address, f := parseTunnel(client, value)
	if f == nil {
		o.Tunnel = address
		o.valued.add(OptTunnel)
	}
	return f
}

func badValue(want string) *fault {
	return &fault{exception: argumentOutOfRange, message: func(key, value string) string {
		return "Keyword '" + key + "' requires " + want + "; the value '" + value + "' is not recognised." + parameter(key)
	}}
}

// badTLS quotes the value as the client has changed it: commas for bars.
func badTLS() *fault {
	f := badValue("an SslProtocol value (multiple values separated by '|')")
	plain := f.message
	f.message = func(key, value string) string { return plain(key, strings.ReplaceAll(value, "|", ",")) }
	return f
}

func tooSmall(n int) *fault {
	return &fault{exception: argumentOutOfRange, message: func(key, _ string) string {
		return "Keyword '" + key + "' has a minimum value of '1'; the value '" + strconv.Itoa(n) + "' is not permitted." + parameter(key)
	}}
}

func notSupported() *fault {
	return &fault{exception: argument, message: func(key, _ string) string {
		return "Keyword '" + key + "' is not supported." + parameter(key)
	}}
}
