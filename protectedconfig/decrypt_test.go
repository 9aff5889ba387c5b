package protectedconfig

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestDecrypt(t *testing.T) {
	k := key(t, pair2048())
	type test struct {
		name string
		vector
	}
	var tests []test
	for _, data := range dataAlgorithms() {
		for _, transport := range keyTransports() {
			for name, padding := range map[string]func([]byte){"pkcs7": pkcs7, "iso10126": iso10126, "x923": x923} {
				tests = append(tests, test{shortName(data) + " " + shortName(transport) + " " + name,
					vector{data: data, transport: transport, padding: padding, plain: plainOn}})
			}
		}
	}
	tests = append(tests,
		test{"OAEP under the name of rsa-1_5", vector{data: AES256, transport: RSAOAEP, declared: RSA15, padding: pkcs7, plain: plainOff}},
		test{"rsa-1_5 under an unknown name", vector{data: TripleDES, transport: RSA15, declared: "urn:something", padding: pkcs7, plain: plainOff}},
		test{"rsa-1_5 under the newer name of OAEP", vector{data: AES128, transport: RSA15, declared: "http://www.w3.org/2009/xmlenc11#rsa-oaep", padding: pkcs7, plain: plainOff}},
		test{"aes256 with 16 bytes of key", vector{data: AES256, transport: RSA15, keySize: 16, padding: pkcs7, plain: plainOff}},
		test{"aes128 with 32 bytes of key, OAEP", vector{data: AES128, transport: RSAOAEP, keySize: 32, padding: pkcs7, plain: plainOff}},
		test{"tripledes with two keys", vector{data: TripleDES, transport: RSA15, keySize: 16, padding: pkcs7, plain: plainOff}},
		test{"not only ASCII", vector{data: AES256, transport: RSA15, padding: x923, plain: "<xmpro a=\"Größe 日本語 \U0001F600\">\r\n\t</xmpro>"}},
		test{"declaration and comment", vector{data: AES256, transport: RSA15, padding: x923, plain: "<?xml version=\"1.0\"?>\n<!-- a - b --><xmpro/>\n"}},
		test{"only an IV", vector{data: AES256, transport: RSA15, ivOnly: true}},
		test{"only an IV, tripledes", vector{data: TripleDES, transport: RSAOAEP, ivOnly: true}},
	)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			section := test.section(t, k)
			opened, err := Decrypt([]byte(section), k)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(opened.Plain()); got != test.plain {
				t.Errorf("got %q, want %q", got, test.plain)
			}
			if info, ok := Detect([]byte(section)); !ok || !info.RSA || info != opened.Info() {
				t.Errorf("detected %+v, opened %+v", info, opened.Info())
			}
		})
	}
}

// Sections that other programs made once, with a key that was made for them.
func TestDecryptOthers(t *testing.T) {
	k, err := ParseKey([]byte(read(t, "testdata/key.xml")))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		file  string
		plain string
		info  Info
	}{
		{"testdata/mono.xml", plainMono, Info{Section: "xmpro", Provider: "Own", Kind: KindCustom, Data: AES256, Transport: RSA15, KeyName: "Rsa Key", RSA: true}},
		{"testdata/xmlsec1.xml", plainOff, Info{Section: "xmpro", Provider: "RsaProtectedConfigurationProvider", Kind: KindRSA, Data: TripleDES, Transport: RSAOAEP, KeyName: "Rsa Key", RSA: true}},
	} {
		opened, err := Decrypt([]byte(read(t, test.file)), k)
		if err != nil || string(opened.Plain()) != test.plain || opened.Info() != test.info {
			t.Errorf("%s: got %v, %v", test.file, opened, err)
		}
	}
}

