package protectedconfig

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

const dpapi = `<xmpro configProtectionProvider="DataProtectionConfigurationProvider"><EncryptedData><CipherData><CipherValue>AQAA</CipherValue></CipherData></EncryptedData></xmpro>`

func TestDetect(t *testing.T) {
	const rsaProvider = "RsaProtectedConfigurationProvider"
	sound := indented(rsaProvider, AES256, RSA15, "AAAA", "AAAA")
	info := Info{Section: "xmpro", Provider: rsaProvider, Kind: KindRSA, Data: AES256, Transport: RSA15, KeyName: "Rsa Key", RSA: true}
	with := func(change func(*Info)) Info {
		changed := info
		change(&changed)
		return changed
	}
	replace := func(old, new string) string {
		if !strings.Contains(sound, old) {
			t.Fatalf("no %s in the sound section", old)
		}
		return strings.Replace(sound, old, new, 1)
	}
	data := sound[strings.Index(sound, "<EncryptedData") : strings.Index(sound, "</EncryptedData>")+len("</EncryptedData>")]
	provider := ` configProtectionProvider="` + rsaProvider + `"`
	value := "<CipherValue>AAAA</CipherValue>"

	tests := []struct {
		name, section string
		want          Info
		refusal       string
	}{
		{"sound", sound, info, ""},
		{"another quote", replace(provider, strings.ReplaceAll(provider, `"`, "'")), info, ""},
		{"prefixes", prefixed(sound), info, ""},
		{"a comment beside", replace("<EncryptedData", "<!-- -->\n<EncryptedData"), info, ""},
		{"a provider of its own", replace(rsaProvider, "XMProRsa"), with(func(i *Info) { i.Provider, i.Kind = "XMProRsa", KindCustom }), ""},
		{"an unknown key transport", replace(RSA15, "urn:x"), with(func(i *Info) { i.Transport = "urn:x" }), ""},
		{"no key transport", replace(`<EncryptionMethod Algorithm="`+RSA15+`" />`, ""), with(func(i *Info) { i.Transport = "" }), ""},
		{"another key name", replace("Rsa Key", "A<![CDATA[&]]>&amp;B"), with(func(i *Info) { i.KeyName = "A&&B" }), ""},

		{"DPAPI", dpapi, Info{Section: "xmpro", Provider: "DataProtectionConfigurationProvider", Kind: KindDPAPI}, "DPAPI"},
		{"GCM", replace(AES256, "http://www.w3.org/2009/xmlenc11#aes256-gcm"), with(func(i *Info) { i.Data, i.RSA = "http://www.w3.org/2009/xmlenc11#aes256-gcm", false }), "gcm"},
		{"no provider", replace(provider, ""), with(func(i *Info) { i.Provider, i.Kind, i.Problem, i.RSA = "", KindNone, NoProvider, false }), "without configProtectionProvider"},
		{"an empty provider", replace(rsaProvider, ""), with(func(i *Info) { i.Provider, i.Kind, i.Problem, i.RSA = "", KindNone, NoProvider, false }), "without configProtectionProvider"},
		{"no EncryptedData", "<xmpro" + provider + "><autoScale/></xmpro>", Info{Section: "xmpro", Provider: rsaProvider, Kind: KindRSA, Problem: NoEncryptedData}, "without EncryptedData"},
		{"two EncryptedData", replace(data, data+data), with(func(i *Info) { i.Problem, i.RSA = TwoEncryptedData, false }), "more than one EncryptedData"},
		{"a plain element beside", replace(data, data+"<autoScale/>"), with(func(i *Info) { i.Problem, i.RSA = ExtraContent, false }), "plain content"},
		{"text beside", replace(data, "off "+data), with(func(i *Info) { i.Problem, i.RSA = ExtraContent, false }), "plain content"},
		{"CDATA beside", replace(data, data+"<![CDATA[ ]]>"), with(func(i *Info) { i.Problem, i.RSA = ExtraContent, false }), "plain content"},
		{"no namespace", strings.ReplaceAll(sound, `xmlns="http://www.w3.org/2001/04/xmlenc#"`, ""), Info{Section: "xmpro", Provider: rsaProvider, Kind: KindRSA, Problem: Incomplete}, "namespace"},
		{"no algorithm", replace(`Algorithm="`+AES256+`"`, ""), with(func(i *Info) { i.Data, i.Problem, i.RSA = "", Incomplete, false }), "EncryptionMethod"},
		{"no key name", replace("<KeyName>Rsa Key</KeyName>", ""), with(func(i *Info) { i.KeyName, i.Problem, i.RSA = "", Incomplete, false }), "KeyName"},
		{"two cipher values", replace(value, value+value), with(func(i *Info) { i.Problem, i.RSA = Incomplete, false }), "CipherValue"},
		{"a reference", replace(value, `<CipherReference URI="file:///etc/passwd"/>`), with(func(i *Info) { i.Problem, i.RSA = Incomplete, false }), "CipherReference"},
		{"a key elsewhere", replace("<EncryptedKey", `<RetrievalMethod URI="http://192.0.2.1/key"/><EncryptedKey`), with(func(i *Info) { i.Problem, i.RSA = Incomplete, false }), "RetrievalMethod"},
		{"a symmetric key", `<xmpro configProtectionProvider="Aes">` + `<EncryptedData xmlns="` + encryptionSpace + `"><EncryptionMethod Algorithm="` + AES128 + `"/><KeyInfo xmlns="` + signatureSpace +
			`"><KeyName>mine</KeyName></KeyInfo><CipherData>` + value + `</CipherData></EncryptedData></xmpro>`, Info{Section: "xmpro", Provider: "Aes", Kind: KindCustom, Data: AES128}, `"mine"`},
		{"cut short", sound[:len(sound)-3], with(func(i *Info) { i.Problem, i.RSA = NotWellFormed, false }), "end tag"},
		{"a document type", replace("<EncryptedData", "<!DOCTYPE a><EncryptedData"), Info{Section: "xmpro", Provider: rsaProvider, Kind: KindRSA, Problem: NotWellFormed}, "declaration"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := Detect([]byte(test.section))
			if !ok || got != test.want {
				t.Errorf("got %+v, %t\nwant %+v", got, ok, test.want)
			}
			_, err := Decrypt([]byte(test.section), key(t, pair1024()))
			if test.refusal == "" {
				if err != ErrDecrypt {
					t.Errorf("got %v", err)
				}
				return
			}
			var format *FormatError
			if err == nil || !strings.Contains(err.Error(), test.refusal) || !errors.Is(err, ErrUnsupported) && !errors.As(err, &format) {
				t.Errorf("got %v, want %q", err, test.refusal)
			}
		})
	}
}

