package document

import "math/rand/v2"

// xmlSeeds are the texts that the fuzz tests and the comparison with xmllint
// begin with, beside the tables.
var xmlSeeds = []string{
	"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <xmpro>\n    <autoScale enabled=\"true\" connectionString=\"h:6379,password=a&amp;b\" />\n" +
		"    <!-- c -->\n    <x><![CDATA[ <z> ]]></x>\n  </xmpro>\n</configuration>\n",
	"\uFEFF<a xmlns=\"u\" xmlns:p='v'\r\n   p:b=\"1\"\r\n   c='&#x41;'>\r\n\t<p:d/> t&#65; ]] <?i j?>\r\n</a>",
	"<!DOCTYPE a [<!ENTITY b 'c'> <!-- ' --> <?d ?>]><a e='&b;'>&b;</a>",
	"<?xml version='1.0' encoding='iso-8859-1' standalone='yes'?><a b='\xE9'/>",
}

// xmlTokens are what a mutation puts into a text.
var xmlTokens = []string{
	"<", ">", "/", "\"", "'", "&", ";", "=", " ", "\n", "\r", "\t", "-", "--", "-->", "<!--", "<!", "<![CDATA[", "]]>", "]", "[", "?", "<?", "?>",
	"<?x y?>", "<?xml z?>", "<?XML z?>", "<!DOCTYPE a>", ":", "p:", "xmlns:p", " xmlns:p=\"v\"", " xmlns=''", " a='1'", " p:b='2'", " xml:space='x'",
	"&amp;", "&b;", "&#65;", "&#xD800;", "&#;", "\x00", "\x01", "\x7F", "\u00B7", "\u0221", "\uFEFF", "\uFFFE", "é", "😀", "<a/>", "<a>", "</a>", "<p:a/>",
	"<a b='1' b='2'/>", "1", "_", ".", "xml",
}

// mutate changes a text in a few places.
func mutate(r *rand.Rand, text string) string {
	b := []byte(text)
	for range 1 + r.IntN(3) {
		at := r.IntN(len(b) + 1)
		rest := min(len(b)-at, 1+r.IntN(9))
		switch r.IntN(8) {
		default:
			b = append(b[:at:at], append([]byte(xmlTokens[r.IntN(len(xmlTokens))]), b[at:]...)...)
		case 0:
			b = append(b[:at:at], b[at+rest:]...)
		case 1:
			b = append(b[:at+rest:at+rest], b[at:]...)
		case 2:
			b = b[:at]
		}
	}
	return string(b)
}
