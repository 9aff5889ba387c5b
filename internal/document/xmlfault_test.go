package document

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// xmlFault is a text that .NET's XmlReader refuses, with the place it names.
type xmlFault struct {
	name    string
	text    string
	at      string // line:column
	message string // part of ours
	lint    string // why xmllint takes it, if it does: one of the reasons below
}

// The reasons for which we refuse what xmllint takes.
const (
	lintNamespaces = "xmllint only warns of namespaces"
	lintVersion    = "xmllint reads other versions of XML 1"
	lintEncoding   = "xmllint knows other encodings than .NET"
	lintPIName     = "xmllint takes colons in names of processing instructions"
	lintEdition    = "xmllint takes names of the fifth edition, .NET those of the fourth"
	lintSpace      = "xmllint only warns of wrong values of xml:space"
	lintNUL        = "xmllint takes a NUL for the end of the file"
	lintDoctype    = "xmllint wants no white space after DOCTYPE"
	lintSubset     = "xmllint reads the inside of a document type"
)

var xmlFaults = []xmlFault{
	// The document.
	{"nothing", "", "1:1", "no root element", ""},
	{"white space", " \n ", "2:2", "no root element", ""},
	{"a comment", "<!-- a -->", "1:11", "no root element", ""},
	{"text before the root", "x<a/>", "1:1", "text outside the root", ""},
	{"text after the root", "<a/>\nx", "2:1", "text outside the root", ""},
	{"a reference after the root", "<a/>&amp;", "1:5", "text outside the root", ""},
	{"a CDATA section before the root", "<![CDATA[]]><a/>", "1:1", "CDATA section outside the root", ""},
	{"two roots", "<a/>\n<b/>", "2:2", "second root element", ""},
	{"an end tag alone", "</a>", "1:3", "end tag outside the root", ""},
	{"an end tag too many", "<a></a></a>", "1:10", "end tag outside the root", ""},
	{"a stray bracket", "<a/><", "1:5", "incomplete tag", ""},
	{"an open element", "<a>\n<b></b>", "2:8", "expected the end tag of <a>", ""},
	{"an open tag", "<a", "1:1", "incomplete tag", ""},
	{"an open attribute", "<abc d=\"e", "1:10", "the quote that closes", ""},
	{"too short for a tag, counted in UTF-16", "<\U00010400", "1:1", "incomplete tag", ""},
	{"too short for a tag, letters of two bytes", "<éé", "1:1", "incomplete tag", ""},
	// Characters.
	{"a control character in text", "<a>\x01</a>", "1:4", "U+0001", ""},
	{"a control character in a value", "<a b=\"\x0B\"/>", "1:7", "U+000B", ""},
	{"a control character in a comment", "<a><!-- \x02 --></a>", "1:9", "U+0002", ""},
	{"a control character in a CDATA section", "<a><![CDATA[\x03]]></a>", "1:13", "U+0003", ""},
	{"a control character in an instruction", "<?a \x04?><a/>", "1:5", "U+0004", ""},
	{"a control character in a name", "<a\x05/>", "1:3", "U+0005", ""},
	{"a control character in a document type", "<!DOCTYPE a [\x06]><a/>", "1:14", "U+0006", ""},
	{"NUL in text", "<a>\x00</a>", "1:4", "U+0000", ""},
	{"NUL at the end", "<a/>\n\x00", "2:1", "U+0000", lintNUL},
	{"a noncharacter", "<a>\uFFFE</a>", "1:4", "U+FFFE", ""},
	{"another noncharacter", "<a>\uFFFF</a>", "1:4", "U+FFFF", ""},
	{"]]> in text", "<a>b]]>c</a>", "1:5", "]]>", ""},
	{"]]]> in text", "<a>]]]></a>", "1:5", "]]>", ""},
	// Tags.
	{"no name", "<>", "1:1", "incomplete tag", ""},
	{"a blank for a name", "<a>< b/></a>", "1:5", "white space, expected a name", ""},
	{"a name that starts with a digit", "<a><1/></a>", "1:5", "text, expected a name", ""},
	{"a name that starts with a hyphen", "<a><-/></a>", "1:5", "'-', expected a name", ""},
	{"a mark in a name", "<a><b,c/></a>", "1:6", "',' in a name", ""},
	{"a name that starts with an extender", "<\u00B7a/>", "1:2", "text, expected a name", ""},
	{"a name of the fifth edition", "<a><\u0221/></a>", "1:5", "text, expected a name", lintEdition},
	{"a name outside the basic plane", "<a><\U00010400/></a>", "1:5", "text, expected a name", lintEdition},
	{"another case in the end tag", "<appSettings>\n</AppSettings>", "2:3", "end tag of <AppSettings>, expected that of <appSettings>", ""},
	{"a longer end tag", "<a></ab>", "1:6", "expected that of <a>", ""},
	{"a prefix in the end tag", "<a></a:b>", "1:6", "expected that of <a>", ""},
	{"crossed tags", "<a><b></a></b>", "1:9", "expected that of <b>", ""},
	{"an attribute in the end tag", "<a></a b=\"c\">", "1:8", "text, expected '>'", ""},
	{"a blank before the end tag's name", "<a></ a>", "1:6", "expected a name", ""},
	{"a slash alone", "<a/b>", "1:3", "'/', expected '>'", ""},
	{"a slash after an attribute", "<a b=\"c\"/d>", "1:10", "text, expected '>'", ""},
	{"a tag in a tag", "<a <b/></a>", "1:4", "'<', expected a name", ""},
	{"an exclamation mark", "<a><!b></a>", "1:6", "expected '<!--'", ""},
	// Attributes.
	{"no value", "<a b/>", "1:5", "'/', expected '='", ""},
	{"no quotes", "<a b=c/>", "1:6", "text, expected a quote", ""},
	{"an open value", "<a b=\"c><d/></a>", "1:9", "'<' in an attribute's value", ""},
	{"another quote at the end", "<a b=\"c'/>", "1:11", "the quote that closes", ""},
	{"no blank between", "<a b=\"c\"d=\"e\"/>", "1:9", "text, expected white space", ""},
	{"a quote in a value", "<a b=\"c\"d\"/>", "1:9", "text, expected white space", ""},
	{"< in a value", "<a b=\"<\"/>", "1:7", "'<' in an attribute's value", ""},
	{"the same attribute twice", "<a b=\"1\" c=\"\"\n b=\"2\"/>", "2:2", "attribute b a second time", ""},
	{"two twice", "<a b='' c=''\n c=''\n b=''/>", "3:2", "attribute b a second time", ""},
	{"two twice among many", "<a b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' l='' m='' n=''\n c=''\n b=''\n b=''/>", "3:2", "attribute b a second time", ""},
	{"the same among many", "<a b=\"\" c=\"\" d=\"\" e=\"\" f=\"\" g=\"\" h=\"\" i=\"\" j=\"\" k=\"\" l=\"\" m=\"\" n=\"\" c=\"\"/>", "1:69", "attribute c a second time", ""},
	{"a wrong value of xml:space", "<a xml:space=\"all\"/>", "1:4", "xml:space", lintSpace},
	// References.
	{"& alone", "<a>b & c</a>", "1:7", "'&' that begins no reference", ""},
	{"& in a value", "<a b=\"x?y=1&z=2\"/>", "1:14", "expected ';'", ""},
	{"& at the end of the file", "<a>b&", "1:5", "ends after '&'", ""},
	{"& at the end of a cut value", "<a b='c&", "1:8", "ends after '&'", ""},
	{"& before a quote", "<a b=\"x&\"/>", "1:9", "'&' that begins no reference", ""},
	{"an entity of HTML", "<a b=\"&nbsp;\"/>", "1:8", "not declared", ""},
	{"an entity in another case", "<a>&AMP;</a>", "1:5", "not declared", ""},
	{"an entity with a colon", "<a>&b:c;</a>", "1:5", "begins no reference", ""},
	{"a reference without digits", "<a>&#;</a>", "1:6", "digits and ';'", ""},
	{"a reference without semicolon", "<a>&#65 </a>", "1:8", "digits and ';'", ""},
	{"a hexadecimal reference with X", "<a>&#X41;</a>", "1:6", "digits and ';'", ""},
	{"a reference to NUL", "<a>&#0;</a>", "1:6", "XML cannot hold", ""},
	{"a reference to half a pair", "<a>&#xD800;</a>", "1:7", "XML cannot hold", ""},
	{"a reference to a noncharacter", "<a>&#xFFFF;</a>", "1:7", "XML cannot hold", ""},
	{"a reference to a number over 31 bits", "<a>&#x1FFFFFFFFF;</a>", "1:15", "XML cannot hold", ""},
	{"a reference to a number over 31 bits, decimal", "<a>&#4294967361;</a>", "1:15", "XML cannot hold", ""},
	{"a reference behind the last character", "<a>&#1114112;</a>", "1:6", "XML cannot hold", ""},
	// Comments, CDATA sections, processing instructions.
	{"two hyphens in a comment", "<a><!-- b -- c --></a>", "1:11", "'--' inside a comment", ""},
	{"a hyphen before the end", "<a><!-- b ---></a>", "1:11", "'--' inside a comment", ""},
	{"a comment in a comment", "<a><!-- <!-- b --> --></a>", "1:11", "'--' inside a comment", ""},
	{"an open comment", "<a>\n<!-- b\n</a>", "3:5", "the --> that closes", ""},
	{"an open comment that ends in a hyphen", "<a><!-- b -", "1:11", "the --> that closes", ""},
	{"an open comment that ends in two", "<a><!-- b --", "1:11", "the --> that closes", ""},
	{"an open comment with next to nothing in it", "<a><!--\n\n", "1:8", "the --> that closes", ""},
	{"one hyphen", "<a><!- b --></a>", "1:7", "second '-'", ""},
	{"an open CDATA section", "<a><![CDATA[b</a>", "1:18", "the ]]> that closes", ""},
	{"an open CDATA section that ends in brackets", "<a><![CDATA[bcd]]", "1:16", "the ]]> that closes", ""},
	{"an open CDATA section with next to nothing in it", "<a><![CDATA[\n", "1:13", "the ]]> that closes", ""},
	{"a CDATA section in small letters", "<a><![cdata[b]]></a>", "1:7", "expected 'CDATA['", ""},
	{"an open instruction", "<a><?b </a>", "1:12", "the ?> that closes", ""},
	{"an instruction without a name", "<a><? b?></a>", "1:6", "expected a name", ""},
	{"an instruction with the name XML", "<a><?XML b?></a>", "1:6", "cannot have this name", ""},
	{"an instruction with a colon", "<a><?b:c d?></a>", "1:7", "':' in a name", lintPIName},
	{"a mark in an instruction's name", "<a><?b,c?></a>", "1:7", "',' in a name", ""},
	// The XML declaration.
	{"a blank line before it", "\n<?xml version=\"1.0\"?><a/>", "2:3", "not at the start of the file", ""},
	{"a comment before it", "<!--a--><?xml version=\"1.0\"?><a/>", "1:11", "not at the start of the file", ""},
	{"no version", "<?xml encoding=\"utf-8\"?><a/>", "1:7", "not well-formed", ""},
	{"nothing in it", "<?xml?><a/>", "1:6", "without a version", ""},
	{"version 1.1", "<?xml version=\"1.1\"?><a/>", "1:16", "another version of XML than 1.0", lintVersion},
	{"version 2", "<?xml version='2.0'?><a/>", "1:16", "another version of XML than 1.0", ""},
	{"another order", "<?xml version=\"1.0\" standalone=\"yes\" encoding=\"utf-8\"?><a/>", "1:38", "not well-formed", ""},
	{"an unknown part", "<?xml version=\"1.0\" lang=\"en\"?><a/>", "1:21", "not well-formed", ""},
	{"capitals in standalone", "<?xml version=\"1.0\" standalone=\"Yes\"?><a/>", "1:32", "not well-formed", ""},
	{"no blank before encoding", "<?xml version=\"1.0\"encoding=\"utf-8\"?><a/>", "1:20", "expected '?>'", ""},
	{"an unknown encoding", "<?xml version=\"1.0\" encoding=\"utf8\"?><a/>", "1:31", "encoding that .NET does not know", lintEncoding},
	{"an open value in it", "<?xml version='1.0' encoding='utf", "1:31", "ends inside a value of the XML declaration", ""},
	{"a control character behind its name", "<?xml\x01version='1.0'?><a/>", "1:6", "U+0001", ""},
	// Until the encoding is known .NET reads each byte as a character.
	{"U+FFFE behind the name of a part", "<?xml version='1.0' encoding\uFFFE='utf-8'?><a/>", "1:21", "not well-formed", ""},
	{"U+2028 behind the name of a part", "<?xml version='1.0' encoding\u2028='utf-8'?><a/>", "1:21", "not well-formed", ""},
	{"U+D7FF behind its name", "<?xml\uD7FF version='1.0'?><a/>", "1:3", "not at the start of the file", lintEdition},
	{"the same behind a mark", "\uFEFF<?xml\uD7FF version='1.0'?><a/>", "1:6", "expected a name", lintEdition},
	{"no question mark at the end", "<?xml version=\"1.0\"><a/>", "1:20", "expected '?>'", ""},
	// The document type.
	{"behind the root", "<a/><!DOCTYPE a>", "1:5", "after the root element", ""},
	{"in an element", "<a><!DOCTYPE a></a>", "1:6", "inside an element", ""},
	{"cut in its keyword", "<!DOCT", "1:3", "expected a document type declaration", ""},
	{"without a name", "<!DOCTYPE><a/>", "1:10", "expected white space", ""},
	{"without white space", "<!DOCTYPEa><a/>", "1:10", "expected white space", lintDoctype},
	{"with rubbish", "<!DOCTYPE a b><a/>", "1:13", "expected 'PUBLIC', 'SYSTEM', '[' or '>'", ""},
	{"with one identifier too few", "<!DOCTYPE a PUBLIC \"b\"><a/>", "1:23", "expected white space", ""},
	{"with an open subset", "<!DOCTYPE a [<!ENTITY b 'c'><a/>", "1:33", "internal subset", ""},
	{"with a bracket in a comment", "<!DOCTYPE a [<!-- ] -->]><a/>", "1:21", "expected '>'", lintSubset},
	{"an entity that it does not declare", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&d;</a>", "1:35", "not declared", ""},
	{"an entity that it comments out", "<!DOCTYPE a [<!-- <!ENTITY b 'c'> -->]><a>&b;</a>", "1:44", "not declared", ""},
	// Namespaces.
	{"an element's prefix without declaration", "<p:a/>", "1:2", "prefix p", lintNamespaces},
	{"an attribute's prefix without declaration", "<a p:b=\"\"/>", "1:4", "prefix p", lintNamespaces},
	{"a prefix out of its element", "<a><b xmlns:p=\"u\"/><p:c/></a>", "1:21", "prefix p", lintNamespaces},
	{"a prefix without a name", "<a xmlns:p=\"\"/>", "1:12", "empty name", lintNamespaces},
	{"the prefix xml for another namespace", "<a xmlns:xml=\"u\"/>", "1:4", "xml and xmlns", lintNamespaces},
	{"another prefix for xml's namespace", "<a xmlns:p=\"http://www.w3.org/XML/1998/namespace\"/>", "1:13", "reserves", lintNamespaces},
	{"no prefix for xml's namespace", "<a xmlns=\"http://www.w3.org/XML/1998/namespace\"/>", "1:11", "reserves", lintNamespaces},
	{"the prefix xmlns", "<a xmlns:xmlns=\"u\"/>", "1:4", "xml and xmlns", lintNamespaces},
	{"another prefix for xmlns' namespace", "<a xmlns:p=\"http://www.w3.org/2000/xmlns/\"/>", "1:13", "reserves", lintNamespaces},
	{"two names for one attribute", "<a xmlns:p=\"u\" xmlns:q=\"&#x75;\" p:b=\"\" q:b=\"\"/>", "1:40", "attribute q:b a second time", lintNamespaces},
	{"two colons", "<a xmlns:b=\"u\"><b:c:d/></a>", "1:20", "':' in a name", lintNamespaces},
	{"a colon at the start", "<a><:b/></a>", "1:5", "':', expected a name", lintNamespaces},
	{"a colon at the end", "<a><b:/></a>", "1:7", "'/', expected a name", lintNamespaces},
}

func TestXMLFaults(t *testing.T) {
	for _, c := range xmlFaults {
		t.Run(c.name, func(t *testing.T) {
			text, err := DecodeXML("web.config", []byte(c.text), Limits{})
			if err == nil {
				_, err = ParseXML(text, Limits{})
			}
			var fault *Error
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a fault at %s", err, c.at)
			}
			if want := map[bool]ErrorKind{true: ErrEncoding, false: ErrSyntax}[c.lint == lintEncoding]; fault.Kind != want {
				t.Errorf("kind %d, want %d", fault.Kind, want)
			}
			p := text.Position(fault.Span.Start)
			if at := fmt.Sprintf("%d:%d", p.Line, p.Column); at != c.at {
				t.Errorf("fault at %s, want %s: %s", at, c.at, fault.Message)
			}
			if !strings.Contains(fault.Message, c.message) {
				t.Errorf("fault %q, want %q in it", fault.Message, c.message)
			}
			checkFault(t, text, fault)
		})
	}
}

