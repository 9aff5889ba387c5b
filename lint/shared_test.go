package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// sharing finds hosts that several deployments use: the connection strings of
// App Designer and Data Stream Designer, taken as they are.
func sharing() *lint.Rule {
	r := rule("X1", func(p *lint.Pass) error {
		for _, product := range p.Deployment.Products {
			for host := range strings.FieldsSeq(product.Nodes[0].Views[0].AutoScale.Connection.Text) {
				o := product.Nodes[0].Views[0].AutoScale.Connection.Origin
				p.Share(lint.Use{Key: host, Label: "the host " + host, Product: product.ID, Setting: schema.Connection, Place: o.ValuePlace()})
			}
		}
		return nil
	})
	r.Step = "provision-redis"
	r.Shared = func(earlier, later lint.Use) lint.Finding {
		return lint.Finding{Message: fmt.Sprintf("%s of %s is that of %s", later.Label, later.Deployment, earlier.Deployment)}
	}
	return r
}

func redisSite(root, ad, ds string) string {
	var b strings.Builder
	for folder, host := range map[string]string{"AppDesigner": ad, "DataStreamDesigner": ds} {
		if host != "" {
			fmt.Fprintf(&b, "-- %s/%s/appsettings.json --\n{ \"xmpro\": { \"autoScale\": {\n\"connectionString\": %q } } }\n", root, folder, host)
		}
	}
	return b.String()
}

// across judges deployments one after the other, as a command does.
func across(t *testing.T, all []*deployment.Deployment, r *lint.Rule) (own, shared []lint.Finding) {
	t.Helper()
	runner, err := lint.NewRunner([]*lint.Rule{r})
	if err != nil {
		t.Fatal(err)
	}
	var s lint.Shared
	for _, d := range all {
		result, err := runner.Run(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		own = append(own, result.Findings...)
		for i := range result.Uses {
			result.Uses[i].Place = lint.Place{} // the deployment's memory is used again
		}
		shared = append(shared, s.Add(result.Uses).Findings...)
	}
	return own, shared
}

func TestShared(t *testing.T) {
	all := load(t, redisSite("a", "h1 h2", "h1")+redisSite("b", "h3", "h3")+redisSite("c", "h1 h2 h1", "h2 h1")+redisSite("d", "h1", ""))
	_, findings := across(t, all, sharing())
	var got []string
	for _, f := range findings {
		got = append(got, f.Message)
		if f.Rule.ID != "X1" || f.Severity != lint.Warning || f.Why != "why" || f.Step != "provision-redis" || f.Setting != schema.Connection || f.Product != schema.AppDesigner ||
			f.Path != f.Root+"/AppDesigner/appsettings.json" || f.Start != (lint.Position{Line: 2, Column: 21}) || !f.IsShared() || f.Deployment != f.Root {
			t.Errorf("%+v", f)
		}
		if r := f.Related[0]; len(f.Related) != 1 || r.Path != "a/AppDesigner/appsettings.json" || r.Start.Line != 2 || r.Message != "used here by a" {
			t.Errorf("%+v", f.Related)
		}
	}
	want := []string{"the host h1 of c is that of a", "the host h2 of c is that of a", "the host h1 of d is that of a"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A rule may say all of it itself.
func TestSharedFinding(t *testing.T) {
	r := sharing()
	r.Shared = func(earlier, later lint.Use) lint.Finding {
		return lint.Finding{Message: "m", Severity: lint.Info, Why: "w", Setting: "s", Product: schema.AI, Step: "-"}
	}
	_, findings := across(t, load(t, redisSite("a", "h", "")+redisSite("b", "h", "")), r)
	if f := findings[0]; f.Severity != lint.Info || f.Why != "w" || f.Setting != "s" || f.Product != schema.AI || f.Step != "" {
		t.Errorf("%+v", f)
	}
}
