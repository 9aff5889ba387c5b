package deployment

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/xmlint/xmlint/schema"
)

// Source is one place to look for deployments: a folder of a file system, or
// single files of one.
type Source struct {
	// FS holds the files. A file system that also has
	//
	//	AppendFile(buf []byte, name string, limit int64) ([]byte, error)
	//
	// is read into reused memory; limit is the size from which reading may stop.
	FS fs.FS
	// Dir is the folder to look through, "." for all of FS. Where Files is set
	// it is their folder.
	Dir string
	// Files are the names of the only files to read, whatever they are called;
	// empty for a folder.
	Files []string
	// Shown is how Dir is written in reports: "." or "acme" or "/srv/acme".
	Shown string
	// Name is the name of FS's own folder, which Dir "." does not tell; it may
	// tell the product.
	Name string
	// Skip, where set, tells of files and folders below Dir, by their paths in
	// FS, that they are passed over.
	Skip func(name string) bool
	// VersionControlled tells that a .git, .hg or .svn lies in a folder above
	// Dir.
	VersionControlled bool
}

// show writes a path of the source's file system as reports do.
func (s *Source) show(name string) string {
	rel := name
	if s.Dir != "." {
		rel = strings.TrimPrefix(strings.TrimPrefix(name, s.Dir), "/")
		if rel == "" {
			rel = "."
		}
	}
	switch {
	case s.Shown == "." || s.Shown == "":
		return rel
	case rel == ".":
		return s.Shown
	case strings.HasSuffix(s.Shown, "/"):
		return s.Shown + rel
	}
	return s.Shown + "/" + rel
}

// product tells a product by the name of its folder; empty where the name
// tells nothing.
func (s *Source) product(dir string) schema.Product {
	p := schema.ProductOfFolder(path.Base(dir))
	if p == "" && dir == s.Dir {
		p = schema.ProductOfFolder(path.Base(s.Shown))
	}
	if p == "" && dir == "." {
		p = schema.ProductOfFolder(s.Name)
	}
	return p
}

// Group is a folder whose files make up one deployment, or, where it holds
// several folders of the same product, several. [Discover] finds groups by
// their files' names alone; [Group.Load] reads them.
type Group struct {
	source  *Source
	dir     string // in the source's file system
	root    string // as reports show it
	folders []folder
	nested  []*Group // of folders below its own; see [nest]
	// least sorts before the root of any other deployment of the group, and
	// may be one.
	least string
	// versionControlled tells the same of dir as Deployment.VersionControlled.
	versionControlled bool
	manifest          string // the manifest's name in dir; empty where there is none
}

// Root is the group's folder as reports show it.
func (g *Group) Root() string { return g.root }

// Roots are the folders, as reports show them, that deployments of the group
// may have for their roots.
func (g *Group) Roots() iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(g.root) {
			return
		}
		for i := range g.folders {
			if dir := g.source.show(g.folders[i].dir); dir != g.root && !yield(dir) {
				return
			}
		}
		for _, below := range g.nested {
			for root := range below.Roots() {
				if !yield(root) {
					return
				}
			}
		}
	}
}

// Discover lists the sources' folders and gives the groups in order of their
// deployments' roots, as bytes. Folders of version control, node_modules, bin
// and obj are passed over below a source. So is what exclude matches:
// doublestar globs on the path below the source, or on the whole path as
// reports show it; a glob without a slash is one on the names of files and
// folders. A folder that cannot be listed belongs to a group, as a file that
// cannot be read does.
func Discover(ctx context.Context, sources []Source, exclude []string) ([]*Group, error) {
	for _, pattern := range exclude {
		if !doublestar.ValidatePattern(pattern) {
			return nil, errors.New("exclude: " + pattern + " is not a glob: close its brackets and braces")
		}
	}
	var groups []*Group
	for i := range sources {
		s := &sources[i]
		if len(s.Files) > 0 {
			groups = append(groups, fileGroup(s))
			continue
		}
		w := walk{source: s, exclude: exclude}
		found, err := w.run(ctx)
		if err != nil {
			return nil, err
		}
		groups = append(groups, group(s, found)...)
	}
	slices.SortStableFunc(groups, func(a, b *Group) int {
		return cmp.Or(cmp.Compare(a.least, b.least), cmp.Compare(a.root, b.root))
	})
	return groups, nil
}

// fileGroup is the group of a source's single files.
func fileGroup(s *Source) *Group {
	root := s.show(s.Dir)
	g := &Group{source: s, dir: s.Dir, root: root, least: root, versionControlled: s.VersionControlled}
	f := folder{dir: s.Dir}
	for _, name := range s.Files {
		role := roleOf(name)
		switch role {
		case RoleManifest:
			g.manifest = name
			continue
		case 0, RoleDeps, RoleMetadata:
			role = RoleNamed
		}
		f.files = append(f.files, entry{name: name, role: role, odd: true})
	}
	f.sort()
	g.folders = []folder{f}
	return g
}
