package migrate

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var errFault = errors.New("no space left on device")

// faultAt fails operation n, and with dead all that come after it, as for a
// process that is not there any more.
func faultAt(n int, dead bool) (FS, *int) {
	count := 0
	return hooked(func(string, string) error {
		count++
		if count == n+1 || dead && count > n {
			return errFault
		}
		return nil
	}), &count
}

func hooked(hook func(op, name string) error) FS { return hookFS{FS: Host{}, hook: hook} }

// quick is the machine's file system without waiting for the disk.
func quick() FS { return hooked(func(string, string) error { return nil }) }

func TestApplyAndRollback(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	if len(c.Files) != 3 || len(c.Blocks) != 0 {
		t.Fatalf("%d files, blocks %v", len(c.Files), c.Blocks)
	}
	r, err := store.Apply(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if !s.isNew(t, c) {
		t.Error("the files are not as they are meant to be")
	}
	if r.Journal != ".xmlint-journal.config" || len(r.Files) != 3 {
		t.Errorf("result %+v", r)
	}
	s.tidy(t)
	if again, _ := s.prepared(t, Host{}); !again.IsEmpty() {
		t.Errorf("a second run changes %v", again.Edits)
	}
	if _, _, err := store.Rollback(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !s.isOld(t) {
		t.Error("the files are not as they were")
	}
	if _, own := s.now(t); len(own) != 0 {
		t.Errorf("left behind: %v", own)
	}
	if _, _, err := store.Rollback(context.Background()); !errors.Is(err, ErrNoJournal) {
		t.Errorf("a second rollback: %v", err)
	}
}

// Whatever fails, all files are as they were and nothing is left behind.
func TestApplyFailsAnywhere(t *testing.T) {
	c, first := newSite(t, "ready-4.3.1").prepared(t, Host{})
	for n := 0; ; n++ {
		s := newSite(t, "ready-4.3.1")
		fsys, count := faultAt(n, false)
		store := s.like(first, fsys)
		_, err := store.Apply(context.Background(), c)
		switch {
		case err == nil && !s.isNew(t, c):
			t.Fatalf("operation %d: no error, and not all files are new", n)
		case err != nil && !s.isOld(t):
			t.Fatalf("operation %d: %v, and not all files are old", n, err)
		}
		if err != nil {
			s.tidy(t)
		}
		if *count <= n {
			return
		}
	}
}

// Whenever the process dies, and the one that recovers after it as well, the
// next one brings all files to the old or the new state.
func TestDeathAnywhere(t *testing.T) {
	c, first := newSite(t, "ready-4.3.1").prepared(t, Host{})
	for n, left := 0, true; left; n++ {
		for m := 0; ; m++ {
			s := newSite(t, "ready-4.3.1")
			fsys, count := faultAt(n, true)
			store := s.like(first, fsys)
			_, err := store.Apply(context.Background(), c)
			left = *count > n
			var again *int
			store.FS, again = faultAt(m, true)
			_, _ = store.Recover(context.Background())
			store.FS = quick()
			if _, err := store.Recover(context.Background()); err != nil {
				t.Fatalf("death at %d and %d: %v", n, m, err)
			}
			if isNew := s.isNew(t, c); !isNew && !s.isOld(t) || err == nil && !isNew {
				t.Fatalf("death at %d and %d: neither old nor new", n, m)
			}
			s.tidy(t)
			if t.Failed() {
				t.Fatalf("death at %d and %d", n, m)
			}
			if *again <= m {
				break
			}
		}
	}
}

// The same for a rollback: it is done, or not begun.
func TestRollbackDiesAnywhere(t *testing.T) {
	c, first := newSite(t, "ready-4.3.1").prepared(t, Host{})
	for n := 0; ; n++ {
		s := newSite(t, "ready-4.3.1")
		store := s.like(first, quick())
		if _, err := store.Apply(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		var count *int
		store.FS, count = faultAt(n, true)
		_, _, err := store.Rollback(context.Background())
		store.FS = quick()
		if _, err := store.Recover(context.Background()); err != nil {
			t.Fatalf("death at %d: %v", n, err)
		}
		isOld := s.isOld(t)
		if !isOld && !s.isNew(t, c) || err == nil && !isOld {
			t.Fatalf("death at %d: neither old nor new", n)
		}
		s.tidy(t)
		if !isOld { // it can still be taken back
			if _, _, err := store.Rollback(context.Background()); err != nil || !s.isOld(t) {
				t.Fatalf("death at %d, rollback: %v", n, err)
			}
		}
		if *count <= n {
			return
		}
	}
}

func TestRollbackAfterDeath(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	if _, err := store.Apply(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	// Another write, which dies between two files.
	other := s.options(t)
	other.Redis = redis(t, "cache02:6379,abortConnect=False")
	d := load(t, &other)
	second, err := Prepare(context.Background(), d, other)
	if err != nil {
		t.Fatal(err)
	}
	replaced := 0
	store.FS = hooked(func(op, name string) error {
		if op == "replace" && !strings.Contains(name, ".xmlint") {
			replaced++
		}
		if replaced > 1 {
			return errFault
		}
		return nil
	})
	if _, err := store.Apply(context.Background(), second); err == nil {
		t.Fatal("it did not fail")
	}
	store.FS = Host{}
	_, recovery, err := store.Rollback(context.Background())
	if err != nil || recovery != Undone {
		t.Fatalf("%v, %v", recovery, err)
	}
	if !s.isNew(t, c) {
		t.Error("the rollback took more back than the write that was interrupted")
	}
	if _, _, err := store.Rollback(context.Background()); err != nil || !s.isOld(t) {
		t.Errorf("the write before cannot be taken back: %v", err)
	}
}

func TestApplyRefuses(t *testing.T) {
	ctx := context.Background()
	unchanged := func(t *testing.T, s *site) {
		t.Helper()
		s.tidy(t)
		if _, own := s.now(t); len(own) > 0 {
			t.Errorf("left behind: %v", own)
		}
	}
	t.Run("a file that was changed", func(t *testing.T) {
		s := newSite(t, "ready-4.3.1")
		c, store := s.prepared(t, Host{})
		path := c.Files[1].Path
		s.write(t, path, s.before[path]+"\n")
		var changed *ChangedError
		if _, err := store.Apply(ctx, c); !errors.As(err, &changed) || changed.Path != path || !s.isOld(t) {
			t.Errorf("%v", err)
		}
		unchanged(t, s)
	})
	t.Run("a file that changes during the write", func(t *testing.T) {
		s := newSite(t, "ready-4.3.1")
		c, store := s.prepared(t, Host{})
		last := c.Files[2].Path
		store.FS = hooked(func(op, name string) error {
			if op == "replace" && strings.HasSuffix(filepath.ToSlash(name), c.Files[0].Path) {
				s.write(t, last, "{}")
			}
			return nil
		})
		var changed *ChangedError
		if _, err := store.Apply(ctx, c); !errors.As(err, &changed) || changed.Path != last {
			t.Errorf("%v", err)
		}
		files, _ := s.now(t)
		if files[last] != "{}" || files[c.Files[0].Path] != s.before[c.Files[0].Path] {
			t.Error("what somebody else wrote is lost, or the rest is not undone")
		}
	})
	t.Run("steps that come first", func(t *testing.T) {
		s := newSite(t, "fresh-4.2.3-iis")
		c, store := s.prepared(t, Host{})
		var refused *RefusedError
		if _, err := store.Apply(ctx, c); !errors.As(err, &refused) || !strings.Contains(err.Error(), "upgrade-xmpro") {
			t.Errorf("%v", err)
		}
		if !s.isOld(t) {
			t.Error("files changed")
		}
		unchanged(t, s)
	})
	t.Run("one step that several products wait for is said once", func(t *testing.T) {
		err := &RefusedError{Blocks: []Block{
			{Step: "provision-redis", Product: "app-designer", Reason: "no string is known"},
			{Step: "provision-redis", Product: "subscription-manager", Reason: "no string is known"},
			{Reason: "a file is gone"},
		}}
		if got, want := err.Error(), "nothing is written: provision-redis comes first: no string is known; a file is gone"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("a rollback of a file that was changed", func(t *testing.T) {
		s := newSite(t, "ready-4.3.1")
		c, store := s.prepared(t, Host{})
		if _, err := store.Apply(ctx, c); err != nil {
			t.Fatal(err)
		}
		path := c.Files[0].Path
		s.write(t, path, string(c.Files[0].After())+"\n")
		var changed *ChangedError
		if _, _, err := store.Rollback(ctx); !errors.As(err, &changed) || changed.Path != path {
			t.Errorf("%v", err)
		}
		files, _ := s.now(t)
		if files[c.Files[1].Path] != string(c.Files[1].After()) {
			t.Error("another file was taken back")
		}
	})
}

func TestNothingToWriteLeavesTheJournal(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	if _, err := store.Apply(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(s.dir, ".xmlint-journal.config")
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	again, store := s.prepared(t, Host{})
	if r, err := store.Apply(context.Background(), again); err != nil || len(r.Files) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if now, err := os.ReadFile(name); err != nil || string(now) != string(before) {
		t.Errorf("the journal changed: %v", err)
	}
}

func TestState(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	store.State = tempDir(t)
	r, err := store.Apply(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(r.Journal, filepath.ToSlash(store.State)+"/.xmlint-journal-") {
		t.Errorf("journal %s", r.Journal)
	}
	if _, own := s.now(t); len(own) != 0 {
		t.Errorf("beside the files: %v", own)
	}
	if _, _, err := store.Rollback(context.Background()); err != nil || !s.isOld(t) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(store.State); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTwoAtOnce(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	unlock, err := store.lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(context.Background(), c); !errors.Is(err, ErrBusy) || !s.isOld(t) {
		t.Errorf("%v", err)
	}
	store.Wait = time.Minute
	time.AfterFunc(50*time.Millisecond, unlock)
	if _, err := store.Apply(context.Background(), c); err != nil {
		t.Errorf("it did not wait: %v", err)
	}
}

// A journal is a file that anybody may have put there.
func TestForeignJournal(t *testing.T) {
	outside := filepath.Join(tempDir(t), "passwd")
	if err := os.WriteFile(outside, []byte("root"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"../passwd", outside, "xmpro.txt", "AppDesigner/../../passwd"} {
		s := newSite(t, "ready-4.3.1")
		s.write(t, "xmpro.txt", "root")
		_, store := s.prepared(t, Host{})
		text := `{"version":1,"kind":"write","id":"x","root":"` + s.dir + `","files":[{"path":"` + path + `","real":"` + outside +
			`","staged":"a","backup":"b","before":"` + hashOf([]byte("evil")) + `","after":"` + hashOf([]byte("root")) + `","original":"ZXZpbA=="}]}`
		if err := os.WriteFile(filepath.Join(s.dir, ".xmlint-pending.config"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var bad *JournalError
		if _, err := store.Recover(context.Background()); !errors.As(err, &bad) {
			t.Errorf("%s: %v", path, err)
		}
		if now, _ := os.ReadFile(outside); string(now) != "root" {
			t.Fatalf("%s: a file outside was written to", path)
		}
	}
}

func TestRecoverNeedsNoRoom(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	replaced := 0
	dead := hooked(func(op, name string) error {
		if op == "replace" && !strings.Contains(name, ".xmlint") {
			replaced++
		}
		if replaced > 2 {
			return errFault
		}
		return nil
	})
	c, store := s.prepared(t, dead)
	if _, err := store.Apply(context.Background(), c); err == nil {
		t.Fatal("it did not fail")
	}
	store.FS = hooked(func(op, _ string) error {
		if op == "create" || op == "write" {
			return errFault
		}
		return nil
	})
	if _, err := store.Recover(context.Background()); err != nil || !s.isOld(t) {
		t.Errorf("%v", err)
	}
}
