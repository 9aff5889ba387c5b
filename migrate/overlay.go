package migrate

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/xmlint/xmlint/deployment"
)

// overlay is a file system with some files replaced in memory.
type overlay struct {
	base  fs.FS
	files map[string][]byte
}

// Open opens a file or folder, as [fs.FS].
func (o overlay) Open(name string) (fs.File, error) {
	if text, ok := o.files[name]; ok {
		return &memoryFile{Reader: bytes.NewReader(text), name: path.Base(name), size: int64(len(text))}, nil
	}
	return o.base.Open(name)
}

// ReadDir lists a folder, as [fs.ReadDirFS]: no file is there that base has not.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.base, name) }

// Stat describes a file, as [fs.StatFS].
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.files[name]; ok {
		return memoryInfo{path.Base(name), int64(len(text))}, nil
	}
	return fs.Stat(o.base, name)
}

// memoryFile is a file of an overlay, open.
type memoryFile struct {
	*bytes.Reader
	name string
	size int64
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return memoryInfo{f.name, f.size}, nil }
func (f *memoryFile) Close() error               { return nil }

type memoryInfo struct {
	name string
	size int64
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return 0o444 }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return false }
func (i memoryInfo) Sys() any           { return nil }

var (
	_ io.ReaderAt  = (*memoryFile)(nil)
	_ fs.ReadDirFS = overlay{}
	_ fs.StatFS    = overlay{}
)

// reader reads one deployment again, with some of its files replaced.
type reader struct {
	source  deployment.Source
	exclude []string
	load    deployment.Options
	root    string
	files   []*deployment.File // as they were: two deployments may have one root
	wide    deployment.Source  // the whole source, where source is only a part
}

// readerOf finds the source that a deployment is from.
func readerOf(d *deployment.Deployment, opts *Options) (*reader, error) {
	best := -1
	for i := range opts.Sources {
		s := &opts.Sources[i]
		if _, ok := nameIn(s, d.Root); ok && (best < 0 || len(s.Shown) > len(opts.Sources[best].Shown)) {
			best = i
		}
	}
	if best < 0 {
		return nil, fmt.Errorf("%w: %s", ErrUnknownFile, d.Root)
	}
	r := &reader{source: opts.Sources[best], exclude: opts.Exclude, load: opts.Load, root: d.Root, files: d.Files}
	r.wide = r.source
	if len(r.source.Files) == 0 && len(r.exclude) == 0 {
		// Mostly the deployment's own folder is enough; see begin.
		r.source.Dir, _ = nameIn(&r.source, d.Root)
		r.source.Shown, r.source.VersionControlled = d.Root, d.VersionControlled
	}
	return r, nil
}

// shares counts the files that a deployment has of the one that is read again.
func (r *reader) shares(d *deployment.Deployment) int {
	count := 0
	for _, f := range r.files {
		if fileOf(d, f.Path) != nil {
			count++
		}
	}
	return count
}

// hasFilesOf reports whether two deployments are of the same files.
func hasFilesOf(x, y *deployment.Deployment) bool {
	return slices.EqualFunc(x.Products, y.Products, func(p, q *deployment.Product) bool {
		return p.ID == q.ID && slices.EqualFunc(p.Nodes, q.Nodes, func(m, n *deployment.Node) bool {
			return m.Name == n.Name && slices.EqualFunc(m.Files, n.Files, func(f, g *deployment.File) bool { return f.Path == g.Path })
		})
	})
}

// nameIn is the name in the source's file system of a path as reports show it.
func nameIn(s *deployment.Source, shown string) (string, bool) {
	rel := shown
	switch root := path.Clean(s.Shown); {
	case s.Shown == "" || root == ".":
		if path.IsAbs(shown) || shown == ".." || strings.HasPrefix(shown, "../") {
			return "", false
		}
	case shown == root:
		rel = "."
	case root == "/":
		rel = strings.TrimPrefix(shown, "/")
	default:
		var ok bool
		if rel, ok = strings.CutPrefix(shown, root+"/"); !ok {
			return "", false
		}
	}
	name := path.Join(s.Dir, rel)
	return name, fs.ValidPath(name)
}

// read reads the deployment with the contents of some files, by their shown
// paths, replaced.
func (r *reader) read(ctx context.Context, files map[string][]byte) (*deployment.Deployment, error) {
	replaced := make(map[string][]byte, len(files))
	for shown, text := range files {
		name, ok := nameIn(&r.source, shown)
		if !ok {
			return nil, fmt.Errorf("%w: %s", ErrUnknownFile, shown)
		}
		replaced[name] = text
	}
	source := r.source
	source.FS = overlay{base: source.FS, files: replaced}
	groups, err := deployment.Discover(ctx, []deployment.Source{source}, r.exclude)
	if err != nil {
		return nil, err
	}
	var found *deployment.Deployment
	for _, g := range groups {
		for _, d := range g.Load(ctx, r.load) {
			if d.Root == r.root && (found == nil || r.shares(d) > r.shares(found)) {
				found = d
			}
		}
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if found == nil {
		return nil, fmt.Errorf("%s: the deployment is not there any more when it is read again: somebody moved or changed its files", r.root)
	}
	return found, nil
}
