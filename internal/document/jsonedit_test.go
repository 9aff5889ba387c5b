package document

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestApply(t *testing.T) {
	raw := []byte("0123456789")
	got, err := Apply(raw, []Edit{{8, 10, []byte("x")}, {2, 2, []byte("a")}, {0, 1, nil}, {2, 4, []byte("c")}, {2, 2, []byte("b")}})
	if err != nil || string(got) != "1abc4567x" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := Apply(raw, nil); err != nil || string(got) != string(raw) {
		t.Errorf("%q, %v", got, err)
	}
	for _, wrong := range [][]Edit{
		{{2, 4, nil}, {3, 5, nil}},
		{{2, 4, nil}, {2, 4, nil}},
		{{1, 3, nil}, {2, 2, nil}},
		{{-1, 0, nil}},
		{{5, 4, nil}},
		{{5, 11, nil}},
	} {
		if got, err := Apply(raw, wrong); err == nil {
			t.Errorf("%v: %q", wrong, got)
		}
	}
	if string(raw) != "0123456789" {
		t.Error("the file was changed in place")
	}
}

func TestQuoteJSON(t *testing.T) {
	for s, want := range map[string]string{
		"":                              `""`,
		"h:6379,password=<a&b>+'`/\x7F": "\"h:6379,password=<a&b>+'`/\\u007f\"",
		`C:\x "y"`:                      `"C:\\x \"y\""`,
		"\b\f\n\r\t\x00\x1F":            `"\b\f\n\r\t\u0000\u001f"`,
		"é😀\uFFFD\uFEFF":                "\"é😀\uFFFD\uFEFF\"",
		"\u2028\u2029":                  `"\u2028\u2029"`,
		"a\xFFb\xED\xA0\x80":            "\"a\uFFFDb\uFFFD\uFFFD\uFFFD\"", // what no encoding holds
	} {
		if got := QuoteJSON(s); got != want {
			t.Errorf("%q: %s, not %s", s, got, want)
		}
	}
}

func FuzzQuoteJSON(f *testing.F) {
	f.Add("a\"\\\x00\u2028\xff")
	f.Fuzz(func(t *testing.T, s string) {
		d := parseJSON(t, `{"a":`+QuoteJSON(s)+"}")
		if got, _ := d.Str(1); got != strings.ToValidUTF8(s, "\uFFFD") && strings.ToValidUTF8(s, "") == s {
			t.Errorf("%q comes back as %q", s, got)
		}
	})
}

