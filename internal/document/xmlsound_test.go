package document

import (
	"strings"
	"testing"
)

// xmlSound are texts that .NET's XmlReader reads, and what of them we keep, as
// outline writes it.
var xmlSound = []struct {
	name, text, outline string
	lint                string // why xmllint refuses it, if it does
}{
	{"an empty element", "<a/>", "a/", ""},
	{"an empty element in two tags", "<a></a>", "a()", ""},
	{"white space around", " \r\n<a/>\t\n", "a/", ""},
	{"white space in tags", "<a\n\tb = 'c'\r\n ></a\n>", "a[b=c]()", ""},
	{"nested", "<a>\n <b><c/></b>\n <d/>\n</a>", "a(b(c/)d/)", ""},
	{"text", "<a>x<b/>y&lt;z</a>", "a('x'b/'y<z')", ""},
	{"text that is white space", "<a> <b/>\t&#32;</a>", "a(b/'\t ')", ""},
	{"brackets in text", "<a>]]]] &gt; ]></a>", "a(']]]] > ]>')", ""},
	{"line ends in text", "<a>b\r\nc\rd\n\re</a>", "a('b\nc\nd\n\ne')", ""},
	{"line ends in a value", "<a b='c\r\nd\re\n\tf&#10;g'/>", "a[b=c d e  f\ng]/", ""},
	{"both quotes", `<a b='"' c="'" d=">"/>`, `a[b="][c='][d=>]/`, ""},
	{"references", "<a b='&amp;&lt;&gt;&quot;&apos;&#65;&#x42;&#x1F600;&#x9;'/>", "a[b=&<>\"'AB😀\t]/", ""},
	{"long references", "<a>&#0000000065;&#x000000041;</a>", "a('AA')", ""},
	{"a CDATA section", "<a>b<![CDATA[<c>&amp;]]]]>d</a>", "a('b'!'<c>&amp;]]''d')", ""},
	{"an empty CDATA section", "<a><![CDATA[]]></a>", "a(!'')", ""},
	{"comments", "<!----><a><!-- - <b> &c; ]]> --></a><!--d-->", "a()", ""},
	{"instructions", "<?b?><a><?c d??><?xml-model e?></a><?f ?>", "a()", ""},
	{"text on both sides of a comment", "<a>b<!--c-->d</a>", "a('b''d')", ""},
	{"a declaration", "<?xml version='1.0'?><a/>", "a/", ""},
	{"a whole declaration", "<?xml version = \"1.0\" encoding='utf-8'\n standalone=\"no\" ?>\n<a/>", "a/", ""},
	{"standalone without encoding", "<?xml version='1.0' standalone='yes'?><a/>", "a/", ""},
	{"names", "<_a.-1 b\u00B7\u0300='\u0E01'><\u65E5\u672C/></_a.-1>", "_a.-1[b\u00B7\u0300=\u0E01](\u65E5\u672C/)", ""},
	{"characters of every length", "<a>é\u20AC😀\uE000\uFFFD\u0085\u007F</a>", "a('é\u20AC😀\uE000\uFFFD\u0085\u007F')", ""},
	{"a document type", "<!DOCTYPE a><a/>", "a/", ""},
	{"a document type on the net", "<!DOCTYPE a PUBLIC \"-//b//c\" 'http://127.0.0.1/d.dtd'><a/>", "a/", ""},
	{"a document type of the system", "<!DOCTYPE a SYSTEM '/etc/passwd'><a/>", "a/", ""},
	{"a document type with declarations", "<!DOCTYPE a [\n<!ELEMENT a ANY> <!-- ' --> <?b ' ?>\n<!ENTITY c \"]>\"> ]\n><a/>", "a/", ""},
	{"an entity that is declared", "<!DOCTYPE a [<!ENTITY b 'c'>]><a d='&b;'>&b;</a>", "a[d=&b;]('&b;')", ""},
	{"a comment that begins twice", "<!DOCTYPE a [<!-- <!--> ' --> \"]\"]><a/>", "a/", lintSubset},
	{"an instruction that begins twice", "<!DOCTYPE a [<?b <?> ' ?> \"]\"]><a/>", "a/", lintSubset},
	{"a declaration that is none", "<!DOCTYPE a [<!B]><a/>", "a/", lintSubset},
	{"the default namespace", "<a xmlns='u'><b xmlns=''/></a>", "{u}a[xmlns=u](b[xmlns=]/)", ""},
	{"prefixes", "<p:a xmlns:p='u' p:b='1' b='2'><c xmlns:p='v'><p:d/></c><p:e/></p:a>", "{u}p:a[xmlns:p=u][p:b=1][b=2](c[xmlns:p=v]({v}p:d/){u}p:e/)", ""},
	{"an attribute without prefix is in no namespace", "<a xmlns='u' xmlns:p='u' p:b='1' b='2'/>", "{u}a[xmlns=u][xmlns:p=u][p:b=1][b=2]/", ""},
	{"a namespace that is declared after its use", "<p:a p:b='1' xmlns:p='u'/>", "{u}p:a[p:b=1][xmlns:p=u]/", ""},
	{"the prefix xml", "<a xml:lang='en' xml:space=' preserve '><xml:b/></a>", "a[xml:lang=en][xml:space= preserve ]({" + nsXML + "}xml:b/)", ""},
	{"the prefix xml, declared", "<a xmlns:xml='" + nsXML + "'/>", "a[xmlns:xml=" + nsXML + "]/", ""},
	{"attributes that differ in case", "<a b='1' B='2'/>", "a[b=1][B=2]/", ""},
}

