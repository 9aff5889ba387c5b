package config

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Globs tell paths. One that tells a folder tells all that is in it.
type Globs []string

// Match tells whether one of the globs is about a path, which is relative to
// the folder of the configuration, with /.
func (g Globs) Match(name string) bool { return g.under(name, func(string) bool { return true }) }

// MatchBelow is Match for what is found below a folder that the user named:
// globs that tell the folder itself do not count, since it was asked for.
func (g Globs) MatchBelow(folder, name string) bool {
	if len(g) == 0 {
		return false
	}
	return g.under(name, func(glob string) bool { return !Globs{glob}.Match(folder) })
}

func (g Globs) under(name string, counts func(glob string) bool) bool {
	for _, glob := range g {
		for at := name; at != "." && at != "/" && at != ""; at = path.Dir(at) {
			if doublestar.MatchUnvalidated(glob, at) && counts(glob) {
				return true
			}
		}
	}
	return false
}

// Nearest is the configuration that is nearest to a folder: in it, or in one
// above it up to the root of a work tree, which holds .git, .hg or .svn, else
// up to the root of the file system. Exists tells whether there is a file or
// folder. It is empty where there is none.
func Nearest(dir string, exists func(name string) bool) string {
	for {
		if name := filepath.Join(dir, Name); exists(name) {
			return name
		}
		for _, mark := range [...]string{".git", ".hg", ".svn"} {
			if exists(filepath.Join(dir, mark)) {
				return ""
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
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
