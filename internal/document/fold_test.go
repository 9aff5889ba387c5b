package document

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEqualFold(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"", "", true},
		{"autoScale", "AUTOSCALE", true},
		{"autoScale", "autoScales", false},
		{"a[b", "a{b", false},   // differ in the bit of case, and are no letters
		{"a@b", "a`b", false},   // so do these
		{"a\x00", "a ", false},  // and these
		{"é", "É", true},        // one code point each
		{"é", "e\u0301", false}, // no normalisation
		{"σς", "ΣΣ", true},
		{"µ", "Μ", true}, // micro sign and capital mu
		{"ÿ", "Ÿ", true},
		{"ǆ", "ǅ", true},
		{"ß", "ẞ", false}, // no simple upper case
		{"ß", "SS", false},
		{"ı", "I", false}, // neither is .NET's upper case I
		{"İ", "i", false},
		{"ſ", "S", false},
		{"\u212A", "k", false}, // Kelvin sign
		{"\u212B", "å", false}, // Angstrom sign
		{"\u2126", "ω", false}, // Ohm sign
		{"ϴ", "θ", false},
		{"ა", "Ა", true}, // Georgian
		{"ꭰ", "Ꭰ", true}, // Cherokee: the small letters are the younger ones
		{"𐐨", "𐐀", true}, // outside the basic plane
		{"𞤢", "𞤀", true},
		{"ɐ", "Ɐ", true}, // two bytes and three
	} {
		if got := EqualFold(test.a, test.b); got != test.want {
			t.Errorf("EqualFold(%q, %q) = %t", test.a, test.b, got)
		}
		if got := EqualFold(test.b, test.a); got != test.want {
			t.Errorf("EqualFold(%q, %q) = %t", test.b, test.a, got)
		}
		if got := EqualFoldBytes([]byte(test.a), test.b); got != test.want {
			t.Errorf("EqualFoldBytes(%q, %q) = %t", test.a, test.b, got)
		}
		a, b := AppendFold(nil, []byte(test.a)), AppendFold(nil, []byte(test.b))
		if got := string(a) == string(b); got != test.want {
			t.Errorf("appendUpper: %q, %q: equal is %t", a, b, got)
		}
	}
}

// A newer Unicode has more pairs, .NET 8 has these: if Go's tables move on,
// upper must not.
func TestUpperIsUnicode15(t *testing.T) {
	pairs := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if u := upper(r); u != r {
			pairs++
			if upper(u) != u {
				t.Errorf("%U: upper case of the upper case %U is %U", r, u, upper(u))
			}
			if (r < utf8.RuneSelf) != (u < utf8.RuneSelf) {
				t.Errorf("%U: upper case %U", r, u)
			}
		}
	}
	if want := 1448; pairs != want {
		t.Errorf("%d runes have an upper case, not %d", pairs, want)
	}
}

func FuzzEqualFold(f *testing.F) {
	f.Add("autoScale", "AUTOſCALE")
	f.Add("𐐨\xff", "𐐀\xfe")
	f.Fuzz(func(t *testing.T, a, b string) {
		got := EqualFold(a, b)
		if got != EqualFoldBytes([]byte(a), b) || got != EqualFold(b, a) || !EqualFold(a, a) {
			t.Errorf("EqualFold(%q, %q) = %t is not symmetric, not reflexive or not the same for bytes", a, b, got)
		}
		if utf8.ValidString(a) && utf8.ValidString(b) {
			if want := strings.Map(upper, a) == strings.Map(upper, b); got != want {
				t.Errorf("EqualFold(%q, %q) = %t", a, b, got)
			}
		}
		if got && CompareKeys(a, b) != 0 || CompareKeys(a, b) != -CompareKeys(b, a) {
			t.Errorf("CompareKeys(%q, %q) = %d, the other way round %d", a, b, CompareKeys(a, b), CompareKeys(b, a))
		}
	})
}

func TestCompareKeys(t *testing.T) {
	// Each line is less than the next; those in one line are equal.
	order := [][]string{
		{"", ":", "::"},
		{"-1"},
		{"0", "00", "-0"},
		{"2", "02", " 2 ", "+2", "2\x00"},
		{"10"},
		{"2147483647"},
		{"2147483648"}, // text: not a 32-bit integer
		{"4a"},
		{"a", "A", ":a", "a:"},
		{"a:1", "A::1"},
		{"a:2"},
		{"a:10"},
		{"a:b"},
		{"a:b:c"},
		{"ab"},
		{"Z"},
		{"_"}, // after the letters, as they count as capitals
		{"É", "é"},
		{"𐐀"}, // a surrogate pair is before U+E000 and what follows
		{"\uFF21"},
	}
	for i, equal := range order {
		for _, a := range equal {
			for j, others := range order {
				for _, b := range others {
					want := 0
					if i != j {
						want = 1
						if i < j {
							want = -1
						}
					}
					if got := CompareKeys(a, b); got != want {
						t.Errorf("CompareKeys(%q, %q) = %d, not %d", a, b, got, want)
					}
				}
			}
		}
	}
	if !slices.IsSortedFunc([]string{"xmpro:urls:2", "xmpro:urls:10", "xmpro:urls:x"}, CompareKeys) {
		t.Error("numbers are not before text, or not by value")
	}
}
