package deployment

import (
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// Origin is one place where a setting is written.
type Origin struct {
	File  *File
	Kind  LayerKind
	Path  string // the setting as this layer spells it
	Text  string // its value there, as the application would get it
	Key   Span
	Value Span // with quotes
	// Node is the value's node in File.JSON, or of the element in File.XML;
	// Attr the attribute's index there, -1 where it is none.
	Node NodeID
	Attr int32
	// Opened tells that the setting lies inside an opened protected section:
	// Key and Value are then the section's start tag.
	Opened bool

	secret bool // it is named like a secret by more than its path
}

// IsReference reports whether the text holds something that is replaced before
// the application sees it.
func (o *Origin) IsReference() bool {
	return schema.IsReference(o.Text) || o.Kind == Environment && schema.HasVariable(o.Text)
}

// IsNull reports whether .NET has null there: an empty object or array.
func (o *Origin) IsNull() bool {
	if o.File == nil || o.File.JSON == nil || o.Attr >= 0 {
		return false
	}
	_, ok := o.File.JSON.Str(o.Node)
	return !ok
}

// Masked is Text as outputs may show it; see [Mask].
func (o Origin) Masked() string {
	if o.secret && o.Text != "" {
		return schema.Mask
	}
	return Mask(o.Path, o.Text)
}

// IsZero reports whether there is no such place.
func (o Origin) IsZero() bool { return o.File == nil }

// ValuePlace is the place of the value.
func (o Origin) ValuePlace() Place { return Place{o.File, o.Value} }

// KeyPlace is the place of the key, the value's where there is no key.
func (o Origin) KeyPlace() Place {
	if o.Key.IsZero() {
		return o.ValuePlace()
	}
	return Place{o.File, o.Key}
}

// Place is a span of a file. The zero Place is nowhere.
type Place struct {
	File *File
	Span Span
}

// IsZero reports whether the place is nowhere.
func (p Place) IsZero() bool { return p.File == nil }

// Position is where the place begins and where it ends, for people.
func (p Place) Position() (start, end Position) {
	if p.File == nil || p.File.Text == nil {
		return document.Position{Line: 1, Column: 1}, document.Position{Line: 1, Column: 1}
	}
	return p.File.Text.Position(p.Span.Start), p.File.Text.Position(p.Span.End)
}
