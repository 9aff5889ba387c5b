//go:build linux

package main

import (
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/bmatcuk/doublestar/v4"
)

// TestContainer does what the Dockerfile says, as far as that goes without an
// engine: it builds the program with the same command, puts it into a root
// folder where nothing else is, and runs it there as the user that the image
// has.
func TestContainer(t *testing.T) {
	text, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	stages := strings.Split("\n"+strings.ReplaceAll(string(text), "\\\n", " "), "\nFROM ")
	first, last := stages[1], stages[len(stages)-1]
	if !strings.HasPrefix(last, "scratch\n") {
		t.Fatalf("the image has something below the program: %s", last)
	}
	for _, want := range []string{"\nCOPY --from=build /out/xmlint /xmlint\n", "\nCOPY --from=build /src/LICENSE /LICENSE\n", "\nUSER 65532:65532\n", "\nWORKDIR /repo\n", "\nENTRYPOINT [\"/xmlint\"]\n"} {
		if !strings.Contains(last, want) {
			t.Errorf("the image lacks %q", want)
		}
	}
	if strings.Contains(last, "\nRUN ") {
		t.Error("there is nothing in the image that could run a command while it is built")
	}
	if testing.Short() {
		return
	}

	build := regexp.MustCompile(`(?m)^RUN CGO_ENABLED=0 GOOS=\$TARGETOS GOARCH=\$TARGETARCH (go build .*)$`).FindStringSubmatch(first)
	if build == nil {
		t.Fatalf("no command that builds the program: %s", first)
	}
	root := t.TempDir()
	command := exec.Command("sh", "-c", strings.ReplaceAll(build[1], "/out/xmlint", `"$OUT"/xmlint`))
	command.Dir = "../.."
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "OUT="+root)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := elfIsStatic(filepath.Join(root, "xmlint")); err != nil {
		t.Error(err)
	}
	if os.Getuid() != 0 {
		t.Skip("only root may change its root folder")
	}
	if err := os.CopyFS(filepath.Join(root, "repo"), os.DirFS("../../testdata")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	inside := exec.Command("/xmlint", "lint", "finished")
	inside.Dir = "/repo"
	inside.Env = []string{}
	inside.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	out, err := inside.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skip("this root may not change its root folder")
	}
	if err != nil || !strings.Contains(string(out), "nothing found") {
		t.Errorf("in the container: %v: %s", err, out)
	}
}

// elfIsStatic tells what a program needs besides itself.
func elfIsStatic(file string) error {
	f, err := elf.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return errors.New("the program asks for a loader")
		}
	}
	if libraries, _ := f.ImportedLibraries(); len(libraries) > 0 {
		return fmt.Errorf("the program asks for %s", strings.Join(libraries, ", "))
	}
	return nil
}

// Nothing that the program is built from is kept from the engine.
func TestContainerIgnores(t *testing.T) {
	text, err := os.ReadFile("../../.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	patterns := slices.DeleteFunc(strings.Split(string(text), "\n"), func(p string) bool { return p == "" || strings.HasPrefix(p, "#") })
	format := `{{if not .Standard}}{{if .Module.Main}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{range .EmbedFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{end}}{{end}}`
	out, err := exec.Command("go", "list", "-deps", "-f", format, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	files := append(strings.Fields(string(out)), filepath.Join(root, "go.mod"), filepath.Join(root, "go.sum"), filepath.Join(root, "LICENSE"))
	if len(files) < 100 {
		t.Fatalf("only %d files", len(files))
	}
	for _, file := range files {
		name, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		for dir := name; dir != "."; dir = filepath.Dir(dir) {
			for _, pattern := range patterns {
				if doublestar.MatchUnvalidated(pattern, dir) {
					t.Errorf("%s matches %s in .dockerignore", name, pattern)
				}
			}
		}
	}
}
