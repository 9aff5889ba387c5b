package lint_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing/fstest"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/rules"
)

// From a folder to findings and a plan.
func Example() {
	ctx := context.Background()
	fsys := os.DirFS("../testdata/half-migrated")
	deployments, err := deployment.Load(ctx, fsys, ".", deployment.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range deployments {
		result, err := runner.Run(ctx, d)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, f := range result.Findings {
			if f.Severity == lint.Error {
				fmt.Printf("%s:%d: %s\n", f.Path, f.Start.Line, f.Message)
			}
		}
		plan, err := planner.Build(d, result.Findings, planner.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("the way to Auto Scale:", plan.State)
	}
	// Output:
	// SubscriptionManager/web.config:17: "autoscale" is in the wrong casing for a web.config: .NET knows only autoScale there
	// the way to Auto Scale: ready
}

// A rule of one's own runs beside those of xmlint, and has what they have:
// places, severities, fixes, the page of explain.
func ExampleRule() {
	encrypted := &lint.Rule{
		ID: "ACME001", Name: "sql-not-encrypted", Severity: lint.Warning,
		Title:  "The connection to SQL Server does not say whether it is encrypted",
		Doc:    lint.Doc{Why: "What is not said depends on the version of the client."},
		Source: "https://example.com/handbook",
		Check: func(p *lint.Pass) error {
			for _, product := range p.Deployment.Products {
				for _, node := range product.Nodes {
					for _, view := range node.Views {
						if v := view.Get("xmpro:data:connectionString"); v.Present && !strings.Contains(v.Text, "Encrypt=") {
							p.Report(lint.Finding{
								Product: product.ID, Place: v.Origin.ValuePlace(), Setting: "xmpro:data:connectionString",
								Message: "the connection of " + product.ID.Title() + " to SQL Server has no Encrypt", Do: "write Encrypt=True",
							})
						}
					}
				}
			}
			return nil
		},
	}
	ctx := context.Background()
	deployments, err := deployment.Load(ctx, os.DirFS("../testdata/half-migrated"), ".", deployment.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	runner, err := lint.NewRunner([]*lint.Rule{encrypted})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range deployments {
		result, err := runner.Run(ctx, d)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, f := range result.Findings {
			fmt.Printf("%s:%d: %s %s: %s\n", f.Path, f.Start.Line, f.Severity, f.Rule.Name, f.Message)
		}
	}
	// Output:
	// AppDesigner/appsettings.json:24: warning sql-not-encrypted: the connection of App Designer to SQL Server has no Encrypt
	// DataStreamDesigner/appsettings.json:18: warning sql-not-encrypted: the connection of Data Stream Designer to SQL Server has no Encrypt
}

// With settings a runner obeys the suppressions in comments. What it does not
// report is kept, with the reason.
func ExampleRunner_With() {
	fsys := fstest.MapFS{"AppDesigner/appsettings.json": {Data: []byte(`{
  "xmpro": {
    "autoScale": {
      "enabled": true,
      // xmlint:ignore redis-abort-connect until=2027-01-31 -- started by hand until then
      "connectionString": "cache01:6379"
    }
  }
}`)}}
	deployments, err := deployment.Load(context.Background(), fsys, ".", deployment.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	runner, err := lint.NewRunner([]*lint.Rule{rules.Find("XM3004")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []int{31, 32} {
		today := time.Date(2027, time.January, day, 0, 0, 0, 0, time.UTC)
		result, err := runner.With(lint.Settings{Today: today}).Run(context.Background(), deployments[0])
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, f := range result.Findings {
			fmt.Println(today.Format(time.DateOnly), f.Rule.ID)
		}
		for _, f := range result.Suppressed {
			fmt.Println(today.Format(time.DateOnly), f.Rule.ID, "is suppressed:", f.By.Reason)
		}
	}
	// Output:
	// 2027-01-31 XM3004 is suppressed: started by hand until then
	// 2027-02-01 XM3004
}

// The fix of a rule is edits of the file's bytes, which its documents make in
// the file's own way of writing.
func ExampleFix() {
	const setting = "xmpro:appDesigner:featureFlags:enableHealthChecks"
	off := &lint.Rule{
		ID: "ACME002", Name: "health-checks-off", Severity: lint.Warning, Title: "Health checks are off",
		Check: func(p *lint.Pass) error {
			for _, f := range p.Deployment.Files {
				if f.JSON == nil {
					continue
				}
				n := f.JSON.Find(setting)
				if n == deployment.NoNode {
					continue
				}
				if text, _ := f.JSON.Str(n); !strings.EqualFold(text, "false") {
					continue
				}
				p.Report(lint.Finding{
					Place: lint.Place{File: f, Span: f.JSON.Nodes[n].Value}, Setting: setting, Message: "health checks are off",
					Fix: &lint.Fix{Title: "switch them on", Safety: lint.Safe, Edits: func() ([]lint.FileEdit, error) {
						e, err := f.JSON.SetValue(n, "true")
						return []lint.FileEdit{{File: f, Edits: []deployment.Edit{e}}}, err
					}},
				})
			}
			return nil
		},
	}
	ctx := context.Background()
	fsys := fstest.MapFS{"AppDesigner/appsettings.json": {Data: []byte(`{"xmpro": {"appDesigner": {"featureFlags": {"enableHealthChecks": false}}}}`)}}
	deployments, err := deployment.Load(ctx, fsys, ".", deployment.Options{Limits: deployment.Limits{MaxBytes: 1 << 20}})
	if err != nil {
		fmt.Println(err)
		return
	}
	runner, err := lint.NewRunner([]*lint.Rule{off})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := runner.Run(ctx, deployments[0])
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range result.Findings {
		edits, err := f.Fix.Edits()
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, e := range edits[0].Edits {
			fmt.Printf("%s:%d:%d: %s; replace %d bytes by %q\n", f.Path, f.Start.Line, f.Start.Column, f.Message, e.End-e.Start, e.New)
		}
	}
	// Output:
	// AppDesigner/appsettings.json:1:67: health checks are off; replace 5 bytes by "true"
}
