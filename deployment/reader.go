package deployment

import "github.com/xmlint/xmlint/internal/document"

// What the readers give, by the names that a program outside this module can
// use. A rule of one's own finds its way in a file with the methods of these
// types, and makes the edits of its [lint.Fix] with them.
//
// [lint.Fix]: https://pkg.go.dev/github.com/xmlint/xmlint/lint#Fix
type (
	// Text is a decoded file: its Raw bytes, the same as UTF-8 in Bytes, and
	// its encoding. Position, Line and RawOffset lead from one to the other.
	Text = document.Text
	// JSON is a file as Microsoft.Extensions.Configuration.Json reads it. Its
	// Nodes are in document order; Find, Children, Path and Str read them,
	// SetValue, InsertMember, RenameKey and RemoveMember make edits.
	JSON = document.JSON
	// XML is a file as System.Xml reads it, likewise. Find a node with Root,
	// Child and Children; SetAttr, InsertElement and others make edits.
	XML = document.XML
	// NodeID is the index of a node of a JSON or an XML document; NoNode is
	// none.
	NodeID = document.NodeID
	// Span is a half-open range, Start to End, of bytes of a Text.
	Span = document.Span
	// Position is a Line and a Column, both from 1; columns are code points.
	Position = document.Position
	// Edit replaces the bytes of a file from Start to End by New.
	Edit = document.Edit
	// Limits bound what the readers take on: MaxBytes (64 MiB where it is
	// zero), MaxJSONDepth (64) and MaxXMLDepth (200).
	Limits = document.Limits
	// ReadError is why a reader refuses a file: its Kind, the Span of the
	// fault, a Message and a Hint.
	ReadError = document.Error
)

// NoNode is the NodeID of no node: the parent of a root, a failed look-up.
const NoNode = document.None
