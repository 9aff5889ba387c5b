package hostfs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

func write(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(full, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip("no links here: ", err)
	}
}

func TestDir(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a/b.json", "a/empty/", "c.txt")
	d := Dir(dir)

	f, err := d.Open("a/b.json")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(f)
	f.Close()
	if string(text) != "a/b.json" {
		t.Errorf("read %q", text)
	}
	if info, err := fs.Stat(d, "a/empty"); err != nil || !info.IsDir() {
		t.Errorf("Stat: %v, %v", info, err)
	}
	if entries, err := fs.ReadDir(d, "a/empty"); err != nil || len(entries) != 0 {
		t.Errorf("an empty folder lists %v, %v", entries, err)
	}
	entries, err := fs.ReadDir(d, "a")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || info.Name() != e.Name() || info.IsDir() != e.IsDir() || info.Mode().Type() != e.Type() {
			t.Errorf("entry %s: %v, %v", e.Name(), info, err)
		}
		names = append(names, e.Name())
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"b.json", "empty"}) {
		t.Errorf("listed %q", names)
	}
}

func TestManyEntries(t *testing.T) {
	dir := t.TempDir()
	want := 3000 // more than one call of the system lists
	for i := range want {
		if err := os.WriteFile(filepath.Join(dir, strings.Repeat("n", 20)+string(rune('a'+i%26))+"-"+strings.Repeat("x", i%40)+"."+itoa(i)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := fs.ReadDir(Dir(dir), ".")
	if err != nil || len(entries) != want {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// Errors say which file they are about, without the folder that everybody
// knows.
func TestErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "file")
	d := Dir(dir)
	for name, call := range map[string]func(string) error{
		"Open":       func(name string) error { _, err := d.Open(name); return err },
		"Stat":       func(name string) error { _, err := d.Stat(name); return err },
		"ReadDir":    func(name string) error { _, err := d.ReadDir(name); return err },
		"AppendFile": func(name string) error { _, err := d.AppendFile(nil, name, 10); return err },
	} {
		err := call("no/such")
		if !errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "no/such") {
			t.Errorf("%s: %v", name, err)
		}
		for _, bad := range []string{"../x", "/x", "", "a//b"} {
			if err := call(bad); !errors.Is(err, fs.ErrInvalid) {
				t.Errorf("%s(%q): %v", name, bad, err)
			}
		}
	}
	if _, err := d.ReadDir("file"); err == nil {
		t.Error("a file can be listed")
	}
}

func TestAppendFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.json", "folder/")
	d := Dir(dir)
	buf, err := d.AppendFile([]byte("before "), "a.json", 100)
	if err != nil || string(buf) != "before a.json" {
		t.Errorf("%q, %v", buf, err)
	}
	again, err := d.AppendFile(buf[:0], "a.json", 6)
	if err != nil || string(again) != "a.json" || &again[0] != &buf[0] {
		t.Errorf("the memory is not used again: %q, %v", again, err)
	}
	var fault *document.Error
	if _, err := d.AppendFile(nil, "a.json", 5); !errors.As(err, &fault) || fault.Kind != document.ErrTooLarge {
		t.Errorf("over the limit: %v", err)
	}
	if _, err := d.AppendFile(nil, "folder", 5); !errors.Is(err, deployment.ErrFolder) {
		t.Errorf("a folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "empty"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if buf, err := d.AppendFile(nil, "empty", 5); err != nil || len(buf) != 0 {
		t.Errorf("an empty file: %q, %v", buf, err)
	}
	if n := testing.AllocsPerRun(50, func() { buf, _ = d.AppendFile(buf[:0], "a.json", 100) }); n > 4 {
		t.Errorf("%v allocations", n)
	}
}

// what describes a source: where it is shown, and its files.
func what(s deployment.Source) string {
	text := s.Shown
	if len(s.Files) > 0 {
		text += " " + strings.Join(s.Files, "+")
	}
	return text
}

func TestSources(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "acme/AD/appsettings.json", "acme/AD/odd.txt", "acme/AD/bin/appsettings.json", "acme/DS/appsettings.json", "other/web.config", "acmex/")
	link(t, "acme", filepath.Join(dir, "to-acme"))
	link(t, filepath.Join("acme", "AD", "appsettings.json"), filepath.Join(dir, "to-file"))
	abs := filepath.ToSlash(dir)
	for _, c := range []struct{ paths, want string }{
		{"", "."},
		{".", "."},
		{"acme", "acme"},
		{"./acme/", "acme"},
		{"acme other", "acme|other"},
		{"other acme", "other|acme"},
		{abs + "/acme", abs + "/acme"},
		{"acme/../other", "other"},
		// the same place twice
		{"acme acme", "acme"},
		{"acme ./acme " + abs + "/acme to-acme", "acme"},
		{"to-acme acme", "to-acme"},
		{"acme acmex", "acme|acmex"},
		// reached from a folder above
		{"acme acme/AD", "acme"},
		{"acme/AD acme .", "."},
		{"acme acme/AD/appsettings.json", "acme"},
		{"acme to-file", "acme"},
		{"acme acme/AD/odd.txt", "acme|acme/AD odd.txt"},
		{"acme acme/AD/bin", "acme|acme/AD/bin"},
		{"acme acme/AD/bin/appsettings.json", "acme|acme/AD/bin appsettings.json"},
		{"acme/AD/bin acme/AD/bin/appsettings.json", "acme/AD/bin"},
		// single files
		{"acme/AD/appsettings.json", "acme/AD appsettings.json"},
		{"acme/AD/odd.txt acme/AD/appsettings.json other/web.config", "acme/AD odd.txt+appsettings.json|other web.config"},
		{"acme/AD/odd.txt ./acme/AD/odd.txt", "acme/AD odd.txt"},
		{"to-file", ". to-file"},
	} {
		sources, err := Sources(dir, strings.Fields(c.paths))
		if err != nil {
			t.Errorf("Sources(%q): %v", c.paths, err)
			continue
		}
		var got []string
		for _, s := range sources {
			got = append(got, what(s))
			if s.Dir != "." {
				t.Errorf("Dir is %q", s.Dir)
			}
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("Sources(%q) = %q, want %q", c.paths, text, c.want)
		}
	}
}

func TestSourcesRead(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "acme/AD/appsettings.json")
	link(t, "acme", filepath.Join(dir, "to-acme"))
	link(t, filepath.Join("acme", "AD", "appsettings.json"), filepath.Join(dir, "to-file"))
	sources, err := Sources(dir, []string{"to-acme"})
	if err != nil {
		t.Fatal(err)
	}
	if text, err := fs.ReadFile(sources[0].FS, "AD/appsettings.json"); err != nil || string(text) != "acme/AD/appsettings.json" {
		t.Errorf("%q, %v", text, err)
	}
	if sources, err = Sources(dir, []string{"to-file"}); err != nil {
		t.Fatal(err)
	}
	if text, err := fs.ReadFile(sources[0].FS, sources[0].Files[0]); err != nil || string(text) != "acme/AD/appsettings.json" {
		t.Errorf("%q, %v", text, err)
	}
}

