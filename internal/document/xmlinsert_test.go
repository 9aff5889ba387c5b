package document

import (
	"strings"
	"testing"
)

func TestInsertElement(t *testing.T) {
	const one = `<n x="1" />`
	const more = "<n>\n\t<m/>\n</n>"
	for _, c := range []struct{ name, text, parent, after, markup, want string }{
		{"behind a sibling", "<a>\n  <b/>\n  <c/>\n</a>\n", "a", "b", one, "<a>\n  <b/>\n  <n x=\"1\" />\n  <c/>\n</a>\n"},
		{"behind the last", "<a>\n  <b/>\n  <c/>\n</a>", "a", "c", one, "<a>\n  <b/>\n  <c/>\n  <n x=\"1\" />\n</a>"},
		{"before the first", "<a>\n  <b/>\n</a>", "a", "", one, "<a>\n  <n x=\"1\" />\n  <b/>\n</a>"},
		{"CRLF and tabs", "<a>\r\n\t<b></b>\r\n</a>\r\n", "a", "b", more, "<a>\r\n\t<b></b>\r\n\t<n>\r\n\t\t<m/>\r\n\t</n>\r\n</a>\r\n"},
		{"lone CR", "<a>\r  <b/>\r</a>", "a", "b", one, "<a>\r  <b/>\r  <n x=\"1\" />\r</a>"},
		{"four blanks", "<a>\n    <b/>\n</a>", "a", "b", more, "<a>\n    <b/>\n    <n>\n        <m/>\n    </n>\n</a>"},
		{"behind a sibling of several lines", "<a>\n  <b>\n    <c/>\n  </b>\n</a>", "a", "b", one, "<a>\n  <b>\n    <c/>\n  </b>\n  <n x=\"1\" />\n</a>"},
		{"behind a comment on the line", "<a>\n  <b/> <!-- of b -->\n</a>", "a", "b", one, "<a>\n  <b/> <!-- of b -->\n  <n x=\"1\" />\n</a>"},
		{"behind two comments on the line", "<a>\n  <b/><!-- c --> <!-- d --> \n</a>", "a", "b", one, "<a>\n  <b/><!-- c --> <!-- d -->\n  <n x=\"1\" /> \n</a>"},
		{"before a comment on the next line", "<a>\n  <b/>\n  <!-- of c -->\n  <c/>\n</a>", "a", "b", one, "<a>\n  <b/>\n  <n x=\"1\" />\n  <!-- of c -->\n  <c/>\n</a>"},
		{"before a comment that does not end its line", "<a>\n  <b/><!-- c --><d/>\n</a>", "a", "b", one, "<a>\n  <b/>\n  <n x=\"1\" /><!-- c --><d/>\n</a>"},
		{"on one line", "<a><b/><c/></a>", "a", "b", one, "<a><b/><n x=\"1\" /><c/></a>"},
		{"markup of several lines on one line", "<a><b/></a>", "a", "b", "<n\n\ty='1'>\n\t<m\n/>\n</n>", "<a><b/><n y='1'><m /></n></a>"},
		{"a sibling that shares its line", "<a>\n  <b/><c/>\n</a>", "a", "c", one, "<a>\n  <b/><c/><n x=\"1\" />\n</a>"},
		{"an empty element", "<a>\n  <b/>\n</a>", "a/b", "", one, "<a>\n  <b>\n    <n x=\"1\" />\n  </b>\n</a>"},
		{"an empty element with attributes", "<a>\r\n  <b c='d'\r\n     e='f' />\r\n</a>", "a/b", "", one, "<a>\r\n  <b c='d'\r\n     e='f'>\r\n    <n x=\"1\" />\r\n  </b>\r\n</a>"},
		{"an empty element in two tags", "<a>\n\t<b></b>\n</a>", "a/b", "", one, "<a>\n\t<b>\n\t\t<n x=\"1\" />\n\t</b>\n</a>"},
		{"blanks between two tags", "<a>\n\t<b>  </b>\n</a>", "a/b", "", one, "<a>\n\t<b>\n\t\t<n x=\"1\" />\n\t</b>\n</a>"},
		{"a line end between two tags", "<a>\n  <b>\n  </b>\n</a>", "a/b", "", one, "<a>\n  <b>\n    <n x=\"1\" />\n  </b>\n</a>"},
		{"a comment between two tags", "<a>\n  <b>\n    <!-- c -->\n  </b>\n</a>", "a/b", "", one, "<a>\n  <b>\n    <n x=\"1\" />\n    <!-- c -->\n  </b>\n</a>"},
		{"a comment behind the start tag", "<a>\n  <b> <!-- c -->\n  </b>\n</a>", "a/b", "", one, "<a>\n  <b> <!-- c -->\n    <n x=\"1\" />\n  </b>\n</a>"},
		{"an empty element on one line", "<a><b /></a>", "a/b", "", one, "<a><b><n x=\"1\" /></b></a>"},
		{"two tags on one line", "<a><b></b></a>", "a/b", "", one, "<a><b><n x=\"1\" /></b></a>"},
		{"an empty root", "<a/>", "a", "", one, "<a><n x=\"1\" /></a>"},
		{"an empty root on the second line", "<?xml version='1.0'?>\n<a/>\n", "a", "", one, "<?xml version='1.0'?>\n<a>\n  <n x=\"1\" />\n</a>\n"},
		{"text", "<a>\n  <b>c</b>\n</a>", "a/b", "", one, "<a>\n  <b><n x=\"1\" />c</b>\n</a>"},
		{"a value of several lines", "<a>\r\n  <b/>\r\n</a>", "a", "b", "<n x='1\n\t2'><!-- 3\n4 --></n>", "<a>\r\n  <b/>\r\n  <n x='1\r\n\t2'><!-- 3\r\n4 --></n>\r\n</a>"},
		{"a prefix that is bound outside", "<a xmlns:p='u'>\n  <b/>\n</a>", "a", "b", "<p:n p:x=''/>", "<a xmlns:p='u'>\n  <b/>\n  <p:n p:x=''/>\n</a>"},
		{"UTF-16", wide("\uFEFF<a>\r\n  <b c=\"é\"/>\r\n</a>", 2, true), "a", "b", "<n x='ü'/>", wide("\uFEFF<a>\r\n  <b c=\"é\"/>\r\n  <n x='ü'/>\r\n</a>", 2, true)},
		{"windows-1252", declared("windows-1252", "<a b=\"\xE9\"/>"), "a", "", "<n x='€й'>й</n>", declared("windows-1252", "<a b=\"\xE9\"><n x='\x80&#x439;'>&#x439;</n></a>")},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readXML(t, c.text)
			parent, after := element(t, d, c.parent), None
			if c.after != "" {
				after = d.Child(parent, c.after)
			}
			e, err := d.InsertElement(parent, after, c.markup)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := applyXML(t, d, e)
			if got != c.want {
				t.Errorf("%q\n became %q,\n   want %q", c.text, got, c.want)
			}
		})
	}
}

