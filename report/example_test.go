package report_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/rules"
)

var exampleTree = fstest.MapFS{"acme/AppDesigner/appsettings.json": {Data: []byte(`{
  "xmpro": {"autoScale": {"enabled": "yes", "connectionString": "cache01,password=s3cret"}}
}`)}}

// Findings in any of the formats of xmlint lint, deployment by deployment. A
// program with rules of its own gives them to Options too: SARIF describes them.
func ExampleLinting() {
	ctx := context.Background()
	deployments, err := deployment.Load(ctx, exampleTree, ".", deployment.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	some := []*lint.Rule{rules.Find("enabled-not-boolean")}
	runner, err := lint.NewRunner(some)
	if err != nil {
		fmt.Println(err)
		return
	}
	format, err := report.NewLint("text", report.Options{Tool: report.Tool{Name: "ours", Version: "1.0.0"}, Rules: some, Quiet: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	linting := report.Linting{Outputs: []report.Output{{Format: format, W: os.Stdout}}}
	if err := linting.Begin(); err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range deployments {
		result, err := runner.Run(ctx, d)
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := linting.Done(linting.Work(d, result)); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := linting.End(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("fails:", linting.Summary.AtLeast(lint.Error))
	// Output:
	// acme/AppDesigner/appsettings.json:2:38: error XM2003 enabled-not-boolean: the switch of Auto Scale is "yes", which is neither true nor false: .NET throws
	//     2 |   "xmpro": {"autoScale": {"enabled": "yes", "connectionString": "cache01,password=*****"}}
	//       |                                      ^^^^^
	//     why: 1, yes, on and the empty text are no booleans to .NET: it throws when the product reads the
	//          setting, and the product does not start.
	//     fix: write true in acme/AppDesigner/appsettings.json, or false if that is what was meant
	//
	// fails: true
}

// All other documents are a beginning, pieces and an end: plans here.
func ExampleNewPlans() {
	deployments, err := deployment.Load(context.Background(), exampleTree, ".", deployment.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	format, err := report.NewPlans("markdown", report.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	text := format.Begin(nil)
	for _, d := range deployments {
		plan, err := planner.Build(d, nil, planner.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		text = format.Append(text, plan)
	}
	text = format.End(text)
	first, _, _ := strings.Cut(string(text), "\n")
	fmt.Println(first)
	// Output:
	// ## acme, to Auto Scale: blocked
}
