package document

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// want is what must stand where the scanner is.
type want uint8

const (
	wantRoot want = iota
	wantKey
	wantKeyAfterComma
	wantColon
	wantValue
	wantElement
	wantElementAfterComma
	wantCommaOrBrace
	wantCommaOrBracket
	wantComment
	wantEnd
)

var wanted = [...]string{
	wantRoot:              "the root object",
	wantKey:               "a key in double quotes or }",
	wantKeyAfterComma:     "a key in double quotes or }",
	wantColon:             "the colon after a key",
	wantValue:             "a value",
	wantElement:           "a value or ]",
	wantElementAfterComma: "a value or ]",
	wantCommaOrBrace:      "a comma or }",
	wantCommaOrBracket:    "a comma or ]",
	wantComment:           "the / or * of a comment",
	wantEnd:               "the end of the file",
}

func syntaxError(start, end int, message, hint string) *Error {
	return &Error{Kind: ErrSyntax, Span: Span{int32(start), int32(end)}, Message: message, Hint: hint}
}

// unexpected is the fault of the byte at i, or of the file's end, where
// something else must stand.
func (d *JSON) unexpected(w want, i int) *Error {
	rest := d.Bytes[i:]
	if len(rest) == 0 {
		if w == wantRoot {
			return syntaxError(i, i, "the file is empty", "write {} where there is nothing to set")
		}
		return syntaxError(i, i, "the file ends where "+wanted[w]+" must stand", "something is not closed, or the file was cut off")
	}
	r, n := utf8.DecodeRune(rest)
	what, n := found(rest, r, n)
	return syntaxError(i, i+n, "found "+what+" where "+wanted[w]+" must stand", d.hint(w, i, r))
}

// found names what stands at the start of rest without showing a value.
func found(rest []byte, r rune, n int) (string, int) {
	switch {
	case r == '"':
		return "a string", n
	case isWord(r):
		n := 0
		for n < len(rest) && isWord(rune(rest[n])) {
			n++
		}
		if r <= '9' {
			return "a number", n
		}
		return "a bare word", n
	case r > ' ' && r < 0x7F:
		return string(r), n
	case r == 0xFEFF:
		return "a byte order mark", n
	}
	return fmt.Sprintf("the character %U", r), n
}

func isWord(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' || r == '_'
}

func (d *JSON) hint(w want, i int, r rune) string {
	switch {
	case r == 0 || i == 0 && len(d.Bytes) > 1 && d.Bytes[1] == 0:
		return "the file looks like UTF-16 without a byte order mark: save it as UTF-8"
	case r == 0xFEFF:
		return "delete the invisible character, only the very start of a file may have it"
	case r == 0xA0 || r == 0x200B || r == 0x3000 || r >= 0x2000 && r <= 0x200A:
		return "replace this special blank with an ordinary one"
	case r == '\'' || r >= 0x2018 && r <= 0x201F || r == '«' || r == '»' || r == '`':
		return `use straight double quotes: "`
	case r == '#':
		return "a comment starts with // or stands between /* and */"
	case r == '<':
		return "this looks like XML or a merge mark, a comment stands between /* and */"
	case r == ';':
		return "separate settings with a comma, and put nothing after the last"
	case r == '/' && w == wantColon:
		return "a comment cannot stand between a key and its colon: move it"
	case r == '=' && w == wantColon:
		return "use a colon between key and value"
	case w == wantColon:
		return "put a colon between key and value; in an object each value needs a key"
	case w == wantComment:
		return "a comment starts with // or stands between /* and */"
	case w == wantEnd:
		return "a file holds one object: delete what follows it, or look for a } too many"
	case r == ',':
		return "delete this comma, or put in what is missing before it"
	case w == wantCommaOrBrace && r == ']':
		return "an object is open: close it with } before this ]"
	case w == wantCommaOrBracket && r == '}', w == wantElement && r == '}', w == wantElementAfterComma && r == '}':
		return "an array is open: close it with ] before this }"
	case w == wantCommaOrBrace || w == wantCommaOrBracket:
		return "put a comma after the value before"
	case (w == wantKey || w == wantKeyAfterComma) && isWord(r):
		return "put the key in double quotes"
	case w == wantKey || w == wantKeyAfterComma:
		return "in an object each value needs a key"
	case isWord(r) && r > '9':
		return d.wordHint(i)
	case r == '+' || r == '.':
		return "a number starts with a digit or a minus sign"
	}
	return ""
}

