package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// encoded is a text in an encoding, with its byte order mark.
func encoded(s string, enc Encoding) []byte {
	var out []byte
	switch enc {
	case UTF8:
		return []byte("\uFEFF" + s)
	case UTF16LE, UTF16BE:
		for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
			if enc == UTF16LE {
				out = binary.LittleEndian.AppendUint16(out, u)
			} else {
				out = binary.BigEndian.AppendUint16(out, u)
			}
		}
	case UTF32LE, UTF32BE:
		for _, r := range "\uFEFF" + s {
			if enc == UTF32LE {
				out = binary.LittleEndian.AppendUint32(out, uint32(r))
			} else {
				out = binary.BigEndian.AppendUint32(out, uint32(r))
			}
		}
	}
	return out
}

func TestDecodeJSON(t *testing.T) {
	for _, test := range []struct {
		name, raw string
		enc       Encoding
		bom       int
		text      string
	}{
		{"nothing", "", UTF8, 0, ""},
		{"plain", "{}é", UTF8, 0, "{}é"},
		{"UTF-8 mark", "\xEF\xBB\xBF{}", UTF8, 3, "{}"},
		{"two marks", "\xEF\xBB\xBF\xEF\xBB\xBF{}", UTF8, 3, "\uFEFF{}"},
		{"UTF-16LE", "\xFF\xFE{\x00\xE9\x00", UTF16LE, 2, "{é"},
		{"UTF-16BE", "\xFE\xFF\x00{\xD8\x3D\xDE\x00", UTF16BE, 2, "{😀"},
		{"UTF-32LE", "\xFF\xFE\x00\x00{\x00\x00\x00", UTF32LE, 4, "{"},
		{"UTF-32BE", "\x00\x00\xFE\xFF\x00\x01\xF6\x00", UTF32BE, 4, "😀"},
		{"a mark alone", "\xFF\xFE", UTF16LE, 2, ""},
		{"UTF-16 without a mark", "{\x00}\x00", UTF8, 0, "{\x00}\x00"},
		{"half a pair", "\xFF\xFE\x3D\xD8a\x00", UTF16LE, 2, "\uFFFDa"},
		{"pair the wrong way round", "\xFF\xFE\x00\xDE\x3D\xD8", UTF16LE, 2, "\uFFFD\uFFFD"},
		{"odd UTF-16", "\xFE\xFF\x00{\x00", UTF16BE, 2, "{\uFFFD"},
		{"surrogate in UTF-32", "\xFF\xFE\x00\x00\x3D\xD8\x00\x00", UTF32LE, 4, "\uFFFD"},
		{"beyond Unicode", "\xFF\xFE\x00\x00\x00\x00\x11\x00", UTF32LE, 4, "\uFFFD"},
		{"cut UTF-32", "\xFF\xFE\x00\x00{\x00\x00\x00}\x00", UTF32LE, 4, "{\uFFFD"},
		// Malformed UTF-8: U+FFFD for each maximal part of a sequence.
		{"stray byte", "a\xE9b", UTF8, 0, "a\uFFFDb"},
		{"truncated sequence", "a\xE2\x82b", UTF8, 0, "a\uFFFDb"},
		{"truncated at the end", "a\xF0\x9F\x98", UTF8, 0, "a\uFFFD"},
		{"overlong", "\xC0\x80", UTF8, 0, "\uFFFD\uFFFD"},
		{"overlong in three", "\xE0\x80\x80", UTF8, 0, "\uFFFD\uFFFD\uFFFD"},
		{"surrogate in UTF-8", "\xED\xA0\x80", UTF8, 0, "\uFFFD\uFFFD\uFFFD"},
		{"too large", "\xF4\x90\x80\x80", UTF8, 0, "\uFFFD\uFFFD\uFFFD\uFFFD"},
		{"no first byte", "\xFF\xFD", UTF8, 0, "\uFFFD\uFFFD"},
		{"continuations", "\x80\xBF", UTF8, 0, "\uFFFD\uFFFD"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, err := DecodeJSON("f", []byte(test.raw), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if text.Encoding != test.enc || text.BOM != test.bom || string(text.Bytes) != test.text {
				t.Errorf("encoding %d, mark of %d bytes, text %q", text.Encoding, text.BOM, text.Bytes)
			}
		})
	}
}

