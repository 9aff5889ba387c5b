package document

import "bytes"

// declaration reads the XML declaration, if the text begins with one.
func (s *xmlScanner) declaration() (int, *Error) {
	if !hasDeclaration(s.all, s.latin) {
		return 0, nil
	}
	b := s.b
	const wrong = "found an XML declaration that is not well-formed"
	const hint = `write <?xml version="1.0" encoding="utf-8"?>`
	p, state := len("<?xml"), 0 // 0: before the version, 1: before the encoding, 2: before standalone, 3: after it
	for {
		q := spaceEnd(b, p)
		if byteAt(b, q) == '?' {
			if byteAt(b, q+1) != '>' {
				return q, s.expected(q, "'?>'")
			}
			if state == 0 {
				return q, s.fault(q, q+2, "found an XML declaration without a version", hint)
			}
			return q + 2, nil
		}
		if q == p && state != 0 {
			return q, s.expected(q, "'?>'")
		}
		if end := latinNameEnd(s.all, q); s.latin && !onlyASCII(s.all[q:end]) {
			return q, s.fault(q, q+1, wrong, hint)
		}
		end, err := s.ncname(q)
		if err != nil {
			return q, err
		}
		switch name := string(b[q:end]); {
		case name == "version" && state == 0:
		case name == "encoding" && state == 1:
		case name == "standalone" && (state == 1 || state == 2):
			state = 2
		default:
			return q, s.fault(q, end, wrong, hint)
		}
		v, err := s.equals(end)
		if err != nil {
			return v, err
		}
		quote, v := b[v], v+1
		p = v
		for p < len(b) && b[p] != '"' && b[p] != '\'' && b[p] != '<' && b[p] != '&' && b[p] >= ' ' {
			p++
		}
		if byteAt(b, p) != quote {
			if p == len(b) && len(b) == s.size {
				return v, s.fault(v, v, "the file ends inside a value of the XML declaration", "")
			}
			return v, s.fault(v, v, wrong, hint)
		}
		switch value := string(b[v:p]); state {
		case 0:
			if value != "1.0" {
				return v, s.fault(v, p, "found another version of XML than 1.0", "write version=\"1.0\": .NET reads no other")
			}
		case 1:
			s.encoding = span(v, p)
		case 2:
			if value != "yes" && value != "no" {
				return v, s.fault(v-1, p+1, wrong, "standalone is \"yes\" or \"no\"")
			}
		}
		state++
		p++
	}
}

// hasDeclaration reports whether b begins with an XML declaration, well-formed
// or not. With latin bytes over 0x7F are characters: see xmlScanner.
func hasDeclaration(b []byte, latin bool) bool {
	return len(b) >= 6 && bytes.HasPrefix(b, []byte("<?xml")) && b[5] != ':' && nameEnd(b, 5) == 5 &&
		!(latin && latinNameEnd(b, 5) > 5)
}

// latinNameEnd is the end of a name whose bytes over 0x7F are the characters
// of iso-8859-1.
func latinNameEnd(b []byte, i int) int {
	for i < len(b) && (xmlClass[b[i]]&className != 0 || b[i] == 0xB7 || b[i] >= 0xC0 && b[i] != 0xD7 && b[i] != 0xF7) {
		i++
	}
	return i
}
