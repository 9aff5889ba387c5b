package document

import (
	"os"
	"strings"
	"testing"
)

// webConfig is a file as a Subscription Manager has it, made up: the xmpro
// section, settings, handlers and binding redirects.
func webConfig(tb testing.TB) string {
	tb.Helper()
	b, err := os.ReadFile("testdata/web.config")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// decodeXML decodes a file that has to be decodable.
func decodeXML(tb testing.TB, raw string) *Text {
	tb.Helper()
	t, err := DecodeXML("web.config", []byte(raw), Limits{})
	if err != nil {
		tb.Fatalf("decode %q: %v", shorten(raw), err)
	}
	return t
}

// readXML reads a file that has to be well-formed.
func readXML(tb testing.TB, raw string) *XML {
	tb.Helper()
	t := decodeXML(tb, raw)
	d, err := ParseXML(t, Limits{})
	if err != nil {
		tb.Fatalf("read %q: %v at %v", shorten(raw), err, t.Position(err.(*Error).Span.Start))
	}
	return d
}

// element finds an element by the path that XML.Path gives it.
func element(tb testing.TB, d *XML, path string) NodeID {
	tb.Helper()
	n := d.Root()
	for i, name := range strings.Split(path, "/") {
		if i > 0 {
			n = d.Child(n, name)
		}
		if n == None || d.Name(n) != name {
			tb.Fatalf("no element %s", path)
		}
	}
	return n
}

func shorten(s string) string {
	if len(s) > 200 {
		return s[:200] + "..."
	}
	return s
}