// editJSON carries out one edit of a file in several encodings and returns the
// new text, which must be the same in each.
func editJSON(t *testing.T, src string, edit func(d *JSON) (Edit, error)) string {
	t.Helper()
	var first string
	for i, raw := range [][]byte{[]byte(src), encoded(src, UTF8), encoded(src, UTF16LE), encoded(src, UTF16BE), encoded(src, UTF32LE)} {
		text, err := DecodeJSON("f", raw, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := ParseJSON(text, Limits{})
		if err != nil && len(d.Nodes) == 0 {
			t.Fatal(err)
		}
		comments := len(d.Comments)
		e, err := edit(d)
		if err != nil {
			return "error: " + err.Error()
		}
		if len(d.Comments) != comments {
			t.Error("making an edit changed the document")
		}
		out, err := Apply(raw, []Edit{e})
		if err != nil {
			t.Fatal(err)
		}
		after, err := DecodeJSON("f", out, Limits{})
		if err != nil || after.Encoding != text.Encoding || after.BOM != text.BOM {
			t.Fatalf("%v: encoding %d became %d, mark of %d bytes one of %d", err, text.Encoding, after.Encoding, text.BOM, after.BOM)
		}
		if i == 0 {
			first = string(after.Bytes)
		} else if string(after.Bytes) != first {
			t.Errorf("encoding %d: %q, not %q", text.Encoding, after.Bytes, first)
		}
	}
	return first
}

func TestInsertMember(t *testing.T) {
	const scalar = "true"
	object := ObjectJSON(Member{"x", "1"}, Member{"y", "[{}]"})
	for _, test := range []struct {
		name          string
		src           string
		object, after string // paths; the root, and the last member, where empty
		value         string
		want          string
	}{
		{"empty file", "{}", "", "", scalar, "{\n  \"new\": true\n}"},
		{"empty lines", "{\r\n\r\n}\r\n", "", "", scalar, "{\r\n  \"new\": true\r\n}\r\n"},
		{"empty on one line", `{"a":{}}`, "a", "", scalar, `{"a":{"new":true}}`},
		{"empty with blanks", `{ "a": { } }`, "a", "", scalar, `{ "a": { "new": true } }`},
		{"empty below lines", "{\n\t\"a\": {}\n}", "a", "", scalar, "{\n\t\"a\": {\n\t\t\"new\": true\n\t}\n}"},
		{"object below lines", "{\n   \"a\": {}\n}", "a", "", object, "{\n   \"a\": {\n      \"new\": {\n         \"x\": 1,\n         \"y\": [\n            {}\n         ]\n      }\n   }\n}"},
		{"comment in an empty object", "{ // a\n}", "", "", scalar, "{ // a\n  \"new\": true\n}"},
		{"block comment on its line", `{"a":{/* b */}}`, "a", "", scalar, `{"a":{/* b */"new":true}}`},
		{"block comment with blanks", `{"a": { /* b */ }}`, "a", "", scalar, `{"a": { /* b */ "new": true }}`},

		{"after the last", "{\n  \"a\": 1\n}", "", "", scalar, "{\n  \"a\": 1,\n  \"new\": true\n}"},
		{"after the first", "{\n  \"a\": 1,\n  \"b\": 2\n}", "", "a", scalar, "{\n  \"a\": 1,\n  \"new\": true,\n  \"b\": 2\n}"},
		{"CRLF, tabs, no final line end", "{\r\n\t\"a\":1\r\n}", "", "", object, "{\r\n\t\"a\":1,\r\n\t\"new\":{\r\n\t\t\"x\":1,\r\n\t\t\"y\":[\r\n\t\t\t{}\r\n\t\t]\r\n\t}\r\n}"},
		{"colon between blanks", "{\n \"a\" : 1\n}", "", "", scalar, "{\n \"a\" : 1,\n \"new\" : true\n}"},
		{"trailing comma", "{\n  \"a\": 1,\n}", "", "", scalar, "{\n  \"a\": 1,\n  \"new\": true,\n}"},
		{"comma in front", "{\n  \"a\": 1\n  , \"b\": 2\n}", "", "a", scalar, "{\n  \"a\": 1\n  ,\n  \"new\": true, \"b\": 2\n}"},
		{"one line", `{"a":1}`, "", "", object, `{"a":1,"new":{"x":1,"y":[{}]}}`},
		{"one line with blanks", `{ "a": 1, "b": 2 }`, "", "a", object, `{ "a": 1, "new": { "x": 1, "y": [{}] }, "b": 2 }`},
		{"one line in a file with lines", "{\n  \"a\": {\"b\": 1}\n}", "a", "", object, "{\n  \"a\": {\"b\": 1, \"new\": {\"x\": 1, \"y\": [{}]}}\n}"},
		{"first member beside the brace", "{ \"a\": 1,\n  \"b\": 2 }", "", "b", scalar, "{ \"a\": 1,\n  \"b\": 2,\n  \"new\": true }"},

		{"comment behind the last", "{\n  \"a\": 1 // one\n}", "", "", scalar, "{\n  \"a\": 1, // one\n  \"new\": true\n}"},
		{"comment behind the comma", "{\n  \"a\": 1, // one\n  \"b\": 2\n}", "", "a", scalar, "{\n  \"a\": 1, // one\n  \"new\": true,\n  \"b\": 2\n}"},
		{"comment of the next", "{\n  \"a\": 1,\n  // two\n  \"b\": 2\n}", "", "a", scalar, "{\n  \"a\": 1,\n  \"new\": true,\n  // two\n  \"b\": 2\n}"},
		{"comment of the next on one line", `{"a":1, /* two */ "b":2}`, "", "a", scalar, `{"a":1,"new":true, /* two */ "b":2}`},
		{"comment at the end", "{\n  \"a\": 1\n  // end\n}", "", "", scalar, "{\n  \"a\": 1,\n  \"new\": true\n  // end\n}"},
		{"line comment on the only line", "{ \"a\": 1 // one\n}", "", "", scalar, "{ \"a\": 1, // one\n  \"new\": true\n}"},
		{"line comment in front of the comma", "{\n  \"a\": 1 // one\n  ,\n}", "", "", scalar, "{\n  \"a\": 1 // one\n  ,\n  \"new\": true,\n}"},
		{"indentation of a deeper file", "{\n    \"a\": {\n        \"b\": {}\n    }\n}", "a:b", "", scalar, "{\n    \"a\": {\n        \"b\": {\n            \"new\": true\n        }\n    }\n}"},
		{"braces on lines of their own", "{\n  \"a\":\n  {\n    \"b\": 1\n  }\n}", "a", "", scalar, "{\n  \"a\":\n  {\n    \"b\": 1,\n    \"new\": true\n  }\n}"},
		{"lone CR", "{\r  \"a\": 1\r}", "", "", scalar, "{\r  \"a\": 1,\r  \"new\": true\r}"},
		{"not ASCII", "{\n  \"é\": \"😀\" // ñ\n}", "", "", `"ü"`, "{\n  \"é\": \"😀\", // ñ\n  \"new\": \"ü\"\n}"},

		{"no object", `{"a":[]}`, "a", "", scalar, "error: only an object has members"},
		{"not a member of it", `{"a":{},"b":{}}`, "a", "b", scalar, "error: not a member of this object"},
		{"not JSON", `{}`, "", "", "tru", "error: new: the new value is not JSON: found a bare word where the root object must stand"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := editJSON(t, test.src, func(d *JSON) (Edit, error) {
				after := None
				if test.after != "" {
					after = d.FindAll(test.after)[0]
				}
				return d.InsertMember(d.FindAll(test.object)[0], after, "new", test.value)
			})
			if got != test.want {
				t.Errorf("%s\n got %q\nwant %q", test.src, got, test.want)
			}
		})
	}
}

