package protectedconfig

import (
	"bytes"
	"unicode/utf8"
)

// What a section may cost. A real one is a few kilobytes with a dozen elements.
const (
	maxSize       = 16 << 20 // bytes of a section or a plain text
	maxDepth      = 200      // elements in each other
	maxAttributes = 512      // of one element
	maxBindings   = 64       // namespace declarations in scope
)

// A span is a piece of the scanned bytes, its end exclusive.
type span struct{ start, end int }

type tokenKind int

const (
	tokenEnd     tokenKind = iota // of an element
	tokenStart                    // of an element; an empty one gives both
	tokenText                     // character data, references as written
	tokenCDATA                    // the inside of a CDATA section
	tokenOther                    // a comment or a processing instruction
	tokenDone                     // nothing is left
	tokenInvalid                  // see the error beside it
)

// A token is one piece of markup or text.
type token struct {
	kind  tokenKind
	span  span        // the text of tokenText and tokenCDATA, else the whole markup
	name  name        // of tokenStart and tokenEnd
	attrs []attribute // of tokenStart
}

// A name is an element's name. The space of a prefix that nobody declares here
// is empty: an element around the scanned one may declare it.
type name struct{ qualified, space, local string }

type attribute struct {
	name  string
	value span // between the quotes, references as written
}

// A scanner reads one XML element into tokens with their places, and refuses
// what is not well-formed. It builds no tree, expands nothing and knows no
// document type. Its errors quote nothing of what it read, which may be secret.
type scanner struct {
	src      []byte
	pos      int
	open     []name
	bindings []binding
	self     bool // an empty element waits for its end
	root     bool // the outermost element was seen
}

type binding struct {
	depth         int
	prefix, space string
}

func newScanner(src []byte) (*scanner, error) {
	s := &scanner{src: src}
	if len(src) > maxSize {
		return nil, s.fail(maxSize, "the element is larger than 16 MiB")
	}
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return nil, s.fail(i, "not UTF-8")
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			return nil, s.fail(i, "a character that XML does not allow")
		}
		i += size
	}
	return s, nil
}

func (s *scanner) fail(offset int, message string) error {
	return &FormatError{Offset: offset, Message: message}
}

// next returns the next token, and tokenDone after the last.
func (s *scanner) next() (token, error) {
	start := s.pos
	switch rest := s.src[start:]; {
	case s.self:
		s.self = false
		return s.end(start), nil
	case len(rest) == 0:
		if len(s.open) > 0 || !s.root {
			return token{kind: tokenInvalid}, s.fail(start, "the text ends before the element does")
		}
		return token{kind: tokenDone, span: span{start, start}}, nil
	case rest[0] != '<':
		return s.characters(start)
	case bytes.HasPrefix(rest, []byte("<!--")):
		return s.until(start, "<!--", "-->", tokenOther)
	case bytes.HasPrefix(rest, []byte("<?")):
		return s.until(start, "<?", "?>", tokenOther)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")) && len(s.open) > 0:
		return s.until(start, "<![CDATA[", "]]>", tokenCDATA)
	case bytes.HasPrefix(rest, []byte("<!")):
		return token{kind: tokenInvalid}, s.fail(start, "a declaration has no place here")
	case bytes.HasPrefix(rest, []byte("</")):
		return s.endTag(start)
	default:
		return s.startTag(start)
	}
}

// until reads markup between two marks; a comment's `--` must be its end.
func (s *scanner) until(start int, opening, closing string, kind tokenKind) (token, error) {
	inner := start + len(opening)
	n := bytes.Index(s.src[inner:], []byte(closing))
	if n < 0 {
		return token{kind: tokenInvalid}, s.fail(start, "markup without its end")
	}
	s.pos = inner + n + len(closing)
	if kind == tokenCDATA {
		return token{kind: kind, span: span{inner, inner + n}}, nil
	}
	if opening == "<!--" && bytes.Contains(s.src[inner:inner+n+1], []byte("--")) {
		return token{kind: tokenInvalid}, s.fail(start, "two hyphens inside a comment")
	}
	return token{kind: kind, span: span{start, s.pos}}, nil
}

func (s *scanner) characters(start int) (token, error) {
	n := bytes.IndexByte(s.src[start:], '<')
	if n < 0 {
		n = len(s.src) - start
	}
	s.pos = start + n
	t := token{kind: tokenText, span: span{start, s.pos}}
	if len(s.open) == 0 && !blank(s.src[start:s.pos]) {
		return token{kind: tokenInvalid}, s.fail(start, "text outside the element")
	}
	return t, nil
}

func (s *scanner) endTag(start int) (token, error) {
	s.pos += len("</")
	n := s.name()
	s.blanks()
	if len(s.open) == 0 || n == "" || n != s.open[len(s.open)-1].qualified || !s.take('>') {
		return token{kind: tokenInvalid}, s.fail(start, "an end tag that closes nothing")
	}
	return s.end(start), nil
}

// end closes the innermost element.
func (s *scanner) end(start int) token {
	t := token{kind: tokenEnd, span: span{start, s.pos}, name: s.open[len(s.open)-1]}
	for n := len(s.bindings); n > 0 && s.bindings[n-1].depth == len(s.open); n-- {
		s.bindings = s.bindings[:n-1]
	}
	s.open = s.open[:len(s.open)-1]
	return t
}

func (s *scanner) blanks() bool {
	start := s.pos
	for s.pos < len(s.src) && isBlank(s.src[s.pos]) {
		s.pos++
	}
	return s.pos > start
}

func (s *scanner) take(c byte) bool {
	if s.pos < len(s.src) && s.src[s.pos] == c {
		s.pos++
		return true
	}
	return false
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func blank(text []byte) bool { return len(bytes.Trim(text, " \t\r\n")) == 0 }
