package rules

import (
	"bytes"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// stray is an autoScale that stands where its product never looks.
type stray struct {
	place lint.Place
	path  string // where it stands, in the file's own terms
	file  *deployment.File
	json  document.NodeID // the member, where it is one; else None
	xml   document.NodeID // the element, where it is one of a file; else None
	env   *deployment.EnvSetting
	meant string // of a variable, or of a key that is written like one: the setting that was meant
	shape string // what it is that cannot hold the settings: "a list"
	taken bool   // of a member: the file has something in the right place already
}

// misplaced goes through the strays of a node, and ends early where report
// gives false.
func misplaced(n *deployment.Node, report func(stray) bool) bool {
	for _, f := range n.Files {
		switch {
		case settings(f):
			if !misplacedJSON(f, report) {
				return false
			}
		case f.XML != nil && f.Role == deployment.RoleAspNetCore:
			if !misplacedXML(f, f.XML, deployment.Place{}, report) {
				return false
			}
		}
	}
	if w := n.Web; w != nil {
		if !misplacedXML(w.File, w.File.XML, deployment.Place{}, report) {
			return false
		}
		if p := w.Protected; p != nil && p.Opened != nil && !misplacedXML(w.File, p.Opened.XML, p.Place, report) {
			return false
		}
	}
	return envNames(n, func(s *deployment.EnvSetting, path string, misplaced bool) bool {
		return !misplaced || report(stray{place: s.Origin.KeyPlace(), path: s.Name, file: s.Origin.File, json: document.None, xml: document.None, env: s, meant: path})
	})
}

// misplacedJSON looks at every key of a file. Most are told apart by their
// length.
func misplacedJSON(f *deployment.File, report func(stray) bool) bool {
	const quoted = len(`"autoScale"`)
	d := f.JSON
	plain := d.PlainKeys() && !bytes.Contains(d.Bytes, []byte("__"))
	looked, taken := false, false
	found := func(n document.NodeID, meant string) bool {
		if !looked { // once, however many there are
			looked, taken = true, hasPath(d, schema.AutoScale)
		}
		return report(stray{place: lint.Place{File: f, Span: d.Nodes[n].Key}, path: d.Path(n), file: f, json: n, xml: document.None, meant: meant, taken: taken})
	}
	for i := range d.Nodes {
		n := document.NodeID(i)
		if l := d.Nodes[n].Key.Len(); l < quoted || l > quoted && plain {
			continue
		}
		if d.Nodes[n].Key.Len() == quoted {
			if !d.KeyFold(n, "autoScale") {
				continue
			}
			if d.Nodes[n].Parent >= 0 && isSection(d, d.Nodes[n].Parent) {
				if !misshaped(f, n, report) {
					return false
				}
				continue
			}
		} else if meant := underscored(d, n); meant != "" {
			if !found(n, meant) {
				return false
			}
			continue
		} else if !longKeyStrays(d, n) {
			continue
		}
		if !meant(d, n) {
			continue
		}
		if !found(n, "") {
			return false
		}
	}
	return true
}

// misshaped looks whether autoScale, in its right place, is what can hold the
// settings: an object, and the settings single values. What is empty or null is
// not there.
func misshaped(f *deployment.File, n document.NodeID, report func(stray) bool) bool {
	d := f.JSON
	at := func(n document.NodeID, shape string) bool {
		return report(stray{place: lint.Place{File: f, Span: d.Nodes[n].Key}, path: d.Path(n), file: f, json: n, xml: document.None, shape: shape, taken: true})
	}
	switch d.Nodes[n].Kind {
	case document.Object:
		for c := range d.Children(n) {
			_, s := spell(keyText(d, c), 2)
			if (s == exact || s == cased) && !d.IsLeaf(c) && !at(c, shapeOf(d, c)) {
				return false
			}
		}
	case document.Array:
		return d.IsLeaf(n) || at(n, "a list")
	default:
		if value, _ := d.Str(n); value != "" {
			return at(n, "a single value")
		}
	}
	return true
}

// shapeOf says what a value is that holds others.
func shapeOf(d *document.JSON, n document.NodeID) string {
	if d.Nodes[n].Kind == document.Array {
		return "a list"
	}
	return "an object"
}

// underscored is the setting that a key stands for which is written like an
// environment variable, where it is one of Auto Scale; empty for other keys.
func underscored(d *document.JSON, n document.NodeID) string {
	raw := d.Bytes[d.Nodes[n].Key.Start+1 : d.Nodes[n].Key.End-1]
	if !bytes.Contains(raw, []byte("__")) {
		return ""
	}
	return variableSetting(d.Path(n))
}

// isSection reports whether a node is the root's member xmpro.
func isSection(d *document.JSON, n document.NodeID) bool {
	return d.Nodes[n].Parent == 0 && d.KeyFold(n, schema.RootSection)
}

// longKeyStrays reports whether a key that is a path of several names, or has
// escapes, names autoScale in a wrong place.
func longKeyStrays(d *document.JSON, n document.NodeID) bool {
	raw := d.Bytes[d.Nodes[n].Key.Start+1 : d.Nodes[n].Key.End-1]
	if bytes.IndexByte(raw, ':') < 0 && bytes.IndexByte(raw, '\\') < 0 {
		return false
	}
	key := keyText(d, n)
	for from, rest := 0, key; ; {
		name, below, more := bytes.Cut(rest, []byte(":"))
		if document.EqualFoldBytes(name, "autoScale") {
			above := d.Path(d.Nodes[n].Parent) + ":" + string(key[:from])
			return !document.EqualFold(strings.Trim(above, ":"), schema.RootSection)
		}
		if !more {
			return false
		}
		from, rest = from+len(name)+1, below
	}
}

// meant reports whether a member named autoScale was meant to be XMPro's: it is
// in the root or in xmpro, or holds what the section holds. Other programs
// have settings of that name too.
func meant(d *document.JSON, n document.NodeID) bool {
	path := d.Path(n)
	first, below, more := strings.Cut(path, ":")
	if !more || document.EqualFold(first, schema.RootSection) {
		return true
	}
	if _, s := spell([]byte(first), 0); s == typo {
		if next, _, _ := strings.Cut(below, ":"); document.EqualFold(next, "autoScale") {
			return false // XM2007: it is in the right place of a misspelled section
		}
	}
	for c := range d.Children(n) {
		if _, s := spell(keyText(d, c), 2); s == exact || s == cased {
			return true
		}
	}
	last := path[strings.LastIndexByte(path, ':')+1:]
	_, s := spell([]byte(last), 2)
	return s == exact || s == cased
}
