package protectedconfig

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"
)

// saysOn is a reader with as few scruples as one can have: any attribute that is
// called enabled in some casing and would bind to true counts, also before a
// place where the text is not well-formed.
func saysOn(plain []byte) bool {
	decoder := xml.NewDecoder(bytes.NewReader(plain))
	decoder.Strict = false
	for {
		t, err := decoder.Token()
		if err != nil {
			return false
		}
		start, ok := t.(xml.StartElement)
		for _, a := range start.Attr {
			if ok && strings.EqualFold(a.Name.Local, "enabled") && strings.EqualFold(strings.Trim(a.Value, " \t\r\n\x00"), "true") {
				return true
			}
		}
	}
}

// CBC lets a stranger flip bits of the plain text. Without knowing more than the
// file one flip, or a cut, never makes `false` a `true`.
func TestChangedSectionIsNeverOn(t *testing.T) {
	k := key(t, pair1024())
	sections := map[string]string{
		"aes256 rsa-1_5":    vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}.section(t, k),
		"tripledes OAEP":    vector{data: TripleDES, transport: RSAOAEP, padding: iso10126, plain: plainOff}.section(t, k),
		"aes128, near to a": vector{data: AES128, transport: RSAOAEP, padding: x923, plain: `<xmpro><email enableSsl="true"/><autoScale  enabled="Talse" disabled="true" /></xmpro>`}.section(t, k),
	}
	for name, section := range sections {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if len(section) > 2048 {
				t.Fatalf("the vector has %d bytes", len(section))
			}
			check := func(changed []byte) {
				Detect(changed)
				opened, err := Decrypt(changed, k)
				if err == nil && saysOn(opened.Plain()) {
					t.Errorf("this says on:\n%s\n%s", changed, opened.Plain())
				}
			}
			stride := 1
			if testing.Short() {
				stride = 7
			}
			for bit := 0; bit < 8*len(section); bit += stride {
				changed := []byte(section)
				changed[bit/8] ^= 1 << (bit % 8)
				check(changed)
			}
			for n := 0; n < len(section); n += stride {
				check([]byte(section[:n]))
				check([]byte(section[n:]))
			}
			value := cipherValues(section)[1]
			sealed, err := base64.StdEncoding.DecodeString(value)
			if err != nil {
				t.Fatal(err)
			}
			reseal := func(sealed []byte) {
				check([]byte(strings.Replace(section, value, base64.StdEncoding.EncodeToString(sealed), 1)))
			}
			for bit := 0; bit < 8*len(sealed); bit += stride {
				changed := bytes.Clone(sealed)
				changed[bit/8] ^= 1 << (bit % 8)
				reseal(changed)
			}
			for n := range sealed {
				reseal(sealed[:n])
				reseal(sealed[n:])
			}
		})
	}
}

func TestSaysOn(t *testing.T) {
	if !saysOn([]byte(plainOn)) || !saysOn([]byte(`<a><b ENABLED=" True"`+">")) || saysOn([]byte(plainOff)) {
		t.Error("the judge of the other test is wrong")
	}
}

// Inputs made to cost much cost little.
func TestHostileInputIsBounded(t *testing.T) {
	k := key(t, pair1024())
	const mb = 1 << 20
	provider := `<xmpro configProtectionProvider="RsaProtectedConfigurationProvider">`
	for name, section := range map[string]string{
		"too large":            provider + strings.Repeat("<a/>", 5*mb),
		"many elements":        provider + strings.Repeat("<a/>", mb) + "</xmpro>",
		"deep":                 provider + strings.Repeat("<a>", mb),
		"long names":           provider + strings.Repeat("<"+strings.Repeat("n", 20_000)+">", 200) + strings.Repeat("<a/>", mb),
		"many attributes":      provider + "<a" + strings.Repeat(" b", mb),
		"distinct attributes":  provider + "<a" + distinct(100_000) + "/></xmpro>",
		"many namespaces":      provider + strings.Repeat("<a xmlns:p='u'>", 199) + strings.Repeat("<p:b/>", mb),
		"many providers":       strings.Repeat(provider, 100_000),
		"many comments":        provider + strings.Repeat("<!---->", mb) + "</xmpro>",
		"ampersands":           indented("Own", AES256, RSA15, "AAAA", strings.Repeat("&", mb)),
		"escapes":              indented("Own", AES256, RSA15, "AAAA", strings.Repeat("&#65;", mb)),
		"a large cipher value": indented("Own", AES256, RSA15, strings.Repeat("AAAA", mb), strings.Repeat("AAAA", mb)),
		"interrupted value":    indented("Own", AES256, RSA15, "AAAA", strings.Repeat("A<!---->", mb)),
	} {
		start := time.Now()
		Detect([]byte(section))
		if _, err := Decrypt([]byte(section), k); err == nil {
			t.Errorf("%s opens", name)
		} else if strings.Contains(err.Error(), strings.Repeat("A", 10)) || len(err.Error()) > 400 {
			t.Errorf("%s: the error quotes the input: %v", name, err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
	}
}

func distinct(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a")
		for ; i > 0; i /= 26 {
			b.WriteByte(byte('a' + i%26))
		}
		b.WriteString("=''")
	}
	return b.String()
}

// The texts of errors are for everybody's eyes.
func TestErrorsAreConstant(t *testing.T) {
	k := key(t, pair1024())
	section := strings.Replace(vector{data: AES256, transport: RSA15, padding: pkcs7, plain: plainOff}.section(t, k),
		AES256, "http://example.test/\n\x7f"+strings.Repeat("x", 200), 1)
	_, err := Decrypt([]byte(section), k)
	if !errors.Is(err, ErrUnsupported) || strings.ContainsAny(err.Error(), "\n\x7f") || len(err.Error()) > 400 {
		t.Errorf("got %q", err)
	}
}
