package document

import "testing"

// applyXML carries out edits of d and reads the result.
func applyXML(tb testing.TB, d *XML, edits ...Edit) (string, *XML) {
	tb.Helper()
	raw, err := Apply(d.Raw, edits)
	if err != nil {
		tb.Fatalf("apply to %q: %v", shorten(string(d.Raw)), err)
	}
	t, err := DecodeXML("web.config", raw, Limits{})
	if err != nil {
		tb.Fatalf("decode %q: %v", shorten(string(raw)), err)
	}
	after, err := ParseXML(t, Limits{MaxXMLDepth: 1 << 20})
	if err != nil {
		tb.Fatalf("read %q, which was %q: %v", shorten(string(raw)), shorten(string(d.Raw)), err)
	}
	return string(raw), after
}

func TestSetAttr(t *testing.T) {
	for _, c := range []struct{ name, text, path, attr, value, want string }{
		{"a value", `<a b="c"/>`, "a", "b", "d", `<a b="d"/>`},
		{"the same value", `<a b="c"/>`, "a", "b", "c", `<a b="c"/>`},
		{"an empty value", `<a b="c"/>`, "a", "b", "", `<a b=""/>`},
		{"single quotes", `<a b = 'c' />`, "a", "b", `"'`, `<a b = '"&apos;' />`},
		{"double quotes", `<a b="c"></a>`, "a", "b", `"'`, `<a b="&quot;'"></a>`},
		{"marks", `<a b="c"/>`, "a", "b", "<&>\t\r\n", `<a b="&lt;&amp;>&#x9;&#xD;&#xA;"/>`},
		{"the first attribute", `<a/>`, "a", "b", "c", `<a b="c"/>`},
		{"the first attribute before a blank", `<a />`, "a", "b", "c", `<a b="c" />`},
		{"one more", `<a b="c"/>`, "a", "d", "e", `<a b="c" d="e"/>`},
		{"one more in single quotes", `<a b='c'/>`, "a", "d", "e", `<a b='c' d='e'/>`},
		{"one more on its line", "<a b=\"c\"\n   d=\"e\" />", "a", "f", "g", "<a b=\"c\"\n   d=\"e\"\n   f=\"g\" />"},
		{"one more, all on lines", "<a\r\n\tb=\"c\"\r\n\td=\"e\"\r\n/>", "a", "f", "g", "<a\r\n\tb=\"c\"\r\n\td=\"e\"\r\n\tf=\"g\"\r\n/>"},
		{"one more, one on a line", "<a\n  b=\"c\"></a>", "a", "f", "g", "<a\n  b=\"c\"\n  f=\"g\"></a>"},
		{"one more where lines are wrapped", "<a b=\"c\" d=\"e\"\n   f=\"g\"></a>", "a", "h", "i", "<a b=\"c\" d=\"e\"\n   f=\"g\" h=\"i\"></a>"},
		{"another case", `<a B="c"/>`, "a", "b", "d", `<a B="c" b="d"/>`},
		{"an inner element", "<a>\r\n<b c='d'/><b c='d'/></a>", "a/b", "c", "e", "<a>\r\n<b c='e'/><b c='d'/></a>"},
		{"a mark of UTF-8", "\uFEFF<a b=\"é\"/>", "a", "b", "ü", "\uFEFF<a b=\"ü\"/>"},
		{"UTF-16", wide("\uFEFF<a>é<b c=\"d\"/></a>", 2, false), "a/b", "c", "ü😀", wide("\uFEFF<a>é<b c=\"ü😀\"/></a>", 2, false)},
		{"iso-8859-1", declared("iso-8859-1", "<a b=\"\xE9\"/>"), "a", "b", "ü€", declared("iso-8859-1", "<a b=\"\xFC&#x20AC;\"/>")},
		{"windows-1252", declared("windows-1252", "<a b=\"\xE9\"/>"), "a", "b", "ü€\u0080", declared("windows-1252", "<a b=\"\xFC\x80&#x80;\"/>")},
		{"us-ascii", declared("us-ascii", "<a b=\"c\"/>"), "a", "b", "é", declared("us-ascii", "<a b=\"&#xE9;\"/>")},
		{"us-ascii with other bytes", declared("us-ascii", "<a><!--\xFF\xE9--><b c=\"\xE9d\"/></a>"), "a/b", "e", "é", declared("us-ascii", "<a><!--\xFF\xE9--><b c=\"\xE9d\" e=\"&#xE9;\"/></a>")},
		{"half a character at the end", "<a b=\"c\"/>\n\xE2\x82", "a", "b", "é", "<a b=\"é\"/>\n\xE2\x82"},
		{"a prefix", `<a xmlns:p="u" p:b="c" b="d"/>`, "a", "p:b", "e", `<a xmlns:p="u" p:b="e" b="d"/>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readXML(t, c.text)
			e, err := d.SetAttr(element(t, d, c.path), c.attr, c.value)
			if err != nil {
				t.Fatal(err)
			}
			got, after := applyXML(t, d, e)
			if got != c.want {
				t.Errorf("%q\n became %q,\n   want %q", c.text, got, c.want)
			}
			if v, _ := after.Attr(element(t, after, c.path), c.attr); v != c.value {
				t.Errorf("reads %q, want %q", v, c.value)
			}
		})
	}
}

func TestEditRefuses(t *testing.T) {
	d := readXML(t, declared("iso-8859-1", `<a b="1" c="2" xmlns:p="u" xmlns:q="u" p:d="">text<e/></a>`))
	text := NodeID(1)
	set := func(n NodeID, name, value string) error { _, err := d.SetAttr(n, name, value); return err }
	insert := func(markup string) error { _, err := d.InsertElement(0, None, markup); return err }
	renameAttr := func(i int32, name string) error { _, err := d.RenameAttr(i, name); return err }
	renameElement := func(n NodeID, name string) error { _, err := d.RenameElement(n, name); return err }
	remove := func(n NodeID) error { _, err := d.RemoveElement(n); return err }
	for name, err := range map[string]error{
		"NUL in a value":                    set(0, "b", "\x00"),
		"a noncharacter in a value":         set(0, "b", "\uFFFF"),
		"a value that is not UTF-8":         set(0, "b", "\xFF"),
		"an attribute of a text":            set(text, "b", ""),
		"a blank in a name":                 set(0, "b c", ""),
		"an empty name":                     set(0, "", ""),
		"a name that the encoding lacks":    set(0, "\u0439", ""),
		"a prefix that is not bound":        set(0, "r:x", ""),
		"the same attribute, other prefix":  set(0, "q:d", ""),
		"a declaration":                     set(0, "xmlns:p", "v"),
		"a wrong xml:space":                 set(0, "xml:space", "x"),
		"the other attribute's name":        renameAttr(0, "c"),
		"no name for an attribute":          renameAttr(0, "1"),
		"the name of a declaration":         renameAttr(2, "x"),
		"a name for a text":                 renameElement(text, "x"),
		"two colons":                        renameElement(0, "p:q:r"),
		"the root":                          remove(0),
		"a text":                            remove(text),
		"no markup":                         insert(""),
		"text":                              insert("x"),
		"two elements":                      insert("<x/><y/>"),
		"a comment before the element":      insert("<!-- x --><x/>"),
		"half an element":                   insert("<x>"),
		"a declaration of XML":              insert("<?xml version='1.0'?><x/>"),
		"an entity":                         insert("<x>&y;</x>"),
		"a prefix that is bound nowhere":    insert("<x><r:y/></x>"),
		"a letter that the encoding lacks":  insert("<\u0439/>"),
		"a comment that the encoding lacks": insert("<x><!-- \u0439 --></x>"),
	} {
		if err == nil {
			t.Errorf("no error for %s", name)
		}
	}
	if _, err := d.InsertElement(2, 1, "<x/>"); err == nil {
		t.Error("no error for a place elsewhere")
	}
	if _, err := d.InsertElement(text, None, "<x/>"); err == nil {
		t.Error("no error for an element in a text")
	}
}

func TestRenameAndRemoveAttr(t *testing.T) {
	d := readXML(t, "<a  b='1'\n\tc='2' d=\"3\"\n><e></e ><f/></a>")
	root := d.Root()
	rename, err := d.RenameAttr(d.AttrNode(root, "c"), "g")
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.RenameElement(d.Child(root, "e"), "longer.name")
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.RenameElement(d.Child(root, "f"), "h")
	if err != nil {
		t.Fatal(err)
	}
	got, _ := applyXML(t, d, append(append(e, f...), rename, d.RemoveAttr(root, 0), d.RemoveAttr(root, 2))...)
	if want := "<a\n\tg='2'\n><longer.name></longer.name ><h/></a>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEscapeAttr(t *testing.T) {
	for r := rune(0); r <= 0x10FFFF; r++ {
		if r == 0x3000 { // the rest is alike
			r = 0xD700
		}
		if r == 0xE100 {
			r = 0xFF00
		}
		if r == 0x10100 {
			r = 0x10FF00
		}
		for _, quote := range []byte{'"', '\''} {
			escaped, err := EscapeAttr("a"+string(r)+"b", quote)
			if legal := legalRune(r) || r >= 0xD800 && r < 0xE000; legal != (err == nil) { // Go makes U+FFFD of a surrogate
				t.Fatalf("U+%04X: %v", r, err)
			}
			if err != nil {
				continue
			}
			q := string(rune(quote))
			d := readXML(t, "<a b="+q+escaped+q+"/>")
			if got := d.AttrValue(0); got != "a"+string(r)+"b" {
				t.Fatalf("U+%04X became %q", r, got)
			}
		}
	}
}
