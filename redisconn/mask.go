package redisconn

import (
	"sort"
	"strings"
)

// mask stands for a secret.
const mask = "*****"

// Mask returns the connection string with ***** for its secrets: see MaskSpans.
// It takes any text, and masking twice changes nothing more.
func Mask(s string) string {
	return maskWithin(s, Span{0, len(s)}, MaskSpans(s))
}

// MaskSpans returns what must not be shown of a connection string, in order and
// apart from each other:
//
//   - the value of password and sentinelPassword;
//   - the value of an option that the client does not know: it may be a misspelt
//     password;
//   - user and password before the @ of a URL, wherever it stands;
//   - where somebody used other separators, what follows "password=" or the
//     like inside a name or a value, up to the next semicolon where pairs end so;
//   - where servers have ports, an item without a port right behind a password:
//     it is the rest of a password that holds a comma, which the client takes
//     for a server.
//
// No span is empty. The string need not be one that any client takes.
func MaskSpans(s string) []Span {
	m := masker{input: s}
	for it := range items(s) {
		m.item(it)
		if !it.Key.Empty() {
			m.add(m.pair(it))
		}
	}
	return m.spans
}

// maskWithin returns the text of one span of the input with ***** for what the
// masks cover of it.
func maskWithin(input string, within Span, masks []Span) string {
	var b strings.Builder
	at := within.Start
	first := sort.Search(len(masks), func(i int) bool { return masks[i].End > within.Start })
	for _, m := range masks[first:] {
		if m.Start >= within.End {
			break
		}
		if m.Start > at {
			b.WriteString(input[at:m.Start])
		}
		b.WriteString(mask)
		at = min(m.End, within.End)
	}
	if at == within.Start {
		return within.Of(input)
	}
	b.WriteString(input[at:within.End])
	return b.String()
}

// MaskText returns the text of a span of the string with ***** for its secrets.
func (c *Config) MaskText(s Span) string {
	s.Start, s.End = max(s.Start, 0), min(s.End, len(c.Input))
	if s.Empty() {
		return ""
	}
	return maskWithin(c.Input, s, MaskSpans(c.Input))
}

// A masker finds the secrets of a connection string, item by item.
type masker struct {
	input string
	spans []Span
	ports bool // a server with a port came before
	open  bool // the item before is a password, or the rest of one
}

// add covers a span, joined with the one before where they touch. Spans come
// item by item; within one, each touches the one before or starts behind it.
func (m *masker) add(s Span) {
	if s.Empty() {
		return
	}
	if n := len(m.spans); n > 0 && s.Start <= m.spans[n-1].End {
		last := &m.spans[n-1]
		last.Start, last.End = min(last.Start, s.Start), max(last.End, s.End)
		return
	}
	m.spans = append(m.spans, s)
}

// pair finds the value of a password in an item that goes on behind the comma:
// where pairs end at semicolons, as in strings for SQL Server, a comma is a part
// of it. A value that is quoted ends with the text: nobody knows where else.
func (m *masker) pair(it Item) Span {
	if it.Start > 0 && !strings.Contains(it.Of(m.input), ";") {
		return Span{}
	}
	for at := it.Start; at < it.End; {
		end := at + strings.IndexByte(m.input[at:it.End]+";", ';')
		pair := m.input[at:end]
		if is := strings.IndexByte(pair, '='); is >= 0 && secretWord(lastWord(pair[:is])) {
			value := trim(m.input, Span{at + is + 1, end})
			switch next := strings.IndexByte(m.input[end:], ';'); {
			case !value.Empty() && strings.IndexByte(`"'{`, m.input[value.Start]) >= 0:
				return Span{value.Start, len(m.input)}
			case end < it.End:
			case next >= 0:
				return Span{value.Start, end + next}
			case at > it.Start:
				return Span{value.Start, len(m.input)}
			}
		}
		at = end + 1
	}
	return Span{}
}

func (m *masker) item(it Item) {
	text := it.Of(m.input)
	if it.Key.Empty() {
		if text == "" {
			return
		}
		colon := strings.LastIndexByte(text, ':')
		withPort := colon > 0 && colon+1 < len(text) && allDigits(text[colon+1:])
		unix := strings.HasPrefix(text, "!")
		if m.open = m.open && m.ports && !withPort && !unix; m.open {
			m.add(it.Span)
			return
		}
		m.ports = m.ports || withPort
		if !unix {
			m.add(m.credentials(it.Span, true))
		}
		m.add(m.inner(it.Span))
		return
	}
	key := it.Key.Of(m.input)
	opt := lookup(Newest(), key)
	m.open = opt.Secret()
	switch {
	case m.open:
		m.add(it.Value)
	case opt != NoOption:
		before, _, _ := strings.Cut(it.Value.Of(m.input), "@")
		host := opt == OptSSLHost || optionFacts[opt].takes != takesText
		m.add(m.credentials(it.Value, host || strings.Contains(before, ":")))
		m.add(m.inner(it.Value))
	case isCommand(key):
		m.add(m.credentials(it.Value, true))
		m.add(m.inner(it.Value))
	default:
		m.add(m.credentials(it.Key, true))
		if strings.Contains(key, "://") || strings.Contains(key, ":") && strings.Contains(it.Value.Of(m.input), "@") {
			m.add(m.credentials(it.Span, true)) // a password with "=" in it
		}
		m.add(m.inner(it.Key))
		m.add(it.Value)
	}
}
