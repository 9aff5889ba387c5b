package protectedconfig

const (
	encryptionSpace = "http://www.w3.org/2001/04/xmlenc#"
	signatureSpace  = "http://www.w3.org/2000/09/xmldsig#"
)

// An envelope is what a section holds around its cipher values.
type envelope struct {
	section     string // the element's name
	provider    string
	hasProvider bool

	encrypted int // EncryptedData elements directly in the section
	plainData int // those without the namespace, as the DPAPI provider writes them
	extra     int // where something else stands in the section, or -1
	dataStart int // where the first EncryptedData stands

	data      sealed // the content
	key       sealed // its key
	keys      int    // EncryptedKey elements
	reference int    // where a CipherReference stands, or -1
	retrieval bool   // a RetrievalMethod names a key elsewhere
}

// A sealed part is the content or its key: an algorithm, the name of what opens
// it, a cipher value.
type sealed struct {
	algorithm string
	methods   int // EncryptionMethod elements
	name      string
	names     int // KeyName elements
	cipher    cipherValue
	ciphers   int // CipherValue elements
}

// problem is the first thing that System.Configuration would refuse, given how
// reading ended.
func (e *envelope) problem(err error) Problem {
	switch {
	case err != nil:
		return NotWellFormed
	case !e.hasProvider:
		return NoProvider
	case e.encrypted+e.plainData == 0:
		return NoEncryptedData
	case e.encrypted+e.plainData > 1:
		return TwoEncryptedData
	case e.extra >= 0:
		return ExtraContent
	case e.kind() == KindRSA && e.missing() != "":
		return Incomplete
	}
	return NoProblem
}

func (e *envelope) kind() Kind {
	switch {
	case !e.hasProvider:
		return KindNone
	case e.provider == ProviderRSA:
		return KindRSA
	case e.provider == ProviderDPAPI:
		return KindDPAPI
	}
	return KindCustom
}

// missing says what EncryptedData lacks to be one that an RSA key opens,
// whatever its algorithms. It is empty where nothing is.
func (e *envelope) missing() string {
	switch {
	case e.plainData > 0:
		return "EncryptedData is not in the namespace of XML Encryption"
	case e.data.methods != 1 || e.data.algorithm == "":
		return "EncryptedData does not have one EncryptionMethod with an Algorithm"
	case e.reference >= 0:
		return "a CipherReference stands in place of the cipher value: nothing outside the section is read"
	case e.retrieval:
		return "the key is elsewhere, a RetrievalMethod stands in its place: nothing outside the section is read"
	case e.keys == 0 && e.data.names > 0:
		return "no EncryptedKey, only the name " + quote(e.data.name) + " of a symmetric key that the server has"
	case e.keys != 1:
		return "EncryptedData does not have one EncryptedKey"
	case e.key.methods > 1:
		return "EncryptedKey has more than one EncryptionMethod"
	case e.key.names != 1:
		return "EncryptedKey does not have one KeyName"
	case e.key.ciphers != 1 || e.data.ciphers != 1:
		return "EncryptedData and EncryptedKey do not have one CipherValue each"
	}
	return ""
}
