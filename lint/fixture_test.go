package lint_test

import (
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// load reads the deployments of a txtar archive.
func load(t testing.TB, archive string) []*deployment.Deployment {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	all, err := deployment.Load(t.Context(), files, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// run judges the only deployment of an archive by some rules.
func run(t testing.TB, archive string, rules ...*lint.Rule) lint.Result {
	t.Helper()
	all := load(t, archive)
	if len(all) != 1 {
		t.Fatalf("%d deployments", len(all))
	}
	runner, err := lint.NewRunner(rules)
	if err != nil {
		t.Fatal(err)
	}
	result, err := runner.Run(t.Context(), all[0])
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// rule makes a rule of a function.
func rule(id string, check func(*lint.Pass) error) *lint.Rule {
	return &lint.Rule{
		ID: id, Name: "rule-" + id, Severity: lint.Warning, Title: "A rule of the tests",
		Doc: lint.Doc{What: "what", Why: "why"}, Check: check,
	}
}

// switches finds each view's switch.
func switches(id string) *lint.Rule {
	return rule(id, func(p *lint.Pass) error {
		for _, product := range p.Deployment.Products {
			for _, n := range product.Nodes {
				for _, v := range n.Views {
					f := lint.Finding{
						Product: product.ID, Node: n.Name, Setting: schema.Enabled, Message: "the switch is " + v.AutoScale.State.String(),
						Place: v.AutoScale.Enabled.Origin.ValuePlace(), Environments: []string{v.Environment},
					}
					if f.Place.IsZero() {
						f.Place = n.Holder()
					}
					p.Report(f)
				}
			}
		}
		return nil
	})
}

const small = `
-- acme/AppDesigner/appsettings.json --
{ "xmpro": { "autoScale": { "enabled": true } } }
`
