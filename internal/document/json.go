package document

// Kind is the kind of a JSON value.
type Kind uint8

// The kinds of JSON value.
const (
	Object Kind = iota + 1
	Array
	String
	Number
	True
	False
	Null
)

// JSON is an appsettings.json file as Microsoft.Extensions.Configuration.Json
// on .NET 8 reads it.
type JSON struct {
	*Text
	Nodes    []JSONNode // document order; Nodes[0] is the root object
	Comments []Span     // each comment with its delimiters
}

// JSONNode is one value, with the key it stands under.
type JSONNode struct {
	Kind   Kind
	Parent NodeID // the object or array around it; None for the root
	Next   NodeID // the node after this one's last descendant
	Index  int32  // place among the members or elements of Parent, from 0
	Key    Span   // the key with its quotes; zero for the root and array elements
	Value  Span   // the whole value, with quotes, braces or brackets
	// unexported flags may follow: escaped key, escaped value
}
