// Package document reads the two kinds of configuration file that XMPro has,
// appsettings.json and web.config, exactly as .NET reads them, and remembers
// where in the file every key and every value stands.
//
// A file becomes a [Text] (decoded, with its encoding and byte order mark
// remembered), a Text becomes a [JSON] or an [XML] document. Documents are
// flat: nodes in document order, linked by index, each with the [Span] of its
// parts. Nothing is copied out of the text until a caller asks for a value, so
// a document that nobody looks at costs one pass over its bytes.
//
// An [Edit] replaces a range of the original bytes. Documents make edits
// ([JSON.SetValue], [XML.InsertElement]...); [Apply] carries them out.
// Documents are never serialised: what no edit names stays as it is.
package document

import "fmt"

// Span is a half-open range [Start, End) of byte offsets into [Text.Bytes].
type Span struct{ Start, End int32 }

// Len is the number of bytes in the span.
func (s Span) Len() int { return int(s.End - s.Start) }

// IsZero reports whether the span is the zero value, which no part of a
// document has: it stands for "not there".
func (s Span) IsZero() bool { return s == Span{} }

// NodeID is the index of a node in JSON.Nodes or XML.Nodes. None is no node.
type NodeID int32

// None is the NodeID of no node: the parent of a root, a failed look-up.
const None NodeID = -1

// Position is a place in a file as people count: Line and Column from 1,
// columns in Unicode code points of the text. A byte order mark does not
// count, a tab counts one.
type Position struct{ Line, Column int }

// Limits bound what a reader takes on. The zero value means the defaults.
type Limits struct {
	MaxBytes     int64 // size of a file; default 64 MiB
	MaxJSONDepth int   // nesting of a JSON document; default 64, as System.Text.Json
	MaxXMLDepth  int   // nesting of an XML document; default 200
}

// DefaultMaxBytes is the size over which a file is refused unless
// Limits.MaxBytes says otherwise.
const DefaultMaxBytes = 64 << 20

// ErrorKind says what kind of fault a reader found.
type ErrorKind uint8

// The kinds of fault.
const (
	ErrEncoding  ErrorKind = iota + 1 // the bytes cannot be decoded
	ErrTooLarge                       // over Limits.MaxBytes
	ErrSyntax                         // not well-formed
	ErrRoot                           // a JSON document whose root is not an object
	ErrDepth                          // nested deeper than the limit
	ErrDuplicate                      // two leaf settings with one path
)

// Error is a fault that makes .NET refuse the file, or one of our limits.
type Error struct {
	Kind    ErrorKind
	Span    Span   // where in the text; zero-length at the end of the file
	Other   Span   // ErrDuplicate: the earlier of the two keys
	Message string // lower-case, what was found; never shows a value of the file
	Hint    string // what to do about it; may be empty
}

// Error gives the message without a position: positions need the Text.
func (e *Error) Error() string { return e.Message }

// TooLarge is the fault of a file of size bytes, more than limit. Whoever
// knows the size before reading need not read.
func TooLarge(size, limit int64) *Error {
	return &Error{
		Kind:    ErrTooLarge,
		Message: fmt.Sprintf("the file has %d bytes, more than the limit of %d", size, limit),
		Hint:    "a configuration file is never this large; is it the right file?",
	}
}

// Limit is the size in bytes over which a file is refused.
func (l Limits) Limit() int64 {
	if l.MaxBytes <= 0 {
		return DefaultMaxBytes
	}
	return min(l.MaxBytes, maxText)
}
