package protectedconfig

import (
	"bytes"
	"crypto/rsa"
	"encoding/base64"
	"encoding/binary"
	"math"
	"math/big"
	"strings"
	"unicode/utf16"
)

// maxKeyFile bounds a key file: one of 16384 bits has 13 KB, twice that in UTF-16.
const maxKeyFile = 64 << 10

// ParseKey reads the key file that `aspnet_regiis -px CONTAINER FILE -pri`
// writes: an RSAKeyValue element with all eight numbers, in UTF-8 or UTF-16. It
// checks that they fit each other. Its errors say nothing about their values.
// A file that holds only a public key gives [ErrPublicKey].
func ParseKey(file []byte) (*Key, error) {
	if len(file) > maxKeyFile {
		return nil, &FormatError{Offset: maxKeyFile, Message: "an RSA key file is not larger than 64 KiB"}
	}
	text, ok := decodeText(file)
	if !ok {
		return nil, &FormatError{Message: "the key file is not text in UTF-8 or UTF-16"}
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("-----BEGIN")) {
		return nil, &FormatError{Message: "a PEM file, not an RSAKeyValue element: export the key with `aspnet_regiis -px CONTAINER FILE -pri`"}
	}
	numbers, err := readKeyFile(text)
	if err != nil {
		return nil, err
	}
	return keyOf(numbers)
}

// keyParts are the children of RSAKeyValue, the public ones first.
// https://learn.microsoft.com/dotnet/api/system.security.cryptography.rsa.toxmlstring
func keyParts() []string {
	return []string{"Modulus", "Exponent", "P", "Q", "DP", "DQ", "InverseQ", "D"}
}

// readKeyFile collects the numbers by name.
func readKeyFile(text []byte) (map[string]*big.Int, error) {
	scan, err := newScanner(text)
	if err != nil {
		return nil, err
	}
	numbers := map[string]*big.Int{}
	var path []string
	var value strings.Builder
	for {
		t, err := scan.next()
		if err != nil {
			return nil, err
		}
		switch t.kind {
		case tokenDone:
			return numbers, nil
		case tokenStart:
			path = append(path, t.name.local)
			if path[0] != "RSAKeyValue" {
				return nil, scan.fail(t.span.start, "not an RSAKeyValue element: export the key with `aspnet_regiis -px CONTAINER FILE -pri`")
			}
			value.Reset()
		case tokenText, tokenCDATA:
			s, ok := characterData(text, t)
			if !ok {
				return nil, scan.fail(t.span.start, "a reference that stands for nothing in the RSA key")
			}
			value.WriteString(s)
		case tokenEnd:
			if len(path) == 2 {
				if reason := addNumber(numbers, path[1], value.String()); reason != "" {
					return nil, scan.fail(t.span.start, reason)
				}
			}
			path = path[:len(path)-1]
		}
	}
}

// addNumber keeps one of the key's numbers, and gives the reason why it cannot.
func addNumber(numbers map[string]*big.Int, part, text string) string {
	raw, err := base64.StdEncoding.DecodeString(strings.Map(dropSpace, text))
	switch {
	case numbers[part] != nil:
		return quote(part) + " stands twice in the RSA key"
	case err != nil || len(raw) == 0:
		return quote(part) + " of the RSA key is not base64"
	case len(raw) > maxKeyBits/8+1:
		return quote(part) + " of the RSA key is longer than 16384 bits"
	}
	numbers[part] = new(big.Int).SetBytes(raw)
	return ""
}

// keyOf makes the key of its numbers and checks them against each other.
func keyOf(n map[string]*big.Int) (*Key, error) {
	public := 0
	for i, part := range keyParts() {
		switch {
		case n[part] != nil && i < 2:
			public++
		case n[part] == nil && public == 2 && len(n) == 2:
			return nil, ErrPublicKey
		case n[part] == nil:
			return nil, &FormatError{Message: "the RSA key has no " + part}
		}
	}
	if !n["Exponent"].IsInt64() || n["Exponent"].Int64() > math.MaxInt32 {
		return nil, &FormatError{Message: "the RSA key has an exponent of more than 31 bits"}
	}
	one := big.NewInt(1)
	for _, crt := range []struct{ prime, exponent string }{{"P", "DP"}, {"Q", "DQ"}} {
		p := new(big.Int).Sub(n[crt.prime], one)
		if p.Sign() <= 0 || new(big.Int).Mod(n["D"], p).Cmp(n[crt.exponent]) != 0 {
			return nil, errInconsistent
		}
	}
	inverse := new(big.Int).Mul(n["InverseQ"], n["Q"])
	if inverse.Mod(inverse, n["P"]).Cmp(one) != 0 {
		return nil, errInconsistent
	}
	return NewKey(&rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: n["Modulus"], E: int(n["Exponent"].Int64())},
		D:         n["D"],
		Primes:    []*big.Int{n["P"], n["Q"]},
	})
}

// decodeText gives a file's text in UTF-8, without a byte order mark. UTF-16 is
// also told by the zero beside its first character.
func decodeText(file []byte) ([]byte, bool) {
	text, isUTF8 := bytes.CutPrefix(file, []byte("\xEF\xBB\xBF"))
	if isUTF8 || len(file) < 2 {
		return text, true
	}
	var order binary.ByteOrder
	switch {
	case file[0] == 0xFF && file[1] == 0xFE, file[0] == '<' && file[1] == 0:
		order = binary.LittleEndian
	case file[0] == 0xFE && file[1] == 0xFF, file[0] == 0 && file[1] == '<':
		order = binary.BigEndian
	default:
		return file, true
	}
	if len(file)%2 != 0 {
		return nil, false
	}
	units := make([]uint16, len(file)/2)
	for i := range units {
		units[i] = order.Uint16(file[2*i:])
	}
	decoded := string(utf16.Decode(units))
	return []byte(strings.TrimPrefix(decoded, "\uFEFF")), true
}
