package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// batchSize is how many files one run of a peer is given: large batches, so
// that starting it costs next to nothing.
const batchSize = 1000

// ratios times xmlint and its peers and prints what each is against it.
func (b *bench) ratios(self string, t *tree) error {
	small := filepath.Join(b.dir, "small")
	if _, err := makeTree(small, 334); err != nil { // about 1,000 files
		return err
	}
	programs := []program{
		b.lint(t.dir),
		{name: "only reading", args: []string{self, "-read", t.dir}},
		{name: "xmlint lint, 1,000 files", args: b.lint(small).args},
		{name: "xmlint lint, one file", args: b.lint(filepath.Join(small, "site-00000", "AppDesigner", "appsettings.json")).args},
	}
	hello, err := b.hello()
	if err != nil {
		return err
	}
	programs = append(programs, hello)
	at := map[string]int{"xmlint plan": len(programs)}
	programs = append(programs, b.plan(t.dir))
	for _, peer := range []func(*tree) (program, error){b.validators, b.pipeline} {
		p, err := peer(t)
		if err != nil {
			fmt.Fprintf(b.out, "left out: %v\n", err)
			continue
		}
		at[p.name] = len(programs)
		programs = append(programs, p)
	}
	f, err := b.turns(programs)
	if err != nil {
		return err
	}
	b.row("lint / only reading, wall", f[0].wall/f[1].wall, "at most 2")
	if i, ok := at["jv and xmllint"]; ok {
		b.row("jv and xmllint / lint, wall", f[i].wall/f[0].wall, "at least 8")
	}
	if i, ok := at["hujson, jsonschema, etree"]; ok {
		b.row("hujson, jsonschema, etree / lint, wall", f[i].wall/f[0].wall, "at least 20")
	}
	b.row("one small file / hello world, wall", f[3].wall/f[4].wall, "at most 4")
	b.planned(f[0], f[at["xmlint plan"]], t.files/3)
	b.row("peak at 30,000 files, MiB", f[0].peak, "under 40")
	b.row("peak at 30,000 files above that at 1,000, MiB", f[0].peak-f[2].peak, "at most 12")
	b.row("files a second", float64(t.files)/f[0].wall, "thousands")
	return nil
}

// row prints a figure and what is asked of it.
func (b *bench) row(what string, value float64, bound string) {
	fmt.Fprintf(b.out, "%-58s %7.2f   (%s)\n", what, value, bound)
}

// hello is the smallest Go program.
func (b *bench) hello() (program, error) {
	dir := filepath.Join(b.dir, "hello")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return program{}, err
	}
	text := "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello\") }\n"
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o644); err != nil {
		return program{}, err
	}
	out := filepath.Join(dir, "hello.exe")
	if said, err := exec.Command("go", "build", "-o", out, filepath.Join(dir, "main.go")).CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("hello world: %w\n%s", err, said)
	}
	return program{name: "hello world", args: []string{out}}, nil
}

// validators is jv over the JSON files and xmllint over the XML files.
func (b *bench) validators(t *tree) (program, error) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		return program{}, err
	}
	cmd := exec.Command("go", "install", "github.com/santhosh-tekuri/jsonschema/v5/cmd/jv@v5.0.0")
	cmd.Env = append(os.Environ(), "GOBIN="+b.dir)
	if said, err := cmd.CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("jv: %w\n%s", err, said)
	}
	schema := filepath.Join(b.dir, "settings.schema.json")
	if err := os.WriteFile(schema, []byte(settingsSchema), 0o644); err != nil {
		return program{}, err
	}
	jsons, xmls, err := files(t.dir)
	if err != nil {
		return program{}, err
	}
	p := program{name: "jv and xmllint"}
	for batch := range batches(jsons) {
		p.batch = append(p.batch, append([]string{filepath.Join(b.dir, "jv"), schema}, batch...))
	}
	for batch := range batches(xmls) {
		p.batch = append(p.batch, append([]string{xmllint, "--noout"}, batch...))
	}
	return p, nil
}

// pipeline is what one writes first: hujson, jsonschema and etree on every
// file. It is a module of its own, so that xmlint does not depend on them all.
func (b *bench) pipeline(t *tree) (program, error) {
	out := filepath.Join(b.dir, "pipeline")
	cmd := exec.Command("go", "build", "-o", out, ".")
	cmd.Dir = filepath.Join("internal", "bench", "peers")
	if said, err := cmd.CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("the pipeline: %w\n%s", err, said)
	}
	schema := filepath.Join(b.dir, "settings.schema.json")
	if err := os.WriteFile(schema, []byte(settingsSchema), 0o644); err != nil {
		return program{}, err
	}
	return program{name: "hujson, jsonschema, etree", args: []string{out, schema, t.dir}}, nil
}

func files(dir string) (jsons, xmls []string, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
		case strings.HasSuffix(name, ".json"):
			jsons = append(jsons, name)
		default:
			xmls = append(xmls, name)
		}
		return err
	})
	return jsons, xmls, err
}

func batches(names []string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for len(names) > 0 {
			n := min(batchSize, len(names))
			if !yield(names[:n]) {
				return
			}
			names = names[n:]
		}
	}
}

// settingsSchema is a JSON Schema of the Auto Scale settings.
const settingsSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "xmpro": {
      "type": "object",
      "properties": {
        "autoScale": {
          "type": "object",
          "properties": {
            "enabled": {"type": ["boolean", "string"]},
            "connectionString": {"type": "string"}
          },
          "additionalProperties": false
        }
      }
    }
  }
}
`
