package deployment

import (
	"fmt"
	"io/fs"
	"path"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/yamldoc"
	"github.com/xmlint/xmlint/schema"
)

// readManifest reads the group's xmpro.yaml. What is wrong with it becomes a
// Problem; the rest is used.
func (l *loader) readManifest() {
	f := l.readYAML()
	m := &Manifest{File: f, VersionControlled: l.group.versionControlled}
	l.first.Manifest = m
	if f.Err != nil {
		m.Unread = true
		return
	}
	r := manifestReader{m: m, doc: yamldoc.Read(f.Text, yamldoc.Form{
		Schema: schema.Manifest(), What: "the manifest",
		See: "see the documentation of xmpro.yaml, or run: xmlint schema manifest",
	})}
	if m.Unread = r.doc.Root == nil && len(r.doc.Problems) > 0; r.doc.Root != nil {
		m.Unread = r.doc.Root.Kind != yaml.MappingNode
		r.read(r.doc.Root)
		if !l.isNamed() {
			r.checkPaths(l)
		}
	}
	for _, p := range r.doc.Sorted() {
		m.Problems = append(m.Problems, Problem{Place{f, p.Span}, maskText(p.Message), p.Hint})
	}
}

func (l *loader) readYAML() *File {
	name := path.Join(l.group.dir, l.group.manifest)
	f := &File{Path: l.show(name), Role: RoleManifest, Active: true}
	limits := l.opts.Limits
	limits.MaxBytes = min(limits.Limit(), yamldoc.MaxBytes)
	raw, err := l.arena.read(l.group.source.FS, name, true, limits.MaxBytes)
	if err != nil {
		f.Err = err
		return f
	}
	f.Text, f.Err = document.DecodeJSON(f.Path, raw, limits)
	return f
}

// manifestReader fills in a Manifest.
type manifestReader struct {
	m   *Manifest
	doc *yamldoc.Doc
}

// problem reports what the schema cannot say.
func (r *manifestReader) problem(at Place, message, hint string) {
	r.doc.Problems = append(r.doc.Problems, yamldoc.Problem{Span: at.Span, Message: message, Hint: hint})
}

func (r *manifestReader) nodePlace(n *yaml.Node) Place { return Place{r.m.File, r.doc.Span(n)} }

// checkPaths reports folders that the manifest names and that are not there.
func (r *manifestReader) checkPaths(l *loader) {
	for _, p := range r.m.Products {
		r.checkPath(l, p.Path)
		for _, n := range p.Nodes {
			r.checkPath(l, n.Path)
		}
	}
}

func (r *manifestReader) checkPath(l *loader, s Scalar) {
	if !s.IsSet() {
		return
	}
	name := clean(s.Text)
	if leaves(name) {
		r.problem(s.Place, "the path leaves the deployment's folder", "give a folder below the one of xmpro.yaml, relative to it")
		return
	}
	full := path.Join(l.group.dir, name)
	if _, ok := l.group.folder(full); ok {
		return
	}
	if info, err := fs.Stat(l.group.source.FS, full); err != nil || !info.IsDir() {
		r.problem(s.Place, fmt.Sprintf("there is no folder %q", name), "correct the path, or leave it out where the product's files are not in this tree")
		return
	}
	for dir := full; dir != l.group.dir && dir != "."; dir = path.Dir(dir) {
		if own := manifestIn(l.group.source.FS, dir); own != "" {
			r.problem(s.Place, fmt.Sprintf("the folder %q belongs to another deployment, of which %q is the manifest", name, l.show(path.Join(dir, own))), "delete that manifest where the folder is a part of this deployment, else leave the path out")
			return
		}
	}
}

// manifestIn is the name of the manifest in a folder; empty where there is none.
func manifestIn(fsys fs.FS, dir string) string {
	entries, _ := fs.ReadDir(fsys, dir)
	for _, e := range entries {
		if roleOf(e.Name()) == RoleManifest {
			return e.Name()
		}
	}
	return ""
}
