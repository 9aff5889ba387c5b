package report

import (
	"fmt"

	"github.com/xmlint/xmlint/schema"
)

// Shows is a format of effective settings, one piece per deployment.
type Shows = Document[Shown]

func showFormats() []constructor[Shows] {
	return []constructor[Shows]{
		{"text", newShowText},
		{"json", newShowJSON},
	}
}

// ShowFormats are the names of the formats that show has.
func ShowFormats() []string { return names(showFormats()) }

// NewShows gives a format of show by its name, else a [*FormatError].
func NewShows(format string, o Options) (Shows, error) { return construct(showFormats(), format, o) }

func newShowJSON(o Options) Shows {
	return &jsonList[Shown]{tool: o.Tool, member: "deployments", encode: func(buf []byte, s Shown) []byte { return appendValue(buf, s) }}
}

// showText shows effective settings to people.
type showText struct{ o Options }

func newShowText(o Options) Shows { return &showText{o: o} }

func (t *showText) Begin(buf []byte) []byte { return buf }

func (t *showText) End(buf []byte) []byte { return buf }

func (t *showText) Append(buf []byte, d Shown) []byte {
	p := newPage(buf, t.o)
	p.put(bold, d.Name)
	if d.Root != d.Name {
		p.put(dim, " ("+d.Root+")")
	}
	p.end()
	for _, product := range d.Products {
		p.space(2).put(bold, productTitle(product)).end()
		for _, file := range product.Refused {
			p.space(4).put(red, "refused").add(": " + file + " gives no settings; xmlint lint says why").end()
		}
		switch {
		case len(product.Settings) > 0 || len(product.Refused) > 0:
		case product.Unseen:
			p.space(4).put(yellow, "not known").add(": no configuration file of it was found").end()
		default:
			p.space(4).put(dim, "no such setting").end()
		}
		for _, s := range product.Settings {
			p.setting(s)
		}
	}
	return p.end().text
}

func productTitle(p ShownProduct) string {
	title := p.Name.Title()
	if p.Name == schema.Unknown {
		title = "Product not known"
	}
	if p.Node != "" {
		title += " on " + p.Node
	}
	if p.Environment != "" {
		title += ", " + p.Environment
	}
	return title
}

func (p *page) setting(s ShownSetting) {
	p.space(4).add(s.Setting).add(" = ")
	switch {
	case s.Value == nil && !s.Known:
		p.put(yellow, "not known").add(": " + s.Reason)
	case s.Value == nil:
		p.put(dim, "null")
	default:
		p.put(bold, shownText(*s.Value))
		if !s.Known {
			p.add(" (").put(yellow, "not known").add(": " + s.Reason + ")")
		}
	}
	p.end()
	from := fmt.Sprintf("%s:%d:%d", s.Path, s.Line, s.Column)
	if s.Source != "" {
		from += " (" + s.Source + ")"
	}
	p.space(8).put(dim, from).end()
	for _, shadow := range s.Shadows {
		value := "null"
		if shadow.Value != nil {
			value = shownText(*shadow.Value)
		}
		p.space(8).put(dim, fmt.Sprintf("hides %s at %s:%d:%d", value, shadow.Path, shadow.Line, shadow.Column)).end()
	}
}

// shownText makes an empty value, and one with blanks at its ends, visible.
func shownText(s string) string {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' {
		return `"` + s + `"`
	}
	return s
}

// valueWords says what value a setting has.
func (s *ShownSetting) valueWords() string {
	words := "null"
	if s.Value != nil {
		words = shownText(*s.Value)
	}
	switch {
	case s.Known:
		return words
	case s.Value == nil:
		return "not known: " + s.Reason
	}
	return words + ", not known: " + s.Reason
}

// valueCell is the value in a table.
func (s *ShownSetting) valueCell() any {
	if !s.Known || s.Value == nil {
		return s.valueWords()
	}
	return code(shownText(*s.Value))
}

// originWords says where a setting comes from, and what it hides.
func (s *ShownSetting) originWords() string {
	words := fmt.Sprintf("%s:%d:%d", s.Path, s.Line, s.Column)
	if s.Source != "" {
		words += " (" + s.Source + ")"
	}
	for _, shadow := range s.Shadows {
		value := "null"
		if shadow.Value != nil {
			value = shownText(*shadow.Value)
		}
		words += fmt.Sprintf("; hides %s at %s:%d:%d", value, shadow.Path, shadow.Line, shadow.Column)
	}
	return words
}
