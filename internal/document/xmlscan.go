package document

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// xmlScanner is the state of one pass over a document. Its methods take the
// offset where they start and give the offset after what they read, or a
// fault. The places of faults are those that XmlReader reports.
type xmlScanner struct {
	d        *XML
	b        []byte // the text up to its first illegal character
	all      []byte // the whole text
	size     int    // the length of all, or more where bytes follow that are no text
	broken   *Error // the fault of those bytes
	open     NodeID // the innermost open element
	depth    int
	maxDepth int
	root     bool            // the root element has begun
	entities map[string]bool // what the document type declaration declares
	encoding Span            // the encoding that the XML declaration names
	fragment bool            // prefixes may be bound outside the text
	latin    bool            // in the XML declaration each byte is a character, as in .NET until the encoding is known
	names    xmlNames
}

// document reads a whole document. Where its text is what stands before bytes
// that cannot be decoded, broken is their fault, and the result it or one
// that comes before it.
func (s *xmlScanner) document(d *XML, lim Limits, broken *Error) *Error {
	s.d, s.all, s.broken = d, d.Text.Bytes, broken
	s.size = len(s.all)
	if broken != nil {
		s.size++
	}
	s.b = s.all[:legalEnd(s.all)]
	s.latin = d.Text.BOM == 0 && !d.Text.wide()
	s.open, s.depth, s.root, s.entities, s.encoding = None, 0, false, nil, Span{}
	s.maxDepth = lim.MaxXMLDepth
	if s.maxDepth <= 0 {
		s.maxDepth = DefaultXMLDepth
	}
	s.names.reset()
	err := s.prolog()
	s.d, s.b, s.all, s.broken = nil, nil, nil, nil
	return err
}

// fewer reports whether the text has fewer than n characters from i on,
// counted as XmlReader does: those outside the basic plane are two.
func (s *xmlScanner) fewer(i, n int) bool {
	if len(s.all)-i >= utf8.UTFMax*n {
		return false
	}
	count := 0
	for _, r := range string(s.all[i:]) {
		count += utf16.RuneLen(r)
	}
	return count < n
}

// prolog reads everything, from outside the root element.
func (s *xmlScanner) prolog() *Error {
	i, err := s.declaration()
	for err == nil {
		i = spaceEnd(s.b, i)
		if i == len(s.b) {
			if i < s.size {
				return s.illegal()
			}
			if !s.root {
				return s.fault(i, i, "the file holds no root element", "")
			}
			return nil
		}
		if s.b[i] != '<' {
			return s.fault(i, i+s.width(i), "found text outside the root element", "only comments, processing instructions and white space may stand there")
		}
		i, err = s.outside(i)
	}
	return err
}

// outside reads one piece of markup outside the root element, and the root
// element itself.
func (s *xmlScanner) outside(i int) (int, *Error) {
	b := s.b
	if s.fewer(i, 4) {
		if s.broken != nil {
			return i, s.broken
		}
		return i, s.fault(i, i+1, "found an incomplete tag outside the root element", "")
	}
	if i+1 == len(b) {
		return i, s.illegal()
	}
	switch b[i+1] {
	case '?':
		return s.instruction(i)
	case '!':
		switch byteAt(b, i+2) {
		case '-':
			if byteAt(b, i+3) != '-' {
				return i, s.expected(i+3, "a second '-'")
			}
			return s.comment(i)
		case '[':
			return i, s.fault(i, i+3, "found a CDATA section outside the root element", "")
		}
		return s.doctype(i)
	case '/':
		return i, s.fault(i+2, i+2, "found an end tag outside the root element", "remove it, or the end tag above that closed the root too early")
	}
	if s.root {
		return i, s.fault(i+1, i+1, "found a second root element", "a file has one root element; the first one was closed above")
	}
	s.root = true
	i, err := s.startTag(i)
	if err != nil || s.depth == 0 {
		return i, err
	}
	return s.content(i)
}

// content reads what is inside the root element, with its end tag.
func (s *xmlScanner) content(i int) (int, *Error) {
	b := s.b
	for {
		start := i
		i = indentEnd(b, i)
		if i == len(b) {
			return i, s.unclosed()
		}
		var err *Error
		if b[i] != '<' {
			if i, err = s.text(start, i); err != nil {
				return i, err
			}
		}
		switch byteAt(b, i+1) {
		case '/':
			if i, err = s.endTag(i); err == nil && s.depth == 0 {
				return i, nil
			}
		case '!':
			i, err = s.bang(i)
		case '?':
			i, err = s.instruction(i)
		default:
			if i+1 >= len(b) {
				return i, s.unclosed()
			}
			i, err = s.startTag(i)
		}
		if err != nil {
			return i, err
		}
	}
}

// indentEnd is spaceEnd for white space that is mostly indentation: eight
// blanks are one step.
func indentEnd(b []byte, i int) int {
	for i < len(b) {
		if i+8 <= len(b) {
			if x := binary.LittleEndian.Uint64(b[i:]) ^ spaces; x != 0 {
				i += bits.TrailingZeros64(x) / 8
			} else {
				i += 8
				continue
			}
		}
		if xmlClass[b[i]]&classSpace == 0 {
			break
		}
		i++
	}
	return i
}

// text reads a run of text from start, of which everything before i is known
// to be white space, up to the next tag.
func (s *xmlScanner) text(start, i int) (int, *Error) {
	b := s.b
	end := bytes.IndexByte(b[i:], '<')
	if end < 0 {
		end = len(b)
	} else {
		end += i
	}
	keep := true
	if run := b[i:end]; bytes.IndexByte(run, '&') >= 0 || bytes.IndexByte(run, ']') >= 0 {
		keep = false
		for i < end {
			switch b[i] {
			case '&':
				var err *Error
				if i, err = s.reference(i, end); err != nil {
					return i, err
				}
				keep = true
				continue
			case ']':
				if byteAt(b, i+1) == ']' && byteAt(b, i+2) == '>' {
					return i, s.fault(i, i+3, "found ']]>' in text", "write ]]&gt;")
				}
				keep = true
			case ' ', '\t', '\n', '\r':
			default:
				keep = true
			}
			i++
		}
	}
	if end == len(b) {
		return end, s.unclosed()
	}
	if keep {
		s.add(CharData, start, end)
	}
	return end, nil
}

// add adds a run of text.
func (s *xmlScanner) add(kind XMLKind, from, to int) {
	id := NodeID(len(s.d.Nodes))
	n := int32(len(s.d.Attrs))
	s.d.Nodes = append(s.d.Nodes, XMLNode{Kind: kind, Parent: s.open, Next: id + 1, StartTag: span(from, to), AttrFrom: n, AttrTo: n})
}

// byteAt is the byte at i, or 0 behind the end: no legal text holds a 0.
func byteAt(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}

func span(from, to int) Span { return Span{int32(from), int32(to)} }
