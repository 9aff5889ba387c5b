package rules

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// edits makes the edits of a fix out of those of one file.
func edits(f *deployment.File, e []document.Edit, err error) ([]lint.FileEdit, error) {
	if err != nil {
		return nil, err
	}
	return []lint.FileEdit{{File: f, Edits: e}}, nil
}

// edit is edits for a single one.
func edit(f *deployment.File, e document.Edit, err error) ([]lint.FileEdit, error) {
	return edits(f, []document.Edit{e}, err)
}

// setValue is the fix that gives a setting a boolean. Nil where the setting
// lies in a protected section: its bytes are not those of the file.
func setValue(o deployment.Origin, title string, safety lint.Safety, boolean string) *lint.Fix {
	if o.IsZero() || o.Opened {
		return nil
	}
	return &lint.Fix{Title: title, Safety: safety, Edits: func() ([]lint.FileEdit, error) {
		if o.File.JSON != nil && o.Attr < 0 {
			e, err := o.File.JSON.SetValue(o.Node, boolean)
			return edit(o.File, e, err)
		}
		d := o.File.XML
		e, err := d.SetAttr(o.Node, d.AttrName(o.Attr), boolean)
		return edit(o.File, e, err)
	}}
}

// removeSetting is the fix that deletes a setting where it stands.
func removeSetting(o deployment.Origin, title string) *lint.Fix {
	if o.IsZero() || o.Opened {
		return nil
	}
	return &lint.Fix{Title: title, Safety: lint.Unsafe, Edits: func() ([]lint.FileEdit, error) {
		switch {
		case o.File.JSON != nil && o.Attr < 0:
			e, err := o.File.JSON.RemoveMember(o.Node)
			return edit(o.File, e, err)
		case o.Kind == deployment.Section:
			return edit(o.File, o.File.XML.RemoveAttr(o.Node, o.Attr), nil)
		}
		e, err := o.File.XML.RemoveElement(o.Node)
		return edit(o.File, e, err)
	}}
}

// renameKey is the fix that writes the right names in a key of a JSON file. It
// is left to a person where the object has a member of that name, or another
// one that was meant to be it.
func renameKey(m misname, safety lint.Safety) *lint.Fix {
	d := m.file.JSON
	key := m.rightKey()
	fix := &lint.Fix{Title: "write " + key, Safety: safety}
	for n := range d.Children(d.Nodes[m.node].Parent) {
		if n != m.node && (d.KeyFold(n, key) || document.EqualFold(misname{file: m.file, node: n, base: m.base}.rightKey(), key)) {
			fix.Safety = lint.Manual
			return fix
		}
	}
	if m.repeats(key) {
		fix.Safety = lint.Manual
		return fix
	}
	fix.Edits = func() ([]lint.FileEdit, error) {
		e, err := d.RenameKey(m.node, key)
		return edit(m.file, e, err)
	}
	return fix
}

// repeats reports whether with another key some setting would stand in the file
// twice.
func (m misname) repeats(key string) bool {
	d := m.file.JSON
	from, to, next := d.Path(m.node), key, d.Nodes[m.node].Next
	if above := d.Path(d.Nodes[m.node].Parent); above != "" {
		to = above + ":" + key
	}
	if document.EqualFold(from, to) {
		return false
	}
	for n := m.node; n < next; n++ {
		if !d.IsLeaf(n) {
			continue
		}
		for _, other := range d.FindAll(to + d.Path(n)[len(from):]) {
			if (other < m.node || other >= next) && d.IsLeaf(other) {
				return true
			}
		}
	}
	return false
}

// rightKey is the whole key of a misname with the right names in it.
func (m misname) rightKey() string {
	parts := strings.Split(string(keyText(m.file.JSON, m.node)), ":")
	for i := range parts {
		level := m.base + i
		if level >= len(names) {
			break
		}
		which, s := spell([]byte(parts[i]), level)
		if s == other {
			break
		}
		parts[i] = names[level][which]
	}
	return strings.Join(parts, ":")
}

// renameVariable is the fix that gives an environment variable another name.
func renameVariable(s *deployment.EnvSetting, name string) *lint.Fix {
	o := s.Origin
	return &lint.Fix{Title: "name it " + name, Safety: lint.Unsafe, Edits: func() ([]lint.FileEdit, error) {
		e, err := o.File.XML.SetAttr(o.Node, "name", name)
		return edit(o.File, e, err)
	}}
}

// renameXML is the fix that writes the right name of an element or attribute.
// It is left to a person where that name stands beside it, or another one that
// was meant to be it.
func renameXML(s slip) *lint.Fix {
	if s.xml == document.None {
		return nil
	}
	d := s.file.XML
	fix := &lint.Fix{Title: "write " + s.want, Safety: lint.Unsafe}
	if s.cased {
		fix.Safety = lint.Safe
	}
	if s.hasRival() {
		fix.Safety = lint.Manual
		return fix
	}
	fix.Edits = func() ([]lint.FileEdit, error) {
		if s.attr >= 0 {
			e, err := d.RenameAttr(s.attr, s.want)
			return edit(s.file, e, err)
		}
		e, err := d.RenameElement(s.xml, s.want)
		return edits(s.file, e, err)
	}
	return fix
}

