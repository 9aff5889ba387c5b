package document

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// parseJSON reads a text that nothing is wrong with but what the document is
// whole after.
func parseJSON(t testing.TB, src string) *JSON {
	t.Helper()
	text, err := DecodeJSON("appsettings.json", []byte(src), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := ParseJSON(text, Limits{})
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return d
}

// settings is what an application gets from d: "path=value", or "path" for
// null, in the order of ConfigurationKeyComparer.
func settings(d *JSON) []string {
	values := map[string]string{}
	for n := range d.Leaves() {
		values[d.Path(n)] = d.Path(n)
		if s, ok := d.Str(n); ok {
			values[d.Path(n)] += "=" + s
		}
	}
	paths := slices.SortedFunc(maps.Keys(values), func(a, b string) int { return cmp.Or(CompareKeys(a, b), strings.Compare(a, b)) })
	for i, p := range paths {
		paths[i] = values[p]
	}
	return paths
}

func TestJSONSettings(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      []string
	}{
		{"empty", `{}`, nil},
		{"white space", " \t\r\n{ } \n", nil},
		{"values", `{"s":"x","n":1.50,"e":1E+400,"m":-0,"t":true,"f":false,"z":null}`,
			[]string{"e=1E+400", "f=False", "m=-0", "n=1.50", "s=x", "t=True", "z="}},
		{"long number", `{"n":123456789012345678901234567890}`, []string{"n=123456789012345678901234567890"}},
		{"empty object and array", `{"a":{},"b":[]}`, []string{"a", "b"}},
		{"nesting", `{"a":{"b":{"c":1}}}`, []string{"a:b:c=1"}},
		{"array", `{"a":["x",{"b":1},[2],[],null]}`, []string{"a:0=x", "a:1:b=1", "a:2:0=2", "a:3", "a:4="}},
		{"eleven elements", `{"a":[0,0,0,0,0,0,0,0,0,0,1],"b":1}`,
			[]string{"a:0=0", "a:1=0", "a:2=0", "a:3=0", "a:4=0", "a:5=0", "a:6=0", "a:7=0", "a:8=0", "a:9=0", "a:10=1", "b=1"}},
		{"escapes", `{"\u0061\"\\\/":"\b\f\n\r\t\u00e9\uD83D\uDE00\u0000"}`, []string{"a\"\\/=\b\f\n\r\té😀\x00"}},
		{"blank, dot and underscore in keys", `{" a ":1,"b.c":2,"d__e":3}`, []string{" a =1", "b.c=2", "d__e=3"}},
		{"no key at all", `{"":1,"a":{"":2}}`, []string{"=1", "a:=2"}},
		{"colon in a key", `{"a:b":1,"a":{"c":2}}`, []string{"a:b=1", "a:c=2"}},
		{"colons at the ends", `{":a":1,"b:":2,"c::d":3}`, []string{":a=1", "b:=2", "c::d=3"}},

		// What strict JSON has not.
		{"comments", "// a\n/* b */{/**/\"a\"://\r1/* * / // */,// c\r\n\"b\":2 /*/*/ }// end", []string{"a=1", "b=2"}},
		{"comment after a comma", `{"a":[1,/**/],/**/}/**/`, []string{"a:0=1"}},
		{"trailing commas", `{"a":[1,],"b":{"c":2,},}`, []string{"a:0=1", "b:c=2"}},
		{"line comment at the very end", `{}//`, nil},
		{"lone CR", "{\r\"a\":1\r}", []string{"a=1"}},
		{"mark", "\uFEFF{\"a\":\"é\"}", []string{"a=é"}},
		{"malformed UTF-8", "{\"a\xE2\x82\":\"\xFF\" /* \xC0 */}", []string{"a\uFFFD=\uFFFD"}},
		{"DEL and separators in a string", "{\"a\":\"\x7F\u2028\u2029\u0085\"}", []string{"a=\x7F\u2028\u2029\u0085"}},
		{"separator in a block comment", "{/* \u2028 */}", nil},

		// Keys that meet.
		{"objects merge", `{"a":{"b":1},"a":{"c":2}}`, []string{"a:b=1", "a:c=2"}},
		{"in any case", `{"Ab":{"x":1},"aB":{"y":{"z":2}},"AB":{"Y":{"w":3}}}`, []string{"aB:y:z=2", "AB:Y:w=3", "Ab:x=1"}},
		{"array and object merge", `{"a":[1],"a":{"1":2}}`, []string{"a:0=1", "a:1=2"}},
		{"leaf and object of one name", `{"a":1,"a":{"b":2}}`, []string{"a=1", "a:b=2"}},
		{"an empty object takes over", `{"a":1,"A":{}}`, []string{"A"}},
		{"so does an empty array", `{"a":{"b":1},"a:b":[]}`, []string{"a:b"}},
		{"empty twice", `{"a":{},"a":[],"a":{}}`, []string{"a"}},
		{"empty beside content", `{"a":{},"a":{"b":1},"c:d":2,"c":[]}`, []string{"a:b=1", "c:d=2"}},
		{"not the same key", `{"I":1,"ı":2,"İ":3,"S":4,"ſ":5,"K":6,"\u212A":7,"ß":8,"ẞ":9}`,
			[]string{"I=1", "K=6", "S=4", "ß=8", "İ=3", "ı=2", "ſ=5", "ẞ=9", "\u212A=7"}},
		{"leading zero is no index", `{"a":[1],"a:00":2}`, []string{"a:0=1", "a:00=2"}},
		{"a longer key with a short one in it", `{"aaaaaaaa":1,"aaaaaaa":2,"aaaaaaaaa":3,"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":4}`,
			[]string{"aaaaaaa=2", "aaaaaaaa=1", "aaaaaaaaa=3", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=4"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := parseJSON(t, test.src)
			got := settings(d)
			slices.Sort(got)
			slices.Sort(test.want)
			if !slices.Equal(got, test.want) {
				t.Errorf("%s\n got %q\nwant %q", test.src, got, test.want)
			}
		})
	}
}

