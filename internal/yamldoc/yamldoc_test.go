package yamldoc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
)

var testForm = Form{
	Schema: jsonschema.MustCompileString("test", `{
		"type": "object", "additionalProperties": false,
		"properties": {
			"color": {"enum": ["red", "green"]},
			"on": {}, "app-designer": {},
			"size": {"type": "integer", "minimum": 1, "maximum": 9},
			"names": {"type": "array", "items": {"type": "string", "minLength": 1}},
			"levels": {"type": "object", "additionalProperties": {"enum": ["high", "low"]}},
			"part": {"type": "object", "required": ["a", "b"]}
		}
	}`),
	What: "the test", See: "see the test",
}

func read(t testing.TB, text string) *Doc {
	t.Helper()
	decoded, err := document.DecodeJSON("x", []byte(text), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return Read(decoded, testForm)
}

// Where a node stands, whatever ends lines and whatever it is quoted with.
func TestSpan(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a: b\nc: d", "a|b|c|d"},
		{"a: b\r\nc: d\r\n", "a|b|c|d"},
		{"a: b\rc: d", "a|b|c|d"},
		{"ä: \"b\\\" #\"\nc: 'it''s' # d", `ä|"b\" #"|c|'it''s'`},
		{"a: [ü, {b: 1}]", "a|[|ü|{|b|1"},
		{"a: \u2028  b\nc: d", "a|b|c|d"},
		{"a: |\n  b\nc: d", "a|||c|d"},
	} {
		d := read(t, c.text)
		if d.Root == nil {
			t.Fatalf("%q: %v", c.text, d.Problems)
		}
		var got []string
		var walk func(n *yaml.Node)
		walk = func(n *yaml.Node) {
			span := d.Span(n)
			got = append(got, string(d.lines.text[span.Start:span.End]))
			for _, child := range n.Content {
				walk(child)
			}
		}
		for _, child := range d.Root.Content {
			walk(child)
		}
		if got := strings.Join(got, "|"); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"color: red\nlevels: {x: high}\n", ""},
		{"colour: red", `1 the key "colour" is not known; did you mean "color"?`},
		{"at: 1", `1 the key "at" is not known; the keys here are: app-designer, color,`}, // not: did you mean "on"?
		{"AD: 1", `1 the key "AD" is not known; did you mean "app-designer"?`},
		{"%YAML 1.2\n---\ncolor: red", ""},
		{"# first\r\n%YAML 1.1\r\n---\r\ncolor: red", ""},
		{"%YAML 1.2\n---\ncolour: red", `15 the key "colour" is not known; did you mean "color"?`},
		{"%YAML 2.0\n---\ncolor: red", "1 the file is not YAML: found incompatible YAML document"},
		{"color: grean", `8 color: the value is not one that is known; did you mean "green"?`},
		{"levels:\n  x: hihg", `14 levels.x: the value is not one that is known; did you mean "high"?`},
		{"size: 12", "7 size: the number is out of range; write a number from 1 to 9"},
		{"size: big", "7 size: expected integer, but got string; write a whole number, without quotes"},
		{"names: [a, '']", "12 names[1]: the value is empty; give one, or leave the key out"},
		{"part: {}", "1 part: one of the keys a, b is missing; add it"},
		{"size: 1\nsize: 2", `9 the key "size" stands here a second time; keep one of the two`},
		{"a: &x 1", "4 anchors and aliases are not read; write the value out"},
		{strings.Repeat("[", 40) + strings.Repeat("]", 40), "33 the test is nested too deeply; see the test"},
		{"a: b: c", "5 the file is not YAML: mapping values are not allowed in this context"},
		{"a: 1\n---\nb: 2", "6 the file is not YAML: it holds more than one document; keep one, and delete the line --- that begins the other"},
		{"a: \x01", "4 the file is not YAML: it holds a control character; delete it; a file in another encoding needs a byte order mark"},
	} {
		var got []string
		for _, p := range read(t, c.text).Sorted() {
			got = append(got, fmt.Sprintf("%d %s; %s", p.Span.Start+1, p.Message, p.Hint))
		}
		if got := strings.Join(got, "\n"); got != c.want && (c.want == "" || !strings.HasPrefix(got, c.want)) {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
	many := read(t, strings.Repeat("x: 1\n", MaxProblems*2)).Sorted()
	if len(many) != MaxProblems+1 || !strings.HasPrefix(many[MaxProblems].Message, "there are ") {
		t.Errorf("%d problems", len(many))
	}
}
