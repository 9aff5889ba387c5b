package deployment

import (
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/protectedconfig"
)

// defaultContainer is the key container of the RSA provider that
// machine.config declares.
//
// Source: Microsoft, "Encrypting configuration information using protected
// configuration".
const defaultContainer = "NetFrameworkConfigurationKey"

// protection tells how a section is protected; nil where it is not.
func (l *loader) protection(f *File, section document.NodeID) *Protection {
	d := f.XML
	if section == document.None {
		return nil
	}
	provider, has := d.Attr(section, "configProtectionProvider")
	if !has && d.Child(section, "EncryptedData") == document.None {
		return nil
	}
	node := &d.Nodes[section]
	p := &Protection{Provider: provider, Place: Place{f, node.StartTag}}
	end := node.EndTag.End
	if node.EndTag.IsZero() {
		end = node.StartTag.End
	}
	element := d.Text.Bytes[node.StartTag.Start:end]
	p.Info, _ = protectedconfig.Detect(element)
	p.tell(d)
	p.Provider = maskText(p.Provider) // no name of a provider looks like a secret
	if l.opts.Key == nil {
		return p
	}
	opened, err := protectedconfig.Decrypt(element, l.opts.Key)
	if err != nil {
		p.Err = err
		return p
	}
	text, err := document.DecodeXML(f.Path, opened.Plain(), l.opts.Limits)
	if err != nil {
		p.Err = protectedconfig.ErrDecrypt
		return p
	}
	plain, err := document.ParseXML(text, l.opts.Limits)
	if err != nil {
		p.Err = protectedconfig.ErrDecrypt
		return p
	}
	p.Opened = &Opened{XML: plain, Section: opened}
	return p
}

// tell tells the provider's kind: by the file's own declaration, else by the
// names of machine.config.
func (p *Protection) tell(d *document.XML) {
	switch p.Provider {
	case "":
		p.Kind = ProtectionMissing
	case protectedconfig.ProviderRSA:
		p.Kind, p.DefaultContainer = ProtectionRSA, true
	case protectedconfig.ProviderDPAPI:
		p.Kind = ProtectionDPAPI
	default:
		p.Kind = ProtectionCustom
	}
	protected := d.Child(d.Root(), "configProtectedData")
	if protected == document.None {
		return
	}
	providers := d.Child(protected, "providers")
	if providers == document.None {
		return
	}
	for add := range d.Children(providers) {
		if name, _ := d.Attr(add, "name"); d.Name(add) != "add" || name != p.Provider {
			continue
		}
		p.ProviderDeclared = true
		kind, _ := d.Attr(add, "type")
		switch {
		case strings.Contains(kind, "RsaProtectedConfigurationProvider"):
			container, named := d.Attr(add, "keyContainerName")
			p.Kind = ProtectionRSA
			p.DefaultContainer = !named || container == "" || container == defaultContainer
		case strings.Contains(kind, "DpapiProtectedConfigurationProvider"):
			p.Kind, p.DefaultContainer = ProtectionDPAPI, false
		}
	}
}
