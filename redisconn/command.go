package redisconn

import (
	"slices"
	"strings"
)

// A Command is one $COMMAND=alias: the client sends the alias in place of the
// command, and where the alias is empty it never uses the command.
type Command struct {
	Name  string // as Redis spells it, or a number
	Alias string
	// Void is set where blanks stand between name and "=". The client reads
	// the name all the same but then looks for a command with the blanks.
	Void bool
	Span Span // the item in the connection string
}

// readCommand takes note of a command that the client knows; it ignores others.
func (c *Config) readCommand(it *Item) {
	it.Kind = KindCommand
	equals := strings.IndexByte(it.Of(c.Input), '=')
	raw := c.Input[it.Start+1 : it.Start+equals]
	if name := commandNamed(raw); name != "" {
		c.Commands = append(c.Commands, Command{
			Name:  name,
			Alias: it.Value.Of(c.Input),
			Void:  len(raw) != len(name),
			Span:  it.Span,
		})
	}
}

// isCommand reports whether the name of an option is $ and a command.
func isCommand(key string) bool {
	return strings.HasPrefix(key, "$") && commandNamed(key[1:]) != ""
}

// commandNamed returns the command of that name, in any case and with blanks
// around, or of that number; "" for none.
func commandNamed(name string) string {
	name = strings.TrimFunc(name, isSpace)
	if _, ok := parseInt32(name); ok {
		return name
	}
	upper := strings.ToUpper(name)
	if _, ok := slices.BinarySearch(commandNames[:], upper); ok && equalFold(upper, name) {
		return upper
	}
	return ""
}

// Sent returns what the client sends for a command, and false where it never
// sends it: because an empty alias takes it away, or because the proxy does not
// understand it. Any $COMMAND in the string switches the knowledge about proxies
// off.
func (c *Config) Sent(command string) (string, bool) {
	for i := len(c.Commands) - 1; i >= 0; i-- {
		if cmd := c.Commands[i]; !cmd.Void && cmd.Name == command {
			return cmd.Alias, cmd.Alias != ""
		}
	}
	if len(c.Commands) > 0 {
		return command, true
	}
	switch c.Options.Proxy {
	case Twemproxy:
		return command, !slices.Contains(notThroughTwemproxy[:], command)
	case Envoyproxy:
		return command, !slices.Contains(notThroughEnvoy[:], command) &&
			(c.Client.since(envoyTransactions) || !slices.Contains(notThroughOldEnvoy[:], command))
	}
	return command, true
}

// Lacks returns those of the commands that the client never sends.
func (c *Config) Lacks(commands ...string) []string {
	var lacking []string
	for _, command := range commands {
		if _, ok := c.Sent(command); !ok {
			lacking = append(lacking, command)
		}
	}
	return lacking
}

// PubSubCommands are those without which no SignalR backplane works.
func PubSubCommands() []string { return []string{"PUBLISH", "SUBSCRIBE"} }

// ScriptCommands are those that classic ASP.NET SignalR needs besides
// (https://github.com/SignalR/SignalR/issues/3510).
func ScriptCommands() []string { return []string{"EVAL", "EVALSHA", "INCR"} }

// maxAlias is how many bytes an alias had before longAliases.
const maxAlias = 31

// tooLongAlias is what older clients throw when the whole string is read. They
// go through their commands by name, so only the alias that counts can be too
// long: not one that another replaces, nor one of a number.
func (c *Config) tooLongAlias() *fault {
	if c.Client.since(longAliases) {
		return nil
	}
	found := -1
	decided := make(map[string]bool, len(c.Commands))
	for i := len(c.Commands) - 1; i >= 0; i-- {
		cmd := &c.Commands[i]
		if _, named := slices.BinarySearch(commandNames[:], cmd.Name); !named || cmd.Void || decided[cmd.Name] {
			continue
		}
		decided[cmd.Name] = true
		if len(cmd.Alias) > maxAlias && (found < 0 || cmd.Name < c.Commands[found].Name) {
			found = i
		}
	}
	if found < 0 {
		return nil
	}
	it := split(c.Input, c.Commands[found].Span.Start, c.Commands[found].Span.End)
	return &fault{exception: argumentOutOfRange, value: it.Value, at: it.Value, message: func(_, alias string) string {
		return "Specified argument was out of the range of valid values." +
			parameter("Command '"+alias+"' exceeds library limit of 31 bytes")
	}}
}
