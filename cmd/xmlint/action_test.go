package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v4"
)

// TestAction runs the scripts of action.yml as a runner of GitHub would, with
// releases from a server of the test's own.
func TestAction(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the scripts run in the bash of a runner")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	releases := httptest.NewServer(releaseFiles(t))
	t.Cleanup(releases.Close)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/action",
		Setup: func(e *testscript.Env) error {
			e.Setenv("GITHUB_ACTION_PATH", root)
			e.Setenv("RUNNER_TEMP", filepath.Join(e.WorkDir, "temp"))
			e.Setenv("GITHUB_OUTPUT", filepath.Join(e.WorkDir, "output"))
			e.Setenv("GITHUB_PATH", filepath.Join(e.WorkDir, "path"))
			e.Setenv("XMLINT_RELEASES", releases.URL)
			e.Setenv("RUNNER_OS", "Linux")
			e.Setenv("RUNNER_ARCH", "X64")
			for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOFLAGS", "GOPROXY"} {
				if value := goEnv(t, name); value != "" {
					e.Setenv(name, value)
				}
			}
			if err := os.CopyFS(filepath.Join(e.WorkDir, "examples"), os.DirFS(filepath.Join(root, "testdata"))); err != nil {
				return err
			}
			return os.Mkdir(filepath.Join(e.WorkDir, "temp"), 0o777)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": exits},
	})
}

// releaseFiles serves two releases: 0.1.0, and 0.2.0 whose checksum is wrong.
// In place of the program there is a script.
func releaseFiles(t *testing.T) http.Handler {
	t.Helper()
	var archive bytes.Buffer
	z := gzip.NewWriter(&archive)
	w := tar.NewWriter(z)
	script := "#!/bin/sh\necho the released xmlint\n"
	if err := w.WriteHeader(&tar.Header{Name: "xmlint", Mode: 0o755, Size: int64(len(script))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(script)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/latest", http.RedirectHandler("/tag/v0.1.0", http.StatusFound))
	mux.HandleFunc("/tag/v0.1.0", func(http.ResponseWriter, *http.Request) {})
	for version, sum := range map[string][32]byte{"0.1.0": sha256.Sum256(archive.Bytes()), "0.2.0": {}} {
		name := "xmlint_" + version + "_linux_amd64.tar.gz"
		mux.HandleFunc("/download/v"+version+"/"+name, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(archive.Bytes())
		})
		mux.HandleFunc("/download/v"+version+"/checksums.txt", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, "%064x  other\n%x  %s\n", 1, sum, name)
		})
	}
	return mux
}

// What the steps of the action get and give is what action.yml declares.
func TestActionFile(t *testing.T) {
	text, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Name, Description string
		Inputs            map[string]struct {
			Description string
			Default     *string
		}
		Outputs map[string]struct{ Description, Value string }
		Runs    struct {
			Using string
			Steps []struct {
				ID, Name, Uses, Shell, Run string
				Env                        map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(text, &action); err != nil {
		t.Fatal(err)
	}
	if action.Runs.Using != "composite" || action.Name == "" || action.Description == "" {
		t.Errorf("%+v", action)
	}
	for name, input := range action.Inputs {
		used := false
		for _, step := range action.Runs.Steps {
			for _, value := range step.Env {
				used = used || value == "${{ inputs."+name+" }}"
			}
		}
		if !used || input.Description == "" || input.Default == nil {
			t.Errorf("the input %s has no use, no description or no default", name)
		}
	}
	for name, output := range action.Outputs {
		if output.Description == "" || output.Value != "${{ steps.lint.outputs."+name+" }}" {
			t.Errorf("the output %s: %+v", name, output)
		}
	}
	for _, step := range action.Runs.Steps {
		if step.Run != "" && (step.Shell != "bash" || bytes.Contains([]byte(step.Run), []byte("${{"))) {
			t.Errorf("the step %q has no shell, or an input is part of its script", step.Name)
		}
	}
}

// goEnv is a setting of Go, so that a script can build as this test was built.
func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
