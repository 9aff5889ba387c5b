package deployment

import (
	"slices"

	"github.com/xmlint/xmlint/internal/document"
)

// AddedSetting is an <add> of <appSettings> that counts.
type AddedSetting struct {
	File   *File
	XML    *XML   // where Node is, which is the plain text of a section that a key opened where Hidden is not zero
	Root   NodeID // the element around it
	Node   NodeID
	Key    int32 // its attribute key
	Value  int32 // its attribute value, -1 where it has none
	Hidden Place // the place to name instead of its own
}

// AddedSettings are the settings of <appSettings>, and of the files that it
// names, as far as they can be read, whose attribute key want likes. What a
// later <remove> or <clear> takes back is left out, and of keys that are equal
// but for case all but the last.
//
// Source: Microsoft, AppSettingsSection: a collection of add, remove and clear
// that are carried out in order, first those of web.config, then those of the
// file; KeyValueConfigurationCollection: the last of equal keys replaces the
// others.
func (w *WebConfig) AddedSettings(want func(d *XML, key int32) bool) []AddedSetting {
	var added []AddedSetting
	var last map[string]int // the index of each key, in upper case
	takeBack := func(folded string) {
		if i, ok := last[folded]; ok {
			added[i].Node = document.None
		}
	}
	for part := range w.settingsParts {
		d := part.xml
		for n := range d.Children(part.root) {
			switch {
			case d.IsNamed(n, "add"):
				key := d.AttrNode(n, "key")
				if key < 0 || !want(d, key) {
					continue
				}
				folded := fold(d.AttrValue(key))
				takeBack(folded)
				if last == nil {
					last = map[string]int{}
				}
				last[folded] = len(added)
				added = append(added, AddedSetting{part.file, d, part.root, n, key, d.AttrNode(n, "value"), part.hidden})
			case len(added) == 0:
			case d.IsNamed(n, "clear"):
				added = added[:0]
				clear(last)
			case d.IsNamed(n, "remove"):
				if key, ok := d.Attr(n, "key"); ok {
					takeBack(fold(key))
				}
			}
		}
	}
	return slices.DeleteFunc(added, func(a AddedSetting) bool { return a.Node == document.None })
}

// fold is equal for keys that are equal but for case.
func fold(key string) string { return string(document.AppendFold(nil, []byte(key))) }
