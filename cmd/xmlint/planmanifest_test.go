package main

import (
	"path"

	"go.yaml.in/yaml/v4"
)

// manifest is an xmpro.yaml that facts are written into.
type manifest struct {
	s    *simulation
	path string
	root *yaml.Node
	*fields
}

// fields is a mapping of it.
type fields struct{ node *yaml.Node }

func (s *simulation) manifest(root string) *manifest {
	s.t.Helper()
	m := &manifest{s: s, path: path.Join(root, "xmpro.yaml"), root: &yaml.Node{}}
	text := []byte("{}\n")
	if s.exists(m.path) {
		text = s.read(m.path)
	}
	if err := yaml.Unmarshal(text, m.root); err != nil {
		s.t.Fatal(err)
	}
	m.fields = &fields{m.root.Content[0]}
	m.node.Style = 0
	return m
}

func (m *manifest) write() {
	m.s.t.Helper()
	text, err := yaml.Marshal(m.root)
	if err != nil {
		m.s.t.Fatal(err)
	}
	m.s.write(m.path, text)
}

// done lists a step as done.
func (m *manifest) done(step string) {
	entry := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	(&fields{entry}).set(scalarNode(step), "step")
	m.add(entry, "done")
}

// app is the entry of an App.
func (m *manifest) app(name string) *fields {
	for _, a := range m.get("apps").Content {
		if f := (&fields{a}); f.get("name").Value == name {
			return f
		}
	}
	m.s.t.Fatalf("the manifest has no App %q", name)
	return nil
}

// get gives what stands below keys, nil where nothing does.
func (f *fields) get(keys ...string) *yaml.Node {
	at := f.node
	for _, key := range keys {
		var found *yaml.Node
		for i := 0; i+1 < len(at.Content); i += 2 {
			if at.Content[i].Value == key {
				found = at.Content[i+1]
			}
		}
		if found == nil {
			return nil
		}
		at = found
	}
	return at
}

// set puts a value below keys, and makes what is missing above it.
func (f *fields) set(value *yaml.Node, keys ...string) {
	at := f.node
	for i, key := range keys {
		last := i == len(keys)-1
		have := (&fields{at}).get(key)
		switch {
		case have == nil:
			have = value
			if !last {
				have = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
			}
			at.Content = append(at.Content, scalarNode(key), have)
		case last:
			*have = *value
		}
		at = have
	}
}

// add puts a value at the end of the list below keys.
func (f *fields) add(value *yaml.Node, keys ...string) {
	if f.get(keys...) == nil {
		f.set(&yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}, keys...)
	}
	list := f.get(keys...)
	list.Content = append(list.Content, value)
}

// scalarNode is a value that stands as it is written.
func scalarNode(text string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(text)
	switch text {
	case "true", "false":
		n.Tag = "!!bool"
	case "1":
		n.Tag = "!!int"
	}
	return n
}
