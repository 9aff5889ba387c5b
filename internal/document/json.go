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
// on .NET 8 reads it: JSON with comments and trailing commas whose root is an
// object. Its settings are its leaves: the scalars, and the objects and arrays
// that hold nothing. A setting's path is the keys on the way to it joined by
// colons; elements of an array count from 0.
//
// A JSON value can be used for one file after another by calling its Parse
// method again; nodes and spans taken from it then no longer hold. Between two
// calls any number of goroutines may use it.
type JSON struct {
	*Text
	Nodes    []JSONNode // document order; Nodes[0] is the root object
	Comments []Span     // each comment with its delimiters

	keys    keyFilter
	meeting bool // two paths may meet: a repeated key, or one with a colon
	written bool // a key has a colon or an escape
	lone    surrogate
	scratch []byte // a key without escapes
	folded  []byte // a key in upper case
	paths   *pathSet
}

// JSONNode is one value, with the key it stands under.
type JSONNode struct {
	Kind   Kind
	flags  nodeFlags
	Parent NodeID // the object or array around it; None for the root
	Next   NodeID // the node after this one's last descendant
	Index  int32  // place among the members or elements of Parent, from 0
	Key    Span   // the key with its quotes; zero for the root and array elements
	Value  Span   // the whole value, with quotes, braces or brackets
}

type nodeFlags uint8

const (
	keyEscaped   nodeFlags = 1 << iota // Key holds a backslash
	keyWide                            // Key holds a byte outside ASCII
	valueEscaped                       // Value is a string with a backslash
	overwritten                        // an empty object or array later has the same path
	hollow                             // empty, and an object or array with content has the same path
)

// maxNodes bounds the memory of a document; .NET has no such limit. A
// configuration has some hundred values.
const maxNodes = 1 << 22

// ParseJSON reads a text as the JSON configuration provider of .NET 8 does.
// The error, if any, is an [*Error]. The document comes with it and is whole
// where the text is well-formed but .NET refuses it for its settings: at
// ErrDuplicate, and at ErrSyntax for half a surrogate pair in an escape.
// Otherwise it has no nodes.
func ParseJSON(t *Text, lim Limits) (*JSON, error) {
	d := new(JSON)
	return d, d.Parse(t, lim)
}

// Parse makes d the document that [ParseJSON] returns, and reuses d's memory.
func (d *JSON) Parse(t *Text, lim Limits) error {
	d.reset(t)
	maxDepth := lim.MaxJSONDepth
	if maxDepth <= 0 {
		maxDepth = 64
	}
	if err := d.scan(maxDepth); err != nil {
		return err
	}
	if root := &d.Nodes[0]; root.Kind != Object {
		err := rootError(root)
		d.Nodes = d.Nodes[:0]
		return err
	}
	// .NET goes through the nodes in order: it reads the key, looks whether the
	// path is taken, and only then reads the value.
	first, second := None, None
	if d.meeting {
		first, second = d.repeatedPath()
	}
	switch lone := &d.lone; {
	case lone.node != None && (second == None || lone.node < second || lone.node == second && lone.key):
		return lone.err()
	case second != None:
		return d.duplicateError(first, second)
	}
	return nil
}

// reset gets d ready for t. Memory that a large file needed is given back when
// a small one follows.
func (d *JSON) reset(t *Text) {
	const small = 1 << 15
	if cap(d.Nodes) > small && len(t.Bytes) < small {
		*d = JSON{}
	}
	d.Text = t
	d.Nodes = d.Nodes[:0]
	d.Comments = d.Comments[:0]
	d.keys.reset(len(t.Bytes))
	d.meeting, d.written = false, false
	d.lone.node = None
}

// PlainKeys tells that every key is a single name as it is written: none has
// an escape or a colon.
func (d *JSON) PlainKeys() bool { return !d.written }

func rootError(n *JSONNode) *Error {
	return &Error{
		Kind:    ErrRoot,
		Span:    n.Value,
		Message: "the root is " + n.Kind.article() + ", not an object",
		Hint:    "enclose the settings in { and }",
	}
}

func (k Kind) article() string {
	return [...]string{"nothing", "an object", "an array", "a string", "a number", "true", "false", "null"}[k]
}
