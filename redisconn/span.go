package redisconn

// A Span is a half-open range of byte offsets into the connection string.
type Span struct{ Start, End int }

// Of returns the text of the span in the string it was made from, and "" for
// a span that does not fit.
func (s Span) Of(input string) string {
	if s.Start < 0 || s.End > len(input) || s.Start >= s.End {
		return ""
	}
	return input[s.Start:s.End]
}

// Empty reports whether the span holds no byte.
func (s Span) Empty() bool { return s.Start >= s.End }

// Kind says what one item between two commas is to the client.
type Kind uint8

const (
	KindEmpty    Kind = iota // blank: skipped
	KindEndpoint             // a server
	KindOption               // name=value, with a name that the client knows
	KindCommand              // $COMMAND=alias
	KindDropped              // neither: the client ignores it without a word
	KindInvalid              // the client throws on it
)

// String returns the kind as one lower-case word.
func (k Kind) String() string {
	switch k {
	case KindEmpty:
		return "empty"
	case KindEndpoint:
		return "endpoint"
	case KindOption:
		return "option"
	case KindCommand:
		return "command"
	case KindDropped:
		return "dropped"
	case KindInvalid:
		return "invalid"
	}
	return "unknown"
}

// An Item is what stands between two commas, without the blanks around it.
type Item struct {
	Span        // the item
	Key    Span // the name of an option, or the command with its $; empty for endpoints
	Value  Span // the value of an option or command, without blanks around it
	Kind   Kind
	Option Option // which option it is; 0 for everything else
	// Endpoint is the index in Config.Endpoints of what the item names, also
	// where an earlier item named it first; -1 for everything else.
	Endpoint int
	// Repeated is set where an equal endpoint was named before: it counts once.
	Repeated bool
}
