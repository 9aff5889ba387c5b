package document

import "testing"

func TestValueSpan(t *testing.T) {
	tests := []struct {
		value    string // as written, with quotes
		from, to int
		want     string
	}{
		{`"cache01:6379,ssl=True"`, 13, 21, "ssl=True"},
		{`"cache01:6379,ssl=True"`, 0, 7, "cache01"},
		{`"a\u002Cb\\c"`, 1, 2, `\u002C`},
		{`"a\u002Cb\\c"`, 3, 4, `\\`},
		{`"a\u002Cb\\c"`, 4, 5, "c"},
		{`"\uD83D\uDE00x"`, 4, 5, "x"},
		{`"\uD83D\uDE00x"`, 0, 4, `\uD83D\uDE00`},
		{`"äb\"c"`, 2, 3, "b"},
		{`"abc"`, -5, 99, "abc"},
		{`"abc"`, 3, 3, ""},
		{`1500`, 0, 2, "1500"},
	}
	for _, tt := range tests {
		text, err := DecodeJSON("test.json", []byte(`{"k":`+tt.value+`}`), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := ParseJSON(text, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		s := d.ValueSpan(1, tt.from, tt.to)
		if got := string(d.Bytes[s.Start:s.End]); got != tt.want {
			t.Errorf("%s [%d,%d): got %q, want %q", tt.value, tt.from, tt.to, got, tt.want)
		}
	}
}
