// Package hostfs is the machine's file system as an [fs.FS] that reads into
// reused memory, and what a path on the command line means there.
package hostfs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/xmlint/xmlint/deployment"
)

// Dir is a folder of the machine as a file system. Unlike [os.DirFS] it reads
// into memory it is given, and never opens what is no regular file: a pipe
// would hold the reader up.
type Dir string

// Open opens a file or folder, as [fs.FS].
func (d Dir) Open(name string) (fs.File, error) {
	full, err := d.full("open", name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(full)
	if err != nil {
		return nil, short(err, name)
	}
	return f, nil
}

// ReadDir lists a folder, as [fs.ReadDirFS], but in no order.
func (d Dir) ReadDir(name string) ([]fs.DirEntry, error) {
	full, err := d.full("open", name)
	if err != nil {
		return nil, err
	}
	entries, err := list(full)
	return entries, wrap("open", name, err)
}

// Stat follows links, as [fs.StatFS].
func (d Dir) Stat(name string) (fs.FileInfo, error) {
	full, err := d.full("stat", name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(full)
	return info, short(err, name)
}

// AppendFile reads a whole file behind buf. Where the file has more than limit
// bytes it reads nothing and says so.
func (d Dir) AppendFile(buf []byte, name string, limit int64) ([]byte, error) {
	full, err := d.full("open", name)
	if err != nil {
		return buf, err
	}
	buf, err = appendFile(buf, full, limit)
	return buf, wrap("open", name, err)
}

func (d Dir) full(op, name string) (string, error) {
	if !fs.ValidPath(name) {
		return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if name == "." {
		return string(d), nil
	}
	return string(d) + string(filepath.Separator) + filepath.FromSlash(name), nil
}

// short leaves the folder above out of an error, which messages name anyway.
func short(err error, name string) error {
	if e, ok := err.(*fs.PathError); ok {
		return &fs.PathError{Op: e.Op, Path: name, Err: e.Err}
	}
	return err
}

// Sources are what paths on the command line mean. A relative path is one
// below the folder cwd. Paths that are reached from other ones are left out:
// they are looked through anyway. The error says which path does not exist.
func Sources(cwd string, paths []string) ([]deployment.Source, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var sources []deployment.Source
	var roots []string
	for _, p := range paths {
		if p == "" {
			// What a shell makes of a variable that is not set. It must not
			// stand for the current folder, which a migration might then change.
			return nil, errors.New("a PATH is empty: give a file or folder that exists")
		}
		full := p
		if !filepath.IsAbs(full) {
			full = filepath.Join(cwd, p)
		}
		real, err := filepath.EvalSymlinks(full)
		if err != nil {
			if _, e := os.Stat(full); e != nil {
				err = e // in the words of the system
			}
			return nil, fmt.Errorf("%s: %w: give a file or folder that exists", p, reason(err))
		}
		info, err := os.Stat(real)
		if err != nil {
			return nil, fmt.Errorf("%s: %w: give a file or folder that exists", p, reason(err))
		}
		shown := filepath.ToSlash(filepath.Clean(p))
		s := deployment.Source{FS: Dir(real), Dir: ".", Shown: shown, Name: filepath.Base(real)}
		if !info.IsDir() {
			dir := filepath.Dir(full)
			s.FS, s.Files, s.Name = Dir(dir), []string{filepath.Base(full)}, filepath.Base(dir)
			s.Shown = filepath.ToSlash(filepath.Dir(filepath.Clean(p)))
		}
		s.VersionControlled = controlledAbove(real)
		sources, roots = append(sources, s), append(roots, real)
	}
	first := make(map[string]int, len(roots)) // where a path was given first
	for i, root := range roots {
		if _, twice := first[root]; !twice {
			first[root] = i
		}
	}
	var kept []deployment.Source
	folders := map[string]int{} // where single files of a folder went
	for i, s := range sources {
		if first[roots[i]] < i || covered(roots[i], len(s.Files) > 0, first) {
			continue
		}
		if len(s.Files) > 0 {
			if at, seen := folders[s.Shown]; seen {
				kept[at].Files = append(kept[at].Files, s.Files...)
				continue
			}
			folders[s.Shown] = len(kept)
		}
		kept = append(kept, s)
	}
	return kept, nil
}

// reason is the cause of an error without the path.
func reason(err error) error {
	if e, ok := err.(*fs.PathError); ok {
		return e.Err
	}
	return err
}

// covered reports whether one of the paths given is a folder above this one from
// which it is reached.
func covered(root string, file bool, given map[string]int) bool {
	if file && !deployment.IsConfiguration(filepath.Base(root)) {
		return false
	}
	for dir := root; ; {
		up := filepath.Dir(dir)
		if up == dir || deployment.PassedOver(filepath.Base(dir)) {
			return false
		}
		if _, ok := given[up]; ok {
			return true
		}
		dir = up
	}
}

// controlledAbove reports whether a folder above, or at, the path is one of a
// version control system's work tree.
func controlledAbove(dir string) bool {
	for {
		for _, name := range [...]string{".git", ".hg", ".svn"} {
			if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
				return true
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return false
		}
		dir = up
	}
}
