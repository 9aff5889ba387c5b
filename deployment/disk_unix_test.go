//go:build unix

package deployment_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/hostfs"
)

const (
	settings  = `{"xmpro": {"appDesigner": {"encryptionKey": "k"}}}`
	otherJSON = `{"Logging": {}}`
)

// disk makes files below a new folder; a name that ends in / is a folder.
func disk(t *testing.T, pairs ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(pairs); i += 2 {
		full := filepath.Join(dir, pairs[i])
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(pairs[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// read reads what is below a folder, and writes down the files and their
// errors.
func read(dir string, paths ...string) (string, error) {
	sources, err := hostfs.Sources(dir, paths)
	if err != nil {
		return "", err
	}
	groups, err := deployment.Discover(context.Background(), sources, nil)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, g := range groups {
		for _, d := range g.Load(context.Background(), deployment.Options{}) {
			b.WriteString(d.Root + ":")
			for _, f := range d.Files {
				b.WriteString(" " + f.Path)
				switch {
				case f.Err == nil:
				case errors.Is(f.Err, fs.ErrNotExist):
					b.WriteString("(not there)")
				case errors.Is(f.Err, fs.ErrPermission):
					b.WriteString("(permission)")
				case errors.Is(f.Err, deployment.ErrIrregular):
					b.WriteString("(irregular)")
				default:
					fmt.Fprintf(&b, "(%v)", f.Err)
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String(), nil
}

func TestLinks(t *testing.T) {
	outside := disk(t, "real/appsettings.json", settings, "DS/appsettings.json", settings)
	dir := disk(t, "AD/readme.txt", "")
	for name, target := range map[string]string{
		"AD/appsettings.json":      filepath.Join(outside, "real", "appsettings.json"), // a file
		"DS":                       filepath.Join(outside, "DS"),                       // a folder
		"x/appsettings.json":       outside,                                            // a folder that is called like a file
		"AD/appsettings.Test.json": "nowhere",
		"y/web.config":             "nowhere",
		"z/sm-metadata.json":       "nowhere",
		"loop/appsettings.json":    "appsettings.json",
	} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, full); err != nil {
			t.Skip(err)
		}
	}
	got, err := read(dir, ".")
	got, loop, _ := strings.Cut(got, " loop/appsettings.json(")
	loop, rest, _ := strings.Cut(loop, ")")
	got += rest
	want := ".: AD/appsettings.Test.json(not there) AD/appsettings.json y/web.config(not there)\n"
	if err != nil || got != want || !strings.Contains(loop, "links") {
		t.Errorf("got %q, %q, %v\nwant %q", got, loop, err, want)
	}
}

func TestBrokenManifest(t *testing.T) {
	dir := disk(t, "acme/AD/appsettings.json", settings)
	if err := os.Symlink("nowhere", filepath.Join(dir, "acme", "xmpro.yaml")); err != nil {
		t.Skip(err)
	}
	got, err := read(dir, ".")
	if want := "acme: acme/AD/appsettings.json acme/xmpro.yaml(not there)\n"; err != nil || got != want {
		t.Errorf("got %q, %v\nwant %q", got, err, want)
	}
}

// A PATH that is a link is what it leads to, shown as it was given.
func TestLinkAsPath(t *testing.T) {
	dir := disk(t, "acme/AD/appsettings.json", settings)
	if err := os.Symlink("acme", filepath.Join(dir, "to-acme")); err != nil {
		t.Skip(err)
	}
	got, err := read(dir, "to-acme")
	if want := "to-acme: to-acme/AD/appsettings.json\n"; err != nil || got != want {
		t.Errorf("got %q, %v\nwant %q", got, err, want)
	}
}

// What is no file is not opened: a pipe would wait for ever. In a folder whose
// product is told it is a file that cannot be read, elsewhere nobody's.
func TestPipes(t *testing.T) {
	dir := disk(t, "AD/appsettings.json", settings)
	for _, name := range []string{"AD/web.config", "x/appsettings.json", "y/xmpro.yaml", "AD/z.deps.json"} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(full, 0o644); err != nil {
			t.Skip(err)
		}
	}
	done := make(chan string)
	go func() {
		got, err := read(dir, ".")
		if err != nil {
			got = err.Error()
		}
		named, err := read(dir, "x/appsettings.json")
		if err != nil {
			named = err.Error()
		}
		done <- got + named
	}()
	select {
	case got := <-done:
		want := ".: AD/appsettings.json AD/web.config(irregular)\ny: y/xmpro.yaml(irregular)\nx: x/appsettings.json(irregular)\n"
		if got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for a writer")
	}
}

// A folder, and a file, without permission. Root may read everything, so that
// another user has to look.
func TestNoPermission(t *testing.T) {
	if dir := os.Getenv("XMLINT_TEST_NO_PERMISSION"); dir != "" {
		got, err := read(dir, ".")
		fmt.Printf("[[[%s%v]]]", got, err)
		return
	}
	dir := disk(t, "AD/appsettings.json", settings, "DS/appsettings.json", settings, "closed/SM/web.config", "", "x/appsettings.json", otherJSON)
	for name, mode := range map[string]fs.FileMode{"closed": 0, "DS/appsettings.json": 0, ".": 0o755, "..": 0o755} {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "closed"), 0o755) })
	want := ".: AD/appsettings.json DS/appsettings.json(permission) closed(permission)\n"
	if os.Geteuid() != 0 {
		if got, err := read(dir, "."); got != want || err != nil {
			t.Errorf("got %q, %v\nwant %q", got, err, want)
		}
		return
	}
	program := filepath.Join(dir, "program")
	if err := copyProgram(program); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-test.run=^TestNoPermission$")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "XMLINT_TEST_NO_PERMISSION="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: true}}
	out, err := cmd.CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Skip("no process as another user here: ", err)
	}
	_, got, _ := strings.Cut(string(out), "[[[")
	got, _, _ = strings.Cut(got, "]]]")
	if got != want+"<nil>" {
		t.Errorf("got %q\nwant %q\n%s", got, want, out)
	}
}

func copyProgram(to string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	in, err := os.Open(self)
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
