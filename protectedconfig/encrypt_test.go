package protectedconfig

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
)

// Only the two cipher values change: the parts of the section between them are
// the same bytes.
func TestEncryptChangesOnlyCipherValues(t *testing.T) {
	k := key(t, pair2048())
	for _, data := range dataAlgorithms() {
		for _, transport := range keyTransports() {
			t.Run(shortName(data)+" "+shortName(transport), func(t *testing.T) {
				section := vector{data: data, transport: transport, padding: pkcs7, plain: plainOff}.section(t, k)
				opened, err := Decrypt([]byte(section), k)
				if err != nil {
					t.Fatal(err)
				}
				changed, err := opened.Encrypt([]byte(plainOn), nil)
				if err != nil {
					t.Fatal(err)
				}
				before, after := aroundCipherValues(section), aroundCipherValues(string(changed))
				if strings.Join(before, "|") != strings.Join(after, "|") {
					t.Errorf("got %q\nwant %q", after, before)
				}
				if old, now := cipherValues(section), cipherValues(string(changed)); old[0] == now[0] || old[1] == now[1] {
					t.Error("a cipher value is the old one: the session key must be new")
				}
				again, err := Decrypt(changed, k)
				if err != nil || string(again.Plain()) != plainOn {
					t.Errorf("got %q, %v", again.Plain(), err)
				}
				if string(opened.Plain()) != plainOff || string(opened.section) != section {
					t.Error("Encrypt changed what it was called on")
				}
			})
		}
	}
}

func aroundCipherValues(section string) []string {
	var parts []string
	for _, part := range strings.Split(section, "</CipherValue>") {
		part, _, _ = strings.Cut(part, "<CipherValue>")
		parts = append(parts, part)
	}
	return parts
}

func cipherValues(section string) []string {
	var values []string
	for _, part := range strings.Split(section, "<CipherValue>")[1:] {
		value, _, _ := strings.Cut(part, "</CipherValue>")
		values = append(values, value)
	}
	return values
}

// A section may declare rsa-1_5 and use OAEP. What is written anew is what is
// declared.
func TestEncryptWritesWhatIsDeclared(t *testing.T) {
	k := key(t, pair2048())
	section := vector{data: AES256, transport: RSAOAEP, declared: RSA15, keySize: 16, padding: pkcs7, plain: plainOff}.section(t, k)
	opened, err := Decrypt([]byte(section), k)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := opened.Encrypt([]byte(plainOn), nil)
	if err != nil {
		t.Fatal(err)
	}
	changed = bytes.Replace(changed, []byte(RSA15), []byte("urn:PKCS#1-and-nothing-else"), 1)
	again, err := Decrypt(changed, k)
	if err != nil || string(again.Plain()) != plainOn || again.keySize != 16 {
		t.Errorf("got %v, %v", again, err)
	}
}

// A section that holds nothing can be given something.
func TestEncryptIntoNothing(t *testing.T) {
	k := key(t, pair2048())
	opened, err := Decrypt([]byte(vector{data: AES192, transport: RSAOAEP, ivOnly: true}.section(t, k)), k)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := opened.Encrypt([]byte(plainOn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Decrypt(changed, k); err != nil || string(again.Plain()) != plainOn {
		t.Errorf("got %v, %v", again, err)
	}
}

func TestEncryptKeepsLines(t *testing.T) {
	k := key(t, pair2048())
	sound := vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}
	wrapped, sealed := sound.cipherValues(t, k)
	lines := func(b []byte, width int, between string) string {
		return layout{width: width, between: between}.write(base64.StdEncoding.EncodeToString(b))
	}
	long := strings.Replace(plainOn, "cache01", strings.Repeat("cache01.example.test,", 20), 1)
	tests := map[string]struct{ wrap func([]byte) string }{
		"one line":        {func(b []byte) string { return lines(b, 0, "") }},
		"64":              {func(b []byte) string { return lines(b, 64, "\n") }},
		"76 with CRLF":    {func(b []byte) string { return lines(b, 76, "\r\n") }},
		"76 with escapes": {func(b []byte) string { return lines(b, 76, "&#xD;\n") }},
		"76 indented":     {func(b []byte) string { return "\r\n\t\t" + lines(b, 76, "\r\n\t\t") + "\r\n\t" }},
		"CDATA":           {func(b []byte) string { return "<![CDATA[" + lines(b, 64, "\n") + "\n]]>" }},
		"a comment":       {func(b []byte) string { return "\n <!-- made by hand -->" + lines(b, 0, "") }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			section := indented("Own", AES256, RSA15, test.wrap(wrapped), test.wrap(sealed))
			opened, err := Decrypt([]byte(section), k)
			if err != nil {
				t.Fatal(err)
			}
			for _, plain := range []string{"<xmpro/>", plainOn, long} {
				changed, err := opened.Encrypt([]byte(plain), nil)
				if err != nil {
					t.Fatal(err)
				}
				e, err := readEnvelope(changed)
				if err != nil {
					t.Fatal(err)
				}
				newKey, _ := e.key.cipher.decode(changed)
				newData, _ := e.data.cipher.decode(changed)
				if want := indented("Own", AES256, RSA15, test.wrap(newKey), test.wrap(newData)); string(changed) != want {
					t.Errorf("got\n%s\nwant\n%s", changed, want)
				}
			}
		})
	}
}

