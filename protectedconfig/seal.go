package protectedconfig

import "io"

// SealOptions say how Seal writes a section. The zero value is what .NET's RSA
// provider writes by default.
type SealOptions struct {
	Provider  string // "": RsaProtectedConfigurationProvider
	Data      string // the content's algorithm, an URI; "": aes256-cbc
	Transport string // the key's algorithm, an URI; "": rsa-1_5
}

// Seal protects a section, as `aspnet_regiis -pef` does.
func Seal(plain []byte, key *Key, options SealOptions, rand io.Reader) ([]byte, error) {
	panic("not written")
}
