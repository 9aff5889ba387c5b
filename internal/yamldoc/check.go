package yamldoc

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/schema"
)

// check holds the document against its schema.
func (d *Doc) check(s *jsonschema.Schema) {
	var fault *jsonschema.ValidationError
	if err := s.Validate(d.value(d.Root)); errors.As(err, &fault) {
		d.faults(s, fault)
	}
}

// value is a node as JSON Schema sees it: scalars keep their spelling.
func (d *Doc) value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		object := make(map[string]any, len(n.Content)/2)
		Pairs(n, func(k, v *yaml.Node) {
			if _, twice := object[k.Value]; twice {
				d.Problem(k, "keep one of the two", "the key %q stands here a second time", k.Value)
			}
			object[k.Value] = d.value(v)
		})
		return object
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, c := range n.Content {
			list = append(list, d.value(c))
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
func (d *Doc) faults(s *jsonschema.Schema, fault *jsonschema.ValidationError) {
	if len(fault.Causes) > 0 {
		for _, cause := range fault.Causes {
			d.faults(s, cause)
		}
		return
	}
	steps := stepsOf(fault.InstanceLocation)
	node, at := descend(d.Root, steps)
	if strings.HasSuffix(fault.KeywordLocation, "/additionalProperties") {
		known := knownKeys(s, steps)
		Pairs(node, func(k, _ *yaml.Node) {
			if !slices.Contains(known, k.Value) {
				d.Problem(k, suggest(k.Value, known), "the key %q is not known", k.Value)
			}
		})
		return
	}
	keyword := fault.KeywordLocation[strings.LastIndexByte(fault.KeywordLocation, '/')+1:]
	message, hint := d.explain(keyword, fault.Message, node, schemaAt(s, steps))
	d.Problem(at, hint, "%s", describe(steps)+message)
}

// explain says in plain words what a keyword of the schema asks for.
func (d *Doc) explain(keyword, message string, node *yaml.Node, s *jsonschema.Schema) (what, hint string) {
	if s == nil {
		return message, d.see
	}
	switch keyword {
	case "enum":
		var known []string
		for _, v := range s.Enum {
			if word, ok := v.(string); ok {
				known = append(known, word)
			}
		}
		return "the value is not one that is known", suggest(node.Value, known)
	case "minLength", "minItems":
		return "the value is empty", "give one, or leave the key out"
	case "required":
		return "one of the keys is missing: " + strings.Join(s.Required, ", "), "add it"
	}
	return message, d.see
}

// describe names the key that a problem is about: suppress[0].rules.
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

// stepsOf takes a JSON pointer apart.
func stepsOf(pointer string) []string {
	var steps []string
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if step == "" {
			continue
		}
		if plain, err := url.PathUnescape(step); err == nil {
			step = plain
		}
		steps = append(steps, strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
	}
	return steps
}

// suggest is what to write instead of an unknown word.
func suggest(word string, known []string) string {
	if near := schema.Nearest(word, known); near != "" {
		return "did you mean " + strconv.Quote(near) + "?"
	}
	return "what can stand here: " + strings.Join(known, ", ")
}

// descend finds a node by its path, and the one to report for it.
func descend(n *yaml.Node, steps []string) (node, at *yaml.Node) {
	at = n
	for _, step := range steps {
		switch n.Kind {
		case yaml.MappingNode:
			var next *yaml.Node
			Pairs(n, func(k, v *yaml.Node) {
				if k.Value == step {
					next, at = v, k
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
			at = n
		}
	}
	if n.Kind == yaml.ScalarNode {
		at = n
	}
	return n, at
}

// schemaAt is the schema of a path; nil where it says nothing about it.
func schemaAt(s *jsonschema.Schema, steps []string) *jsonschema.Schema {
	for s != nil && s.Ref != nil {
		s = s.Ref
	}
	for _, step := range steps {
		if s == nil {
			return nil
		}
		below, _ := s.AdditionalProperties.(*jsonschema.Schema)
		switch {
		case s.Properties[step] != nil:
			s = s.Properties[step]
		case s.Items2020 != nil:
			s = s.Items2020
		default:
			s = below
		}
		for s != nil && s.Ref != nil {
			s = s.Ref
		}
	}
	return s
}

// knownKeys are the keys that the schema has at a path.
func knownKeys(s *jsonschema.Schema, steps []string) []string {
	var keys []string
	if s = schemaAt(s, steps); s != nil {
		for key := range s.Properties {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
