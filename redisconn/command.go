package redisconn

// A Command is one $COMMAND=alias.
type Command struct {
	Name  string
	Alias string
	Span  Span
}

func (c *Config) readCommand(it *Item) { it.Kind = KindCommand }

func (c *Config) tooLongAlias() *fault { return nil }

func isCommand(key string) bool { return key != "" && key[0] == '$' }
