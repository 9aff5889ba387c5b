package deployment

import (
	"cmp"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"
)

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
	controlled bool   // it, or a folder above, holds .git, .hg or .svn
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

// sort puts the files into an order that does not depend on the file system's.
// A name in its usual casing comes before others that differ in case.
func (f *folder) sort() {
	slices.SortFunc(f.files, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.name, b.name))
	})
}

type entry struct {
	name string
	role Role // zero: a copy of a configuration file
	odd  bool // not a regular file: a link, a pipe
}

func (e *entry) rank() int {
	switch e.name {
	case "appsettings.json", "web.config", ManifestName:
		return 0
	}
	return 1
}

// walkers is how many folders are listed at once.
const walkers = 4

// walk lists all folders of one source.
type walk struct {
	source  *Source
	exclude []string

	mu      sync.Mutex
	wake    *sync.Cond
	others  sync.WaitGroup
	running int // walkers
	todo    []string
	busy    int // walkers that list folders
	idle    int // walkers that wait
	found   []folder
	stopped bool
}

// run lists the folders, and gives those in which there is something.
func (w *walk) run(ctx context.Context) ([]folder, error) {
	w.wake = sync.NewCond(&w.mu)
	w.todo = append(w.todo, w.source.Dir)
	stop := context.AfterFunc(ctx, func() {
		w.mu.Lock()
		w.stopped = true
		w.mu.Unlock()
		w.wake.Broadcast()
	})
	defer stop()
	w.running = 1
	w.work(ctx)
	w.others.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.found, context.Cause(ctx)
}

func (w *walk) work(ctx context.Context) {
	var found []folder
	var own, below []string
	w.mu.Lock()
	for {
		for len(w.todo) == 0 && w.busy > 0 && !w.stopped {
			w.idle++
			w.wake.Wait()
			w.idle--
		}
		if len(w.todo) == 0 || w.stopped {
			break
		}
		// A share of what is there: the fewer turns, the less is spent on them.
		share := min(len(w.todo)/walkers+1, 64)
		rest := len(w.todo) - share
		own = append(own[:0], w.todo[rest:]...)
		w.todo = w.todo[:rest]
		w.busy++
		w.mu.Unlock()

		below = below[:0]
		for i := range own {
			if ctx.Err() != nil {
				break
			}
			dir := own[len(own)-1-i]
			var f folder
			f, below = w.list(dir, below)
			if len(f.files) > 0 || f.about().controlled || f.about().err != nil {
				found = append(found, f)
			}
		}

		w.mu.Lock()
		w.busy--
		w.todo = append(w.todo, below...)
		// Another walker comes when there is something for it to do.
		if w.running < walkers && len(w.todo) > 1 && w.idle == 0 {
			w.running++
			w.others.Go(func() { w.work(ctx) })
		}
		if w.idle > 0 && (len(below) > 1 || w.busy == 0) {
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
				if bin := f.about().bin; bin == "" || name < bin {
					f.note().bin = name
				}
			case skipControl:
				f.note().controlled = true
			case notSkipped:
				if !w.excluded(dir, name) {
					below = append(below, path.Join(dir, name))
				}
			}
			continue
		}
		role := roleOf(name)
		switch {
		case role == 0 && !isCopy(name):
			if skipped(name) == skipControl { // a worktree's .git is a file
				f.note().controlled = true
			}
		case !w.excluded(dir, name):
			f.files = append(f.files, entry{name: name, role: role, odd: !e.Type().IsRegular()})
		}
	}
	f.sort()
	return f, below
}

// excluded reports whether a glob of exclude matches a name in a folder, or the
// source wants it passed over.
func (w *walk) excluded(dir, name string) bool {
	if len(w.exclude) == 0 && w.source.Skip == nil {
		return false
	}
	full := path.Join(dir, name)
	if w.source.Skip != nil && w.source.Skip(full) {
		return true
	}
	below := full
	if w.source.Dir != "." {
		below = strings.TrimPrefix(strings.TrimPrefix(full, w.source.Dir), "/")
	}
	shown := w.source.show(full)
	for _, pattern := range w.exclude {
		pattern = strings.TrimSuffix(pattern, "/")
		switch {
		case doublestar.MatchUnvalidated(pattern, below), doublestar.MatchUnvalidated(pattern, shown):
			return true
		case !strings.Contains(pattern, "/") && doublestar.MatchUnvalidated(pattern, name):
			return true
		}
	}
	return false
}
