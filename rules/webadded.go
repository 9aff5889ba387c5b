package rules

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

// addedRefused reports the first thing in a part of <appSettings> that is no
// setting. ASP.NET reads the section when an application starts.
//
// Source: Microsoft, AppSettingsSection, KeyValueConfigurationElement,
// ConfigurationElementCollection.
func (w *webSpot) addedRefused(pass *lint.Pass, s *webSection) {
	d := s.xml
	report := func(span document.Span, message, do string) {
		w.refuse(pass, s.place(span), "appSettings", message, do)
	}
	if d.Child(s.root, "EncryptedData") != document.None {
		return // see protectionRefused
	}
	for n := s.root + 1; n < d.Nodes[s.root].Next; n++ {
		node := &d.Nodes[n]
		if node.Kind != document.Element {
			report(textSpan(d, n), "text stands inside <"+d.Name(node.Parent)+"> of appSettings: a configuration section can hold none", "delete it, or make it a comment")
			return
		}
		name := d.Name(n)
		if above := node.Parent; above != s.root {
			report(node.StartTag, "<"+d.Name(above)+"> of appSettings has no child element <"+name+">", "delete it")
			return
		}
		var known []string
		switch name {
		case "add":
			known = []string{"key", "value"}
		case "remove":
			known = []string{"key"}
		case "clear":
		default:
			report(node.StartTag, "appSettings has no element <"+name+">: only <add>, <remove> and <clear>", "correct the name of the element, in exactly this casing, or delete it")
			return
		}
		for a := node.AttrFrom; a < node.AttrTo; a++ {
			attr := d.AttrName(a)
			if slices.Contains(known, attr) || name != "clear" && slices.Contains(lockAttributes[:], attr) || strings.HasPrefix(attr, "xmlns") {
				continue
			}
			report(d.Attrs[a].Name, "<"+name+"> of appSettings has no attribute "+quote(attr), "delete it, or correct the name: capitals count")
			return
		}
		if len(known) > 0 && d.AttrNode(n, "key") < 0 {
			report(node.StartTag, "<"+name+"> of appSettings has no key", "write the key, or delete the element")
			return
		}
	}
}
