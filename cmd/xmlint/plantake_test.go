package main

import (
	"bytes"
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

// needsString reports whether a step sets what a file shows, and nothing tells
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
