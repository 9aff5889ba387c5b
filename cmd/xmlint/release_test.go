package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/xmlint/xmlint/rules"
)

// The description of releases names what is there. Whether goreleaser takes it
// is for .ci/release-check.
func TestReleaseFile(t *testing.T) {
	var config struct {
		Version int
		Builds  []struct {
			Main              string
			Env, Goos, Goarch []string
			Flags             []string
			ModTimestamp      string `yaml:"mod_timestamp"`
			Ignore            any
		}
		Archives []struct {
			Files []struct{ Src string }
		}
		Sboms []struct{ Cmd string }
	}
	readYAML(t, "../../.goreleaser.yaml", &config)
	if config.Version != 2 || len(config.Builds) != 1 || len(config.Archives) != 1 || len(config.Sboms) != 1 {
		t.Fatalf("%+v", config)
	}
	build := config.Builds[0]
	if _, err := os.Stat(filepath.Join("../..", build.Main, "main.go")); err != nil {
		t.Error(err)
	}
	if !slices.Equal(build.Goos, []string{"linux", "windows", "darwin"}) || !slices.Equal(build.Goarch, []string{"amd64", "arm64"}) || build.Ignore != nil {
		t.Errorf("releases are for %v on %v", build.Goos, build.Goarch)
	}
	if !slices.Contains(build.Env, "CGO_ENABLED=0") || !slices.Contains(build.Flags, "-trimpath") || build.ModTimestamp == "" {
		t.Error("a release depends on the machine that makes it")
	}
	made := regexp.MustCompile(`^release/(man|completions)/\*`)
	for _, file := range config.Archives[0].Files {
		if made.MatchString(file.Src) {
			continue
		}
		if _, err := os.Stat(filepath.Join("../..", file.Src)); err != nil {
			t.Error(err)
		}
	}
}

// The changelog of the first version counts the rules that there are.
func TestRulesInChangelog(t *testing.T) {
	text, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	unreleased := regexp.MustCompile(`(?s)\n## Unreleased\n(.*?)(\n## |$)`).FindString(string(text))
	for _, m := range regexp.MustCompile(`(\d+) rules`).FindAllStringSubmatch(unreleased, -1) {
		if want := strconv.Itoa(len(rules.All())); m[1] != want {
			t.Errorf("CHANGELOG.md says %s, and there are %s", m[0], want)
		}
	}
}

// Whoever makes a release takes the tools that .ci/release-check tried.
func TestReleaseTools(t *testing.T) {
	check, err := os.ReadFile("../../.ci/release-check")
	if err != nil {
		t.Fatal(err)
	}
	workflow, err := os.ReadFile("../../.github/workflows/release.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{`goreleaser/v2@(v[0-9.]+)`, `cyclonedx-gomod@(v[0-9.]+)`} {
		tool := regexp.MustCompile(pattern).FindSubmatch(check)
		if tool == nil || !regexp.MustCompile(`(@|version: )`+regexp.QuoteMeta(string(tool[1]))+`\s`).Match(workflow) {
			t.Errorf("the workflow does not take %s", tool)
		}
	}
}
