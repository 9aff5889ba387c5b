package protectedconfig

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// SealOptions say how [Seal] writes a section. The zero value is what .NET's RSA
// provider writes by default.
type SealOptions struct {
	Provider  string // "": [ProviderRSA]
	Data      string // the content's algorithm, a URI; "": [AES256]
	Transport string // the key's algorithm, [RSA15] or [RSAOAEP]; "": RSA15
	KeyName   string // "": `Rsa Key`, the only one that .NET's provider finds
}

// Seal protects a section as .NET's RSA provider does: it makes of
// `<xmpro>...</xmpro>` an `<xmpro configProtectionProvider="...">` that holds
// EncryptedData and no white space. Random bytes come from random, or from
// crypto/rand if it is nil.
func Seal(plain []byte, key *Key, options SealOptions, random io.Reader) ([]byte, error) {
	if key == nil || key.rsa == nil {
		return nil, errors.New("no key is given to protect the section with")
	}
	name := elementName(plain)
	if name == "" {
		return nil, errors.New("what is to be protected is not one well-formed element")
	}
	options = options.orDefault()
	block, ok := algorithmOf(options.Data)
	if !ok || options.Transport != RSA15 && options.Transport != RSAOAEP {
		return nil, fmt.Errorf("%w: its algorithms would be %s and %s", ErrUnsupported, quote(options.Data), quote(options.Transport))
	}
	wrapped, sealed, err := key.seal(block, block.keySizes[0], options.Transport, plain, random)
	if err != nil {
		return nil, err
	}
	const section = `<%[1]s configProtectionProvider="%[2]s">` +
		`<EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element" xmlns="http://www.w3.org/2001/04/xmlenc#">` +
		`<EncryptionMethod Algorithm="%[3]s" />` +
		`<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#">` +
		`<EncryptionMethod Algorithm="%[4]s" />` +
		`<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyName>%[5]s</KeyName></KeyInfo>` +
		`<CipherData><CipherValue>%[6]s</CipherValue></CipherData></EncryptedKey></KeyInfo>` +
		`<CipherData><CipherValue>%[7]s</CipherValue></CipherData></EncryptedData></%[1]s>`
	return fmt.Appendf(nil, section, name, escape(options.Provider), options.Data, options.Transport, escape(options.KeyName),
		base64.StdEncoding.EncodeToString(wrapped), base64.StdEncoding.EncodeToString(sealed)), nil
}

func (o SealOptions) orDefault() SealOptions {
	return SealOptions{
		Provider:  cmp.Or(o.Provider, ProviderRSA),
		Data:      cmp.Or(o.Data, AES256),
		Transport: cmp.Or(o.Transport, RSA15),
		KeyName:   cmp.Or(o.KeyName, "Rsa Key"),
	}
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
