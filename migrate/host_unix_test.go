//go:build unix

package migrate

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// killSelf ends the process as kill -9 does.
func killSelf() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// wasKilled reports whether a process ended so.
func wasKilled(e *exec.ExitError) bool {
	return e.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL
}

// become makes a command one of another user.
func become(c *exec.Cmd, uid uint32) {
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
}

func TestModeAndOwner(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	path := filepath.Join(s.dir, filepath.FromSlash(c.Files[0].Path))
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	root := os.Getuid() == 0
	if root {
		if err := os.Chown(path, 1234, 4321); err != nil {
			t.Fatal(err)
		}
	}
	var staged, journal fs.FileMode
	store.FS = hooked(func(op, name string) error {
		info, err := os.Stat(name)
		if op == "write" && err == nil {
			switch base := filepath.Base(name); {
			case base == ".xmlint-next.config":
				journal = info.Mode().Perm()
			case filepath.Dir(name) == filepath.Dir(path):
				staged = info.Mode().Perm()
			}
			if base := filepath.Base(name); !strings.HasPrefix(base, ".xmlint-") || !strings.HasSuffix(base, ".config") {
				t.Errorf("a file that is served: %s", name)
			}
		}
		return nil
	})
	check := func(what string) {
		t.Helper()
		var st syscall.Stat_t
		if err := syscall.Stat(path, &st); err != nil {
			t.Fatal(err)
		}
		if st.Mode&0o777 != 0o640 || root && (st.Uid != 1234 || st.Gid != 4321) {
			t.Errorf("%s: mode %o, owner %d:%d", what, st.Mode&0o777, st.Uid, st.Gid)
		}
	}
	if _, err := store.Apply(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	check("written")
	if staged != 0o640 || journal != 0o600 {
		t.Errorf("staged %o, journal %o", staged, journal)
	}
	if info, err := os.Stat(filepath.Join(s.dir, ".xmlint-journal.config")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("journal: %v %v", info.Mode(), err)
	}
	if _, _, err := store.Rollback(context.Background()); err != nil {
		t.Fatal(err)
	}
	check("taken back")
}

func TestLinks(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	elsewhere := filepath.Join(tempDir(t), "shared.json")
	link := filepath.Join(s.dir, "AppDesigner", "appsettings.json")
	if err := os.Rename(link, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	c, store := s.prepared(t, Host{})
	if _, err := store.Apply(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link itself was replaced")
	}
	if text, _ := os.ReadFile(elsewhere); !bytes.Equal(text, c.Files[0].After()) {
		t.Error("the file behind the link is not new")
	}
	if _, _, err := store.Rollback(context.Background()); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(elsewhere); !bytes.Equal(text, c.Files[0].Before()) {
		t.Error("the file behind the link is not old")
	}
}

// The other names of a file, as a copy by links has them, keep what they hold.
func TestHardLinks(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	name := filepath.Join(s.dir, filepath.FromSlash(c.Files[0].Path))
	copied := filepath.Join(tempDir(t), "copy.json")
	if err := os.Link(name, copied); err != nil {
		t.Skip(err)
	}
	if _, err := store.Apply(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(copied); !bytes.Equal(text, c.Files[0].Before()) || !s.isNew(t, c) {
		t.Error("the other name was written to, or the file was not")
	}
	if _, _, err := store.Rollback(context.Background()); err != nil || !s.isOld(t) {
		t.Errorf("taken back: %v", err)
	}
}

func TestReadOnlyAndLocked(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T, file string)
		want    error
	}{
		"read-only": {func(t *testing.T, file string) {
			if err := os.Chmod(file, 0o444); err != nil {
				t.Fatal(err)
			}
		}, ErrReadOnly},
		"locked": {func(t *testing.T, file string) {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.Close() })
			// As .NET locks a file that it does not share.
			if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
				t.Fatal(err)
			}
		}, ErrInUse},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, "ready-4.3.1")
			changes, store := s.prepared(t, Host{})
			c.prepare(t, filepath.Join(s.dir, filepath.FromSlash(changes.Files[2].Path)))
			_, err := store.Apply(context.Background(), changes)
			var file *FileError
			if !errors.Is(err, c.want) || !errors.As(err, &file) || file.Path != changes.Files[2].Path {
				t.Errorf("%v", err)
			}
			if _, own := s.now(t); !s.isOld(t) || len(own) > 0 {
				t.Errorf("something was written: %v", own)
			}
		})
	}
}

