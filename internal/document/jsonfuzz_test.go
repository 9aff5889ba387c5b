package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

var jsonSeeds = []string{
	`{}`,
	`{"xmpro":{"autoScale":{"enabled":true,"connectionString":"h:6379"}}}`,
	"\uFEFF// c\r\n{\r\n\t\"a\" : [ 1, -0.5e+3, {\"b\": null}, [], ], /* d */\r\n}\r\n",
	"\xFF\xFE{\x00\"\x00\xE9\x00\"\x00:\x001\x00}\x00",
	`{"a":{"b":1},"A":{"c":2},"a:d":{},"a":{"D":[]}}`,
	`{"a":1,"\u0041":2}`,
	`{"a\ud800":"\ud83d\ude00"}`,
	"{\"a\xE2\x82\":\"\xFF\"}",
	`{ "one": 1 /* c */, /* d */ "two": { "x": [ "y" ] } }`,
	"{\n  \"a\": 1, // one\n  // between\n  \"b\": { // open\n  }\n  // last\n}",
	`[1,2`, `{"a":1}}`, `{'a':1}`, `{"a":tru}`,
}

func FuzzJSON(f *testing.F) {
	for _, seed := range jsonSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := DecodeJSON("f", raw, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := ParseJSON(text, Limits{})
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatalf("%T", err)
		}
		if e != nil {
			size := int32(len(text.Bytes))
			for _, s := range []Span{e.Span, e.Other} {
				if s.Start < 0 || s.Start > s.End || s.End > size || !utf8.Valid(text.Bytes[s.Start:s.End]) {
					t.Errorf("%s: span %v of %d", e.Message, s, size)
				}
			}
			if e.Message == "" || e.Kind < ErrSyntax {
				t.Errorf("%+v", e)
			}
		}
		checkNodes(t, d)
		checkAgainstStandard(t, d, e)

		// What follows the text must not change what is found: it is read eight
		// bytes at a time where there are as many.
		if text.Encoding == UTF8 {
			longer, _ := DecodeJSON("f", append(slices.Clip(raw), strings.Repeat(" ", 16)...), Limits{})
			again, err := ParseJSON(longer, Limits{})
			if (err == nil) != (e == nil) || len(again.Nodes) != len(d.Nodes) || again.meeting != d.meeting {
				t.Errorf("with blanks behind it: %v, not %v", err, e)
			}
		}
	})
}

// checkNodes checks that the nodes are a tree in document order with spans
// that hold what they should, and that each is found by its path.
func checkNodes(t *testing.T, d *JSON) {
	for i, n := range d.Nodes {
		id := NodeID(i)
		value := string(d.Bytes[n.Value.Start:n.Value.End])
		first, last := value[0], value[len(value)-1]
		switch n.Kind {
		case Object, Array:
			if first+2 != last || strings.IndexByte("{[", first) != int(n.Kind-Object) {
				t.Errorf("container %q", value)
			}
		case String:
			if first != '"' || last != '"' || len(value) < 2 {
				t.Errorf("string %q", value)
			}
		case Number, True, False, Null:
			if strings.ContainsAny(value, " \n\r\t,:/]}\"") || n.Next != id+1 {
				t.Errorf("scalar %q", value)
			}
		default:
			t.Errorf("kind %d", n.Kind)
		}
		if i == 0 {
			if n.Parent != None || int(n.Next) != len(d.Nodes) || !n.Key.IsZero() {
				t.Errorf("root %+v", n)
			}
			continue
		}
		parent := d.Nodes[n.Parent]
		if n.Parent >= id || n.Next > parent.Next || n.Value.Start <= parent.Value.Start || n.Value.End >= parent.Value.End || n.Key.IsZero() == (parent.Kind == Object) {
			t.Errorf("node %+v in %+v", n, parent)
		}
		if key := d.Bytes[n.Key.Start:n.Key.End]; len(key) > 0 && (key[0] != '"' || key[len(key)-1] != '"' || n.Key.End >= n.Value.Start) {
			t.Errorf("key %q", key)
		}
		path := d.Path(id)
		if !d.PathFold(id, path) || !d.PathFold(id, strings.ToUpper(path)) && isASCII([]byte(path)) || !d.KeyFold(id, d.Key(id)) {
			t.Errorf("%q is not its own path", path)
		}
		if !slices.Contains(d.FindAll(path), id) {
			t.Errorf("%q is not among those with this path", path)
		}
	}
	for i := range d.Nodes {
		index := int32(0)
		for c := range d.Children(NodeID(i)) {
			if d.Nodes[c].Parent != NodeID(i) || d.Nodes[c].Index != index {
				t.Errorf("child %d of %d: %+v", c, i, d.Nodes[c])
			}
			index++
		}
	}
	for _, c := range d.Comments {
		s := string(d.Bytes[c.Start:c.End])
		if !strings.HasPrefix(s, "//") && !(strings.HasPrefix(s, "/*") && strings.HasSuffix(s, "*/")) || s[1] == '/' && strings.ContainsAny(s, "\r\n") {
			t.Errorf("comment %q", s)
		}
	}
}

