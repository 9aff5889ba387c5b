package report

import (
	"path"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/schema"
)

// Draft is an xmpro.yaml for a deployment. Where it has one already, the draft
// says the same and what was found beside it.
type Draft struct {
	Deployment string `json:"deployment"`
	Root       string `json:"root"`
	Path       string `json:"path"`    // of the file
	Exists     bool   `json:"exists"`  // there is one already
	Written    bool   `json:"written"` // it was created
	Text       string `json:"text"`
	// Folders are those of the deployment's products. A manifest in one of them
	// would make a deployment of its own of what lies there.
	Folders []string `json:"-"`
}

// NewDraft fills an xmpro.yaml with what the files of a deployment say. What
// they do not say stands as a comment with a hint.
func NewDraft(d *deployment.Deployment) Draft {
	m := manifestDraft{d: d, old: d.Manifest}
	if m.old == nil {
		m.old = &deployment.Manifest{}
	}
	m.head()
	m.products()
	m.rest()
	return Draft{
		Deployment: d.Name, Root: d.Root, Path: path.Join(d.Root, deployment.ManifestName),
		Exists: d.Manifest != nil, Text: string(m.text), Folders: m.folders(),
	}
}

func (m *manifestDraft) folders() []string {
	var dirs []string
	for _, p := range m.d.Products {
		for _, n := range p.Nodes {
			if n.Dir != "" && !slices.Contains(dirs, n.Dir) {
				dirs = append(dirs, n.Dir)
			}
		}
	}
	return dirs
}

// manifestDraft is an xmpro.yaml, being written.
type manifestDraft struct {
	d    *deployment.Deployment
	old  *deployment.Manifest // the one that is there; says nothing where there is none
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
	if v := m.old.Version; v.IsSet() {
		m.fact("version: "+yamlScalar(v.Text), "correct it after an upgrade")
	} else if v := m.shared(); v != "" {
		m.fact("version: "+yamlScalar(v), "as found; correct it after an upgrade")
	} else {
		m.fact("# version: 4.2.3", "the suite's installed version, where all products share it")
	}
	if hostings := schema.Hostings(); slices.Contains(hostings, m.old.Hosting.Text) {
		m.fact("hosting: "+m.old.Hosting.Text, "")
	} else {
		m.fact("# hosting: iis", strings.Join(hostings, " | "))
	}
	if env := m.old.Environment.Text; env != "" {
		m.fact("environment: "+yamlScalar(env), "")
	} else if env := m.environment(); env != "" {
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

// environment is the one that all nodes say they run in; Subscription Manager
// has none.
func (m *manifestDraft) environment() string {
	found := ""
	for _, p := range m.d.Products {
		if p.ID == schema.SubscriptionManager {
			continue
		}
		for _, n := range p.Nodes {
			switch {
			case n.EnvironmentPlace.IsZero():
				return ""
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
			m.fact("# "+visible.String(f.Path)+": whose it is could not be told; name its product and path above", "")
		}
	}
}

func (m *manifestDraft) product(p *deployment.Product) {
	old := p.Manifest
	if old == nil {
		old = &deployment.ManifestProduct{}
	}
	m.fact("  "+string(p.ID)+":", "")
	m.path(p, old)
	switch v := p.Version(); {
	case old.Version.IsSet():
		m.fact("    version: "+yamlScalar(old.Version.Text), "")
	case v.Known() && !m.old.Version.IsSet() && m.shared() == "":
		m.fact("    version: "+yamlScalar(v.Text), "as found")
	}
	isCounted := p.ID.UsesRedis()
	switch {
	case len(old.Nodes) > 0: // their number is that of the instances
	case isCount(old.Instances.Text):
		m.fact("    instances: "+old.Instances.Text, "")
	case isCounted:
		m.fact("    # instances: 1", "how many run now")
	}
	switch {
	case isCount(old.TargetInstances.Text):
		m.fact("    target_instances: "+old.TargetInstances.Text, "")
	case isCounted:
		m.fact("    # target_instances: 2", "how many shall run in the end")
	}
	switch {
	case len(old.Nodes) > 0:
		m.nodes(p, old)
	case p.ID == schema.SubscriptionManager:
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
	return dir, !strings.ContainsAny(dir, `:\`) && dir != ""
}

// yamlScalar writes a string as a YAML scalar. What looks like a secret, which
// no fact of a manifest is, is masked.
func yamlScalar(s string) string {
	s = deployment.Mask("", s)
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
