package migrate_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/migrate"
)

// A dry run: the edits as values, and as a patch. [migrate.Store.Apply] writes
// them.
func ExamplePrepare() {
	files := fstest.MapFS{"AppDesigner/appsettings.json": {Data: []byte(`{
  "xmpro": {
    "autoScale": { "enabled": false, "connectionString": "" }
  }
}
`)}}
	sources := []deployment.Source{{FS: files, Dir: ".", Shown: "."}}
	ctx := context.Background()
	all, err := deployment.Load(ctx, files, ".", deployment.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	redis, err := migrate.Literal("cache01:6379,abortConnect=False", "the example")
	if err != nil {
		fmt.Println(err)
		return
	}
	changes, err := migrate.Prepare(ctx, all[0], migrate.Options{Redis: redis, Sources: sources})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range changes.Edits {
		fmt.Printf("%s: %q -> %q\n", e.Setting, e.From, e.To)
	}
	fmt.Print(changes.Diff())
	fmt.Println("not known:", changes.Warnings[0])
	// Output:
	// xmpro:autoScale:enabled: "False" -> "True"
	// xmpro:autoScale:connectionString: "" -> "cache01:6379,abortConnect=False"
	// --- a/AppDesigner/appsettings.json
	// +++ b/AppDesigner/appsettings.json
	// @@ -1,5 +1,5 @@
	//  {
	//    "xmpro": {
	// -    "autoScale": { "enabled": false, "connectionString": "" }
	// +    "autoScale": { "enabled": true, "connectionString": "cache01:6379,abortConnect=False" }
	//    }
	//  }
	// not known: App Designer: its version is not known: Auto Scale needs 4.3.1 or later
}
