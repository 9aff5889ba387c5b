package deployment

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
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
	value := r.value(root)
	var fault *jsonschema.ValidationError
	if err := schema.Manifest().Validate(value); errors.As(err, &fault) {
		r.faults(root, fault)
	}
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
func (r *manifestReader) value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		object := make(map[string]any, len(n.Content)/2)
		r.pairs(n, func(k, v *yaml.Node) {
			if _, twice := object[k.Value]; twice {
				r.problem(r.nodePlace(k), fmt.Sprintf("the key %q stands here a second time", k.Value), "keep one of the two")
			}
			object[k.Value] = r.value(v)
		})
		return object
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, c := range n.Content {
			list = append(list, r.value(c))
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
	known := schemaAt(schema.Manifest(), steps)
	keyword := fault.KeywordLocation[strings.LastIndexByte(fault.KeywordLocation, '/')+1:]
	if keyword == "additionalProperties" && known != nil {
		keys := slices.Sorted(maps.Keys(known.Properties))
		r.pairs(node, func(k, _ *yaml.Node) {
			if known.Properties[k.Value] == nil {
				r.problem(r.nodePlace(k), fmt.Sprintf("the key %q is not known", k.Value), suggest(k.Value, "the keys here are", keys))
			}
		})
		return
	}
	message, hint := explain(keyword, fault.Message, node.Value, known)
	r.problem(at, describe(steps)+message, hint)
}

// explain says in plain words what a keyword of the schema asks for.
func explain(keyword, message, value string, known *jsonschema.Schema) (what, hint string) {
	hint = "see the documentation of xmpro.yaml, or run: xmlint schema manifest"
	if known == nil {
		return message, hint
	}
	switch keyword {
	case "enum":
		var allowed []string
		for _, v := range known.Enum {
			allowed = append(allowed, fmt.Sprint(v))
		}
		return "the value is not one that is known", suggest(value, "the values are", allowed)
	case "type":
		switch {
		case slices.Contains(known.Types, "boolean") && len(known.Types) == 1:
			hint = "write true or false, without quotes"
		case slices.Contains(known.Types, "integer"):
			hint = "write a whole number, without quotes"
		}
	case "minimum", "maximum":
		return "the number is out of range", "write a number from 1 to " + strconv.Itoa(maxInstances)
	case "minLength", "minItems":
		return "the value is empty", "give one, or leave the key out"
	case "pattern":
		return "the value is no date", "write it as 2026-11-23"
	case "required":
		return "the key " + strings.Join(known.Required, ", ") + " is missing", "add it"
	}
	return message, hint
}

// describe names the key that a problem is about: apps[0].upgrade.
func describe(steps []string) string {
	var b strings.Builder
	for _, step := range steps {
		switch {
		case strings.Trim(step, "0123456789") == "":
			b.WriteString("[" + step + "]")
			continue
		case b.Len() > 0:
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	return b.String()
}

// suggest is what to write instead of something unknown.
func suggest(text, all string, known []string) string {
	if near := schema.Nearest(text, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return all + ": " + strings.Join(known, ", ")
}

// descend finds a node by its path, and the place to report for it: its own,
// or that of its key where it is more than a scalar.
func (r *manifestReader) descend(n *yaml.Node, steps []string) (*yaml.Node, Place) {
	at := n
	for _, step := range steps {
		var next *yaml.Node
		switch n.Kind {
		case yaml.MappingNode:
			if i, ok := r.member(n, step); ok {
				next, at = n.Content[i+1], n.Content[i]
			}
		case yaml.SequenceNode:
			if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
				next, at = n.Content[i], n.Content[i]
			}
		}
		if next == nil {
			break
		}
		n = next
	}
	if n.Kind == yaml.ScalarNode {
		at = n
	}
	return n, r.nodePlace(at)
}

// member finds a key of a mapping in its content: the last of equal ones.
func (r *manifestReader) member(n *yaml.Node, key string) (at int, ok bool) {
	index := r.members[n]
	if index == nil {
		index = make(map[string]int, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			index[n.Content[i].Value] = i
		}
		if r.members == nil {
			r.members = map[*yaml.Node]map[string]int{}
		}
		r.members[n] = index
	}
	at, ok = index[key]
	return at, ok
}

// schemaAt is the part of a schema that stands for a path; nil where there is
// none.
func schemaAt(s *jsonschema.Schema, steps []string) *jsonschema.Schema {
	for s != nil && s.Ref != nil {
		s = s.Ref
	}
	for _, step := range steps {
		switch {
		case s == nil:
			return nil
		case s.Properties[step] != nil:
			s = s.Properties[step]
		default:
			s = s.Items2020
		}
		for s != nil && s.Ref != nil {
			s = s.Ref
		}
	}
	return s
}
