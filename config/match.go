package config

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Globs match paths. One that matches a folder matches all that is in it; one
// without a slash is about the names of files and folders, wherever they are.
type Globs []string

// Match reports whether one of the globs matches a path, which is relative to the
// folder of the configuration, with /.
func (g Globs) Match(name string) bool {
	for _, glob := range g {
		if matches(glob, name, ".") {
			return true
		}
	}
	return false
}

// MatchBelow is Match for what is found below a folder that the user named:
// what matches that folder itself does not count, since it was asked for.
func (g Globs) MatchBelow(folder, name string) bool {
	for _, glob := range g {
		if strings.Contains(glob, "/") && matches(glob, folder, ".") {
			continue
		}
		if matches(glob, name, folder) {
			return true
		}
	}
	return false
}

// matches reports whether a glob matches a path, or a folder above it up to one
// that does not count.
func matches(glob, name, above string) bool {
	anywhere := !strings.Contains(glob, "/")
	for at := name; at != above && at != "." && at != "/" && at != ""; at = path.Dir(at) {
		if doublestar.MatchUnvalidated(glob, at) || anywhere && doublestar.MatchUnvalidated(glob, path.Base(at)) {
			return true
		}
	}
	return false
}

// Nearest is the configuration that is nearest to a folder: in it, or in one
// above it up to the root of a work tree, else up to the root of the file
// system. Exists tells whether there is a file or folder. It is empty where
// there is none. A file called [Misnamed] is found too, for the caller to
// refuse.
func Nearest(dir string, exists func(name string) bool) string {
	top := WorkTree(dir, exists)
	for ; ; dir = filepath.Dir(dir) {
		for _, base := range [...]string{Name, Misnamed} {
			if name := filepath.Join(dir, base); exists(name) {
				return name
			}
		}
		if dir == top || dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// WorkTree is the root of the work tree that a folder lies in: the nearest
// folder at or above it with .git, .hg or .svn; empty where there is none.
func WorkTree(dir string, exists func(name string) bool) string {
	for ; ; dir = filepath.Dir(dir) {
		for _, mark := range [...]string{".git", ".hg", ".svn"} {
			if exists(filepath.Join(dir, mark)) {
				return dir
			}
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// Rel is a path relative to a folder, with /; ok is false where it lies
// elsewhere. Both are absolute, or both are not.
func Rel(dir, name string) (rel string, ok bool) {
	rel, err := filepath.Rel(dir, name)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
