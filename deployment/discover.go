package deployment

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"
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

// Group is a folder whose files make up one deployment, or, where it holds
// several folders of the same product, several. [Discover] finds groups by
// their files' names alone; [Group.Load] reads them.
type Group struct {
	source  *Source
	dir     string // in the source's file system
	root    string // as reports show it
	folders []folder
	// versionControlled tells the same of dir as Deployment.VersionControlled.
	versionControlled bool
	manifest          string // the manifest's name in dir; empty where there is none
}

// Root is the group's folder as reports show it. No deployment of the group
// has a root that sorts before it.
func (g *Group) Root() string { return g.root }

// folder is a folder with files that may be of a deployment. There are as many
// as folders in the tree, so it is small: what few folders have is elsewhere.
type folder struct {
	dir   string
	owner string // the folder whose deployment it belongs to
	files []entry
	rare  *rareFolder // nil for most
}

type rareFolder struct {
	bin        string // the name of its folder "bin", if it has one
	controlled bool   // it holds .git, .hg or .svn
	err        error  // why it cannot be listed
}

// about is what few folders have.
func (f *folder) about() rareFolder {
	if f.rare == nil {
		return rareFolder{}
	}
	return *f.rare
}

// note gives the place for what few folders have.
func (f *folder) note() *rareFolder {
	if f.rare == nil {
		f.rare = &rareFolder{}
	}
	return f.rare
}

type entry struct {
	name string
	role Role // zero: a copy of a configuration file
	odd  bool // not a regular file: a link, a pipe
}

// walkers is how many folders are listed at once.
const walkers = 4

// Discover lists the sources' folders and gives the groups in order of their
// roots, as bytes. Folders of version control, node_modules, bin and obj are
// passed over below a source, as is what exclude matches: doublestar globs on
// the path below the source. A folder that cannot be listed belongs to a
// group, as a file that cannot be read does.
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
		if err := w.run(ctx); err != nil {
			return nil, err
		}
		groups = append(groups, w.groups()...)
	}
	slices.SortStableFunc(groups, func(a, b *Group) int { return cmp.Compare(a.root, b.root) })
	return groups, nil
}

// fileGroup is the group of a source's single files.
func fileGroup(s *Source) *Group {
	g := &Group{source: s, dir: s.Dir, root: s.show(s.Dir), versionControlled: s.VersionControlled}
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
	g.folders = []folder{f}
	return g
}

// walk lists all folders of one source.
type walk struct {
	source  *Source
	exclude []string

	mu      sync.Mutex
	wake    *sync.Cond
	todo    []string
	busy    int
	found   []folder
	stopped error
}

func (w *walk) run(ctx context.Context) error {
	w.wake = sync.NewCond(&w.mu)
	w.todo = append(w.todo, w.source.Dir)
	stop := context.AfterFunc(ctx, func() {
		w.mu.Lock()
		w.stopped = context.Cause(ctx)
		w.mu.Unlock()
		w.wake.Broadcast()
	})
	defer stop()
	var all sync.WaitGroup
	for range walkers {
		all.Go(w.work)
	}
	all.Wait()
	return w.stopped
}

func (w *walk) work() {
	var found []folder
	var below []string
	w.mu.Lock()
	for {
		for len(w.todo) == 0 && w.busy > 0 && w.stopped == nil {
			w.wake.Wait()
		}
		if len(w.todo) == 0 || w.stopped != nil {
			break
		}
		dir := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.busy++
		w.mu.Unlock()

		var f folder
		f, below = w.list(dir, below[:0])
		if len(f.files) > 0 || f.about().controlled || f.about().err != nil {
			found = append(found, f)
		}

		w.mu.Lock()
		w.busy--
		w.todo = append(w.todo, below...)
		if len(below) > 1 || w.busy == 0 {
			w.wake.Broadcast()
		}
	}
	w.found = append(w.found, found...)
	w.mu.Unlock()
	w.wake.Broadcast()
}

// list reads one folder: what is in it, and the folders below to list next.
func (w *walk) list(dir string, below []string) (folder, []string) {
	f := folder{dir: dir}
	entries, err := fs.ReadDir(w.source.FS, dir)
	if err != nil {
		f.note().err = err
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() {
			switch skipped(name) {
			case skipBin:
				f.note().bin = name
			case skipControl:
				f.note().controlled = true
			case notSkipped:
				if sub := path.Join(dir, name); !w.excluded(sub) {
					below = append(below, sub)
				}
			}
			continue
		}
		role := roleOf(name)
		if role == 0 && !isCopy(name) {
			if skipped(name) == skipControl { // a worktree's .git is a file
				f.note().controlled = true
			}
			continue
		}
		if len(w.exclude) > 0 && w.excluded(path.Join(dir, name)) {
			continue
		}
		f.files = append(f.files, entry{name: name, role: role, odd: !e.Type().IsRegular()})
	}
	return f, below
}

func (w *walk) excluded(name string) bool {
	rel := strings.TrimPrefix(strings.TrimPrefix(name, w.source.Dir), "/")
	if w.source.Dir == "." {
		rel = name
	}
	for _, pattern := range w.exclude {
		if doublestar.MatchUnvalidated(strings.TrimSuffix(pattern, "/"), rel) {
			return true
		}
	}
	return false
}

// groups sorts the folders into groups. The folders of a group are a part of
// the list of all.
func (w *walk) groups() []*Group {
	manifests, controlled := map[string]string{}, map[string]bool{}
	for _, f := range w.found {
		if f.about().controlled {
			controlled[f.dir] = true
		}
		for _, e := range f.files {
			if e.role == RoleManifest {
				manifests[f.dir] = e.name
			}
		}
	}
	w.found = slices.DeleteFunc(w.found, func(f folder) bool { return !f.counts() })
	for i := range w.found {
		w.found[i].owner = w.owner(w.found[i].dir, manifests)
	}
	slices.SortFunc(w.found, func(a, b folder) int {
		return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.dir, b.dir))
	})
	var groups []*Group
	for from := 0; from < len(w.found); {
		dir := w.found[from].owner
		to := from + 1
		for to < len(w.found) && w.found[to].owner == dir {
			to++
		}
		groups = append(groups, &Group{
			source: w.source, dir: dir, root: w.source.show(dir), folders: w.found[from:to:to], manifest: manifests[dir],
			versionControlled: w.source.VersionControlled || w.under(dir, controlled),
		})
		from = to
	}
	return groups
}

// counts tells whether a folder can be a part of a deployment.
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

// owner is the folder whose deployment a folder belongs to: the nearest one at
// or above it that has a manifest, else its parent.
func (w *walk) owner(dir string, manifests map[string]string) string {
	if len(manifests) > 0 {
		for d := dir; ; d = path.Dir(d) {
			if manifests[d] != "" {
				return d
			}
			if d == w.source.Dir || d == "." {
				break
			}
		}
	}
	if dir == w.source.Dir {
		return dir
	}
	if i := strings.LastIndexByte(dir, '/'); i >= 0 {
		return dir[:i]
	}
	return "."
}

func (w *walk) under(dir string, marked map[string]bool) bool {
	for len(marked) > 0 {
		if marked[dir] {
			return true
		}
		if dir == w.source.Dir || dir == "." {
			break
		}
		dir = path.Dir(dir)
	}
	return false
}
