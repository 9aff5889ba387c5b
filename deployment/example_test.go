package deployment_test

import (
	"context"
	"fmt"
	"log"
	"testing/fstest"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// site is a folder of configuration; os.DirFS makes one of a folder on disk.
var site = fstest.MapFS{
	"acme/xmpro.yaml":                              {Data: []byte("name: acme-production\nenvironment: Production\n")},
	"acme/AppDesigner/appsettings.json":            {Data: []byte(`{"xmpro": {"autoScale": {"enabled": false, "connectionString": "cache01:6379,password=s3cret"}}}`)},
	"acme/AppDesigner/appsettings.Production.json": {Data: []byte(`{"xmpro": {"autoScale": {"enabled": true}}}`)},
	"acme/AppDesigner/XMPro.AppDesigner.deps.json": {Data: []byte(`{"libraries": {"XMPro.AppDesigner/4.4.4": {}}}`)},
	"acme/SubscriptionManager/web.config":          {Data: []byte(`<configuration><xmpro configProtectionProvider="P"><EncryptedData /></xmpro></configuration>`)},
	"contoso/DataStreamDesigner/appsettings.json":  {Data: []byte(`{"xmpro": {"keyVault": {"provider": "Azure", "name": "contoso"}}}`)},
	"intranet/appsettings.json":                    {Data: []byte(`{"Logging": {}}`)}, // another program's
}

// What is installed, and whether Auto Scale is on, as far as the files tell.
func ExampleLoad() {
	all, err := deployment.Load(context.Background(), site, ".", deployment.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range all {
		for _, p := range d.Products {
			a := p.Nodes[0].Default().AutoScale
			fmt.Printf("%s: %s (version %q) is %s", d.Name, p.ID, p.Version().Text, a.State)
			if a.Reason != 0 {
				fmt.Printf(": %s", a.Reason)
			}
			fmt.Println()
		}
	}
	// Output:
	// acme-production: app-designer (version "4.4.4") is on
	// acme-production: subscription-manager (version "") is unknown: the section is encrypted
	// contoso: data-stream-designer (version "") is unknown: a key vault may supply it
}

// The value that the application gets, and where it is written.
func ExampleView_Get() {
	all, err := deployment.Load(context.Background(), site, "acme", deployment.Options{})
	if err != nil {
		log.Fatal(err)
	}
	view := all[0].Product(schema.AppDesigner).Nodes[0].Default()
	for _, path := range []string{schema.Enabled, schema.Connection} {
		v := view.Get(path)
		at, _ := v.Origin.ValuePlace().Position()
		fmt.Printf("%s = %s (%s:%d:%d)\n", path, deployment.Mask(path, v.Text), v.Origin.File.Path, at.Line, at.Column)
		for _, hidden := range v.Shadows {
			fmt.Println("  hides", hidden.Text, "of", hidden.File.Path)
		}
	}
	// Output:
	// xmpro:autoScale:enabled = True (AppDesigner/appsettings.Production.json:1:37)
	//   hides False of AppDesigner/appsettings.json
	// xmpro:autoScale:connectionString = cache01:6379,password=***** (AppDesigner/appsettings.json:1:64)
}

// Many deployments with little memory, by several workers, in one order.
func ExampleEach() {
	ctx := context.Background()
	groups, err := deployment.Discover(ctx, []deployment.Source{{FS: site, Dir: ".", Shown: "."}}, []string{"contoso"})
	if err != nil {
		log.Fatal(err)
	}
	err = deployment.Each(ctx, groups, deployment.Options{}, func(d *deployment.Deployment) (string, error) {
		return fmt.Sprintf("%s: %d files", d.Root, len(d.Files)), nil // nothing of d may leave
	}, func(line string) error {
		fmt.Println(line)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// acme: 4 files
}