// A value in two pieces: the new one stands in the first, the comment between
// them stays.
func TestEncryptKeepsInterruption(t *testing.T) {
	k := key(t, pair1024())
	sound := vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}
	wrapped, sealed := sound.cipherValues(t, k)
	text := base64.StdEncoding.EncodeToString(sealed)
	section := indented("Own", AES256, RSA15, base64.StdEncoding.EncodeToString(wrapped), text[:20]+"<!-- here -->"+text[20:])
	opened, err := Decrypt([]byte(section), k)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := opened.Encrypt([]byte(plainOn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(changed, []byte("<!-- here --></CipherValue>")) {
		t.Errorf("got %s", changed)
	}
}

func TestEncryptRefuses(t *testing.T) {
	k := key(t, pair1024())
	section := vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}.section(t, k)
	opened, err := Decrypt([]byte(section), k)
	if err != nil {
		t.Fatal(err)
	}
	for _, plain := range []string{"", "hunter2", "<appSettings/>", "<xmpro>", "<xmpro/><xmpro/>", "<xmpro a='hunter2'>"} {
		if out, err := opened.Encrypt([]byte(plain), nil); err == nil || out != nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: got %q, %v", plain, out, err)
		}
	}
	broken := errors.New("broken")
	if out, err := opened.Encrypt([]byte(plainOn), iotest.ErrReader(broken)); !errors.Is(err, broken) || out != nil {
		t.Errorf("got %q, %v", out, err)
	}

	two := strings.Replace(section, "</EncryptedKey>", `</EncryptedKey><EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#"/>`, 1)
	if _, err := Decrypt([]byte(two), k); err == nil {
		t.Error("two keys of which one would stay old")
	}
}

func TestSeal(t *testing.T) {
	k := key(t, pair2048())
	for _, data := range dataAlgorithms() {
		for _, transport := range keyTransports() {
			section, err := Seal([]byte(plainOn), k, SealOptions{Data: data, Transport: transport, Provider: `O"wn&`}, nil)
			if err != nil {
				t.Fatal(err)
			}
			opened, err := Decrypt(section, k)
			if err != nil || string(opened.Plain()) != plainOn {
				t.Fatalf("got %v, %v", opened, err)
			}
			want := Info{Section: "xmpro", Provider: `O"wn&`, Kind: KindCustom, Data: data, Transport: transport, KeyName: "Rsa Key", RSA: true}
			if opened.Info() != want {
				t.Errorf("got %+v, want %+v", opened.Info(), want)
			}
		}
	}
	for name, make := range map[string]func() ([]byte, error){
		"no key":       func() ([]byte, error) { return Seal([]byte(plainOn), nil, SealOptions{}, nil) },
		"no element":   func() ([]byte, error) { return Seal([]byte("text"), k, SealOptions{}, nil) },
		"GCM":          func() ([]byte, error) { return Seal([]byte(plainOn), k, SealOptions{Data: "urn:gcm"}, nil) },
		"no transport": func() ([]byte, error) { return Seal([]byte(plainOn), k, SealOptions{Transport: "urn:x"}, nil) },
	} {
		if section, err := make(); err == nil || section != nil {
			t.Errorf("%s: got %q, %v", name, section, err)
		}
	}
}
