package deployment

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/xmlint/xmlint/schema"
)

// tree is a file system from a txtar archive.
func tree(archive string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// load reads the deployments of a file system.
func load(t *testing.T, fsys fs.FS, opts Options) []*Deployment {
	t.Helper()
	all, err := Load(context.Background(), fsys, ".", opts)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// one reads the only deployment of a txtar archive.
func one(t *testing.T, archive string, opts Options) *Deployment {
	t.Helper()
	all := load(t, tree(archive), opts)
	if len(all) != 1 {
		t.Fatalf("%d deployments: %s", len(all), summary(all))
	}
	return all[0]
}

// summary writes deployments down, one per line:
//
//	root: product@node (state) file file; product ...
func summary(all []*Deployment) string {
	var b strings.Builder
	for _, d := range all {
		b.WriteString(d.Root + ":")
		for i, p := range d.Products {
			if i > 0 {
				b.WriteString(";")
			}
			fmt.Fprintf(&b, " %s", short(p.ID))
			for _, n := range p.Nodes {
				if n.Name != "" {
					b.WriteString("@" + n.Name)
				}
				fmt.Fprintf(&b, " (%s)", n.Default().AutoScale.State)
				for _, f := range n.Files {
					b.WriteString(" " + f.Path)
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func short(p schema.Product) string {
	switch p {
	case schema.AppDesigner:
		return "AD"
	case schema.DataStreamDesigner:
		return "DS"
	case schema.SubscriptionManager:
		return "SM"
	case schema.StreamHost:
		return "SH"
	case schema.AI:
		return "AI"
	}
	return string(p)
}

// expect compares what a txtar archive holds with a summary.
func expect(t *testing.T, name, archive, want string) {
	t.Helper()
	if got := summary(load(t, tree(archive), Options{})); got != want {
		t.Errorf("%s\n got %q\nwant %q", name, got, want)
	}
}

// Contents of files, for tables.
const (
	jsonAD      = `{"xmpro": {"appDesigner": {"encryptionKey": "k"}}}`
	jsonDS      = `{"xmpro": {"dataStreamDesigner": {"featureFlags": {}}}}`
	jsonAny     = `{"xmpro": {"autoScale": {"enabled": true}}}`
	jsonElse    = `{"Logging": {}}`
	webSM       = `<configuration><xmpro><autoScale enabled="false" connectionString="" /></xmpro></configuration>`
	webOverride = `<configuration><appSettings><add key="xm__xmpro__autoScale__enabled" value="true" /></appSettings>`
	webCore     = `<configuration><location path="."><system.webServer><aspNetCore processPath="dotnet"></aspNetCore></system.webServer></location></configuration>`
	webElse     = `<configuration><system.web /></configuration>`
)

// files makes an archive of names and contents.
func files(pairs ...string) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, "-- %s --\n%s\n", pairs[i], pairs[i+1])
	}
	return b.String()
}
