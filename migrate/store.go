package migrate

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Store is a deployment's place on the machine: where its files are written
// to, and where the journal lies.
type Store struct {
	FS FS
	// Dir is the folder that shown paths are relative to, Root the
	// deployment's root as it is shown.
	Dir, Root string
	// State is the folder of the journal; empty: the deployment's root, where
	// its xmpro.yaml is.
	State string
	// Files are the shown paths of the deployment's configuration files. No
	// journal makes the store touch another one.
	Files []string
	// Wait is how long to wait for another xmlint.
	Wait time.Duration
	// Random makes names; nil: crypto/rand.
	Random io.Reader
}

// Result is what a write came to.
type Result struct {
	Files   []string // the files that changed, as shown
	Journal string   // the journal, as shown; empty where there is none
}

// Recovery is what [Store.Recover] did with a write that had not ended.
type Recovery uint8

// The recoveries.
const (
	NothingPending Recovery = iota
	Undone                  // all files are as they were before
	Finished                // all files are as they were meant to be
)

// String says it in words.
func (r Recovery) String() string {
	return [...]string{"nothing was pending",
		"an interrupted write was undone: all files are as they were before it",
		"an interrupted write was complete: all files are as they were meant to be"}[r]
}

// RefusedError says that changes are not written because something comes
// first.
type RefusedError struct{ Blocks []Block }

// Error names the steps that come first.
func (e *RefusedError) Error() string {
	var all []string
	for _, b := range e.Blocks {
		text := b.Reason
		if b.Step != "" {
			text = b.Step + " comes first: " + text
		}
		if !slices.Contains(all, text) { // what several products wait for is said once
			all = append(all, text)
		}
	}
	return "nothing is written: " + strings.Join(all, "; ")
}

// ChangedError says that a file is not what it was expected to be.
type ChangedError struct {
	Path  string
	Since string // "it was read", "the write"
	Gone  bool   // it is not there any more
}

// Error names the file.
func (e *ChangedError) Error() string {
	if e.Gone {
		return e.Path + " was there at " + e.Since + " and is not any more"
	}
	return e.Path + " was changed since " + e.Since + ": it is left as it is"
}

// FileError is an error about one file.
type FileError struct {
	Path string // as shown
	Err  error
}

// Error names the file once.
func (e *FileError) Error() string {
	var path *fs.PathError
	if errors.As(e.Err, &path) && e.Err == error(path) {
		return e.Path + ": " + path.Op + ": " + path.Err.Error()
	}
	return e.Path + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// ErrNoJournal says that there is nothing to take back.
var ErrNoJournal = errors.New("there is no journal of a write here: nothing can be taken back; give the PATH that the write had, and its --state")

// machine is a shown path on the machine.
func (s *Store) machine(shown string) string {
	name := filepath.FromSlash(shown)
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.Dir, name)
}

// shown is a name of the store as reports show it.
func (s *Store) shown(name string) string {
	if s.State == "" {
		return underRoot(s.Root, filepath.Base(name))
	}
	if rel, err := filepath.Rel(s.Dir, name); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(name)
}

// below is a shown path below the root.
func (s *Store) below(shown string) string {
	if s.Root == "." || s.Root == "" {
		return shown
	}
	return strings.TrimPrefix(strings.TrimPrefix(shown, s.Root), "/")
}

// lock keeps other writers away from the deployment. With a folder of its own
// for the journal the root's lock is taken where that can be done: the root
// may be read-only.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	wanted := []string{s.names().lock}
	if s.State != "" {
		wanted = append(wanted, filepath.Join(s.machine(s.Root), ".xmlint-lock.config"))
	}
	var held []func() error
	release := func() {
		for i := len(held) - 1; i >= 0; i-- {
			// What a lock leaves behind holds nothing.
			_ = held[i]()
		}
	}
	deadline := time.Now().Add(s.Wait)
	for i, name := range wanted {
		for {
			one, err := s.FS.Lock(name)
			if err == nil {
				held = append(held, one)
				break
			}
			if i > 0 && !errors.Is(err, ErrBusy) {
				break
			}
			if !errors.Is(err, ErrBusy) || !time.Now().Before(deadline) {
				release()
				return nil, lockError(s.shown(name), err)
			}
			select {
			case <-ctx.Done():
				release()
				return nil, context.Cause(ctx)
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
	return release, nil
}

// lockError says of a lock that cannot be had what to do.
func lockError(shown string, err error) error {
	if errors.Is(err, ErrBusy) {
		return err
	}
	return fmt.Errorf("nothing can be written beside the deployment's files; give --state with a folder that can: %w", &FileError{shown, err})
}

// id makes a name that no other write has.
func (s *Store) id() (string, error) {
	random := s.Random
	if random == nil {
		random = rand.Reader
	}
	b := make([]byte, 8)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fmt.Errorf("no random bytes for a name: %w", err)
	}
	return hex.EncodeToString(b), nil
}
