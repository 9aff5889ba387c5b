package main

import (
	"os"
	"path/filepath"

	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// mend supplies what a step waits for: a version, or a file that can be read.
func (s *simulation) mend(p planned, st *planner.Step) {
	s.t.Helper()
	if st.Kind == planner.KindUpgrade {
		// A manifest with faults in it tells nothing: it is written anew.
		m := s.manifest(p.Root)
		if m.get("verson") != nil {
			s.write(p.Root+"/xmpro.yaml", []byte("name: broken\n"))
			m = s.manifest(p.Root)
		}
		m.set(scalarNode("4.2.3"), "version")
		m.write()
		return
	}
	if host := p.Product(schema.StreamHost); host != nil {
		s.write(host.Nodes[0].Files[0].Path, s.example("installer-4.5/StreamHost/appsettings.json"))
	}
	for _, n := range p.Product(st.Product).Nodes {
		for _, f := range n.Files {
			if f.Err == nil {
				continue
			}
			like := map[schema.Product]string{
				schema.AppDesigner:         "XMPro-AD/appsettings.json",
				schema.DataStreamDesigner:  "XMPro-DS/appsettings.json",
				schema.SubscriptionManager: "XMPro-SM/web.config",
			}[st.Product]
			s.write(f.Path, s.example("fresh-4.2.3-iis/"+like))
		}
	}
}

// retire takes out of the manifest the nodes that stand still after the way
// back.
func (s *simulation) retire(p planned) {
	m := s.manifest(p.Root)
	for _, product := range p.Products {
		if nodes := m.get("products", string(product.ID), "nodes"); nodes != nil {
			nodes.Content = nodes.Content[:1]
		}
	}
	m.write()
}

// file is the web.config of a product on a node.
func (s *simulation) file(p planned, product schema.Product, node string) string {
	for _, n := range p.Product(product).Nodes {
		if n.Name == node && n.Web != nil {
			return n.Web.File.Path
		}
	}
	s.t.Fatalf("%s on %q has no file", product, node)
	return ""
}

// example is a file of the example deployments as they are.
func (s *simulation) example(path string) []byte {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(testdata, path))
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

func (s *simulation) read(path string) []byte {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.app.dir, path))
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

func (s *simulation) exists(path string) bool {
	_, err := os.Stat(filepath.Join(s.app.dir, path))
	return err == nil
}

func (s *simulation) write(path string, text []byte) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.app.dir, path), text, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *simulation) rewrite(path string, change func([]byte) []byte) {
	s.t.Helper()
	s.write(path, change(s.read(path)))
}
