package mask

import (
	"bytes"
	"path"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// structurePatches masks the bytes [start, end) of a file that no reader
// understands, JSON or XML. What is plainly structure stays: punctuation, the
// names of keys, elements and attributes, true, false and null. All else may
// be a secret whose place the fault hides.
func structurePatches(f *deployment.File, start, end int32) []Patch {
	text := f.Text.Bytes
	s := structure{text: text, at: int(start), end: int(end)}
	s.xml = !strings.EqualFold(path.Ext(f.Path), ".json") && bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("<"))
	s.before = lastByte(text[:start])
	for s.at < s.end {
		s.next()
	}
	return s.patches
}

// structure goes through a line, one word or mark at a time.
type structure struct {
	text    []byte
	at, end int
	xml     bool
	before  byte // the last mark that is no blank; 0 at the start of the file
	patches []Patch
}

func (s *structure) next() {
	rest := s.text[s.at:s.end]
	switch c := rest[0]; {
	case c == ' ' || c == '\t':
		s.at++
	case s.comment(rest):
	case c == '"' || c == '\'':
		s.quoted(rest)
	case strings.IndexByte("{}[]:,<>/=?!", c) >= 0:
		s.before = c
		s.at++
	default:
		s.word(rest)
	}
}

// comment hides a comment, to the end of what is shown where it is not closed.
func (s *structure) comment(rest []byte) bool {
	for _, mark := range [...]struct{ open, close, shown string }{
		{"<!--", "-->", "<!-- … -->"}, {"<!DOCTYPE", "\x00", "<!DOCTYPE …"}, {"<![CDATA[", "]]>", "<![CDATA[…]]>"},
		{"//", "\x00", "// …"}, {"/*", "*/", "/* … */"},
	} {
		if !bytes.HasPrefix(rest, []byte(mark.open)) {
			continue
		}
		n := len(rest)
		if i := bytes.Index(rest, []byte(mark.close)); i >= 0 {
			n = i + len(mark.close)
		}
		s.hide(n, mark.shown)
		return true
	}
	return false
}

// quoted masks a string that is no key.
func (s *structure) quoted(rest []byte) {
	n := closing(rest)
	closed := n > 0
	if !closed {
		n = len(rest)
	}
	key := closed && !s.xml && strings.IndexByte("{,[\x00}]\"ecl", s.before) >= 0 && plainName(rest[1:n-1]) &&
		bytes.HasPrefix(bytes.TrimLeft(rest[n:], " \t"), []byte(":"))
	switch {
	case key:
		s.at += n
	case closed:
		s.patches = append(s.patches, Patch{int32(s.at + 1), int32(s.at + n - 1), schema.Mask})
		s.at += n
	default:
		s.at++
		s.hide(n-1, schema.Mask)
	}
	s.before = '"'
}

// word masks a word that is neither a literal nor a name of XML.
func (s *structure) word(rest []byte) {
	n := bytes.IndexAny(rest, " \t\"'{}[],<>=?!")
	if !s.xml {
		n = bytes.IndexAny(rest, " \t\"'{}[],:")
	}
	if n < 0 {
		n = len(rest)
	}
	word := rest[:max(n, 1)]
	before := s.text[:s.at]
	switch after := bytes.TrimLeft(rest[len(word):], " \t"); {
	case s.literal(string(word)):
		s.at += len(word)
		s.before = 'e'
		return
	case s.xml && plainName(word) && (bytes.HasSuffix(before, []byte("<")) || bytes.HasSuffix(before, []byte("</")) || bytes.HasPrefix(after, []byte("="))):
		s.at += len(word)
	default:
		s.hide(len(word), schema.Mask)
	}
	s.before = 'w'
}

func (s *structure) literal(word string) bool {
	if s.xml {
		return false
	}
	w := strings.ToLower(word)
	return w == "true" || w == "false" || w == "null"
}

func (s *structure) hide(n int, shown string) {
	if n > 0 {
		s.patches = append(s.patches, Patch{int32(s.at), int32(s.at + n), shown})
	}
	s.at += n
}

// closing is the length of a string with its quotes, 0 where it is not closed.
func closing(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case b[0]:
			return i + 1
		}
	}
	return 0
}

// plainName reports whether a text looks like the name of a setting, and like
// no secret: letters and what joins them.
func plainName(b []byte) bool {
	if len(b) == 0 || len(b) > 40 {
		return false
	}
	for _, c := range b {
		if (c|0x20 < 'a' || c|0x20 > 'z') && strings.IndexByte("_-.:$", c) < 0 {
			return false
		}
	}
	return true
}

// lastByte is the last byte that is no white space, 0 where there is none, or
// none near: a line may be as long as the file.
func lastByte(b []byte) byte {
	const near = 2000
	if b = bytes.TrimRight(b[max(0, len(b)-near):], " \t\r\n"); len(b) > 0 {
		return b[len(b)-1]
	}
	return 0
}
