package redisconn

// An Error is the exception that the client throws on a connection string.
type Error struct {
	// Exception is the .NET type without its namespace: ArgumentException,
	// ArgumentOutOfRangeException or UriFormatException.
	Exception string
	// Message is what .NET prints, first line only. It quotes the string and
	// so may hold a secret: show MaskedMessage.
	Message string
	// MaskedMessage is Message with ***** for secrets.
	MaskedMessage string
	// Span is what to point at: the value, the name or the endpoint at fault.
	Span Span
	// Option is the option at fault, NoOption where it is none that the client
	// knows or where no option is.
	Option Option
}

// Error returns the masked message.
func (e *Error) Error() string { return "redis connection string: " + e.MaskedMessage }

const (
	argument           = "ArgumentException"
	argumentOutOfRange = "ArgumentOutOfRangeException"
	uriFormat          = "UriFormatException"
)

// A fault is an exception before it is known whether its message is to be
// masked.
type fault struct {
	exception string
	message   func(key, value string) string
	key       Span
	value     Span
	at        Span
	option    Option
}

// thrown writes the fault down, once plain and once masked.
func (f *fault) thrown(input string) *Error {
	masks := MaskSpans(input)
	return &Error{
		Exception:     f.exception,
		Message:       f.message(f.key.Of(input), f.value.Of(input)),
		MaskedMessage: f.message(maskWithin(input, f.key, masks), maskWithin(input, f.value, masks)),
		Span:          f.at,
		Option:        f.option,
	}
}

// fixed returns a fault whose message quotes nothing.
func fixed(exception, message string) *fault {
	return &fault{exception: exception, message: func(string, string) string { return message }}
}

// parameter returns how .NET names the parameter at the end of a message.
func parameter(name string) string { return " (Parameter '" + name + "')" }
