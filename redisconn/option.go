package redisconn

// An Option is one name=value of the grammar. The names, meanings and defaults
// are those of https://stackexchange.github.io/StackExchange.Redis/Configuration;
// what the client really does was measured.
type Option uint8

// The options that the newest client knows; the last four it accepts and
// ignores.
const (
	NoOption Option = iota
	OptAbortConnect
	OptAllowAdmin
	OptAsyncTimeout
	OptChannelPrefix
	OptCheckCertificateRevocation
	OptConfigChannel
	OptConfigCheckSeconds
	OptConnectRetry
	OptConnectTimeout
	OptDefaultDatabase
	OptDefaults
	OptHighIntegrity
	OptKeepAlive
	OptMaintMovingEndpointType
	OptMaintNotifications
	OptMaintPostEventRelaxed
	OptMaintRelaxedTimeout
	OptMaintRelaxedWindowMax
	OptName
	OptPassword
	OptProtocol
	OptProxy
	OptResolveDNS
	OptSentinelPassword
	OptSentinelUser
	OptServiceName
	OptSetLib
	OptSSL
	OptSSLHost
	OptSSLProtocols
	OptSyncTimeout
	OptTCPKeepAlive
	OptTieBreaker
	OptTopologyRefreshSeconds
	OptTunnel
	OptUser
	OptVersion

	OptHighPriorityThreads
	OptPreserveAsyncOrder
	OptResponseTimeout
	OptWriteBuffer

	optionCount
)

// valueType says how the client reads the value of an option.
type valueType uint8

const (
	takesText valueType = iota
	takesBool
	takesInt
	takesPositive // an integer of at least 1
	takesProxy
	takesProtocol
	takesTLS
	takesVersion
	takesTunnel
	takesMode         // whether to ask for maintenance notifications
	takesEndpointType // which address to ask for in them
	takesNothing      // any value, without effect
)

// An optionFact is what there is to know of one option beside its meaning.
type optionFact struct {
	name  string // as the documentation spells it
	takes valueType
	// since is the first release that knows the option, the zero Version where
	// all do. Earlier ones throw on it.
	since Version
	// exactUntil is the first release that ignores the case of the name; before
	// it only the documented spelling is known. The zero Version: case never
	// mattered.
	exactUntil Version
}

