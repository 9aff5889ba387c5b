package migrate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
)

// journal says what a write is about to do, and holds what was there before.
// While it is called pending the write is not complete; under its other name
// it is what a rollback needs.
type journal struct {
	Version int           `json:"version"`
	Kind    string        `json:"kind"` // kindWrite or kindRollback
	ID      string        `json:"id"`
	Root    string        `json:"root"` // the deployment's folder when it was written
	Files   []journalFile `json:"files"`
}

const (
	journalVersion = 1
	kindWrite      = "write"
	kindRollback   = "rollback"
)

// journalFile is one file of a write.
type journalFile struct {
	Path     string `json:"path"`   // below the root, with /
	Real     string `json:"real"`   // the file on the machine, links followed
	Staged   string `json:"staged"` // the new file, beside Real
	Backup   string `json:"backup"` // a second name of the old one, beside Real
	Before   string `json:"before"` // SHA-256 of the file before and after, in hex
	After    string `json:"after"`
	Original []byte `json:"original"` // the file before
}

func (f *journalFile) staged() string { return filepath.Join(filepath.Dir(f.Real), f.Staged) }
func (f *journalFile) backup() string { return filepath.Join(filepath.Dir(f.Real), f.Backup) }
func (f *journalFile) dir() string    { return filepath.Dir(f.Real) }

// dirs are the folders with files of the journal.
func (j *journal) dirs() []string {
	var dirs []string
	for i := range j.Files {
		if dir := j.Files[i].dir(); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// names are the files of a store.
type names struct{ journal, pending, next, lock string }

// names of the files that the store keeps: beside the deployment's manifest,
// or in a folder of its own, where they name the deployment by a hash.
func (s *Store) names() names {
	dir, suffix := s.machine(s.Root), ""
	if s.State != "" {
		dir, suffix = s.State, "-"+hashOf([]byte(s.machine(s.Root)))[:16]
	}
	name := func(kind string) string { return filepath.Join(dir, ".xmlint-"+kind+suffix+".config") }
	return names{name("journal"), name("pending"), name("next"), name("lock")}
}

// readJournal reads a journal; nil where there is none.
func (s *Store) readJournal(name string) (*journal, error) {
	text, err := s.FS.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	j := &journal{}
	if err := json.Unmarshal(text, j); err != nil {
		return nil, &JournalError{s.shown(name), "it is not what xmlint wrote"}
	}
	if j.Version != journalVersion || j.Kind != kindWrite && j.Kind != kindRollback {
		return nil, &JournalError{s.shown(name), "another version of xmlint wrote it"}
	}
	for i := range j.Files {
		f := &j.Files[i]
		if hashOf(f.Original) != f.Before {
			return nil, &JournalError{s.shown(name), "what it holds of " + f.Path + " is damaged"}
		}
		if err := s.trust(s.shown(name), f); err != nil {
			return nil, err
		}
	}
	return j, nil
}

// trust sees that a journal speaks of this deployment's files and no others: a
// journal is a file that anybody may have put there.
func (s *Store) trust(name string, f *journalFile) error {
	shown := underRoot(s.Root, f.Path)
	local := filepath.IsLocal(filepath.FromSlash(f.Path)) && filepath.Base(f.Staged) == f.Staged && filepath.Base(f.Backup) == f.Backup
	if !local {
		return &JournalError{name, "it names files outside of the deployment"}
	}
	real, err := s.FS.Resolve(s.machine(shown))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		// A write may have died between taking the file away and putting
		// the new one there, where the system has no better way.
		if real = s.machine(shown); filepath.Base(f.Real) != filepath.Base(real) {
			return &JournalError{name, f.Path + " is not there any more"}
		}
		f.Real = real
	case err != nil:
		return err
	case !slices.Contains(s.Files, shown):
		return &JournalError{name, f.Path + " is no configuration file of this deployment"}
	default:
		// The folder may have been moved since; a link may lead elsewhere,
		// which the contents will show.
		f.Real = real
	}
	return nil
}

// JournalError says why a journal is of no use.
type JournalError struct {
	Path   string
	Reason string
}

// Error names the file.
func (e *JournalError) Error() string {
	return fmt.Sprintf("%s: the journal cannot be used: %s", e.Path, e.Reason)
}

// underRoot is a path below a deployment's root as reports show it.
func underRoot(root, path string) string {
	switch root {
	case "", ".":
		return path
	case "/":
		return "/" + path
	}
	return root + "/" + path
}
