package protectedconfig

import (
	"strings"
	"testing"
)

// What is made here opens with xmlsec1, and the other way round: the library
// that most of the world's XML Encryption goes through.
func TestXMLSec(t *testing.T) {
	need(t, "the Debian package xmlsec1", "xmlsec1")
	k := key(t, pair2048())
	for _, data := range dataAlgorithms() {
		for _, transport := range keyTransports() {
			t.Run(shortName(data)+" "+shortName(transport), func(t *testing.T) {
				dir := t.TempDir()
				pemFiles(t, dir, k)

				ours, err := Seal([]byte(plainOn), k, SealOptions{Data: data, Transport: transport}, nil)
				if err != nil {
					t.Fatal(err)
				}
				xmlsecOpens(t, dir, string(ours), plainOn)

				theirs := xmlsecSeals(t, dir, data, transport, plainOff)
				opened, err := Decrypt([]byte(theirs), k)
				if err != nil || string(opened.Plain()) != plainOff {
					t.Fatalf("got %v, %v\nof %s", opened, err, theirs)
				}
				changed, err := opened.Encrypt([]byte(plainOn), nil)
				if err != nil {
					t.Fatal(err)
				}
				xmlsecOpens(t, dir, string(changed), plainOn)
			})
		}
	}
}

func xmlsecOpens(t *testing.T, dir, section, plain string) {
	t.Helper()
	write(t, dir, "section.xml", section)
	got := run(t, dir, "xmlsec1", "--decrypt", "--privkey-pem:Rsa Key", "key.pem", "section.xml")
	// It writes the plain element in place of EncryptedData, `" />` as `"/>`.
	if !strings.Contains(got, strings.ReplaceAll(plain, " />", "/>")) {
		t.Errorf("got %s", got)
	}
}

// xmlsecSeals fills in the cipher values of a template, in lines of 64.
func xmlsecSeals(t *testing.T, dir, data, transport, plain string) string {
	t.Helper()
	const provider = "RsaProtectedConfigurationProvider"
	template := indented(provider, data, transport, "", "")
	start := strings.Index(template, "<EncryptedData")
	end := strings.LastIndex(template, "</xmpro>")
	write(t, dir, "template.xml", template[start:end])
	write(t, dir, "plain.xml", plain)
	session := map[string]string{TripleDES: "des-192", AES128: "aes-128", AES192: "aes-192", AES256: "aes-256"}[data]
	out := run(t, dir, "xmlsec1", "--encrypt", "--pubkey-pem:Rsa Key", "public.pem", "--session-key", session, "--binary-data", "plain.xml", "template.xml")
	encrypted := out[strings.Index(out, "<EncryptedData"):]
	return template[:start] + strings.TrimSpace(encrypted) + template[end:]
}
