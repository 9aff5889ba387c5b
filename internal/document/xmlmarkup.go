package document

import "bytes"

// bang reads a comment or CDATA section inside the root element.
func (s *xmlScanner) bang(i int) (int, *Error) {
	b := s.b
	if s.fewer(i, 4) {
		return i, s.unclosed()
	}
	switch byteAt(b, i+2) {
	case '-':
		if byteAt(b, i+3) != '-' {
			return i, s.expected(i+3, "a second '-'")
		}
		return s.comment(i)
	case '[':
		if s.fewer(i, 9) {
			return i, s.unclosed()
		}
		if !bytes.HasPrefix(b[i+3:], []byte("CDATA[")) {
			return i, s.expected(i+3, "'CDATA['")
		}
		return s.cdata(i)
	}
	if bytes.HasPrefix(b[i+2:], []byte("DOCTYPE")) && nameEnd(b, i+9) == i+9 {
		return i, s.fault(i+2, i+9, "found a document type declaration inside an element", "remove it")
	}
	return i, s.expected(i+2, "'<!--' or '<![CDATA['")
}

// comment reads the comment at i.
func (s *xmlScanner) comment(i int) (int, *Error) {
	b := s.b
	n := bytes.Index(b[i+4:], []byte("--"))
	if n < 0 || i+4+n+2 == len(s.all) {
		return i, s.endInside(i+4, '-', "the --> that closes a comment")
	}
	end := i + 4 + n + 2
	if byteAt(b, end) != '>' {
		return i, s.fault(end-2, end, "found '--' inside a comment", "a comment cannot hold two hyphens in a row, nor another comment, nor end in a hyphen")
	}
	end++
	s.d.Comments = append(s.d.Comments, span(i, end))
	return end, nil
}

// cdata reads the CDATA section at i.
func (s *xmlScanner) cdata(i int) (int, *Error) {
	from := i + len("<![CDATA[")
	n := bytes.Index(s.b[from:], []byte("]]>"))
	if n < 0 {
		return i, s.endInside(from, ']', "the ]]> that closes a CDATA section")
	}
	s.add(CDATA, from, from+n)
	return from + n + 3, nil
}

// instruction reads the processing instruction at i.
func (s *xmlScanner) instruction(i int) (int, *Error) {
	b := s.b
	name := i + 2
	end, err := s.ncname(name)
	if err != nil {
		return i, err
	}
	if bytes.EqualFold(b[name:end], []byte("xml")) {
		if string(b[name:end]) == "xml" {
			return i, s.fault(name, end, "found an XML declaration that is not at the start of the file", "nothing may stand before it, not even white space")
		}
		return i, s.fault(name, end, "a processing instruction cannot have this name", "the name xml is reserved")
	}
	p := spaceEnd(b, end)
	if p == end && !bytes.HasPrefix(b[p:], []byte("?>")) {
		return i, s.notInName(p)
	}
	n := bytes.Index(b[p:], []byte("?>"))
	if n < 0 {
		return i, s.expected(len(b), "the ?> that closes a processing instruction")
	}
	return p + n + 2, nil
}

// ncname reads a name without a colon.
func (s *xmlScanner) ncname(i int) (int, *Error) {
	n := nameStart(s.b, i)
	if n == 0 {
		return i, s.notNameStart(i)
	}
	end := nameEnd(s.b, i+n)
	if end == len(s.all) {
		return end, s.expected(end, "more after a name")
	}
	if byteAt(s.b, end) == ':' {
		return end, s.notInName(end)
	}
	return end, nil
}
