package redisconn

// A Verdict is what one release of the client says of a connection string.
type Verdict struct {
	Version Version
	OK      bool
	Error   *Error  // nil where OK
	Config  *Config // never nil
}

// Verdicts asks each of Clients, oldest first.
func Verdicts(s string) []Verdict {
	clients := Clients()
	verdicts := make([]Verdict, len(clients))
	for i, v := range clients {
		c, err := parse(v, s)
		verdicts[i] = Verdict{Version: v, OK: err == nil, Error: err, Config: c}
	}
	return verdicts
}

// Split separates the releases that accept the string by what a fact is to them:
//
//	with, without := redisconn.Split(verdicts, func(c *redisconn.Config) bool { return c.Options.SSL })
func Split(verdicts []Verdict, fact func(*Config) bool) (yes, no []Version) {
	for _, v := range verdicts {
		switch {
		case !v.OK:
		case fact(v.Config):
			yes = append(yes, v.Version)
		default:
			no = append(no, v.Version)
		}
	}
	return yes, no
}
