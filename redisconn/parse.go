package redisconn

import (
	"iter"
	"strings"
)

// parse reads the whole string; the error is the first that the client throws.
func parse(v Version, s string) (*Config, *Error) {
	c := &Config{Input: s, Client: v}
	if trim(s, Span{0, len(s)}).Empty() {
		c.Options.setDefaults(c)
		return c, fixed(argument, "is empty"+parameter("configuration")).thrown(s)
	}
	first := c.readItems()
	if first == nil {
		first = c.tooLongAlias()
	}
	c.Options.setDefaults(c)
	if first == nil {
		first = c.clash()
	}
	if first != nil {
		return c, first.thrown(s)
	}
	return c, nil
}

// readItems reads everything between the commas and returns the first fault.
func (c *Config) readItems() (first *fault) {
	c.Items = make([]Item, 0, strings.Count(c.Input, ",")+1)
	for it := range items(c.Input) {
		item, f := c.read(it)
		if f != nil {
			item.Kind = KindInvalid
			if first == nil {
				first = f
			}
		}
		c.Items = append(c.Items, item)
	}
	return first
}

// items goes through what stands between the commas, empty items included.
func items(input string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for start := 0; start <= len(input); {
			end := len(input)
			if i := strings.IndexByte(input[start:], ','); i >= 0 {
				end = start + i
			}
			if !yield(split(input, start, end)) {
				return
			}
			start = end + 1
		}
	}
}

// split finds the parts of the item between two commas: without "=", or with
// nothing before it, it has neither key nor value.
func split(input string, start, end int) Item {
	it := Item{Span: trim(input, Span{start, end}), Endpoint: -1}
	if equals := strings.IndexByte(it.Of(input), '='); equals > 0 {
		equals += it.Start
		it.Key = trim(input, Span{it.Start, equals})
		it.Value = trim(input, Span{equals + 1, it.End})
	}
	return it
}

// read carries out what one item says.
func (c *Config) read(it Item) (Item, *fault) {
	if it.Empty() {
		return it, nil
	}
	if it.Key.Empty() {
		return c.readEndpoint(it)
	}
	key := it.Key.Of(c.Input)
	it.Option = lookup(c.Client, key)
	var f *fault
	switch {
	case it.Option != NoOption:
		it.Kind = KindOption
		f = c.Options.set(c.Client, it.Option, it.Value.Of(c.Input))
	case key[0] == '$':
		c.readCommand(&it)
	default:
		f = notSupported()
	}
	if f != nil {
		f.key, f.value, f.option = it.Key, it.Value, it.Option
		switch {
		case it.Option == NoOption:
			f.at = it.Key
		case it.Value.Empty():
			f.at = it.Span
		default:
			f.at = it.Value
		}
	}
	return it, f
}

func (c *Config) readEndpoint(it Item) (Item, *fault) {
	e, ok, f := parseEndpoint(it.Of(c.Input))
	if f != nil {
		f.value, f.at = it.Span, it.Span
		return it, f
	}
	if !ok {
		it.Kind = KindDropped
		return it, nil
	}
	it.Kind = KindEndpoint
	if it.Endpoint = c.indexOf(e); it.Endpoint >= 0 {
		it.Repeated = true
		return it, nil
	}
	if c.Endpoints == nil {
		c.Endpoints = make([]Endpoint, 0, 2)
	}
	e.Span = it.Span
	it.Endpoint = len(c.Endpoints)
	c.Endpoints = append(c.Endpoints, e)
	if c.seen != nil {
		c.seen[e.address()] = it.Endpoint
	}
	return it, nil
}

// fewEndpoints is how many are compared one by one. No sane string has more;
// an insane one shall not take quadratic time.
const fewEndpoints = 16

// indexOf finds an endpoint that is equal, -1 where there is none.
func (c *Config) indexOf(e Endpoint) int {
	wanted := e.address()
	if len(c.Endpoints) <= fewEndpoints {
		for i, other := range c.Endpoints {
			if e.Kind == other.Kind && e.Port == other.Port && wanted == other.address() {
				return i
			}
		}
		return -1
	}
	if c.seen == nil {
		c.seen = make(map[address]int, 2*len(c.Endpoints))
		for i, other := range c.Endpoints {
			c.seen[other.address()] = i
		}
	}
	if i, ok := c.seen[wanted]; ok {
		return i
	}
	return -1
}

// clash finds two endpoints that are the same server once default ports are
// filled in.
func (c *Config) clash() *fault {
	for i, e := range c.Endpoints {
		if e.Kind == Unix || e.Port != 0 {
			continue
		}
		e.Port = c.port(e)
		if j := c.indexOf(e); j >= 0 {
			f := fixed(argument, "EndPoints must be unique"+parameter("item"))
			f.at = c.Endpoints[max(i, j)].Span
			return f
		}
	}
	return nil
}
