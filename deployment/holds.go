package deployment

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// HoldsXMPro reports whether anything of the deployment is XMPro's: a manifest,
// a told product, or settings of XMPro. It is false only for a file that was
// given by its name and turns out to be another program's.
func (d *Deployment) HoldsXMPro() bool {
	if d.Manifest != nil {
		return true
	}
	for _, p := range d.Products {
		if p.ID != schema.Unknown {
			return true
		}
		for _, n := range p.Nodes {
			if slices.ContainsFunc(n.Files, holdsXMPro) {
				return true
			}
		}
	}
	return false
}

// holdsXMPro reports whether a file of no told product has XMPro settings, or
// may have them as far as one can see in a file that cannot be parsed.
func holdsXMPro(f *File) bool {
	switch {
	case f.JSON != nil:
		for n := range f.JSON.Children(0) {
			if f.JSON.KeyFold(n, schema.RootSection) || hasSectionPrefix(f.JSON, n) {
				return true
			}
		}
		return false
	case f.XML != nil:
		return tellsSubscriptionManager(f) || setsXMPro(f)
	case f.Text != nil && f.Text.Bytes != nil:
		return containsFold(f.Text.Bytes, schema.RootSection)
	case f.Text != nil:
		// It cannot be decoded: the letters are looked for as most encodings
		// write them.
		return containsFold(bytes.ReplaceAll(f.Text.Raw, []byte{0}, nil), schema.RootSection)
	}
	// A file that cannot be read may hold anything; one that is no regular
	// file is nobody's configuration.
	return f.Err != nil && !errors.Is(f.Err, ErrIrregular)
}

// setsXMPro reports whether an ASP.NET Core web.config has environment
// variables that are settings of XMPro.
func setsXMPro(f *File) bool {
	plain, prefixed, _ := readEnvironment(f)
	return slices.ContainsFunc(append(plain.all, prefixed.all...), func(s EnvSetting) bool { return isSectionPath(s.Path) })
}

// isSectionPath reports whether a setting lies below xmpro.
func isSectionPath(path string) bool {
	const prefix = schema.RootSection + ":"
	return len(path) > len(prefix) && strings.EqualFold(path[:len(prefix)], prefix)
}

// containsFold reports whether b has the ASCII word in any case.
func containsFold(b []byte, word string) bool {
	lower, upper := word[0], word[0]-'a'+'A'
	for len(b) >= len(word) {
		i := bytes.IndexByte(b, lower)
		before := b
		if i >= 0 {
			before = b[:i]
		}
		if j := bytes.IndexByte(before, upper); j >= 0 {
			i = j
		}
		if i < 0 || i+len(word) > len(b) {
			return false
		}
		if strings.EqualFold(string(b[i:i+len(word)]), word) {
			return true
		}
		b = b[i+1:]
	}
	return false
}