func TestInsertMembers(t *testing.T) {
	got := editJSON(t, "{\n  \"a\": {}\n}", func(d *JSON) (Edit, error) {
		return d.InsertMembers(1, None, Member{"enabled", "false"}, Member{`a"b`, QuoteJSON("-")})
	})
	if want := "{\n  \"a\": {\n    \"enabled\": false,\n    \"a\\\"b\": \"-\"\n  }\n}"; got != want {
		t.Errorf("%q", got)
	}
	got = editJSON(t, `{"a":1}`, func(d *JSON) (Edit, error) {
		return d.InsertMembers(0, None, Member{"b", "2"}, Member{"c", "3"})
	})
	if want := `{"a":1,"b":2,"c":3}`; got != want {
		t.Errorf("%q", got)
	}
}

func TestRemoveMember(t *testing.T) {
	for _, test := range []struct{ name, src, path, want string }{
		{"first", "{\n  \"a\": 1,\n  \"b\": 2\n}", "a", "{\n  \"b\": 2\n}"},
		{"last", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "b", "{\n  \"a\": 1\n}\n"},
		{"between", "{\r\n\t\"a\": 1,\r\n\t\"b\": {\r\n\t\t\"c\": 1 // c\r\n\t},\r\n\t\"d\": 2\r\n}", "b", "{\r\n\t\"a\": 1,\r\n\t\"d\": 2\r\n}"},
		{"only", "{\n  \"a\": {\n    \"b\": 1\n  }\n}", "a:b", "{\n  \"a\": {}\n}"},
		{"only on one line", `{ "a": 1 }`, "a", `{}`},
		{"last with a trailing comma", "{\n  \"a\": 1,\n  \"b\": 2,\n}", "b", "{\n  \"a\": 1,\n}"},
		{"first on one line", `{"a":1, "b":2}`, "a", `{"b":2}`},
		{"last on one line", `{"a":1, "b":2}`, "b", `{"a":1}`},
		{"between on one line", `{ "a": 1, "b": 2, "c": 3 }`, "b", `{ "a": 1, "c": 3 }`},
		{"element", `{"a":[1,2]}`, "a:1", `{"a":[1]}`},
		{"comment behind goes with it", "{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}", "b", "{\n  \"a\": 1 // one\n}"},
		{"that of the one before stays", "{\n  \"a\": 1, // one\n  \"b\": 2, // two\n  \"c\": 3\n}", "b", "{\n  \"a\": 1, // one\n  \"c\": 3\n}"},
		{"comments above and below stay", "{\n  // above\n  \"a\": 1,\n  // below\n  \"b\": 2\n}", "a", "{\n  // above\n  // below\n  \"b\": 2\n}"},
		{"also around the last", "{\n  \"a\": 1, /* one */\n  // above\n  \"b\": 2\n  // below\n}", "b", "{\n  \"a\": 1 /* one */\n  // above\n  // below\n}"},
		{"and around the only", "{ // open\n  \"a\": 1\n  /* end */ }", "a", "{ // open\n  /* end */ }"},
		{"comments on one line", `{"a":1, /* b */ "b":2 /* c */}`, "b", `{"a":1 /* b */ /* c */}`},
		{"two on a line", "{\n  \"a\": 1, \"b\": 2,\n  \"c\": 3\n}", "a", "{\n  \"b\": 2,\n  \"c\": 3\n}"},
		{"second on a line", "{\n  \"a\": 1, \"b\": 2,\n  \"c\": 3\n}", "b", "{\n  \"a\": 1,\n  \"c\": 3\n}"},
		{"beside the brace", "{ \"a\": 1,\n  \"b\": 2 }", "a", "{\n  \"b\": 2 }"},
		{"last before the brace", "{ \"a\": 1,\n  \"b\": 2 }", "b", "{ \"a\": 1\n }"},
		{"comma on the next line", "{\n  \"a\": 1\n  , \"b\": 2\n}", "a", "{\n  \"b\": 2\n}"},
		{"behind a comma on its line", "{\n  \"a\": 1\n  , \"b\": 2\n}", "b", "{\n  \"a\": 1\n}"},
		{"not ASCII", "{\n  \"é\": \"😀\", // ñ\n  \"ü\": 1\n}", "ü", "{\n  \"é\": \"😀\" // ñ\n}"},
		{"root", `{}`, "", "error: not possible for the root"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := editJSON(t, test.src, func(d *JSON) (Edit, error) {
				return d.RemoveMember(d.FindAll(test.path)[0])
			})
			if got != test.want {
				t.Errorf("%s\n got %q\nwant %q", test.src, got, test.want)
			}
		})
	}
}

