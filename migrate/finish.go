package migrate

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// finish turns what was edited in memory into changes, and checks them as a
// whole.
func (p *preparation) finish() (*Changes, error) {
	left, err := p.left()
	if err != nil {
		return nil, err
	}
	c := &Changes{
		Deployment: p.original.Name, Root: p.original.Root,
		Edits: []Edit{}, Blocks: p.blocks, Warnings: p.warnings, Left: left,
		Broken:            p.broken,
		VersionControlled: p.original.VersionControlled,
	}
	final := map[string][]byte{}
	for _, path := range p.paths() {
		w := p.texts[path]
		edits := w.pieces.edits(w.raw)
		if len(edits) == 0 {
			continue
		}
		if err := independent(fileOf(p.start, path), fileOf(p.now, path)); err != nil {
			return nil, err
		}
		f, err := p.file(path, edits)
		if err != nil {
			return nil, err
		}
		if len(f.Edits) == 0 {
			continue
		}
		final[path] = f.after
		c.Files = append(c.Files, f)
		c.CommentsLost += max(0, comments(fileOf(p.start, path))-comments(fileOf(p.now, path)))
		c.Edits = append(c.Edits, p.settings(&f)...)
	}
	if len(c.Files) == 0 {
		return c, nil
	}
	return c, p.verify(c, final)
}

// file is one changed file.
func (p *preparation) file(path string, edits []document.Edit) (File, error) {
	old := fileOf(p.original, path)
	f := File{Path: path, Owners: ownersOf(p.original, path), Edits: edits, before: old.Text.Raw, old: old}
	if s := p.sections[path]; s != nil {
		outside, cipher, err := s.close(edits, p.nodeOf(path))
		if err != nil {
			return f, err
		}
		f.Sealed = len(cipher) > 0
		for _, e := range cipher {
			f.cipher = append(f.cipher, span{e.Start, e.End})
		}
		f.Edits = append(outside, cipher...)
		slices.SortFunc(f.Edits, func(a, b document.Edit) int { return cmp.Compare(a.Start, b.Start) })
	}
	var err error
	if f.after, err = document.Apply(f.before, f.Edits); err != nil {
		return f, fmt.Errorf("%s: %w: %w", path, ErrUnintended, err)
	}
	if s := p.sections[path]; s == nil && !bytes.Equal(f.after, p.texts[path].text) {
		return f, fmt.Errorf("%s: %w", path, ErrUnintended)
	}
	return f, nil
}

// nodeOf is the node, as edited, whose web.config a file is.
func (p *preparation) nodeOf(path string) *deployment.Node {
	for _, product := range p.now.Products {
		for _, n := range product.Nodes {
			if n.Web != nil && n.Web.File.Path == path {
				return n
			}
		}
	}
	return nil
}

func ownersOf(d *deployment.Deployment, path string) []Owner {
	var owners []Owner
	for _, product := range d.Products {
		for _, n := range product.Nodes {
			for _, f := range n.Files {
				if f.Path == path {
					owners = append(owners, Owner{product.ID, n.Name})
				}
			}
		}
	}
	return owners
}

func comments(f *deployment.File) int {
	switch {
	case f.JSON != nil:
		return len(f.JSON.Comments)
	case f.XML != nil:
		return len(f.XML.Comments)
	}
	return 0
}

// settings are the settings of a file that change, in the file's order.
func (p *preparation) settings(f *File) []Edit {
	var all []Edit
	old, new := fileOf(p.start, f.Path), fileOf(p.now, f.Path)
	owner := Owner{Product: schema.Unknown}
	if len(f.Owners) > 0 {
		owner = f.Owners[0]
	}
	inside := p.sections[f.Path] != nil
	changes := compare(old, new)
	for _, c := range changes {
		if (!c.had || c.from.null) && (!c.has || c.to.null) || c.isRoom(changes, new) {
			continue // something empty
		}
		why := p.credits[creditKey{f.Path, fold(new, c.path)}]
		if why.safety == "" && why.title == "" && c.was != "" {
			why = p.credits[creditKey{f.Path, fold(new, c.was)}]
		}
		all = addSetting(all, Edit{
			Path: f.Path, Product: owner.Product, Node: owner.Node,
			Setting: settingName(c.path),
			From:    maskedEntry(c.path, c.from), To: maskedEntry(c.path, c.to),
			Safety: why.safety, Title: why.title,
			Sealed: inside && f.Sealed && isInside(new, c.path),
		}, c.had, c.has)
	}
	if len(all) == 0 { // names in another casing, and the like
		all = append(all, Edit{Path: f.Path, Product: owner.Product, Node: owner.Node, Safety: lint.Safe, Title: "write names as the vendor does"})
	}
	return all
}

// addSetting adds a setting that changes; what goes under one name and comes
// under another is one change.
func addSetting(all []Edit, e Edit, had, has bool) []Edit {
	for i := range all {
		x := &all[i]
		if x.Setting != e.Setting || had == has || x.gone != has {
			continue
		}
		if has {
			x.To, x.gone = e.To, false
			if x.Safety != "" && (e.Safety == "" || e.Safety == lint.Unsafe) {
				x.Safety, x.Title = e.Safety, e.Title
			}
			return all
		}
	}
	e.gone = had && !has
	return append(all, e)
}

// isInside reports whether a setting of a web.config is one of the section.
func isInside(f *deployment.File, path string) bool {
	return f.XML != nil && strings.Contains(":"+path, ":"+schema.RootSection+":") && !strings.Contains(path, "appSettings")
}

// settingName names a setting for people: the vendor's spelling of what an
// attribute or a variable stands for.
func settingName(path string) string {
	setting := settingOf(path)
	for _, known := range [...]string{schema.Enabled, schema.Connection} {
		if below(setting, known) || document.EqualFold(schema.RootSection+":"+setting, known) {
			return known
		}
	}
	return setting
}

// verify reads the files as they will be, protected sections opened with the
// key, and sees that they are what was edited.
func (p *preparation) verify(c *Changes, final map[string][]byte) error {
	d, err := p.read.read(p.ctx, final)
	if err != nil {
		return err
	}
	for i := range c.Files {
		f := &c.Files[i]
		if f.new = fileOf(d, f.Path); f.new == nil {
			return fmt.Errorf("%w: %s cannot be read any more", ErrUnintended, f.Path)
		}
		now := fileOf(p.now, f.Path)
		if p.sections[f.Path] == nil {
			if !slices.Equal(flatten(f.new), flatten(now)) {
				return fmt.Errorf("%w: %s", ErrUnintended, f.Path)
			}
			continue
		}
		if !sameSection(d, f.Path, p.nodeOf(f.Path)) {
			return fmt.Errorf("%w: the encrypted section of %s", ErrUnintended, f.Path)
		}
	}
	return nil
}

// sameSection reports whether the section of a file opens to what was edited.
func sameSection(d *deployment.Deployment, path string, edited *deployment.Node) bool {
	x := edited.Web.File.XML
	span := elementSpan(x, edited.Web.Section)
	for _, product := range d.Products {
		for _, n := range product.Nodes {
			if n.Web != nil && n.Web.File.Path == path && n.Web.Protected != nil && n.Web.Protected.Opened != nil {
				return bytes.Equal(n.Web.Protected.Opened.Section.Plain(), x.Text.Bytes[span.Start:span.End])
			}
		}
	}
	return false
}
