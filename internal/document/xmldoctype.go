package document

import "bytes"

// doctype skips the document type declaration at i as XmlReader does with
// DtdProcessing.Ignore: name, external identifier and internal subset are
// passed over, hardly looked at. Only the names of entities are noted, for
// XmlTextReader, with which System.Configuration reads, leaves a reference to
// one in the text as it is.
func (s *xmlScanner) doctype(i int) (int, *Error) {
	b := s.b
	p := i + 2
	if s.fewer(p, len("DOCTYPE")+1) {
		if s.broken != nil {
			return i, s.broken
		}
		return i, s.fault(p, p, "the file ends here, expected a document type declaration", "")
	}
	if !bytes.HasPrefix(b[p:], []byte("DOCTYPE")) {
		if s.root {
			return i, s.expected(p, "'<!--'")
		}
		return i, s.expected(p, "'<!--' or '<!DOCTYPE'")
	}
	p += len("DOCTYPE")
	if spaceEnd(b, p) == p {
		return i, s.expectedSpace(p)
	}
	if s.root {
		return i, s.fault(i, p, "found a document type declaration after the root element", "remove it")
	}
	p, _, err := s.qname(spaceEnd(b, p))
	if err != nil {
		return i, err
	}
	p = spaceEnd(b, p)
	switch byteAt(b, p) {
	case 'P':
		if p, err = s.literals(p, "PUBLIC", 2); err != nil {
			return i, err
		}
	case 'S':
		if p, err = s.literals(p, "SYSTEM", 1); err != nil {
			return i, err
		}
	case '[', '>':
	default:
		return i, s.expected(p, "'PUBLIC', 'SYSTEM', '[' or '>'")
	}
	switch byteAt(b, p) {
	case '[':
		if p, err = s.subset(p + 1); err != nil {
			return i, err
		}
		if p = spaceEnd(b, p); byteAt(b, p) != '>' {
			return i, s.expected(p, "'>'")
		}
	case '>':
	default:
		return i, s.expected(p, "'[' or '>'")
	}
	p++
	if s.d.Doctype.IsZero() {
		s.d.Doctype = span(i, p)
	}
	return p, nil
}

// literals skips a keyword and n quoted identifiers.
func (s *xmlScanner) literals(p int, keyword string, n int) (int, *Error) {
	b := s.b
	if !bytes.HasPrefix(b[p:], []byte(keyword)) {
		return p, s.expected(p, "'"+keyword+"'")
	}
	p += len(keyword)
	for range n {
		q := spaceEnd(b, p)
		if q == p {
			return p, s.expectedSpace(p)
		}
		if c := byteAt(b, q); c != '"' && c != '\'' {
			return p, s.expected(q, "a quote")
		}
		end := bytes.IndexByte(b[q+1:], b[q])
		if end < 0 {
			return p, s.expected(len(b), "the quote that closes an identifier")
		}
		p = q + 1 + end + 1
	}
	return spaceEnd(b, p), nil
}

// entity notes the name of the general entity that is declared before p.
func (s *xmlScanner) entity(p int) {
	name := spaceEnd(s.b, p)
	if end := nameEnd(s.b, name); name > p && end > name {
		if s.entities == nil {
			s.entities = make(map[string]bool)
		}
		s.entities[string(s.b[name:end])] = true
	}
}

// subset skips the internal subset that begins at p and gives the offset
// after its closing bracket. Brackets in literals do not count; those in
// comments and processing instructions do, as XmlReader has it. What begins a
// comment is passed over as a whole inside one too, so that <!--> does not end
// it; likewise <?> in a processing instruction.
func (s *xmlScanner) subset(p int) (int, *Error) {
	b := s.b
	var literal byte
	comment, instruction := false, false
	for p < len(b) {
		c := b[p]
		switch {
		case literal != 0:
			if c == literal {
				literal = 0
			}
		case c == ']':
			return p + 1, nil
		case c == '<' && !instruction && bytes.HasPrefix(b[p:], []byte("<!--")):
			comment = true
			p += 3
		case c == '<' && !comment && byteAt(b, p+1) == '?':
			instruction = true
			p++
		case comment:
			if c == '-' && byteAt(b, p+1) == '-' && byteAt(b, p+2) == '>' {
				comment = false
				p++
			}
		case instruction:
			if c == '?' && byteAt(b, p+1) == '>' {
				instruction = false
			}
		case c == '<' && bytes.HasPrefix(b[p:], []byte("<!ENTITY")):
			s.entity(p + len("<!ENTITY"))
		case c == '"' || c == '\'':
			literal = c
		}
		p++
	}
	return p, s.expected(len(b), "the ] that closes the document type's internal subset")
}
