package deployment

import (
	"path"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// evidence collects what the node's folder says of versions, and the copies of
// configuration files in it.
func (l *loader) evidence(d *Deployment, p *Product, n *Node, c *contents) {
	for _, name := range c.copies {
		var of *File
		if len(n.Files) > 0 {
			of = n.Files[0]
		}
		d.Copies = append(d.Copies, Copy{Path: l.group.source.show(path.Join(c.dir, name)), Product: p.ID, Node: n, File: of})
	}
	if p.ID == schema.Unknown {
		return
	}
	if p.ID == schema.SubscriptionManager {
		l.webEvidence(p, n)
		l.signalR(p, c)
	}
	for _, e := range c.files {
		switch e.role {
		case RoleDeps:
			l.depsEvidence(p, c.dir, e)
		case RoleMetadata:
			f := l.read(c.dir, e)
			if f.JSON == nil {
				continue
			}
			if id := f.JSON.Find("version"); id != document.None {
				if text, ok := f.JSON.Str(id); ok && text != "" {
					p.Versions = append(p.Versions, Evidence{schema.ParseVersion(text), "sm-metadata.json", Place{f, f.JSON.Nodes[id].Value}})
				}
			}
		}
	}
}

// webEvidence reads the version that the installer leaves in <appSettings>.
//
// Source: XMPro's Windows installer, Update-SMWebConfig, writes SM_VERSION.
func (l *loader) webEvidence(p *Product, n *Node) {
	f := n.Files[0]
	if f.XML == nil {
		return
	}
	d := f.XML
	settings := d.Child(d.Root(), "appSettings")
	if settings == document.None {
		return
	}
	for add := range d.Children(settings) {
		key := d.AttrNode(add, "key")
		if key < 0 || !attrIs(d, key, "SM_VERSION") {
			continue
		}
		value := d.AttrNode(add, "value")
		if value < 0 {
			continue
		}
		if text := d.AttrValue(value); strings.TrimSpace(text) != "" {
			p.Versions = append(p.Versions, Evidence{schema.ParseVersion(text), "SM_VERSION", Place{f, d.Attrs[value].Value}})
		}
	}
}

// signalR looks for classic ASP.NET SignalR in the product's bin.
func (l *loader) signalR(p *Product, c *contents) {
	if c.about().bin == "" {
		return
	}
	for _, e := range l.list(path.Join(c.dir, c.about().bin)) {
		name := strings.ToLower(e.Name())
		if strings.HasPrefix(name, "microsoft.aspnet.signalr") && strings.HasSuffix(name, ".dll") {
			p.ClassicSignalR = true
			return
		}
	}
}

// depsEvidence reads the product's own version and that of its Redis client
// from *.deps.json. A version 1.0.0 of the product's own is what the build
// writes where nobody sets one, and says nothing.
//
// Source: .NET, "runtime configuration file (deps.json)": libraries are named
// NAME/VERSION.
func (l *loader) depsEvidence(p *Product, dir string, e entry) {
	f := l.read(dir, e)
	if f.JSON == nil {
		return
	}
	own := e.name[:len(e.name)-len(".deps.json")]
	d := f.JSON
	for _, libraries := range d.FindAll("libraries") {
		for n := range d.Children(libraries) {
			name, version, ok := strings.Cut(d.Key(n), "/")
			if !ok {
				continue
			}
			ev := Evidence{schema.ParseVersion(version), "deps.json", Place{f, d.Nodes[n].Key}}
			switch {
			case strings.EqualFold(name, "StackExchange.Redis"):
				p.RedisClient = append(p.RedisClient, ev)
			case strings.EqualFold(name, own) && strings.HasPrefix(strings.ToLower(name), "xm") && ev.Version.Core() != "1.0.0":
				p.Versions = append(p.Versions, ev)
			}
		}
	}
}

// addManifestEvidence puts what the manifest says first.
func (l *loader) addManifestEvidence(m *Manifest, p *Product) {
	if m == nil || p.ID == schema.Unknown {
		return
	}
	said := m.Version
	if p.Manifest != nil && p.Manifest.Version.IsSet() {
		said = p.Manifest.Version
	}
	if !said.IsSet() || strings.TrimSpace(said.Text) == "" {
		return
	}
	p.Versions = append([]Evidence{{schema.ParseVersion(said.Text), "manifest", said.Place}}, p.Versions...)
}

// count reads a number of instances; 0 where it is none.
func count(s Scalar) int {
	n, err := strconv.Atoi(strings.TrimSpace(s.Text))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// attrIs tells whether an attribute is written as exactly this text.
func attrIs(d *document.XML, attr int32, text string) bool {
	v := d.Attrs[attr].Value
	return v.Len() == len(text)+2 && string(d.Text.Bytes[v.Start+1:v.End-1]) == text
}