// checkAgainstStandard compares with encoding/json: what is strict JSON to it
// must be accepted with the same settings, and what is accepted without
// comments and trailing commas must be strict JSON.
func checkAgainstStandard(t *testing.T, d *JSON, e *Error) {
	strict := json.Valid(d.Bytes)
	var root any
	switch {
	case !strict:
		if e == nil && len(d.Comments) == 0 && !trailingComma(d) {
			t.Errorf("accepted, but it is not JSON: %q", d.Bytes)
		}
		return
	case json.Unmarshal(d.Bytes, &root) != nil:
		return // nested more than 10000 deep
	}
	settings, duplicate := flatten(d.Bytes)
	_, object := root.(map[string]any)
	want := ErrorKind(0)
	switch {
	case tooDeepFor(d.Bytes, 64):
		want = ErrDepth
	case !object:
		want = ErrRoot
	case bytes.Contains(bytes.ToLower(d.Bytes), []byte(`\ud`)):
		return // encoding/json reads half a surrogate pair as U+FFFD
	case duplicate:
		want = ErrDuplicate
	}
	got := ErrorKind(0)
	if e != nil {
		got = e.Kind
	}
	if got != want {
		t.Errorf("%q: kind %d, not %d (%v)", d.Bytes, got, want, e)
	}
	if e != nil {
		return
	}
	found := 0
	for n := range d.Leaves() {
		found++
		path := d.Path(n)
		value, ok := d.Str(n)
		if s, known := settings[fold(path)]; !known || !ok && s != "null" || ok && s != strconv.Quote(value) {
			t.Errorf("%q: %q is %q, not %s", d.Bytes, path, value, s)
		}
		if at := d.Find(path); at != n {
			t.Errorf("%q: %q is node %d, found is %d", d.Bytes, path, n, at)
		}
	}
	if found != len(settings) {
		t.Errorf("%q: %d settings, not %d", d.Bytes, found, len(settings))
	}
}

func fold(s string) string { return strings.Map(upper, s) }

// flatten is .NET's way from strict JSON to settings, in the plainest form.
func flatten(src []byte) (settings map[string]string, duplicate bool) {
	settings = map[string]string{}
	inner := map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.UseNumber()
	var visit func(path string, root bool)
	visit = func(path string, root bool) {
		token, _ := dec.Token()
		delim, ok := token.(json.Delim)
		if !ok {
			if _, taken := settings[path]; taken {
				duplicate = true
			}
			switch v := token.(type) {
			case bool:
				settings[path] = strconv.Quote(map[bool]string{true: "True", false: "False"}[v])
			case nil:
				settings[path] = `""`
			case json.Number:
				settings[path] = strconv.Quote(v.String())
			default:
				settings[path] = strconv.Quote(token.(string))
			}
			return
		}
		count := 0
		for ; dec.More(); count++ {
			key := strconv.Itoa(count)
			if delim == '{' {
				token, _ := dec.Token()
				key = token.(string)
			}
			child := path + ":" + fold(key)
			if root {
				child = fold(key)
			}
			for i, c := range child {
				if c == ':' {
					inner[child[:i]] = true
				}
			}
			visit(child, false)
		}
		dec.Token()
		if count == 0 && !root {
			settings[path] = "null"
		}
	}
	visit("", true)
	for path, value := range settings {
		if value == "null" && inner[path] {
			delete(settings, path)
		}
	}
	return settings, duplicate
}

func tooDeepFor(src []byte, limit int) bool {
	depth := 0
	dec := json.NewDecoder(bytes.NewReader(src))
	for {
		token, err := dec.Token()
		if err != nil {
			return false
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > limit {
			return true
		}
	}
}

// trailingComma reports whether a comma stands behind a last member or element.
func trailingComma(d *JSON) bool {
	for i := range d.Nodes {
		last := None
		for last = range d.Children(NodeID(i)) {
		}
		if last != None {
			if _, comma := d.separator(last); comma {
				return true
			}
		}
	}
	return false
}
