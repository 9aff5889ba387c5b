package protectedconfig

import (
	"bytes"
	"testing"
)

func FuzzDecrypt(f *testing.F) {
	// A stored key: the fuzzer runs in several processes, which would each make
	// their own.
	k, err := ParseKey([]byte(read(f, "testdata/key.xml")))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(read(f, "testdata/mono.xml")))
	f.Add([]byte(read(f, "testdata/xmlsec1.xml")))
	for _, data := range dataAlgorithms() {
		for _, transport := range keyTransports() {
			f.Add([]byte(vector{data: data, transport: transport, padding: pkcs7, plain: plainOff}.section(f, k)))
		}
	}
	f.Add([]byte(dpapi))
	f.Add([]byte(vector{data: AES256, transport: RSA15, ivOnly: true}.section(f, k)))
	f.Add([]byte(indented("Own", AES256, RSA15, "<![CDATA[AAAA]]>", "AA<!-- -->AA&#xD;\n")))
	f.Fuzz(func(t *testing.T, section []byte) {
		given := bytes.Clone(section)
		info, protected := Detect(section)
		opened, err := Decrypt(section, k)
		if !bytes.Equal(given, section) {
			t.Fatal("the input is changed")
		}
		if (err == nil) != (opened != nil) || err == nil && (!protected || !info.RSA || info != opened.Info()) {
			t.Fatalf("%+v, %t, %v", info, protected, err)
		}
		if err != nil || len(opened.Plain()) == 0 || elementName(opened.Plain()) != info.Section {
			return
		}
		changed, err := opened.Encrypt(opened.Plain(), nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decrypt(changed, k)
		if err != nil || !bytes.Equal(again.Plain(), opened.Plain()) {
			t.Fatalf("%q does not come back from %q: %v", opened.Plain(), changed, err)
		}
	})
}

func FuzzParseKey(f *testing.F) {
	f.Add([]byte(read(f, "testdata/key.xml")))
	f.Add([]byte("<RSAKeyValue><Modulus>AQ==</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>"))
	f.Add([]byte("\xFF\xFE<\x00a\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		k, err := ParseKey(file)
		if (err == nil) != (k != nil) {
			t.Fatalf("%v, %v", k, err)
		}
		if err != nil {
			return
		}
		section, err := Seal([]byte(plainOn), k, SealOptions{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if opened, err := Decrypt(section, k); err != nil || string(opened.Plain()) != plainOn {
			t.Fatalf("a key that was taken does not open what it made: %v", err)
		}
	})
}
