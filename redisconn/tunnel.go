package redisconn

import "strings"

// parseTunnel reads the address of an HTTP proxy that carries the connection:
// http:host:port, since 2.6.111 also a whole URL. It returns the tunnel as the
// client prints it.
func parseTunnel(client Version, value string) (string, *fault) {
	if !client.since(tunnelURL) {
		return plainTunnel(value)
	}
	url := tunnelAddressURL(value)
	scheme, rest, f := cutScheme(url)
	if f != nil {
		return "", f
	}
	host, port, f := authority(scheme, rest)
	if f != nil {
		return "", f
	}
	if scheme != "http" {
		return "", badTunnel("Tunnel cannot be parsed: ", tunnelAddressURL)
	}
	if port == "" {
		port = "80"
	}
	e, ok, f := parseEndpoint(strings.ToLower(host) + ":" + port)
	if f == nil && !ok {
		f = badTunnel("HTTP tunnel cannot be parsed: ", tunnelAddressURL)
	}
	if f != nil {
		return "", f
	}
	return "http:" + e.String(), nil
}

// plainTunnel follows the first releases that knew tunnels.
func plainTunnel(value string) (string, *fault) {
	address, ok := strings.CutPrefix(value, "http:")
	if !ok {
		return "", badTunnel("Tunnel cannot be parsed: ", nil)
	}
	if address == "" {
		return "", badTunnel("Http tunnel cannot be parsed: ", withoutHTTP)
	}
	e, ok, f := parseEndpoint(address)
	if f == nil && !ok {
		f = badTunnel("Http tunnel cannot be parsed: ", withoutHTTP)
	}
	if f != nil {
		return "", f
	}
	return "http:" + e.String(), nil
}

// tunnelAddressURL makes a URL of the short form.
func tunnelAddressURL(value string) string {
	if rest, ok := strings.CutPrefix(value, "http:"); ok && !strings.HasPrefix(rest, "//") {
		return "http://" + rest
	}
	return value
}

func withoutHTTP(value string) string { return strings.TrimPrefix(value, "http:") }

// badTunnel quotes the value, as the client has changed it.
func badTunnel(message string, changed func(string) string) *fault {
	return &fault{exception: argument, message: func(_, value string) string {
		if changed != nil {
			value = changed(value)
		}
		return message + value
	}}
}