var optionFacts = [optionCount]optionFact{
	OptAbortConnect:               {"abortConnect", takesBool, Version{}, Version{}},
	OptAllowAdmin:                 {"allowAdmin", takesBool, Version{}, Version{}},
	OptAsyncTimeout:               {"asyncTimeout", takesPositive, Version{}, Version{}},
	OptChannelPrefix:              {"channelPrefix", takesText, Version{}, Version{}},
	OptCheckCertificateRevocation: {"checkCertificateRevocation", takesBool, Version{}, Version{}},
	OptConfigChannel:              {"configChannel", takesText, Version{}, Version{}},
	OptConfigCheckSeconds:         {"configCheckSeconds", takesInt, Version{}, Version{}},
	OptConnectRetry:               {"connectRetry", takesInt, Version{}, Version{}},
	OptConnectTimeout:             {"connectTimeout", takesInt, Version{}, Version{}},
	OptDefaultDatabase:            {"defaultDatabase", takesInt, Version{}, Version{}},
	OptDefaults:                   {"defaults", takesText, namedDefaults, Version{}},
	OptHighIntegrity:              {"highIntegrity", takesBool, integrity, tidyNames},
	OptKeepAlive:                  {"keepAlive", takesInt, Version{}, Version{}},
	OptMaintMovingEndpointType:    {"maintMovingEndpointType", takesEndpointType, smartHandoff, Version{}},
	OptMaintNotifications:         {"maintNotifications", takesMode, smartHandoff, Version{}},
	OptMaintPostEventRelaxed:      {"maintPostEventRelaxed", takesInt, smartHandoff, Version{}},
	OptMaintRelaxedTimeout:        {"maintRelaxedTimeout", takesInt, smartHandoff, Version{}},
	OptMaintRelaxedWindowMax:      {"maintRelaxedWindowMax", takesInt, smartHandoff, Version{}},
	OptName:                       {"name", takesText, Version{}, Version{}},
	OptPassword:                   {"password", takesText, Version{}, Version{}},
	OptProtocol:                   {"protocol", takesProtocol, resp3, Version{}},
	OptProxy:                      {"proxy", takesProxy, Version{}, Version{}},
	OptResolveDNS:                 {"resolveDns", takesBool, Version{}, Version{}},
	OptSentinelPassword:           {"sentinelPassword", takesText, thirdMajor, Version{}},
	OptSentinelUser:               {"sentinelUser", takesText, thirdMajor, Version{}},
	OptServiceName:                {"serviceName", takesText, Version{}, Version{}},
	OptSetLib:                     {"setlib", takesBool, setInfo, tidyNames},
	OptSSL:                        {"ssl", takesBool, Version{}, Version{}},
	OptSSLHost:                    {"sslHost", takesText, Version{}, Version{}},
	OptSSLProtocols:               {"sslProtocols", takesTLS, Version{}, Version{}},
	OptSyncTimeout:                {"syncTimeout", takesPositive, Version{}, Version{}},
	OptTCPKeepAlive:               {"tcpKeepAlive", takesBool, tidyNames, Version{}},
	OptTieBreaker:                 {"tiebreaker", takesText, Version{}, Version{}},
	OptTopologyRefreshSeconds:     {"topologyRefreshSeconds", takesInt, smartHandoff, Version{}},
	OptTunnel:                     {"tunnel", takesTunnel, httpTunnel, tidyNames},
	OptUser:                       {"user", takesText, Version{}, Version{}},
	OptVersion:                    {"version", takesVersion, Version{}, Version{}},

	OptHighPriorityThreads: {"highPriorityThreads", takesNothing, Version{}, Version{}},
	OptPreserveAsyncOrder:  {"preserveAsyncOrder", takesNothing, Version{}, Version{}},
	OptResponseTimeout:     {"responseTimeout", takesNothing, Version{}, tidyNames},
	OptWriteBuffer:         {"writeBuffer", takesNothing, Version{}, Version{}},
}

// String returns the name as the documentation spells it.
func (o Option) String() string {
	if o == NoOption || o >= optionCount {
		return ""
	}
	return optionFacts[o].name
}

// Since returns the first release that knows the option, the zero Version
// where all do.
func (o Option) Since() Version {
	if o >= optionCount {
		return Version{}
	}
	return optionFacts[o].since
}

// Ignored reports whether the client accepts the option and ignores it.
func (o Option) Ignored() bool { return o < optionCount && optionFacts[o].takes == takesNothing }

// Secret reports whether the value must never be shown.
func (o Option) Secret() bool { return o == OptPassword || o == OptSentinelPassword }

// OptionNamed returns the option that the newest client understands by name,
// in any case; NoOption for a name that it does not know.
func OptionNamed(name string) Option { return lookup(Newest(), name) }

// AllOptions returns every option that the newest client knows, by name.
func AllOptions() []Option {
	all := make([]Option, 0, optionCount-1)
	for o := NoOption + 1; o < optionCount; o++ {
		all = append(all, o)
	}
	return all
}

// lookup returns the option that release v understands by name.
func lookup(v Version, name string) Option {
	for o := NoOption + 1; o < optionCount; o++ {
		fact := &optionFacts[o]
		if len(fact.name) != len(name) || !equalFold(fact.name, name) {
			continue
		}
		if !v.since(fact.since) || !v.since(fact.exactUntil) && name != fact.name {
			return NoOption
		}
		return o
	}
	return NoOption
}

// equalFold compares as .NET's OrdinalIgnoreCase does where a is ASCII: no
// other letter is equal to one of ASCII.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		if x|0x20 != y|0x20 || x|0x20 < 'a' || x|0x20 > 'z' {
			return false
		}
	}
	return true
}
