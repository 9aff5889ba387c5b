package protectedconfig

import "strings"

// startTag reads a start tag, resolves its name and opens the element.
func (s *scanner) startTag(start int) (token, error) {
	invalid := token{kind: tokenInvalid}
	if len(s.open) == 0 && s.root {
		return invalid, s.fail(start, "a second element beside the first")
	}
	if len(s.open) == maxDepth {
		return invalid, s.fail(start, "elements nested deeper than 200")
	}
	s.pos++
	t := token{kind: tokenStart, name: name{qualified: s.name()}}
	if t.name.qualified == "" {
		return invalid, s.fail(start, "a tag without a name")
	}
	for {
		spaced := s.blanks()
		if s.take('>') {
			break
		}
		if s.take('/') {
			if !s.take('>') {
				return invalid, s.fail(start, "a tag that does not end")
			}
			s.self = true
			break
		}
		a, ok := s.attribute()
		if !spaced || !ok {
			return invalid, s.fail(start, "a tag that does not end, or an attribute without a quoted value")
		}
		if len(t.attrs) == maxAttributes {
			return invalid, s.fail(start, "more than 512 attributes")
		}
		for _, b := range t.attrs {
			if a.name == b.name {
				return invalid, s.fail(a.value.start, "the same attribute twice")
			}
		}
		t.attrs = append(t.attrs, a)
	}
	t.span = span{start, s.pos}
	s.root = true
	if err := s.bind(t.attrs); err != nil {
		return invalid, err
	}
	prefix, local, found := strings.Cut(t.name.qualified, ":")
	if !found {
		prefix, local = "", t.name.qualified
	}
	t.name.local, t.name.space = local, s.space(prefix)
	s.open = append(s.open, t.name)
	return t, nil
}

// bind puts the tag's namespace declarations into scope.
func (s *scanner) bind(attrs []attribute) error {
	for _, a := range attrs {
		prefix, isDeclaration := strings.CutPrefix(a.name, "xmlns:")
		if !isDeclaration && a.name != "xmlns" {
			continue
		}
		if a.name == "xmlns" {
			prefix = ""
		}
		space, ok := unescape(s.src[a.value.start:a.value.end])
		if !ok || len(s.bindings) == maxBindings {
			return s.fail(a.value.start, "a namespace declaration that cannot be read")
		}
		s.bindings = append(s.bindings, binding{depth: len(s.open) + 1, prefix: prefix, space: space})
	}
	return nil
}

func (s *scanner) space(prefix string) string {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == prefix {
			return s.bindings[i].space
		}
	}
	return ""
}

func (s *scanner) attribute() (attribute, bool) {
	a := attribute{name: s.name()}
	s.blanks()
	if a.name == "" || !s.take('=') {
		return a, false
	}
	s.blanks()
	if s.pos == len(s.src) || s.src[s.pos] != '"' && s.src[s.pos] != '\'' {
		return a, false
	}
	quote := s.src[s.pos]
	s.pos++
	a.value.start = s.pos
	for s.pos < len(s.src) && s.src[s.pos] != quote {
		if s.src[s.pos] == '<' {
			return a, false
		}
		s.pos++
	}
	a.value.end = s.pos
	return a, s.take(quote)
}

// name reads a name with at most one colon, which neither begins nor ends it.
// It is empty where there is none.
func (s *scanner) name() string {
	start := s.pos
	for s.pos < len(s.src) && isNameByte(s.src[s.pos]) {
		s.pos++
	}
	n := string(s.src[start:s.pos])
	prefix, local, found := strings.Cut(n, ":")
	if !beginsName(prefix) || found && (!beginsName(local) || strings.Contains(local, ":")) {
		return ""
	}
	return n
}

func beginsName(part string) bool {
	return part != "" && !strings.ContainsRune("-.0123456789", rune(part[0]))
}

// isNameByte takes every letter outside ASCII: what matters here is where a
// name ends, and the names that matter are ASCII.
func isNameByte(c byte) bool {
	return c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '_' || c == '-' || c == '.' || c == ':'
}
