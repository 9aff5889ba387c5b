package deployment

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// marks are the folders of a source that say something about those below them.
type marks struct {
	source     *Source
	manifests  map[string]string // the manifest's name
	controlled map[string]bool   // a work tree begins here
}

// group sorts the folders of a source into groups. The folders of a group are
// a part of the list of all.
func group(s *Source, found []folder) []*Group {
	m := marks{s, map[string]string{}, map[string]bool{}}
	for i := range found {
		f := &found[i]
		if f.about().controlled {
			m.controlled[f.dir] = true
		}
		for _, e := range f.files {
			if e.role == RoleManifest && m.manifests[f.dir] == "" {
				m.manifests[f.dir] = e.name
			}
		}
	}
	found = slices.DeleteFunc(found, func(f folder) bool { return !f.counts() && !f.hasCopies() })
	found = takeCopies(found)
	for i := range found {
		f := &found[i]
		f.owner = m.owner(f.dir)
		if m.isControlled(f.dir) {
			f.note().controlled = true
		}
	}
	slices.SortFunc(found, func(a, b folder) int {
		return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.dir, b.dir))
	})
	// Groups that lie side by side have their folders in one piece of memory,
	// which goes when all of them are done.
	var piece []folder
	var groups []*Group
	for from := 0; from < len(found); {
		dir := found[from].owner
		to := from + 1
		for to < len(found) && found[to].owner == dir {
			to++
		}
		if cap(piece)-len(piece) < to-from {
			piece = make([]folder, 0, max(256, to-from))
		}
		at := len(piece)
		piece = append(piece, found[from:to]...)
		root := s.show(dir)
		groups = append(groups, &Group{
			source: s, dir: dir, root: root, least: min(root, s.show(found[from].dir)), folders: piece[at:len(piece):len(piece)],
			manifest: m.manifests[dir], versionControlled: s.VersionControlled || m.isControlled(dir),
		})
		from = to
	}
	return nest(groups, found)
}

// counts reports whether a folder can be a part of a deployment.
func (f *folder) counts() bool {
	if f.about().err != nil {
		return true
	}
	for _, e := range f.files {
		if e.role != 0 && e.role != RoleDeps && e.role != RoleMetadata {
			return true
		}
	}
	return false
}

// hasCopies reports whether a folder holds copies of configuration files.
func (f *folder) hasCopies() bool {
	return slices.ContainsFunc(f.files, func(e entry) bool { return e.role == 0 })
}

// takeCopies gives the copies in folders that hold nothing else to the nearest
// folder above that does: a web server hands out what lies below a product's
// folder too.
func takeCopies(found []folder) []folder {
	if !slices.ContainsFunc(found, func(f folder) bool { return !f.counts() }) {
		return found
	}
	slices.SortFunc(found, func(a, b folder) int { return cmp.Compare(a.dir, b.dir) })
	at := make(map[string]int, len(found))
	for i := range found {
		if found[i].counts() {
			at[found[i].dir] = i
		}
	}
	for i := range found {
		f := &found[i]
		if _, counts := at[f.dir]; counts {
			continue
		}
		for dir := f.dir; dir != "."; {
			dir = path.Dir(dir)
			above, ok := at[dir]
			if !ok {
				continue
			}
			for _, e := range f.files {
				if e.role == 0 {
					e.name = strings.TrimPrefix(f.dir, dir+"/") + "/" + e.name
					found[above].files = append(found[above].files, e)
				}
			}
			break
		}
	}
	return slices.DeleteFunc(found, func(f folder) bool { return !f.counts() })
}

// owner is the folder whose deployment a folder belongs to: the nearest one at
// or above it that has a manifest, else its parent.
func (m *marks) owner(dir string) string {
	if len(m.manifests) > 0 {
		for d := dir; ; d = path.Dir(d) {
			if m.manifests[d] != "" {
				return d
			}
			if d == m.source.Dir || d == "." {
				break
			}
		}
	}
	if dir == m.source.Dir {
		return dir
	}
	if i := strings.LastIndexByte(dir, '/'); i >= 0 {
		return dir[:i]
	}
	return "."
}

// isControlled reports whether a work tree begins at or above a folder, within
// the source.
func (m *marks) isControlled(dir string) bool {
	for len(m.controlled) > 0 {
		if m.controlled[dir] {
			return true
		}
		if dir == m.source.Dir || dir == "." {
			break
		}
		dir = path.Dir(dir)
	}
	return false
}