// wordHint helps with a bare word where a value must stand.
func (d *JSON) wordHint(i int) string {
	_, n := found(d.Bytes[i:], 'a', 1)
	word := d.Bytes[i : i+n]
	for _, literal := range [...]string{"true", "false", "null"} {
		if EqualFoldBytes(word, literal) {
			return "write " + literal + " in lower case"
		}
	}
	for _, other := range [...]string{"none", "nil", "undefined"} {
		if EqualFoldBytes(word, other) {
			return "write null"
		}
	}
	return "put the value in double quotes"
}

func (d *JSON) badNumber(start, end int) *Error {
	hint := "write the number in full, or put it in double quotes if it is text"
	if end < len(d.Bytes) && end == start+1 && isWord(rune(d.Bytes[end])) {
		hint = "put the value in double quotes"
	}
	return syntaxError(start, max(end, start+1), "a number is not complete", hint)
}

func openString(start, end int) *Error {
	return syntaxError(start, end, "a string is not closed before the file ends", `put " at its end`)
}

func openComment(start, end int) *Error {
	return syntaxError(start, end, "a comment is not closed before the file ends", "put */ at its end")
}

func separatorInComment(i, n int) *Error {
	return syntaxError(i, i+n, "a line comment holds an invisible line or paragraph separator (U+2028 or U+2029), which .NET refuses", "delete the invisible character")
}

func controlInString(c byte, i int) *Error {
	switch c {
	case '\n', '\r':
		return syntaxError(i, i+1, "a string goes on over the end of the line", `close it with ", or write \n for a line break`)
	case '\t':
		return syntaxError(i, i+1, "a string holds a tab", `write \t`)
	}
	return syntaxError(i, i+1, fmt.Sprintf("a string holds the control character %U", rune(c)), fmt.Sprintf(`write \u%04x, or delete it`, c))
}

func badEscape(b []byte, i int) *Error {
	_, n := utf8.DecodeRune(b[i+1:])
	if b[i+1] < ' ' {
		n = 0
	}
	return syntaxError(i, i+1+n, "a backslash starts no escape of JSON", `write \\ for a backslash, as in C:\\inetpub or .\\SQLEXPRESS`)
}

func badUnicodeEscape(start, end, size int) *Error {
	return syntaxError(start, min(end, size), `four hexadecimal digits must follow \u`, `write \\ for a backslash, as in C:\\users`)
}

func (s *surrogate) err() *Error {
	where := "value"
	if s.key {
		where = "key"
	}
	return syntaxError(int(s.span.Start), int(s.span.End),
		"an escape in a "+where+" is half a surrogate pair, which .NET cannot read as text",
		`write both halves, as in \ud83d\ude00, or the character itself`)
}

func tooDeep(i, limit int) *Error {
	return &Error{
		Kind:    ErrDepth,
		Span:    Span{int32(i), int32(i + 1)},
		Message: fmt.Sprintf("objects and arrays are nested more than %d deep", limit),
		Hint:    "look for brackets that are opened and not closed",
	}
}

func tooMany(what string, i int) *Error {
	return &Error{
		Kind:    ErrTooLarge,
		Span:    Span{int32(i), int32(i)},
		Message: fmt.Sprintf("the file holds more than %d %s", maxNodes, what),
		Hint:    "a configuration file is never this large; is it the right file?",
	}
}

// duplicateError is the fault of a second leaf with the path of an earlier.
func (d *JSON) duplicateError(first, second NodeID) *Error {
	const most = 200
	path := []byte(d.Path(second))
	if len(path) > most {
		path = append(bytes.ToValidUTF8(path[:most], nil), "..."...)
	}
	return &Error{
		Kind:    ErrDuplicate,
		Span:    d.place(second),
		Other:   d.place(first),
		Message: "the setting " + QuoteJSON(string(path)) + " is set twice in this file, which .NET refuses",
		Hint:    "delete one of the two; upper and lower case do not distinguish settings",
	}
}

// place is where a node is pointed at: its key, or else its value.
func (d *JSON) place(n NodeID) Span {
	if node := &d.Nodes[n]; !node.Key.IsZero() {
		return node.Key
	}
	return d.Nodes[n].Value
}
