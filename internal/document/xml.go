package document

import "bytes"

// XMLKind is the kind of an XML node.
type XMLKind uint8

// The kinds of XML node that are kept.
const (
	Element  XMLKind = iota + 1
	CharData         // text with at least one character that is not white space, or a reference
	CDATA
)

// XML is a web.config file as System.Xml's XmlReader reads it: its elements,
// their attributes, and text that is more than white space.
//
// An XML value can be used for one file after another by calling its Parse
// method again; nodes and spans taken from it then no longer hold. Between two
// calls any number of goroutines may use it.
type XML struct {
	*Text
	Nodes    []XMLNode // document order; Nodes[0] is the root element
	Attrs    []XMLAttr // of all elements, in document order
	Comments []Span    // each comment with its delimiters
	Doctype  Span      // the document type declaration, if there is one; never expanded

	scan xmlScanner // working memory, kept from file to file
}

// XMLNode is an element or a run of text.
type XMLNode struct {
	Kind     XMLKind
	Parent   NodeID
	Next     NodeID // the node after this one's last descendant
	Name     Span   // an element's qualified name, as written in the start tag
	StartTag Span   // from < to > of the start tag; the text itself for CharData and CDATA, without delimiters
	EndTag   Span   // from < to > of the end tag; zero for <a/>
	AttrFrom int32  // its attributes are XML.Attrs[AttrFrom:AttrTo]
	AttrTo   int32
}

// XMLAttr is one attribute, namespace declarations included.
type XMLAttr struct {
	Name  Span // the qualified name
	Value Span // the value with its quotes
}

// DefaultXMLDepth is the nesting over which an XML document is refused unless
// Limits.MaxXMLDepth says otherwise. .NET has no limit; no configuration
// section comes near it.
const DefaultXMLDepth = 200

// ParseXML reads t, which [DecodeXML] made, with the strictness of .NET's
// XmlReader: well-formed XML 1.0 with namespaces. A document type declaration
// is skipped as with DtdProcessing.Ignore: nothing in it is expanded and
// nothing outside the file is ever read.
//
// The error is an [*Error]. The document is then nil.
func ParseXML(t *Text, lim Limits) (*XML, error) {
	d := new(XML)
	if err := d.Parse(t, lim); err != nil {
		return nil, err
	}
	d.scan = xmlScanner{} // a single document needs no working memory
	return d, nil
}

// Parse is [ParseXML] into d, whose memory it uses again: whoever reads many
// files allocates nothing for most of them. What d held before is lost. After
// an error d holds what was read up to it.
func (d *XML) Parse(t *Text, lim Limits) error {
	d.Text = t
	d.reserve()
	d.Doctype = Span{}
	if err := d.scan.document(d, lim, nil); err != nil {
		return err
	}
	return nil
}

// reserve empties d's lists. A large text gets lists of the right size at
// once, and what a large text needed is not kept for the small ones after it.
func (d *XML) reserve() {
	const large = 1 << 20
	if n := len(d.Text.Bytes); n >= large {
		if tags := bytes.Count(d.Text.Bytes, []byte("<")); tags > cap(d.Nodes) {
			d.Nodes = make([]XMLNode, 0, tags)
		}
	} else if cap(d.Nodes) > large/8 || cap(d.Attrs) > large/8 || cap(d.Comments) > large/8 {
		d.Nodes, d.Attrs, d.Comments = nil, nil, nil
	}
	d.Nodes, d.Attrs, d.Comments = d.Nodes[:0], d.Attrs[:0], d.Comments[:0]
}