// What depends on the key fails in one way.
func TestDecryptFailsAlike(t *testing.T) {
	k, other := key(t, pair2048()), key(t, pairOther())
	another := key(t, newPair(2048))
	sound := vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}
	wrapped, sealed := sound.cipherValues(t, k)
	encode := base64.StdEncoding.EncodeToString
	section := func(data, transport string, wrapped, sealed []byte) string {
		return indented("RsaProtectedConfigurationProvider", data, transport, encode(wrapped), encode(sealed))
	}
	flipped := func(b []byte, i int) []byte {
		b = append([]byte(nil), b...)
		b[i] ^= 0x40
		return b
	}
	of := func(v vector) string {
		v.padding = pkcs7
		return v.section(t, k)
	}
	tests := map[string]struct {
		section string
		key     *Key
	}{
		"another key":                     {section(AES256, RSA15, wrapped, sealed), another},
		"a shorter key":                   {section(AES256, RSA15, wrapped, sealed), other},
		"a changed key":                   {section(AES256, RSA15, flipped(wrapped, 100), sealed), k},
		"a shortened key":                 {section(AES256, RSA15, wrapped[1:], sealed), k},
		"no key":                          {section(AES256, RSA15, nil, sealed), k},
		"OAEP declared, rsa-1_5 used":     {section(AES256, RSAOAEP, wrapped, sealed), k},
		"OAEP used under an unknown name": {of(vector{data: AES256, transport: RSAOAEP, declared: "urn:x", plain: plainOff}), k},
		"another algorithm":               {section(TripleDES, RSA15, wrapped, sealed), k},
		"a changed IV":                    {section(AES256, RSA15, wrapped, flipped(sealed, 0)), k},
		"a changed last block":            {section(AES256, RSA15, wrapped, flipped(sealed, len(sealed)-1)), k},
		"a changed padding":               {section(AES256, RSA15, wrapped, flipped(sealed, len(sealed)-17)), k},
		"half a block missing":            {section(AES256, RSA15, wrapped, sealed[:len(sealed)-8]), k},
		"a block missing":                 {section(AES256, RSA15, wrapped, sealed[:len(sealed)-16]), k},
		"no content":                      {section(AES256, RSA15, wrapped, nil), k},
		"half an IV":                      {section(AES256, RSA15, wrapped, sealed[:8]), k},
		"a text that is no element":       {of(vector{data: AES256, transport: RSA15, plain: "secret words"}), k},
		"a text cut short":                {of(vector{data: AES256, transport: RSA15, plain: plainOff[:40]}), k},
		"two elements":                    {of(vector{data: AES256, transport: RSA15, plain: "<a/><b/>"}), k},
		"a text that is not UTF-8":        {of(vector{data: AES256, transport: RSA15, plain: "<a b='\xff'/>"}), k},
		"only padding":                    {of(vector{data: AES256, transport: RSA15, plain: ""}), k},
		"only a blank":                    {of(vector{data: AES256, transport: RSA15, plain: " "}), k},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for range 20 { // a random session key passes the padding once in 16 times
				opened, err := Decrypt([]byte(test.section), test.key)
				if err != ErrDecrypt || opened != nil {
					t.Fatalf("got %v, %v", opened, err)
				}
			}
		})
	}
}

// A key whose parts undo each other is single DES under another name: .NET
// refuses it.
func TestWeakTripleDES(t *testing.T) {
	half := []byte("01234567")
	parity := []byte("11335577") // equal to half but for the parity bits
	for _, weak := range [][]byte{
		append(append([]byte("abcdefgh"), half...), half...),
		append(append(append([]byte{}, half...), parity...), "abcdefgh"...),
		append(append([]byte{}, half...), half...),
	} {
		if _, err := newTripleDES(weak); err == nil {
			t.Errorf("%q is taken", weak)
		}
	}
	if _, err := newTripleDES([]byte("0123456789abcdef")); err != nil {
		t.Error(err)
	}
}

// An opened section must not say its plain text through a careless message.
func TestOpenedDoesNotPrintItself(t *testing.T) {
	k := key(t, pair1024())
	section, err := Seal([]byte(plainOn), k, SealOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := Decrypt(section, k)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, opened); got != "an opened section <xmpro>" {
			t.Errorf("%s gives %s", verb, got)
		}
		if got := fmt.Sprintf(verb, *opened); got != "an opened section <xmpro>" {
			t.Errorf("%s of the value gives %s", verb, got)
		}
	}
	if got := opened.GoString() + fmt.Sprint(Opened{}); got != "an opened section <xmpro>no opened section" {
		t.Errorf("got %s", got)
	}
}

func TestDecryptWithoutKey(t *testing.T) {
	section := vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}.section(t, key(t, pair1024()))
	for _, k := range []*Key{nil, {}} {
		if _, err := Decrypt([]byte(section), k); err == nil || errors.Is(err, ErrDecrypt) {
			t.Errorf("got %v", err)
		}
	}
}

// White space and references to it are nothing to .NET, wherever they stand.
func TestDecryptSpacedBase64(t *testing.T) {
	k := key(t, pair1024())
	wrapped, sealed := vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}.cipherValues(t, k)
	spaced := func(b []byte) string {
		text := base64.StdEncoding.EncodeToString(b)
		return "&#x9;" + text[:7] + "\u00a0\t \r\n&#10;" + text[7:9] + "&#" + fmt.Sprint(text[9]) + ";" + text[10:] + "&#32;"
	}
	opened, err := Decrypt([]byte(indented("Own", AES256, RSA15, spaced(wrapped), spaced(sealed))), k)
	if err != nil || string(opened.Plain()) != plainOff {
		t.Fatalf("got %v, %v", opened, err)
	}
	if changed, err := opened.Encrypt([]byte(plainOn), nil); err != nil {
		t.Errorf("got %s, %v", changed, err)
	}
}

func TestDecryptBadBase64(t *testing.T) {
	k := key(t, pair1024())
	for _, value := range []string{"AA*A", "AAA", "A===", "&amp;AAA", "&nbsp;"} {
		section := indented("RsaProtectedConfigurationProvider", AES256, RSA15, "AAAA", value)
		var format *FormatError
		if _, err := Decrypt([]byte(section), k); !errors.As(err, &format) || strings.Contains(err.Error(), value) {
			t.Errorf("%s: got %v", value, err)
		}
	}
}
