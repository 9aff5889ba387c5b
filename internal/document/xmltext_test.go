package document

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
)

// wide writes s in UTF-16 or UTF-32.
func wide(s string, size int, bigEndian bool) string {
	var b []byte
	put := func(u rune) {
		unit := []byte{byte(u >> 24), byte(u >> 16), byte(u >> 8), byte(u)}[4-size:]
		if !bigEndian {
			for i, j := 0, size-1; i < j; i, j = i+1, j-1 {
				unit[i], unit[j] = unit[j], unit[i]
			}
		}
		b = append(b, unit...)
	}
	for _, r := range s {
		if size == 2 {
			for _, u := range utf16.AppendRune(nil, r) {
				put(rune(u))
			}
			continue
		}
		put(r)
	}
	return string(b)
}

func declared(encoding, rest string) string {
	return `<?xml version="1.0" encoding="` + encoding + `"?>` + rest
}

func TestDecodeXML(t *testing.T) {
	const le, be = false, true
	for _, c := range []struct {
		name, raw, text string
		encoding        Encoding
		bom             int
	}{
		{"UTF-8", "<a>é😀</a>", "<a>é😀</a>", UTF8, 0},
		{"UTF-8 with a mark", "\uFEFF<a>é</a>", "<a>é</a>", UTF8, 3},
		{"UTF-8, declared", declared("UTF-8", "<a>é</a>"), declared("UTF-8", "<a>é</a>"), UTF8, 0},
		{"UTF-8 under another name", declared("unicode-1-1-utf-8", "<a>é</a>"), declared("unicode-1-1-utf-8", "<a>é</a>"), UTF8, 0},
		{"UTF-16 with a mark", wide("\uFEFF<a>é😀</a>", 2, le), "<a>é😀</a>", UTF16LE, 2},
		{"UTF-16, declared", wide("\uFEFF"+declared("utf-16", "<a/>"), 2, le), declared("utf-16", "<a/>"), UTF16LE, 2},
		{"UTF-16 without a mark", wide("<a>é</a>", 2, le), "<a>é</a>", UTF16LE, 0},
		{"big-endian UTF-16", wide("\uFEFF"+declared("UTF-16", "<a/>"), 2, be), declared("UTF-16", "<a/>"), UTF16BE, 2},
		{"big-endian UTF-16 without a mark", wide("<a>é</a>", 2, be), "<a>é</a>", UTF16BE, 0},
		{"UTF-16 and half a character", wide("\uFEFF<a/>", 2, le) + "\n", "<a/>", UTF16LE, 2},
		{"UTF-32 with a mark", wide("\uFEFF<a>😀</a>", 4, le), "<a>😀</a>", UTF32LE, 4},
		{"UTF-32 without a mark", wide("<a>😀</a>", 4, le), "<a>😀</a>", UTF32LE, 0},
		{"big-endian UTF-32", wide("\uFEFF<a>😀</a>", 4, be), "<a>😀</a>", UTF32BE, 4},
		{"big-endian UTF-32 without a mark", wide("<a>😀</a>", 4, be), "<a>😀</a>", UTF32BE, 0},
		{"iso-8859-1", declared("iso-8859-1", "<a>\xE9\x80</a>"), declared("iso-8859-1", "<a>é\u0080</a>"), Latin1, 0},
		{"iso-8859-1 under another name", declared("Latin1", "<a>\xE9</a>"), declared("Latin1", "<a>é</a>"), Latin1, 0},
		{"windows-1252", declared("Windows-1252", "<a>\xE9\x80\x81</a>"), declared("Windows-1252", "<a>é€\u0081</a>"), Windows1252, 0},
		{"a mark of UTF-8 before another encoding", "\uFEFF" + declared("iso-8859-1", "<a>\xE9</a>"), declared("iso-8859-1", "<a>é</a>"), Latin1, 3},
		{"windows-1250", declared("Windows-1250", "<a>\xB3\x81\x80</a>"), declared("Windows-1250", "<a>ł\u0081€</a>"), Encoding(pageNamed("windows-1250")), 0},
		{"iso-8859-15", "\uFEFF" + declared("ISO-8859-15", "<a b='\xA4'/>"), declared("ISO-8859-15", "<a b='€'/>"), Encoding(pageNamed("iso-8859-15")), 3},
		{"koi8-r", declared("koi8-r", "<\xC1/>"), declared("koi8-r", "<а/>"), Encoding(pageNamed("koi8-r")), 0},
		{"gb2312 without Chinese", declared("GB2312", "<a/>"), declared("GB2312", "<a/>"), UTF8, 0},
		{"us-ascii", declared("us-ascii", "<a/>"), declared("us-ascii", "<a/>"), UTF8, 0},
		{"é in us-ascii", declared("us-ascii", "<a>é</a>"), declared("us-ascii", "<a>\uFFFD\uFFFD</a>"), ASCII, 0},
		{"a byte of no kind in us-ascii", "\uFEFF" + declared("ASCII", "<a b='\xFF'/>"), declared("ASCII", "<a b='\uFFFD'/>"), ASCII, 3},
		{"a name for whatever it is", declared("ucs-4", "<a>é</a>"), declared("ucs-4", "<a>é</a>"), UTF8, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := decodeXML(t, c.raw)
			if string(text.Bytes) != c.text || text.Encoding != c.encoding || text.BOM != c.bom {
				t.Errorf("decoded as %d with a mark of %d bytes: %q", text.Encoding, text.BOM, text.Bytes)
			}
			if _, err := ParseXML(text, Limits{}); err != nil {
				t.Error(err)
			}
			if text.Encoding == UTF8 && &text.Bytes[0] != &text.Raw[text.BOM] {
				t.Error("UTF-8 was copied")
			}
			if end := text.RawOffset(int32(len(text.Bytes))); end != len(c.raw)&^1 && end != len(c.raw) {
				t.Errorf("the end is at byte %d of %d", end, len(c.raw))
			}
		})
	}
}

