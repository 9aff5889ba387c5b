package deployment

import (
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// Sources of evidence, most trusted first.
const (
	sourceManifest = "manifest"
	sourceSetting  = "SM_VERSION"
	sourceMetadata = "sm-metadata.json"
	sourceDeps     = "deps.json"
)

// evidence collects what the node's folder says of versions beside its
// configuration, and the copies of configuration files in it.
func (l *loader) evidence(d *Deployment, p *Product, n *Node, c *contents) {
	for _, name := range c.copies {
		d.Copies = append(d.Copies, Copy{Path: l.show(path.Join(c.dir, name)), Product: p.ID, Node: n, File: n.Files[0]})
	}
	isSM := p.ID == schema.SubscriptionManager
	if isSM {
		p.ClassicSignalR = p.ClassicSignalR || l.hasSignalR(c)
	}
	for _, e := range c.files {
		switch {
		case e.role == RoleDeps && !isSM && p.ID != schema.Unknown:
			l.depsEvidence(p, c.dir, e)
		case e.role == RoleMetadata && isSM:
			l.metadataEvidence(p, c.dir, e)
		}
	}
}

// metadataEvidence reads the version that the script leaves which prepares
// Subscription Manager's package for Azure.
//
// Source: XMPro's Terraform modules, prepare-sm.ps1, writes sm-metadata.json.
func (l *loader) metadataEvidence(p *Product, dir string, e entry) {
	f := l.read(dir, e)
	if f.JSON == nil {
		return
	}
	id := f.JSON.Find("version")
	if id == document.None {
		return
	}
	if text, ok := f.JSON.Str(id); ok && strings.TrimSpace(text) != "" {
		l.addVersion(p, text, sourceMetadata, Place{f, f.JSON.Nodes[id].Value})
	}
}

// webEvidence reads the version that the installer leaves in <appSettings>. Of
// several the last is the one that counts.
//
// Source: XMPro's Windows installer, Update-SMWebConfig, writes SM_VERSION.
func (l *loader) webEvidence(w *WebConfig, p *Product) {
	isVersion := func(d *XML, key int32) bool { return attrIs(d, key, sourceSetting) }
	for _, a := range w.AddedSettings(isVersion) {
		if a.Value < 0 {
			continue
		}
		place := a.Hidden
		if place.IsZero() {
			place = Place{a.File, a.XML.Attrs[a.Value].Value}
		}
		if text := a.XML.AttrValue(a.Value); strings.TrimSpace(text) != "" {
			l.addVersion(p, text, sourceSetting, place)
		}
	}
}

// addVersion adds a piece of evidence where the same place has not given it
// before.
func (l *loader) addVersion(p *Product, text, source string, place Place) {
	if e := (Evidence{l.arena.version(text), source, place}); !slices.Contains(p.Versions, e) {
		p.Versions = append(p.Versions, e)
	}
}

// hasSignalR looks for classic ASP.NET SignalR in the product's bin.
func (l *loader) hasSignalR(c *contents) bool {
	bin := c.about().bin
	if bin == "" {
		return false
	}
	entries, _ := fs.ReadDir(l.group.source.FS, path.Join(c.dir, bin))
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		name := strings.ToLower(e.Name())
		return strings.HasPrefix(name, "microsoft.aspnet.signalr") && strings.HasSuffix(name, ".dll")
	})
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
			place := Place{f, d.Nodes[n].Key}
			switch {
			case strings.EqualFold(name, "StackExchange.Redis"):
				p.RedisClient = append(p.RedisClient, Evidence{schema.ParseVersion(version), sourceDeps, place})
			case strings.EqualFold(name, own) && strings.HasPrefix(strings.ToLower(name), "xm") && schema.ParseVersion(version).Core() != "1.0.0":
				l.addVersion(p, version, sourceDeps, place)
			}
		}
	}
}

// addManifestEvidence adds what the manifest says.
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
	l.addVersion(p, said.Text, sourceManifest, said.Place)
}

// sortVersions puts the most trusted evidence first.
func (p *Product) sortVersions() {
	if len(p.Versions) < 2 {
		return
	}
	rank := func(e Evidence) int {
		return slices.Index([]string{sourceManifest, sourceSetting, sourceMetadata, sourceDeps}, e.Source)
	}
	slices.SortStableFunc(p.Versions, func(a, b Evidence) int { return rank(a) - rank(b) })
}

// count reads a number of instances; 0 where it is none.
func count(s Scalar) int {
	n, err := strconv.ParseFloat(strings.TrimSpace(s.Text), 64) // the schema takes 2.0 for an integer
	if err != nil || n < 1 || n > maxInstances || n != math.Trunc(n) {
		return 0
	}
	return int(n)
}

// maxInstances is the schema's.
const maxInstances = 10000

// attrIs reports whether an attribute is written as this text, in any case.
func attrIs(d *document.XML, attr int32, text string) bool {
	v := d.Attrs[attr].Value
	return v.Len() == len(text)+2 && document.EqualFoldBytes(d.Text.Bytes[v.Start+1:v.End-1], text)
}
