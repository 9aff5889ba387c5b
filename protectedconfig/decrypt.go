package protectedconfig

import "io"

// An Opened section is the plain text of a protected one, and what it takes to
// protect a changed text in the same way.
type Opened struct{}

// Decrypt opens a section with a key.
func Decrypt(section []byte, key *Key) (*Opened, error) { panic("not written") }

// Info is what Detect says about the section.
func (o *Opened) Info() Info { panic("not written") }

// Plain is the section's element as it was before it was protected, byte for
// byte: `<xmpro>...</xmpro>`. It is empty where the section holds nothing.
func (o *Opened) Plain() []byte { panic("not written") }

// Encrypt protects another plain text the same way: same algorithms, same RSA
// key, a new session key. It returns the section with only the cipher values
// changed.
func (o *Opened) Encrypt(plain []byte, rand io.Reader) ([]byte, error) { panic("not written") }
