package deployment

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// readManifest reads the group's xmpro.yaml. What is wrong with it becomes a
// Problem; the rest is used.
func (l *loader) readManifest() {
	f := l.readYAML()
	m := &Manifest{File: f}
	l.first.Manifest = m
	if f.Err != nil {
		return
	}
	r := manifestReader{m: m, text: f.Text}
	var root yaml.Node
	if err := yaml.Load(f.Text.Bytes, &root); err != nil {
		r.syntax(err)
		return
	}
	if len(root.Content) == 0 {
		return
	}
	r.check(root.Content[0])
	r.read(root.Content[0])
	if len(l.group.source.Files) == 0 {
		r.checkPaths(l)
	}
}

// maxManifest is the size in bytes over which a manifest is refused: it is
// written by hand.
const maxManifest = 1 << 20

func (l *loader) readYAML() *File {
	name := path.Join(l.group.dir, l.group.manifest)
	f := &File{Path: l.group.source.show(name), Role: RoleManifest, Active: true}
	limits := l.opts.Limits
	limits.MaxBytes = min(limits.Limit(), maxManifest)
	raw, err := l.arena.read(l.group.source.FS, name, limits.MaxBytes)
	if err != nil {
		f.Err = err
		return f
	}
	f.Text, f.Err = document.DecodeJSON(f.Path, raw, limits)
	return f
}

// manifestReader fills in a Manifest.
type manifestReader struct {
	m    *Manifest
	text *document.Text
}

func (r *manifestReader) problem(at Place, message, hint string) {
	r.m.Problems = append(r.m.Problems, Problem{at, message, hint})
}

// syntax reports that the file is no YAML.
func (r *manifestReader) syntax(err error) {
	var many *yaml.LoadErrors
	if errors.As(err, &many) && len(many.Errors) > 0 {
		err = many.Errors[0]
		if len(r.text.Bytes) == 0 || strings.Contains(err.Error(), "no documents") {
			return // an empty manifest says nothing, and is none the worse
		}
	}
	var fault *yaml.LoadError
	place := r.m.File.Start()
	message := "the file is not YAML"
	if errors.As(err, &fault) {
		if line := fault.Mark.Line; line > 0 {
			place = r.place(line, max(fault.Mark.Column, 1), 1)
		}
		message += ": " + fault.Message
	}
	r.problem(place, message, "quote values that hold a colon, a # or a bracket, and indent with blanks")
}

// place is the place of width characters at a line and column, from 1.
func (r *manifestReader) place(line, column, width int) Place {
	return Place{r.m.File, r.text.SpanAt(line, column, width)}
}

func (r *manifestReader) nodePlace(n *yaml.Node) Place {
	if n.Kind != yaml.ScalarNode {
		return r.place(n.Line, n.Column, 1)
	}
	width := len([]rune(n.Value))
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		width += 2
	}
	return r.place(n.Line, n.Column, width)
}

// pairs calls f for each key of a mapping; keys that come twice, and aliases,
// are problems.
func (r *manifestReader) pairs(n *yaml.Node, f func(key, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f(n.Content[i], n.Content[i+1])
	}
}

func (r *manifestReader) scalar(n *yaml.Node) Scalar {
	if n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return Scalar{}
	}
	return Scalar{Text: n.Value, Place: r.nodePlace(n)}
}

func (r *manifestReader) flag(n *yaml.Node) Flag {
	if n == nil || n.Tag != "!!bool" {
		return Flag{}
	}
	return Flag{Known: true, Value: strings.EqualFold(n.Value, "true"), Place: r.nodePlace(n)}
}

