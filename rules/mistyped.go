package rules

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// slip is a name that its product does not take for the one that was meant.
type slip struct {
	place lint.Place
	name  string // as written
	want  string // the right name
	path  string // the setting's path up to the right name
	cased bool   // only the casing is wrong, in a web.config, where it counts

	file *deployment.File
	json *misname
	xml  document.NodeID // the element, where it is one of a file; else None
	attr int32           // its attribute; -1 where it is the element's own name
	env  *deployment.EnvSetting
}

// slips goes through the slips of a node, and ends early where report gives
// false.
func slips(n *deployment.Node, report func(slip) bool) bool {
	for _, f := range n.Files {
		if settings(f) && !misnames(f, func(m misname) bool {
			if m.spelling != typo {
				return true
			}
			key := keyText(f.JSON, m.node)
			return report(slip{place: lint.Place{File: f, Span: f.JSON.Nodes[m.node].Key}, name: string(key[m.from:m.to]),
				want: m.want(), path: m.path(), file: f, json: &m, xml: document.None, attr: -1})
		}) {
			return false
		}
	}
	if n.Web != nil && !webSlips(n.Web, report) {
		return false
	}
	return envNames(n, func(s *deployment.EnvSetting, path string, misplaced bool) bool {
		return misplaced || report(slip{place: s.Origin.KeyPlace(), name: s.Name, want: variable(path), path: path,
			file: s.Origin.File, xml: document.None, attr: -1, env: s})
	})
}

// webSlips goes through the slips of a web.config. There the casing counts. A
// section that the file declares beside <xmpro> is not meant to be that.
func webSlips(w *deployment.WebConfig, report func(slip) bool) bool {
	d := w.File.XML
	root := d.Root()
	if root == document.None {
		return true
	}
	if _, s := spellXML(d, d.Nodes[root].Name, 0); s != other {
		return sectionSlips(w.File, d, root, lint.Place{}, report) // the section alone
	}
	beside := func(n document.NodeID) bool {
		_, s := spellXML(d, d.Nodes[n].Name, 0)
		return w.Section != document.None && s != exact && s != other && isOther(d, n)
	}
	for n := range d.Children(root) {
		if elementIs(d, n, "location") {
			for below := range d.Children(n) {
				if !beside(below) && !sectionSlips(w.File, d, below, lint.Place{}, report) {
					return false
				}
			}
		} else if !beside(n) && !sectionSlips(w.File, d, n, lint.Place{}, report) {
			return false
		}
	}
	if p := w.Protected; p != nil && p.Opened != nil {
		return sectionSlips(w.File, p.Opened.XML, p.Opened.XML.Root(), p.Place, report)
	}
	return true
}

// sectionSlips judges an element that may be the section, what it holds, and
// the attributes of autoScale. place is that of the section where it was
// opened.
func sectionSlips(f *deployment.File, d *document.XML, section document.NodeID, place lint.Place, report func(slip) bool) bool {
	if section == document.None {
		return true
	}
	at := func(n document.NodeID, attr int32, level, which int, s spelling) bool {
		sl := slip{place: place, want: names[level][which], path: paths[level][which], cased: s == cased, file: f, xml: document.None, attr: attr}
		span := d.Nodes[n].Name
		if attr >= 0 {
			span = d.Attrs[attr].Name
		}
		sl.name = string(d.Bytes[span.Start:span.End])
		if place.IsZero() {
			sl.place, sl.xml = lint.Place{File: f, Span: span}, n
		}
		return report(sl)
	}
	which, s := spellXML(d, d.Nodes[section].Name, 0)
	if s == other || s != exact && !at(section, -1, 0, which, s) {
		return s == other
	}
	for n := range d.Children(section) {
		which, s := spellXML(d, d.Nodes[n].Name, 1)
		if s == other {
			continue
		}
		if s != exact && !at(n, -1, 1, which, s) {
			return false
		}
		for a := d.Nodes[n].AttrFrom; a < d.Nodes[n].AttrTo; a++ {
			if which, s := spellXML(d, d.Attrs[a].Name, 2); s != other && s != exact && !at(n, a, 2, which, s) {
				return false
			}
		}
	}
	return true
}

// spellXML is spell for a name of a web.config.
func spellXML(d *document.XML, name document.Span, level int) (int, spelling) {
	text := d.Bytes[name.Start:name.End]
	which, s := spell(text, level)
	if s == typo && level == 1 {
		for _, known := range schema.SectionElements() {
			if string(text) == known {
				return 0, other
			}
		}
	}
	return which, s
}

// misnamed reports whether one of the settings, by path, is missing from a spot
// only because a name on the way to it is mistyped, or because the section
// stands where the product never looks. XM2006 and XM2007 say so.
func (s spot) misnamed(settings ...string) bool {
	found := false
	slips(s.node, func(sl slip) bool {
		for _, path := range settings {
			found = found || sl.path == path || strings.HasPrefix(path, sl.path+":")
		}
		return !found
	})
	if !found {
		misplaced(s.node, func(stray) bool {
			found = true
			return false
		})
	}
	return found
}

// holderOf is the innermost thing of the spot's base file that would hold a
// setting which is not there.
func (s spot) holderOf(path string) lint.Place {
	for _, l := range s.view.Layers {
		if l.Kind != deployment.BaseFile || l.File.JSON == nil || len(l.File.JSON.Nodes) == 0 {
			continue
		}
		d, at := l.File.JSON, document.NodeID(0)
		for segment := range strings.SplitSeq(path, ":") {
			next := document.None
			for c := range d.Children(at) {
				if d.KeyFold(c, segment) {
					next = c
				}
			}
			if next == document.None {
				break
			}
			at = next
		}
		if at != 0 {
			return lint.Place{File: l.File, Span: d.Nodes[at].Key}
		}
	}
	return s.node.Holder()
}
