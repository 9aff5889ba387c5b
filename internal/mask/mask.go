// Package mask says what of a file may not be shown, and what is shown in its
// place: of a file's text for excerpts and diffs, of a single value for lists of
// settings.
//
// A value is a secret by its path, or has one in it; see [Value]. Everything
// else in a file is no setting, and may hold a secret all the same: a comment
// an old password, the text of an element a cipher. Where a fault hides what is
// a value and what is a path, all is masked that is not plainly structure.
package mask

import (
	"cmp"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/schema"
)

// Patch replaces the bytes [Start, End) of a text. What it has in their place
// can be printed: a terminal obeys nothing in it; see [visible.String].
type Patch struct {
	Start, End int32
	Text       string
}

// Prose says what becomes of the parts of a file that are no settings: comments
// and the texts of elements.
type Prose uint8

const (
	// Hide masks them all.
	Hide Prose = iota
	// Suspect masks those that name a secret or have the form of one. It is
	// for diffs, which are no patch any more where something is hidden.
	Suspect
)

// Patches says what to replace in the bytes [start, end) of a file's text so
// that they can be shown. Patches are in order, do not overlap, and may reach
// over both ends.
func Patches(f *deployment.File, start, end int32, prose Prose) []Patch {
	m := masking{start: start, end: end, prose: prose}
	switch {
	case f.JSON != nil && len(f.JSON.Nodes) > 0:
		m.json(f.JSON)
	case f.XML != nil && len(f.XML.Nodes) > 0:
		m.xml(f.XML)
	case f.Role == deployment.RoleManifest:
		m.patches = manifestPatches(f.Text.Bytes, start, end)
	default:
		m.patches = structurePatches(f, start, end)
	}
	return settle(m.patches)
}

// masking collects the patches of one part of a text.
type masking struct {
	start, end int32
	prose      Prose
	patches    []Patch
}

// shows reports whether a part of the text is among what is shown.
func (m *masking) shows(s document.Span) bool { return s.Start < m.end && s.End > m.start }

func (m *masking) hide(s document.Span, shown string) {
	m.patches = append(m.patches, Patch{s.Start, s.End, visible.String(shown)})
}

// value masks what is secret of a value. written is its span in the text,
// without quotes.
func (m *masking) value(text []byte, written document.Span, path, value string) {
	masked := Value(path, value)
	if masked == value {
		return
	}
	if string(text[written.Start:written.End]) == value && masked != schema.Mask {
		if parts, ok := maskedParts(value, masked); ok {
			for _, p := range parts {
				m.hide(document.Span{Start: written.Start + p.Start, End: written.Start + p.End}, p.Text)
			}
			return
		}
	}
	m.hide(written, masked)
}

// settle sorts patches, and lets the earlier and longer one win where two
// overlap.
func settle(patches []Patch) []Patch {
	slices.SortStableFunc(patches, func(a, b Patch) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	kept := patches[:0]
	last := int32(-1)
	for _, p := range patches {
		switch {
		case p.Start >= p.End:
		case p.Start >= last:
			kept = append(kept, p)
			last = p.End
		case p.End > last:
			// What overlaps is masked to its end, as a part of the one before.
			kept[len(kept)-1].End = p.End
			last = p.End
		}
	}
	return kept
}
