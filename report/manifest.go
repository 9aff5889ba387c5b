package report

import (
	"path"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// Draft is an xmpro.yaml for a deployment that has none.
type Draft struct {
	Deployment string `json:"deployment"`
	Root       string `json:"root"`
	Path       string `json:"path"`    // of the file
	Exists     bool   `json:"exists"`  // there is one already
	Written    bool   `json:"written"` // it was created
	Text       string `json:"text"`
}

// NewDraft fills an xmpro.yaml with what the files of a deployment say. What
// they do not say stands as a comment with a hint.
func NewDraft(d *deployment.Deployment) Draft {
	m := manifestDraft{d: d}
	m.head()
	m.products()
	m.rest()
	return Draft{
		Deployment: d.Name, Root: d.Root, Path: path.Join(d.Root, deployment.ManifestName),
		Exists: d.Manifest != nil, Text: string(m.text),
	}
}

// manifestDraft is an xmpro.yaml, being written.
type manifestDraft struct {
	d    *deployment.Deployment
	text []byte
}

// fact writes a line, and a comment behind it.
func (m *manifestDraft) fact(line, hint string) {
	if hint != "" {
		line += strings.Repeat(" ", max(2, 36-len(line))) + "# " + hint
	}
	m.text = append(append(m.text, line...), '\n')
}

func (m *manifestDraft) head() {
	m.fact("# Facts about this deployment that its configuration files do not hold. Every key", "")
	m.fact("# is optional: fill in what you know, delete the rest. Lines with # are examples.", "")
	if name := m.d.Name; name != "" && name != "." && name != "/" {
		m.fact("name: "+yamlScalar(name), "how reports call it")
	} else {
		m.fact("# name: acme-production", "how reports call it")
	}
	if v := m.shared(); v != "" {
		m.fact("version: "+yamlScalar(v), "as found; correct it after an upgrade")
	} else {
		m.fact("# version: 4.2.3", "the suite's installed version, where all products share it")
	}
	m.fact("# hosting: iis", strings.Join(schema.Hostings(), " | "))
	if env := m.environment(); env != "" {
		m.fact("environment: "+yamlScalar(env), "as found in web.config")
	} else {
		m.fact("# environment: Production", "which appsettings.<Environment>.json the products read")
	}
}

// shared is the version that all products have as far as the files say; empty
// where they say nothing or differ.
func (m *manifestDraft) shared() string {
	found := ""
	for _, p := range m.d.Products {
		v := p.Version()
		switch {
		case !v.Known():
		case found == "" || found == v.Text:
			found = v.Text
		default:
			return ""
		}
	}
	return found
}

// environment is the one that all nodes say they run in.
func (m *manifestDraft) environment() string {
	found := ""
	for _, p := range m.d.Products {
		for _, n := range p.Nodes {
			switch {
			case n.EnvironmentPlace.IsZero():
			case found == "" || found == n.Environment:
				found = n.Environment
			default:
				return ""
			}
		}
	}
	return found
}

func (m *manifestDraft) products() {
	var told, untold []*deployment.Product
	for _, p := range m.d.Products {
		if p.ID == schema.Unknown {
			untold = append(untold, p)
		} else {
			told = append(told, p)
		}
	}
	if len(told) == 0 {
		m.fact("# products:", "")
		m.fact("#   app-designer:", "app-designer, data-stream-designer, subscription-manager, ai, stream-host")
		m.fact("#     path: AppDesigner", "the folder, relative to this file")
	} else {
		m.fact("products:", "")
	}
	for _, p := range told {
		m.product(p)
	}
	for _, p := range untold {
		for _, f := range p.Files() {
			m.fact("# "+visible(f.Path)+": whose it is could not be told; name its product and path above", "")
		}
	}
}

func (m *manifestDraft) product(p *deployment.Product) {
	m.fact("  "+string(p.ID)+":", "")
	if dir, ok := m.below(p.Nodes[0].Dir); ok && len(p.Nodes) == 1 {
		m.fact("    path: "+yamlScalar(dir), "")
	}
	if v := p.Version(); v.Known() && m.shared() == "" {
		m.fact("    version: "+yamlScalar(v.Text), "as found")
	}
	if !p.ID.UsesRedis() {
		return
	}
	m.fact("    # instances: 1", "how many run now")
	m.fact("    # target_instances: 2", "how many shall run in the end")
	if p.ID == schema.SubscriptionManager {
		m.fact("    # nodes: [{name: sm-01, path: sm-01}, {name: sm-02, path: sm-02}]", "instead of path, where each has a folder here")
	}
}

// below is a folder relative to the deployment's root; false where the
// manifest cannot name it.
func (m *manifestDraft) below(dir string) (string, bool) {
	if dir == m.d.Root {
		return ".", true
	}
	if m.d.Root != "." {
		var ok bool
		if dir, ok = strings.CutPrefix(dir, strings.TrimSuffix(m.d.Root, "/")+"/"); !ok {
			return "", false
		}
	}
	return dir, !strings.Contains(dir, ":") && dir != ""
}

func (m *manifestDraft) rest() {
	m.fact("# load_balancer: {sticky: true}", "whether it keeps a user on one instance")
	m.fact("# redis:", "")
	m.fact(`#   connection: "cache01:6379,ssl=True,abortConnect=False"`, "what migrate writes")
	m.fact("#   service: self-hosted", strings.Join(schema.RedisServices(), " | "))
	m.fact("#   cluster: false", "whether it is a Redis Cluster")
	m.fact("# connectors:", "")
	m.fact(`#   data-streams: ["1.07", "2.0"]`, "versions of the Data Streams Connector that are uploaded in App Designer")
	m.fact("# apps:", "each App that uses the Data Streams Connector, and whether to upgrade it")
	m.fact(`#   - {name: Pump Health, connector: "1.07", upgrade: true, cache_loss: accepted}`, "")
	m.fact("# done:", "steps of the plan that no file can show")
	m.fact("#   - {step: backup, on: 2026-11-23}", "")
	m.fact("# decisions:", "answers to the plan's questions")
	m.fact("#   redis-per-product: no", "")
}

// yamlScalar writes a string as a YAML scalar.
func yamlScalar(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._/-", r)
	}
	switch strings.ToLower(s) {
	case "", "yes", "no", "true", "false", "on", "off", "null", "y", "n":
		return string(appendString(nil, s))
	}
	first := rune(s[0])
	switch {
	case strings.TrimFunc(s, plain) != "":
	case first|0x20 >= 'a' && first|0x20 <= 'z', s == ".":
		return s
	case strings.Count(s, ".") >= 2 && strings.Trim(s, "0123456789.") == "": // a version, no number
		return s
	}
	return string(appendString(nil, s))
}
