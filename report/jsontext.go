package report

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/xmlint/xmlint/internal/visible"
)

// The appenders below make JSON by hand: findings are written by the hundred
// thousand, and encoding/json's reflection would cost more than finding them.

// appendString appends a JSON string. What is no UTF-8 becomes U+FFFD; what a
// terminal would obey is escaped, also where JSON would allow it.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	dst = appendEscaped(dst, s)
	return append(dst, '"')
}

func appendEscaped(dst []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f && c != '"' && c != '\\' {
			i++
			continue
		}
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			if r, n = utf8.DecodeRuneInString(s[i:]); visible.Shows(r) && (r != utf8.RuneError || n > 1) {
				i += n
				continue
			}
		}
		dst = append(dst, s[from:i]...)
		dst = appendEscape(dst, r)
		i += n
		from = i
	}
	return append(dst, s[from:]...)
}

func appendEscape(dst []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	if r > 0xffff {
		r -= 0x10000
		dst = appendEscape(dst, 0xd800+r>>10)
		r = 0xdc00 + r&0x3ff
	}
	return append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// appendMember appends ,"name":"value", or nothing for an empty value. Names
// are plain ASCII.
func appendMember(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	return appendString(appendName(dst, name), value)
}

// appendNumber appends ,"name":n.
func appendNumber(dst []byte, name string, n int) []byte {
	return appendInt(appendName(dst, name), n)
}

func appendInt(dst []byte, n int) []byte { return strconv.AppendInt(dst, int64(n), 10) }

// appendName appends ,"name": .
func appendName(dst []byte, name string) []byte {
	dst = append(dst, `,"`...)
	dst = append(dst, name...)
	return append(dst, `":`...)
}

// appendStrings appends an array of strings.
func appendStrings(dst []byte, all []string) []byte {
	dst = append(dst, '[')
	for i, s := range all {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, s)
	}
	return append(dst, ']')
}

// appendHead appends the members with which each document begins.
func appendHead(dst []byte, t Tool) []byte {
	dst = append(dst, "{\n"+`"format_version":"`+FormatVersion+`",`+"\n"...)
	dst = append(dst, `"tool":{"name":`...)
	dst = appendString(dst, t.Name)
	dst = append(dst, `,"version":`...)
	dst = appendString(dst, t.Version)
	return append(dst, '}')
}

// appendValue appends a value as encoding/json has it, with the escapes of
// appendString. Values come from the project's own types, whose encoding
// cannot fail.
func appendValue(dst []byte, v any) []byte {
	to := escaping{dst}
	e := json.NewEncoder(&to)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return appendString(dst, err.Error())
	}
	return bytes.TrimSuffix(to.dst, []byte("\n"))
}

// escaping takes JSON and escapes what a terminal would obey. Outside strings
// JSON is ASCII, so what needs an escape is in a string.
type escaping struct{ dst []byte }

// Write appends whole characters: an encoder writes a value at once.
func (to *escaping) Write(text []byte) (int, error) {
	from := 0
	for i := 0; i < len(text); {
		if text[i] < 0x7f {
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if !visible.Shows(r) {
			to.dst = appendEscape(append(to.dst, text[from:i]...), r)
			from = i + n
		}
		i += n
	}
	to.dst = append(to.dst, text[from:]...)
	return len(text), nil
}
