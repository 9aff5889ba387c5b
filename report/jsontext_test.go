package report

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAppendString(t *testing.T) {
	for in, want := range map[string]string{
		"":                         `""`,
		"plain":                    `"plain"`,
		`a"b\c`:                    `"a\"b\\c"`,
		"a\n\r\tb":                 `"a\n\r\tb"`,
		"\x00\x1b\x7f":             `"\u0000\u001b\u007f"`,
		"größe 日本 😀":               `"größe 日本 😀"`,
		"\u0085\u009b":             `"\u0085\u009b"`,
		"\u2028\u202e\ufeff":       `"\u2028\u202e\ufeff"`,
		"\U000e0001":               `"\udb40\udc01"`,
		"a\xffb\xed\xa0\x80":       `"a\ufffdb\ufffd\ufffd\ufffd"`,
		"\ufffd":                   `"` + "\ufffd" + `"`,
		"ends with a bad \xe6\x97": `"ends with a bad \ufffd\ufffd"`,
	} {
		if got := string(appendString(nil, in)); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func FuzzAppendString(f *testing.F) {
	f.Add("a\"\\\n\xff\u2028")
	f.Fuzz(func(t *testing.T, s string) {
		text := appendString(nil, s)
		var back string
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatalf("%q becomes %s: %v", s, text, err)
		}
		if want := string([]rune(s)); back != want {
			t.Fatalf("%q comes back as %q", s, back)
		}
		if !utf8.Valid(text) {
			t.Fatalf("%q is no UTF-8", text)
		}
		if same := appendValue(nil, s); string(same) != string(text) && !strings.ContainsAny(s, "\b\f") {
			t.Fatalf("appendValue: %s, appendString: %s", same, text)
		}
	})
}

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{
		"acme":          "acme",
		"C:\\XMPro\\AD": "C:\\XMPro\\AD",
		"":              "''",
		"a b":           "'a b'",
		"it's $x":       `'it'\''s $x'`,
	} {
		if got := shellWord(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}
