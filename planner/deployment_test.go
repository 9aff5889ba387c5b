package planner

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// made builds deployments by hand, without files: what the planner is told of
// each node is said here.
type made struct{ d *deployment.Deployment }

// node is one node of a made product.
type node struct {
	name   string
	state  deployment.State
	reason deployment.Reason
	conn   string // connection string; empty: a good one where the state is on
	sealed bool
	opened bool
	broken bool
	file   string // its name; empty: the usual one
}

func build(version string) *made {
	m := &deployment.Manifest{File: &deployment.File{Path: "acme/xmpro.yaml", Role: deployment.RoleManifest}}
	m.Version = scalar(m, version)
	return &made{&deployment.Deployment{Name: "acme", Root: "acme", Manifest: m}}
}

func scalar(m *deployment.Manifest, text string) deployment.Scalar {
	if text == "" {
		return deployment.Scalar{}
	}
	return deployment.Scalar{Text: text, Place: deployment.Place{File: m.File}}
}

func (b *made) scalar(text string) deployment.Scalar { return scalar(b.d.Manifest, text) }

func (b *made) hosting(h string) *made { b.d.Manifest.Hosting = b.scalar(h); return b }

// product adds a product; a node without a name stands alone.
func (b *made) product(id schema.Product, instances, target int, nodes ...node) *made {
	p := &deployment.Product{ID: id, Instances: instances, TargetInstances: target}
	if v := b.d.Manifest.Version; v.Text != "" {
		p.Versions = []deployment.Evidence{{Version: schema.ParseVersion(v.Text), Source: "manifest", Place: v.Place}}
	}
	for _, n := range nodes {
		p.Nodes = append(p.Nodes, b.node(id, n))
	}
	b.d.Products = append(b.d.Products, p)
	return b
}

func (b *made) node(id schema.Product, n node) *deployment.Node {
	dir := "acme/" + string(id)
	if n.name != "" {
		dir += "/" + n.name
	}
	name, role, kind := "appsettings.json", deployment.RoleBase, deployment.BaseFile
	if id == schema.SubscriptionManager {
		name, role, kind = "web.config", deployment.RoleSectionHost, deployment.Section
	}
	if n.file != "" {
		name = n.file
	}
	f := &deployment.File{Path: dir + "/" + name, Role: role, Active: true}
	if n.broken {
		f.Err = errBroken
		n.state, n.reason = deployment.StateUnknown, deployment.ReasonUnreadable
	}
	out := &deployment.Node{Name: n.name, Dir: dir, Files: []*deployment.File{f}}
	b.d.Files = append(b.d.Files, f)
	if id == schema.SubscriptionManager && !n.broken {
		out.Web = &deployment.WebConfig{File: f}
		if n.sealed {
			out.Web.Protected = &deployment.Protection{Provider: "RsaProtectedConfigurationProvider", Kind: deployment.ProtectionRSA, DefaultContainer: true}
			if n.opened {
				out.Web.Protected.Opened = &deployment.Opened{}
			} else {
				n.state, n.reason = deployment.StateUnknown, deployment.ReasonEncrypted
			}
		}
	}
	view := &deployment.View{Layers: []deployment.Layer{{Kind: kind, File: f}}}
	a := &view.AutoScale
	a.State, a.Reason = n.state, n.reason
	a.Enabled.Unknown, a.Connection.Unknown = n.reason, n.reason
	if n.state == deployment.StateOn {
		if n.conn == "" {
			n.conn = "cache01:6379,abortConnect=False"
		}
		origin := deployment.Origin{File: f}
		a.Enabled = deployment.Value{Text: "True", Present: true, Origin: origin}
		a.Connection = deployment.Value{Text: n.conn, Present: true, Origin: origin}
	}
	out.Views = []*deployment.View{view}
	return out
}

// three adds App Designer, Data Stream Designer and Subscription Manager in
// the same state.
func (b *made) three(state deployment.State) *made {
	for _, id := range []schema.Product{schema.AppDesigner, schema.DataStreamDesigner, schema.SubscriptionManager} {
		b.product(id, 1, 0, node{state: state})
	}
	return b
}

func (b *made) connectors(versions ...string) *made {
	m := b.d.Manifest
	m.HasConnectors = true
	for _, v := range versions {
		m.Connectors = append(m.Connectors, b.scalar(v))
	}
	return b
}

// app adds an App; upgrade is "true", "false" or "" for a choice not made.
func (b *made) app(name, connector, upgrade string) *made {
	a := deployment.App{Name: b.scalar(name), Connector: b.scalar(connector)}
	if upgrade != "" {
		a.Upgrade = deployment.Flag{Known: true, Value: upgrade == "true", Place: deployment.Place{File: b.d.Manifest.File}}
	}
	b.d.Manifest.Apps = append(b.d.Manifest.Apps, a)
	return b
}

func (b *made) done(steps ...string) *made {
	for _, s := range steps {
		b.d.Manifest.Done = append(b.d.Manifest.Done, deployment.Done{Step: b.scalar(s), On: b.scalar("2026-11-23")})
	}
	return b
}

func (b *made) decide(question, answer string) *made {
	b.d.Manifest.Decisions = append(b.d.Manifest.Decisions, deployment.Decision{ID: b.scalar(question), Answer: b.scalar(answer)})
	return b
}

func (b *made) sticky(value bool) *made {
	b.d.Manifest.Sticky = deployment.Flag{Known: true, Value: value, Place: deployment.Place{File: b.d.Manifest.File}}
	return b
}

func (b *made) redis(connection string) *made {
	b.d.Manifest.HasRedis = true
	b.d.Manifest.Redis.Connection = b.scalar(connection)
	return b
}

type brokenFile struct{}

func (brokenFile) Error() string { return "broken" }

var errBroken error = brokenFile{}

// outline is a plan in short, one step a line: a mark (x done, - todo, ! blocked,
// ~ optional and todo), the id, and the ids that it requires.
func outline(p *Plan) string {
	var b strings.Builder
	b.WriteString(string(p.State) + "\n")
	for _, s := range p.Steps {
		mark := "- "
		switch {
		case s.Status == StepDone:
			mark = "x "
		case s.Status == StepBlocked:
			mark = "! "
		case s.Optional:
			mark = "~ "
		}
		b.WriteString(mark + s.ID)
		if len(s.Requires) > 0 {
			b.WriteString(" < " + strings.Join(s.Requires, " "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
