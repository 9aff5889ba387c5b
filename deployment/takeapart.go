package deployment

import (
	"path"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/protectedconfig"
	"github.com/xmlint/xmlint/schema"
)

// takeApart finds the parts of a web.config.
func (l *loader) takeApart(f *File) *WebConfig {
	d := f.XML
	w := &WebConfig{
		File: f, ConfigSections: document.None, Declaration: document.None, Section: document.None,
		AutoScale: document.None, AppSettings: document.None, MachineKey: document.None,
	}
	root := d.Root()
	builders := document.None
	for n := range d.Children(root) {
		switch d.Name(n) {
		case "configSections":
			w.ConfigSections = n
			w.Declaration = declaration(d, n)
		case schema.RootSection:
			if w.Section == document.None {
				w.Section = n
			}
		case "appSettings":
			w.AppSettings = n
		case "configBuilders":
			builders = n
		case "system.web":
			w.MachineKey = d.Child(n, "machineKey")
		case "location":
			if s := d.Child(n, schema.RootSection); s != document.None && w.Section == document.None {
				w.Section, w.Location = s, true
			}
		}
	}
	if w.Section == document.None && d.Name(root) == schema.RootSection {
		w.Section = root // the section alone, as configSource has it
	}
	w.Expands = expands(d, builders, w.Section)
	w.ExpandsAppSettings = expands(d, builders, w.AppSettings)
	w.ProtectedAppSettings = l.protection(f, w.AppSettings)
	if w.Section == document.None {
		return w
	}
	w.Protected = l.protection(f, w.Section)
	w.AutoScale = d.Child(w.Section, "autoScale")
	if w.Protected != nil && w.Protected.Opened != nil {
		w.AutoScale = document.None // it is in another document
	}
	if source, ok := d.Attr(w.Section, "configSource"); ok && source != "" {
		w.ConfigSource = source
		l.readConfigSource(w)
	}
	return w
}

// declaration is the <section name="xmpro"> below configSections, in a
// sectionGroup or not.
func declaration(d *document.XML, sections document.NodeID) document.NodeID {
	for n := range d.Children(sections) {
		if name, _ := d.Attr(n, "name"); d.Name(n) == "section" && name == schema.RootSection {
			return n
		}
	}
	return document.None
}

// expands tells whether a section names a configuration builder that fills in
// ${...}: one in Expand mode, or one that the file does not declare, of which
// nothing is known.
//
// Source: Microsoft.Configuration.ConfigurationBuilders: mode is Strict unless
// it is said; Expand works on the section's raw XML.
func expands(d *document.XML, builders, section document.NodeID) bool {
	if section == document.None {
		return false
	}
	names, _ := d.Attr(section, "configBuilders")
	for name := range strings.SplitSeq(names, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		declared := false
		if builders != document.None {
			for n := range d.Children(builders) {
				for add := range d.Children(n) {
					if v, _ := d.Attr(add, "name"); v != name {
						continue
					}
					declared = true
					mode, _ := d.Attr(add, "mode")
					if strings.EqualFold(strings.TrimSpace(mode), "Expand") || schema.IsReference(mode) {
						return true
					}
				}
			}
		}
		if !declared {
			return true
		}
	}
	return false
}

// Names of the providers that every machine.config declares.
//
// Source: Microsoft, "Encrypting configuration information using protected
// configuration".
const (
	rsaProvider   = "RsaProtectedConfigurationProvider"
	dpapiProvider = "DataProtectionConfigurationProvider"
	// defaultContainer is the key container of the RSA provider that
	// machine.config declares.
	defaultContainer = "NetFrameworkConfigurationKey"
)

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
	case rsaProvider:
		p.Kind, p.DefaultContainer = ProtectionRSA, true
	case dpapiProvider:
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

// readConfigSource reads the file that holds the section. A path that leaves
// the product's folder is refused, as System.Configuration does.
func (l *loader) readConfigSource(w *WebConfig) {
	name := clean(w.ConfigSource)
	if path.IsAbs(name) || strings.HasPrefix(name, "../") || name == ".." || strings.Contains(name, ":") {
		return
	}
	dir := l.dirOf(w.File)
	f := l.read(dir, entry{name: name, role: RoleConfigSource})
	if f.Text == nil && f.Err != nil {
		return
	}
	w.ConfigSourceFile = f
}

// dirOf is the folder of a file in the source's file system.
func (l *loader) dirOf(f *File) string {
	for i := range l.group.folders {
		if dir := l.group.folders[i].dir; path.Dir(f.Path) == path.Clean(l.group.source.show(dir)) {
			return dir
		}
	}
	return l.group.dir
}