func TestSetValueAndRenameKey(t *testing.T) {
	src := "{\n  \"a\": {\"b\": 1}, // one\n  \"c\": [\n    2\n  ]\n}"
	for _, test := range []struct {
		edit func(d *JSON) (Edit, error)
		want string
	}{
		{func(d *JSON) (Edit, error) { return d.SetValue(d.Find("a:b"), QuoteJSON("x\"é")) },
			"{\n  \"a\": {\"b\": \"x\\\"é\"}, // one\n  \"c\": [\n    2\n  ]\n}"},
		{func(d *JSON) (Edit, error) { return d.SetValue(1, ObjectJSON(Member{"d", "{}"})) },
			"{\n  \"a\": {\n    \"d\": {}\n  }, // one\n  \"c\": [\n    2\n  ]\n}"},
		{func(d *JSON) (Edit, error) { return d.SetValue(d.Find("a:b"), "[1 , 2] // x") },
			"{\n  \"a\": {\"b\": [1, 2]}, // one\n  \"c\": [\n    2\n  ]\n}"},
		{func(d *JSON) (Edit, error) { return d.SetValue(d.Find("c:0"), "[]") },
			"{\n  \"a\": {\"b\": 1}, // one\n  \"c\": [\n    []\n  ]\n}"},
		{func(d *JSON) (Edit, error) { return d.RenameKey(d.Find("a:b"), "B\n") },
			"{\n  \"a\": {\"B\\n\": 1}, // one\n  \"c\": [\n    2\n  ]\n}"},
		{func(d *JSON) (Edit, error) { return d.SetValue(d.Find("a:b"), `"\ud800"`) },
			"error: the new value is not JSON for .NET: an escape in a value is half a surrogate pair, which .NET cannot read as text"},
		{func(d *JSON) (Edit, error) { return d.SetValue(d.Find("a:b"), "1 2") },
			"error: the new value is not JSON: found a number where the end of the file must stand"},
		{func(d *JSON) (Edit, error) { return d.SetValue(d.Find("a:b"), "\"\xFF\"") },
			"error: the new text has a character that the file's encoding has not"},
		{func(d *JSON) (Edit, error) { return d.SetValue(0, "{}") }, "error: not possible for the root"},
		{func(d *JSON) (Edit, error) { return d.SetValue(None, "{}") }, "error: no such value in the document"},
		{func(d *JSON) (Edit, error) { return d.RenameKey(d.Find("c:0"), "x") }, "error: only a member of an object has a key"},
		{func(d *JSON) (Edit, error) { return d.InsertMember(99, None, "x", "1") }, "error: no such value in the document"},
		{func(d *JSON) (Edit, error) { return d.RemoveMember(99) }, "error: no such value in the document"},
		{func(d *JSON) (Edit, error) { return d.InsertMembers(0, None) }, "error: nothing to insert"},
	} {
		if got := editJSON(t, src, test.edit); got != test.want {
			t.Errorf(" got %q\nwant %q", got, test.want)
		}
	}
}

// A file on one line costs one look at it, however many members it has.
func TestInsertMemberOnOneLine(t *testing.T) {
	var b strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&b, `"x%d":{"y":"z"},`, i)
	}
	text := `{"a":{` + b.String() + `"x":1}}`
	d, err := ParseJSON(&Text{Bytes: []byte(text)}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := d.InsertMember(0, None, "b", "2"); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
}
