package migrate

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// Settings lists the settings in which some files of a deployment differ
// between two readings of it, as [Changes.Edits] does. Of a protected section
// that is not open it only says that it differs.
func Settings(before, after *deployment.Deployment, paths []string) []Edit {
	all := []Edit{}
	for _, path := range paths {
		old, new := fileOf(before, path), fileOf(after, path)
		if old == nil || new == nil || old.Text == nil || new.Text == nil {
			continue
		}
		owner := Owner{Product: schema.Unknown}
		if owners := ownersOf(before, path); len(owners) > 0 {
			owner = owners[0]
		}
		was, is := openedIn(before, path), openedIn(after, path)
		changes := compare(old, new)
		if was != nil && is != nil {
			changes = append(changes, compare(was, is)...)
		}
		for _, c := range changes {
			switch {
			case (!c.had || c.from.null) && (!c.has || c.to.null), c.isRoom(changes, new), c.from.value == c.to.value && c.had && c.has:
				continue
			case strings.HasSuffix(c.path, "CipherValue") || strings.Contains(c.path, "CipherValue:"):
				continue
			}
			all = addSetting(all, Edit{
				Path: path, Product: owner.Product, Node: owner.Node, Setting: settingName(c.path),
				From: maskedEntry(c.path, c.from), To: maskedEntry(c.path, c.to), Sealed: was != nil && isInside(new, c.path),
			}, c.had, c.has)
		}
		if len(all) == 0 || all[len(all)-1].Path != path {
			all = append(all, Edit{Path: path, Product: owner.Product, Node: owner.Node, Title: "what no setting shows"})
		}
	}
	return all
}

// openedIn is the protected section of a file in plain text, as a file whose
// settings have the section's name in front; nil where none is open.
func openedIn(d *deployment.Deployment, path string) *deployment.File {
	for _, p := range d.Products {
		for _, n := range p.Nodes {
			if n.Web == nil || n.Web.File.Path != path || n.Web.Protected == nil || n.Web.Protected.Opened == nil {
				continue
			}
			text := "<configuration>" + string(n.Web.Protected.Opened.Section.Plain()) + "</configuration>"
			t, err := document.DecodeXML(path, []byte(text), document.Limits{})
			if err != nil {
				return nil
			}
			x, err := document.ParseXML(t, document.Limits{})
			if err != nil {
				return nil
			}
			return &deployment.File{Path: path, Text: t, XML: x}
		}
	}
	return nil
}