// TestDecodeXMLCut reads files that end inside a character: .NET waits for the
// rest of it until the file is over.
func TestDecodeXMLCut(t *testing.T) {
	for _, c := range []struct{ raw, text string }{
		{"<a/>\xC3", "<a/>"},
		{"\uFEFF<a/>\n\xF0\x9F\x98", "<a/>\n"},
		{declared("utf-8", "<a/>\xE2\x82"), declared("utf-8", "<a/>")},
	} {
		text := decodeXML(t, c.raw)
		if string(text.Bytes) != c.text || text.RawOffset(int32(len(c.text))) != text.BOM+len(c.text) {
			t.Errorf("%q is %q", c.raw, text.Bytes)
		}
		if _, err := ParseXML(text, Limits{}); err != nil {
			t.Errorf("%q: %v", c.raw, err)
		}
	}
}

func TestDecodeXMLRefuses(t *testing.T) {
	const le, be = false, true
	for _, c := range []struct {
		name, raw string
		at        Position
		message   string
	}{
		{"a byte that is not UTF-8", "<a>\n b\xE9</a>", Position{2, 3}, "not UTF-8"},
		{"a byte that starts no character at the end", "<a/>\xFF", Position{1, 5}, "not UTF-8"},
		{"half a pair at the end", "<a/>\xED\xA0", Position{1, 5}, "not UTF-8"},
		{"half a character before something", "<a/>\xC3\n", Position{1, 5}, "not UTF-8"},
		{"an overlong form", "<a>\xC0\x80</a>", Position{1, 4}, "not UTF-8"},
		{"half a pair in UTF-8", "<a>\xED\xA0\x80</a>", Position{1, 4}, "not UTF-8"},
		{"a byte that is not UTF-8 after a mark", "\uFEFF<a>\xE9</a>", Position{1, 4}, "not UTF-8"},
		{"an unknown encoding", declared("utf8", "<a/>"), Position{1, 31}, ".NET does not know"},
		{"no encoding", declared("", "<a/>"), Position{1, 31}, ".NET does not know"},
		{"a blank in the encoding", declared("utf-8 ", "<a/>"), Position{1, 31}, ".NET does not know"},
		{"UTF-7", declared("utf-7", "<a/>"), Position{1, 31}, ".NET does not know"},
		{"a code page that is not there", declared("x-ebcdic", "<a>\xE9</a>"), Position{1, 31}, ".NET does not know"},
		{"characters of several bytes", declared("gb2312", "<a>\xD6\xD0</a>"), Position{1, 31}, "not read here"},
		{"UTF-16 in name alone", declared("utf-16", "<a/>"), Position{1, 31}, "the file is UTF-8"},
		{"UTF-32 in name alone", declared("utf-32", "<a/>"), Position{1, 31}, "the file is UTF-8"},
		{"UTF-8 in name alone", wide("\uFEFF"+declared("utf-8", "<a/>"), 2, le), Position{1, 31}, "the file is UTF-16"},
		{"the other byte order", wide("\uFEFF"+declared("utf-16LE", "<a/>"), 2, be), Position{1, 31}, "the file is UTF-16"},
		{"UTF-16 in name, UTF-32 in fact", wide("\uFEFF"+declared("utf-16", "<a/>"), 4, le), Position{1, 31}, "the file is UTF-32"},
		{"half a pair in UTF-16", wide("\uFEFF<a>", 2, le) + "\x00\xD8<\x00", Position{1, 4}, "no character"},
		{"U+FFFD before half a pair", wide("\uFEFF<a>\uFFFD", 2, le) + "\x00\xD8<\x00", Position{1, 5}, "no character"},
		{"too large a number in UTF-32", wide("\uFEFF<a>", 4, le) + "\x00\x00\x11\x00", Position{1, 4}, "no character"},
		{"an unusual byte order", "\xFE\xFF\x00\x00", Position{1, 1}, "unusual byte order"},
		{"in an end tag's name", "<ab></a\xC3\x28b>", Position{1, 8}, "not UTF-8"},
		{"in a name", "<a\xE9></a\xE9>", Position{1, 3}, "not UTF-8"},
		{"in a keyword", "<a><![CDA\xFF[]]></a>", Position{1, 10}, "not UTF-8"},
		{"in another keyword", "<!DOCT\xFFPE a><a/>", Position{1, 7}, "not UTF-8"},
		{"in a short tag", "\n<a\xFF", Position{2, 3}, "not UTF-8"},
		{"after two hyphens", "<a><!-- --\xFF", Position{1, 11}, "not UTF-8"},
		{"behind the root, after white space", "<a/>\n \xFF", Position{2, 2}, "not UTF-8"},
		{"an encoding that is not there, before it", wide("\uFEFF"+declared("ebcdic", "<a>"), 2, le) + "\x00\xD8<\x00", Position{1, 31}, ".NET does not know"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := DecodeXML("web.config", []byte(c.raw), Limits{})
			var fault *Error
			if !errors.As(err, &fault) || fault.Kind != ErrEncoding {
				t.Fatalf("got %v", err)
			}
			if p := text.Position(fault.Span.Start); p != c.at || !strings.Contains(fault.Message, c.message) {
				t.Errorf("at %v, want %v: %s", p, c.at, fault.Message)
			}
			checkFault(t, text, fault)
		})
	}
}

