package main

import (
	"net/http/httptest"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
)

// The commands of the page about installing fetch this release by the name that
// its archives have, and leave no program whose checksum is wrong.
func TestInstallation(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a shell of Linux")
	}
	page := pages(t)["../../docs/install.md"]
	if want := "$version = '" + version + "'\n$archive = \"xmlint_${version}_windows_amd64.zip\"\n"; !strings.Contains(page, want) {
		t.Errorf("docs/install.md does not have %q", want)
	}
	block := regexp.MustCompile("(?ms)^```sh\nversion=" + regexp.QuoteMeta(version) + " (.*?)^```$").FindStringSubmatch(page)
	if block == nil {
		t.Fatal("docs/install.md does not say how to install this version")
	}
	releases := httptest.NewServer(releaseFiles(t))
	t.Cleanup(releases.Close)
	commands := strings.ReplaceAll(block[1], "https://github.com/xmlint/xmlint/releases", releases.URL)
	for version, ok := range map[string]bool{"0.1.0": true, "0.2.0": false} {
		install := exec.Command("sh", "-ec", "version="+version+" "+commands)
		install.Dir = t.TempDir()
		out, err := install.CombinedOutput()
		if ran := strings.Contains(string(out), "the released xmlint"); ran != ok || (err == nil) != ok {
			t.Errorf("%s, good %v: %v\n%s", version, ok, err, out)
		}
	}
}

// The files that the page asks to copy are read.
func TestFilesToCopy(t *testing.T) {
	page := pages(t)["../../docs/install.md"]
	for _, name := range []string{"appsettings.json", "appsettings.<Environment>.json", "web.config", deployment.ManifestName} {
		if !strings.Contains(page, "`"+name+"`") || !deployment.IsConfiguration(name) {
			t.Errorf("%s is not read, or not on the page", name)
		}
	}
}
