package document

import (
	"bytes"
	"sync/atomic"
	"unicode/utf8"
)

// Encoding is how the bytes of a file stand for text.
type Encoding uint8

// The encodings that .NET's readers tell apart, but for code pages.
const (
	UTF8 Encoding = iota
	UTF16LE
	UTF16BE
	UTF32LE
	UTF32BE
	Windows1252
	Latin1
	ASCII // us-ascii with bytes over 0x7F, each of which is read as U+FFFD
	// Those of codePages follow from firstPage on.
)

// Text is a file decoded to UTF-8. Spans of documents are offsets into Bytes;
// [Text.Raw] offsets differ where the file has a byte order mark or is not
// UTF-8.
type Text struct {
	Name       string                 // how the file is called in messages
	Raw        []byte                 // the file as it is on disk; never changed
	Bytes      []byte                 // the text as valid UTF-8 without byte order mark; shares memory with Raw where it can
	Encoding   Encoding               // of Raw
	BOM        int                    // length of the byte order mark in Raw, in bytes
	crEndsLine bool                   // XML: a lone CR ends a line
	repaired   bool                   // Raw is UTF-8 with malformed bytes, which are U+FFFD in Bytes
	buf        []byte                 // Bytes, where it does not share memory with Raw
	marks      atomic.Pointer[[]mark] // for Position
}

// DecodeJSON decodes the bytes of a JSON file as .NET's StreamReader does for
// the configuration: a byte order mark tells UTF-8, UTF-16 and UTF-32 apart,
// without one it is UTF-8; what cannot be decoded is read as U+FFFD. It keeps
// raw, which must not change as long as the Text is used. The error is an
// [*Error] of kind ErrTooLarge; a Text comes with it, without Bytes.
func DecodeJSON(name string, raw []byte, lim Limits) (*Text, error) {
	t := new(Text)
	return t, t.ResetJSON(name, raw, lim)
}

// ResetJSON makes t what [DecodeJSON] returns, and reuses t's memory.
func (t *Text) ResetJSON(name string, raw []byte, lim Limits) error {
	*t = Text{Name: name, Raw: raw, buf: t.buf[:0]}
	if cap(t.buf) > 1<<20 && len(raw) < 1<<20 {
		t.buf = nil // give back what a large file needed
	}
	if err := checkSize(raw, lim); err != nil {
		return err
	}
	t.Encoding, t.BOM = sniffBOM(raw)
	body := raw[t.BOM:]
	switch t.Encoding {
	case UTF16LE, UTF16BE:
		t.buf, _ = transcodeUTF16(t.buf, body, t.Encoding == UTF16BE)
	case UTF32LE, UTF32BE:
		t.buf, _ = transcodeUTF32(t.buf, body, t.Encoding == UTF32BE)
	default:
		if validUTF8(body) {
			t.Bytes = body
			return nil
		}
		t.buf, t.repaired = repairUTF8(t.buf, body), true
	}
	t.Bytes = t.buf
	return nil
}

// maxText keeps the offsets into a decoded text within an int32: no encoding
// needs more than three bytes of UTF-8 for one of its own.
const maxText = (1<<31 - 1) / 3

func checkSize(raw []byte, lim Limits) error {
	if limit := lim.Limit(); int64(len(raw)) > limit {
		return TooLarge(int64(len(raw)), limit)
	}
	return nil
}

// sniffBOM recognises a byte order mark in the order of .NET's StreamReader.
func sniffBOM(raw []byte) (Encoding, int) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return UTF16BE, 2
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE, 0, 0}):
		return UTF32LE, 4
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return UTF16LE, 2
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		return UTF8, 3
	case bytes.HasPrefix(raw, []byte{0, 0, 0xFE, 0xFF}):
		return UTF32BE, 4
	}
	return UTF8, 0
}

// Position says where an offset into Bytes lies. An offset outside the text is
// taken for its nearest end. Far into a text the first call makes one pass over
// all of it, which spares the later ones theirs.
func (t *Text) Position(off int32) Position {
	const step = 1 << 13
	to := min(max(int(off), 0), len(t.Bytes))
	if to < 2*step {
		return t.advance(Position{1, 1}, 0, to)
	}
	marks := t.marks.Load()
	if marks == nil {
		marks = &[]mark{{0, Position{1, 1}}}
		for last := (*marks)[0]; last.at+step < len(t.Bytes); {
			at := last.at + step
			for at < len(t.Bytes) && !utf8.RuneStart(t.Bytes[at]) {
				at++
			}
			last = mark{at, t.advance(last.Position, last.at, at)}
			*marks = append(*marks, last)
		}
		t.marks.Store(marks)
	}
	i := min(to/step, len(*marks)-1) // marks lie a little behind multiples of step
	for (*marks)[i].at > to {
		i--
	}
	return t.advance((*marks)[i].Position, (*marks)[i].at, to)
}

// A mark is an offset at the start of a character whose position is known.
type mark struct {
	at int
	Position
}

// advance is the position of an offset, from that of one before it.
func (t *Text) advance(p Position, from, to int) Position {
	between := t.Bytes[from:to]
	lines := bytes.Count(between, []byte{'\n'})
	start := bytes.LastIndexByte(between, '\n') + 1
	if t.crEndsLine {
		for i := from; ; {
			cr := bytes.IndexByte(t.Bytes[i:to], '\r')
			if cr < 0 {
				break
			}
			if i += cr + 1; i == len(t.Bytes) || t.Bytes[i] != '\n' {
				lines++
				start = max(start, i-from)
			}
		}
	}
	if lines > 0 {
		p = Position{p.Line + lines, 1}
	}
	p.Column += utf8.RuneCount(between[start:])
	return p
}

// Line is the text of line n, counted from 1, without its line end; nil if
// there is no such line.
func (t *Text) Line(n int) []byte {
	rest := t.Bytes
	for ; n >= 1; n-- {
		end, next := lineEnd(rest, t.crEndsLine)
		if n == 1 {
			return rest[:end:end]
		}
		if next < 0 {
			break
		}
		rest = rest[next:]
	}
	return nil
}

// lineEnd finds where the first line of b ends and where the next begins, -1
// if none does.
func lineEnd(b []byte, crEndsLine bool) (end, next int) {
	lf := bytes.IndexByte(b, '\n')
	if crEndsLine {
		head := b
		if lf >= 0 {
			head = b[:lf]
		}
		if cr := bytes.IndexByte(head, '\r'); cr >= 0 && cr+1 != lf {
			return cr, cr + 1
		}
	}
	switch {
	case lf < 0:
		return len(b), -1
	case lf > 0 && b[lf-1] == '\r':
		return lf - 1, lf + 1
	}
	return lf, lf + 1
}
