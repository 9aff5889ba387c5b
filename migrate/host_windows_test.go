package migrate

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// killedStatus is the exit status of a process that ended itself at once.
const killedStatus = 99

// killSelf ends the process at once: nothing of it runs any more.
func killSelf() {
	if h, err := syscall.GetCurrentProcess(); err == nil {
		_ = syscall.TerminateProcess(h, killedStatus)
	}
	select {}
}

func wasKilled(e *exec.ExitError) bool { return e.ExitCode() == killedStatus }

// become does nothing: these tests do not run as somebody else here.
func become(*exec.Cmd, uint32) {}

func TestReadOnlyAndLocked(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T, file *uint16)
		want    error
	}{
		"read-only": {func(t *testing.T, file *uint16) {
			if err := syscall.SetFileAttributes(file, syscall.FILE_ATTRIBUTE_READONLY); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = syscall.SetFileAttributes(file, syscall.FILE_ATTRIBUTE_NORMAL) })
		}, ErrReadOnly},
		"locked": {func(t *testing.T, file *uint16) {
			h, err := syscall.CreateFile(file, syscall.GENERIC_READ, syscall.FILE_SHARE_READ, nil, syscall.OPEN_EXISTING, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = syscall.CloseHandle(h) })
		}, ErrInUse},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, "ready-4.3.1")
			changes, store := s.prepared(t, Host{})
			file, err := syscall.UTF16PtrFromString(filepath.Join(s.dir, filepath.FromSlash(changes.Files[2].Path)))
			if err != nil {
				t.Fatal(err)
			}
			c.prepare(t, file)
			_, err = store.Apply(context.Background(), changes)
			var at *FileError
			if !errors.Is(err, c.want) || !errors.As(err, &at) || at.Path != changes.Files[2].Path {
				t.Errorf("%v", err)
			}
			if _, own := s.now(t); !s.isOld(t) || len(own) > 0 {
				t.Errorf("something was written: %v", own)
			}
		})
	}
}

// A second lock is refused, and a lock leaves nothing behind.
func TestLock(t *testing.T) {
	name := filepath.Join(tempDir(t), ".xmlint-lock.config")
	unlock, err := Host{}.Lock(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (Host{}).Lock(name); !errors.Is(err, ErrBusy) {
		t.Errorf("%v", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the lock is left: %v", err)
	}
}
