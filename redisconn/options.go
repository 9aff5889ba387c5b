package redisconn

// Options are the settings as the client has them after reading the string:
// what was written, else the client's default for the endpoints. Times are in
// milliseconds unless the name says seconds.
//
// Texts, DefaultDatabase, Protocol and SSLProtocols may have no value at all,
// which is not the same as the empty text or 0: ask Has.
type Options struct {
	AbortConnect               bool // false: go on trying when no server answers at the start
	AllowAdmin                 bool
	CheckCertificateRevocation bool
	HighIntegrity              bool
	ResolveDNS                 bool
	SetLib                     bool
	SSL                        bool
	TCPKeepAlive               bool

	AsyncTimeout           int
	ConfigCheckSeconds     int
	ConnectRetry           int
	ConnectTimeout         int
	DefaultDatabase        int
	KeepAlive              int // seconds
	MaintPostEventRelaxed  int // seconds
	MaintRelaxedTimeout    int // seconds
	MaintRelaxedWindowMax  int // seconds
	SyncTimeout            int
	TopologyRefreshSeconds int

	ChannelPrefix           string
	ConfigChannel           string
	Defaults                string // the defaults provider chosen by name
	MaintMovingEndpointType string
	MaintNotifications      string
	Name                    string
	Password                string
	SentinelPassword        string
	SentinelUser            string
	ServiceName             string
	SSLHost                 string
	TieBreaker              string
	Tunnel                  string
	User                    string
	Version                 string // of the server, as .NET prints it

	Proxy        ProxyType
	Protocol     RESP
	SSLProtocols TLSVersions

	written, valued optionSet
}

// optionSet holds one bit for each Option.
type optionSet uint64

func (s optionSet) has(o Option) bool { return s&(1<<o) != 0 }
func (s *optionSet) add(o Option)     { *s |= 1 << o }
func (s *optionSet) remove(o Option)  { *s &^= 1 << o }

// Written reports whether the string sets the option, perhaps to nothing.
func (o *Options) Written(opt Option) bool { return o.written.has(opt) }

// Has reports whether the option has a value, written or by default.
func (o *Options) Has(opt Option) bool { return o.valued.has(opt) }

// Value returns the value of an option as bool, int or string, and nil where it
// has none. Proxy and Protocol are their names, SSLProtocols is .NET's number.
// Secrets come as they are.
func (o *Options) Value(opt Option) any {
	if !o.Has(opt) {
		return nil
	}
	switch optionFacts[opt].takes {
	case takesBool:
		return *o.boolean(opt)
	case takesInt, takesPositive:
		return *o.integer(opt)
	case takesProxy:
		return o.Proxy.String()
	case takesProtocol:
		return o.Protocol.String()
	case takesTLS:
		return int(o.SSLProtocols)
	case takesNothing:
		return nil
	}
	return *o.text(opt)
}

func (o *Options) boolean(opt Option) *bool {
	switch opt {
	case OptAbortConnect:
		return &o.AbortConnect
	case OptAllowAdmin:
		return &o.AllowAdmin
	case OptCheckCertificateRevocation:
		return &o.CheckCertificateRevocation
	case OptHighIntegrity:
		return &o.HighIntegrity
	case OptResolveDNS:
		return &o.ResolveDNS
	case OptSetLib:
		return &o.SetLib
	case OptSSL:
		return &o.SSL
	default:
		return &o.TCPKeepAlive
	}
}

func (o *Options) integer(opt Option) *int {
	switch opt {
	case OptAsyncTimeout:
		return &o.AsyncTimeout
	case OptConfigCheckSeconds:
		return &o.ConfigCheckSeconds
	case OptConnectRetry:
		return &o.ConnectRetry
	case OptConnectTimeout:
		return &o.ConnectTimeout
	case OptDefaultDatabase:
		return &o.DefaultDatabase
	case OptKeepAlive:
		return &o.KeepAlive
	case OptMaintPostEventRelaxed:
		return &o.MaintPostEventRelaxed
	case OptMaintRelaxedTimeout:
		return &o.MaintRelaxedTimeout
	case OptMaintRelaxedWindowMax:
		return &o.MaintRelaxedWindowMax
	case OptSyncTimeout:
		return &o.SyncTimeout
	default:
		return &o.TopologyRefreshSeconds
	}
}

func (o *Options) text(opt Option) *string {
	switch opt {
	case OptChannelPrefix:
		return &o.ChannelPrefix
	case OptConfigChannel:
		return &o.ConfigChannel
	case OptDefaults:
		return &o.Defaults
	case OptMaintMovingEndpointType:
		return &o.MaintMovingEndpointType
	case OptMaintNotifications:
		return &o.MaintNotifications
	case OptName:
		return &o.Name
	case OptPassword:
		return &o.Password
	case OptSentinelPassword:
		return &o.SentinelPassword
	case OptSentinelUser:
		return &o.SentinelUser
	case OptServiceName:
		return &o.ServiceName
	case OptSSLHost:
		return &o.SSLHost
	case OptTieBreaker:
		return &o.TieBreaker
	case OptTunnel:
		return &o.Tunnel
	case OptUser:
		return &o.User
	default:
		return &o.Version
	}
}
