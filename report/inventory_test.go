package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

type inventoryProduct struct {
	Name      string   `json:"name"`
	Version   string   `json:"version,omitempty"`
	AutoScale string   `json:"auto_scale"`
	Encrypted bool     `json:"encrypted"`
	Instances int      `json:"instances"`
	Files     []string `json:"files"`
}

type inventoryDeployment struct {
	Name     string             `json:"name"`
	Root     string             `json:"root"`
	Products []inventoryProduct `json:"products"`
}

// What comes from the tape is what encoding/json would have written.
func TestInventory(t *testing.T) {
	var deployments []*deployment.Deployment
	var want []inventoryDeployment
	for i := range 3000 { // enough for several pieces of the tape
		root := []string{"acme", ".", "/srv/a b", "quo\"te", "ünï"}[i%5] + fmt.Sprint(i)
		n := &deployment.Node{Views: []*deployment.View{{}}, Files: []*deployment.File{
			{Path: root + "/AppDesigner/appsettings.json"}, {Path: root + "/x\\y/web.config"}, {Path: "elsewhere/xmpro.yaml"},
		}}
		p := &deployment.Product{ID: schema.AppDesigner, Nodes: []*deployment.Node{n}, Instances: i % 3}
		x := inventoryProduct{Name: "app-designer", AutoScale: "absent", Instances: i % 3}
		if i%2 == 1 {
			p.Versions = []deployment.Evidence{{Version: schema.ParseVersion("4.3.1")}}
			x.Version = "4.3.1"
		}
		if i%7 == 0 {
			n.Web = &deployment.WebConfig{Protected: &deployment.Protection{}, Section: document.None}
			x.Encrypted = true
		}
		if i%13 == 0 { // listed by the manifest, and not there
			n.Files, x.Files = nil, []string{}
		}
		for _, f := range n.Files {
			x.Files = append(x.Files, f.Path)
		}
		d := &deployment.Deployment{Name: fmt.Sprint("d", i), Root: root, Products: []*deployment.Product{p}}
		w := inventoryDeployment{Name: d.Name, Root: root, Products: []inventoryProduct{x}}
		if i%11 == 0 {
			d.Products = append(d.Products, p)
			w.Products = append(w.Products, x)
		}
		deployments, want = append(deployments, d), append(want, w)
	}
	var all tape
	size := 0
	for _, d := range deployments {
		entry := appendInventory(nil, d)
		size += len(entry)
		all.add(entry)
	}
	var text bytes.Buffer
	if err := all.write(&text); err != nil {
		t.Fatal(err)
	}
	var got []inventoryDeployment
	if err := json.Unmarshal([]byte("["+text.String()+"]"), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if size*2 > text.Len() {
		t.Errorf("the tape has %d bytes for %d of JSON", size, text.Len())
	}
}
