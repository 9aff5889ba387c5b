package protectedconfig

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/subtle"
	"errors"
)

// The algorithms of XML Encryption that .NET's provider uses, as the files
// name them: https://www.w3.org/TR/2002/REC-xmlenc-core-20021210/#sec-Alg-Block
const (
	TripleDES = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc"
	AES128    = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
	AES192    = "http://www.w3.org/2001/04/xmlenc#aes192-cbc"
	AES256    = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"

	// RSA15 is the key transport of PKCS #1 v1.5. .NET takes every name but
	// RSAOAEP for it, unknown ones too.
	RSA15 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5"
	// RSAOAEP is OAEP with SHA-1 and MGF1, the only one that .NET knows.
	RSAOAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
)

// A blockAlgorithm is a cipher in CBC mode, its IV in front of the text.
type blockAlgorithm struct {
	uri       string
	blockSize int
	// keySizes are the bytes of the session key, that of the name first. .NET
	// makes the cipher from the name and lets the key decide its strength, so
	// the others open too.
	keySizes []int
	cipher   func(key []byte) (cipher.Block, error)
}

// algorithmOf finds an algorithm by its URI.
func algorithmOf(uri string) (blockAlgorithm, bool) {
	a := blockAlgorithm{uri: uri, blockSize: aes.BlockSize, cipher: aes.NewCipher}
	switch uri {
	case AES128:
		a.keySizes = []int{16, 24, 32}
	case AES192:
		a.keySizes = []int{24, 16, 32}
	case AES256:
		a.keySizes = []int{32, 16, 24}
	case TripleDES:
		a.blockSize, a.keySizes, a.cipher = des.BlockSize, []int{24, 16}, newTripleDES
	default:
		return blockAlgorithm{}, false
	}
	return a, true
}

// newTripleDES takes keys of two or three parts, and like .NET none whose parts
// undo each other.
func newTripleDES(key []byte) (cipher.Block, error) {
	if len(key) == 16 {
		key = append(key[:16:16], key[:8]...)
	}
	if len(key) != 24 || equalDES(key[:8], key[8:16]) || equalDES(key[8:16], key[16:]) {
		return nil, errors.New("a weak key")
	}
	return des.NewTripleDESCipher(key)
}

// equalDES compares without the parity bits, which the cipher ignores.
func equalDES(a, b []byte) bool {
	var differ byte
	for i := range a {
		differ |= (a[i] ^ b[i]) &^ 1
	}
	return subtle.ConstantTimeByteEq(differ, 0) == 1
}

// open decrypts IV and blocks and takes the padding off. Only the last byte of
// the padding counts: .NET reads PKCS #7, ISO 10126 and X9.23 alike.
func (a blockAlgorithm) open(session, sealed []byte) ([]byte, bool) {
	block, err := a.cipher(session)
	if err != nil || len(sealed) < a.blockSize || len(sealed)%a.blockSize != 0 {
		return nil, false
	}
	plain := make([]byte, len(sealed)-a.blockSize)
	if len(plain) == 0 {
		return plain, true
	}
	cipher.NewCBCDecrypter(block, sealed[:a.blockSize]).CryptBlocks(plain, sealed[a.blockSize:])
	padding := int(plain[len(plain)-1])
	if padding < 1 || padding > a.blockSize {
		clear(plain)
		return nil, false
	}
	return plain[:len(plain)-padding], true
}
