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