// TestXMLFaultsKeepSecrets breaks a file in each place of a value and looks
// for the value in the message.
func TestXMLFaultsKeepSecrets(t *testing.T) {
	const secret = "zanzibar"
	for _, mark := range []string{`"`, "<", "&", "&x", "' ", `" `, "\x01", "&#1;", ">", `"=`, `":`, `"/`} {
		for i := range len(secret) + 1 {
			text := `<a><b k="` + secret[:i] + mark + secret[i:] + `" c='d'/></a>`
			doc, err := DecodeXML("web.config", []byte(text), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err = ParseXML(doc, Limits{}); err == nil {
				continue
			}
			fault := err.(*Error)
			for n := 4; n <= len(secret); n++ {
				for k := 0; k+n <= len(secret); k++ {
					if part := secret[k : k+n]; strings.Contains(fault.Message+fault.Hint, part) {
						t.Fatalf("%q: %q gives away %q", text, fault.Message, part)
					}
				}
			}
		}
	}
}

// checkFault checks what holds for every fault.
func checkFault(tb testing.TB, t *Text, fault *Error) {
	tb.Helper()
	for _, s := range []Span{fault.Span, fault.Other} {
		if s.Start < 0 || s.Start > s.End || int(s.End) > len(t.Bytes) {
			tb.Errorf("span %v outside a text of %d bytes", s, len(t.Bytes))
		}
	}
	if fault.Message == "" || strings.ToLower(fault.Message[:1]) != fault.Message[:1] {
		tb.Errorf("message %q", fault.Message)
	}
}
