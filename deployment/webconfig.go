package deployment

import (
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/protectedconfig"
)

// WebConfig is Subscription Manager's web.config, taken apart. Each NodeID is
// a node of File.XML, NoNode where it is not there.
type WebConfig struct {
	File           *File
	ConfigSections NodeID
	Declaration    NodeID // <section name="xmpro">
	Section        NodeID // <xmpro>, also below <location>
	AutoScale      NodeID // <autoScale> directly below Section, in exactly this casing
	AppSettings    NodeID
	MachineKey     NodeID
	// Protected is the protection of <xmpro>; nil where it is in plain text.
	// ProtectedAppSettings is the same for <appSettings>.
	Protected, ProtectedAppSettings *Protection
	// Expands tells that a configuration builder may replace a ${...} in
	// <xmpro>; ExpandsAppSettings the same for <appSettings>.
	Expands, ExpandsAppSettings bool
	// Location tells that Section lies below a <location> that speaks of
	// another folder; ConfigSource is the file that holds it, as written.
	Location     bool
	ConfigSource string
	// ConfigSourceFile is that file, nil where it is missing.
	ConfigSourceFile *File
	// SettingsFrom are the other files that <appSettings> takes settings from,
	// those that count last at the end.
	SettingsFrom []SettingsFile
}

// SettingsFile is another file that <appSettings> takes settings from.
//
// Source: Microsoft, AppSettingsSection.File: what the file says wins, and one
// that is missing is passed over. SectionInformation.ConfigSource: the file has
// to be there, in the folder or below it.
type SettingsFile struct {
	Attribute string // that names it: configSource or file
	Name      string // as written
	File      *File  // nil where it is missing or out of sight
	// Outside tells that it would lie outside of the product's folder, and was
	// not looked for.
	Outside bool
}

// encrypted reports whether the file's content is a protected section.
func (s *SettingsFile) encrypted() bool {
	if s.File == nil || s.File.XML == nil {
		return false
	}
	d, root := s.File.XML, s.File.XML.Root()
	return d.AttrNode(root, "configProtectionProvider") >= 0 || d.Child(root, "EncryptedData") != document.None
}

// Hidden says why what the file holds cannot be known; zero where it can.
func (s *SettingsFile) Hidden() Reason {
	switch {
	case s.Outside, s.File == nil && s.Attribute == attrConfigSource:
		return ReasonElsewhere
	case s.File == nil:
		return 0
	case s.File.XML == nil:
		return ReasonUnreadable
	case s.encrypted():
		return ReasonEncrypted
	}
	return 0
}

// Protection is what is known of a protected section.
type Protection struct {
	Provider string // as named by configProtectionProvider; empty where the attribute is missing
	Kind     ProtectionKind
	// DefaultContainer tells that the RSA provider is the machine's default
	// one, whose key other servers do not have.
	DefaultContainer bool
	// ProviderDeclared tells that the file itself declares the provider.
	ProviderDeclared bool
	Info             protectedconfig.Info
	Opened           *Opened // nil where no key opened it
	Err              error   // why the key that was given did not open it; nil where none was given
	Place            Place   // the section's start tag
}

// ProtectionKind is the kind of a provider.
type ProtectionKind uint8

// The kinds of provider.
const (
	ProtectionRSA ProtectionKind = iota + 1
	ProtectionDPAPI
	ProtectionCustom
	ProtectionMissing // EncryptedData without configProtectionProvider
)

// Opened is a protected section in plain text. It never leaves the process.
type Opened struct {
	XML     *XML                    // a document whose root is the section's element
	Section *protectedconfig.Opened // what it takes to protect a changed one in the same way
}
