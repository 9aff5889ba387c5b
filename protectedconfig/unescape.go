package protectedconfig

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// characterData is what a text or a CDATA section of src stands for.
func characterData(src []byte, t token) (string, bool) {
	text := src[t.span.start:t.span.end]
	if t.kind == tokenCDATA {
		return string(text), true
	}
	return unescape(text)
}

// unescape replaces the references of a text or an attribute's value. It
// reports false for one that is neither predefined nor a character.
func unescape(text []byte) (string, bool) {
	if bytes.IndexByte(text, '&') < 0 {
		return string(text), true
	}
	var b strings.Builder
	for len(text) > 0 {
		n := bytes.IndexByte(text, '&')
		if n < 0 {
			n = len(text)
		}
		b.Write(text[:n])
		if text = text[n:]; len(text) == 0 {
			break
		}
		semicolon := bytes.IndexByte(text, ';')
		if semicolon < 0 || semicolon > 12 {
			return "", false
		}
		r, ok := reference(string(text[1:semicolon]))
		if !ok {
			return "", false
		}
		b.WriteRune(r)
		text = text[semicolon+1:]
	}
	return b.String(), true
}

// reference is the character that a reference's name stands for.
func reference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, base := strings.TrimPrefix(name, "#"), 10
	if digits == name {
		return 0, false
	}
	if hex := strings.TrimPrefix(digits, "x"); hex != digits {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	return rune(n), err == nil && n > 0 && utf8.ValidRune(rune(n))
}

// quote makes a name from a file fit for a message: short, on one line.
func quote(s string) string {
	const most = 80
	if len(s) > most {
		s = s[:most] + "..."
	}
	return strconv.QuoteToASCII(s)
}
