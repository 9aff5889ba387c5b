// Package redisconn reads the connection strings of StackExchange.Redis, the
// Redis client of .NET, as the client itself does, and says what its releases
// disagree about.
//
// # The grammar
//
// A connection string is a list between commas. Nothing quotes or escapes a
// comma, so none can stand in a password. Blanks around an item, and around
// name and value, do not count, and empty items are skipped.
//
//	cache01.plant.example:6380,password=s3cret,ssl=True,abortConnect=False
//	└─ endpoint ─────────────┘ └─ option ────┘ └ option ┘ └─ option ────┘
//
// An item with "=" anywhere but at its start is split at the first "=":
//
//   - name=value is an option ([Option] lists them). Names are read in any case.
//     A name that the client does not know throws; so does a value of the wrong
//     type. Where an option stands twice, the last one counts.
//   - $COMMAND=alias renames a command of Redis, and $COMMAND= takes it away
//     ([Command]). A command that the client does not know is ignored.
//
// Every other item is an [Endpoint]:
//
//	host  host:port           a name, or an IPv4 address
//	::1  [::1]  [::1]:6379    an IPv6 address, with a port only in brackets
//	!/run/redis.sock          a Unix socket (not on .NET Framework)
//
// # What surprises
//
//   - An endpoint whose port is no number (host:port, rediss://host, host:) is
//     dropped without a word: [Config.Dropped]. A string without any endpoint
//     parses and fails later, at the first connect.
//   - There are no URLs. With two colons, as in redis://host:6379, everything is
//     one host name: [Config.Suspects].
//   - Addresses are read as IPAddress.TryParse does: 127.1 is 127.0.0.1, 010 is
//     0.0.0.8, and the bare number 6379 is 0.0.24.235.
//   - Without a port it is 6380 with TLS and 6379 without: [Config.Effective].
//     Two spellings that become one server by that throw.
//   - Host names of Azure change defaults. For Azure Cache for Redis abortConnect
//     is false, and TLS is on only where port 6380 is written; Azure Managed
//     Redis has TLS always, but only to clients that know it.
//   - Booleans are true, false, yes, no, on, off, 1 and 0. Integers have no
//     units. proxy takes any number; sslProtocols takes names between bars.
//
// # Releases
//
// Options came over time and throw in earlier releases: tunnel in 2.6.80,
// setlib in 2.6.104, protocol in 2.7.4, highIntegrity in 2.8.0, tcpKeepAlive
// in 2.13, sentinelUser and sentinelPassword in 3.0, topologyRefreshSeconds and
// the maint… family in 3.3, defaults in 3.4; see [Option.Since]. In 2.x some
// names were understood in their exact spelling only.
//
// [Parse] follows the newest release, [ParseFor] a given one, and [Verdicts]
// asks one release for each turn of the grammar. Between and beyond the known
// releases the rules of the nearest earlier one hold.
//
// # Secrets
//
// [Mask] and [MaskSpans] cover passwords, what may be a misspelt password, and
// the credentials of URLs. [Error] and [Explanation] are masked; [Options] and
// [Error.Message] are not.
//
// The facts come from the client's documentation
// (https://stackexchange.github.io/StackExchange.Redis/Configuration), its
// release notes and source, .NET's, and from running nine releases between
// 2.5.61 and 3.4.35 on .NET 8.
package redisconn