// An empty path is what a shell makes of a variable that is not set, and a
// link to itself ends nowhere.
func TestSourcesThatAreNoPaths(t *testing.T) {
	dir := t.TempDir()
	link(t, "loop", filepath.Join(dir, "loop"))
	for path, want := range map[string]string{"": "a PATH is empty", "loop": "loop: "} {
		_, err := Sources(dir, []string{path})
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "EvalSymlinks") {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func TestSourcesThatAreNotThere(t *testing.T) {
	dir := t.TempDir()
	link(t, "nowhere", filepath.Join(dir, "broken"))
	for _, path := range []string{"nothing", "broken", filepath.Join(dir, "nothing")} {
		_, err := Sources(dir, []string{".", path})
		if !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func TestVersionControl(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "plain/acme/x", "git/.git/", "git/acme/x", "tree/.git", "tree/acme/x", "svn/acme/.svn/", "svn/acme/x")
	if controlledAbove(dir) {
		t.Skip("the folder for temporary files is under version control")
	}
	for path, want := range map[string]bool{
		"plain": false, "plain/acme": false, "plain/acme/x": false,
		"git": true, "git/acme": true, "git/acme/x": true,
		"tree/acme": true, "svn": false, "svn/acme": true,
	} {
		sources, err := Sources(dir, []string{path})
		if err != nil || sources[0].VersionControlled != want {
			t.Errorf("%s: %v, %v", path, sources, err)
		}
	}
}

// Thousands of paths do not take long.
func TestManySources(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i := range 2000 {
		paths = append(paths, itoa(i)+"/a")
		write(t, dir, itoa(i)+"/a/")
	}
	sources, err := Sources(dir, paths)
	if err != nil || len(sources) != len(paths) {
		t.Errorf("%d sources, %v", len(sources), err)
	}
}
