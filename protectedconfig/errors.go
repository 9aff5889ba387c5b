package protectedconfig

import (
	"errors"
	"fmt"
)

// ErrDecrypt is the one error of [Decrypt] for a section that has the right
// form and does not open: another key, a changed cipher value, a padding that
// is none, a plain text that is no section. Which of them it was is not told,
// here or anywhere: the difference is what a padding oracle lives on.
var ErrDecrypt = errors.New("the protected section does not open with this key: it was made for another key, or it was changed")

// ErrUnsupported is wrapped by the errors about a section that no RSA key file
// can open: DPAPI, a bare symmetric key, GCM, a reference instead of a cipher
// value. The text says which, and what to do.
var ErrUnsupported = errors.New("the protected section cannot be opened with an RSA key file")

// ErrPublicKey is returned by [ParseKey] for a key file without its private
// half, which can make sections and open none.
var ErrPublicKey = errors.New("the key file holds only the public key: export it with `aspnet_regiis -px CONTAINER FILE -pri`")

// A FormatError is about the form of a section or of a key file: what .NET's
// protected configuration would not take either.
type FormatError struct {
	Offset  int    // bytes from the start of what was given
	Message string // lower-case, without the bytes of a cipher value or a key
}

// Error gives the offset and what was found there.
func (e *FormatError) Error() string { return fmt.Sprintf("at byte %d: %s", e.Offset, e.Message) }
