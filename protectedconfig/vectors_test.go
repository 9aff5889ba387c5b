package protectedconfig

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
)

// The keys of the tests are made anew each time: nobody can come to rely on one.
var (
	pair2048  = sync.OnceValue(func() *rsa.PrivateKey { return newPair(2048) })
	pair1024  = sync.OnceValue(func() *rsa.PrivateKey { return newPair(1024) })
	pairOther = sync.OnceValue(func() *rsa.PrivateKey { return newPair(1024) })
)

func newPair(bits int) *rsa.PrivateKey {
	pair, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return pair
}

func key(t testing.TB, pair *rsa.PrivateKey) *Key {
	t.Helper()
	k, err := NewKey(pair)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// keyFile writes a key pair as `aspnet_regiis -px ... -pri` does.
func keyFile(pair *rsa.PrivateKey) string {
	element := func(name string, n *big.Int) string {
		return "<" + name + ">" + base64.StdEncoding.EncodeToString(n.Bytes()) + "</" + name + ">"
	}
	return "<RSAKeyValue>" + element("Modulus", pair.N) + element("Exponent", big.NewInt(int64(pair.E))) +
		element("P", pair.Primes[0]) + element("Q", pair.Primes[1]) +
		element("DP", pair.Precomputed.Dp) + element("DQ", pair.Precomputed.Dq) +
		element("InverseQ", pair.Precomputed.Qinv) + element("D", pair.D) + "</RSAKeyValue>"
}

const (
	plainOff = `<xmpro><autoScale enabled="false" connectionString="-" /></xmpro>`
	plainOn  = `<xmpro><autoScale enabled="true" connectionString="cache01:6379,password=p&amp;q,abortConnect=False" /></xmpro>`
)

func dataAlgorithms() []string { return []string{TripleDES, AES128, AES192, AES256} }

func keyTransports() []string { return []string{RSA15, RSAOAEP} }

// A vector is a section made piece by piece, for what Seal does not make.
type vector struct {
	data, transport string // as used
	declared        string // the key transport in the file; "": transport
	keySize         int    // of the session key; 0: the algorithm's own
	padding         func(pad []byte)
	plain           string
	ivOnly          bool
}

func pkcs7(pad []byte) {
	for i := range pad {
		pad[i] = byte(len(pad))
	}
}

func iso10126(pad []byte) {
	for i := range pad {
		pad[i] = byte(200 + i)
	}
	pad[len(pad)-1] = byte(len(pad))
}

func x923(pad []byte) { pad[len(pad)-1] = byte(len(pad)) }

func (v vector) cipherValues(t testing.TB, k *Key) (wrapped, sealed []byte) {
	t.Helper()
	block, ok := algorithmOf(v.data)
	if !ok {
		t.Fatalf("no algorithm %s", v.data)
	}
	if v.keySize == 0 {
		v.keySize = block.keySizes[0]
	}
	session := []byte(strings.Repeat("0123456789abcdefGHIJKLMN", 2))[:v.keySize]
	wrapped, err := k.wrap(v.transport, session, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	blockCipher, err := block.cipher(session)
	if err != nil {
		t.Fatal(err)
	}
	iv := bytes.Repeat([]byte{7}, block.blockSize)
	if v.ivOnly {
		return wrapped, iv
	}
	pad := make([]byte, block.blockSize-len(v.plain)%block.blockSize)
	v.padding(pad)
	text := append([]byte(v.plain), pad...)
	cipher.NewCBCEncrypter(blockCipher, iv).CryptBlocks(text, text)
	return wrapped, append(iv, text...)
}

// section writes the vector in the layout of aspnet_regiis.
func (v vector) section(t testing.TB, k *Key) string {
	t.Helper()
	if v.declared == "" {
		v.declared = v.transport
	}
	wrapped, sealed := v.cipherValues(t, k)
	return indented("RsaProtectedConfigurationProvider", v.data, v.declared,
		base64.StdEncoding.EncodeToString(wrapped), base64.StdEncoding.EncodeToString(sealed))
}

func indented(provider, data, transport, wrapped, sealed string) string {
	return fmt.Sprintf(`<xmpro configProtectionProvider="%s">
    <EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element"
      xmlns="http://www.w3.org/2001/04/xmlenc#">
      <EncryptionMethod Algorithm="%s" />
      <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
        <EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#">
          <EncryptionMethod Algorithm="%s" />
          <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">
            <KeyName>Rsa Key</KeyName>
          </KeyInfo>
          <CipherData>
            <CipherValue>%s</CipherValue>
          </CipherData>
        </EncryptedKey>
      </KeyInfo>
      <CipherData>
        <CipherValue>%s</CipherValue>
      </CipherData>
    </EncryptedData>
  </xmpro>`, provider, data, transport, wrapped, sealed)
}

func shortName(uri string) string { return uri[strings.LastIndexByte(uri, '#')+1:] }
