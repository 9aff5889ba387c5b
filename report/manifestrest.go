package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// path writes the folder of a product whose nodes have no folders of their
// own. One that is not in the tree is left out.
func (m *manifestDraft) path(p *deployment.Product, old *deployment.ManifestProduct) {
	var dirs []string
	for _, n := range p.Nodes {
		if slices.ContainsFunc(old.Nodes, func(x deployment.ManifestNode) bool { return x.Name.Text == n.Name && x.Path.IsSet() }) {
			continue
		}
		if dir, ok := m.below(n.Dir); ok && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	if len(dirs) == 1 {
		m.fact("    path: "+yamlScalar(dirs[0]), "")
	}
}

// nodes writes the nodes that the manifest lists.
func (m *manifestDraft) nodes(p *deployment.Product, old *deployment.ManifestProduct) {
	m.fact("    nodes:", "")
	for _, listed := range old.Nodes {
		fields := []string{"name: " + yamlScalar(listed.Name.Text)}
		for _, n := range p.Nodes {
			if dir, ok := m.below(n.Dir); ok && listed.Path.IsSet() && n.Name == listed.Name.Text {
				fields = append(fields, "path: "+yamlScalar(dir))
				break
			}
		}
		m.item("      ", fields)
	}
}

// item writes an element of a list.
func (m *manifestDraft) item(indent string, fields []string) {
	m.fact(indent+"- {"+strings.Join(fields, ", ")+"}", "")
}

// rest writes what is not about single products: what the manifest says, and
// examples of what it does not say.
func (m *manifestDraft) rest() {
	if sticky := m.old.Sticky; sticky.Known {
		m.fact("load_balancer: {sticky: "+strconv.FormatBool(sticky.Value)+"}", "whether it keeps a user on one instance")
	} else {
		m.fact("# load_balancer: {sticky: true}", "whether it keeps a user on one instance")
	}
	m.redis()
	m.connectors()
	m.apps()
	m.progress()
}

func (m *manifestDraft) redis() {
	old, open := &m.old.Redis, "# "
	if m.old.HasRedis {
		open = ""
	}
	m.fact(open+"redis:", "")
	switch text := old.Connection.Text; {
	case !old.Connection.IsSet():
		m.fact(`#   connection: "cache01:6379,ssl=True,abortConnect=False"`, "what migrate writes")
	case redisconn.Mask(text) != text:
		m.fact("#   connection: "+quoted(redisconn.Mask(text)), "holds a secret: copy the line of the file that is there")
	default:
		m.fact("  connection: "+quoted(text), "what migrate writes")
	}
	if services := schema.RedisServices(); slices.Contains(services, old.Service.Text) {
		m.fact("  service: "+old.Service.Text, "")
	} else {
		m.fact("#   service: self-hosted", strings.Join(services, " | "))
	}
	if old.Cluster.Known {
		m.fact("  cluster: "+strconv.FormatBool(old.Cluster.Value), "")
	} else {
		m.fact("#   cluster: false", "whether it is a Redis Cluster")
	}
}

func (m *manifestDraft) connectors() {
	const hint = "versions of the Data Streams Connector that are uploaded in App Designer"
	if !m.old.HasConnectors {
		m.fact("# connectors:", "")
		m.fact(`#   data-streams: ["`+schema.OldConnector+`", "`+schema.ConnectorSince+`"]`, hint)
		return
	}
	var versions []string
	for _, v := range m.old.Connectors {
		versions = append(versions, quoted(v.Text))
	}
	m.fact("connectors:", "")
	m.fact("  data-streams: ["+strings.Join(versions, ", ")+"]", hint)
}

func (m *manifestDraft) apps() {
	const hint = "each App that uses the Data Streams Connector, and whether to upgrade it"
	if len(m.old.Apps) == 0 {
		m.fact("# apps:", hint)
		m.fact(`#   - {name: Pump Health, connector: "`+schema.OldConnector+`", upgrade: true, cache_loss: accepted}`, "")
		return
	}
	m.fact("apps:", hint)
	for _, a := range m.old.Apps {
		fields := []string{"name: " + yamlScalar(a.Name.Text)}
		if a.Connector.IsSet() {
			fields = append(fields, "connector: "+quoted(a.Connector.Text))
		}
		if a.Upgrade.Known {
			fields = append(fields, "upgrade: "+strconv.FormatBool(a.Upgrade.Value))
		}
		if a.CacheLoss.Text == "accepted" {
			fields = append(fields, "cache_loss: accepted")
		}
		m.item("  ", fields)
	}
}

// progress writes what was done and decided.
func (m *manifestDraft) progress() {
	if len(m.old.Done) == 0 {
		m.fact("# done:", "steps of the plan that no file can show")
		m.fact("#   - {step: backup, on: 2026-11-23}", "")
	} else {
		m.fact("done:", "steps of the plan that no file can show")
	}
	for _, d := range m.old.Done {
		fields := []string{"step: " + yamlScalar(d.Step.Text)}
		if day, ok := dayOf(d.On.Text); ok {
			fields = append(fields, "on: "+day)
		}
		m.item("  ", fields)
	}
	if len(m.old.Decisions) == 0 {
		m.fact("# decisions:", "answers to the plan's questions")
		m.fact("#   redis-per-product: no", "")
		return
	}
	m.fact("decisions:", "answers to the plan's questions")
	for _, d := range m.old.Decisions {
		if !d.ID.IsSet() || !d.Answer.IsSet() {
			continue
		}
		m.fact("  "+yamlScalar(d.ID.Text)+": "+yamlScalar(d.Answer.Text), "")
	}
}

// dayOf is the day at the beginning of a time as the manifest has it.
func dayOf(text string) (string, bool) {
	const form = "2006-01-02"
	if len(text) < len(form) {
		return "", false
	}
	_, err := time.Parse(form, text[:len(form)])
	return text[:len(form)], err == nil
}

// isCount reports whether a text is a number of instances that the manifest's
// schema allows.
func isCount(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && 1 <= n && n <= 10000 && strconv.Itoa(n) == text
}

// quoted writes a string as a YAML scalar in quotes.
func quoted(s string) string { return string(appendString(nil, s)) }
