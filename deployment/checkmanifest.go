package deployment

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/schema"
)

// maxManifestDepth bounds the nesting of a manifest: the schema needs 6.
const maxManifestDepth = 32

// check holds the manifest against its JSON Schema.
func (r *manifestReader) check(root *yaml.Node) {
	if r.tooDeep(root, maxManifestDepth) {
		return
	}
	value := r.value(root, "")
	var fault *jsonschema.ValidationError
	if err := schema.Manifest().Validate(value); errors.As(err, &fault) {
		r.faults(root, fault)
	}
	sort.SliceStable(r.m.Problems, func(i, j int) bool {
		return r.m.Problems[i].Place.Span.Start < r.m.Problems[j].Place.Span.Start
	})
}

// tooDeep reports nesting that nothing in the schema asks for, and aliases,
// which can make a small file a large one.
func (r *manifestReader) tooDeep(n *yaml.Node, left int) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.problem(r.nodePlace(n), "anchors and aliases are not read", "write the value out")
		return true
	case left == 0:
		r.problem(r.nodePlace(n), "the manifest is nested too deeply", "see the keys in the documentation of xmpro.yaml")
		return true
	}
	return slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return r.tooDeep(c, left-1) })
}

// value is a node as JSON Schema sees it: scalars keep their spelling.
func (r *manifestReader) value(n *yaml.Node, key string) any {
	switch n.Kind {
	case yaml.MappingNode:
		object := make(map[string]any, len(n.Content)/2)
		r.pairs(n, func(k, v *yaml.Node) {
			if _, twice := object[k.Value]; twice {
				r.problem(r.nodePlace(k), fmt.Sprintf("the key %q stands here a second time", k.Value), "keep one of the two")
			}
			object[k.Value] = r.value(v, k.Value)
		})
		return object
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, c := range n.Content {
			list = append(list, r.value(c, key))
		}
		return list
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
	}
	return n.Value
}

// faults turns a validation error into problems: one for each leaf.
func (r *manifestReader) faults(root *yaml.Node, fault *jsonschema.ValidationError) {
	if len(fault.Causes) > 0 {
		for _, cause := range fault.Causes {
			r.faults(root, cause)
		}
		return
	}
	var steps []string
	for step := range strings.SplitSeq(strings.TrimPrefix(fault.InstanceLocation, "/"), "/") {
		if step == "" {
			continue
		}
		if plain, err := url.PathUnescape(step); err == nil {
			step = plain
		}
		steps = append(steps, strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
	}
	node, at := r.descend(root, steps)
	if strings.HasSuffix(fault.KeywordLocation, "/additionalProperties") {
		known := knownKeys(schema.Manifest(), steps)
		r.pairs(node, func(k, _ *yaml.Node) {
			if !slices.Contains(known, k.Value) {
				r.problem(r.nodePlace(k), fmt.Sprintf("the key %q is not known", k.Value), suggest(k.Value, known))
			}
		})
		return
	}
	r.problem(at, describe(steps)+fault.Message, "see the documentation of xmpro.yaml, or run: xmlint schema manifest")
}

// describe names the key that a problem is about.
func describe(steps []string) string {
	if len(steps) == 0 {
		return ""
	}
	return strings.Join(steps, ".") + ": "
}

// suggest is what to write instead of an unknown key.
func suggest(key string, known []string) string {
	if near := schema.Nearest(key, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "the keys here are: " + strings.Join(known, ", ")
}

// descend finds a node by its path, and the place to report for it.
func (r *manifestReader) descend(n *yaml.Node, steps []string) (*yaml.Node, Place) {
	at := r.nodePlace(n)
	for _, step := range steps {
		switch n.Kind {
		case yaml.MappingNode:
			var next *yaml.Node
			r.pairs(n, func(k, v *yaml.Node) {
				if k.Value == step {
					next, at = v, r.nodePlace(k)
				}
			})
			if next == nil {
				return n, at
			}
			n = next
		case yaml.SequenceNode:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(n.Content) {
				return n, at
			}
			n = n.Content[i]
			at = r.nodePlace(n)
		}
	}
	if n.Kind == yaml.ScalarNode {
		at = r.nodePlace(n)
	}
	return n, at
}

// knownKeys are the keys that the schema has at a path.
func knownKeys(s *jsonschema.Schema, steps []string) []string {
	for s.Ref != nil {
		s = s.Ref
	}
	for _, step := range steps {
		switch {
		case s.Properties[step] != nil:
			s = s.Properties[step]
		case s.Items2020 != nil:
			s = s.Items2020
		default:
			return nil
		}
		for s.Ref != nil {
			s = s.Ref
		}
	}
	keys := make([]string, 0, len(s.Properties))
	for key := range s.Properties {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
