package protectedconfig

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" // the only hash of rsa-oaep-mgf1p as .NET has it
	"io"
	"slices"
)

// transports are the ways to unwrap a key under a declared name, the likely one
// first. A name that .NET does not know is PKCS #1 v1.5. Files exist that
// declare that and use OAEP, and .NET was seen to open them; what declares OAEP
// must use it.
func transports(declared string) []string {
	switch declared {
	case RSAOAEP:
		return []string{RSAOAEP}
	case RSA15:
		return []string{RSA15, RSAOAEP}
	}
	return []string{RSA15}
}

// sessionKeys unwraps a session key: one candidate for each size that it may
// have. There always are candidates. What does not unwrap gives random ones, so
// that a wrong key, a changed key and a changed content all fail later, in the
// same place.
func (k *Key) sessionKeys(transport string, wrapped []byte, sizes []int) ([][]byte, error) {
	if transport == RSAOAEP {
		session, err := rsa.DecryptOAEP(sha1.New(), nil, k.rsa, wrapped, nil)
		if err != nil || !slices.Contains(sizes, len(session)) {
			session = make([]byte, sizes[0])
			_, err = rand.Read(session)
		}
		return [][]byte{session}, err
	}
	var sessions [][]byte
	for _, size := range sizes {
		session := make([]byte, size)
		if _, err := rand.Read(session); err != nil {
			return nil, err
		}
		// An error here is about the length of what was given: to the caller the
		// same failure, and the session key stays random.
		//lint:ignore SA1019 .NET writes and reads PKCS #1 v1.5, and files in the field use it; this is the variant without an oracle
		_ = rsa.DecryptPKCS1v15SessionKey(nil, k.rsa, wrapped, session)
		sessions = append(sessions, session)
	}
	return sessions, nil
}

// wrap is the other way round, always as declared: whoever reads the file next
// may not guess.
func (k *Key) wrap(declared string, session []byte, random io.Reader) ([]byte, error) {
	if declared == RSAOAEP {
		return rsa.EncryptOAEP(sha1.New(), random, &k.rsa.PublicKey, session, nil)
	}
	//lint:ignore SA1019 .NET's provider writes PKCS #1 v1.5 unless its useOAEP is set, and a section keeps its algorithms
	return rsa.EncryptPKCS1v15(random, &k.rsa.PublicKey, session)
}
