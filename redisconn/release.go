package redisconn

// The releases at which the grammar changed. Sources: the release notes
// (https://stackexchange.github.io/StackExchange.Redis/ReleaseNotes) where they
// tell, else the releases that were run: then the first one known to behave so.
var (
	httpTunnel        = Version{2, 6, 80}  // tunnel
	setInfo           = Version{2, 6, 104} // setlib
	tunnelURL         = Version{2, 6, 111} // tunnel takes a URL
	resp3             = Version{2, 7, 4}   // protocol; a version without a dot
	integrity         = Version{2, 8, 0}   // highIntegrity
	managedRedis      = Version{2, 8, 22}  // Azure Managed Redis is recognised, TLS on port 10000
	envoyTransactions = Version{2, 9, 24}  // MULTI, EXEC and the like through Envoy
	managedTLS        = Version{2, 11, 0}  // Azure Managed Redis always has TLS
	longAliases       = Version{2, 12, 1}  // an alias of a command may be over 31 bytes
	newClouds         = Version{2, 13, 0}  // sovereign clouds of Azure Managed Redis
	tidyNames         = Version{2, 13, 0}  // tcpKeepAlive; case no longer matters anywhere
	sentinelLogins    = Version{3, 0, 0}   // sentinelUser, sentinelPassword
	smartHandoff      = Version{3, 3, 0}   // maint..., topologyRefreshSeconds
	namedDefaults     = Version{3, 4, 0}   // defaults; Redis Cloud is recognised
)
