package deployment

import (
	"errors"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// takeApart finds the parts of a node's web.config.
func (l *loader) takeApart(n *Node) *WebConfig {
	f := n.Files[0]
	d := f.XML
	w := &WebConfig{
		File: f, ConfigSections: document.None, Declaration: document.None, Section: document.None,
		AutoScale: document.None, AppSettings: document.None, MachineKey: document.None,
	}
	root, builders, moved := d.Root(), document.None, document.None
	w.ConfigSections = d.Child(root, "configSections")
	if w.ConfigSections != document.None {
		w.Declaration = declaration(d, w.ConfigSections)
	}
	for n := range OwnSections(d) {
		switch d.Name(n) {
		case schema.RootSection:
			keepFirst(&w.Section, n)
		case "appSettings":
			keepFirst(&w.AppSettings, n)
		case "configBuilders":
			keepFirst(&builders, n)
		case "system.web":
			keepFirst(&w.MachineKey, d.Child(n, "machineKey"))
		case location:
			keepFirst(&moved, d.Child(n, schema.RootSection))
		}
	}
	switch {
	case w.Section != document.None:
	case moved != document.None:
		w.Section, w.Location = moved, true
	case d.Name(root) == schema.RootSection:
		w.Section = root // the section alone, as configSource has it
	}
	known := readBuilders(d, builders)
	w.Expands = known.fillIn(d, w.Section)
	w.ExpandsAppSettings = known.fillIn(d, w.AppSettings)
	w.ProtectedAppSettings = l.protection(f, w.AppSettings)
	l.readSettings(n, w)
	for i := range w.SettingsFrom {
		if s := &w.SettingsFrom[i]; s.Attribute == attrConfigSource && s.File != nil && s.File.XML != nil {
			w.ExpandsAppSettings = known.fillIn(s.File.XML, s.File.XML.Root()) || w.ExpandsAppSettings
		}
	}
	if w.Section == document.None {
		return w
	}
	w.Protected = l.protection(f, w.Section)
	w.AutoScale = d.Child(w.Section, "autoScale")
	if w.Protected != nil && w.Protected.Opened != nil {
		w.AutoScale = document.None // it is in another document
	}
	if source, ok := d.Attr(w.Section, attrConfigSource); ok && source != "" {
		w.ConfigSource = source
		if w.ConfigSourceFile = l.readConfigSource(n.dir, source); w.ConfigSourceFile != nil {
			n.Files = append(n.Files, w.ConfigSourceFile)
			if x := w.ConfigSourceFile.XML; x != nil {
				w.Expands = known.fillIn(x, x.Root()) || w.Expands
			}
		}
	}
	return w
}

// The attributes with which a section names another file.
const (
	attrConfigSource = "configSource"
	attrFile         = "file"
)

// readSettings reads the other files that <appSettings> takes settings from.
func (l *loader) readSettings(n *Node, w *WebConfig) {
	if w.AppSettings == document.None {
		return
	}
	for _, attribute := range [...]string{attrConfigSource, attrFile} {
		name, ok := w.File.XML.Attr(w.AppSettings, attribute)
		if !ok || name == "" {
			continue
		}
		s := SettingsFile{Attribute: attribute, Name: name, Outside: leaves(clean(name))}
		if s.File = l.readConfigSource(n.dir, name); s.File != nil {
			n.Files = append(n.Files, s.File)
		}
		w.SettingsFrom = append(w.SettingsFrom, s)
	}
}

const location = "location"

// OwnSections are the elements directly below the root of a web.config, and
// for each <location> without a path its own: they apply to the folder of the
// file itself.
//
// Source: Microsoft, "location element": without a path, and with ".", it
// speaks of the folder, inheritInChildApplications="false" only of those below.
func OwnSections(d *XML) iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		for n := range d.Children(d.Root()) {
			if !yield(n) {
				return
			}
			if path, ok := d.Attr(n, "path"); !d.IsNamed(n, location) || ok && path != "" && path != "." {
				continue
			}
			for own := range d.Children(n) {
				if !yield(own) {
					return
				}
			}
		}
	}
}

func keepFirst(have *document.NodeID, n document.NodeID) {
	if *have == document.None {
		*have = n
	}
}

// declaration is the <section name="xmpro"> directly below configSections: one
// in a sectionGroup declares another section.
func declaration(d *document.XML, sections document.NodeID) document.NodeID {
	for n := range d.Children(sections) {
		if name, _ := d.Attr(n, "name"); d.Name(n) == "section" && name == schema.RootSection {
			return n
		}
	}
	return document.None
}

// readConfigSource reads the file that holds the section, nil where there is
// none. A path that leaves the product's folder is refused, as
// System.Configuration does.
func (l *loader) readConfigSource(dir, source string) *File {
	name := clean(source)
	if leaves(name) {
		return nil
	}
	f := l.read(dir, entry{name: name, role: RoleConfigSource, odd: true})
	if errors.Is(f.Err, fs.ErrNotExist) {
		f = l.read(dir, entry{name: l.inCase(dir, name), role: RoleConfigSource, odd: true})
	}
	if errors.Is(f.Err, fs.ErrNotExist) || errors.Is(f.Err, ErrFolder) {
		return nil
	}
	return f
}

// leaves reports whether a path leads out of the folder that it begins in.
func leaves(name string) bool {
	return path.IsAbs(name) || strings.HasPrefix(name, "../") || name == ".." || strings.Contains(name, ":")
}

// inCase is a path below a folder in the casing that its names have there: on
// Windows any casing does.
func (l *loader) inCase(dir, name string) string {
	found := ""
	for segment := range strings.SplitSeq(name, "/") {
		entries, _ := fs.ReadDir(l.group.source.FS, path.Join(dir, found))
		for _, e := range entries {
			if strings.EqualFold(e.Name(), segment) {
				segment = e.Name()
				break
			}
		}
		found = path.Join(found, segment)
	}
	return found
}
