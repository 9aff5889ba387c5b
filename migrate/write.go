package migrate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// Apply writes changes: all files or none. Changes without files leave
// everything alone, also the journal of the last write.
//
// Errors: a [*RefusedError] where something comes first; a [*ChangedError]
// where a file was changed since it was read; a [*FileError], which may wrap
// [ErrReadOnly] or [ErrInUse]; [ErrBusy]. After each of them all files are as
// they were, or, where even that failed, the error says so and the next
// [Store.Recover] brings them back.
func (s *Store) Apply(ctx context.Context, c *Changes) (Result, error) {
	if len(c.Blocks) > 0 {
		return Result{}, &RefusedError{c.Blocks}
	}
	if c.IsEmpty() {
		return Result{}, nil
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return Result{}, err
	}
	defer unlock()
	if _, err := s.recover(); err != nil {
		return Result{}, err
	}
	j, err := s.plan(kindWrite, "it was read", len(c.Files), func(i int) (string, []byte, []byte) {
		return c.Files[i].Path, c.Files[i].before, c.Files[i].after
	})
	if err != nil {
		return Result{}, err
	}
	if err := s.transact(j, "it was read"); err != nil {
		return Result{}, err
	}
	return s.result(j), nil
}

// plan makes the journal of a write: of files that are what they are expected
// to be, and that may be replaced.
func (s *Store) plan(kind, since string, n int, file func(int) (shown string, before, after []byte)) (*transaction, error) {
	id, err := s.id()
	if err != nil {
		return nil, err
	}
	t := &transaction{journal: journal{Version: journalVersion, Kind: kind, ID: id, Root: s.machine(s.Root)}}
	for i := range n {
		shown, before, after := file(i)
		real, err := s.FS.Resolve(s.machine(shown))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, &ChangedError{Path: shown, Since: since, Gone: true}
		case err != nil:
			return nil, &FileError{shown, err}
		}
		if k := t.index(real); k >= 0 {
			// Two nodes that share a file by links ask for the same.
			if !bytes.Equal(t.contents[k], after) {
				return nil, &FileError{shown, fmt.Errorf("it is the same file as %s, and is to become something else", t.Files[k].Path)}
			}
			continue
		}
		if err := s.expect(shown, real, hashOf(before), since); err != nil {
			return nil, err
		}
		if err := s.FS.Check(real); err != nil {
			return nil, &FileError{shown, err}
		}
		name := fmt.Sprintf(".xmlint-%s-%d", id, i)
		t.Files = append(t.Files, journalFile{
			Path: s.below(shown), Real: real, Staged: name + ".config", Backup: name + "-old.config",
			Before: hashOf(before), After: hashOf(after), Original: before,
		})
		t.contents = append(t.contents, after)
	}
	return t, nil
}

// expect sees that a file has the content that it is known to have.
func (s *Store) expect(shown, real, hash, since string) error {
	text, err := s.FS.ReadFile(real)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &ChangedError{Path: shown, Since: since, Gone: true}
	case err != nil:
		return &FileError{shown, err}
	case hashOf(text) != hash:
		return &ChangedError{Path: shown, Since: since}
	}
	return nil
}

// transaction is a write on its way.
type transaction struct {
	journal
	contents [][]byte
}

func (t *transaction) index(real string) int {
	for i := range t.Files {
		if t.Files[i].Real == real {
			return i
		}
	}
	return -1
}

// transact carries a write out. When it fails everything is undone.
func (s *Store) transact(t *transaction, since string) error {
	err := s.attempt(t, since)
	if err == nil {
		s.sweep(&t.journal)
		return nil
	}
	if undo := s.undo(&t.journal); undo != nil {
		return errors.Join(err, fmt.Errorf("and it could not be undone now, the next call of xmlint migrate does it: %w", undo))
	}
	return err
}

func (s *Store) attempt(t *transaction, since string) error {
	if err := s.writePending(&t.journal); err != nil {
		return err
	}
	for i := range t.Files {
		f := &t.Files[i]
		if err := s.stage(f.staged(), f.Real, false, t.contents[i]); err != nil {
			return &FileError{underRoot(s.Root, f.Path), err}
		}
		if err := s.FS.Link(f.Real, f.backup()); err != nil {
			return &FileError{underRoot(s.Root, f.Path), err}
		}
	}
	for _, dir := range t.dirs() {
		if err := s.FS.SyncDir(dir); err != nil {
			return err
		}
	}
	for i := range t.Files {
		f := &t.Files[i]
		shown := underRoot(s.Root, f.Path)
		if err := s.expect(shown, f.Real, f.Before, since); err != nil {
			return err
		}
		if err := s.FS.Replace(f.staged(), f.Real); err != nil {
			return &FileError{shown, err}
		}
		if err := s.FS.SyncDir(f.dir()); err != nil {
			return &FileError{shown, err}
		}
	}
	return s.commit(&t.journal)
}

// writePending makes it known what is about to happen.
func (s *Store) writePending(j *journal) error {
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	n := s.names()
	fail := func(err error) error {
		return fmt.Errorf("the journal cannot be written: %w", &FileError{s.shown(n.pending), err})
	}
	if err := s.FS.Remove(n.next); err != nil {
		return fail(err)
	}
	if err := s.stage(n.next, s.owner(j), true, text); err != nil {
		return fail(err)
	}
	if err := s.FS.Replace(n.next, n.pending); err != nil {
		return fail(err)
	}
	if err := s.FS.SyncDir(filepath.Dir(n.pending)); err != nil {
		return fail(err)
	}
	return nil
}

// owner is a file whose owner may have the journal: one that has all the files
// of it. Empty where there is none.
func (s *Store) owner(j *journal) string {
	first, err := s.FS.Owner(j.Files[0].Real)
	if err != nil {
		return ""
	}
	for i := range j.Files {
		if owner, err := s.FS.Owner(j.Files[i].Real); err != nil || owner != first {
			return ""
		}
	}
	return j.Files[0].Real
}

// stage writes a new file and makes it durable.
func (s *Store) stage(name, like string, private bool, text []byte) error {
	f, err := s.FS.Create(name, like, private)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// commit is the moment from which a write counts: its journal takes the place
// of the last one. Where the name is not durable yet and the machine dies, the
// journal is pending again, with all files in place, and Recover finishes it.
func (s *Store) commit(j *journal) error {
	n := s.names()
	if err := s.FS.Replace(n.pending, n.journal); err != nil {
		return &FileError{s.shown(n.journal), err}
	}
	_ = s.FS.SyncDir(filepath.Dir(n.journal))
	return nil
}

// sweep removes what a write that has ended leaves behind: all but its journal,
// and of a rollback that too, for what was taken back cannot be taken back
// again. What cannot be removed now is removed by the next call.
func (s *Store) sweep(j *journal) {
	s.sweepFiles(j)
	if j.Kind == kindRollback {
		n := s.names()
		_ = s.FS.Remove(n.journal)
		_ = s.FS.SyncDir(filepath.Dir(n.journal))
	}
}

// sweepFiles removes what a write leaves beside its files.
func (s *Store) sweepFiles(j *journal) {
	for i := range j.Files {
		_ = s.FS.Remove(j.Files[i].staged())
		_ = s.FS.Remove(j.Files[i].backup())
	}
	for _, dir := range j.dirs() {
		_ = s.FS.SyncDir(dir)
	}
}

func (s *Store) result(t *transaction) Result {
	r := Result{}
	for i := range t.Files {
		r.Files = append(r.Files, underRoot(s.Root, t.Files[i].Path))
	}
	if t.Kind == kindWrite {
		r.Journal = s.shown(s.names().journal)
	}
	return r
}
