package deployment

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/yamldoc"
	"github.com/xmlint/xmlint/schema"
)

// fact is a scalar that is no secret: where it holds one, that is masked. It may
// be a connection string in the wrong place.
func (r *manifestReader) fact(n *yaml.Node) Scalar {
	s := r.scalar(n)
	s.Text = maskText(s.Text)
	return s
}

// scalar is a scalar as written.
func (r *manifestReader) scalar(n *yaml.Node) Scalar {
	if n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return Scalar{}
	}
	text := n.Value
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		text = strings.TrimRight(text, "\n") // the form's, not the value's
	}
	return Scalar{Text: text, Place: r.nodePlace(n)}
}

func (r *manifestReader) flag(n *yaml.Node) Flag {
	switch {
	case n == nil || n.Tag == "!!null":
		return Flag{}
	case n.Tag != "!!bool":
		return Flag{Place: r.nodePlace(n)}
	}
	return Flag{Known: true, Value: strings.EqualFold(n.Value, "true"), Place: r.nodePlace(n)}
}

// read takes the facts out of the document, each as far as it has the form
// that it shall have.
func (r *manifestReader) read(root *yaml.Node) {
	m := r.m
	products := map[string]*yaml.Node{}
	places := map[string]Place{}
	yamldoc.Pairs(root, func(key, value *yaml.Node) {
		switch key.Value {
		case "name":
			m.Name = r.fact(value)
		case "version":
			m.Version = r.fact(value)
		case "hosting":
			m.Hosting = r.fact(value)
		case "environment":
			m.Environment = r.fact(value)
		case "products":
			yamldoc.Pairs(value, func(key, value *yaml.Node) {
				products[key.Value], places[key.Value] = value, r.nodePlace(key)
			})
		case "load_balancer":
			yamldoc.Pairs(value, func(key, value *yaml.Node) {
				if key.Value == "sticky" {
					m.Sticky = r.flag(value)
				}
			})
		case "redis":
			m.HasRedis, m.Redis.Place = true, r.nodePlace(key)
			r.redis(value)
		case "connectors":
			yamldoc.Pairs(value, func(key, value *yaml.Node) {
				if key.Value == "data-streams" {
					r.connectors(value)
				}
			})
		case "apps":
			for _, item := range yamldoc.Items(value) {
				r.app(item)
			}
		case "done":
			for i, item := range yamldoc.Items(value) {
				r.done(i, item)
			}
		case "decisions":
			yamldoc.Pairs(value, func(key, value *yaml.Node) {
				m.Decisions = append(m.Decisions, Decision{r.fact(key), r.fact(value)})
			})
		}
	})
	for _, id := range schema.Products() {
		if value, ok := products[string(id)]; ok {
			m.Products = append(m.Products, r.product(id, places[string(id)], value))
		}
	}
}

func (r *manifestReader) connectors(n *yaml.Node) {
	r.m.HasConnectors = true
	for _, item := range yamldoc.Items(n) {
		if s := r.fact(item); s.IsSet() {
			r.m.Connectors = append(r.m.Connectors, s)
		}
	}
}

// done reads the i-th entry of done.
func (r *manifestReader) done(i int, n *yaml.Node) {
	var d Done
	yamldoc.Pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "step":
			d.Step = r.fact(value)
		case "on":
			d.On = r.fact(value)
			if hasNoSuchDay(d.On.Text) {
				r.problem(d.On.Place, fmt.Sprintf("done[%d].on: the value is no date", i), "write it as 2026-11-23")
			}
		}
	})
	if d.Step.IsSet() {
		r.m.Done = append(r.m.Done, d)
	}
}

func (r *manifestReader) redis(n *yaml.Node) {
	yamldoc.Pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "connection":
			r.m.Redis.Connection = r.scalar(value)
		case "service":
			r.m.Redis.Service = r.fact(value)
		case "cluster":
			r.m.Redis.Cluster = r.flag(value)
		}
	})
}

func (r *manifestReader) app(n *yaml.Node) {
	a := App{Place: r.nodePlace(n)}
	yamldoc.Pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "name":
			a.Name = r.fact(value)
		case "connector":
			a.Connector = r.fact(value)
		case "upgrade":
			a.Upgrade = r.flag(value)
		case "cache_loss":
			a.CacheLoss = r.fact(value)
		}
	})
	if a.Name.IsSet() {
		r.m.Apps = append(r.m.Apps, a)
	}
}

func (r *manifestReader) product(id schema.Product, place Place, n *yaml.Node) *ManifestProduct {
	p := &ManifestProduct{ID: id, Place: place}
	yamldoc.Pairs(n, func(key, value *yaml.Node) {
		switch key.Value {
		case "path":
			p.Path = r.scalar(value)
		case "version":
			p.Version = r.fact(value)
		case "instances":
			p.Instances = r.fact(value)
		case "target_instances":
			p.TargetInstances = r.fact(value)
		case "nodes":
			for _, item := range yamldoc.Items(value) {
				var node ManifestNode
				yamldoc.Pairs(item, func(key, value *yaml.Node) {
					switch key.Value {
					case "name":
						node.Name = r.fact(value)
					case "path":
						node.Path = r.scalar(value)
					}
				})
				if node.Name.IsSet() && !r.isTwice(p, node) {
					p.Nodes = append(p.Nodes, node)
				}
			}
		}
	})
	return p
}

// isTwice reports whether a product has a node of that name, and reports it.
func (r *manifestReader) isTwice(p *ManifestProduct, node ManifestNode) bool {
	if !slices.ContainsFunc(p.Nodes, func(n ManifestNode) bool { return n.Name.Text == node.Name.Text }) {
		return false
	}
	r.problem(node.Name.Place, fmt.Sprintf("the node %q stands here a second time", node.Name.Text), "give each node a name of its own")
	return true
}

// hasNoSuchDay reports whether a text has the form of a date and is none, which
// a pattern cannot say.
func hasNoSuchDay(text string) bool {
	const form = "2006-01-02"
	if len(text) < len(form) {
		return false
	}
	for i := range len(form) {
		if c := text[i]; form[i] == '-' && c != '-' || form[i] != '-' && (c < '0' || '9' < c) {
			return false // the schema says so
		}
	}
	_, err := time.Parse(form, text[:len(form)])
	return err != nil
}
