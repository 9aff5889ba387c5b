package redisconn

import "strings"

// Resembles reports whether a text, wherever it stands, is plainly a connection
// string: it has an option, beside a server with a port or an option that only
// this client has. A list of other NAME=VALUE pairs, as an assembly's name is,
// does not resemble one.
func Resembles(s string) bool {
	if !strings.Contains(s, ",") || !strings.Contains(s, "=") {
		return false
	}
	options, server := false, false
	for it := range items(s) {
		text := it.Of(s)
		if it.Key.Empty() {
			colon := strings.LastIndexByte(text, ':')
			server = server || colon > 0 && colon+1 < len(text) && allDigits(text[colon+1:]) && !strings.ContainsAny(text, " /=")
			continue
		}
		options = true
		switch lookup(Newest(), it.Key.Of(s)) {
		case NoOption, OptName, OptUser, OptVersion, OptProtocol, OptProxy, OptDefaults, OptPassword: // others have these too
		default:
			return true
		}
	}
	return options && server
}
