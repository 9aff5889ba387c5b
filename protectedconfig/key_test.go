package protectedconfig

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"unicode/utf16"
)

func utf16Bytes(s string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}

func TestParseKey(t *testing.T) {
	pair := pair2048()
	file := keyFile(pair)
	want := key(t, pair).Fingerprint()
	for name, encoded := range map[string][]byte{
		"as it is":               []byte(file),
		"lines":                  []byte("<?xml version=\"1.0\"?>\r\n" + strings.ReplaceAll(file, "><", ">\r\n  <") + "\r\n"),
		"wrapped numbers":        []byte(strings.ReplaceAll(file, "=", "\n=\n")),
		"UTF-8 with a mark":      []byte("\xEF\xBB\xBF" + file),
		"UTF-16 little endian":   utf16Bytes("\uFEFF"+file, binary.LittleEndian),
		"UTF-16 big endian":      utf16Bytes("\uFEFF"+file, binary.BigEndian),
		"UTF-16 without a mark":  utf16Bytes(file, binary.LittleEndian),
		"UTF-16 BE without mark": utf16Bytes(file, binary.BigEndian),
	} {
		k, err := ParseKey(encoded)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if k.Fingerprint() != want || k.Bits() != 2048 || !k.rsa.Equal(pair) {
			t.Errorf("%s: got %v", name, k)
		}
	}
}

// Every number is checked against the others.
func TestParseKeyInconsistent(t *testing.T) {
	file := keyFile(pair1024())
	for _, part := range keyParts() {
		start := strings.Index(file, "<"+part+">") + len(part) + 2
		end := strings.Index(file, "</"+part+">")
		raw, err := base64.StdEncoding.DecodeString(file[start:end])
		if err != nil {
			t.Fatal(err)
		}
		n := new(big.Int).SetBytes(raw)
		n.Add(n, big.NewInt(2))
		changed := file[:start] + base64.StdEncoding.EncodeToString(n.Bytes()) + file[end:]
		if k, err := ParseKey([]byte(changed)); !errors.Is(err, errInconsistent) || k != nil {
			t.Errorf("%s: got %v, %v", part, k, err)
		}
	}
}

func TestParseKeyRefuses(t *testing.T) {
	file := keyFile(pair1024())
	without := func(part string) string {
		before, rest, _ := strings.Cut(file, "<"+part+">")
		_, after, _ := strings.Cut(rest, "</"+part+">")
		return before + after
	}
	modulus := base64.StdEncoding.EncodeToString(pair1024().N.Bytes())
	tests := []struct{ name, file, want string }{
		{"public", "<RSAKeyValue><Modulus>" + modulus + "</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>", "only the public key"},
		{"no D", without("D"), "no D"},
		{"no P", without("P"), "no P"},
		{"no modulus", without("Modulus"), "no Modulus"},
		{"empty", "", "ends before"},
		{"PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "PEM"},
		{"another element", "<configuration/>", "not an RSAKeyValue"},
		{"twice", strings.Replace(file, "<P>", "<D>AQAB</D><P>", 1), "twice"},
		{"no base64", strings.Replace(file, "<P>", "<P>!", 1), `"P" of the RSA key is not base64`},
		{"a part of nothing", strings.Replace(file, "<Exponent>AQAB", "<Exponent>", 1), "not base64"},
		{"an unknown reference", strings.Replace(file, "<P>", "<P>&nbsp;", 1), "reference"},
		{"large", strings.Repeat(" ", maxKeyFile+1), "64 KiB"},
		{"a large number", strings.Replace(file, "<P>", "<P>"+strings.Repeat("AAAA", 1000), 1), "longer than 16384 bits"},
		{"a large exponent", strings.Replace(file, ">AQAB<", ">AQABAQABAQAB<", 1), "exponent"},
		{"half of UTF-16", "\xFF\xFE<\x00>", "UTF-16"},
		{"not UTF-8", "<RSAKeyValue>\xff", "UTF-8"},
		{"not closed", file[:len(file)-3], "end tag"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			k, err := ParseKey([]byte(test.file))
			if k != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, %v; want %q", k, err, test.want)
			}
		})
	}
	if _, err := ParseKey([]byte(tests[0].file)); !errors.Is(err, ErrPublicKey) {
		t.Errorf("got %v", err)
	}
}

func TestNewKeyRefuses(t *testing.T) {
	small := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: big.NewInt(3233), E: 17}, D: big.NewInt(2753), Primes: []*big.Int{big.NewInt(61), big.NewInt(53)}}
	wide := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), maxKeyBits), E: 3}, D: big.NewInt(1), Primes: []*big.Int{big.NewInt(1), big.NewInt(1)}}
	for name, pair := range map[string]*rsa.PrivateKey{"nil": nil, "empty": {}, "small": small, "wide": wide} {
		if k, err := NewKey(pair); err == nil || k != nil {
			t.Errorf("%s: got %v, %v", name, k, err)
		}
	}
}

// No verb and no encoder shows more of a key than its public half's hash.
func TestKeyDoesNotPrintItself(t *testing.T) {
	k := key(t, pair1024())
	want := "RSA key of 1024 bits, SHA-256 " + k.Fingerprint()[:16]
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%10s"} {
		if got := fmt.Sprintf(verb, k); got != want {
			t.Errorf("%s gives %s", verb, got)
		}
	}
	if got, err := json.Marshal(map[string]any{"key": k}); err != nil || string(got) != `{"key":{}}` {
		t.Errorf("JSON gives %s, %v", got, err)
	}
	var none *Key
	if got := fmt.Sprint(none, " ", &Key{}); got != "no RSA key no RSA key" {
		t.Errorf("got %s", got)
	}
}
