package redisconn

// setDefaults fills in what the string does not say, as the client's options
// provider for the endpoints has it (DefaultOptionsProvider.cs).
func (o *Options) setDefaults(c *Config) {
	p := c.provider()
	v := c.Client
	o.defaultBool(v, OptAbortConnect, p == plainProvider || p == enterpriseProvider)
	o.defaultBool(v, OptAllowAdmin, false)
	o.defaultBool(v, OptCheckCertificateRevocation, true)
	o.defaultBool(v, OptHighIntegrity, false)
	o.defaultBool(v, OptResolveDNS, false)
	o.defaultBool(v, OptSetLib, true)
	o.defaultBool(v, OptSSL, c.defaultTLS(p))
	o.defaultBool(v, OptTCPKeepAlive, true)

	o.defaultInt(v, OptSyncTimeout, 5000)
	o.defaultInt(v, OptAsyncTimeout, o.SyncTimeout)
	o.defaultInt(v, OptConnectTimeout, max(5000, o.SyncTimeout))
	o.defaultInt(v, OptConfigCheckSeconds, 60)
	o.defaultInt(v, OptConnectRetry, 3)
	o.defaultInt(v, OptKeepAlive, 60)
	o.defaultInt(v, OptMaintRelaxedTimeout, 10)
	o.defaultInt(v, OptMaintRelaxedWindowMax, 3*o.MaintRelaxedTimeout)
	o.defaultInt(v, OptMaintPostEventRelaxed, 2*o.MaintRelaxedTimeout)
	o.defaultInt(v, OptTopologyRefreshSeconds, 1800)

	channel := "__Booksleeve_MasterChanged"
	if p == cloudProvider || p == enterpriseProvider {
		channel = ""
	}
	o.defaultText(v, OptConfigChannel, channel)
	o.defaultText(v, OptTieBreaker, "__Booksleeve_TieBreak")
	o.defaultText(v, OptVersion, defaultServer(v, p))
	if host := c.commonHost(); host != "" {
		o.defaultText(v, OptSSLHost, host)
	}
	mode := "Disabled"
	if p >= managedProvider && v.since(namedDefaults) {
		mode = "Auto"
	}
	o.defaultText(v, OptMaintNotifications, mode)
	o.defaultText(v, OptMaintMovingEndpointType, "Auto")

	o.valued.add(OptProxy)
	if p == cloudProvider || p == enterpriseProvider {
		if !o.valued.has(OptProtocol) {
			o.Protocol = RESP3
			o.valued.add(OptProtocol)
		}
	}
}

// defaultServer is the version of Redis that the client assumes.
func defaultServer(v Version, p provider) string {
	switch {
	case p == managedProvider:
		return "7.4.0"
	case p == azureProvider && v.since(managedRedis), v.since(thirdMajor):
		return "6.0.0"
	case p == azureProvider:
		return "4.0.0"
	}
	return "3.0.0"
}

// commonHost returns the name that all named endpoints share, to be expected in
// the server's certificate.
func (c *Config) commonHost() string {
	host := ""
	for _, e := range c.Endpoints {
		if e.Kind != DNS {
			continue
		}
		if host == "" {
			host = e.Host
		}
		if host != e.Host {
			return ""
		}
	}
	return host
}

func (o *Options) defaultBool(v Version, opt Option, value bool) {
	if o.lacks(v, opt) {
		*o.boolean(opt) = value
	}
}

func (o *Options) defaultInt(v Version, opt Option, value int) {
	if o.lacks(v, opt) {
		*o.integer(opt) = value
	}
}

func (o *Options) defaultText(v Version, opt Option, value string) {
	if o.lacks(v, opt) {
		*o.text(opt) = value
	}
}

// lacks reports whether the option has no value yet and release v knows it, and
// marks it as having one.
func (o *Options) lacks(v Version, opt Option) bool {
	if o.valued.has(opt) || !v.since(optionFacts[opt].since) {
		return false
	}
	o.valued.add(opt)
	return true
}
