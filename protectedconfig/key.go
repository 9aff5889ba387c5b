package protectedconfig

import (
	"crypto/rsa"
	"fmt"
)

// A Key is an RSA key pair that opens and makes protected sections. It never
// prints itself: every verb of package fmt shows its size and the fingerprint
// of its public half.
type Key struct{ rsa *rsa.PrivateKey }

// NewKey wraps a key pair made elsewhere.
func NewKey(pair *rsa.PrivateKey) (*Key, error) { panic("not written") }

// ParseKey reads the key file that `aspnet_regiis -px CONTAINER FILE -pri`
// writes: an RSAKeyValue element, in UTF-8 or UTF-16.
func ParseKey(file []byte) (*Key, error) { panic("not written") }

// String describes the key without its secrets.
func (k *Key) String() string { panic("not written") }

// GoString is String.
func (k *Key) GoString() string { return k.String() }

// Format is String, for every verb.
func (k *Key) Format(f fmt.State, _ rune) { fmt.Fprint(f, k.String()) }
