package document

import (
	"bytes"
	"unicode/utf8"
)

// DecodeXML decodes the bytes of an XML file as .NET's XmlReader does: a byte
// order mark or the first characters tell UTF-16 and UTF-32, the XML
// declaration names the other encodings, and without either it is UTF-8. It
// keeps raw, which must not change as long as the Text is used.
//
// The error is an [*Error] of kind ErrTooLarge or ErrEncoding: other than in
// JSON, bytes that cannot be decoded make .NET refuse the file. Where what
// stands before those bytes is not well-formed, that is the fault. A Text comes
// with it that holds what could be decoded before the fault.
func DecodeXML(name string, raw []byte, lim Limits) (*Text, error) {
	t := new(Text)
	return t, t.ResetXML(name, raw, lim)
}

// ResetXML makes t what [DecodeXML] returns, and reuses t's memory.
func (t *Text) ResetXML(name string, raw []byte, lim Limits) error {
	*t = Text{Name: name, Raw: raw, buf: t.buf[:0], crEndsLine: true}
	if err := checkSize(raw, lim); err != nil {
		return err
	}
	family, bom := sniffXML(raw)
	t.BOM = bom
	err := t.decodeXML(raw[bom:], family)
	switch {
	case err == nil:
		return nil
	case err.Kind == ErrEncoding && err.Span.Start > 0 && int(err.Span.Start) == len(t.Bytes):
		d := &XML{Text: t} // a fault before the bytes that cannot be decoded is found first
		return d.scan.document(d, lim, err)
	}
	return err
}

// decodeXML decodes body, which is Raw without its byte order mark.
func (t *Text) decodeXML(body []byte, family charset) *Error {
	switch family {
	case charset(UTF16LE), charset(UTF16BE):
		return t.decodeWide(body[:len(body)&^1], family, transcodeUTF16)
	case charset(UTF32LE), charset(UTF32BE):
		return t.decodeWide(body[:len(body)&^3], family, transcodeUTF32)
	case charsetOdd:
		return encodingFault(Span{}, "the file is UTF-32 in an unusual byte order", "save it as UTF-8")
	}
	return t.decodeNarrow(body)
}

// decodeNarrow decodes UTF-8 and the encodings with one byte for a character,
// which only the XML declaration tells apart.
func (t *Text) decodeNarrow(body []byte) *Error {
	at, named, broken := declaredCharset(body, t.BOM == 0)
	switch {
	case named == charset(Latin1), named == charset(Windows1252), isPage(Encoding(named)):
		t.Encoding = Encoding(named)
		t.buf = transcodeLatin(t.buf, body, t.Encoding)
		t.Bytes = t.buf
		return nil
	case named == charsetWide && onlyASCII(body):
		named = charset(UTF8)
	case named == charsetWide:
		t.Bytes = body[:bytes.IndexFunc(body, isWide)]
		return declarationFault(encodingFault(at, "found the name of an encoding whose characters have several bytes, and such characters: they are not read here", `save the file as UTF-8 and write encoding="utf-8"`), named, broken)
	case named == charset(ASCII):
		if !onlyASCII(body) {
			t.Encoding = ASCII
			t.buf = transcodeASCII(t.buf, body)
			t.Bytes = t.buf
			return nil
		}
		named = charset(UTF8)
	}
	t.Bytes = body
	bad := -1
	if !validUTF8(body) {
		bad = invalidUTF8(body)
		t.Bytes = body[:bad]
		if !utf8.FullRune(body[bad:]) {
			bad = -1 // .NET waits for the rest of a character until the file is over
		}
	}
	if bad < 0 || bad >= int(at.End) { // else the name itself cannot be read
		if err := matchCharset(charset(UTF8), named, at); err != nil {
			return declarationFault(err, named, broken)
		}
	}
	switch {
	case bad >= 0 && broken != nil && int(broken.Span.End) <= bad:
		return broken // what encoding it would have named is not known
	case bad >= 0:
		return encodingFault(span(bad, bad), "found a byte that is not UTF-8",
			`save the file as UTF-8, or name its encoding: <?xml version="1.0" encoding="windows-1252"?>`)
	}
	return nil
}

// wide reports whether all characters of the encoding have several bytes.
func (t *Text) wide() bool { return t.Encoding >= UTF16LE && t.Encoding <= UTF32BE }

func onlyASCII(b []byte) bool { return bytes.IndexFunc(b, isWide) < 0 }

func isWide(r rune) bool { return r >= utf8.RuneSelf }

// decodeWide decodes UTF-16 and UTF-32, of which a last incomplete unit is
// dropped as .NET does.
func (t *Text) decodeWide(body []byte, family charset, transcode func(dst, src []byte, bigEndian bool) ([]byte, int)) *Error {
	t.Encoding = Encoding(family)
	bigEndian := t.Encoding == UTF16BE || t.Encoding == UTF32BE
	bad := -1
	if t.buf, bad = transcode(t.buf, body, bigEndian); bad >= 0 {
		t.buf, _ = transcode(t.buf[:0], body[:bad], bigEndian)
	}
	t.Bytes = t.buf
	if err := t.matchDeclared(family); err != nil || bad < 0 {
		return err
	}
	end := len(t.buf)
	return encodingFault(span(end, end), "found bytes that are no character", "save the file in one encoding")
}

// matchDeclared refuses a text that names another encoding than that of family.
func (t *Text) matchDeclared(family charset) *Error {
	at, named, broken := declaredCharset(t.Bytes, false)
	if err := matchCharset(family, named, at); err != nil {
		return declarationFault(err, named, broken)
	}
	return nil
}

// declarationFault is the first of two faults of an XML declaration: of the
// encoding that it names, and of what follows in it. .NET changes to another
// encoding at the end of the declaration, but looks at once whether it can.
func declarationFault(encoding *Error, named charset, broken *Error) *Error {
	if broken != nil && named != charsetUTF16 && named != charsetUnknown {
		return broken
	}
	return encoding
}

// invalidUTF8 is the offset of the first byte that is not UTF-8.
func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

func encodingFault(at Span, message, hint string) *Error {
	return &Error{Kind: ErrEncoding, Span: at, Message: message, Hint: hint}
}
