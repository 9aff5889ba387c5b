package yamldoc

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

// check holds the document against its schema.
func (d *Doc) check() {
	var fault *jsonschema.ValidationError
	if err := d.form.Schema.Validate(d.value(d.Root)); errors.As(err, &fault) {
		d.faults(fault)
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
func (d *Doc) faults(fault *jsonschema.ValidationError) {
	if len(fault.Causes) > 0 {
		for _, cause := range fault.Causes {
			d.faults(cause)
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
	node, at := d.descend(steps)
	known := schemaAt(d.form.Schema, steps)
	keyword := fault.KeywordLocation[strings.LastIndexByte(fault.KeywordLocation, '/')+1:]
	if keyword == "additionalProperties" && known != nil {
		keys := slices.Sorted(maps.Keys(known.Properties))
		Pairs(node, func(k, _ *yaml.Node) {
			if known.Properties[k.Value] == nil {
				d.Problem(k, suggest(k.Value, "the keys here are", keys), "the key %q is not known", k.Value)
			}
		})
		return
	}
	if keyword == "required" && known != nil && isMistyped(node, known) {
		return
	}
	message, hint := d.explain(keyword, fault.Message, node.Value, known)
	d.Problem(at, hint, "%s", describe(steps)+message)
}

// isMistyped reports whether each key that a mapping lacks is there under a name
// that is near to it and not known, which another problem says.
func isMistyped(n *yaml.Node, known *jsonschema.Schema) bool {
	var has, odd []string
	Pairs(n, func(k, _ *yaml.Node) {
		if has = append(has, k.Value); known.Properties[k.Value] == nil {
			odd = append(odd, k.Value)
		}
	})
	return !slices.ContainsFunc(known.Required, func(want string) bool {
		return !slices.Contains(has, want) && schema.Nearest(want, odd) == ""
	})
}

// explain says in plain words what a keyword of the schema asks for.
func (d *Doc) explain(keyword, message, value string, known *jsonschema.Schema) (what, hint string) {
	hint = d.form.See
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
		return "the number is out of range", rangeOf(known)
	case "minLength", "minItems":
		return "the value is empty", "give one, or leave the key out"
	case "pattern":
		return "the value is no date", "write it as 2026-11-23"
	case "required":
		if len(known.Required) > 1 {
			return "one of the keys " + strings.Join(known.Required, ", ") + " is missing", "add it"
		}
		return "the key " + strings.Join(known.Required, ", ") + " is missing", "add it"
	}
	return message, hint
}

// rangeOf says which numbers a schema allows.
func rangeOf(s *jsonschema.Schema) string {
	if s.Minimum == nil || s.Maximum == nil {
		return "see what the schema allows"
	}
	return "write a number from " + s.Minimum.RatString() + " to " + s.Maximum.RatString()
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
	near := schema.Nearest(text, known)
	if schema.Distance(text, near) >= len(text) { // nothing of it is left
		near = ""
	}
	if p := string(schema.ProductOfFolder(text)); slices.Contains(known, p) { // AD, XMPro-SM
		near = p
	}
	if near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return all + ": " + strings.Join(known, ", ")
}

// descend finds a node by its path, and the one to report for it: itself, or
// its key where it is more than a scalar.
func (d *Doc) descend(steps []string) (n, at *yaml.Node) {
	n, at = d.Root, d.Root
	for _, step := range steps {
		var next *yaml.Node
		switch n.Kind {
		case yaml.MappingNode:
			if i, ok := d.member(n, step); ok {
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
	return n, at
}

// member finds a key of a mapping in its content: the last of equal ones.
func (d *Doc) member(n *yaml.Node, key string) (at int, ok bool) {
	index := d.members[n]
	if index == nil {
		index = make(map[string]int, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			index[n.Content[i].Value] = i
		}
		if d.members == nil {
			d.members = map[*yaml.Node]map[string]int{}
		}
		d.members[n] = index
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
		case s.Items2020 != nil:
			s = s.Items2020
		default:
			s, _ = s.AdditionalProperties.(*jsonschema.Schema)
		}
		for s != nil && s.Ref != nil {
			s = s.Ref
		}
	}
	return s
}