// prefixed writes a section with prefixes in place of default namespaces.
func prefixed(section string) string {
	return strings.NewReplacer(`xmlns="http://www.w3.org/2000/09/xmldsig#"`, `xmlns:d="http://www.w3.org/2000/09/xmldsig#"`, "xmlns=", "xmlns:x=",
		"<Enc", "<x:Enc", "</Enc", "</x:Enc", "<Cip", "<x:Cip", "</Cip", "</x:Cip", "<Key", "<d:Key", "</Key", "</d:Key").Replace(section)
}

func TestDetectNothing(t *testing.T) {
	for _, section := range []string{
		"", "<xmpro/>", plainOff, `<xmpro note="EncryptedData"/>`, "configProtectionProvider", "<xmpro configProtectionProvider",
		`<xmpro><a><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"/></a></xmpro>`,
		`<xmpro><x:EncryptedData xmlns:x="urn:other"/></xmpro>`,
	} {
		if info, ok := Detect([]byte(section)); ok {
			t.Errorf("%s: got %+v", section, info)
		}
		if _, err := Decrypt([]byte(section), key(t, pair1024())); err == nil {
			t.Errorf("%s opens", section)
		}
	}
}

func TestStrings(t *testing.T) {
	if got := fmt.Sprint([]Kind{KindNone, KindRSA, KindDPAPI, KindCustom}); got != "[none RSA DPAPI custom]" {
		t.Errorf("got %s", got)
	}
	seen := map[string]bool{}
	for p := NoProblem; p <= Incomplete; p++ {
		if seen[p.String()] || (p.String() == "") != (p == NoProblem) {
			t.Errorf("problem %d is %q", int(p), p)
		}
		seen[p.String()] = true
	}
}

func TestScannerRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "a", "<", "<a", "<a>", "</a>", "<a/><b/>", "<a/>b", "b<a/>", "<a></b>", "<a b/>", "<a b=c/>", "<a b='<'/>", "<a b='1'c='2'/>",
		"<a b='1' b='2'/>", "<1/>", "<a:/>", "<:a/>", "<a:b:c/>", "<a><!-- -- --></a>", "<a><!--></a>", "<a><!-- --->\n</a>", "<a><![CDATA[</a>", "<![CDATA[]]><a/>",
		"<a><?b</a>", "<a>\x00</a>", "<a>\x1b</a>", "<a>\xc3</a>", "<a>\uffff</a>", "<!DOCTYPE a><a/>", "<a/ >", "< a/>", "<a></ a>",
		strings.Repeat("<a>", maxDepth+1) + strings.Repeat("</a>", maxDepth+1),
	} {
		if name := elementName([]byte(text)); name != "" {
			t.Errorf("%q is an element %s", text, name)
		}
	}
	for _, text := range []string{
		"<a/>", "<a></a >", "\n<a:b c = '>' d=\"'\" >]]<![CDATA[<]]></a:b>\n", "<?xml version='1.0'?><!----><a/>", "<ä>€</ä>",
		strings.Repeat("<a>", maxDepth) + strings.Repeat("</a>", maxDepth),
	} {
		if elementName([]byte(text)) == "" {
			t.Errorf("%q is no element", text)
		}
	}
}
