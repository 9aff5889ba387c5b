package migrate

import (
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/mask"
)

// entry is one setting of one file: where it stands, how it is called, and
// what the application gets.
type entry struct {
	path  string
	value string
	null  bool
}

// flatten lists the settings of a file, in its order.
func flatten(f *deployment.File) []entry {
	switch {
	case f == nil:
		return nil
	case f.JSON != nil:
		return flattenJSON(f.JSON)
	case f.XML != nil:
		w := xmlWalk{d: f.XML, looks: document.None}
		w.element(f.XML.Root(), "")
		return w.found
	}
	return nil
}

func flattenJSON(d *document.JSON) []entry {
	var all []entry
	for n := range d.Leaves() {
		value, ok := d.Str(n)
		all = append(all, entry{d.Path(n), value, !ok})
	}
	return all
}

// xmlWalk lists what a web.config holds as settings: attributes and texts by
// the names of the elements around them, without the root's.
type xmlWalk struct {
	d     *document.XML
	found []entry
	// Where looks is an element, seen is what it is called.
	looks document.NodeID
	seen  string
}

func (w *xmlWalk) element(n document.NodeID, at string) {
	d := w.d
	if n == document.None {
		return
	}
	if n == w.looks {
		w.seen = at
	}
	node := &d.Nodes[n]
	if text := d.TextOf(n); text != "" {
		w.found = append(w.found, entry{path: at, value: text})
	}
	key, value := keyed(d, n)
	for a := node.AttrFrom; a < node.AttrTo; a++ {
		path := join(at, d.AttrName(a))
		switch a {
		case key:
			continue
		case value:
			path = at
		}
		w.found = append(w.found, entry{path: path, value: d.AttrValue(a)})
	}
	count, index := map[string]int{}, map[string]int{}
	for c := range d.Children(n) {
		count[w.name(c)]++
	}
	for c := range d.Children(n) {
		name := w.name(c)
		path := join(at, name)
		if count[name] > 1 {
			path = join(path, strconv.Itoa(index[name]))
			index[name]++
		}
		if !w.leaf(c) {
			w.found = append(w.found, entry{path: path, null: true})
		}
		w.element(c, path)
	}
}

// leaf reports whether an element shows up in the list by itself.
func (w *xmlWalk) leaf(n document.NodeID) bool {
	node := &w.d.Nodes[n]
	return node.AttrTo > node.AttrFrom || node.Next > n+1
}

// name is how an element is called in a path: an <add> and its kin by their
// key.
func (w *xmlWalk) name(n document.NodeID) string {
	if key, _ := keyed(w.d, n); key >= 0 {
		return w.d.AttrValue(key)
	}
	return w.d.Name(n)
}

// elementPath is what flatten calls an element.
func elementPath(d *document.XML, n document.NodeID) string {
	w := xmlWalk{d: d, looks: n}
	w.element(d.Root(), "")
	return w.seen
}

// keyed gives the attributes of an element that names one setting and its
// value; -1 where it is none.
func keyed(d *document.XML, n document.NodeID) (key, value int32) {
	switch d.Name(n) {
	case "add":
		key, value = d.AttrNode(n, "key"), d.AttrNode(n, "value")
	case "environmentVariable":
		key, value = d.AttrNode(n, "name"), d.AttrNode(n, "value")
	default:
		return -1, -1
	}
	if key < 0 || value < 0 {
		return -1, -1
	}
	return key, value
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + ":" + name
}

// fold is equal for paths that the application takes for one setting.
func fold(f *deployment.File, path string) string {
	if f.XML != nil {
		return path
	}
	return string(document.AppendFold(nil, []byte(path)))
}

// change is one setting that differs between two readings of a file.
type change struct {
	path     string // as the later reading spells it, else the earlier
	was      string // as the earlier one spells it, where that differs
	from, to entry
	had, has bool
}

// compare lists what differs between two readings of a file, in order of the
// earlier one; what is new comes last. Settings that differ only in how their
// names are written are listed too: then from and to are equal.
func compare(old, new *deployment.File) []change {
	before, after := flatten(old), flatten(new)
	at := make(map[string][]int, len(after))
	for i, e := range after {
		k := fold(new, e.path)
		at[k] = append(at[k], i)
	}
	taken := make([]bool, len(after))
	var all []change
	for _, b := range before {
		k := fold(old, b.path)
		if len(at[k]) == 0 {
			all = append(all, change{path: b.path, from: b, had: true})
			continue
		}
		i := at[k][0]
		at[k] = at[k][1:]
		taken[i] = true
		if a := after[i]; a != b {
			c := change{path: a.path, from: b, to: a, had: true, has: true}
			if a.path != b.path {
				c.was = b.path
			}
			all = append(all, c)
		}
	}
	for i, a := range after {
		if !taken[i] {
			all = append(all, change{path: a.path, to: a, has: true})
		}
	}
	return all
}

// maskedEntry gives a value as outputs may show it.
func maskedEntry(path string, e entry) string {
	if e.null {
		return ""
	}
	return mask.Value(settingOf(path), e.value)
}

// settingOf is the configuration path that a setting of a file stands for: an
// environment variable, or a key of <appSettings>, by what it overrides.
func settingOf(path string) string {
	last := path[strings.LastIndexByte(path, ':')+1:]
	if _, err := strconv.Atoi(last); err == nil && strings.Contains(path, "__") {
		// One of several of that name.
		if one := settingOf(path[:len(path)-len(last)-1]); one != path[:len(path)-len(last)-1] {
			return one
		}
	}
	if strings.Contains(last, "__") {
		setting := strings.ReplaceAll(last, "__", ":")
		if prefix := strings.ReplaceAll(deployment.Prefix, "__", ":"); len(setting) > len(prefix) && document.EqualFold(setting[:len(prefix)], prefix) {
			setting = setting[len(prefix):]
		}
		return setting
	}
	return path
}
