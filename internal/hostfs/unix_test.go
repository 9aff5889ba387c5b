//go:build unix

package hostfs

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/xmlint/xmlint/deployment"
)

// Opening a pipe would wait for a writer.
func TestPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "appsettings.json"), 0o644); err != nil {
		t.Skip(err)
	}
	done := make(chan error)
	go func() {
		_, err := Dir(dir).AppendFile(nil, "appsettings.json", 100)
		done <- err
	}()
	select {
	case err := <-done:
		if !errors.Is(err, deployment.ErrIrregular) {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it waits for a writer")
	}
}

func TestDevice(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	if _, err := Dir("/dev").AppendFile(nil, "zero", 100); !errors.Is(err, deployment.ErrIrregular) {
		t.Error(err)
	}
}

func TestTypes(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Skip(err)
	}
	link(t, "pipe", filepath.Join(dir, "link"))
	entries, err := Dir(dir).ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || e.Type().IsRegular() || e.Type()&os.ModeSymlink != 0 != (e.Name() == "link") {
			t.Errorf("%s has type %v", e.Name(), e.Type())
		}
	}
}
