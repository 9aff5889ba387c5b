package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"
)

func xmlCorpus(f *testing.F, add func(raw string)) {
	f.Helper()
	for _, s := range xmlSeeds {
		add(s)
	}
	for _, c := range xmlSound {
		add(c.text)
	}
	add(webConfig(f))
	for _, bigEndian := range []bool{false, true} {
		add(wide("\uFEFF"+xmlSeeds[2], 2, bigEndian))
		add(wide("\uFEFF"+xmlSeeds[2], 4, bigEndian))
	}
}

// FuzzXML reads any bytes: without panic, with spans in their places, and with
// what encoding/xml finds in a file that we take.
func FuzzXML(f *testing.F) {
	xmlCorpus(f, func(raw string) { f.Add([]byte(raw)) })
	for _, c := range xmlFaults {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := DecodeXML("web.config", raw, Limits{})
		if err != nil {
			checkFault(t, text, err.(*Error))
			return
		}
		d := new(XML)
		if err := d.Parse(text, Limits{}); err != nil {
			var fault *Error
			if !errors.As(err, &fault) {
				t.Fatalf("%T: %v", err, err)
			}
			checkFault(t, text, fault)
			return
		}
		checkXML(t, d)
		for i, a := range d.Attrs {
			value := d.AttrValue(int32(i))
			if s := d.AttrSpan(int32(i), 0, len(value)); s.Start != a.Value.Start+1 || s.End != a.Value.End-1 {
				t.Fatalf("%q stands at %v, not %v", value, s, a.Value)
			}
		}
		if d.Doctype.IsZero() && !bytes.Contains(text.Bytes, []byte("<?xml")) {
			compareTokens(t, d)
		}
	})
}

// compareTokens compares d with what encoding/xml reads, which is laxer: it
// takes all that we take, and means the same by it.
func compareTokens(t *testing.T, d *XML) {
	r := xml.NewDecoder(bytes.NewReader(d.Text.Bytes))
	next := NodeID(0)
	for {
		token, err := r.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("encoding/xml: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for int(next) < len(d.Nodes) && d.Nodes[next].Kind != Element {
			next++
		}
		if int(next) == len(d.Nodes) {
			t.Fatalf("encoding/xml reads one more element, %v", start.Name)
		}
		x := &d.Nodes[next]
		if name := qualified(start.Name); name != d.Name(next) || len(start.Attr) != int(x.AttrTo-x.AttrFrom) {
			t.Fatalf("encoding/xml reads <%s> with %d attributes, we <%s>", name, len(start.Attr), d.Name(next))
		}
		for k, a := range start.Attr {
			i := x.AttrFrom + int32(k)
			if name := qualified(a.Name); name != d.AttrName(i) {
				t.Fatalf("encoding/xml reads the attribute %s, we %s", name, d.AttrName(i))
			}
			// It leaves line ends and tabs in values as they are.
			if raw := d.rawValue(i); bytes.ContainsAny(raw, "\t\r\n") {
				continue
			}
			if a.Value != d.AttrValue(i) {
				t.Fatalf("encoding/xml reads the value %q, we %q", a.Value, d.AttrValue(i))
			}
		}
		next++
	}
	for ; int(next) < len(d.Nodes); next++ {
		if d.Nodes[next].Kind == Element {
			t.Fatalf("encoding/xml does not read <%s>", d.Name(next))
		}
	}
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
