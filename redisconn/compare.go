package redisconn

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
	for _, e := range a.Endpoints {
		for _, f := range b.Endpoints {
			if sameServer(a, e, b, f) {
				return true
			}
		}
	}
	return false
}

func sameServer(a *Config, e Endpoint, b *Config, f Endpoint) bool {
	if e.Kind == DNS && f.Kind == DNS && e.Service().Azure() {
		return equalNames(e.Host, f.Host)
	}
	e.Port, f.Port = a.reached(e), b.reached(f)
	return e.equal(f)
}

// reached is the port in the end: that of Sentinels is another.
func (c *Config) reached(e Endpoint) int {
	if c.Sentinel() && e.Port == 0 && e.Kind != Unix {
		return 26379
	}
	return c.port(e)
}

// SameDatabase reports whether two strings lead to one database of one Redis.
// Publish and subscribe ignore the database.
func SameDatabase(a, b *Config) bool {
	return SameServer(a, b) && a.Database() == b.Database()
}