// hasRival reports whether a name of web.config stands beside one that means
// the same and is written no worse.
func (s slip) hasRival() bool {
	d, own := s.file.XML, typo
	if s.cased {
		own = cased
	}
	means := func(name document.Span, level int) bool {
		which, spelling := spellXML(d, name, level)
		return spelling != other && spelling <= own && names[level][which] == s.want
	}
	if s.attr >= 0 {
		for a := d.Nodes[s.xml].AttrFrom; a < d.Nodes[s.xml].AttrTo; a++ {
			if a != s.attr && means(d.Attrs[a].Name, 2) {
				return true
			}
		}
		return false
	}
	parent := d.Nodes[s.xml].Parent
	if parent == document.None {
		return false
	}
	level := 1
	if s.want == schema.RootSection {
		level = 0
	}
	for n := range d.Children(parent) {
		if n != s.xml && d.Nodes[n].Kind == document.Element && means(d.Nodes[n].Name, level) {
			return true
		}
	}
	return false
}

// moveJSON is the fix that moves a stray into xmpro.
func moveJSON(s stray) *lint.Fix {
	d := s.file.JSON
	fix := &lint.Fix{Title: "move autoScale into xmpro", Safety: lint.Manual}
	if !d.KeyFold(s.json, "autoScale") || d.Nodes[s.json].Kind != document.Object || s.taken {
		return fix
	}
	fix.Safety = lint.Unsafe
	fix.Edits = func() ([]lint.FileEdit, error) {
		value := d.Nodes[s.json].Value
		literal := string(d.Bytes[value.Start:value.End])
		object := document.None
		for n := range d.Children(0) {
			if d.KeyFold(n, schema.RootSection) && d.Nodes[n].Kind == document.Object {
				object = n
			}
		}
		if object != document.None {
			return moveMember(s, object, "autoScale", literal)
		}
		literal = `{ "autoScale": ` + literal + ` }`
		if d.Nodes[s.json].Parent != 0 {
			return moveMember(s, 0, schema.RootSection, literal)
		}
		wrap, err := d.SetValue(s.json, literal)
		if err != nil {
			return nil, err
		}
		rename, err := d.RenameKey(s.json, schema.RootSection)
		return edits(s.file, []document.Edit{rename, wrap}, err)
	}
	return fix
}

// moveMember removes a stray and adds it to an object.
func moveMember(s stray, object document.NodeID, key, literal string) ([]lint.FileEdit, error) {
	remove, err := s.file.JSON.RemoveMember(s.json)
	if err != nil {
		return nil, err
	}
	insert, err := s.file.JSON.InsertMember(object, document.None, key, literal)
	return edits(s.file, []document.Edit{remove, insert}, err)
}

// hasPath reports whether a document has anything at or below a path of two
// names.
func hasPath(d *document.JSON, path string) bool {
	first, second, _ := strings.Cut(path, ":")
	for n := range d.Children(0) {
		key := d.Key(n)
		if len(key) >= len(path) && document.EqualFold(key[:len(path)], path) {
			return true
		}
		if !document.EqualFold(key, first) {
			continue
		}
		for c := range d.Children(n) {
			if name, _, _ := strings.Cut(d.Key(c), ":"); document.EqualFold(name, second) {
				return true
			}
		}
	}
	return false
}

// moveXML is the fix that moves a stray element into the section, behind
// xmidentity, where the vendor has it.
func moveXML(n *deployment.Node, s stray) *lint.Fix {
	fix := &lint.Fix{Title: "move <autoScale> into <xmpro>", Safety: lint.Manual}
	w := n.Web
	if s.xml == document.None || w == nil || w.Section == document.None || w.AutoScale != document.None || w.Protected != nil || w.ConfigSource != "" {
		return fix
	}
	d := s.file.XML
	element := d.Nodes[s.xml]
	if element.Next != s.xml+1 || d.Root() == s.xml {
		return fix // it holds something
	}
	fix.Safety = lint.Unsafe
	fix.Edits = func() ([]lint.FileEdit, error) {
		markup := "<autoScale"
		for a := element.AttrFrom; a < element.AttrTo; a++ {
			value, err := document.EscapeAttr(d.AttrValue(a), '"')
			if err != nil {
				return nil, err
			}
			markup += " " + d.AttrName(a) + `="` + value + `"`
		}
		remove, err := d.RemoveElement(s.xml)
		if err != nil {
			return nil, err
		}
		insert, err := d.InsertElement(w.Section, d.Child(w.Section, "xmidentity"), markup+" />")
		return edits(s.file, []document.Edit{remove, insert}, err)
	}
	return fix
}
