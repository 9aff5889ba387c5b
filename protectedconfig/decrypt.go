package protectedconfig

import (
	"bytes"
	"errors"
	"fmt"
)

// An Opened section is the plain text of a protected one, and what it takes to
// protect a changed text in the same way. It never prints its plain text.
type Opened struct {
	section  []byte
	envelope *envelope
	key      *Key
	plain    []byte
	block    blockAlgorithm
	keySize  int // bytes of the session key
}

// Decrypt opens a section with a key. Its errors are a [FormatError] for a
// section that .NET would not take, one that wraps [ErrUnsupported] for one
// that no RSA key file opens, and [ErrDecrypt] for everything that depends on
// the key. It reads nothing but its arguments.
//
// A plain text comes back only if it is a well-formed element, or empty. That
// it is the text somebody once protected is not proven by anything: the public
// half of the key is enough to make a section, and CBC lets a stranger change
// one.
func Decrypt(section []byte, key *Key) (*Opened, error) {
	if key == nil || key.rsa == nil {
		return nil, errors.New("no key is given to open the protected section with")
	}
	section = bytes.Clone(section)
	e, err := readEnvelope(section)
	if err := e.refusal(err); err != nil {
		return nil, err
	}
	o := &Opened{section: section, envelope: e, key: key}
	o.block, _ = algorithmOf(e.data.algorithm)
	wrapped, okKey := e.key.cipher.decode(section)
	sealed, okData := e.data.cipher.decode(section)
	if !okKey || !okData {
		return nil, &FormatError{Offset: e.dataStart, Message: "a CipherValue of EncryptedData is not base64"}
	}
	for _, transport := range transports(e.key.algorithm) {
		sessions, err := key.sessionKeys(transport, wrapped, o.block.keySizes)
		if err != nil {
			return nil, err
		}
		for _, session := range sessions {
			if plain, ok := o.block.openElement(session, sealed); ok {
				o.plain, o.keySize = plain, len(session)
				return o, nil
			}
		}
	}
	return nil, ErrDecrypt
}

// Info is what [Detect] says about the section.
func (o *Opened) Info() Info { return o.envelope.info(nil) }

// Plain is the section's element as it was before it was protected, byte for
// byte: `<xmpro>...</xmpro>`. It is empty where the section holds nothing but
// an initialisation vector, which is no section to .NET.
func (o *Opened) Plain() []byte { return bytes.Clone(o.plain) }

// String says which section this is, without its plain text.
func (o Opened) String() string {
	if o.envelope == nil {
		return "no opened section"
	}
	return "an opened section <" + o.envelope.section + ">"
}

// GoString is String.
func (o Opened) GoString() string { return o.String() }

// Format is String, for every verb.
func (o Opened) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(o.String())) }

// refusal says why no RSA key opens the section, given how reading it ended.
func (e *envelope) refusal(err error) error {
	format := func(offset int, message string) error { return &FormatError{Offset: offset, Message: message} }
	switch problem := e.problem(err); {
	case problem == NotWellFormed:
		return err
	case !e.isProtected():
		return format(0, "the section is not protected")
	case problem == NoProvider:
		return format(e.dataStart, "EncryptedData in a section without configProtectionProvider: add the attribute with the name of the provider that made it")
	case problem == NoEncryptedData:
		return format(0, "configProtectionProvider on a section without EncryptedData: remove the attribute, the section is plain")
	case problem == TwoEncryptedData:
		return format(e.dataStart, "more than one EncryptedData in the section")
	case problem == ExtraContent:
		return format(e.extra, "plain content beside EncryptedData in the section")
	case e.kind() == KindDPAPI:
		return fmt.Errorf("%w: DPAPI made it for one machine, only `aspnet_regiis -pdf` there opens it", ErrUnsupported)
	}
	if missing := e.missing(); missing != "" {
		return fmt.Errorf("at byte %d: %w: %s", e.dataStart, ErrUnsupported, missing)
	}
	if _, ok := algorithmOf(e.data.algorithm); !ok {
		return fmt.Errorf("at byte %d: %w: its algorithm is %s, .NET knows tripledes-cbc, aes128-cbc, aes192-cbc and aes256-cbc",
			e.dataStart, ErrUnsupported, quote(e.data.algorithm))
	}
	return nil
}

// openElement opens what is an element, and an IV alone to nothing.
func (a blockAlgorithm) openElement(session, sealed []byte) ([]byte, bool) {
	defer clear(session)
	plain, ok := a.open(session, sealed)
	if ok && len(sealed) > a.blockSize && elementName(plain) == "" {
		clear(plain)
		return nil, false
	}
	return plain, ok
}

// elementName is the name of the one element that the text is, or empty if it
// is something else.
func elementName(text []byte) string {
	scan, err := newScanner(text)
	if err != nil {
		return ""
	}
	root := ""
	for {
		t, err := scan.next()
		switch {
		case err != nil:
			return ""
		case t.kind == tokenDone:
			return root
		case t.kind == tokenStart && root == "":
			root = t.name.qualified
		}
	}
}
