package redisconn

import "strings"

// A Service is where a host name says that a server runs.
type Service uint8

// The services that the client or the lint rules tell apart.
const (
	OtherService    Service = iota // a server of one's own, or a name that tells nothing
	AzureCache                     // Azure Cache for Redis: Basic, Standard, Premium
	AzureEnterprise                // Azure Cache for Redis Enterprise
	AzureManaged                   // Azure Managed Redis
	RedisCloud                     // Redis Cloud
	ElastiCache                    // Amazon ElastiCache and MemoryDB
)

// String returns the product's name, "" for OtherService.
func (s Service) String() string {
	switch s {
	case AzureCache:
		return "Azure Cache for Redis"
	case AzureEnterprise:
		return "Azure Cache for Redis Enterprise"
	case AzureManaged:
		return "Azure Managed Redis"
	case RedisCloud:
		return "Redis Cloud"
	case ElastiCache:
		return "Amazon ElastiCache"
	}
	return ""
}

// Azure reports whether the service is one of Azure's.
func (s Service) Azure() bool {
	return s == AzureCache || s == AzureEnterprise || s == AzureManaged
}

// A domain is the end of the host names of a service.
type domain struct {
	suffix  string
	service Service
	since   Version // first release of the client that recognises it
	until   Version // first release that no longer does; zero: all do
}

// domains come from the client's options providers: AzureOptionsProvider,
// AzureManagedRedisOptionsProvider, RedisCloudOptionsProvider; the client knows
// nothing of the others.
var domains = [...]domain{
	{".redis.cache.windows.net", AzureCache, Version{}, Version{}},
	{".redis.cache.chinacloudapi.cn", AzureCache, Version{}, Version{}},
	{".redis.cache.usgovcloudapi.net", AzureCache, Version{}, Version{}},
	{".redis.cache.cloudapi.de", AzureCache, Version{}, managedRedis},
	{".redisenterprise.cache.azure.net", AzureEnterprise, Version{}, Version{}},
	{".redis.azure.net", AzureManaged, managedRedis, Version{}},
	{".redis.chinacloudapi.cn", AzureManaged, managedRedis, Version{}},
	{".redis.usgovcloudapi.net", AzureManaged, managedRedis, Version{}},
	{".redis.sovcloud-api.de", AzureManaged, newClouds, Version{}},
	{".redis.sovcloud-api.fr", AzureManaged, newClouds, Version{}},
	{".redislabs.com", RedisCloud, namedDefaults, Version{}},
	{".cloud.redis.io", RedisCloud, namedDefaults, Version{}},
	{".cache.amazonaws.com", ElastiCache, never, Version{}},
	{".cache.amazonaws.com.cn", ElastiCache, never, Version{}},
	{".memorydb.amazonaws.com", ElastiCache, never, Version{}},
}

// never is a release that will not come.
var never = Version{Major: 1 << 30}

// domainOf returns the domain that a host name ends in, nil for none.
func domainOf(host string) *domain {
	for i := range domains {
		d := &domains[i]
		if n := len(host) - len(d.suffix); n >= 0 && equalFold(d.suffix, host[n:]) {
			return d
		}
	}
	return nil
}

// Service tells the service from the host name, whatever the client thinks.
func (e Endpoint) Service() Service {
	if e.Kind == DNS {
		if d := domainOf(strings.TrimSuffix(e.Host, ".")); d != nil {
			return d.service
		}
	}
	return OtherService
}

// A provider is the set of defaults that the client takes for the endpoints.
type provider uint8

const (
	plainProvider provider = iota
	azureProvider
	managedProvider // Azure Managed Redis
	cloudProvider   // Redis Cloud
	enterpriseProvider
)

// provider finds the provider as the client does: the first, in a fixed order,
// that recognises any of the endpoints.
func (c *Config) provider() provider {
	switch {
	case equalFold("azure", c.Options.Defaults):
		return azureProvider
	case equalFold("amr", c.Options.Defaults):
		return managedProvider
	case equalFold("rediscloud", c.Options.Defaults):
		return cloudProvider
	case equalFold("enterprise", c.Options.Defaults):
		return enterpriseProvider
	}
	found := plainProvider
	for _, e := range c.Endpoints {
		if p := recognise(c.Client, e); p != plainProvider && (found == plainProvider || p < found) {
			found = p
		}
	}
	return found
}

func recognise(v Version, e Endpoint) provider {
	if e.Kind != DNS {
		return plainProvider
	}
	d := domainOf(e.Host)
	if d == nil || !v.since(d.since) || !d.until.IsZero() && v.since(d.until) {
		return plainProvider
	}
	switch {
	case d.service == RedisCloud:
		return cloudProvider
	case d.service != AzureCache && v.since(managedTLS):
		return managedProvider
	}
	return azureProvider
}

// defaultTLS reports whether the provider switches TLS on where the string says
// nothing: for Azure Managed Redis always, for the rest of Azure only where a
// port is written that is a TLS port.
func (c *Config) defaultTLS(p provider) bool {
	switch p {
	case managedProvider:
		return true
	case azureProvider:
		for _, e := range c.Endpoints {
			if e.Kind == Unix {
				continue
			}
			if e.Port == TLSPort {
				return true
			}
			if e.Port == ManagedPort && e.Service() == AzureManaged && recognise(c.Client, e) == azureProvider {
				return true // before Azure Managed Redis had a provider of its own
			}
		}
	}
	return false
}
