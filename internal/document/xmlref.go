package document

import "math"

// reference reads the reference at i, which ends before end, and gives the
// offset after its semicolon.
func (s *xmlScanner) reference(i, end int) (int, *Error) {
	b := s.b
	if byteAt(b, i+1) == '#' {
		return s.charReference(i)
	}
	p := i + 1
	if n := nameStart(b, p); n > 0 {
		p = nameEnd(b, p+n)
	}
	if p == i+1 || byteAt(b, p) == ':' || p == len(b) {
		if p == len(b) && p < s.size {
			return i, s.illegal()
		}
		if i+1 == len(b) {
			return i, s.fault(i, p, "the file ends after '&'", "write &amp;")
		}
		return i, s.fault(i+1, i+1, "found '&' that begins no reference", "write &amp;")
	}
	if b[p] != ';' {
		return i, s.fault(p, p, "found '&' and a name, expected ';' after them", "write &amp; if the '&' means itself")
	}
	if namedReference(b[i+1:p]) == 0 && !s.entities[string(b[i+1:p])] {
		return i, s.fault(i+1, p, "found a reference to an entity that is not declared", "write &amp; if the '&' means itself; XML knows &amp;, &lt;, &gt;, &quot; and &apos;")
	}
	return p + 1, nil
}

// charReference reads a reference by number.
func (s *xmlScanner) charReference(i int) (int, *Error) {
	b := s.b
	p := i + 2
	base := rune(10)
	if byteAt(b, p) == 'x' {
		p++
		base = 16
	}
	first := p
	var r int64
	for ; p < len(b); p++ {
		d := digit(b[p])
		if d >= base {
			break
		}
		if r = r*int64(base) + int64(d); r > math.MaxInt32 {
			return i, s.fault(p, p+1, "found a reference to a character that XML cannot hold", "remove it")
		}
	}
	switch {
	case p == len(b) && len(b) < s.size:
		return i, s.illegal()
	case p == len(b):
		return i, s.fault(i, p, "the file ends inside a character reference", "")
	case b[p] != ';' || p == first:
		return i, s.fault(p, p, "found a character reference that is not digits and ';'", "write &#65; or &#x41;, or &amp; if the '&' means itself")
	case !legalRune(rune(r)):
		return i, s.fault(first, p, "found a reference to a character that XML cannot hold", "remove it")
	}
	return p + 1, nil
}

// digit is the value of a hexadecimal digit, and 16 for anything else.
func digit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return 16
}

// namedReference is the character that XML itself has a name for, or 0.
func namedReference(name []byte) byte {
	switch string(name) {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	return 0
}
