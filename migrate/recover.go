package migrate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// Recover ends a write that a dead process left halfway: it is undone, or,
// where all its files are in place already, finished. Call it before anything
// is read: the files may change.
//
// Errors: [ErrBusy] where the process is not dead; a [*ChangedError] where
// somebody has changed a file meanwhile, which is then left as it is; a
// [*JournalError].
func (s *Store) Recover(ctx context.Context) (Recovery, error) {
	if !s.isPending() {
		return NothingPending, nil
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return NothingPending, err
	}
	defer unlock()
	return s.recover()
}

// HasJournal reports whether there is something to take back: a write, or one
// that was interrupted.
func (s *Store) HasJournal() bool {
	n := s.names()
	for _, name := range [...]string{n.journal, n.pending} {
		if _, err := s.FS.ReadFile(name); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// isPending reports whether there may be something to do: it is asked without
// the lock, and does not need the right to write.
func (s *Store) isPending() bool {
	n := s.names()
	for _, name := range [...]string{n.pending, n.next} {
		if _, err := s.FS.ReadFile(name); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	j, err := s.readJournal(n.journal)
	if j == nil || err != nil {
		return false
	}
	if j.Kind == kindRollback {
		return true
	}
	for i := range j.Files {
		if _, err := s.FS.ReadFile(j.Files[i].backup()); err == nil {
			return true // the process died while it cleaned up
		}
	}
	return false
}

// recover is Recover under the lock.
func (s *Store) recover() (Recovery, error) {
	n := s.names()
	j, err := s.readJournal(n.pending)
	if err != nil {
		return NothingPending, err
	}
	if err := s.FS.Remove(n.next); err != nil {
		return NothingPending, &FileError{s.shown(n.next), err}
	}
	if j == nil {
		// A journal that is of no use is the rollback's to complain about.
		if j, err := s.readJournal(n.journal); err == nil && j != nil {
			s.sweep(j)
		}
		return NothingPending, nil
	}
	all := true
	for i := range j.Files {
		text, err := s.FS.ReadFile(j.Files[i].Real)
		all = all && err == nil && hashOf(text) == j.Files[i].After
	}
	if all {
		if err := s.commit(j); err != nil {
			return NothingPending, err
		}
		s.sweep(j)
		return Finished, nil
	}
	if err := s.undo(j); err != nil {
		return NothingPending, err
	}
	return Undone, nil
}

// undo brings the files of a write back that has not ended, and removes all
// traces of it. A file that is neither what it was nor what it was to be stays,
// and so does the pending journal with the original.
func (s *Store) undo(j *journal) error {
	var failed []error
	for i := len(j.Files) - 1; i >= 0; i-- {
		if err := s.restore(&j.Files[i]); err != nil {
			failed = append(failed, err)
		}
	}
	if len(failed) > 0 {
		return errors.Join(failed...)
	}
	s.sweepFiles(j)
	n := s.names()
	for _, name := range [...]string{n.pending, n.next} {
		if err := s.FS.Remove(name); err != nil {
			return &FileError{s.shown(name), err}
		}
	}
	return s.FS.SyncDir(filepath.Dir(n.pending))
}

// restore brings one file back: by its second name, which needs no room on the
// disk, else from the journal.
func (s *Store) restore(f *journalFile) error {
	shown := underRoot(s.Root, f.Path)
	text, err := s.FS.ReadFile(f.Real)
	gone := errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !gone:
		return &FileError{shown, err}
	case err == nil && hashOf(text) == f.Before:
		return nil
	case err == nil && hashOf(text) != f.After:
		return fmt.Errorf("%w; what it was before is in %s, delete that file when you have seen to it",
			&ChangedError{Path: shown, Since: "a write that was interrupted"}, s.shown(s.names().pending))
	}
	from := f.backup()
	if old, err := s.FS.ReadFile(from); err != nil || hashOf(old) != f.Before {
		like := f.Real
		if gone {
			like = "" // nothing is left that knows its mode
		}
		from = f.staged()
		if err := s.FS.Remove(from); err != nil {
			return &FileError{shown, err}
		}
		if err := s.stage(from, like, gone, f.Original); err != nil {
			return &FileError{shown, err}
		}
	}
	if err := s.FS.Replace(from, f.Real); err != nil {
		return &FileError{shown, err}
	}
	if err := s.FS.SyncDir(f.dir()); err != nil {
		return &FileError{shown, err}
	}
	return nil
}

// Rollback takes the last write back: the exact bytes from before it. A file
// that has them already, for somebody put it back, stays. A write that was
// interrupted is undone, and nothing before it.
//
// Errors: [ErrNoJournal]; a [*ChangedError] where a file was changed since the
// write: then nothing is taken back; those of [Store.Apply].
func (s *Store) Rollback(ctx context.Context) (Result, Recovery, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return Result{}, NothingPending, err
	}
	defer unlock()
	pending, err := s.readJournal(s.names().pending)
	if err != nil {
		return Result{}, NothingPending, err
	}
	recovery, err := s.recover()
	if err != nil {
		return Result{}, NothingPending, err
	}
	if pending != nil && (recovery == Undone) == (pending.Kind == kindWrite) {
		return Result{Files: s.paths(pending)}, recovery, nil
	}
	j, err := s.readJournal(s.names().journal)
	switch {
	case err != nil:
		return Result{}, recovery, err
	case j == nil:
		return Result{}, recovery, ErrNoJournal
	}
	left := s.notBack(j)
	if len(left) == 0 {
		j.Kind = kindRollback
		s.sweep(j)
		return Result{}, recovery, nil
	}
	t, err := s.plan(kindRollback, "the write", len(left), func(i int) (string, []byte, []byte) {
		f := left[i]
		text, err := s.FS.ReadFile(f.Real)
		if err != nil || hashOf(text) != f.After {
			text = nil // plan reads it again and says what is wrong
		}
		return underRoot(s.Root, f.Path), text, f.Original
	})
	var changed *ChangedError
	if errors.As(err, &changed) {
		err = fmt.Errorf("nothing is taken back: %w; %s holds the files as they were", err, s.shown(s.names().journal))
	}
	if err != nil {
		return Result{}, recovery, err
	}
	if err := s.transact(t, "the write"); err != nil {
		return Result{}, recovery, err
	}
	return s.result(t), recovery, nil
}

// notBack are the files of a write that are not what they were before it.
func (s *Store) notBack(j *journal) []*journalFile {
	var left []*journalFile
	for i := range j.Files {
		f := &j.Files[i]
		if text, err := s.FS.ReadFile(f.Real); err != nil || hashOf(text) != f.Before {
			left = append(left, f)
		}
	}
	return left
}

func (s *Store) paths(j *journal) []string {
	var all []string
	for i := range j.Files {
		all = append(all, underRoot(s.Root, j.Files[i].Path))
	}
	return all
}
