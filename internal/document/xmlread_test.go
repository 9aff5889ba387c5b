package document

import (
	"slices"
	"strings"
	"testing"
)

func TestXMLRead(t *testing.T) {
	d := readXML(t, webConfig(t))
	if got := d.Name(d.Root()); got != "configuration" {
		t.Fatalf("root <%s>", got)
	}
	var names []string
	for n := range d.Children(d.Root()) {
		names = append(names, d.Name(n))
	}
	if want := []string{"configSections", "xmpro", "appSettings", "system.web", "system.webServer", "runtime"}; !slices.Equal(names, want) {
		t.Errorf("children %v, want %v", names, want)
	}
	for n := range d.Children(d.Root()) {
		if n == d.Child(d.Root(), "xmpro") {
			break
		}
	}
	scale := element(t, d, "configuration/xmpro/autoScale")
	if got := d.Path(scale); got != "configuration/xmpro/autoScale" {
		t.Errorf("path %s", got)
	}
	if v, ok := d.Attr(scale, "enabled"); v != "false" || !ok {
		t.Errorf("enabled=%q, %v", v, ok)
	}
	for _, name := range []string{"Enabled", "enable", "", "salt"} {
		if v, ok := d.Attr(scale, name); v != "" || ok || d.AttrNode(scale, name) != -1 {
			t.Errorf("%s=%q", name, v)
		}
	}
	if d.Child(d.Root(), "XMPro") != None || d.Child(None, "a") != None || d.Child(scale, "a") != None || d.AttrNode(None, "a") != -1 {
		t.Error("found what is not there")
	}
	data := element(t, d, "configuration/xmpro/xmidentity/data")
	if v, _ := d.Attr(data, "connectionString"); !strings.Contains(v, `connection string="Server=`) {
		t.Errorf("quotes are not decoded in %q", v)
	}
	redirect := element(t, d, "configuration/runtime/assemblyBinding/dependentAssembly/bindingRedirect")
	if got := d.NamespaceURI(redirect); got != "urn:schemas-microsoft-com:asm.v1" {
		t.Errorf("namespace %q", got)
	}
	if got := d.NamespaceURI(scale); got != "" {
		t.Errorf("namespace %q", got)
	}
	if len(d.Comments) != 2 {
		t.Errorf("%d comments", len(d.Comments))
	}
	checkXML(t, d)
}

func TestXMLTextOf(t *testing.T) {
	d := readXML(t, "<p:a xmlns:p='u'>b\r\n&lt;<c>d</c><![CDATA[&e;\r]]><!-- f --> g</p:a>")
	if got := d.TextOf(0); got != "b\n<&e;\n g" {
		t.Errorf("text %q", got)
	}
	if got := d.TextOf(d.Child(0, "c")); got != "d" {
		t.Errorf("text %q", got)
	}
	if got := d.Local(0); got != "a" || d.Name(0) != "p:a" {
		t.Errorf("name %s of %s", got, d.Name(0))
	}
	for range d.Children(1) {
		t.Error("a text has children")
	}
}

func TestXMLParseAgain(t *testing.T) {
	var d XML
	if d.Root() != None {
		t.Error("an empty document has a root")
	}
	broken := decodeXML(t, "<!DOCTYPE a [<!ENTITY b 'c'>]><a xmlns:p='u'><!-- d --><p:b><c d='1'>e</a>")
	for range 3 {
		if err := d.Parse(broken, Limits{}); err == nil {
			t.Fatal("no fault")
		}
		if err := d.Parse(decodeXML(t, "<a>&b;</a>"), Limits{}); err == nil {
			t.Fatal("an entity of the file before is still declared")
		}
		if err := d.Parse(decodeXML(t, "<p:a/>"), Limits{}); err == nil {
			t.Fatal("a prefix of the file before is still bound")
		}
		if err := d.Parse(decodeXML(t, "<a/>"), Limits{}); err != nil {
			t.Fatal(err)
		}
		if len(d.Nodes) != 1 || len(d.Attrs) != 0 || len(d.Comments) != 0 || !d.Doctype.IsZero() {
			t.Fatalf("left over: %+v", d)
		}
	}
}

func TestXMLParseAllocates(t *testing.T) {
	raw := []byte(webConfig(t))
	var text Text
	var d XML
	read := func() {
		if err := text.ResetXML("web.config", raw, Limits{}); err != nil {
			t.Fatal(err)
		}
		if err := d.Parse(&text, Limits{}); err != nil {
			t.Fatal(err)
		}
		if d.Child(d.Child(d.Root(), "xmpro"), "autoScale") == None {
			t.Fatal("no autoScale")
		}
	}
	if n := testing.AllocsPerRun(100, read); n > 0 {
		t.Errorf("%v allocations for a file", n)
	}
}

func TestAttrSpan(t *testing.T) {
	for _, c := range []struct{ written, part, want string }{
		{"host:6379,password=x", "password", "password"},
		{"a&amp;b", "&", "&amp;"},
		{"a&amp;b", "b", "b"},
		{"a&amp;b", "a&b", "a&amp;b"},
		{"&#x1F600;é&quot;z", "é", "é"},
		{"&#x1F600;é&quot;z", "\"", "&quot;"},
		{"&#x1F600;é&quot;z", "😀", "&#x1F600;"},
		{"a\r\nb\tc", " b", "\r\nb"},
		{"a\r\nb\tc", "c", "c"},
		{"&#233;&#xE9;", "éé", "&#233;&#xE9;"},
	} {
		text := "<a b=\"" + c.written + "\"/>"
		d := readXML(t, text)
		from := strings.Index(d.AttrValue(0), c.part)
		s := d.AttrSpan(0, from, from+len(c.part))
		if got := string(d.slice(s)); got != c.want {
			t.Errorf("%q of %q stands at %q, want %q", c.part, c.written, got, c.want)
		}
	}
	d := readXML(t, "<a b='xyz' c='&lt;'/>")
	for i, n := range []int{3, 1} {
		v := d.Attrs[i].Value
		for from := -2; from < n+3; from++ {
			for to := -2; to < n+3; to++ {
				if s := d.AttrSpan(int32(i), from, to); s.Start <= v.Start || s.End >= v.End || s.Start > s.End {
					t.Errorf("[%d, %d) of attribute %d is %v in %v", from, to, i, s, v)
				}
			}
		}
	}
}
