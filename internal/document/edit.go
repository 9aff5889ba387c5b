package document

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Edit replaces the bytes [Start, End) of a file by New. Offsets are into
// [Text.Raw]: an edit is made by a document, in the file's own encoding, and
// needs nothing but the file's bytes to be carried out.
type Edit struct {
	Start, End int
	New        []byte
}

// Apply carries out edits of one file and returns the new file; raw stays as
// it is. The edits may come in any order; those that insert at one place keep
// theirs. It is an error if two of them overlap or one lies outside the file.
func Apply(raw []byte, edits []Edit) ([]byte, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	size, done := len(raw), 0
	for _, e := range edits {
		switch {
		case e.Start < 0 || e.Start > e.End || e.End > len(raw):
			return nil, fmt.Errorf("edit of bytes %d to %d lies outside the file of %d bytes", e.Start, e.End, len(raw))
		case e.Start < done:
			return nil, fmt.Errorf("edit of bytes %d to %d overlaps one that ends at %d", e.Start, e.End, done)
		}
		done = e.End
		size += len(e.New) - (e.End - e.Start)
	}
	out := make([]byte, 0, size)
	done = 0
	for _, e := range edits {
		out = append(out, raw[done:e.Start]...)
		out = append(out, e.New...)
		done = e.End
	}
	return append(out, raw[done:]...), nil
}

var errEncoding = errors.New("the new text has a character that the file's encoding has not")

// splice is an edit of a text under construction.
type splice struct {
	t     *Text
	start int32
	new   []byte
	bad   bool // something could not be encoded
}

func (t *Text) splice(start int32) *splice { return &splice{t: t, start: start} }

// text adds new text.
func (s *splice) text(parts ...string) *splice {
	for _, part := range parts {
		b, ok := s.t.Encode(part)
		s.new = append(s.new, b...)
		s.bad = s.bad || !ok
	}
	return s
}

// keep adds bytes of the file as they are.
func (s *splice) keep(start, end int32) *splice {
	s.new = append(s.new, s.t.Raw[s.t.RawOffset(start):s.t.RawOffset(end)]...)
	return s
}

// until ends the edit: it replaces the text up to end.
func (s *splice) until(end int32) (Edit, error) {
	if s.bad {
		return Edit{}, errEncoding
	}
	return Edit{Start: s.t.RawOffset(s.start), End: s.t.RawOffset(end), New: s.new}, nil
}
