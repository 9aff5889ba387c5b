package rules

import (
	"iter"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
)

// environments are those that products may run in beside the base alone, "",
// by the names of their overlays. There are none where each product's
// environment is known.
type environments []string

func environmentsOf(products ...*deployment.Product) (envs environments) {
	for _, p := range products {
		for _, n := range p.Nodes {
			if len(n.Views) < 2 {
				continue
			}
			for _, v := range n.Views {
				if v.Environment != "" && envs.find(v.Environment) < 0 {
					envs = append(envs, v.Environment)
				}
			}
		}
	}
	return envs
}

func (e environments) find(env string) int {
	return slices.IndexFunc(e, func(name string) bool { return strings.EqualFold(name, env) })
}

// standard is the environment that .NET takes where none is set, as far as it
// has an overlay; else the base alone.
func (e environments) standard() string {
	if i := e.find("Production"); i >= 0 {
		return e[i]
	}
	return ""
}

// eachWhere goes through the environments in which something holds. It does not
// where that is the base alone, and there is an overlay that .NET takes when no
// environment is set: then nothing tells that the base ever stands alone.
func (e environments) eachWhere(holds func(env string) bool, do func(env string)) {
	var all []string
	for _, env := range e {
		if holds(env) {
			all = append(all, env)
		}
	}
	if holds("") && (len(all) > 0 || e.standard() == "") {
		do("")
	}
	for _, env := range all {
		do(env)
	}
}

// viewIn is what a node sees in an environment: its only view where its own is
// known, the base alone where it has no overlay for it.
func viewIn(n *deployment.Node, env string) *deployment.View {
	for _, v := range n.Views {
		if strings.EqualFold(v.Environment, env) {
			return v
		}
	}
	return n.Views[0]
}

// spotsIn goes through the view of every node of a product in an environment.
func spotsIn(p *deployment.Product, env string) iter.Seq[spot] {
	return func(yield func(spot) bool) {
		for _, n := range p.Nodes {
			if !yield(spot{p, n, viewIn(n, env)}) {
				return
			}
		}
	}
}

// inEnvironment names the spot's environment where the node has several views.
func (s spot) inEnvironment() string {
	switch {
	case len(s.node.Views) < 2:
		return ""
	case s.view.Environment == "":
		return " without an overlay"
	}
	return " in the environment " + quote(s.view.Environment)
}
