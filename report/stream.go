package report

import (
	"io"

	"github.com/xmlint/xmlint/lint"
)

// stream is what those formats have in common whose findings stand for
// themselves: nothing comes before, between or behind them, and nothing is kept.
type stream struct{}

func (stream) Begin(buf []byte) []byte { return buf }

func (stream) Append(buf []byte, c *Chunk) []byte {
	for _, p := range c.ends {
		buf = append(buf, c.body[p.start:p.end]...)
	}
	return buf
}

func (stream) End(io.Writer, Summary) error { return nil }

// encodeEach fills a chunk with findings, one after the other.
func encodeEach(c *Chunk, findings []lint.Finding, insert func(c *Chunk, at int, f *lint.Finding)) {
	for i := range findings {
		insert(c, i, &findings[i])
	}
}

// commas writes findings as the elements of a JSON array. Each is a part of a
// chunk's body that begins with a line end.
type commas struct{ begun bool }

func (l *commas) Append(buf []byte, c *Chunk) []byte {
	for _, p := range c.ends {
		buf = append(l.comma(buf), c.body[p.start:p.end]...)
	}
	return buf
}

// comma appends what stands before the next element.
func (l *commas) comma(buf []byte) []byte {
	if l.begun {
		buf = append(buf, ',')
	}
	l.begun = true
	return buf
}

// cutText keeps the first n characters of a text, and says so where that is
// not all of it.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	count := 0
	for i := range s {
		if count == n {
			return s[:i] + "…"
		}
		count++
	}
	return s
}
