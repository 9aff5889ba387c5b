package lint

import (
	"fmt"
	"strings"
	"testing"
)

// brief is a directive on one line: verb, rules, end, reason.
func brief(d directive) string {
	var names []string
	for _, n := range d.names {
		names = append(names, n.text)
	}
	s := d.verb + " [" + strings.Join(names, " ") + "]"
	if d.hasUntil {
		s += " until " + d.until
	}
	if d.reason != "" {
		s += " because " + d.reason
	}
	return s
}

func TestParseComment(t *testing.T) {
	for _, c := range []struct{ comment, want string }{
		{"// xmlint:ignore XM3006 until=2027-01-31 -- rotated weekly", "ignore [XM3006] until 2027-01-31 because rotated weekly"},
		{"//xmlint:ignore XM3006 -- why", "ignore [XM3006] because why"},
		{"# xmlint:ignore XM1002 until=5.0 -- why", "ignore [XM1002] until 5.0 because why"},
		{"<!-- xmlint:ignore XM3006 - rotated weekly -->", "ignore [XM3006] because rotated weekly"},
		{"<!-- xmlint:ignore XM3006 — rotated weekly -->", "ignore [XM3006] because rotated weekly"},
		{"<!--\n    xmlint:ignore XM3006\n      - rotated\n      weekly\n-->", "ignore [XM3006] because rotated weekly"},
		{"<!-- xmlint:ignore XM3006: rotated weekly -->", "ignore [XM3006] because rotated weekly"},
		{`<!-- xmlint:ignore XM3006 reason="rotated weekly" -->`, "ignore [XM3006] because rotated weekly"},
		{"/* xmlint:ignore redis-abort-connect, XM3006 -- a - b -- c */", "ignore [redis-abort-connect XM3006] because a - b -- c"},
		{"/* xmlint:ignore XM3006,XM3004--why */", "ignore [XM3006 XM3004] because why"},
		{"/*\n * xmlint:ignore XM3006 -- one\n * xmlint:file-ignore XM3004 -- two\n */", "ignore [XM3006] because one; file-ignore [XM3004] because two"},
		{"/* Old.\r\n   xmlint:ignore XM3006 -- one */", "ignore [XM3006] because one"},
		{"// xmlint:ignore XM3006 UNTIL=5.0 XM3004 -- why", "ignore [XM3006 XM3004] until 5.0 because why"},
		{"// xmlint:ignore XM3006", "ignore [XM3006]"},
		{"// xmlint:ignore XM3006 --", "ignore [XM3006]"},
		{"// xmlint:ignore -- why", "ignore [] because why"},
		{"// xmlint:ignore", "ignore []"},
		{"// xmlint:", " []"},
		{"// xmlint: ignore XM3006 -- why", " [ignore XM3006] because why"},
		{"// xmlint:disable XM3006 -- why", "disable [XM3006] because why"},
		{"// xmlint:ignore XM3006 until= -- why", "ignore [XM3006] until  because why"},
		{"// xmlint:ignore XM3006 -- rotated weekly until=2027-01-31", "ignore [XM3006] until 2027-01-31 because rotated weekly"},
		{"<!-- xmlint:ignore XM3006 - rotated\n weekly Until=5.0\n-->", "ignore [XM3006] until 5.0 because rotated weekly"},
		{"// xmlint:ignore XM3006 -- until=5.0", "ignore [XM3006] until 5.0"},
		{"// xmlint:ignore XM3006 -- holds until=5.0 or so", "ignore [XM3006] because holds until=5.0 or so"},
		{"// xmlint:ignore XM3006 until=5.0 -- not until=6.0", "ignore [XM3006] until 5.0 because not until=6.0"},
		{"// see xmlint:ignore XM3006 -- why", ""},
		{"// XMLINT:ignore XM3006 -- why", ""},
		{"// nothing", ""},
	} {
		var got []string
		for _, d := range parseComment([]byte(c.comment), 0) {
			got = append(got, brief(d))
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.comment, got, c.want)
		}
	}
}

func TestDirectiveSpans(t *testing.T) {
	const at = 100
	comment := "/* x\n xmlint:ignore XM3006, XM3004 until=5.0 -- why */"
	all := parseComment([]byte(comment), at)
	if len(all) != 1 {
		t.Fatalf("%d directives", len(all))
	}
	d := all[0]
	text := func(start, end int32) string { return comment[start-at : end-at] }
	got := fmt.Sprint(text(d.span.Start, d.span.End), "|", text(d.names[1].span.Start, d.names[1].span.End), "|", text(d.untilSpan.Start, d.untilSpan.End))
	if want := "xmlint:ignore XM3006, XM3004 until=5.0 -- why|XM3004|until=5.0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Whatever a comment holds, its directives lie inside it, in order, and what
// they are made of is what stands at its span.
func FuzzParseComment(f *testing.F) {
	for _, seed := range []string{
		"// xmlint:ignore XM3006 until=2027-01-31 -- rotated weekly", "<!-- xmlint:ignore XM3006 - x -->",
		"/*\n * xmlint:ignore A--b\n xmlint:file-ignore B: c\r\n*/", "# xmlint:", "//xmlint:ignore — –\xff", "/*xmlint:ignore until=*/",
		"/*/", "<!-->", "xmlint:ignore reason=' '", "// xmlint:ignore " + strings.Repeat("a,", 200),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, comment []byte) {
		const at = 7
		before := int32(at)
		for _, d := range parseComment(comment, at) {
			if d.span.Start < before || d.span.End < d.span.Start || int(d.span.End) > at+len(comment) {
				t.Fatalf("%q: a directive at %v", comment, d.span)
			}
			before = d.span.End
			if !strings.HasPrefix(string(comment[d.span.Start-at:d.span.End-at]), directiveMark) {
				t.Fatalf("%q: no directive at %v", comment, d.span)
			}
			if len(d.names) > maxNames {
				t.Fatalf("%d names", len(d.names))
			}
			for _, n := range d.names {
				if n.text == "" || n.span.Start < d.span.Start || n.span.End > d.span.End || string(comment[n.span.Start-at:n.span.End-at]) != n.text {
					t.Fatalf("%q: the name %q at %v", comment, n.text, n.span)
				}
			}
			if d.hasUntil && (d.untilSpan.Start < d.span.Start || d.untilSpan.End > d.span.End) {
				t.Fatalf("%q: until at %v", comment, d.untilSpan)
			}
		}
	})
}
