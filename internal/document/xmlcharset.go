package document

import "strings"

// charset is an encoding as an XML declaration can name it: one of Encoding or
// one of these.
type charset uint8

const (
	charsetNone    = charset(ASCII) + 1 + iota // not named
	charsetUTF16                               // UTF-16 in either byte order
	charsetUCS4                                // whatever the file is in
	charsetUnknown                             // a name that .NET does not know
	charsetOdd                                 // UTF-32 in a byte order that nobody uses
	charsetWide                                // ASCII, and characters of several bytes that are not read here
)

// sniffXML tells the encodings whose characters have several bytes by a byte
// order mark or, without one, by the '<' every document begins with.
func sniffXML(raw []byte) (charset, int) {
	for _, x := range [...]struct {
		start   string
		charset charset
		bom     int
	}{
		{"\x00\x00\xFE\xFF", charset(UTF32BE), 4},
		{"\x00\x00\x00<", charset(UTF32BE), 0},
		{"\xFF\xFE\x00\x00", charset(UTF32LE), 4},
		{"<\x00\x00\x00", charset(UTF32LE), 0},
		{"\x00\x00\xFF\xFE", charsetOdd, 4},
		{"\x00\x00<\x00", charsetOdd, 0},
		{"\xFE\xFF\x00\x00", charsetOdd, 4},
		{"\x00<\x00\x00", charsetOdd, 0},
		{"\xFE\xFF", charset(UTF16BE), 2},
		{"\x00<", charset(UTF16BE), 0},
		{"\xFF\xFE", charset(UTF16LE), 2},
		{"<\x00", charset(UTF16LE), 0},
		{"\xEF\xBB\xBF", charset(UTF8), 3},
	} {
		if len(raw) >= len(x.start) && string(raw[:len(x.start)]) == x.start {
			return x.charset, x.bom
		}
	}
	return charset(UTF8), 0
}

// matchCharset refuses a file in one encoding that names another, where .NET
// trusts the name and reads garbage.
func matchCharset(family, named charset, at Span) *Error {
	wide := family == charset(UTF16LE) || family == charset(UTF16BE)
	switch {
	case named == family, named == charsetNone, named == charsetUCS4, named == charsetUTF16 && wide:
		return nil
	case named == charsetUnknown:
		return encodingFault(at, "found an encoding that .NET does not know, or that is not read here", `save the file as UTF-8 and write encoding="utf-8"`)
	}
	return encodingFault(at, "the file is "+charsetName(family)+", but its XML declaration names another encoding",
		`save the file as UTF-8 and write encoding="utf-8"`)
}

func charsetName(c charset) string {
	switch Encoding(c) {
	case UTF16LE, UTF16BE:
		return "UTF-16"
	case UTF32LE, UTF32BE:
		return "UTF-32"
	}
	return "UTF-8"
}

// declaredCharset is the encoding that the XML declaration at the start of b
// names, and where the name stands. A declaration that is broken before its
// encoding names none. For latin see xmlScanner.
func declaredCharset(b []byte, latin bool) (at Span, named charset, broken *Error) {
	if !hasDeclaration(b, latin) {
		return Span{}, charsetNone, nil
	}
	s := xmlScanner{b: b, all: b, size: len(b), latin: latin}
	_, broken = s.declaration()
	if s.encoding.IsZero() {
		return Span{}, charsetNone, broken
	}
	return s.encoding, charsetNamed(s.bytes(s.encoding)), broken
}

// charsetNamed knows the names that .NET 8 knows without further packages, and
// code pages that the .NET Framework under Subscription Manager has.
// https://learn.microsoft.com/dotnet/api/system.text.encoding#list-of-encodings
func charsetNamed(name []byte) charset {
	switch name := strings.ToLower(string(name)); name {
	case "utf-8", "unicode-1-1-utf-8", "unicode-2-0-utf-8", "x-unicode-1-1-utf-8", "x-unicode-2-0-utf-8":
		return charset(UTF8)
	case "utf-16", "ucs-2", "iso-10646-ucs-2":
		return charsetUTF16
	case "ucs-4":
		return charsetUCS4
	case "utf-16le", "unicode":
		return charset(UTF16LE)
	case "utf-16be", "unicodefffe":
		return charset(UTF16BE)
	case "utf-32", "utf-32le":
		return charset(UTF32LE)
	case "utf-32be":
		return charset(UTF32BE)
	case "iso-8859-1", "iso8859-1", "iso_8859-1", "iso_8859-1:1987", "iso-ir-100", "latin1", "l1", "csisolatin1", "cp819", "ibm819":
		return charset(Latin1)
	case "windows-1252", "x-ansi":
		return charset(Windows1252)
	case "us-ascii", "ascii", "us", "ansi_x3.4-1968", "ansi_x3.4-1986", "cp367", "ibm367", "csascii", "iso-ir-6", "iso646-us", "iso_646.irv:1991":
		return charset(ASCII)
	default:
		return pageNamed(name)
	}
}
