package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/report"
)

// exampleRepository is a copy of docs/example, under version control.
func exampleRepository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../docs/example")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

// eachString visits the scalars of a YAML document.
func eachString(n *yaml.Node, do func(value string)) {
	if n.Kind == yaml.ScalarNode {
		do(n.Value)
	}
	for _, c := range n.Content {
		eachString(c, do)
	}
}

// TestPipelines reads the pipelines of the example repository and runs each
// command line of xmlint in them there.
func TestPipelines(t *testing.T) {
	dir := exampleRepository(t)
	commands := 0
	if err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if ending := filepath.Ext(name); err != nil || ending != ".yml" && ending != ".yaml" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		var document yaml.Node
		if err := yaml.Unmarshal(text, &document); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		eachString(&document, func(value string) {
			for line := range strings.Lines(value) {
				if call, ok := strings.CutPrefix(strings.TrimSpace(line), "xmlint "); ok && strings.Contains(call, " ") {
					commands++
					call, _, _ = strings.Cut(call, " >")
					var stdout, stderr strings.Builder
					if status := runIn(t, dir, splitWords(call), &stdout, &stderr); status != 0 {
						t.Errorf("%s: %s: exit status %d\n%s%s", name, line, status, stdout.String(), stderr.String())
					}
				}
			}
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if commands < 3 {
		t.Errorf("only %d commands", commands)
	}
}

// The example for GitHub gives the action what it takes.
func TestPipelineOfGitHub(t *testing.T) {
	type steps []struct {
		Uses string
		With map[string]string
	}
	var workflow struct {
		Jobs map[string]struct{ Steps steps }
	}
	readYAML(t, "../../docs/example/.github/workflows/xmlint.yml", &workflow)
	var action struct{ Inputs map[string]any }
	readYAML(t, "../../action.yml", &action)
	used := false
	for _, job := range workflow.Jobs {
		for _, step := range job.Steps {
			if !strings.HasPrefix(step.Uses, "xmlint/xmlint@") {
				continue
			}
			used = true
			for name := range step.With {
				if _, ok := action.Inputs[name]; !ok {
					t.Errorf("the action has no input %s", name)
				}
			}
			args := []string{"lint", "-o", "sarif=" + step.With["sarif"], "-o", step.With["outputs"]}
			var stdout, stderr strings.Builder
			if status := runIn(t, exampleRepository(t), append(args, strings.Fields(step.With["path"])...), &stdout, &stderr); status != 0 {
				t.Errorf("exit status %d\n%s%s", status, stdout.String(), stderr.String())
			}
		}
	}
	if !used {
		t.Error("the workflow does not use the action")
	}
}

// The hooks of pre-commit run a command that exists, when a file changed that
// xmlint reads.
func TestHooks(t *testing.T) {
	var hooks []struct {
		ID, Entry, Files string
		PassFilenames    bool `yaml:"pass_filenames"`
	}
	readYAML(t, "../../.pre-commit-hooks.yaml", &hooks)
	var config struct {
		Repos []struct {
			Hooks []struct {
				ID   string
				Args []string
			}
		}
	}
	readYAML(t, "../../docs/example/.pre-commit-config.yaml", &config)
	uses := config.Repos[0].Hooks[0]
	known := false
	for _, hook := range hooks {
		known = known || hook.ID == uses.ID
		if hook.PassFilenames {
			t.Errorf("%s judges single files, not deployments", hook.ID)
		}
		for name, want := range map[string]bool{
			"appsettings.json": true, "acme/AppSettings.Production.json": true, "acme/SM/Web.config": true, "acme/xmpro.yaml": true, ".xmlint.yaml": true,
			"acme/SM/sm-metadata.json": true, "acme/AD/XMPro.AppDesigner.deps.json": true,
			"package.json": false, "acme/web.config.bak": false, "appsettings.json.md": false, "myappsettings.json": false,
		} {
			if got := regexp.MustCompile(hook.Files).MatchString(name); got != want {
				t.Errorf("%s: %s: %v", hook.ID, name, got)
			}
			if deployment.IsConfiguration(filepath.Base(name)) && !want {
				t.Errorf("%s is read", name)
			}
		}
		var stdout, stderr strings.Builder
		args := append(splitWords(strings.TrimPrefix(hook.Entry, "xmlint ")), uses.Args...)
		if status := runIn(t, exampleRepository(t), args, &stdout, &stderr); status != 0 {
			t.Errorf("%s: exit status %d\n%s%s", hook.ID, status, stdout.String(), stderr.String())
		}
	}
	if !known {
		t.Errorf("the example uses the hook %s, which is not there", uses.ID)
	}
}

// The page about pipelines tells what each format is for, and so does the help
// of lint.
func TestFormatsInDocumentation(t *testing.T) {
	page := pages(t)["../../docs/ci.md"]
	var help strings.Builder
	runIn(t, t.TempDir(), []string{"lint", "--help"}, &help, &help)
	_, told, _ := strings.Cut(help.String(), "\nFormats: ")
	told, _, _ = strings.Cut(told, "\n\n")
	for _, format := range report.LintFormats() {
		if format != "text" && !regexp.MustCompile("(?m)^\\|.*`"+format+"`.* \\|").MatchString(page) {
			t.Errorf("docs/ci.md does not tell what %s is for", format)
		}
		if !regexp.MustCompile(`\b` + format + `\b`).MatchString(told) {
			t.Errorf("the help of lint does not tell what %s is for", format)
		}
	}
}

// Wherever the documentation names a release of xmlint, it is this one.
func TestReleasesInDocumentation(t *testing.T) {
	all := pages(t)
	for _, name := range []string{".github/workflows/xmlint.yml", ".gitlab-ci.yml", "azure-pipelines.yml", ".pre-commit-config.yaml"} {
		text, err := os.ReadFile("../../docs/example/" + name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	named := regexp.MustCompile(`(?:xmlint@|xmlint\.git#|rev: )v([0-9][^\s"` + "`" + `]*)`)
	found := 0
	for page, text := range all {
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			found++
			if m[1] != version {
				t.Errorf("%s names %s, and this is %s", page, m[0], version)
			}
		}
	}
	if found < 4 {
		t.Errorf("the documentation names only %d releases", found)
	}
}

func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
