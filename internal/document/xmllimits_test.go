package document

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestXMLDepth(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }
	for _, c := range []struct {
		text  string
		limit int
		at    int32 // where it is too deep; -1 if it is not
	}{
		{nested(200), 0, -1},
		{nested(201), 0, 600},
		{strings.Repeat("<a>", 200) + "<b/>", 0, 600},
		{nested(3), 2, 6},
		{nested(100_000), 0, 600},
		{strings.Repeat("<a>", 1_000_000), 0, 600},
		{nested(5_000), 10_000, -1},
	} {
		_, err := ParseXML(decodeXML(t, c.text), Limits{MaxXMLDepth: c.limit})
		if c.at < 0 {
			if err != nil {
				t.Errorf("%s, limit %d: %v", shorten(c.text)[:9], c.limit, err)
			}
			continue
		}
		if fault, ok := err.(*Error); !ok || fault.Kind != ErrDepth || fault.Span.Start != c.at {
			t.Errorf("%s, limit %d: %v", shorten(c.text)[:9], c.limit, err)
		}
	}
}

// TestXMLLinear reads texts that would be slow if anything were looked for
// again and again.
func TestXMLLinear(t *testing.T) {
	list := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	var laughs strings.Builder
	laughs.WriteString("<!DOCTYPE a [<!ENTITY l0 'ha'>")
	for i := range 20 {
		fmt.Fprintf(&laughs, "<!ENTITY l%d '%s'>", i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	const n = 50_000
	for name, text := range map[string]string{
		"a billion laughs":        laughs.String() + "]><a>&l20;</a>",
		"attributes":              "<a " + list(n, "b%d='' ") + "/>",
		"prefixes":                "<a " + list(n, "xmlns:b%[1]d='u%[1]d' ") + ">" + strings.Repeat("<b0:c/>", n) + "</a>",
		"attributes with prefix":  "<a " + list(n, "xmlns:b%[1]d='u%[1]d' b%[1]d:c='' ") + "/>",
		"entities":                "<!DOCTYPE a [" + list(n, "<!ENTITY e%d ''>") + "]><a>" + list(n, "&e%d;") + "</a>",
		"references":              "<a b='" + strings.Repeat("&amp;", n) + "'>" + strings.Repeat("&#65;", n) + "</a>",
		"brackets":                "<a>" + strings.Repeat("]]", n) + "</a>",
		"comments":                "<a>" + strings.Repeat("<!-- - -->", n) + "</a>",
		"instructions that end":   "<a>" + strings.Repeat("<?b ??>", n) + "</a>",
		"one line":                "<a b='" + strings.Repeat("x", 50*n) + "'/>",
		"elements in a namespace": "<a xmlns='u'>" + strings.Repeat("<b xmlns='v' c=''/>", n) + "</a>",
	} {
		start := time.Now()
		d := readXML(t, text)
		checkXML(t, d)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

// TestXMLGivesMemoryBack reads a small file after a large one.
func TestXMLGivesMemoryBack(t *testing.T) {
	var d XML
	for _, text := range []string{"<a>" + strings.Repeat("<b c=''/>", 300_000) + "</a>", "<a/>"} {
		if err := d.Parse(decodeXML(t, text), Limits{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := cap(d.Nodes) + cap(d.Attrs) + cap(d.Comments); n > 1000 {
		t.Errorf("memory for %d nodes and attributes is kept", n)
	}
}
