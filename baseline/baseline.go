// Package baseline knows the findings that a repository had when a baseline was
// written, so that only new ones are reported.
//
// An entry is a finding without its place and without any value: its
// fingerprint, and a hash that is the same in every deployment. So a baseline
// survives that files are laid out anew, that settings change their order, and
// that folders get other names. Entries are compared as a multiset: two equal
// findings need two entries.
package baseline

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

// FormatVersion is the version of the file.
const FormatVersion = "1"

// Deployment is what a baseline has of one deployment. Root is its folder, as
// [Places] calls it.
type Deployment struct {
	Name     string  `json:"name"`
	Root     string  `json:"root"`
	Findings []Entry `json:"findings"`
}

// Entry is one finding. All but the last two are for people who read it.
type Entry struct {
	Rule        string `json:"rule"`
	Name        string `json:"name"`
	Product     string `json:"product,omitempty"`
	Node        string `json:"node,omitempty"`
	File        string `json:"file,omitempty"` // without its folders
	Setting     string `json:"setting,omitempty"`
	Fingerprint string `json:"fingerprint"`
	Portable    string `json:"portable"` // the fingerprint without the deployment
}

// NewEntry is the entry of a finding.
func NewEntry(f *lint.Finding) Entry {
	return Entry{
		Rule: f.Rule.ID, Name: f.Rule.Name, Product: string(f.Product), Node: f.Node,
		File: path.Base(f.Path), Setting: f.Setting,
		Fingerprint: f.Fingerprint, Portable: f.Portable(),
	}
}

// Baseline is a baseline that was read.
type Baseline struct {
	roots map[string]*known
	order []*known // as in the file
}

// known is what is known of one deployment.
type known struct {
	name, root string
	entries    []entry
	here       bool // something is where it was, among what is looked at
	gone       bool // nothing is where it was
	found      bool // it has moved
}

type entry struct {
	rule                  string
	fingerprint, portable hash
}

type hash [16]byte

// Parse reads a baseline. Name is how errors call it; they say where. It may be
// in UTF-16, as PowerShell writes what a program prints.
func Parse(name string, raw []byte) (*Baseline, error) {
	decoded, err := document.DecodeJSON(name, raw, document.Limits{MaxBytes: math.MaxInt64})
	if err != nil {
		return nil, err
	}
	var file struct {
		FormatVersion string       `json:"format_version"`
		Deployments   []Deployment `json:"deployments"`
		Findings      []any        `json:"findings"`
	}
	if err := json.Unmarshal(decoded.Bytes, &file); err != nil {
		return nil, fault(decoded, err)
	}
	switch {
	case file.Findings != nil:
		return nil, fmt.Errorf("%s: this is a report, not a baseline", name)
	case file.FormatVersion != FormatVersion:
		return nil, fmt.Errorf("%s: its format_version is %q, not %q", name, file.FormatVersion, FormatVersion)
	case file.Deployments == nil:
		return nil, fmt.Errorf("%s: it has no deployments: this is no baseline", name)
	}
	b := &Baseline{roots: map[string]*known{}}
	rules := map[string]string{} // each id once in memory
	for _, d := range file.Deployments {
		k := b.roots[d.Root]
		if k == nil {
			k = &known{name: d.Name, root: d.Root}
			b.roots[d.Root] = k
			b.order = append(b.order, k)
		}
		for _, e := range d.Findings {
			one := entry{rule: rules[e.Rule]}
			if one.rule == "" {
				rules[e.Rule], one.rule = e.Rule, e.Rule
			}
			if !one.fingerprint.read(e.Fingerprint) || !one.portable.read(e.Portable) {
				return nil, fmt.Errorf("%s: an entry of %q for %s has no fingerprint", name, d.Root, e.Rule)
			}
			k.entries = append(k.entries, one)
		}
	}
	return b, nil
}

func (h *hash) read(text string) bool {
	if len(text) != 2*len(h) {
		return false
	}
	n, err := hex.Decode(h[:], []byte(text))
	return err == nil && n == len(h)
}

func hashOf(text string) (h hash) {
	h.read(text)
	return h
}

// fault says what is wrong with a file, and where as far as it is known.
func fault(text *document.Text, err error) error {
	var off int64
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		off = syntax.Offset
	case errors.As(err, &kind):
		off = kind.Offset
		err = fmt.Errorf("this is no baseline: %s cannot be of the type %s", cmp.Or(kind.Field, "the document"), kind.Value)
	default:
		return fmt.Errorf("%s: %w", text.Name, err)
	}
	p := text.Position(int32(min(max(off-1, 0), int64(len(text.Bytes)))))
	return fmt.Errorf("%s:%d:%d: %w", text.Name, p.Line, p.Column, err)
}
