package protectedconfig

import "bytes"

// The names of the providers that every machine.config declares.
//
// Source: Microsoft, "Encrypting configuration information using protected
// configuration".
const (
	ProviderRSA   = "RsaProtectedConfigurationProvider"
	ProviderDPAPI = "DataProtectionConfigurationProvider"
)

// A Kind says who can open a section, as far as its provider's name tells.
type Kind int

const (
	// KindNone is a section without configProtectionProvider, or with an empty one.
	KindNone Kind = iota
	// KindRSA is [ProviderRSA]: an RSA key container.
	KindRSA
	// KindDPAPI is [ProviderDPAPI]: bound to one machine or one user of it, no
	// key file can open it.
	KindDPAPI
	// KindCustom is any other name. It is often the RSA provider with a
	// container of its own; [Info.RSA] says whether the section is written so.
	KindCustom
)

// String is a word for the kind.
func (k Kind) String() string {
	switch k {
	case KindRSA:
		return "RSA"
	case KindDPAPI:
		return "DPAPI"
	case KindCustom:
		return "custom"
	}
	return "none"
}

// A Problem is a form that System.Configuration refuses.
type Problem int

const (
	// NoProblem is a section in order.
	NoProblem Problem = iota
	// NotWellFormed is a section that is no XML element.
	NotWellFormed
	// NoProvider is EncryptedData without configProtectionProvider: .NET
	// takes it for an unknown element of the section and throws.
	NoProvider
	// NoEncryptedData is configProtectionProvider without EncryptedData.
	NoEncryptedData
	// TwoEncryptedData is more than one EncryptedData.
	TwoEncryptedData
	// ExtraContent is EncryptedData together with plain elements or text.
	ExtraContent
	// Incomplete is an EncryptedData that names the RSA provider and lacks a
	// part, has it twice, has it elsewhere, or in the wrong XML namespace.
	Incomplete
)

// String says what is wrong, in a few words. It is empty for NoProblem.
func (p Problem) String() string {
	switch p {
	case NotWellFormed:
		return "the section is not well-formed"
	case NoProvider:
		return "EncryptedData without configProtectionProvider"
	case NoEncryptedData:
		return "configProtectionProvider without EncryptedData"
	case TwoEncryptedData:
		return "more than one EncryptedData"
	case ExtraContent:
		return "plain content beside EncryptedData"
	case Incomplete:
		return "an EncryptedData that the RSA provider cannot read"
	}
	return ""
}

// Info is what a section says about its protection without any key. Nothing in
// it is secret, and nothing in it is proven.
type Info struct {
	Section   string  // the element's name, as `xmpro`
	Provider  string  // configProtectionProvider
	Kind      Kind    // from Provider's name alone
	Problem   Problem // why System.Configuration would refuse it
	Data      string  // the declared algorithm of the content, a URI
	Transport string  // the declared algorithm of the key, a URI; not always the used one
	KeyName   string  // of the RSA key; `Rsa Key` where .NET's provider wrote it
	RSA       bool    // the form is one that Decrypt opens, given the key
}

// Detect reports whether a section is protected, and how. The section is one
// element with all its content, in UTF-8. It reports false for a section
// without any trace of protection. A section with configSource has its content
// in another file: give that file's element.
func Detect(section []byte) (Info, bool) {
	if !bytes.Contains(section, []byte("configProtectionProvider")) && !bytes.Contains(section, []byte("EncryptedData")) {
		return Info{}, false
	}
	e, err := readEnvelope(section)
	if !e.isProtected() {
		return Info{}, false
	}
	return e.info(err), true
}

func (e *envelope) isProtected() bool { return e.hasProvider || e.encrypted+e.plainData > 0 }

func (e *envelope) info(err error) Info {
	return Info{
		Section:   e.section,
		Provider:  e.provider,
		Kind:      e.kind(),
		Problem:   e.problem(err),
		Data:      e.data.algorithm,
		Transport: e.key.algorithm,
		KeyName:   e.key.name,
		RSA:       e.refusal(err) == nil,
	}
}
