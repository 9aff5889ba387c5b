package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// What System.Configuration throws on before it reads any section: at run time
// one such fault stops the whole file.
//
// Source: System.Configuration, BaseConfigurationRecord: ScanFactories,
// ScanSections, ScanLocationSection.

// The attributes of the elements that System.Configuration itself reads. Those
// at flags are true or false, in exactly this casing.
var (
	sectionAttributes  = [...]string{"name", "type", "allowDefinition", "allowExeDefinition", "overrideModeDefault", "allowLocation", "requirePermission", "restartOnExternalChanges"}
	groupAttributes    = [...]string{"name", "type"}
	locationAttributes = [...]string{"path", "allowOverride", "overrideMode", "inheritInChildApplications"}
	flagAttributes     = [...]string{"allowLocation", "requirePermission", "restartOnExternalChanges", "allowOverride", "inheritInChildApplications"}
)

// isTransformed reports whether a web.config is no configuration yet but what
// the publishing of a project does to one, as Web.Release.config: .NET never
// reads it. In web.config itself its namespace is refused.
func (w *webSpot) isTransformed() bool {
	const namespace = "http://schemas.microsoft.com/XML-Document-Transform"
	d := w.File.XML
	root := &d.Nodes[d.Root()]
	for a := root.AttrFrom; a < root.AttrTo; a++ {
		if d.AttrValue(a) == namespace && strings.HasPrefix(d.AttrName(a), "xmlns:") {
			return !strings.EqualFold(path.Base(w.File.Path), "web.config")
		}
	}
	return false
}

// declarationsRefused judges <configSections>, or a <sectionGroup> in it.
func (w *webSpot) declarationsRefused(pass *lint.Pass, parent document.NodeID) {
	d := w.File.XML
	if w.straysRefused(pass, parent) {
		return
	}
	for n := range d.Children(parent) {
		kind := d.Name(n)
		switch kind {
		case "remove", "clear":
			continue
		case "section":
			w.attributesRefused(pass, n, sectionAttributes[:])
		case "sectionGroup":
			w.attributesRefused(pass, n, groupAttributes[:])
			w.declarationsRefused(pass, n)
		default:
			w.refuse(pass, w.tag(n), "", "<"+d.Name(parent)+"> can hold no <"+kind+">: only <section>, <sectionGroup>, <remove> and <clear>", "correct the name of the element, in exactly this casing, or delete it")
			continue
		}
		switch name, _ := d.Attr(n, "name"); {
		case name == "":
			w.refuse(pass, w.tag(n), "", "a <"+kind+"> has no name", "write the name, or delete the declaration")
		case kind == "section" && name != schema.RootSection: // see declarationRefused
			if t, _ := d.Attr(n, "type"); t == "" {
				w.refuse(pass, w.tag(n), "", "the declaration of a section has no type", "write the type, as the installer's file has it")
			}
		}
	}
}

// attributesRefused judges the attributes of an element that System.Configuration
// itself reads.
func (w *webSpot) attributesRefused(pass *lint.Pass, n document.NodeID, known []string) {
	d := w.File.XML
	for a := d.Nodes[n].AttrFrom; a < d.Nodes[n].AttrTo; a++ {
		name, value := d.AttrName(a), d.AttrValue(a)
		switch {
		case !slices.Contains(known, name):
			w.refuse(pass, lint.Place{File: w.File, Span: d.Attrs[a].Name}, "", "<"+d.Name(n)+"> has no attribute "+quote(name), "delete it, or correct the name: capitals count")
		case slices.Contains(flagAttributes[:], name) && value != "true" && value != "false":
			w.refuse(pass, lint.Place{File: w.File, Span: d.Attrs[a].Value}, "", "the attribute "+name+" of <"+d.Name(n)+"> is neither true nor false", "write true or false, in small letters")
		}
	}
}

// straysRefused reports the first text directly inside an element that holds
// elements alone.
func (w *webSpot) straysRefused(pass *lint.Pass, parent document.NodeID) bool {
	d := w.File.XML
	for n := parent + 1; n < d.Nodes[parent].Next; n = d.Nodes[n].Next {
		if d.Nodes[n].Kind != document.Element {
			w.refuse(pass, lint.Place{File: w.File, Span: textSpan(d, n)}, "", "text stands inside <"+d.Name(parent)+">", "delete it, or make it a comment")
			return true
		}
	}
	return false
}

// locationRefused judges a <location>.
func (w *webSpot) locationRefused(pass *lint.Pass, n document.NodeID) {
	d := w.File.XML
	w.attributesRefused(pass, n, locationAttributes[:])
	if a := d.AttrNode(n, "overrideMode"); a >= 0 {
		place := lint.Place{File: w.File, Span: d.Attrs[a].Value}
		switch {
		case d.AttrNode(n, "allowOverride") >= 0:
			w.refuse(pass, place, "", "<location> has both allowOverride and overrideMode", "keep one of the two")
		case !slices.Contains([]string{"Allow", "Deny", "Inherit"}, d.AttrValue(a)):
			w.refuse(pass, place, "", "overrideMode of <location> is none of Allow, Deny and Inherit", "write one of them, in exactly this casing")
		}
	}
	if a := d.AttrNode(n, "path"); a >= 0 && !isLocationPath(d.AttrValue(a)) {
		w.refuse(pass, lint.Place{File: w.File, Span: d.Attrs[a].Value}, "", "the path of <location> is none: it is relative, with / between folders, and begins and ends with no blank, dot or slash", "write the folder's path below that of the file, or . for the folder of the file")
	}
	if w.straysRefused(pass, n) {
		return
	}
	for c := range d.Children(n) {
		if d.IsNamed(c, "location") || d.IsNamed(c, "configSections") {
			w.refuse(pass, w.tag(c), "", "<"+d.Name(c)+"> cannot stand inside <location>", "move it to the top level of the file")
		}
	}
}

func isLocationPath(path string) bool {
	return path == "" || path == "." ||
		strings.TrimSpace(path) == path && strings.Trim(path, `\./`) == path && !strings.ContainsAny(path, `\?:*"<>|`)
}

// ignoredSection begins the names of the classes for sections that
// System.Configuration does not read: they may stand more than once.
//
// Source: System.Configuration, FactoryRecord.IsIgnorable.
const ignoredSection = "System.Configuration.IgnoreSection"

// repeatedRefused reports sections that stand a second time for the folder of
// the file: those that it declares, and those that every ASP.NET application
// has. <xmpro> is not among them: see declarationRefused.
func (w *webSpot) repeatedRefused(pass *lint.Pass) {
	d := w.File.XML
	seen := map[string]bool{"appSettings": false, "connectionStrings": false}
	if sections := d.Child(d.Root(), "configSections"); sections != document.None {
		for n := range d.Children(sections) {
			name, _ := d.Attr(n, "name")
			if class, _ := d.Attr(n, "type"); d.IsNamed(n, "section") && name != schema.RootSection && !strings.Contains(class, ignoredSection) {
				seen[name] = false
			}
		}
	}
	for n := range deployment.OwnSections(d) {
		name := d.Name(n)
		switch twice, known := seen[name]; {
		case twice:
			w.refuse(pass, w.tag(n), name, "the section "+name+" stands twice", "make one section of the two")
		case known:
			seen[name] = true
		}
	}
}
