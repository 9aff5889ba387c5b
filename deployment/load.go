package deployment

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/protectedconfig"
	"github.com/xmlint/xmlint/schema"
)

// Options say how deployments are read. The zero value is right for most.
type Options struct {
	// Environment is the environment that every product runs in; empty where
	// it is not known better than from the files.
	Environment string
	// Limits bound what the readers take on.
	Limits Limits
	// Key opens protected sections; nil where there is none.
	Key *protectedconfig.Key
	// Jobs is the number of workers of [Each]; 0 is one per processor.
	Jobs int
}

// Load reads every deployment below the folder dir of a file system, in order
// of root. It is the short way for a program that has one file system and
// needs no bound on memory; see [Discover] and [Each] for the long one.
//
// Load fails only where ctx ends: what cannot be read is in [File.Err].
func Load(ctx context.Context, fsys fs.FS, dir string, opts Options) ([]*Deployment, error) {
	groups, err := Discover(ctx, []Source{{FS: fsys, Dir: path.Clean(dir), Shown: "."}}, nil)
	if err != nil {
		return nil, err
	}
	var all []*Deployment
	for _, g := range groups {
		all = append(all, g.Load(ctx, opts)...)
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
	}
	return inOrder(all), nil
}

// Load reads the group's files: its deployments, in order of root. It gives
// none where the files turn out to have nothing to do with XMPro, and stops
// early where ctx ends.
func (g *Group) Load(ctx context.Context, opts Options) []*Deployment {
	return g.load(ctx, opts, &arena{})
}

func (g *Group) load(ctx context.Context, opts Options, memory *arena) []*Deployment {
	return g.loadInto(ctx, &Deployment{Root: g.root, VersionControlled: g.versionControlled}, opts, memory)
}

// loadInto loads the group and adds what belongs to the deployment of its
// folder to first.
func (g *Group) loadInto(ctx context.Context, first *Deployment, opts Options, memory *arena) []*Deployment {
	l := loader{group: g, opts: opts, arena: memory, ctx: ctx, first: first}
	l.all = append(l.all, l.first)
	if g.manifest != "" {
		l.readManifest()
		l.readPlaces()
	}
	for i := range g.folders {
		if ctx.Err() != nil {
			return nil
		}
		l.folder(&g.folders[i])
	}
	below := l.loadNested(ctx)
	if ctx.Err() != nil {
		return nil
	}
	return inOrder(append(l.finish(), below...))
}

// loader makes the deployments of one group.
type loader struct {
	ctx    context.Context
	group  *Group
	opts   Options
	arena  *arena
	places []listing // folders that the manifest names
	first  *Deployment
	all    []*Deployment
}

// show is a path of the source's file system as reports show it.
func (l *loader) show(name string) string { return l.group.source.show(name) }

// read reads and decodes one file. It always gives a File.
func (l *loader) read(dir string, e entry) *File {
	name := path.Join(dir, e.name)
	f := &File{Path: l.group.source.show(name), Role: e.role, Active: true}
	if e.role == RoleOverlay {
		f.Environment = environmentOf(e.name)
	}
	raw, err := l.arena.read(l.group.source.FS, name, e.odd, l.opts.Limits.Limit())
	if err != nil {
		f.Err = err
		return f
	}
	f.Text = l.arena.texts.next(func() *document.Text { return new(document.Text) })
	asXML := isXML(e, raw)
	if e.role == RoleNamed {
		if f.Role = RoleBase; asXML {
			f.Role = RoleSectionHost
		}
	}
	if asXML {
		l.parseXML(f, raw)
		return f
	}
	if err := f.Text.ResetJSON(f.Path, raw, l.opts.Limits); err != nil {
		f.Err = err
		return f
	}
	doc := l.arena.jsons.next(func() *document.JSON { return new(document.JSON) })
	if f.Err = doc.Parse(f.Text, l.opts.Limits); f.Err == nil || isKind(f.Err, document.ErrDuplicate) {
		f.JSON = doc
	}
	return f
}

func (l *loader) parseXML(f *File, raw []byte) {
	if err := f.Text.ResetXML(f.Path, raw, l.opts.Limits); err != nil {
		f.Err = err
		return
	}
	doc := l.arena.xmls.next(func() *document.XML { return new(document.XML) })
	if f.Err = doc.Parse(f.Text, l.opts.Limits); f.Err == nil {
		f.XML = doc
	}
}

func isKind(err error, kind document.ErrorKind) bool {
	fault, ok := err.(*document.Error)
	return ok && fault.Kind == kind
}

// isXML reports whether a file is to be read as XML: by its name, and where
// that tells nothing by its first character.
func isXML(e entry, raw []byte) bool {
	if e.role == RoleSectionHost || e.role == RoleAspNetCore || e.role == RoleConfigSource {
		return true
	}
	if e.role != RoleNamed {
		return false
	}
	switch ext := strings.ToLower(path.Ext(e.name)); ext {
	case ".config", ".xml":
		return true
	case ".json":
		return false
	}
	for _, c := range raw {
		switch c {
		case 0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0, ' ', '\t', '\r', '\n':
			continue
		}
		return c == '<'
	}
	return false
}

// finish drops what has nothing to do with XMPro and completes the rest.
func (l *loader) finish() []*Deployment {
	l.addListed()
	kept := l.all[:0]
	for _, d := range l.all {
		if len(d.Products) == 0 && d.Manifest == nil {
			continue
		}
		l.complete(d)
		kept = append(kept, d)
	}
	return kept
}

// complete fills in what needs all files of the deployment.
func (l *loader) complete(d *Deployment) {
	d.Name = path.Base(d.Root)
	if d.Manifest != nil && d.Manifest.Name.Text != "" {
		d.Name = d.Manifest.Name.Text
	}
	if d.Manifest != nil {
		d.Files = append(d.Files, d.Manifest.File)
	}
	slices.SortStableFunc(d.Products, func(a, b *Product) int { return rank(a.ID) - rank(b.ID) })
	for _, p := range d.Products {
		l.completeProduct(d, p)
		for _, n := range p.Nodes {
			d.Files = append(d.Files, n.Files...)
		}
	}
	slices.SortStableFunc(d.Files, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	// A web.config beside an appsettings.json may belong to two products.
	d.Files = slices.Compact(d.Files)
}

func rank(p schema.Product) int { return slices.Index(schema.Products(), p) }