func TestDecodeJSONSharesMemory(t *testing.T) {
	raw := []byte("\xEF\xBB\xBF{\"a\":\"é\"}")
	text, err := DecodeJSON("f", raw, Limits{})
	if err != nil || &text.Bytes[0] != &raw[3] {
		t.Error("valid UTF-8 was copied", err)
	}
}

func TestDecodeJSONTooLarge(t *testing.T) {
	var e *Error
	if _, err := DecodeJSON("f", make([]byte, 11), Limits{MaxBytes: 10}); !errors.As(err, &e) || e.Kind != ErrTooLarge {
		t.Error(err)
	}
	if _, err := DecodeJSON("f", make([]byte, 10), Limits{MaxBytes: 10}); err != nil {
		t.Error(err)
	}
}

// FuzzText: every offset of the text at the start of a character maps to where
// that character is in the file.
func FuzzText(f *testing.F) {
	f.Add([]byte("a\xE2\x82b\xC0\x80"), byte(0))
	f.Add([]byte("é😀\n\r\n\r"), byte(1))
	f.Fuzz(func(t *testing.T, raw []byte, mark byte) {
		marks := []string{"", "\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF", "\xFF\xFE\x00\x00", "\x00\x00\xFE\xFF"}
		raw = append([]byte(marks[int(mark)%len(marks)]), raw...)
		text, err := DecodeJSON("f", raw, Limits{})
		if err != nil || !utf8.Valid(text.Bytes) {
			t.Fatal(err, "text is not valid UTF-8")
		}
		for i := range string(text.Bytes) {
			at := text.RawOffset(int32(i))
			head, err := DecodeJSON("f", raw[:at], Limits{})
			if err != nil || string(head.Bytes) != string(text.Bytes[:i]) {
				t.Fatalf("offset %d of %q is %d of %q: before it stands %q (%v)", i, text.Bytes, at, raw, head.Bytes, err)
			}
		}
		if end := text.RawOffset(int32(len(text.Bytes))); end != len(raw) {
			t.Errorf("the end of the text is at %d of %d", end, len(raw))
		}
		if validUTF8(raw) != utf8.Valid(raw) {
			t.Error("validUTF8 is wrong")
		}
		if back, ok := text.Encode(string(text.Bytes)); !ok || !text.repaired && !bytes.Contains(text.Bytes, []byte("\uFFFD")) && string(back) != string(raw[text.BOM:]) {
			t.Errorf("encoding gives %q, not %q", back, raw)
		}
	})
}

func TestPosition(t *testing.T) {
	src := "ab\r\ncé😀d\n\rx\r\ry\r\n"
	for _, test := range []struct {
		at        string // the text from the offset on
		json, xml Position
	}{
		{src, Position{1, 1}, Position{1, 1}},
		{"\r\ncé😀d\n\rx\r\ry\r\n", Position{1, 3}, Position{1, 3}},
		{"\ncé😀d\n\rx\r\ry\r\n", Position{1, 4}, Position{1, 4}}, // within CRLF
		{"cé😀d\n\rx\r\ry\r\n", Position{2, 1}, Position{2, 1}},
		{"d\n\rx\r\ry\r\n", Position{2, 4}, Position{2, 4}},
		{"\rx\r\ry\r\n", Position{3, 1}, Position{3, 1}},
		{"x\r\ry\r\n", Position{3, 2}, Position{4, 1}},
		{"\ry\r\n", Position{3, 4}, Position{5, 1}},
		{"y\r\n", Position{3, 5}, Position{6, 1}},
		{"", Position{4, 1}, Position{7, 1}},
	} {
		off := int32(len(src) - len(test.at))
		for _, enc := range []Encoding{UTF8, UTF16LE, UTF32BE} {
			text, _ := DecodeJSON("f", encoded(src, enc), Limits{})
			if got := text.Position(off); got != test.json {
				t.Errorf("before %q: %v, not %v", test.at, got, test.json)
			}
			text.crEndsLine = true
			if got := text.Position(off); got != test.xml {
				t.Errorf("XML, before %q: %v, not %v", test.at, got, test.xml)
			}
		}
	}
	text := &Text{Bytes: []byte("a\r")}
	if got := text.Position(99); got != (Position{1, 3}) {
		t.Error("behind the end:", got)
	}
	if text.crEndsLine = true; text.Position(99) != (Position{2, 1}) {
		t.Error("behind the end of XML:", text.Position(99))
	}
}