func TestRemoveElement(t *testing.T) {
	for _, c := range []struct{ name, text, path, want string }{
		{"its line", "<a>\n  <b/>\n  <c/>\n</a>", "a/b", "<a>\n  <c/>\n</a>"},
		{"its lines", "<a>\r\n\t<b>\r\n\t\t<c/>\r\n\t</b> \r\n</a>", "a/b", "<a>\r\n</a>"},
		{"lone CR", "<a>\r<b/>\r</a>", "a/b", "<a>\r</a>"},
		{"one of two on a line", "<a>\n  <b/><c/>\n</a>", "a/b", "<a>\n  <c/>\n</a>"},
		{"the other of two on a line", "<a>\n  <b/> <c/>\n</a>", "a/c", "<a>\n  <b/> \n</a>"},
		{"with a comment behind it", "<a>\n  <b/> <!-- c -->\n</a>", "a/b", "<a>\n   <!-- c -->\n</a>"},
		{"before an end tag", "<a>\n  <b/></a>", "a/b", "<a>\n  </a>"},
		{"on one line", "<a><b>c</b>d</a>", "a/b", "<a>d</a>"},
		{"in UTF-16", wide("\uFEFF<a>\r\n<b c='é'/>\r\n</a>", 2, false), "a/b", wide("\uFEFF<a>\r\n</a>", 2, false)},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readXML(t, c.text)
			e, err := d.RemoveElement(element(t, d, c.path))
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := applyXML(t, d, e); got != c.want {
				t.Errorf("%q\n became %q,\n   want %q", c.text, got, c.want)
			}
		})
	}
}

// TestInsertIntoWebConfig puts an element into a file as the vendor lays it
// out, and takes it out again.
func TestInsertIntoWebConfig(t *testing.T) {
	for _, eol := range []string{"\n", "\r\n"} {
		text := strings.ReplaceAll(webConfig(t), "\n", eol)
		d := readXML(t, text)
		xmpro := element(t, d, "configuration/xmpro")
		e, err := d.InsertElement(xmpro, d.Child(xmpro, "xmidentity"), `<cache enabled="true" />`)
		if err != nil {
			t.Fatal(err)
		}
		got, after := applyXML(t, d, e)
		if want := strings.Replace(text, "    <autoScale", "    <cache enabled=\"true\" />"+eol+"    <autoScale", 1); got != want {
			t.Error("inserted in another place")
		}
		out, err := after.RemoveElement(element(t, after, "configuration/xmpro/cache"))
		if err != nil {
			t.Fatal(err)
		}
		if back, _ := applyXML(t, after, out); back != text {
			t.Error("not the same after it was removed")
		}
	}
}
