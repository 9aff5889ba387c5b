package migrate

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/hostfs"
)

// site is a deployment of three files on the machine.
type site struct {
	dir    string
	before map[string]string // by path
}

// tempDir is a folder that is removed when the test ends, if it can be: under
// wine os.RemoveAll does not work, which is no fault of what is tested.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "migrate")
	if err != nil {
		t.Fatal(err)
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// newSite lays an example out in a folder of its own.
func newSite(t testing.TB, name string) *site {
	t.Helper()
	s := &site{dir: tempDir(t), before: map[string]string{}}
	for path, f := range example(t, name) {
		s.write(t, path, string(f.Data))
	}
	return s
}

func (s *site) write(t testing.TB, path, text string) {
	t.Helper()
	full := filepath.Join(s.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s.before[path] = text
}

// options are those of a run in the site's folder.
func (s *site) options(t testing.TB) Options {
	t.Helper()
	sources, err := hostfs.Sources(s.dir, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	return Options{Redis: redis(t, redisText), Sources: sources}
}

// prepared is the site's deployment, its changes, and its store.
func (s *site) prepared(t testing.TB, fsys FS) (*Changes, *Store) {
	t.Helper()
	opts := s.options(t)
	d := load(t, &opts)
	c, err := Prepare(context.Background(), d, opts)
	if err != nil {
		t.Fatal(err)
	}
	return c, s.store(d, fsys)
}

func (s *site) store(d *deployment.Deployment, fsys FS) *Store {
	store := &Store{FS: fsys, Dir: s.dir, Root: d.Root}
	for _, f := range d.Files {
		store.Files = append(store.Files, f.Path)
	}
	return store
}

// like is a store for another copy of the same deployment: changes speak of
// paths and contents, and fit all copies.
func (s *site) like(other *Store, fsys FS) *Store {
	return &Store{FS: fsys, Dir: s.dir, Root: other.Root, Files: other.Files}
}

// now are the files as they are, without those of xmlint.
func (s *site) now(t testing.TB) (files map[string]string, own []string) {
	t.Helper()
	files = map[string]string{}
	err := filepath.WalkDir(s.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.dir, path)
		if err != nil {
			return err
		}
		if strings.HasPrefix(d.Name(), ".xmlint") {
			own = append(own, filepath.ToSlash(rel))
			return nil
		}
		text, err := os.ReadFile(path)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, own
}

// isOld and isNew tell whether all files are as before, or as meant to be.
func (s *site) isOld(t testing.TB) bool {
	files, _ := s.now(t)
	return maps.Equal(files, s.before)
}

func (s *site) isNew(t testing.TB, c *Changes) bool {
	want := maps.Clone(s.before)
	for _, f := range c.Files {
		want[f.Path] = string(f.After())
	}
	files, _ := s.now(t)
	return maps.Equal(files, want)
}

// tidy sees that nothing but a journal is left of xmlint.
func (s *site) tidy(t testing.TB) {
	t.Helper()
	_, own := s.now(t)
	own = slices.DeleteFunc(own, func(name string) bool {
		return name == ".xmlint-journal.config" || name == ".xmlint-lock.config"
	})
	if len(own) > 0 {
		t.Errorf("left behind: %v", own)
	}
}

// hookFS calls a function before each operation that changes something; an
// error of it is that of the operation, which is then not carried out.
// It does not wait for the disk, except where slow is set.
type hookFS struct {
	FS
	hook func(op, name string) error
	slow bool
}

func (h hookFS) Create(name, like string, private bool) (NewFile, error) {
	if err := h.hook("create", name); err != nil {
		return nil, err
	}
	f, err := h.FS.Create(name, like, private)
	return hookFile{f, name, h}, err
}

func (h hookFS) Link(file, name string) error {
	if err := h.hook("link", name); err != nil {
		return err
	}
	return h.FS.Link(file, name)
}

func (h hookFS) Replace(file, name string) error {
	if err := h.hook("replace", name); err != nil {
		return err
	}
	return h.FS.Replace(file, name)
}

func (h hookFS) Remove(name string) error {
	if err := h.hook("remove", name); err != nil {
		return err
	}
	return h.FS.Remove(name)
}

func (h hookFS) SyncDir(dir string) error {
	if err := h.hook("syncdir", dir); err != nil {
		return err
	}
	if !h.slow {
		return nil
	}
	return h.FS.SyncDir(dir)
}

type hookFile struct {
	NewFile
	name string
	fs   hookFS
}

func (f hookFile) Write(b []byte) (int, error) {
	// Half of it may be there when it fails.
	if err := f.fs.hook("write", f.name); err != nil {
		n, _ := f.NewFile.Write(b[:len(b)/2])
		return n, err
	}
	return f.NewFile.Write(b)
}

func (f hookFile) Sync() error {
	if err := f.fs.hook("sync", f.name); err != nil {
		return err
	}
	if !f.fs.slow {
		return nil
	}
	return f.NewFile.Sync()
}

func (f hookFile) Close() error {
	if err := f.fs.hook("close", f.name); err != nil {
		return errors.Join(err, f.NewFile.Close())
	}
	return f.NewFile.Close()
}
