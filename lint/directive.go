package lint

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/xmlint/xmlint/internal/document"
)

// directiveMark is what every directive begins with.
const directiveMark = "xmlint:"

// The directives: one suppresses what the next thing or its own line has, the
// other what the whole file has.
const (
	verbIgnore     = "ignore"
	verbFileIgnore = "file-ignore"
)

// directive is one instruction in a comment, as written:
//
//	xmlint:ignore XM3006, redis-abort-connect until=2027-01-31 -- rotated weekly
//
// XML does not allow -- inside a comment, so one dash stands for it as well.
// Spans are those of the text that the comment is a part of.
type directive struct {
	span      document.Span // from xmlint: to the end
	verb      string
	names     []directiveName
	until     string
	untilSpan document.Span
	hasUntil  bool
	reason    string // blanks and line ends are one blank each
}

type directiveName struct {
	text string
	span document.Span
}

// maxNames bounds how many rules one directive names: a comment can be as long
// as the file.
const maxNames = 64

// parseComment finds the directives in a comment, given with its delimiters
// and the offset at which it begins. A directive begins a line of the comment
// and goes on until the next one.
func parseComment(comment []byte, at int32) []directive {
	body, skipped := inside(comment)
	if !bytes.Contains(body, []byte(directiveMark)) {
		return nil
	}
	var starts []int
	for from := 0; from < len(body); {
		line := body[from:]
		next := len(line)
		if i := bytes.IndexAny(line, "\n\r"); i >= 0 {
			line, next = line[:i], i+1
		}
		if text := bytes.TrimLeft(line, " \t*"); bytes.HasPrefix(text, []byte(directiveMark)) {
			starts = append(starts, from+len(line)-len(text))
		}
		from += next
	}
	var all []directive
	for i, start := range starts {
		end := len(body)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		text := bytes.TrimRight(body[start:end], " \t\r\n*")
		all = append(all, parseDirective(text, at+int32(skipped+start)))
	}
	return all
}

// inside is a comment without its delimiters, and how many bytes of them stand
// before it.
func inside(comment []byte) (body []byte, skipped int) {
	for _, d := range [...]struct{ open, shut string }{{"<!--", "-->"}, {"/*", "*/"}, {"//", ""}, {"#", ""}} {
		if rest, ok := bytes.CutPrefix(comment, []byte(d.open)); ok {
			return bytes.TrimSuffix(rest, []byte(d.shut)), len(d.open)
		}
	}
	return comment, 0
}

// parseDirective reads one directive, which begins with its mark.
func parseDirective(text []byte, at int32) directive {
	d := directive{span: document.Span{Start: at, End: at + int32(len(text))}}
	i := len(directiveMark)
	for i < len(text) && !isGap(text[i]) {
		i++
	}
	d.verb = string(text[len(directiveMark):i])
	for {
		for i < len(text) && (isGap(text[i]) || text[i] == ',') {
			i++
		}
		start := i
		for i < len(text) && !isGap(text[i]) && text[i] != ',' {
			i++
		}
		if start == i || len(d.names) == maxNames {
			return d
		}
		word := text[start:i]
		if cut, ok := reasonFrom(word); ok {
			d.name(word[:cut], at+int32(start))
			last := bytes.LastIndexAny(text, " \t\n\r") + 1
			if last > start && !d.hasUntil && d.ends(text[last:], at+int32(last)) {
				text = text[:last]
			}
			d.reason = reasonOf(text[start+cut:])
			return d
		}
		if d.ends(word, at+int32(start)) {
			continue
		}
		d.name(word, at+int32(start))
	}
}

// ends takes a word that says until when the directive holds. It stands before
// the reason, or is the last word of it: there it must not be passed over.
func (d *directive) ends(word []byte, at int32) bool {
	value, ok := cutFold(word, "until=")
	if ok {
		d.hasUntil, d.until = true, string(value)
		d.untilSpan = document.Span{Start: at, End: at + int32(len(word))}
	}
	return ok
}

func (d *directive) name(word []byte, at int32) {
	if len(word) > 0 {
		d.names = append(d.names, directiveName{string(word), document.Span{Start: at, End: at + int32(len(word))}})
	}
}

// reasonFrom reports whether a reason begins in a word, and where: at dashes that
// the word begins with, at two dashes inside it, at a colon at its end, at
// reason= . No rule's name has any of these.
func reasonFrom(word []byte) (cut int, ok bool) {
	switch first, _ := utf8.DecodeRune(word); first {
	case '-', '–', '—', ':':
		return 0, true
	}
	if _, ok := cutFold(word, "reason="); ok {
		return 0, true
	}
	if i := bytes.Index(word, []byte("--")); i > 0 {
		return i, true
	}
	if n := len(word) - 1; word[n] == ':' {
		return n, true
	}
	return 0, false
}

// reasonOf is the text of a reason, without what introduces it.
func reasonOf(text []byte) string {
	if value, ok := cutFold(text, "reason="); ok {
		return strings.Join(strings.Fields(strings.Trim(string(value), `"'`)), " ")
	}
	return strings.Join(strings.Fields(strings.TrimLeft(string(text), "-–—:")), " ")
}

func cutFold(word []byte, prefix string) ([]byte, bool) {
	if len(word) < len(prefix) || !strings.EqualFold(string(word[:len(prefix)]), prefix) {
		return nil, false
	}
	return word[len(prefix):], true
}

func isGap(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
