package redisconn

// A Config is what one release of the client makes of a connection string.
type Config struct {
	Input     string     // as it was given; it may hold secrets: see Mask
	Client    Version    // whose rules were followed
	Items     []Item     // what stands between the commas, in order
	Endpoints []Endpoint // in order, each once
	Options   Options
	Commands  []Command // the commands that are renamed or taken away, in order

	seen map[address]int // indices of Endpoints, once there are many
}

// Parse reads a connection string as the newest client does.
//
// Where the client would throw, the error is an *Error. The Config is there all
// the same and holds what the other items say, so that a caller can still ask
// it, for example, for a password; it is never nil.
//
// Beside what ConfigurationOptions.Parse refuses, Parse refuses endpoints that
// become equal with their default ports, as the client does when it connects.
func Parse(s string) (*Config, error) { return ParseFor(Newest(), s) }

// ParseFor reads a connection string as one release of the client does.
func ParseFor(v Version, s string) (*Config, error) {
	c, err := parse(v, s)
	if err != nil {
		return c, err
	}
	return c, nil
}

// Effective returns the endpoints with the port that the client connects to:
// where none is written, 6380 with TLS and else 6379. (For a Sentinel it is
// 26379; the client decides that later.)
func (c *Config) Effective() []Endpoint {
	effective := make([]Endpoint, len(c.Endpoints))
	for i, e := range c.Endpoints {
		e.Port = c.port(e)
		effective[i] = e
	}
	return effective
}

// The ports of Redis. Where none is written the client connects to the first
// without TLS, to the second with it, and to the third where Sentinels are
// asked. Azure Managed Redis and Redis Enterprise have TLS on the fourth.
const (
	PlainPort    = 6379
	TLSPort      = 6380
	SentinelPort = 26379
	ManagedPort  = 10000
)

// port is the one that the client connects to, but for Sentinels: see reached.
func (c *Config) port(e Endpoint) int {
	switch {
	case e.Kind == Unix || e.Port != 0:
		return e.Port
	case c.Options.SSL:
		return TLSPort
	}
	return PlainPort
}

// Dropped returns the items that name no server although they stand where one
// should: the client ignores them without a word.
func (c *Config) Dropped() []Item {
	var dropped []Item
	for _, it := range c.Items {
		if it.Kind == KindDropped {
			dropped = append(dropped, it)
		}
	}
	return dropped
}

// Find returns the item that decides an option, which is the last one that
// sets it.
func (c *Config) Find(opt Option) (Item, bool) {
	for i := len(c.Items) - 1; i >= 0; i-- {
		if it := c.Items[i]; it.Option == opt && it.Kind == KindOption {
			return it, true
		}
	}
	return Item{}, false
}

// Text returns the text of a span of the string, as it is.
func (c *Config) Text(s Span) string { return s.Of(c.Input) }