// read takes the facts out of the document, each as far as it has the form
// that it shall have.
func (r *manifestReader) read(root *yaml.Node) {
	m := r.m
	products := map[string]*yaml.Node{}
	places := map[string]Place{}
	r.pairs(root, func(key, value *yaml.Node) {
		switch key.Value {
		case "name":
			m.Name = r.scalar(value)
		case "version":
			m.Version = r.scalar(value)
		case "hosting":
			m.Hosting = r.scalar(value)
		case "environment":
			m.Environment = r.scalar(value)
		case "products":
			r.pairs(value, func(key, value *yaml.Node) {
				products[key.Value], places[key.Value] = value, r.nodePlace(key)
			})
		case "load_balancer":
			r.pairs(value, func(key, value *yaml.Node) {
				if key.Value == "sticky" {
					m.Sticky = r.flag(value)
				}
			})
		case "redis":
			m.HasRedis, m.Redis.Place = true, r.nodePlace(key)
			r.redis(value)
		case "connectors":
			r.pairs(value, func(key, value *yaml.Node) {
				if key.Value != "data-streams" {
					return
				}
				m.HasConnectors = true
				for _, item := range items(value) {
					if s := r.scalar(item); s.IsSet() {
						m.Connectors = append(m.Connectors, s)
					}
				}
			})
		case "apps":
			for _, item := range items(value) {
				r.app(item)
			}
		case "done":
			for _, item := range items(value) {
				var d Done
				r.pairs(item, func(key, value *yaml.Node) {
					switch key.Value {
					case "step":
						d.Step = r.scalar(value)
					case "on":
						d.On = r.scalar(value)
					}
				})
				if d.Step.IsSet() {
					m.Done = append(m.Done, d)
				}
			}
		case "decisions":
			r.pairs(value, func(key, value *yaml.Node) {
				m.Decisions = append(m.Decisions, Decision{r.scalar(key), r.scalar(value)})
			})
		}
	})
	for _, id := range schema.Products() {
		if value, ok := products[string(id)]; ok {
			m.Products = append(m.Products, r.product(id, places[string(id)], value))
		}
	}
}

func items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

func (r *manifestReader) redis(n *yaml.Node) {
	r.pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "connection":
			r.m.Redis.Connection = r.scalar(value)
		case "service":
			r.m.Redis.Service = r.scalar(value)
		case "cluster":
			r.m.Redis.Cluster = r.flag(value)
		}
	})
}

func (r *manifestReader) app(n *yaml.Node) {
	a := App{Place: r.nodePlace(n)}
	r.pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "name":
			a.Name = r.scalar(value)
		case "connector":
			a.Connector = r.scalar(value)
		case "upgrade":
			a.Upgrade = r.flag(value)
		case "cache_loss":
			a.CacheLoss = r.scalar(value)
		}
	})
	if a.Name.IsSet() {
		r.m.Apps = append(r.m.Apps, a)
	}
}

func (r *manifestReader) product(id schema.Product, place Place, n *yaml.Node) *ManifestProduct {
	p := &ManifestProduct{ID: id, Place: place}
	r.pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "path":
			p.Path = r.scalar(value)
		case "version":
			p.Version = r.scalar(value)
		case "instances":
			p.Instances = r.scalar(value)
		case "target_instances":
			p.TargetInstances = r.scalar(value)
		case "nodes":
			for _, item := range items(value) {
				var node ManifestNode
				r.pairs(item, func(key, value *yaml.Node) {
					switch key.Value {
					case "name":
						node.Name = r.scalar(value)
					case "path":
						node.Path = r.scalar(value)
					}
				})
				if node.Name.IsSet() {
					p.Nodes = append(p.Nodes, node)
				}
			}
		}
	})
	return p
}

// checkPaths reports folders that the manifest names and that are not there.
func (r *manifestReader) checkPaths(l *loader) {
	for _, p := range r.m.Products {
		r.checkPath(l, p.Path)
		for _, n := range p.Nodes {
			r.checkPath(l, n.Path)
		}
	}
}

func (r *manifestReader) checkPath(l *loader, s Scalar) {
	if !s.IsSet() {
		return
	}
	name := clean(s.Text)
	if path.IsAbs(name) || name == ".." || strings.HasPrefix(name, "../") || strings.Contains(name, ":") {
		r.problem(s.Place, "the path leaves the deployment's folder", "give a folder below the one of xmpro.yaml, relative to it")
		return
	}
	full := path.Join(l.group.dir, name)
	for i := range l.group.folders {
		if strings.EqualFold(l.group.folders[i].dir, full) {
			return
		}
	}
	if info, err := fs.Stat(l.group.source.FS, full); err != nil || !info.IsDir() {
		r.problem(s.Place, fmt.Sprintf("there is no folder %q", name), "correct the path, or leave it out where the product's files are not in this tree")
	}
}
