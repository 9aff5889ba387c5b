package visible

import (
	"testing"
	"unicode/utf8"
)

func TestString(t *testing.T) {
	for in, want := range map[string]string{
		"plain":             "plain",
		"a\x1b[31mb":        `a\x1b[31mb`,
		"a\nb\r\tc\x00\x7f": `a\nb\r\tc\x00\x7f`,
		"\u009b\u202e":      `\u009b\u202e`,
		"\xff日本":            `\xff日本`,
		"\U000e0001":        `\U000e0001`,
	} {
		got := String(in)
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if again := String(got); again != got {
			t.Errorf("%q: twice gives %q", in, again)
		}
	}
}

func TestReplace(t *testing.T) {
	for in, want := range map[string]string{
		"Pump Health 日本":                 "Pump Health 日本",
		"a\x1b[31mb\n\r\t\u0085":         "a�[31mb����",
		"\u061c\u200e\u200f\u202e\u2066": "�����",
		"\u2028\u2029":                   "��",
		"क\u200dष \u00a0":                "क\u200dष \u00a0",
	} {
		if got := Replace(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// What is obeyed is never shown: String is the stricter of the two.
func TestObeyedIsNotShown(t *testing.T) {
	for r := range rune(utf8.MaxRune + 1) {
		if Obeyed(r) && Shows(r) {
			t.Errorf("%U is obeyed and shown", r)
		}
	}
}

func TestCells(t *testing.T) {
	for in, want := range map[string]int{"": 0, "abc": 3, "日本": 4, "e\u0301": 1, "é": 1, "ﾊ": 1} {
		if got := Cells(in); got != want {
			t.Errorf("%q: got %d, want %d", in, got, want)
		}
	}
}
