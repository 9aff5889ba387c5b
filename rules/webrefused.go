package rules

import (
	"bytes"
	"path"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// sectionRefused is XM4006.
func sectionRefused() *lint.Rule {
	return &lint.Rule{
		ID: "XM4006", Name: "section-refused", Severity: lint.Error,
		Title: "System.Configuration throws on Subscription Manager's web.config",
		Doc: lint.Doc{
			What: "Reports what is well-formed XML and no configuration: another root than `<configuration>`, a `<configSections>` that is not the first child, or a `<location>`, with a part that it does not have, a section that stands twice, `xmpro` not declared, text inside it, `xmlns:x` on an element, " +
				"an attribute or a child element that `<autoScale>` does not have, a second `<autoScale>`, a `configSource` file that is not there, `EncryptedData` without `configProtectionProvider` or with something beside it, something else than `<add>`, `<remove>` and `<clear />` in `<appSettings>`. " +
				"An unknown element directly under `<xmpro>` is an error where its name is near a known one, else a warning, and so is `xmlns` on `<xmpro>` itself: the vendor's class may know it. Misspelt names of Auto Scale itself are XM2007's business.",
			Why:        "The application throws a ConfigurationErrorsException when it reads the section, and Subscription Manager does not start.",
			Bad:        webExample("<autoScale enabled=\"false\" connectionString=\"\">see the wiki</autoScale>"),
			Good:       webExample(`<autoScale enabled="false" connectionString="" />`),
			References: []string{pageSections, pageConfigSource},
		},
		Source: pageSections,
		Step:   configureStep,
		Check: eachWeb(func(pass *lint.Pass, w *webSpot) {
			if w.isTransformed() || w.fileRefused(pass) {
				return
			}
			w.settingsRefused(pass)
			w.protectionRefused(pass, w.AppSettings, w.ProtectedAppSettings)
			for s := range w.settings {
				w.addedRefused(pass, &s)
			}
			if w.Section == document.None {
				return
			}
			w.declarationRefused(pass)
			if w.ConfigSource != "" {
				w.sourceRefused(pass, w.Section, w.ConfigSource, w.ConfigSourceFile)
			} else if w.protectionRefused(pass, w.Section, w.Protected) {
				return
			}
			if s, ok := w.section(); ok {
				w.contentRefused(pass, &s)
			}
		}),
	}
}

// refuse reports what System.Configuration throws on.
func (w *webSpot) refuse(pass *lint.Pass, place lint.Place, setting, message, do string) {
	f := w.finding(place, setting)
	f.Message, f.Do = message, do
	pass.Report(f)
}

// netNamespace is the one namespace that a configuration file may have.
const netNamespace = "http://schemas.microsoft.com/.NetConfiguration/v2.0"

// fileRefused judges the file around the section; true: it cannot be read at
// all.
func (w *webSpot) fileRefused(pass *lint.Pass) bool {
	d := w.File.XML
	root := d.Root()
	if w.Section == root && !strings.EqualFold(path.Base(w.File.Path), "web.config") {
		return false // the section alone, as configSource has it
	}
	if name := d.Name(root); name != "configuration" {
		w.refuse(pass, w.tag(root), "", "the root element is <"+name+">, not <configuration>", "name the root <configuration>, in exactly this casing")
		return true
	}
	for a := d.Nodes[root].AttrFrom; a < d.Nodes[root].AttrTo; a++ {
		if name := d.AttrName(a); name != "xmlns" || d.AttrValue(a) != netNamespace {
			w.refuse(pass, lint.Place{File: w.File, Span: d.Attrs[a].Name}, "", "<configuration> cannot have the attribute "+quote(name), "delete it")
		}
	}
	for n := root + 1; n < d.Nodes[root].Next; n = d.Nodes[n].Next {
		switch {
		case d.Nodes[n].Kind != document.Element:
			w.refuse(pass, lint.Place{File: w.File, Span: textSpan(d, n)}, "", "text stands between the sections of the file", "delete it, or make it a comment")
			return true
		case n != root+1 && d.IsNamed(n, "configSections"):
			w.refuse(pass, w.tag(n), "", "<configSections> must stand once, as the first child of <configuration>", "move it to the top of the file")
			return true
		case d.IsNamed(n, "configSections"):
			w.attributesRefused(pass, n, nil)
			w.declarationsRefused(pass, n)
		case d.IsNamed(n, "location"):
			w.locationRefused(pass, n)
		}
	}
	w.repeatedRefused(pass)
	return false
}

// valued reports whether an attribute has exactly this value, as it is written.
func valued(d *document.XML, attr int32, value string) bool {
	s := d.Attrs[attr].Value
	return s.Len() == len(value)+2 && string(d.Text.Bytes[s.Start+1:s.End-1]) == value
}

// declarationRefused judges how the section is declared, and whether it stands
// once.
func (w *webSpot) declarationRefused(pass *lint.Pass) {
	d := w.File.XML
	root := d.Root()
	if w.Section == root {
		return
	}
	declared, almost := document.None, document.None
	if sections := d.Child(root, "configSections"); sections != document.None {
		for n := range d.Children(sections) {
			name := d.AttrNode(n, "name")
			switch {
			case name < 0 || !d.IsNamed(n, "section"):
			case !valued(d, name, schema.RootSection):
				if document.EqualFold(d.AttrValue(name), schema.RootSection) {
					almost = n
				}
			case declared != document.None:
				w.refuse(pass, w.tag(n), schema.RootSection, "the section xmpro is declared twice", "delete one of the two declarations")
			default:
				declared = n
			}
		}
	}
	for n := range deployment.OwnSections(d) {
		if n > w.Section && !w.Location && d.IsNamed(n, schema.RootSection) {
			w.refuse(pass, w.tag(n), schema.RootSection, "the section xmpro stands twice", "make one section of the two")
		}
	}
	switch {
	case declared == document.None:
		do := `add <section name="xmpro" type="..." /> to <configSections>, the first child of <configuration>, as the installer's file has it`
		if almost != document.None {
			do = "write its declaration with exactly the name xmpro"
		}
		w.refuse(pass, w.tag(w.Section), schema.RootSection, "the section xmpro is not declared in <configSections>", do)
	case d.AttrNode(declared, "type") < 0 || d.Attrs[d.AttrNode(declared, "type")].Value.Len() == len(`""`):
		w.refuse(pass, w.tag(declared), schema.RootSection, "the declaration of the section xmpro has no type", "write the type, as the installer's file has it")
	}
}

// protectionRefused judges encryption; true: the section has no content of its
// own to judge.
func (w *webSpot) protectionRefused(pass *lint.Pass, section document.NodeID, p *deployment.Protection) bool {
	if p == nil {
		return false
	}
	d := w.File.XML
	node, name := &d.Nodes[section], d.Name(section)
	data := d.Child(section, "EncryptedData")
	provider := d.AttrNode(section, "configProtectionProvider")
	switch {
	case provider < 0 || p.Kind == deployment.ProtectionMissing && data != document.None:
		w.refuse(pass, w.tag(data), name, "the section "+name+" holds EncryptedData and names no provider that decrypts it", "write configProtectionProvider with the provider that encrypted the section")
		return true
	case p.Kind == deployment.ProtectionMissing:
		w.refuse(pass, lint.Place{File: w.File, Span: d.Attrs[provider].Value}, name, "configProtectionProvider of the section "+name+" names no provider", "delete it, or write the provider that encrypted the section")
		return false
	case data == document.None:
		w.refuse(pass, w.tag(section), name, "the section "+name+" names a provider that decrypts it and holds no EncryptedData", "delete configProtectionProvider, or encrypt the section")
		return true
	}
	for a := node.AttrFrom; a < node.AttrTo; a++ {
		if attr := d.AttrName(a); a != provider && attr != "configBuilders" {
			w.refuse(pass, lint.Place{File: w.File, Span: d.Attrs[a].Name}, name, "an encrypted section can have no other attributes than configProtectionProvider: "+quote(attr), "delete it, or decrypt the section, write it there, and encrypt it again")
		}
	}
	for n := section + 1; n < node.Next; n = d.Nodes[n].Next {
		if n != data {
			w.refuse(pass, lint.Place{File: w.File, Span: textSpan(d, n)}, name, "the encrypted section "+name+" holds something else than one EncryptedData", "delete what stands beside it: what counts is inside")
			break
		}
	}
	return p.Opened == nil
}

// sourceRefused judges a section that configSource moves into another file.
func (w *webSpot) sourceRefused(pass *lint.Pass, section document.NodeID, source string, file *deployment.File) {
	d := w.File.XML
	node, name := &d.Nodes[section], d.Name(section)
	if file == nil {
		w.refuse(pass, w.tag(section), name, "configSource names the file "+quote(source)+", which is not there or cannot be read", "put the file into the product's folder, with a path relative to it")
		return
	}
	for a := node.AttrFrom; a < node.AttrTo; a++ {
		if attr := d.AttrName(a); attr != "configSource" && attr != "configBuilders" {
			w.refuse(pass, lint.Place{File: w.File, Span: d.Attrs[a].Name}, name, "a section with configSource can have no other attributes: "+quote(attr), "move it into the file that configSource names")
		}
	}
	if node.Next > section+1 {
		w.refuse(pass, w.tag(section+1), name, "a section with configSource can have no content of its own", "move it into the file that configSource names")
	}
	w.rootRefused(pass, file, name)
}

// rootRefused judges the root of a file that holds a section.
func (w *webSpot) rootRefused(pass *lint.Pass, file *deployment.File, section string) {
	if x := file.XML; x != nil && x.Name(x.Root()) != section {
		place := lint.Place{File: file, Span: x.Nodes[x.Root()].StartTag}
		w.refuse(pass, place, section, "the root element is <"+x.Name(x.Root())+">, and the section that is taken from this file is "+section, "name the root <"+section+">")
	}
}

// settingsRefused judges the files that <appSettings> names.
func (w *webSpot) settingsRefused(pass *lint.Pass) {
	for i := range w.SettingsFrom {
		switch s := &w.SettingsFrom[i]; {
		case s.Attribute == "configSource":
			w.sourceRefused(pass, w.AppSettings, s.Name, s.File)
		case s.File != nil:
			w.rootRefused(pass, s.File, "appSettings")
			w.bareRefused(pass, s.File)
		}
	}
}

// bareRefused reports the first attribute of the root of a file that file of
// appSettings names: it can have none, so nothing decrypts it either.
//
// Source: Microsoft, AppSettingsSection.
func (w *webSpot) bareRefused(pass *lint.Pass, file *deployment.File) {
	x := file.XML
	if x == nil || x.Nodes[x.Root()].AttrFrom == x.Nodes[x.Root()].AttrTo {
		return
	}
	attr := x.Nodes[x.Root()].AttrFrom
	w.refuse(pass, lint.Place{File: file, Span: x.Attrs[attr].Name}, "appSettings", "the root of a file that file of appSettings names can have no attributes: "+quote(x.AttrName(attr)), "delete it, in plain text; to encrypt the settings, put them into web.config or name the file with configSource")
}

// holdsNamespace reports whether the section may declare a namespace.
func (s *webSection) holdsNamespace() bool { return bytes.Contains(s.text(), []byte("xmlns")) }
