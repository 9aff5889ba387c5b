package protectedconfig

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Encrypt protects another plain text the same way: same algorithms, same RSA
// key, a new session key. It returns the section with only the cipher values
// changed, their lines broken as they were.
//
// The text must be an element of the section's name. Random bytes come from
// random, or from crypto/rand if it is nil; the padding of RSA is always random.
func (o *Opened) Encrypt(plain []byte, random io.Reader) ([]byte, error) {
	e := o.envelope
	if name := elementName(plain); name != e.section {
		return nil, fmt.Errorf("what is to be protected is not one well-formed element <%s>", e.section)
	}
	wrapped, sealed, err := o.key.seal(o.block, o.keySize, e.key.algorithm, plain, random)
	if err != nil {
		return nil, err
	}
	section := apply(o.section, append(e.key.cipher.encode(o.section, wrapped), e.data.cipher.encode(o.section, sealed)...))
	again, err := Decrypt(section, o.key)
	if err != nil || !bytes.Equal(again.plain, plain) {
		return nil, errors.New("the section does not open again after it was protected: nothing is changed")
	}
	return section, nil
}

// apply makes the replacements, which do not overlap, in any order.
func apply(src []byte, splices []splice) []byte {
	slices.SortFunc(splices, func(a, b splice) int { return a.span.start - b.span.start })
	var out []byte
	end := 0
	for _, s := range splices {
		out = append(out, src[end:s.span.start]...)
		out = append(out, s.text...)
		end = s.span.end
	}
	return append(out, src[end:]...)
}

// seal makes a session key of keySize bytes and both cipher values.
func (k *Key) seal(block blockAlgorithm, keySize int, transport string, plain []byte, random io.Reader) (wrapped, sealed []byte, err error) {
	if random == nil {
		random = rand.Reader
	}
	session := make([]byte, keySize)
	defer clear(session)
	if _, err := io.ReadFull(random, session); err != nil {
		return nil, nil, fmt.Errorf("no random bytes for a session key: %w", err)
	}
	if wrapped, err = k.wrap(transport, session, random); err != nil {
		return nil, nil, fmt.Errorf("the RSA key cannot wrap a session key: %w", err)
	}
	sealed, err = block.seal(session, plain, random)
	return wrapped, sealed, err
}

// seal encrypts with a random IV in front and the padding of ISO 10126, .NET's
// choice: random bytes, the last one their number.
func (a blockAlgorithm) seal(session, plain []byte, random io.Reader) ([]byte, error) {
	block, err := a.cipher(session)
	if err != nil {
		return nil, fmt.Errorf("the random bytes make %w", err)
	}
	padding := a.blockSize - len(plain)%a.blockSize
	out := make([]byte, a.blockSize+len(plain)+padding)
	copy(out[a.blockSize:], plain)
	for _, part := range [][]byte{out[:a.blockSize], out[a.blockSize+len(plain):]} {
		if _, err := io.ReadFull(random, part); err != nil {
			return nil, fmt.Errorf("no random bytes for a cipher block: %w", err)
		}
	}
	out[len(out)-1] = byte(padding)
	blocks := out[a.blockSize:]
	cipher.NewCBCEncrypter(block, out[:a.blockSize]).CryptBlocks(blocks, blocks)
	return out, nil
}
