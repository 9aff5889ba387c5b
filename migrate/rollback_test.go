package migrate

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What somebody put back by hand need not be taken back, and all the rest is.
func TestRollbackOfWhatIsPartlyBack(t *testing.T) {
	for _, back := range []int{1, 3} {
		s := newSite(t, "ready-4.3.1")
		c, store := s.prepared(t, Host{})
		if _, err := store.Apply(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Files[:back] {
			s.write(t, f.Path, string(f.Before()))
		}
		r, _, err := store.Rollback(context.Background())
		if err != nil || len(r.Files) != 3-back {
			t.Errorf("%d files are back: %v, %v", back, r.Files, err)
		}
		if _, own := s.now(t); !s.isOld(t) || len(own) > 0 {
			t.Errorf("%d files are back: not all are old, or something is left: %v", back, own)
		}
	}
}

// Nothing is taken back where something would be lost, or is lost already.
func TestRollbackRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(t *testing.T, s *site, file string)
		want   string
	}{
		"changed": {func(t *testing.T, s *site, file string) { s.write(t, file, "{}") }, "was changed since the write"},
		"gone": {func(t *testing.T, s *site, file string) {
			if err := os.Remove(filepath.Join(s.dir, filepath.FromSlash(file))); err != nil {
				t.Fatal(err)
			}
		}, "was there at the write and is not any more"},
		"a damaged journal": {func(t *testing.T, s *site, file string) {
			name := filepath.Join(s.dir, ".xmlint-journal.config")
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			const original = `"original":"`
			at := strings.Index(string(text), original) + len(original)
			text[at] ^= 1
			if err := os.WriteFile(name, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}, ".xmlint-journal.config: the journal cannot be used: what it holds of AppDesigner/appsettings.json is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, "ready-4.3.1")
			changes, store := s.prepared(t, Host{})
			if _, err := store.Apply(context.Background(), changes); err != nil {
				t.Fatal(err)
			}
			c.damage(t, s, changes.Files[0].Path)
			_, _, err := store.Rollback(context.Background())
			var changed *ChangedError
			var journal *JournalError
			if err == nil || !strings.Contains(err.Error(), c.want) || !errors.As(err, &changed) && !errors.As(err, &journal) {
				t.Errorf("%v", err)
			}
			for _, f := range changes.Files[1:] {
				if text, _ := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(f.Path))); string(text) != string(f.After()) {
					t.Errorf("%s was taken back", f.Path)
				}
			}
		})
	}
}
