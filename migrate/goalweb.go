package migrate

import (
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// webSection is where the settings of Subscription Manager stand: an element
// of its web.config, or the root of the file that configSource names.
type webSection struct {
	file    *deployment.File
	node    document.NodeID
	expands bool
}

// web makes the edits of Subscription Manager's section, and of the keys of
// <appSettings> that replace settings of it.
func (g *goal) web() error {
	s, ok := g.section()
	if !ok {
		return nil
	}
	d := s.file.XML
	auto := d.Child(s.node, "autoScale")
	enabled, connection := attrValue(d, auto, "enabled"), attrValue(d, auto, "connectionString")
	view := g.node.Views[0]
	stays := enabled.Present && (s.expands && schema.HasBuilderToken(enabled.Text) || schema.HasPipelineToken(enabled.Text))
	if stays && g.keepsReference(connection) {
		return nil
	}
	effective := connection
	if o := view.Get(schema.Connection); o.Origin.Kind == deployment.AppSettings && o.Text != "" {
		effective = o
	}
	if !s.expands && schema.IsReference(effective.Text) && !schema.HasPipelineToken(effective.Text) {
		effective = deployment.Value{} // to Subscription Manager it is text
	}
	text, ok := g.connection(effective, s.expands)
	if !ok && !g.opts.Off {
		return nil
	}
	var wants []webWant
	if on, isBool := schema.ParseBool(enabled.Text); !stays && (!isBool || on == g.opts.Off) {
		if !g.opts.Off || enabled.Present {
			wants = append(wants, webWant{"enabled", g.word(enabled.Text)})
		}
	}
	if !g.opts.Off && connection.Text != text {
		if err := g.allows(s.file, text, s.expands); err != nil {
			return err
		}
		wants = append(wants, webWant{"connectionString", text})
	}
	if err := g.write(s, auto, wants); err != nil {
		return err
	}
	return g.overrides(view, text)
}

// webWant is an attribute of autoScale and the value it shall get.
type webWant struct{ name, value string }

// section finds the section, and notes why it cannot be edited.
func (g *goal) section() (webSection, bool) {
	w := g.node.Web
	b := Block{Product: g.product.ID, Node: g.node.Name}
	switch {
	case w == nil:
		b.Reason = g.node.Files[0].Path + " cannot be edited: it is not well-formed"
	case w.Protected != nil:
		b.Step, b.Reason = schema.NodeStep(schema.StepDecrypt, b.Product, b.Node), w.File.Path+" has its settings in an encrypted section, and no key is given to open it"
		if p := w.Protected; p.Err != nil {
			b.Reason = w.File.Path + ": the key does not open the encrypted section: " + p.Err.Error()
		}
	case w.Section == document.None:
		b.Reason = w.File.Path + " has no section <xmpro>: Subscription Manager's own file has one"
	case w.ConfigSource == "" && isRepeated(w):
		b.Reason = w.File.Path + " has the section <xmpro> twice, which .NET refuses: make one of the two"
	case w.ConfigSource == "" && stands(w.File.XML, w.Section, "autoScale") > 1:
		b.Reason = w.File.Path + " has <autoScale> twice, which .NET refuses: keep one of the two"
	case w.ConfigSource == "":
		g.noteAppSettings(w)
		if w.Location {
			g.warn(w.File.Path, "the section lies below <location>: see that it is the one that counts")
		}
		return webSection{w.File, w.Section, w.Expands}, true
	case w.ConfigSourceFile == nil || w.ConfigSourceFile.XML == nil:
		b.Reason = w.File.Path + " has its section in " + w.ConfigSource + ", which cannot be edited"
	default:
		f := w.ConfigSourceFile
		root := f.XML.Root()
		if stands(f.XML, root, "autoScale") > 1 {
			b.Reason = f.Path + " has <autoScale> twice, which .NET refuses: keep one of the two"
			break
		}
		if f.XML.Name(root) == schema.RootSection && f.XML.Child(root, "EncryptedData") == document.None {
			return webSection{f, root, w.Expands}, true
		}
		b.Reason = f.Path + " is no section <xmpro> in plain text"
	}
	g.block(b)
	return webSection{}, false
}

// isRepeated reports whether a web.config has the section once more for the
// same folder.
func isRepeated(w *deployment.WebConfig) bool {
	d := w.File.XML
	if w.Location {
		return stands(d, d.Nodes[w.Section].Parent, schema.RootSection) > 1
	}
	count := 0
	for n := range deployment.OwnSections(d) {
		if d.Name(n) == schema.RootSection {
			count++
		}
	}
	return count > 1
}

// stands counts the children of an element that have a name.
func stands(d *document.XML, parent document.NodeID, name string) int {
	count := 0
	for c := range d.Children(parent) {
		if d.Name(c) == name {
			count++
		}
	}
	return count
}

// noteAppSettings says what an <appSettings> may do that is encrypted, or that
// takes settings from a file that cannot be seen.
func (g *goal) noteAppSettings(w *deployment.WebConfig) {
	for i := range w.SettingsFrom {
		if s := &w.SettingsFrom[i]; s.Hidden() != 0 {
			g.warn(w.File.Path, "<appSettings> takes settings from %s, which cannot be read here: keys in it may replace what the section says", s.Name)
		}
	}
	p := w.ProtectedAppSettings
	switch {
	case p == nil:
	case p.Opened == nil:
		g.warn(w.File.Path, "<appSettings> is encrypted: keys in it may replace what the section says")
	default:
		d := p.Opened.XML
		for add := range d.Children(d.Root()) {
			if key, _ := d.Attr(add, "key"); document.EqualFold(settingOf(key), schema.Enabled) || document.EqualFold(settingOf(key), schema.Connection) {
				g.warn(w.File.Path, "<appSettings> is encrypted, and a key in it replaces %s: change it by hand", settingOf(key))
			}
		}
	}
}

// attrValue is the value of an attribute.
func attrValue(d *document.XML, n document.NodeID, name string) deployment.Value {
	text, ok := "", false
	if n != document.None {
		text, ok = d.Attr(n, name)
	}
	return deployment.Value{Text: text, Present: ok}
}

// write gives autoScale attributes, or makes it.
func (g *goal) write(s webSection, auto document.NodeID, wants []webWant) error {
	if len(wants) == 0 {
		return nil
	}
	d := s.file.XML
	if auto == document.None {
		return g.insertElement(s, wants)
	}
	at := elementPath(d, auto)
	for _, w := range wants {
		e, err := d.SetAttr(auto, w.name, w.value)
		if err := g.edit(s.file, e, err, want{setting: join(at, w.name), value: w.value}); err != nil {
			return err
		}
	}
	return nil
}

// insertElement makes autoScale: after xmidentity and before what follows it
// in the vendor's file.
func (g *goal) insertElement(s webSection, wants []webWant) error {
	d := s.file.XML
	style := styleOf(d, s.node)
	markup, err := style.element("autoScale", wants)
	if err != nil {
		return err
	}
	var all []want
	at := join(elementPath(d, s.node), "autoScale")
	for _, w := range wants {
		all = append(all, want{setting: join(at, w.name), value: w.value})
	}
	after := d.Child(s.node, "xmidentity")
	if after == document.None {
		after = before(d, s.node)
	}
	e, err := d.InsertElement(s.node, after, markup)
	return g.edit(s.file, e, err, all...)
}

// before is the child behind which autoScale goes where there is no
// xmidentity: the one before the first that the vendor has after it, else the
// last.
func before(d *document.XML, section document.NodeID) document.NodeID {
	later := false
	previous := document.None
	for c := range d.Children(section) {
		switch d.Name(c) {
		case "xmsettings", "xmnotification", "xmcryptography":
			later = true
		}
		if later {
			break
		}
		previous = c
	}
	return previous
}

// overrides gives the keys of <appSettings> that replace settings of the
// section the same values: which of the two counts is not known for certain.
func (g *goal) overrides(view *deployment.View, text string) error {
	for _, path := range [...]string{schema.Enabled, schema.Connection} {
		v := view.Get(path)
		for _, o := range append([]deployment.Origin{v.Origin}, v.Shadows...) {
			if !v.Present || o.Kind != deployment.AppSettings || o.Text == "" || o.Opened { // see noteAppSettings
				continue
			}
			value := text
			if path == schema.Enabled {
				value = g.word(o.Text)
				if g.switched(o) {
					continue
				}
			} else if g.opts.Off || o.Text == text {
				continue
			}
			if err := g.setAttr(o, value, g.node.Web.ExpandsAppSettings); err != nil {
				return err
			}
		}
	}
	return nil
}
