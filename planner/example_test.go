package planner_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/planner"
)

// A plan from a folder in a few lines. Findings of package lint, where a
// program has them, give the steps their reasons.
func Example() {
	tree := fstest.MapFS{
		"acme/xmpro.yaml":                   {Data: []byte("version: 4.3.6\nhosting: iis\nconnectors: {data-streams: [\"2.01\"]}\n")},
		"acme/AppDesigner/appsettings.json": {Data: []byte(`{"xmpro": {"appDesigner": {}, "autoScale": {"enabled": false}}}`)},
	}
	all, err := deployment.Load(context.Background(), tree, ".", deployment.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range all {
		plan, err := planner.Build(d, nil, planner.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(plan.Deployment, plan.State)
		for _, s := range plan.Steps {
			fmt.Println(s.Number, s.Status, s.ID, s.Requires)
		}
	}
	// Output:
	// acme ready
	// 1 todo backup []
	// 2 todo provision-redis []
	// 3 todo verify/redis [provision-redis]
	// 4 todo configure/app-designer [backup verify/redis]
	// 5 todo verify/app-designer [configure/app-designer]
	// 6 done upgrade-connector []
	// 7 todo verify/backplane [verify/app-designer]
}
