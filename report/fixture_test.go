package report

import (
	"bytes"
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Secrets of the fixtures begin with this.
const secret = "Fx7"

func files(t testing.TB, name string) fs.FS {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	m := fstest.MapFS{}
	for _, f := range a.Files {
		m[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return m
}

// testRules say something of every Auto Scale value, so that reports have all
// that a finding can have, whatever the catalogue says today.
func testRules() []*lint.Rule {
	each := func(do func(p *lint.Pass, product *deployment.Product, v *deployment.View)) func(*lint.Pass) error {
		return func(p *lint.Pass) error {
			for _, product := range p.Deployment.Products {
				for _, n := range product.Nodes {
					for _, v := range n.Views {
						do(p, product, v)
					}
				}
			}
			return nil
		}
	}
	return []*lint.Rule{{
		ID: "XM9001", Name: "every-string", Severity: lint.Error, Step: "configure/<product>",
		Doc: lint.Doc{Why: "A test wants to see it.\n\nThis paragraph is too much."},
		Check: each(func(p *lint.Pass, product *deployment.Product, v *deployment.View) {
			if c := v.AutoScale.Connection; c.Present {
				p.Report(lint.Finding{
					Product: product.ID, Place: c.Origin.ValuePlace(), Setting: schema.Connection, Environments: []string{v.Environment},
					Message: "the connection string is " + deployment.Mask(schema.Connection, c.Text), Do: "nothing: it is a test",
					Related: []lint.Related{{Place: v.AutoScale.Enabled.Origin.KeyPlace(), Message: "it is switched here"}},
					Fix:     &lint.Fix{Title: "leave it", Safety: lint.Manual},
				})
				p.Share(lint.Use{Key: "server", Label: "a server", Product: product.ID, Place: c.Origin.ValuePlace(), Setting: schema.Connection})
			}
		}),
		Shared: func(earlier, later lint.Use) lint.Finding {
			return lint.Finding{Severity: lint.Warning, Message: "two deployments have one", Step: "-"}
		},
	}, {
		ID: "XM9002", Name: "every-switch", Severity: lint.Info,
		Doc: lint.Doc{Why: "So that there is a second rule."},
		Check: each(func(p *lint.Pass, product *deployment.Product, v *deployment.View) {
			if e := v.AutoScale.Enabled; e.Present {
				p.Report(lint.Finding{Product: product.ID, Place: e.Origin.KeyPlace(), Setting: schema.Enabled, Message: "the switch is " + e.Text})
			}
		}),
	}, {
		ID: "XM9003", Name: "every-deployment", Severity: lint.Warning,
		Check: func(p *lint.Pass) error {
			p.Report(lint.Finding{Message: "here is a deployment", Do: strings.Repeat("many words ", 20)})
			return nil
		},
	}}
}

// lintAll lints a file system into several formats at once.
func lintAll(t testing.TB, fsys fs.FS, o Options, formats ...string) map[string]string {
	t.Helper()
	return lintWith(t, testRules(), fsys, o, 2, formats...)
}

func lintWith(t testing.TB, rules []*lint.Rule, fsys fs.FS, o Options, jobs int, formats ...string) map[string]string {
	t.Helper()
	ctx := context.Background()
	runner, err := lint.NewRunner(rules)
	if err != nil {
		t.Fatal(err)
	}
	judging := runner.With(lint.Settings{})
	groups, err := deployment.Discover(ctx, []deployment.Source{{FS: fsys, Dir: ".", Shown: "."}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var l Linting
	written := map[string]*bytes.Buffer{}
	for _, name := range formats {
		f, err := NewLint(name, o)
		if err != nil {
			t.Fatal(err)
		}
		written[name] = new(bytes.Buffer)
		l.Outputs = append(l.Outputs, Output{f, written[name]})
	}
	if err := l.Begin(); err != nil {
		t.Fatal(err)
	}
	err = deployment.Each(ctx, groups, deployment.Options{Jobs: jobs}, func(d *deployment.Deployment) (*Piece, error) {
		r, err := judging.Run(ctx, d)
		return l.Work(d, r), err
	}, l.Done)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.End(); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for name, b := range written {
		texts[name] = b.String()
	}
	return texts
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func noSecrets(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if strings.Contains(line, secret) {
			t.Errorf("a secret in: %s", line)
		}
	}
}

// valid checks a document against the schema that the program prints.
func valid(t *testing.T, name string, document any) {
	t.Helper()
	text, ok := schema.File(name)
	if !ok {
		t.Fatalf("no schema %s", name)
	}
	s, err := jsonschema.CompileString(name, string(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(document); err != nil {
		t.Errorf("%#v", err)
	}
}

var testOptions = Options{Tool: Tool{"xmlint", "0.0.0"}}