// A place far into a long text is what counting from its start gives.
func TestPositionFarIntoText(t *testing.T) {
	for name, part := range map[string]string{
		"lines": "{ \"a\": 1 }\r\n", "one line": "abc", "wide": "é€😀", "CR": "ab\r", "mixed": "é\r\n\r€\n\n😀  x\r",
	} {
		for _, xml := range []bool{false, true} {
			text, err := DecodeJSON("f", []byte(strings.Repeat(part, 70000/len(part))), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			text.crEndsLine = xml
			want := Position{1, 1}
			for i, r := range string(text.Bytes) {
				if (i < 100 || i%8192 < 8 || i%8192 > 8184 || i%1001 == 0 || i > len(text.Bytes)-100) && text.Position(int32(i)) != want {
					t.Fatalf("%s, XML %v: offset %d is at %v, want %v", name, xml, i, text.Position(int32(i)), want)
				}
				next := byte(0)
				if i+1 < len(text.Bytes) {
					next = text.Bytes[i+1]
				}
				if want.Column++; r == '\n' || xml && r == '\r' && next != '\n' {
					want = Position{want.Line + 1, 1}
				}
			}
			if got := text.Position(int32(len(text.Bytes))); got != want {
				t.Errorf("%s, XML %v: the end is at %v, want %v", name, xml, got, want)
			}
		}
	}
}

func TestLine(t *testing.T) {
	text := &Text{Bytes: []byte("a\r\nb\rc\n\nd")}
	lines := func() string {
		var all []string
		for n := 1; text.Line(n) != nil; n++ {
			all = append(all, string(text.Line(n)))
		}
		return strings.Join(all, "|")
	}
	if got := lines(); got != "a|b\rc||d" {
		t.Errorf("JSON: %q", got)
	}
	if text.crEndsLine = true; lines() != "a|b|c||d" {
		t.Errorf("XML: %q", lines())
	}
	if text.Line(0) != nil || text.Line(99) != nil {
		t.Error("there is no such line")
	}
}

func TestEncode(t *testing.T) {
	for _, test := range []struct {
		enc  Encoding
		s    string
		want string
		ok   bool
	}{
		{UTF8, "é😀", "é😀", true},
		{UTF8, "\xff", "", false},
		{UTF16LE, "a😀", "a\x00\x3D\xD8\x00\xDE", true},
		{UTF16BE, "é", "\x00\xE9", true},
		{UTF32BE, "😀", "\x00\x01\xF6\x00", true},
		{Latin1, "aé", "a\xE9", true},
		{Latin1, "€", "", false},
		{Windows1252, "€é\u0081", "\x80\xE9\x81", true},
		{Windows1252, "\u0080", "", false},
		{Windows1252, "Ω", "", false},
		{Encoding(pageNamed("windows-1250")), "ł\u0081", "\xB3\x81", true},
		{Encoding(pageNamed("windows-1250")), "\u00C0", "", false},
		{Encoding(pageNamed("iso-8859-3")), "\uFFFD", "", false},
	} {
		text := &Text{Encoding: test.enc}
		if got, ok := text.Encode(test.s); string(got) != test.want || ok != test.ok {
			t.Errorf("%d: %q is %q, %t", test.enc, test.s, got, ok)
		}
	}
}

func TestTranscodeLatin(t *testing.T) {
	var all []byte
	for c := range 256 {
		all = append(all, byte(c))
	}
	encodings := []Encoding{Latin1, Windows1252}
	for i := range codePages {
		encodings = append(encodings, firstPage+Encoding(i))
	}
	for _, enc := range encodings {
		all := slices.DeleteFunc(slices.Clone(all), func(c byte) bool {
			return isPage(enc) && pageRune(enc, c) == utf8.RuneError // what the page leaves open
		})
		text := &Text{Raw: all, Bytes: transcodeLatin(nil, all, enc), Encoding: enc}
		if back, ok := text.Encode(string(text.Bytes)); !ok || !bytes.Equal(back, all) {
			t.Errorf("%d: not the same after coming back: %q", enc, back)
		}
		if text.RawOffset(int32(len(text.Bytes))) != len(all) {
			t.Error("wrong offset at the end")
		}
	}
	if got := string(transcodeLatin(nil, []byte{0x80, 0x81, 0x9F, 0xE4}, Windows1252)); got != "€\u0081Ÿä" {
		t.Errorf("%q", got)
	}
}
