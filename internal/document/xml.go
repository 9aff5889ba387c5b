package document

// XMLKind is the kind of an XML node.
type XMLKind uint8

// The kinds of XML node that are kept.
const (
	Element  XMLKind = iota + 1
	CharData         // text with at least one character that is not white space, or an entity reference
	CDATA
)

// XML is a web.config file as System.Xml's XmlReader reads it.
type XML struct {
	*Text
	Nodes    []XMLNode // document order; the first Element is the root
	Attrs    []XMLAttr // of all elements, in document order
	Comments []Span    // each comment with its delimiters
	Doctype  Span      // the document type declaration, if there is one; never expanded
}

// XMLNode is an element or a run of text.
type XMLNode struct {
	Kind     XMLKind
	Parent   NodeID
	Next     NodeID // the node after this one's last descendant
	Name     Span   // an element's qualified name, as written in the start tag
	StartTag Span   // from < to > of the start tag; the text itself for CharData and CDATA
	EndTag   Span   // from < to > of the end tag; zero for <a/>
	AttrFrom int32  // its attributes are XML.Attrs[AttrFrom:AttrTo]
	AttrTo   int32
}

// XMLAttr is one attribute, namespace declarations included.
type XMLAttr struct {
	Name  Span // the qualified name
	Value Span // the value with its quotes
}
