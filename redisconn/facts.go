package redisconn

import "strings"

// Azure returns the first endpoint that runs in Azure, by its host name.
func (c *Config) Azure() (Endpoint, bool) {
	for _, e := range c.Endpoints {
		if e.Service().Azure() {
			return e, true
		}
	}
	return Endpoint{}, false
}

// HasPassword reports whether the string holds a password, be it for Sentinel.
func (c *Config) HasPassword() bool {
	return c.Options.Password != "" || c.Options.SentinelPassword != ""
}

// Database returns the number of the database in use; without defaultDatabase
// it is 0.
func (c *Config) Database() int {
	return max(c.Options.DefaultDatabase, 0)
}

// Sentinel reports whether the endpoints are Sentinels, which are asked for the
// server of ServiceName.
func (c *Config) Sentinel() bool { return c.Options.ServiceName != "" }

// Local reports whether the endpoint can only be reached from its own machine:
// a loopback address or a socket in the file system. The host "." is this
// machine to the client.
func (e Endpoint) Local() bool {
	switch e.Kind {
	case Unix:
		return true
	case IPv4:
		return strings.HasPrefix(e.Host, "127.")
	case IPv6:
		return e.Host == "::1" || strings.HasPrefix(e.Host, "::ffff:127.")
	}
	host := strings.TrimSuffix(e.Host, ".")
	if host == "" || equalFold("localhost", host) || equalFold("loopback", host) {
		return true
	}
	n := len(host) - len(".localhost")
	return n > 0 && equalFold(".localhost", host[n:])
}

// Cluster reports whether the host name is one that only clusters have: the
// configuration endpoint of Amazon's services. Other names tell nothing.
func (e Endpoint) Cluster() bool {
	return e.Service() == ElastiCache && strings.Contains(strings.ToLower(e.Host), "clustercfg.")
}

// OneDatabase reports whether the service has no other database than 0. (It
// depends on the tier of other services.)
func (s Service) OneDatabase() bool { return s == AzureManaged || s == AzureEnterprise }

// End returns the day on which the service ends, as year-month-day, and "" for
// those of which no end is announced
// (https://learn.microsoft.com/azure/azure-cache-for-redis/retirement-faq).
func (s Service) End() string {
	switch s {
	case AzureCache:
		return "2028-09-30"
	case AzureEnterprise:
		return "2027-03-31"
	}
	return ""
}
