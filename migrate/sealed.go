package migrate

import (
	"bytes"
	"fmt"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

// section is a protected section that a key opened. While the files are edited
// its element stands in plain text in a copy of the file, in memory.
type section struct {
	file   *deployment.File
	opened *deployment.Opened
	span   document.Span // the element, in file.Text.Bytes
	plain  []byte        // the element in plain text
	start  int           // where it stands in the copy
	length int           // how long it is there
}

// openSections puts the plain text of opened sections in their places.
func (p *preparation) openSections() {
	for _, product := range p.original.Products {
		for _, n := range product.Nodes {
			w := n.Web
			if w == nil || w.Protected == nil || w.Protected.Opened == nil || p.sections[w.File.Path] != nil {
				continue
			}
			p.openSection(w)
		}
	}
}

func (p *preparation) openSection(w *deployment.WebConfig) {
	f := w.File
	s := &section{file: f, opened: w.Protected.Opened, span: elementSpan(f.XML, w.Section), plain: w.Protected.Opened.Section.Plain()}
	text, ok := f.Text.Encode(string(s.plain))
	if !ok {
		p.warn(f.Path, "the encrypted section has characters that the file's encoding has not: it is left alone")
		return
	}
	from, to := f.Text.RawOffset(s.span.Start), f.Text.RawOffset(s.span.End)
	s.start, s.length = from, len(text)
	raw := f.Text.Raw
	open := bytes.Join([][]byte{raw[:from], text, raw[to:]}, nil)
	p.texts[f.Path] = &working{raw: open, text: open}
	p.sections[f.Path] = s
}

func elementSpan(d *document.XML, n document.NodeID) document.Span {
	x := &d.Nodes[n]
	end := x.EndTag.End
	if x.EndTag.IsZero() {
		end = x.StartTag.End
	}
	return document.Span{Start: x.StartTag.Start, End: end}
}

// close turns the edits of the copy into edits of the file: those around the
// section as they are, those inside it as new cipher values.
func (s *section) close(edits []document.Edit, now *deployment.Node) (outside, cipher []document.Edit, err error) {
	from, to := s.file.Text.RawOffset(s.span.Start), s.file.Text.RawOffset(s.span.End)
	for _, e := range edits {
		switch {
		case e.End <= s.start:
			outside = append(outside, e)
		case e.Start >= s.start+s.length:
			shift := to - from - s.length
			outside = append(outside, document.Edit{Start: e.Start + shift, End: e.End + shift, New: e.New})
		case e.Start < s.start || e.End > s.start+s.length:
			return nil, nil, fmt.Errorf("%s: %w: an edit crosses the border of the encrypted section", s.file.Path, ErrUnintended)
		}
	}
	d := now.Web.File.XML
	span := elementSpan(d, now.Web.Section)
	plain := d.Text.Bytes[span.Start:span.End]
	if bytes.Equal(plain, s.plain) {
		return outside, nil, nil
	}
	sealed, err := s.opened.Section.Encrypt(plain, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", s.file.Path, err)
	}
	cipher, err = s.splice(sealed)
	return outside, cipher, err
}

// splice finds what differs between the section as it is and as it was
// protected again: texts between tags.
func (s *section) splice(sealed []byte) ([]document.Edit, error) {
	d, t := s.file.XML, s.file.Text
	bad := fmt.Errorf("%s: %w: the section has another form than before", s.file.Path, ErrUnintended)
	var edits []document.Edit
	at, rest := s.span.Start, sealed
	for i := range d.Nodes {
		x := &d.Nodes[i]
		if x.Kind == document.Element || x.StartTag.Start < s.span.Start || x.StartTag.End > s.span.End {
			continue
		}
		same := t.Bytes[at:x.StartTag.Start]
		if !bytes.HasPrefix(rest, same) {
			return nil, bad
		}
		rest = rest[len(same):]
		end := bytes.IndexByte(rest, '<')
		if end < 0 {
			return nil, bad
		}
		if text := rest[:end]; !bytes.Equal(text, t.Bytes[x.StartTag.Start:x.StartTag.End]) {
			encoded, ok := t.Encode(string(text))
			if !ok {
				return nil, bad
			}
			edits = append(edits, document.Edit{Start: t.RawOffset(x.StartTag.Start), End: t.RawOffset(x.StartTag.End), New: encoded})
		}
		at, rest = x.StartTag.End, rest[end:]
	}
	if !bytes.Equal(rest, t.Bytes[at:s.span.End]) {
		return nil, bad
	}
	return edits, nil
}
