package yamldoc

import "go.yaml.in/yaml/v4"

// Pairs calls f for each key of a mapping; for anything else it does nothing.
func Pairs(n *yaml.Node, f func(key, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f(n.Content[i], n.Content[i+1])
	}
}

// Items are the elements of a list; of anything else there are none.
func Items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

// OneOrMore are the elements of a list; a scalar is a list of itself.
func OneOrMore(n *yaml.Node) []*yaml.Node {
	if n != nil && n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		return []*yaml.Node{n}
	}
	return Items(n)
}

// Text is a scalar as written; empty for null and for what is no scalar.
func Text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return ""
	}
	return n.Value
}
