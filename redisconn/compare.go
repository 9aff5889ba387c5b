package redisconn

import (
	"maps"
	"strings"
)

// SameServer reports whether two strings lead to one Redis: whether they name
// one endpoint in common, and the same service where Sentinels are asked. How
// they sign in, name themselves or prefix their channels does not count.
//
// Azure's services are told by the host name alone: 6379 and 6380 are two doors
// of one cache. A local endpoint is equal to itself: whether both strings are
// used on one machine only the caller knows.
func SameServer(a, b *Config) bool {
	if a.Options.ServiceName != b.Options.ServiceName {
		return false
	}
	servers := make(map[address]bool, len(a.Endpoints))
	for _, e := range a.Endpoints {
		servers[a.server(e)] = true
	}
	for _, e := range b.Endpoints {
		if servers[b.server(e)] {
			return true
		}
	}
	return false
}

// server returns what tells the endpoint's server from others.
func (c *Config) server(e Endpoint) address {
	e.Port = c.reached(e)
	if e.Service().Azure() {
		e.Port = 0
	}
	if e.Kind == DNS {
		e.Host = strings.TrimSuffix(e.Host, ".")
	}
	return e.address()
}

// reached is the port in the end: that of Sentinels is another.
func (c *Config) reached(e Endpoint) int {
	if c.Sentinel() && e.Port == 0 && e.Kind != Unix {
		return SentinelPort
	}
	return c.port(e)
}

// SameDatabase reports whether two strings lead to one database of one Redis.
// Publish and subscribe ignore the database.
func SameDatabase(a, b *Config) bool {
	return SameServer(a, b) && a.Database() == b.Database()
}

// Equivalent reports whether the client does the same with two strings: they
// have the same endpoints, options and renamed commands, in whatever order and
// spelling. What the client calls itself (name) does not count.
func Equivalent(a, b *Config) bool {
	x, y := a.Options, b.Options
	for _, o := range [...]*Options{&x, &y} {
		o.written, o.valued, o.Name, o.SSLHost = 0, 0, "", foldName(o.SSLHost)
	}
	return x == y && maps.Equal(a.reachable(), b.reachable()) && maps.Equal(a.aliases(), b.aliases())
}

// reachable are the addresses that the client connects to.
func (c *Config) reachable() map[address]bool {
	all := make(map[address]bool, len(c.Endpoints))
	for _, e := range c.Endpoints {
		e.Port = c.reached(e)
		all[e.address()] = true
	}
	return all
}

// aliases are what commands are called that are not called by their names.
func (c *Config) aliases() map[string]string {
	all := make(map[string]string, len(c.Commands))
	for _, command := range c.Commands {
		if !command.Void {
			all[command.Name] = command.Alias
		}
	}
	return all
}