// TestDecodeXMLSyntax finds what is not well-formed before bytes that cannot be
// decoded.
func TestDecodeXMLSyntax(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		at        Position
		message   string
	}{
		{"an end tag", "<a>\n<b></c>\n\xE9</a>", Position{2, 6}, "end tag of <c>"},
		{"an attribute", "<a b='1' b='2'>\xE9</a>", Position{1, 10}, "a second time"},
		{"a bracket", "<a b='<'/>\xC3\xC3", Position{1, 7}, "'<'"},
		{"a character", "<a>\x01\xE9</a>", Position{1, 4}, "U+0001"},
		{"a second root", "<a/><bc>\xE9</bc>", Position{1, 6}, "second root"},
		{"a declaration", "<?xml version='1.1'?><a>\xE9</a>", Position{1, 16}, "version"},
		{"before half a pair", wide("\uFEFF<a></b>", 2, false) + "\x00\xD8<\x00", Position{1, 6}, "end tag of <b>"},
		{"a declaration that names another encoding", "<?xml version='1.0' encoding='utf-16LE' standalone='maybe'?><a/>", Position{1, 52}, "not well-formed"},
		{"the same in UTF-16", wide("\uFEFF<?xml version='1.0' encoding='utf-8' standalone='maybe'?><a/>", 2, true), Position{1, 49}, "not well-formed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := DecodeXML("web.config", []byte(c.raw), Limits{})
			var fault *Error
			if !errors.As(err, &fault) || fault.Kind != ErrSyntax {
				t.Fatalf("got %v", err)
			}
			if p := text.Position(fault.Span.Start); p != c.at || !strings.Contains(fault.Message, c.message) {
				t.Errorf("at %v, want %v: %s", p, c.at, fault.Message)
			}
			checkFault(t, text, fault)
		})
	}
}

func TestDecodeXMLLimits(t *testing.T) {
	raw := []byte("<a>" + strings.Repeat("b", 1000) + "</a>")
	for _, c := range []struct {
		limit int64
		ok    bool
	}{{0, true}, {int64(len(raw)), true}, {int64(len(raw)) - 1, false}} {
		_, err := DecodeXML("web.config", raw, Limits{MaxBytes: c.limit})
		var fault *Error
		if ok := err == nil; ok != c.ok || !ok && (!errors.As(err, &fault) || fault.Kind != ErrTooLarge) {
			t.Errorf("limit %d: %v", c.limit, err)
		}
	}
	line := bytes.Repeat([]byte("x"), 100<<20)
	if _, err := DecodeXML("web.config", line, Limits{}); err == nil || err.(*Error).Kind != ErrTooLarge {
		t.Errorf("100 MiB on one line: %v", err)
	}
}

func TestXMLPosition(t *testing.T) {
	text := decodeXML(t, "\uFEFF<a>\r\n<b>é\t</b>\r<c/>\n\r<d/></a>")
	for _, c := range []struct {
		at   string
		want Position
	}{{"<a>", Position{1, 1}}, {"<b>", Position{2, 1}}, {"</b>", Position{2, 6}}, {"<c/>", Position{3, 1}}, {"<d/>", Position{5, 1}}} {
		if got := text.Position(int32(bytes.Index(text.Bytes, []byte(c.at)))); got != c.want {
			t.Errorf("%s is at %v, want %v", c.at, got, c.want)
		}
	}
}

// TestXMLTooMany sees that a file of nothing but elements does not take
// memory without bound.
func TestXMLTooMany(t *testing.T) {
	text, err := DecodeXML("web.config", []byte("<a>"+strings.Repeat("<b/>", maxNodes)+"</a>"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var fault *Error
	if _, err := ParseXML(text, Limits{}); !errors.As(err, &fault) || fault.Kind != ErrTooLarge {
		t.Errorf("got %v", err)
	}
}
