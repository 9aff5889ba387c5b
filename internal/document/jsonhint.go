package document

import (
	"fmt"
	"unicode/utf8"
)

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
	case r == '/' && len(rest) > 1 && (rest[1] == '/' || rest[1] == '*'):
		return "a comment", 2
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
	case r == '<' || r == '>':
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
	case r < ' ' || r == 0x7F:
		return "delete it: between values stand only blanks, tabs and line ends"
	case w >= wantCommaOrBrace && i > 0 && (isWord(r) || r == '.') && d.Bytes[i-1]-'0' <= 9:
		return "write the number without leading zeros, separators or units, or put it in double quotes"
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
