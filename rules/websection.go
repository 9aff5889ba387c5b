package rules

import (
	"bytes"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// contentRefused judges what stands inside <xmpro>.
func (w *webSpot) contentRefused(pass *lint.Pass, s *webSection) {
	d := s.xml
	if d.Child(s.root, "EncryptedData") != document.None {
		return
	}
	w.textRefused(pass, s)
	if s.holdsNamespace() {
		w.namespaceRefused(pass, s)
	}
	first := document.None
	for n := range d.Children(s.root) {
		switch {
		case !d.IsNamed(n, "autoScale"):
			w.elementRefused(pass, s, n)
		case first == document.None:
			first = n
			w.autoScaleRefused(pass, s, n)
		default:
			w.refuse(pass, s.place(d.Nodes[n].StartTag), schema.AutoScale, "<autoScale> stands twice in the section", "keep one of the two")
		}
	}
}

// textRefused reports the first text inside the section. What an unknown
// element may hold is not known either: see elementRefused.
func (w *webSpot) textRefused(pass *lint.Pass, s *webSection) {
	for n := s.root + 1; n < s.xml.Nodes[s.root].Next; n++ {
		if s.isUnknown(n) {
			n = s.xml.Nodes[n].Next - 1
			continue
		}
		if node := &s.xml.Nodes[n]; node.Kind != document.Element {
			w.refuse(pass, s.place(textSpan(s.xml, n)), s.element(node.Parent), "text stands inside <"+s.xml.Name(node.Parent)+">: a configuration section can hold none", "delete it, or make it a comment")
			return
		}
	}
}

// textSpan is where a node stands, text without the white space around it.
func textSpan(d *document.XML, n document.NodeID) document.Span {
	span := d.Nodes[n].StartTag
	text := d.Text.Bytes[span.Start:span.End]
	if blank := len(text) - len(bytes.TrimLeft(text, " \t\r\n")); blank < len(text) && d.Nodes[n].Kind == document.CharData {
		span.Start += int32(blank)
		span.End -= int32(len(text) - len(bytes.TrimRight(text, " \t\r\n")))
	}
	return span
}

// isUnknown reports whether an element directly in the section is none that is
// known.
func (s *webSection) isUnknown(n document.NodeID) bool {
	node := &s.xml.Nodes[n]
	return node.Parent == s.root && node.Kind == document.Element && !slices.Contains(schema.SectionElements(), s.xml.Name(n))
}

// namespaceRefused reports the first declaration of a namespace inside the
// section. A class can know the attribute xmlns of its section, for editors
// that complete names.
func (w *webSpot) namespaceRefused(pass *lint.Pass, s *webSection) {
	for n := s.root; n < s.xml.Nodes[s.root].Next; n++ {
		node := &s.xml.Nodes[n]
		if s.isUnknown(n) {
			n = node.Next - 1
			continue
		}
		for a := node.AttrFrom; a < node.AttrTo; a++ {
			name := s.xml.AttrName(a)
			if n == s.root && name == "xmlns" {
				f := w.finding(s.place(s.xml.Attrs[a].Name), s.element(n))
				f.Severity, f.Step = lint.Warning, "-"
				f.Message = "the section " + s.xml.Name(n) + " declares a namespace: if the product does not know the attribute xmlns there, it does not start"
				f.Do = "delete it, or see in the installer's file whether it belongs there"
				pass.Report(f)
				continue
			}
			if name == "xmlns" || strings.HasPrefix(name, "xmlns:") {
				w.refuse(pass, s.place(s.xml.Attrs[a].Name), s.element(n), "the attribute "+quote(name)+" of <"+s.xml.Name(n)+"> is not recognised: a section can declare no namespaces", "delete it")
				return
			}
		}
	}
}

// lockAttributes are what every element of a section may have beside its own.
//
// Source: System.Configuration, ConfigurationElement.
var lockAttributes = [...]string{"lockAttributes", "lockAllAttributesExcept", "lockElements", "lockAllElementsExcept", "lockItem"}

// autoScaleRefused judges <autoScale>, which is an element without children.
func (w *webSpot) autoScaleRefused(pass *lint.Pass, s *webSection, n document.NodeID) {
	d := s.xml
	node := &d.Nodes[n]
	for a := node.AttrFrom; a < node.AttrTo; a++ {
		name := d.Text.Bytes[d.Attrs[a].Name.Start:d.Attrs[a].Name.End]
		if _, s := spellXML(d, d.Attrs[a].Name, 2); s != other || strings.HasPrefix(string(name), "xmlns") || slices.Contains(lockAttributes[:], string(name)) {
			continue // right, or misspelled, which another rule says
		}
		w.refuse(pass, s.place(d.Attrs[a].Name), schema.AutoScale, "<autoScale> has no attribute "+quote(string(name)), "delete it: enabled and connectionString are all there is")
	}
	for c := range d.Children(n) {
		w.refuse(pass, s.place(d.Nodes[c].StartTag), schema.AutoScale, "<autoScale> has no child element <"+d.Name(c)+">", "write enabled and connectionString as attributes of <autoScale>")
	}
}

// elementRefused judges an element directly under <xmpro> that is not
// <autoScale>.
func (w *webSpot) elementRefused(pass *lint.Pass, s *webSection, n document.NodeID) {
	d := s.xml
	name := d.Text.Bytes[d.Nodes[n].Name.Start:d.Nodes[n].Name.End]
	if slices.Contains(schema.SectionElements(), string(name)) {
		return
	}
	if _, s := spellXML(d, d.Nodes[n].Name, 1); s != other {
		return // autoScale, misspelled, which another rule says
	}
	f := w.finding(s.place(d.Nodes[n].StartTag), s.element(n))
	for _, known := range schema.SectionElements() {
		if document.EqualFoldBytes(name, known) || schema.Near(name, known) {
			f.Message = "the section xmpro has no element <" + string(name) + ">; did you mean <" + known + ">?"
			f.Do = "write <" + known + ">, in exactly this casing"
			pass.Report(f)
			return
		}
	}
	f.Severity, f.Step = lint.Warning, "-"
	f.Message = "the element <" + string(name) + "> of the section xmpro is not known: if the product does not know it either, it does not start"
	f.Do = "delete it, or see in the installer's file whether it belongs there"
	pass.Report(f)
}

// element is the path of an element of the section: xmpro:autoScale.
func (s *webSection) element(n document.NodeID) string { return s.path(n, -1) }
