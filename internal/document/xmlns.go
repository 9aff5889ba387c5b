package document

import "bytes"

// The namespaces that XML itself owns.
const (
	nsXML   = "http://www.w3.org/XML/1998/namespace"
	nsXMLNS = "http://www.w3.org/2000/xmlns/"
)

// xmlNames is what a scan knows about namespaces. Most configuration files
// declare one or none, so nothing is done until a name asks for it.
type xmlNames struct {
	scope []xmlBinding // the prefixes that are bound here, innermost last
	heads []int32      // by hash of a prefix: the last binding in scope, plus 1
	table []int32      // for duplicates: open addressing, index of an attribute plus 1
}

// xmlBinding is a namespace declaration in scope.
type xmlBinding struct {
	prefix Span   // zero for the default namespace
	value  Span   // the name of the namespace, without quotes, not decoded
	owner  NodeID // the element that declares it
	hash   uint32 // of the prefix
	next   int32  // the binding before it with the same head, plus 1
}

func (n *xmlNames) reset() {
	if len(n.scope) > 0 {
		n.scope = n.scope[:0]
		clear(n.heads)
	}
}

// bind puts a binding in scope.
func (n *xmlNames) bind(x xmlBinding) {
	n.scope = append(n.scope, x)
	if len(n.scope) <= len(n.heads) {
		n.link(len(n.scope) - 1)
		return
	}
	n.heads = make([]int32, max(16, 2*len(n.heads)))
	for k := range n.scope {
		n.link(k)
	}
}

func (n *xmlNames) link(k int) {
	head := &n.heads[n.scope[k].hash&uint32(len(n.heads)-1)]
	n.scope[k].next, *head = *head, int32(k)+1
}

// leave drops the bindings of the element id.
func (n *xmlNames) leave(id NodeID) {
	for k := len(n.scope) - 1; k >= 0 && n.scope[k].owner == id; k-- {
		x := &n.scope[k]
		n.heads[x.hash&uint32(len(n.heads)-1)] = x.next
		n.scope = n.scope[:k]
	}
}

// declare handles attribute i of the element that will be id, if it declares a
// namespace or belongs to XML.
func (s *xmlScanner) declare(i int, id NodeID) *Error {
	a := s.d.Attrs[i]
	prefix, local := s.split(a.Name)
	value := s.decoded(a)
	var bound Span
	switch {
	case prefix.IsZero(): // xmlns="..."
	case string(s.bytes(prefix)) == "xmlns":
		if bound = local; len(value) == 0 {
			return s.faultAt(a.Value.Start, "found a namespace declaration with an empty name", "only the default namespace can be undone")
		}
	case string(s.bytes(prefix)) == "xml":
		if string(s.bytes(local)) == "space" {
			if v := string(bytes.Trim(value, " \t\r\n")); v != "default" && v != "preserve" {
				return s.faultAt(a.Name.Start, "found another value of xml:space than \"default\" and \"preserve\"", "")
			}
		}
		return nil
	default:
		return nil
	}
	name := string(s.bytes(bound))
	switch {
	case string(value) == nsXMLNS, string(value) == nsXML && name != "xml":
		return s.faultAt(a.Value.Start+1, "a prefix cannot be bound to a namespace that XML reserves", "")
	case name == "xml" && string(value) != nsXML, name == "xmlns":
		return s.faultAt(a.Name.Start, "the prefixes xml and xmlns cannot be bound to another namespace", "")
	}
	s.names.bind(xmlBinding{prefix: bound, value: Span{a.Value.Start + 1, a.Value.End - 1}, owner: id, hash: hashName(s.bytes(bound))})
	return nil
}

// resolve checks that the prefixes of an element and of its attributes from
// index from are bound.
func (s *xmlScanner) resolve(name Span, prefixed bool, from int) *Error {
	if prefixed {
		if err := s.bound(name); err != nil {
			return err
		}
	}
	for _, a := range s.d.Attrs[from:] {
		if err := s.bound(a.Name); err != nil {
			return err
		}
	}
	return nil
}

// bound checks the prefix of one name.
func (s *xmlScanner) bound(name Span) *Error {
	prefix, _ := s.split(name)
	if prefix.IsZero() {
		return nil
	}
	if _, ok := s.namespace(prefix); ok {
		return nil
	}
	return s.fault(int(name.Start), int(prefix.End), "found the prefix "+s.shownBare(prefix)+", which is not bound to a namespace",
		"declare it with xmlns:"+s.shownBare(prefix)+"=\"...\" on this element or one around it")
}

// namespace is the name, decoded, of the namespace that a prefix is bound to.
func (s *xmlScanner) namespace(prefix Span) ([]byte, bool) {
	p := s.bytes(prefix)
	switch string(p) {
	case "":
		return nil, true // of an attribute
	case "xml":
		return []byte(nsXML), true
	case "xmlns":
		return []byte(nsXMLNS), true
	}
	names := &s.names
	if len(names.scope) == 0 {
		return nil, false
	}
	for k := names.heads[hashName(p)&uint32(len(names.heads)-1)]; k > 0; {
		x := &names.scope[k-1]
		if bytes.Equal(s.bytes(x.prefix), p) {
			return s.decodedSpan(x.value), true
		}
		k = x.next
	}
	return nil, false
}

// split cuts a qualified name at its colon; the prefix is zero if there is
// none.
func (s *xmlScanner) split(name Span) (prefix, local Span) {
	if k := bytes.IndexByte(s.bytes(name), ':'); k >= 0 {
		colon := name.Start + int32(k)
		return Span{name.Start, colon}, Span{colon + 1, name.End}
	}
	return Span{}, name
}

func (s *xmlScanner) bytes(x Span) []byte { return s.b[x.Start:x.End] }

// decoded is the value of an attribute.
func (s *xmlScanner) decoded(a XMLAttr) []byte {
	return s.decodedSpan(Span{a.Value.Start + 1, a.Value.End - 1})
}

// decodedSpan is the value between quotes; it is copied only where it has to
// be.
func (s *xmlScanner) decodedSpan(x Span) []byte {
	raw := s.bytes(x)
	if plainValue(raw) {
		return raw
	}
	return appendValue(nil, raw)
}
