package document

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// startTag reads the start tag at i and opens the element, unless the tag
// closes it.
func (s *xmlScanner) startTag(i int) (int, *Error) {
	b, d := s.b, s.d
	switch {
	case s.depth >= s.maxDepth:
		return i, s.tooDeep(i)
	case len(d.Nodes)+len(d.Attrs) >= maxNodes:
		return i, tooMany("elements and attributes", i)
	}
	name, prefixed := asciiNameEnd(b, i+1), false
	var err *Error
	if c := byteAt(b, name); xmlClass[b[i+1]]&classStart == 0 || c == ':' || c >= utf8.RuneSelf || c == 0 {
		if name, prefixed, err = s.qname(i + 1); err != nil {
			return i, err
		}
	}
	id := NodeID(len(d.Nodes))
	from := len(d.Attrs)
	p, doubts, err := s.attributes(name, id)
	if err != nil {
		return i, err
	}
	if (prefixed || doubts&doubtPrefix != 0) && !s.fragment {
		if err := s.resolve(span(i+1, name), prefixed, from); err != nil {
			return i, err
		}
	}
	if doubts != 0 {
		if err := s.duplicates(from, doubts&doubtPrefix != 0 && !s.fragment); err != nil {
			return i, err
		}
	}
	d.Nodes = append(d.Nodes, XMLNode{
		Kind: Element, Parent: s.open, Next: id + 1,
		Name: span(i+1, name), StartTag: span(i, p),
		AttrFrom: int32(from), AttrTo: int32(len(d.Attrs)),
	})
	if b[p-2] == '/' {
		s.names.leave(id)
		return p, nil
	}
	s.open = id
	s.depth++
	return p, nil
}

// What is in doubt about the attributes of an element until all are read.
const (
	doubtTwice  = 1 << iota // two may have one name
	doubtPrefix             // a name has a prefix or declares one
)

// attributes reads the attributes of the element that will be id, from the end
// of its name to behind the tag.
func (s *xmlScanner) attributes(name int, id NodeID) (p int, doubts uint8, err *Error) {
	b, d := s.b, s.d
	seen := uint64(0) // a bit for each name, to rule out most duplicates
	p = name
	for {
		q := spaceEnd(b, p)
		c := byteAt(b, q)
		switch {
		case xmlClass[c]&classStart != 0 && q > p:
		case c == '>':
			return q + 1, doubts, nil
		case c == '/' && byteAt(b, q+1) == '>':
			return q + 2, doubts, nil
		default:
			if err := s.notAttribute(p, q, q == name); err != nil {
				return p, doubts, err
			}
		}
		end, colon := asciiNameEnd(b, q+1), false
		v := end + 1
		if v >= len(b) || b[end] != '=' || b[v] != '"' || c >= utf8.RuneSelf {
			if end, colon, err = s.qname(q); err != nil {
				return p, doubts, err
			}
			if v, err = s.equals(end); err != nil {
				return p, doubts, err
			}
		}
		if p, err = s.value(v); err != nil {
			return p, doubts, err
		}
		d.Attrs = append(d.Attrs, XMLAttr{Name: span(q, end), Value: span(v, p)})
		bit := uint64(1) << ((uint(end-q)*5 + uint(b[q])*3 + uint(b[end-1])) & 63)
		if seen&bit != 0 {
			doubts |= doubtTwice
		}
		seen |= bit
		if colon || end-q == 5 && string(b[q:end]) == "xmlns" {
			doubts |= doubtPrefix
			if err := s.declare(len(d.Attrs)-1, id); err != nil {
				return p, doubts, err
			}
		}
	}
}

// notAttribute is the fault of what stands at q, behind white space from p on,
// if no attribute begins there.
func (s *xmlScanner) notAttribute(p, q int, first bool) *Error {
	switch c := byteAt(s.b, q); {
	case c == '/' && first:
		return s.expected(q, "'>'")
	case c == '/':
		return s.expected(q+1, "'>'")
	case first:
		return s.notInName(q)
	case q == len(s.b):
		return s.unclosed()
	case nameStart(s.b, q) == 0:
		return s.notNameStart(q)
	case q == p:
		return s.expectedSpace(q)
	}
	return nil
}

// endTag reads the end tag at i and closes the innermost element.
func (s *xmlScanner) endTag(i int) (int, *Error) {
	b := s.b
	n := &s.d.Nodes[s.open]
	name := b[n.Name.Start:n.Name.End]
	p := i + 2 + len(name)
	if p > len(b) || !bytes.Equal(b[i+2:p], name) {
		return i, s.mismatch(i+2, n)
	}
	if byteAt(b, p) != '>' {
		if p < len(b) && (b[p] == ':' || nameEnd(b, p) > p) {
			return i, s.mismatch(i+2, n)
		}
		if p = spaceEnd(b, p); p == len(b) {
			return i, s.unclosed()
		}
		if b[p] != '>' {
			return i, s.expected(p, "'>'")
		}
	}
	p++
	n.EndTag = span(i, p)
	n.Next = NodeID(len(s.d.Nodes))
	s.names.leave(s.open)
	s.open = n.Parent
	s.depth--
	return p, nil
}

// qname reads a name with at most one colon in it.
func (s *xmlScanner) qname(i int) (end int, colon bool, _ *Error) {
	b := s.b
	for {
		n := nameStart(b, i)
		if n == 0 {
			return i, colon, s.notNameStart(i)
		}
		i = nameEnd(b, i+n)
		if byteAt(b, i) != ':' {
			if i == len(s.all) {
				return i, colon, s.expected(i, "more after a name")
			}
			return i, colon, nil
		}
		if colon {
			return i, colon, s.notInName(i)
		}
		colon = true
		i++
	}
}

// equals reads the sign between an attribute's name and its value and gives
// the place of the opening quote.
func (s *xmlScanner) equals(i int) (int, *Error) {
	b := s.b
	if byteAt(b, i) != '=' {
		if i = spaceEnd(b, i); byteAt(b, i) != '=' {
			return i, s.expected(i, "'='")
		}
	}
	i++
	if c := byteAt(b, i); c != '"' && c != '\'' {
		i = spaceEnd(b, i)
		if c = byteAt(b, i); c != '"' && c != '\'' {
			return i, s.expected(i, "a quote")
		}
	}
	return i, nil
}

// value reads the attribute value whose opening quote is at i and gives the
// offset after its closing quote.
func (s *xmlScanner) value(i int) (int, *Error) {
	b := s.b
	quote := b[i]
	quotes := uint64(quote) * ones
	i++
	for {
		for i+8 <= len(b) {
			x := binary.LittleEndian.Uint64(b[i:])
			q, l, a := x^quotes, x^('<'*ones), x^('&'*ones)
			if m := ((q-ones)&^q | (l-ones)&^l | (a-ones)&^a) & highBits; m != 0 {
				i += bits.TrailingZeros64(m) / 8
				break
			}
			i += 8
		}
		for i < len(b) && b[i] != quote && b[i] != '<' && b[i] != '&' {
			i++
		}
		switch byteAt(b, i) {
		case quote:
			return i + 1, nil
		case '&':
			var err *Error
			if i, err = s.reference(i, len(b)); err != nil {
				return i, err
			}
		case '<':
			return i, s.fault(i, i+1, "found '<' in an attribute's value", "write &lt;, or close the value's quote first")
		default:
			return i, s.expected(len(b), "the quote that closes an attribute's value")
		}
	}
}
