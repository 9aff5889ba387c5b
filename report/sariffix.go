package report

import (
	"cmp"
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/mask"
	"github.com/xmlint/xmlint/lint"
)

// shownFileLimit is the size over which a file's fixes are only named: to see
// what an edit brings along the file is read again for each. shownLimit is how
// many bytes are read again for one deployment: then its other fixes are only
// named, or time would grow with the square of what is wrong in a file.
const (
	shownFileLimit = 1 << 20
	shownLimit     = 16 << 20
)

// appendSARIFFixes appends the member fixes where a finding has edits that may
// be shown, and takes what it reads for that from room.
func appendSARIFFixes(dst []byte, f *lint.Finding, room *int) []byte {
	// Without a place the deployment is not there any more.
	if f.Fix == nil || f.Fix.Edits == nil || f.Place.IsZero() || *room <= 0 {
		return dst
	}
	if t := f.Place.File.Text; t != nil { // the fix itself may be worked out of all of it
		*room -= len(t.Raw)
	}
	files, err := f.Fix.Edits()
	if err != nil || len(files) == 0 {
		return dst
	}
	description := sentence(f.Fix.Title)
	if f.Fix.Safety != lint.Safe {
		description += " A person should look at the result."
	}
	start := len(dst)
	dst = appendString(append(dst, `,"fixes":[{"description":{"text":`...), description)
	dst = append(dst, `},"artifactChanges":[`...)
	for i, file := range files {
		shown, ok := shownEdits(file)
		if !ok {
			return dst[:start]
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendArtifact(append(dst, `{"artifactLocation":{`...), file.File.Path)
		dst = append(dst, `},"replacements":[`...)
		for j, e := range shown {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = appendRegion(append(dst, `{"deletedRegion":`...), e.region)
			if e.text != "" {
				dst = append(appendString(append(dst, `,"insertedContent":{"text":`...), e.text), '}')
			}
			dst = append(dst, '}')
		}
		dst = append(dst, "]}"...)
	}
	return append(dst, "]}]"...)
}

// shownEdit is an edit in terms of text.
type shownEdit struct {
	region region // what it replaces
	text   string // by what
}

// shownEdits turns edits of a file's bytes into edits of its text; false where
// they cannot be shown. What the new text holds is judged as the file will be
// when it is there: a part of it may be a secret for where it stands.
func shownEdits(fe lint.FileEdit) ([]shownEdit, bool) {
	old := fe.File.Text
	if old == nil || len(old.Raw) > shownFileLimit || len(fe.Edits) == 0 {
		return nil, false
	}
	edits := slices.Clone(fe.Edits)
	slices.SortStableFunc(edits, func(a, b document.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	file, ok := edited(fe.File, edits)
	if !ok {
		return nil, false
	}
	shown := make([]shownEdit, len(edits))
	moved := 0 // how far what stands behind the edits so far has moved
	for i, e := range edits {
		shown[i].region = region{old.Position(textOffset(old, e.Start)), old.Position(textOffset(old, e.End))}
		start := textOffset(file.Text, e.Start+moved)
		end := textOffset(file.Text, e.Start+moved+len(e.New))
		moved += len(e.New) - (e.End - e.Start)
		if start == end {
			continue
		}
		if slices.ContainsFunc(mask.Patches(file, start, end, mask.Hide), func(p mask.Patch) bool { return p.Start < end && p.End > start }) {
			return nil, false
		}
		shown[i].text = string(file.Text.Bytes[start:end])
	}
	return shown, true
}

// edited is a file as it will be.
func edited(f *deployment.File, edits []document.Edit) (*deployment.File, bool) {
	raw, err := document.Apply(f.Text.Raw, edits)
	if err != nil {
		return nil, false
	}
	after := &deployment.File{Path: f.Path, Role: f.Role}
	switch {
	case f.JSON != nil:
		if after.Text, err = document.DecodeJSON(f.Path, raw, document.Limits{}); err == nil {
			after.JSON, err = document.ParseJSON(after.Text, document.Limits{})
		}
	case f.XML != nil:
		if after.Text, err = document.DecodeXML(f.Path, raw, document.Limits{}); err == nil {
			after.XML, err = document.ParseXML(after.Text, document.Limits{})
		}
	default:
		return nil, false
	}
	return after, err == nil
}

// textOffset is the offset into a text's Bytes of an offset into its Raw.
func textOffset(t *document.Text, raw int) int32 {
	i := sort.Search(len(t.Bytes), func(i int) bool {
		for i > 0 && !utf8.RuneStart(t.Bytes[i]) {
			i--
		}
		return t.RawOffset(int32(i)) >= raw
	})
	return int32(i)
}