// What another user may not write stays as it is, whole.
func TestAnotherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root, to become somebody else")
	}
	const nobody = 65534
	program := filepath.Join(tempDir(t), "migrate.test")
	if err := copyFile(self(t), program); err != nil {
		t.Fatal(err)
	}
	open := func(dir string) {
		for ; dir != "/" && dir != os.TempDir(); dir = filepath.Dir(dir) {
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	open(filepath.Dir(program))
	for name, prepare := range map[string]func(s *site) error{
		"a file of root":    func(s *site) error { return chownAll(s.dir, nobody, "SubscriptionManager/web.config") },
		"a folder of root":  func(s *site) error { return chownAll(s.dir, nobody, "SubscriptionManager") },
		"everything root's": func(s *site) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, "ready-4.3.1")
			open(s.dir)
			if err := prepare(s); err != nil {
				t.Fatal(err)
			}
			out, err := migrateAs(t, program, s.dir, "", "", nobody)
			if err == nil || !strings.Contains(out, "permission denied") {
				t.Errorf("%v\n%s", err, out)
			}
			if _, own := s.now(t); !s.isOld(t) || len(own) > 0 {
				t.Errorf("something was written: %v", own)
			}
		})
	}
	t.Run("everything his own", func(t *testing.T) {
		s := newSite(t, "ready-4.3.1")
		open(s.dir)
		if err := chownAll(s.dir, nobody, ""); err != nil {
			t.Fatal(err)
		}
		c, _ := s.prepared(t, Host{})
		if out, err := migrateAs(t, program, s.dir, "", "", nobody); err != nil || !s.isNew(t, c) {
			t.Errorf("%v\n%s", err, out)
		}
	})
}

// chownAll gives everything but one path to a user.
func chownAll(dir string, uid int, except string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || except != "" && path == filepath.Join(dir, except) {
			return err
		}
		return os.Chown(path, uid, uid)
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// A disk that is full at any point of the write leaves the old files.
func TestFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root, to mount a small file system")
	}
	dir := tempDir(t)
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=128k", "xmlint-test", dir).CombinedOutput(); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	failed := 0
	for free := 0; free <= 64<<10; free += 4 << 10 {
		s := &site{dir: filepath.Join(dir, "site"), before: map[string]string{}}
		for path, f := range example(t, "ready-4.3.1") {
			s.write(t, path, string(f.Data))
		}
		c, store := s.prepared(t, Host{})
		ballast := filepath.Join(dir, "ballast")
		fill(t, dir, ballast, free)
		_, err := store.Apply(context.Background(), c)
		switch {
		case err != nil && !errors.Is(err, syscall.ENOSPC):
			t.Errorf("%d bytes free: %v", free, err)
		case err != nil && !s.isOld(t), err == nil && !s.isNew(t, c):
			t.Errorf("%d bytes free: %v, and the files are neither old nor new", free, err)
		}
		if err != nil {
			failed++
		}
		s.tidy(t)
		if err := errors.Join(os.Remove(ballast), os.RemoveAll(s.dir)); err != nil {
			t.Fatal(err)
		}
	}
	if failed == 0 || failed == 17 {
		t.Errorf("%d of 17 writes failed", failed)
	}
}

// fill leaves some bytes of a file system free.
func fill(t *testing.T, dir, name string, free int) {
	t.Helper()
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		t.Fatal(err)
	}
	n := int(st.Bavail)*int(st.Bsize) - free
	if err := os.WriteFile(name, make([]byte, max(n, 0)), 0o600); err != nil {
		t.Fatal(err)
	}
}
