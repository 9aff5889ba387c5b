package rules

import (
	"bytes"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// The path of the Auto Scale settings has three levels: xmpro, autoScale, and
// the two settings. names are the right names at each.
var names = [...][]string{
	{"xmpro"},
	{"autoScale"},
	{"enabled", "connectionString"},
}

// paths are the settings' paths up to each name.
var paths = [...][]string{
	{schema.RootSection},
	{schema.AutoScale},
	{schema.Enabled, schema.Connection},
}

// spelling is how a name is written.
type spelling uint8

const (
	other spelling = iota // another name
	exact                 // as the vendor writes it
	cased                 // right but for the casing
	typo                  // near: mistyped
)

// spell judges a name at a level of the path; which is the index of the name
// that it is, or is near to.
func spell(name []byte, level int) (which int, s spelling) {
	for i, want := range names[level] {
		switch {
		case string(name) == want:
			return i, exact
		case document.EqualFoldBytes(name, want):
			return i, cased
		case schema.Near(name, want) && !known(name, level):
			return i, typo
		}
	}
	return 0, other
}

// known reports whether a name is one of those that products have at a level.
func known(name []byte, level int) bool {
	all := schema.RootKeys
	switch level {
	case 1:
		all = schema.SectionKeys
	case 2:
		all = schema.AutoScaleKeys
	}
	for _, k := range all() {
		if document.EqualFoldBytes(name, k) {
			return true
		}
	}
	return false
}

// misname is a name in the path of the Auto Scale settings that is not written
// as the vendor writes it.
type misname struct {
	file     *deployment.File
	node     document.NodeID
	level    int
	which    int
	spelling spelling
	from, to int // the name in the key, where the key is a path of several
	base     int // the level of the key's first name
}

// want is the right name, path the path up to it.
func (m misname) want() string { return names[m.level][m.which] }
func (m misname) path() string { return paths[m.level][m.which] }

// settings reports whether a file's JSON settings are to be judged: it is one
// that the product reads, and .NET does not refuse it.
func settings(f *deployment.File) bool {
	if f.JSON == nil || f.Err != nil || !f.Active || len(f.JSON.Nodes) == 0 {
		return false
	}
	return f.Role == deployment.RoleBase || f.Role == deployment.RoleOverlay || f.Role == deployment.RoleNamed
}

// misnames goes through the names of a JSON file that lead to the Auto Scale
// settings and are not exact. Below a name that is mistyped it does not look.
// It ends early where report gives false.
func misnames(f *deployment.File, report func(misname) bool) bool {
	return misnamesBelow(f, 0, 0, report)
}

func misnamesBelow(f *deployment.File, parent document.NodeID, level int, report func(misname) bool) bool {
	d := f.JSON
	for c, end := parent+1, d.Nodes[parent].Next; c < end; c = d.Nodes[c].Next {
		below, ok := misnamesIn(f, c, level, report)
		if !ok || below > 0 && below < len(names) && d.Nodes[c].Kind == document.Object && !misnamesBelow(f, c, below, report) {
			return false
		}
	}
	return true
}

// misnamesIn judges one key, which may be a path of several names. It gives
// the level below it; 0 where the path leads elsewhere.
func misnamesIn(f *deployment.File, n document.NodeID, level int, report func(misname) bool) (below int, ok bool) {
	key, base := keyText(f.JSON, n), level
	for from := 0; level < len(names); {
		name := key[from:]
		colon := bytes.IndexByte(name, ':')
		if colon >= 0 {
			name = name[:colon]
		}
		which, s := spell(name, level)
		switch {
		case s == other:
			return 0, true
		case s == typo && level == 0 && colon < 0 && f.JSON.Nodes[n].Kind != document.Object:
			return 0, true // a lone value: no section was meant
		case s != exact && !report(misname{f, n, level, which, s, from, from + len(name), base}):
			return 0, false
		case s == typo:
			return 0, true
		}
		level++
		if colon < 0 {
			return level, true
		}
		from += colon + 1
	}
	return 0, true
}

// keyText is the text of a key. It allocates only where the key has escapes.
func keyText(d *document.JSON, n document.NodeID) []byte {
	k := d.Nodes[n].Key
	if k.Len() < 2 {
		return nil
	}
	raw := d.Bytes[k.Start+1 : k.End-1]
	if bytes.IndexByte(raw, '\\') >= 0 {
		return []byte(d.Key(n))
	}
	return raw
}

// oddNames tells which spellings there are in the JSON files of a deployment
// besides the vendor's, as a set of bits by [spelling]; the rules on names
// share the look at the files.
func oddNames(pass *lint.Pass) uint8 {
	type key struct{}
	return lint.Once(pass, key{}, func(d *deployment.Deployment) uint8 {
		var odd uint8
		for _, p := range d.Products {
			for _, n := range p.Nodes {
				for _, f := range n.Files {
					if settings(f) {
						misnames(f, func(m misname) bool {
							odd |= 1 << m.spelling
							return true
						})
					}
				}
			}
		}
		return odd
	})
}