// The place of each fault is marked by «»: for a byte, or for the end.
func TestJSONFaults(t *testing.T) {
	const s, dup = ErrSyntax, ErrDuplicate
	for _, test := range []struct {
		kind ErrorKind
		src  string
		hint string // some words of it
	}{
		{s, "«»", "{}"},
		{s, " // only a comment\n«»", "{}"},
		{s, "{«»", "closed"},
		{s, `{"a":1«»`, "closed"},
		{s, `{"a":«»`, "closed"},
		{s, `{"a"«»`, "closed"},
		{s, `{"a":[1,«»`, "closed"},
		{s, "{\n\"a\": 1«;»\n}", "comma"},
		{s, "{\"a\": {}\n«\"»b\": 2}", "comma after"},
		{s, "{\"a\": [1 «2»]}", "comma after"},
		{s, `{"a" «1»}`, "colon"},
		{s, `{"a" «=» 1}`, "colon"},
		{s, `{"a" «/*»*/: 1}`, "comment cannot stand"},
		{s, `{"a"«,» "b"}`, "colon"},
		{s, `{«,»}`, "comma"},
		{s, `{"a":1,«,»}`, "comma"},
		{s, `{"a":[1,«,»]}`, "comma"},
		{s, `{"a":[«,»]}`, "comma"},
		{s, `{"a":[1,2«}»`, "array is open"},
		{s, `{"a":[«}»`, "array is open"},
		{s, `{"a":1«]»`, "object is open"},
		{s, `{"a":«]»`, ""},
		{s, `{"a":«}»`, ""},
		{s, `«}»`, ""},
		{s, `{«apple»: 1}`, "double quotes"},
		{s, `{«'»apple': 1}`, "straight double quotes"},
		{s, `{"a": «'»1'}`, "straight double quotes"},
		{s, `{«“»a”: 1}`, "straight double quotes"},
		{s, `{«1»: 1}`, "key"},
		{s, `{"a": «apple»}`, "double quotes"},
		{s, `{"a": «True»}`, "write true in lower case"},
		{s, `{"a": «None»}`, "write null"},
		{s, `{"a": «NaN»}`, "double quotes"},
		{s, `{"a": «tru»}`, ""},
		{s, `{"a": true«x»}`, ""},
		{s, `{"a": «+»1}`, "digit or a minus"},
		{s, `{"a": «.»5}`, "digit or a minus"},
		{s, `{"a": 0«1»}`, "leading zeros"},
		{s, `{"a": 0«x1»}`, ""},
		{s, `{"a": 1«_0»}`, "separators"},
		{s, `{"a": «-»}`, ""},
		{s, `{"a": «1.»}`, ""},
		{s, `{"a": «1e+»}`, ""},
		{s, "{«#» x\n}", "//"},
		{s, "{«<»!-- x -->}", "XML"},
		{s, "{«\u00A0»}", "blank"},
		{s, "{«\f»}", "tabs"},
		{s, "«<»<<<<<< HEAD\n{}", "merge"},
		{s, "{}«\x00»", "UTF-16"},
		{s, "{«\x00»\"\x00a\x00", "UTF-16"},
		{s, "{ «\uFEFF»}", "invisible"},
		{s, "{} «{»}", "one object"},
		{s, "{}«}»", "}"},
		{s, "{}/«»", "cut off"},
		{s, "{«/*»", "*/"},
		{s, "{«/*/»", "*/"},
		{s, "{} «/* x\n»", "*/"},
		{s, "{ /«?» }", "//"},
		{s, "{ // «\u2028»\n}", "invisible"},
		{s, "{ // x\u2027«\u2029»\n}", "invisible"},
		{s, "{\"a\": \"x«\n»\"}", "line break"},
		{s, "{\"a«\t»\": 1}", `\t`},
		{s, "{\"a\": \"«\x00»\"}", "u0000"},
		{s, `{"a": «"x»`, "at its end"},
		{s, `{"a": «"x\»`, "at its end"},
		{s, `{"a": "C:«\P»rogram Files"}`, `C:\\inetpub`},
		{s, `{"a": "«\x»41"}`, `\\`},
		{s, `{"a": "«\u12»g4"}`, `\\`},
		{s, `{"a": "«\u»sers"}`, `C:\\users`},

		// Well-formed, and yet no text to .NET.
		{s, `{"a": "«\ud800»"}`, "both halves"},
		{s, `{"a": "x«\udc00»\ud800"}`, "both halves"},
		{s, `{"«\uD83D»\u0041": 1}`, "both halves"},
		{s, `{"a": "«\ud83d»😀"}`, "both halves"},

		{ErrRoot, "«[]»", "{ and }"},
		{ErrRoot, ` «"x"» // c`, "{ and }"},
		{ErrRoot, "«null»", "{ and }"},
		{ErrRoot, `«["\ud800"]»`, "{ and }"},
		{s, "[] «x»", "one object"}, // the parser comes first

		{dup, `{"a":1,«"a"»:1}`, "delete"},
		{dup, `{"a":1,«"A"»:2}`, "delete"},
		{dup, `{"a":{},«"a"»:1}`, "delete"},
		{dup, `{"a":[],«"a"»:null}`, "delete"},
		{dup, `{"a":{"b":1},"A":{"c":2,«"B"»:3}}`, "delete"},
		{dup, `{"a:b":1,"a":{«"B"»:2}}`, "delete"},
		{dup, `{"a":{"b:c":1},"a:b":{«"c"»:2}}`, "delete"},
		{dup, `{"a":[1],"a":{«"0"»:2}}`, "delete"},
		{dup, `{"a":{"0":2},"a":[«1»]}`, "delete"},
		{dup, `{"a":[1],"a":[«2»]}`, "delete"},
		{dup, `{"é":1,«"É"»:2}`, "delete"},
		{dup, `{"𐐨":1,«"𐐀"»:2}`, "delete"},
		{dup, `{"a":1,«"\u0041"»:2}`, "delete"},
		{dup, `{"é":1,«"\u00C9"»:2}`, "delete"},
		{dup, `{"a\u003ab":1,"a":{«"b"»:2}}`, "delete"},
		{dup, `{"":1,«""»:2}`, "delete"},
		{dup, `{"a":{},"a":{"b":1},«"a"»:2}`, "delete"},
		{dup, "{\"a\xFF\":1,«\"A\xFE\"»:2}", "delete"}, // both U+FFFD
		{s, `{"a":1,"a":«x»}`, "double quotes"},        // the parser comes first
		{dup, `{"a":1,«"a"»:2,"b":"\ud800"}`, "delete"},
		{s, `{"b":"«\ud800»","a":1,"a":2}`, "both halves"},
		{dup, `{"a":1,«"a"»:"\ud800"}`, "delete"}, // the path is looked up before the value is read
		{s, `{"a":{"«\ud800»":1},"a":1,"a":2}`, "both halves"},
	} {
		src, start, end := marked(test.src)
		text, err := DecodeJSON("f", []byte(src), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		want := Span{int32(start), int32(end)}
		if text.repaired {
			want = Span{textOffset(text, start), textOffset(text, end)}
		}
		d, err := ParseJSON(text, Limits{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: no error", test.src)
			continue
		}
		if e.Kind != test.kind || e.Span != want || !strings.Contains(e.Hint, test.hint) {
			t.Errorf("%s: kind %d at %v (%q, %q), not kind %d at %v with hint %q", test.src, e.Kind, e.Span, e.Message, e.Hint, test.kind, want, test.hint)
		}
		if strings.Contains(e.Message+e.Hint, "apple") {
			t.Errorf("%s: %q, %q show a value", test.src, e.Message, e.Hint)
		}
		if whole := e.Kind == ErrDuplicate || strings.Contains(e.Message, "surrogate"); whole != (len(d.Nodes) > 0) {
			t.Errorf("%s: %d nodes", test.src, len(d.Nodes))
		}
	}
}

// marked takes the marks «» out of a text and returns where they stood.
func marked(s string) (src string, start, end int) {
	before, rest, _ := strings.Cut(s, "«")
	within, after, _ := strings.Cut(rest, "»")
	return before + within + after, len(before), len(before) + len(within)
}

// textOffset is the offset in the text of an offset in the file.
func textOffset(t *Text, raw int) int32 {
	off := int32(0)
	for t.RawOffset(off) < raw {
		off++
	}
	return off
}

func TestJSONDuplicateShowsBoth(t *testing.T) {
	text, _ := DecodeJSON("f", []byte("{\"a\":{\"B\":1},\n\"A:b\":2}"), Limits{})
	_, err := ParseJSON(text, Limits{})
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if first, second := text.Position(e.Other.Start), text.Position(e.Span.Start); first != (Position{1, 7}) || second != (Position{2, 1}) {
		t.Errorf("%v and %v", first, second)
	}
	if !strings.Contains(e.Message, `"A:b"`) {
		t.Error(e.Message)
	}
}

func TestJSONDepth(t *testing.T) {
	nested := func(open, close string, n int) string {
		return `{"a":` + strings.Repeat(open, n-1) + "1" + strings.Repeat(close, n-1) + "}"
	}
	for _, test := range []struct {
		src   string
		limit int
		ok    bool
	}{
		{nested("[", "]", 64), 0, true},
		{nested(`{"a":`, "}", 64), 0, true},
		{nested("[", "]", 65), 0, false},
		{nested(`{"a":`, "}", 65), 0, false},
		{nested("[", "]", 65), 65, true},
		{nested("[", "]", 3), 2, false},
		{strings.Repeat("[", 1_000_000), 0, false},
		{strings.Repeat(`{"a":`, 1_000_000), 0, false},
		{`{"a":[` + strings.Repeat("[],", 1000) + "]}", 3, true},
	} {
		text, _ := DecodeJSON("f", []byte(test.src), Limits{})
		_, err := ParseJSON(text, Limits{MaxJSONDepth: test.limit})
		var e *Error
		if ok := err == nil; ok != test.ok || !ok && (!errors.As(err, &e) || e.Kind != ErrDepth) {
			t.Errorf("%.40s: %v", test.src, err)
		}
	}
}

// No input may take more than time and memory in proportion to its size.
func TestJSONHostile(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	long := strings.Repeat("k", 1<<20)
	var chosen strings.Builder // the words of each key are such that a plain sum of them is the same
	for i := range 1 << 16 {
		fmt.Fprintf(&chosen, `"%08d%08d":1,`, i, 1<<20-i)
	}
	for name, src := range map[string]string{
		"comments that end with CR":    "{" + strings.Repeat("//\r", 1<<20) + "}",
		"empty comments":               "{" + strings.Repeat("/**/", 1<<20) + "}",
		"one key":                      "{" + strings.Repeat(`"a":{},`, 1<<20) + "}",
		"long path, merged many times": `{"` + long + `":{"x":{}},"` + long + `":{` + strings.Repeat(`"x":{},`, 1<<18) + "}}",
		"colons":                       `{"` + strings.Repeat(":", 1<<20) + `":1}`,
		"chosen keys":                  "{" + chosen.String() + "}",
		"one string":                   `{"a":"` + strings.Repeat("x", 1<<24) + `"}`,
		"escapes":                      `{"a":"` + strings.Repeat(`\u0041`, 1<<20) + `"}`,
		"blanks":                       strings.Repeat(" ", 1<<24) + "{}",
	} {
		d := parseJSON(t, src)
		d.Find("a:b")
		d.FindAll(":::")
		if len(d.Nodes) > maxNodes {
			t.Error(name)
		}
	}
	for _, src := range []string{
		`{"a":[` + strings.Repeat("1,", maxNodes) + "]}",
		"{" + strings.Repeat("/**/", maxNodes+1) + "}",
	} {
		text, _ := DecodeJSON("f", []byte(src), Limits{})
		var e *Error
		if _, err := ParseJSON(text, Limits{}); !errors.As(err, &e) || e.Kind != ErrTooLarge {
			t.Error(err)
		}
	}
}

// A document that is used again holds nothing of the file before.
func TestJSONParseAgain(t *testing.T) {
	var text Text
	var d JSON
	for _, src := range []string{
		`{"a":{"b":1},"A":{"c":"\ud800"}} // x`,
		`{"a":{"b":1},"A":{"B":2}}`,
		`[`, "", "\xFF\xFE{\x00}\x00",
		`{"a":{"b":1}}`,
	} {
		if err := text.ResetJSON("f", []byte(src), Limits{}); err != nil {
			t.Fatal(err)
		}
		got := d.Parse(&text, Limits{})
		fresh, _ := DecodeJSON("f", []byte(src), Limits{})
		want, err := ParseJSON(fresh, Limits{})
		if fmt.Sprint(got) != fmt.Sprint(err) || !slices.Equal(d.Nodes, want.Nodes) || !slices.Equal(d.Comments, want.Comments) || !slices.Equal(settings(&d), settings(want)) {
			t.Errorf("%q: %v, %v", src, got, err)
		}
	}
}

func TestPlainKeys(t *testing.T) {
	for src, want := range map[string]bool{
		`{"a": {"b": "c:d\n"}, "e": [1]}`: true,
		`{"é": 1, "a": 2, "A ": 3}`:       true,
		`{"a": {"b:c": 1}}`:               false,
		`{"a": {"\u0062": 1}}`:            false,
		`{"a\u003ab": 1}`:                 false,
		`{"a": "b", "a/b\\": "c"}`:        false,
	} {
		d := parseJSON(t, src)
		if d.PlainKeys() != want {
			t.Errorf("%s: PlainKeys is %t", src, !want)
		}
		if err := d.Parse(parseJSON(t, `{}`).Text, Limits{}); err != nil || !d.PlainKeys() {
			t.Errorf("after %s, {} has odd keys", src)
		}
	}
}
