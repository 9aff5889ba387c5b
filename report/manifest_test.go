package report

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/xmlint/xmlint/deployment"
)

const fullManifest = `name: "yes"
version: 4.10
hosting: azure-arm
environment: "a b"
products:
  app-designer: {path: ./AD/, instances: 2, target_instances: 3}
  data-stream-designer: {path: nowhere, version: v4.4-rc, target_instances: 2}
  subscription-manager: {nodes: [{name: 1, path: one}, {name: "b: c", path: two}, {name: gone, path: three}]}
  ai: {version: 4.2.3}
load_balancer: {sticky: false}
redis: {connection: "h:6379,ssl=True", service: other, cluster: true}
connectors: {data-streams: ["1.07", 2.010]}
apps:
- {name: Pump "1", connector: 1.070, upgrade: true, cache_loss: accepted}
- {name: B, upgrade: false}
- {name: C}
done: [{step: backup, on: 2026-11-23}, {step: verify/redis}]
decisions: {redis-per-product: no, b: 1e3, c: true, d: "null"}
`

func manifestTree(manifest string) fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"xmpro.yaml":          file(manifest),
		"AD/appsettings.json": file(`{"xmpro":{"appDesigner":{"encryptionKey":"k"}}}`),
		"DS/appsettings.json": file(`{"xmpro":{"dataStreamDesigner":{"featureFlags":{"a":true}}}}`),
		"one/web.config":      file(`<configuration><xmpro/></configuration>`),
		"two/web.config":      file(`<configuration><xmpro/></configuration>`),
		"x\\y/appsettings.json": file(
			`{"xmpro":{"aIDesigner":{"jupyterUrl":{"url":"u"}}}}`),
	}
}

func loadOne(t *testing.T, fsys fs.FS) *deployment.Deployment {
	t.Helper()
	all, err := deployment.Load(context.Background(), fsys, ".", deployment.Options{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d deployments, %v", len(all), err)
	}
	return all[0]
}

// A draft says what the manifest says that is there, as far as it is right.
func TestDraftKeeps(t *testing.T) {
	before := loadOne(t, manifestTree(fullManifest))
	text := NewDraft(before).Text
	after := loadOne(t, manifestTree(text))
	for _, p := range after.Manifest.Problems {
		t.Errorf("%s\n%s", p.Message, text)
	}
	// Of folders that are not in the tree the draft says nothing.
	before.Manifest.Products[0].Path.Text = "AD"
	before.Manifest.Products[1].Path.Text = "DS"
	before.Manifest.Products[2].Nodes[2].Path = deployment.Scalar{}
	if diff := cmp.Diff(before.Manifest, after.Manifest, cmpopts.IgnoreTypes(deployment.Place{}), cmpopts.IgnoreFields(deployment.Manifest{}, "File", "Problems")); diff != "" {
		t.Error(diff)
	}
	if again := NewDraft(after).Text; again != text {
		t.Errorf("it became\n%s\nfrom\n%s", again, text)
	}
}

// What is wrong in a manifest is left out of the draft, and so are secrets.
func TestDraftOfWrongManifest(t *testing.T) {
	d := loadOne(t, manifestTree(`hosting: aws
products: {app-designer: {instances: 0, target_instances: "2", nodes: [{name: a}, {name: a}]}, subscription-manager: {nodes: [{name: a, path: one}, {name: b, path: two}]}, sm: {}}
redis: {connection: "h:6379,password=hunter2,typo=hunter2", service: mine, cluster: "no"}
connectors: {data-streams: 2.0}
apps: [{name: a, upgrade: "x", cache_loss: yes}, {connector: 2}]
done: [{step: backup, on: 2026-02-30}]
decisions: {a: null, [b]: c}
`))
	text := NewDraft(d).Text
	if strings.Contains(text, "hunter2") {
		t.Errorf("a secret:\n%s", text)
	}
	if problems := loadOne(t, manifestTree(text)).Manifest.Problems; len(problems) > 0 {
		t.Errorf("%s\n%s", problems[0].Message, text)
	}
	if !strings.Contains(text, `#   connection: "h:6379,password=*****,typo=*****"`) {
		t.Errorf("nothing of the connection string:\n%s", text)
	}
}

// The environment of one product is not that of another which does not say.
func TestDraftEnvironment(t *testing.T) {
	fsys := manifestTree("")
	delete(fsys, "xmpro.yaml")
	fsys["AD/web.config"] = &fstest.MapFile{Data: []byte(`<configuration><system.webServer><aspNetCore><environmentVariables>` +
		`<environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Staging"/></environmentVariables></aspNetCore></system.webServer></configuration>`)}
	all, err := deployment.Load(context.Background(), fsys, ".", deployment.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if text := NewDraft(all[0]).Text; !strings.Contains(text, "\n# environment: Production") {
		t.Errorf("the environment is not known:\n%s", text)
	}
}

// A connection string where a version or a name belongs shows no password.
func TestDraftMasks(t *testing.T) {
	d := loadOne(t, fstest.MapFS{
		"xmpro.yaml":          {Data: []byte("name: \"h:1,password=s3cret1\"\nversion: \"Server=.;Password=s3cret2;\"\nenvironment: \"a,pwd=s3cret3\"\n")},
		"AD/appsettings.json": {Data: []byte(`{"xmpro":{"appDesigner":{"encryptionKey":"k"}}}`)},
	})
	if text := NewDraft(d).Text; strings.Contains(text, "s3cret") || !strings.Contains(text, "*****") {
		t.Error(text)
	}
}
