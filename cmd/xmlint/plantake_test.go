package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/migrate"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/protectedconfig"
	"github.com/xmlint/xmlint/schema"
)

// take does what a step says.
func (s *simulation) take(p planned, st *planner.Step) {
	s.t.Helper()
	node := ""
	if len(st.Nodes) == 1 {
		node = st.Nodes[0]
	}
	head, _, _ := strings.Cut(st.ID, "/")
	switch {
	case len(st.Edits) > 0:
		s.migrate(p, st, node)
		return
	case st.Kind == planner.KindUpgrade:
		s.upgrade(p)
		return
	}
	m := s.manifest(p.Root)
	switch {
	case s.needsString(p, st):
		// Whoever configures the product by hand knows the string.
		m.set(scalarNode("cache01.example.com:6380,ssl=True,abortConnect=False"), "redis", "connection")
		m.write()
		all := s.plans()
		at := slices.IndexFunc(all, func(q planned) bool { return q.Root == p.Root })
		s.migrate(all[at], all[at].plan.Step(st.ID), node)
		return
	case st.ID == "upgrade-connector":
		m.add(scalarNode("2.01"), "connectors", "data-streams")
	case st.Kind == planner.KindApp:
		m.app(st.App).set(scalarNode("2.01"), "connector")
	case st.Kind == planner.KindDecide && st.App != "":
		m.app(st.App).set(scalarNode("false"), "upgrade")
	case st.ID == "sticky-sessions":
		m.set(scalarNode("true"), "load_balancer", "sticky")
	default:
		m.done(st.ID)
	}
	switch {
	case st.ID == "provision-redis" && !s.opts.Off:
		if m.get("redis", "connection") == nil {
			m.set(scalarNode("cache01.example.com:6380,ssl=True,abortConnect=False"), "redis", "connection")
		}
	case st.ID == "share-keys":
		s.shareKeys(p)
	case st.ID == "scale-in":
		for _, product := range p.Products {
			if product.Nodes[0].Name == "" && product.ID.UsesRedis() {
				m.set(scalarNode("1"), "products", string(product.ID), "instances")
			}
		}
	case head == "decrypt":
		s.decrypt(s.file(p, st.Product, node))
	case head == "encrypt":
		s.encrypt(s.file(p, st.Product, node))
	}
	m.write()
}

// needsString tells whether a step sets what a file shows, and nothing tells
// which connection string.
func (s *simulation) needsString(p planned, st *planner.Step) bool {
	if s.opts.Off || st.Kind != planner.KindConfigure || p.Manifest != nil && p.Manifest.Redis.Connection.IsSet() {
		return false
	}
	for _, n := range p.Product(st.Product).Nodes {
		if n.Default().AutoScale.State == deployment.StateUnknown {
			return false
		}
	}
	return true
}

// migrate makes the edits of one step.
func (s *simulation) migrate(p planned, st *planner.Step, node string) {
	s.t.Helper()
	opts := s.migration()
	opts.Products = []schema.Product{st.Product}
	if node != "" {
		opts.Nodes = []string{node}
	}
	c, err := migrate.Prepare(s.app.ctx, p.Deployment, opts)
	if err != nil {
		s.t.Fatal(err)
	}
	store := &migrate.Store{FS: migrate.Host{}, Dir: s.app.dir, Root: p.Root}
	for _, f := range p.Files {
		store.Files = append(store.Files, f.Path)
	}
	if _, err := store.Apply(s.app.ctx, c); err != nil {
		s.t.Fatalf("%s: %v", st.ID, err)
	}
}

// upgrade writes down the new release, where the installer would.
func (s *simulation) upgrade(p planned) {
	m := s.manifest(p.Root)
	m.set(scalarNode(p.plan.Target), "version")
	for _, product := range schema.Products() {
		if m.get("products", string(product), "version") != nil {
			m.set(scalarNode(p.plan.Target), "products", string(product), "version")
		}
	}
	m.write()
	installed := regexp.MustCompile(`"SM_VERSION" value="[^"]*"`)
	for _, f := range p.Files {
		s.rewrite(f.Path, func(text []byte) []byte {
			return installed.ReplaceAll(text, []byte(`"SM_VERSION" value="`+p.plan.Target+`"`))
		})
	}
}

// shareKeys gives all nodes of a product the keys of the first, and Subscription
// Manager a machine key.
func (s *simulation) shareKeys(p planned) {
	const machineKey = `<machineKey validationKey="EXAMPLE-validation" decryptionKey="EXAMPLE-decryption" validation="HMACSHA256" decryption="AES" />`
	keys := []*regexp.Regexp{
		regexp.MustCompile(`"encryptionKey": "[^"]*"`), regexp.MustCompile(`"sharedkey": "[^"]*"`),
		regexp.MustCompile(`salt="[^"]*"`), regexp.MustCompile(`<machineKey [^>]*>`),
	}
	for _, product := range p.Products {
		first := product.Nodes[0].Files[0].Path
		if product.ID == schema.SubscriptionManager {
			s.rewrite(first, func(text []byte) []byte {
				if bytes.Contains(text, []byte("<machineKey ")) {
					return text
				}
				return bytes.Replace(text, []byte("  </system.web>"), []byte("    "+machineKey+"\n  </system.web>"), 1)
			})
		}
		model := s.read(first)
		for _, n := range product.Nodes[1:] {
			for _, f := range n.Files {
				s.rewrite(f.Path, func(text []byte) []byte {
					for _, key := range keys {
						if value := key.Find(model); value != nil {
							text = key.ReplaceAllLiteral(text, value)
						}
					}
					return text
				})
			}
		}
	}
}

var sectionOf = regexp.MustCompile(`(?s)<xmpro[ >].*</xmpro>`)

// decrypt opens the section of a web.config: with the key, or, where none
// opens it, by putting in a section like it.
func (s *simulation) decrypt(path string) {
	s.rewrite(path, func(text []byte) []byte {
		section := sectionOf.Find(text)
		like := "fresh-4.2.3-iis"
		if s.opts.Off {
			like = "finished"
		}
		plain := sectionOf.Find(s.example(like + "/XMPro-SM/web.config"))
		if opened, err := protectedconfig.Decrypt(section, s.key); err == nil {
			s.opened[path], plain = opened, opened.Plain()
		} else {
			s.sealed[path] = section
		}
		return bytes.Replace(text, section, plain, 1)
	})
}

// encrypt closes it again.
func (s *simulation) encrypt(path string) {
	s.rewrite(path, func(text []byte) []byte {
		plain := sectionOf.Find(text)
		section := s.sealed[path]
		if opened := s.opened[path]; opened != nil {
			var err error
			if section, err = opened.Encrypt(plain, nil); err != nil {
				s.t.Fatal(err)
			}
		}
		return bytes.Replace(text, plain, section, 1)
	})
}

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
