package document

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// upper is the simple upper-case mapping of .NET's ordinal comparison: that of
// Unicode, rune by rune and without regard to language, but for the two lower
// case letters whose capital is an ASCII letter. They stay as they are, so no
// rune outside ASCII ever equals one inside.
func upper(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	case r == 'ı' || r == 'ſ':
		return r
	}
	return unicode.ToUpper(r)
}

// EqualFold reports whether .NET takes a and b for the same configuration key:
// they are equal under StringComparison.OrdinalIgnoreCase. This is not
// [strings.EqualFold], to which 'k' equals the Kelvin sign and 's' equals 'ſ'.
func EqualFold(a, b string) bool { return equalFold(a, b) }

// EqualFoldBytes is [EqualFold] for a key that is still part of a file.
func EqualFoldBytes(a []byte, b string) bool { return equalFold(a, b) }

type text interface{ ~string | ~[]byte }

func equalFold[A, B text](a A, b B) bool {
	n := min(len(a), len(b))
	for i := 0; i < n; i++ {
		x, y := a[i], b[i]
		if x|y >= utf8.RuneSelf {
			return equalFoldRunes(a[i:], b[i:])
		}
		if x != y && (x|0x20 != y|0x20 || x|0x20 < 'a' || x|0x20 > 'z') {
			return false
		}
	}
	return len(a) == len(b)
}

func equalFoldRunes[A, B text](a A, b B) bool {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		x, n := decodeRune(a, i)
		y, m := decodeRune(b, j)
		if x != y && upper(x) != upper(y) {
			return false
		}
		i, j = i+n, j+m
	}
	return i == len(a) && j == len(b)
}

func decodeRune[T text](s T, i int) (rune, int) {
	return utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
}

// AppendFold appends key in the form that is equal for exactly those keys that
// [EqualFold] takes for the same.
func AppendFold(dst, key []byte) []byte {
	for i := 0; i < len(key); {
		if c := key[i]; c < utf8.RuneSelf {
			if 'a' <= c && c <= 'z' {
				c -= 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRune(key[i:])
		dst = utf8.AppendRune(dst, upper(r))
		i += n
	}
	return dst
}

// CompareKeys orders configuration paths as .NET's ConfigurationKeyComparer:
// segment by segment, a 32-bit integer by its value and before any text, text
// by OrdinalIgnoreCase; empty segments do not count. Paths that differ in
// case, or as 1 and 01 do, compare as equal.
//
// https://learn.microsoft.com/dotnet/api/microsoft.extensions.configuration.configurationkeycomparer
func CompareKeys(a, b string) int {
	for {
		a, b = strings.TrimLeft(a, ":"), strings.TrimLeft(b, ":")
		if a == "" || b == "" {
			return cmp.Compare(len(a), 0) - cmp.Compare(len(b), 0)
		}
		var x, y string
		x, a, _ = strings.Cut(a, ":")
		y, b, _ = strings.Cut(b, ":")
		if c := compareSegments(x, y); c != 0 {
			return c
		}
	}
}

func compareSegments(a, b string) int {
	x, xok := parseInt32(a)
	y, yok := parseInt32(b)
	switch {
	case xok && yok:
		return cmp.Compare(x, y)
	case xok:
		return -1
	case yok:
		return 1
	}
	return compareFold(a, b)
}

// compareFold is the order of OrdinalIgnoreCase: by UTF-16 code units after
// upper-casing.
func compareFold(a, b string) int {
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x, y = upper(x), upper(y); x != y {
			return cmp.Compare(utf16Rank(x), utf16Rank(y))
		}
		a, b = a[n:], b[m:]
	}
	return cmp.Compare(len(a), len(b))
}

// utf16Rank maps runes to numbers in the order of their UTF-16 code units:
// surrogate pairs (0xD800...) come before U+E000 to U+FFFF.
func utf16Rank(r rune) rune {
	if r >= 0xE000 && r <= 0xFFFF {
		r += utf8.MaxRune
	}
	return r
}

// parseInt32 is int.TryParse with NumberStyles.Integer: white space on both
// sides, one sign, no separators; NULs may follow.
func parseInt32(s string) (int32, bool) {
	const space = " \t\n\v\f\r"
	s = strings.TrimLeft(s, space)
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	var v int64
	i := 0
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		if v = v*10 + int64(s[i]-'0'); v > 1<<31 {
			return 0, false
		}
	}
	if i == 0 || strings.TrimLeft(strings.TrimLeft(s[i:], space), "\x00") != "" {
		return 0, false
	}
	if neg {
		return int32(-v), true
	}
	return int32(v), v < 1<<31
}
