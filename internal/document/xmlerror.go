package document

import (
	"fmt"
	"unicode/utf8"
)

// fault is a document that is not well-formed. Messages never show what stands
// in an attribute's value or in text: it may be a secret, and in a broken file
// nearly everything may be the rest of one.
func (s *xmlScanner) fault(from, to int, message, hint string) *Error {
	return &Error{Kind: ErrSyntax, Span: span(from, to), Message: message, Hint: hint}
}

func (s *xmlScanner) faultAt(at int32, message, hint string) *Error {
	return s.fault(int(at), int(at), message, hint)
}

// illegal is what ends s.b before the end of the file: a character, or bytes
// that are none.
func (s *xmlScanner) illegal() *Error {
	i := len(s.b)
	if i == len(s.all) {
		return s.broken
	}
	r, n := utf8.DecodeRune(s.all[i:])
	return s.fault(i, i+n, fmt.Sprintf("found the character U+%04X, which XML cannot hold", r), "remove it")
}

// end is the fault of a text that is over too early.
func (s *xmlScanner) end(wanted string) *Error {
	if len(s.b) < s.size {
		return s.illegal()
	}
	return s.fault(len(s.b), len(s.b), "the file ends here, expected "+wanted, "")
}

// endInside is the fault of a comment or CDATA section that is still open at
// the end of the file. Its content begins at from; the characters that begin
// its end are not behind the place, as XmlReader has it.
func (s *xmlScanner) endInside(from int, mark byte, wanted string) *Error {
	if len(s.b) < s.size {
		return s.illegal()
	}
	p := len(s.b)
	for range 2 {
		if p > from && s.b[p-1] == mark {
			p--
		}
	}
	if s.fewer(from, 3) {
		p = from
	}
	return s.fault(p, p, "the file ends here, expected "+wanted, "")
}

// expected is something else than was expected at i.
func (s *xmlScanner) expected(i int, wanted string) *Error {
	if i >= len(s.b) {
		return s.end(wanted)
	}
	return s.fault(i, i+s.width(i), "found "+s.found(i)+", expected "+wanted, "")
}

// expectedSpace is a name that follows a value without white space between.
func (s *xmlScanner) expectedSpace(i int) *Error {
	if i >= len(s.b) {
		return s.end("white space")
	}
	return s.fault(i, i+s.width(i), "found "+s.found(i)+", expected white space",
		"attributes are separated by white space; a quote inside a value is written &quot;")
}

// notNameStart is a character that cannot start a name.
func (s *xmlScanner) notNameStart(i int) *Error {
	if i >= len(s.b) {
		return s.end("a name")
	}
	hint := ""
	if s.b[i] == '<' {
		hint = "the tag before it is not closed; a '<' that means itself is written &lt;"
	}
	return s.fault(i, i+s.width(i), "found "+s.found(i)+", expected a name", hint)
}

// notInName is a character that cannot be in a name.
func (s *xmlScanner) notInName(i int) *Error {
	if i >= len(s.b) {
		return s.end("more after a name")
	}
	return s.fault(i, i+s.width(i), "found "+s.found(i)+" in a name", "")
}

// mismatch is an end tag with another name than the element n that is open.
func (s *xmlScanner) mismatch(i int, n *XMLNode) *Error {
	end, _, err := s.qname(i)
	if err != nil {
		return err
	}
	name := s.shown(n.Name)
	err = s.fault(i, end, "found the end tag of "+s.shown(span(i, end))+", expected that of "+name,
		"close "+name+" first, or correct the name: capitals count")
	err.Other = n.Name
	return err
}

// unclosed is the end of the file inside an element.
func (s *xmlScanner) unclosed() *Error {
	if s.open == None {
		return s.end("the end of a tag")
	}
	n := s.d.Nodes[s.open].Name
	err := s.end("the end tag of " + s.shown(n))
	err.Other = n
	return err
}

func (s *xmlScanner) duplicate(first, second Span) *Error {
	err := s.fault(int(second.Start), int(second.End), "found the attribute "+s.shownBare(second)+" a second time in one element", "remove one of the two")
	err.Other = first
	return err
}

func (s *xmlScanner) tooDeep(i int) *Error {
	return &Error{Kind: ErrDepth, Span: span(i, i+1), Message: fmt.Sprintf("elements are nested more than %d deep", s.maxDepth)}
}

// width is the length of the character at i.
func (s *xmlScanner) width(i int) int {
	_, n := utf8.DecodeRune(s.b[i:])
	return n
}

// found describes what stands at i without giving away more than one mark.
func (s *xmlScanner) found(i int) string {
	switch c := s.b[i]; {
	case c >= utf8.RuneSelf, xmlClass[c]&className != 0 && c != '-':
		return "text"
	case xmlClass[c]&classSpace != 0:
		return "white space"
	case c == '\'':
		return `"'"`
	default:
		return "'" + string(rune(c)) + "'"
	}
}

// shown is a name as messages show it: in angle brackets, and not at any
// length.
func (s *xmlScanner) shown(x Span) string { return "<" + s.shownBare(x) + ">" }

func (s *xmlScanner) shownBare(x Span) string {
	const most = 64
	b := s.bytes(x)
	if len(b) <= most {
		return string(b)
	}
	b = b[:most]
	for len(b) > 0 && !utf8.Valid(b) {
		b = b[:len(b)-1]
	}
	return string(b) + "..."
}
