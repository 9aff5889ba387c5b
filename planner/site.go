package planner

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// site is a deployment as the planner looks at it: what is known of each node,
// of the suite's version, of connectors and Apps, and what the manifest says
// to be done.
type site struct {
	d       *deployment.Deployment
	m       *deployment.Manifest // never nil
	hosting hosting
	// products are those that the tree holds, in the order of the vendor's
	// page; three are those of them that have Auto Scale.
	products, three []*productSite
	nodes           []*nodeSite // of all products
	suite           suiteSite
	connector       connectorSite
	apps            []appSite
	listed          listed
	findings        map[string][]int // by step id: indices of all
	all             []lint.Finding
	off             bool
}

// productSite is one product.
type productSite struct {
	*deployment.Product
	nodes []*nodeSite
	named bool // the manifest names the nodes
}

// scaled reports whether more than one instance runs or shall run.
func (p *productSite) scaled() bool { return max(p.Instances, p.TargetInstances) > 1 }

// nodeNames are the names of the nodes that the manifest names.
func (p *productSite) nodeNames() []string {
	names := []string{}
	if p.named {
		for _, n := range p.nodes {
			names = append(names, n.name)
		}
	}
	return names
}

// nodeSite is one node of a product.
type nodeSite struct {
	*deployment.Node
	of    *productSite
	name  string
	index int // among the site's nodes
	auto  deployment.AutoScale
	// sealed are the encrypted sections, with what is known of each.
	sealed []sealedSection
	opened bool // all of them were opened with a key
	// broken are the files of the node that cannot be read.
	broken []string
	// settled tells that the node's settings are as the goal wants them.
	settled  bool
	evidence []string
	// unsealed tells that the manifest says that the section was decrypted, so
	// that it has to be encrypted again.
	unsealed bool
}

// sealedSection is an encrypted section of a web.config.
type sealedSection struct {
	name     string
	provider string // empty where the file does not name one
	machine  bool   // other servers cannot open it as it stands
}

// id is the id of a step of the node: the same with @ and the node's name where
// the manifest names nodes.
func (n *nodeSite) id(step string) string {
	if !n.of.named {
		return schema.NodeStep(step, n.of.ID, "")
	}
	return schema.NodeStep(step, n.of.ID, n.name)
}

// title names the node: "App Designer on ad-01".
func (n *nodeSite) title() string {
	if n.of.named {
		return n.of.ID.Title() + " on " + words(n.name)
	}
	return n.of.ID.Title()
}

// manifestPath is the folder that the manifest names for a node; not set where
// it names none.
func (s *site) manifestPath(n *nodeSite) deployment.Scalar {
	for _, p := range s.m.Products {
		if p.ID != n.of.ID {
			continue
		}
		for i := range p.Nodes {
			if n.of.named && p.Nodes[i].Name.Text == n.Name {
				return p.Nodes[i].Path
			}
		}
		return p.Path
	}
	return deployment.Scalar{}
}

// names is the node's name for Step.Nodes.
func (n *nodeSite) names() []string {
	if n.of.named {
		return []string{n.name}
	}
	return []string{}
}

// hasSeal reports whether steps decrypt and encrypt the node's file.
func (n *nodeSite) hasSeal() bool { return len(n.sealed) > 0 || n.unsealed }

// file is the file that an administrator edits to set Auto Scale; nil where
// the tree does not hold it.
func (n *nodeSite) file() *deployment.File {
	for _, l := range n.Default().Layers {
		if (l.Kind == deployment.BaseFile || l.Kind == deployment.Section) && l.File != nil {
			return l.File
		}
	}
	for _, f := range n.Files {
		if f.Role == deployment.RoleBase || f.Role == deployment.RoleSectionHost {
			return f
		}
	}
	return nil
}

// vendorOrder is the order of the products on the vendor's page.
var vendorOrder = [...]schema.Product{schema.AppDesigner, schema.DataStreamDesigner, schema.SubscriptionManager, schema.AI, schema.StreamHost}

// survey looks at a deployment.
func survey(d *deployment.Deployment, findings []lint.Finding, opts Options) *site {
	s := &site{d: d, m: d.Manifest, all: findings, off: opts.Off}
	if s.m == nil {
		s.m = &deployment.Manifest{}
	}
	s.hosting = hosting(strings.TrimSpace(s.m.Hosting.Text))
	s.sortFindings()
	for _, id := range vendorOrder {
		if p := d.Product(id); p != nil && len(p.Nodes) > 0 {
			s.addProduct(p)
		}
	}
	s.surveyApps()
	s.readDone()
	s.surveySuite()
	for _, n := range s.nodes {
		s.surveyNode(n)
	}
	s.surveyConnector()
	return s
}

func (s *site) addProduct(p *deployment.Product) {
	ps := &productSite{Product: p, named: p.Nodes[0].Name != ""}
	taken := make(map[string]bool, len(p.Nodes))
	for i, n := range p.Nodes {
		name := n.Name
		if ps.named && (name == "" || taken[name]) {
			name += "#" + strconv.Itoa(i+1) // the manifest is wrong: keep ids apart
		}
		taken[name] = true
		node := &nodeSite{Node: n, of: ps, name: name, index: len(s.nodes)}
		ps.nodes = append(ps.nodes, node)
		s.nodes = append(s.nodes, node)
	}
	s.products = append(s.products, ps)
	if p.ID.UsesRedis() {
		s.three = append(s.three, ps)
	}
}

// product gives a product of the site, nil where it is not there.
func (s *site) product(id schema.Product) *productSite {
	for _, p := range s.products {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// scaled reports whether one of the three has, or shall have, more than one
// instance.
func (s *site) scaled() bool {
	for _, p := range s.three {
		if p.scaled() {
			return true
		}
	}
	return false
}

// sortFindings puts the deployment's findings below the steps that mend them.
func (s *site) sortFindings() {
	for i := range s.all {
		f := &s.all[i]
		step := f.Step
		if step == "" || step == "-" || f.Root != "" && f.Root != s.d.Root {
			continue
		}
		if s.findings == nil {
			s.findings = make(map[string][]int)
		}
		s.findings[step] = append(s.findings[step], i)
	}
}

// opens reports whether a warning or an error says that a step is not done,
// whatever else speaks for it. That Auto Scale is on here and off elsewhere is
// no fault of the step of this product.
func (s *site) opens(step string) bool {
	return s.opensOn(step, "")
}

// opensOn is opens for the step of one node. A finding without a node is about
// all of them. The other rules named do not count.
func (s *site) opensOn(step, node string, except ...string) bool {
	for _, i := range s.findings[step] {
		f := &s.all[i]
		rule := ""
		if f.Rule != nil {
			rule = f.Rule.ID
		}
		if severity(f) >= lint.Warning && rule != "XM2002" && !slices.Contains(except, rule) && (node == "" || f.Node == "" || f.Node == node) {
			return true
		}
	}
	return false
}

// severity is the finding's own, else that of its rule.
func severity(f *lint.Finding) lint.Severity {
	if f.Severity == 0 && f.Rule != nil {
		return f.Rule.Severity
	}
	return f.Severity
}

// opensNode tells the same of a step that exists once per node.
func (s *site) opensNode(n *nodeSite, step string) bool {
	return s.opens(n.id(step)) || s.opensOn(schema.NodeStep(step, n.of.ID, ""), n.Name)
}

// place writes a place as path:line.
func place(p deployment.Place) string {
	if p.IsZero() {
		return ""
	}
	start, _ := p.Position()
	return words(p.File.Path) + ":" + strconv.Itoa(start.Line)
}

func itoa(n int) string { return strconv.Itoa(n) }
