package protectedconfig

import (
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// Sizes of RSA keys. Go's crypto/rsa refuses smaller ones, and .NET's own
// containers have 2048 bits, in older versions 1024. Windows makes none larger.
const (
	minKeyBits = 1024
	maxKeyBits = 16384
)

// A Key is an RSA key pair that opens and makes protected sections. It never
// prints itself: every verb of package fmt shows its size and the fingerprint
// of its public half.
type Key struct{ rsa *rsa.PrivateKey }

// NewKey takes a key pair that was made elsewhere, of two primes and of 1024 to
// 16384 bits.
func NewKey(pair *rsa.PrivateKey) (*Key, error) {
	switch {
	case pair == nil || pair.N == nil || pair.D == nil || len(pair.Primes) != 2:
		return nil, errors.New("an RSA key pair has a modulus, an exponent and two primes")
	case pair.N.BitLen() < minKeyBits:
		return nil, fmt.Errorf("an RSA key of %d bits is too small: 1024 is the least that can be used safely at all", pair.N.BitLen())
	case pair.N.BitLen() > maxKeyBits:
		return nil, fmt.Errorf("an RSA key of %d bits is too large: Windows makes none over 16384", pair.N.BitLen())
	}
	own := &rsa.PrivateKey{PublicKey: pair.PublicKey, D: pair.D, Primes: slices.Clone(pair.Primes)}
	if own.Precompute(); own.Validate() != nil {
		return nil, errInconsistent
	}
	return &Key{rsa: own}, nil
}

// errInconsistent does not say which number is wrong: they are secrets.
var errInconsistent = errors.New("the numbers of the RSA key do not fit each other: export the key again")

// Bits is the size of the modulus.
func (k *Key) Bits() int { return k.modulus().BitLen() }

func (k *Key) modulus() *big.Int {
	if k == nil || k.rsa == nil {
		return new(big.Int)
	}
	return k.rsa.N
}

// Fingerprint is the SHA-256 of the modulus, in hexadecimal. Two files with
// equal fingerprints hold the same key; it is no secret.
func (k *Key) Fingerprint() string { return fmt.Sprintf("%x", sha256.Sum256(k.modulus().Bytes())) }

// String gives the key's size and the beginning of its fingerprint.
func (k *Key) String() string {
	if k.Bits() == 0 {
		return "no RSA key"
	}
	return fmt.Sprintf("RSA key of %d bits, SHA-256 %.16s", k.Bits(), k.Fingerprint())
}

// GoString is String.
func (k *Key) GoString() string { return k.String() }

// Format is String, for every verb.
func (k *Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(k.String())) }