func TestXMLSound(t *testing.T) {
	for _, c := range xmlSound {
		t.Run(c.name, func(t *testing.T) {
			d := readXML(t, c.text)
			if got := outline(d, d.Root()); got != c.outline {
				t.Errorf("read %q as\n%q, want\n%q", c.text, got, c.outline)
			}
			checkXML(t, d)
		})
	}
}

// outline writes the content of an element on one line.
func outline(d *XML, n NodeID) string {
	var b strings.Builder
	x := &d.Nodes[n]
	switch x.Kind {
	case CharData:
		return "'" + d.TextOf(n) + "'"
	case CDATA:
		return "!'" + d.TextOf(n) + "'"
	}
	if ns := d.NamespaceURI(n); ns != "" {
		b.WriteString("{" + ns + "}")
	}
	b.WriteString(d.Name(n))
	for i := x.AttrFrom; i < x.AttrTo; i++ {
		b.WriteString("[" + d.AttrName(i) + "=" + d.AttrValue(i) + "]")
	}
	if x.EndTag.IsZero() {
		return b.String() + "/"
	}
	b.WriteString("(")
	for c := n + 1; c < x.Next; c = d.Nodes[c].Next {
		b.WriteString(outline(d, c))
	}
	return b.String() + ")"
}

// checkXML checks what holds for every document that was read: where its parts
// lie, and in which order.
func checkXML(tb testing.TB, d *XML) {
	tb.Helper()
	b := d.Text.Bytes
	within := func(what string, s, in Span) {
		if s.Start < in.Start || s.Start > s.End || s.End > in.End {
			tb.Fatalf("%s at %v, outside %v", what, s, in)
		}
	}
	last, attrs := int32(0), int32(0)
	for i := range d.Nodes {
		n, x := NodeID(i), &d.Nodes[i]
		around := Span{0, int32(len(b))}
		if (i == 0) != (x.Parent == None) {
			tb.Fatalf("node %d has the parent %d", i, x.Parent)
		}
		if x.Parent != None {
			p := &d.Nodes[x.Parent]
			around = Span{p.StartTag.End, p.EndTag.Start}
			if x.Parent >= n || x.Next > p.Next {
				tb.Fatalf("node %d to %d in node %d to %d", n, x.Next, x.Parent, p.Next)
			}
		}
		within("node", Span{x.StartTag.Start, d.end(n)}, around)
		if x.StartTag.Start < last || x.Next <= n || int(x.Next) > len(d.Nodes) || x.AttrFrom != attrs {
			tb.Fatalf("node %d is %+v, the one before it starts at %d", n, *x, last)
		}
		last = x.StartTag.Start
		if x.Kind != Element {
			if x.Next != n+1 || x.AttrTo != x.AttrFrom {
				tb.Fatalf("text %d holds something", n)
			}
			continue
		}
		within("name", x.Name, x.StartTag)
		if b[x.StartTag.Start] != '<' || b[x.StartTag.End-1] != '>' || x.Name.Start != x.StartTag.Start+1 {
			tb.Fatalf("start tag %q of <%s>", d.slice(x.StartTag), d.Name(n))
		}
		if end := string(d.slice(x.EndTag)); end == "" {
			if b[x.StartTag.End-2] != '/' || x.Next != n+1 {
				tb.Fatalf("no end tag of <%s>", d.Name(n))
			}
		} else if !strings.HasPrefix(end, "</"+d.Name(n)) || !strings.HasSuffix(end, ">") {
			tb.Fatalf("end tag %q of <%s>", end, d.Name(n))
		}
		from := x.Name.End
		for _, a := range d.Attrs[x.AttrFrom:x.AttrTo] {
			within("attribute", Span{a.Name.Start, a.Value.End}, Span{from + 1, x.StartTag.End})
			if v := d.slice(a.Value); len(v) < 2 || v[0] != v[len(v)-1] || v[0] != '"' && v[0] != '\'' || a.Name.End >= a.Value.Start {
				tb.Fatalf("attribute %q=%s", d.slice(a.Name), v)
			}
			from = a.Value.End
		}
		attrs = x.AttrTo
	}
	if int(attrs) != len(d.Attrs) {
		tb.Fatalf("%d attributes, %d of them in elements", len(d.Attrs), attrs)
	}
	for _, c := range d.Comments {
		if s := string(d.slice(c)); !strings.HasPrefix(s, "<!--") || !strings.HasSuffix(s, "-->") {
			tb.Fatalf("comment %q", s)
		}
	}
	if s := string(d.slice(d.Doctype)); s != "" && (!strings.HasPrefix(s, "<!DOCTYPE") || !strings.HasSuffix(s, ">")) {
		tb.Fatalf("document type %q", s)
	}
}
