package document

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// firstPage is the first Encoding that is a code page of .NET Framework: those
// that follow are the others of codePages.
const firstPage Encoding = 32

// codePages are the encodings with one byte for a character that .NET Framework
// reads beside windows-1252 and iso-8859-1, and their names there.
//
// Source: Microsoft, System.Text.Encoding, list of encodings.
var codePages = [...]struct {
	page  *charmap.Charmap
	names []string
}{
	{charmap.Windows874, []string{"windows-874", "dos-874", "iso-8859-11", "tis-620"}},
	{charmap.Windows1250, []string{"windows-1250", "x-cp1250"}},
	{charmap.Windows1251, []string{"windows-1251", "x-cp1251"}},
	{charmap.Windows1253, []string{"windows-1253"}},
	{charmap.Windows1254, []string{"windows-1254"}},
	{charmap.Windows1255, []string{"windows-1255"}},
	{charmap.Windows1256, []string{"windows-1256", "cp1256"}},
	{charmap.Windows1257, []string{"windows-1257"}},
	{charmap.Windows1258, []string{"windows-1258"}},
	{charmap.ISO8859_2, []string{"iso-8859-2", "iso8859-2", "iso_8859-2", "iso_8859-2:1987", "iso-ir-101", "latin2", "l2", "csisolatin2"}},
	{charmap.ISO8859_3, []string{"iso-8859-3", "iso_8859-3", "iso_8859-3:1988", "iso-ir-109", "latin3", "l3", "csisolatin3"}},
	{charmap.ISO8859_4, []string{"iso-8859-4", "iso_8859-4", "iso_8859-4:1988", "iso-ir-110", "latin4", "l4", "csisolatin4"}},
	{charmap.ISO8859_5, []string{"iso-8859-5", "iso_8859-5", "iso_8859-5:1988", "iso-ir-144", "cyrillic", "csisolatincyrillic"}},
	{charmap.ISO8859_6, []string{"iso-8859-6", "iso_8859-6", "iso_8859-6:1987", "iso-ir-127", "arabic", "ecma-114", "csisolatinarabic"}},
	{charmap.ISO8859_7, []string{"iso-8859-7", "iso_8859-7", "iso_8859-7:1987", "iso-ir-126", "greek", "greek8", "ecma-118", "elot_928", "csisolatingreek"}},
	{charmap.ISO8859_8, []string{"iso-8859-8", "iso-8859-8-i", "iso_8859-8", "iso_8859-8:1988", "iso-ir-138", "hebrew", "logical", "visual", "csisolatinhebrew"}},
	{charmap.ISO8859_9, []string{"iso-8859-9", "iso_8859-9", "iso_8859-9:1989", "iso-ir-148", "latin5", "l5", "csisolatin5"}},
	{charmap.ISO8859_13, []string{"iso-8859-13"}},
	{charmap.ISO8859_15, []string{"iso-8859-15", "iso_8859-15", "latin9", "l9", "csisolatin9"}},
	{charmap.KOI8R, []string{"koi8-r", "koi8r", "koi8", "koi", "cskoi8r"}},
	{charmap.KOI8U, []string{"koi8-u", "koi8-ru"}},
	{charmap.CodePage437, []string{"ibm437", "437", "cp437", "cspc8codepage437"}},
	{charmap.CodePage850, []string{"ibm850", "cp850"}},
	{charmap.CodePage852, []string{"ibm852", "cp852"}},
	{charmap.CodePage858, []string{"ibm00858", "cp00858", "cp858", "ccsid00858", "pc-multilingual-850+euro"}},
	{charmap.CodePage866, []string{"cp866", "ibm866"}},
}

// wideNames are encodings of .NET Framework in which ASCII is as it is, and
// other characters have several bytes. Files without any of those can be read.
var wideNames = [...]string{
	"gb2312", "gbk", "gb18030", "chinese", "cn-gb", "big5", "cn-big5", "csbig5", "x-x-big5", "euc-cn",
	"shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "csshiftjis", "euc-jp", "x-euc-jp", "x-euc",
	"euc-kr", "cseuckr", "ks_c_5601-1987", "ks_c_5601", "korean", "ksc5601", "ksc_5601",
}

// pageNamed is the code page of a name in lower case, charsetUnknown if there
// is none.
func pageNamed(name string) charset {
	for i := range codePages {
		if slices.Contains(codePages[i].names, name) {
			return charset(firstPage) + charset(i)
		}
	}
	if slices.Contains(wideNames[:], name) {
		return charsetWide
	}
	return charsetUnknown
}

// isPage reports whether an encoding is one of codePages.
func isPage(e Encoding) bool { return e >= firstPage && int(e-firstPage) < len(codePages) }

// pageRune is what a byte stands for in a code page. As in .NET, a byte below
// 0xA0 that the page leaves open is the C1 control of the same number.
func pageRune(e Encoding, c byte) rune {
	r := codePages[e-firstPage].page.DecodeByte(c)
	if r == utf8.RuneError && c < 0xA0 {
		return rune(c)
	}
	return r
}

// pageByte is the byte of a character in a code page.
func pageByte(r rune, e Encoding) (byte, bool) {
	if c, ok := codePages[e-firstPage].page.EncodeRune(r); ok && r != utf8.RuneError {
		return c, true
	}
	return byte(r), r >= 0x80 && r < 0xA0 && pageRune(e, byte(r)) == r
}
