package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/redisconn"
	"github.com/xmlint/xmlint/schema"
)

// RedisString is what `xmlint redis` says of one connection string. Secrets
// are masked.
type RedisString struct {
	redisconn.Explanation
	Findings []RedisFinding `json:"findings"`
}

// RedisFinding is what one rule finds in the string.
type RedisFinding struct {
	Rule      string `json:"rule"`
	Name      string `json:"name"`
	Severity  string `json:"severity"`
	Column    int    `json:"column"`     // in code points of the string, from 1
	EndColumn int    `json:"end_column"` // exclusive
	Message   string `json:"message"`
	Do        string `json:"do,omitempty"`

	severity lint.Severity
	from, to int // bytes of the masked string
}

// NewRedisString explains a string.
func NewRedisString(text string) *RedisString {
	return &RedisString{Explanation: redisconn.Explain(text), Findings: []RedisFinding{}}
}

// Add adds what a rule finds in a part of the string.
func (r *RedisString) Add(text string, rule *lint.Rule, severity lint.Severity, span redisconn.Span, message, do string) {
	span.Start = min(max(span.Start, 0), len(text))
	span.End = min(max(span.End, span.Start), len(text))
	column := 1 + utf8.RuneCountInString(text[:span.Start])
	f := RedisFinding{
		Rule: rule.ID, Name: rule.Name, Severity: severity.String(), Column: column,
		EndColumn: column + utf8.RuneCountInString(text[span.Start:span.End]),
		Message:   message, Do: do, severity: severity,
	}
	f.from, f.to = maskedSpan(text, span)
	r.Findings = append(r.Findings, f)
}

// maskedSpan is where a part of a string stands in the masked one.
func maskedSpan(text string, span redisconn.Span) (from, to int) {
	from, to = span.Start, span.End
	shift := 0 // how much longer the masked string is up to here
	for _, m := range redisconn.MaskSpans(text) {
		const mask = len("*****")
		if span.Start >= m.End {
			from = span.Start + shift + mask - (m.End - m.Start)
		} else if span.Start > m.Start {
			from = m.Start + shift
		}
		if span.End >= m.End {
			to = span.End + shift + mask - (m.End - m.Start)
		} else if span.End > m.Start {
			to = m.Start + shift + mask
		}
		shift += mask - (m.End - m.Start)
	}
	return from, max(from, to)
}

// Redis is a format of explained connection strings, one piece per string.
type Redis = Document[*RedisString]

func redisFormats() []constructor[Redis] {
	return []constructor[Redis]{
		{"text", newRedisText},
		{"json", newRedisJSON},
	}
}

// RedisFormats are the names of the formats that redis has.
func RedisFormats() []string { return names(redisFormats()) }

// NewRedis gives a format of redis by its name, else a [*FormatError].
func NewRedis(format string, o Options) (Redis, error) { return construct(redisFormats(), format, o) }

// redisJSON is one object per string, one per line.
type redisJSON struct{}

func newRedisJSON(Options) Redis { return redisJSON{} }

func (redisJSON) Begin(buf []byte) []byte { return buf }

func (redisJSON) End(buf []byte) []byte { return buf }

func (redisJSON) Append(buf []byte, r *RedisString) []byte {
	return append(appendValue(buf, r), '\n')
}

// redisText explains connection strings to people.
type redisText struct {
	o     Options
	begun bool
}

func newRedisText(o Options) Redis { return &redisText{o: o} }

func (t *redisText) Begin(buf []byte) []byte { return buf }

func (t *redisText) End(buf []byte) []byte { return buf }

func (t *redisText) Append(buf []byte, r *RedisString) []byte {
	p := newPage(buf, t.o)
	if t.begun {
		p.end()
	}
	t.begun = true
	p.put(bold, shownText(r.Masked)).end()
	p.redisVerdict(r)
	p.redisOptions(r)
	for i := range r.Findings {
		p.redisFinding(r, &r.Findings[i])
	}
	return p.text
}

// redisVerdict appends what the client makes of the string.
func (p *page) redisVerdict(r *RedisString) {
	newest := "StackExchange.Redis " + redisconn.Newest().String()
	switch {
	case r.Error != nil:
		p.space(2).put(red, "refused").add(" by " + newest + ": " + r.Error.Exception).end()
		p.space(6).prose(6, r.Error.Message)
	default:
		p.space(2).put(green, "read").add(" by " + newest).end()
	}
	for _, c := range r.Clients {
		says := "reads it"
		if !c.OK {
			says = "refuses it: " + c.Message
		}
		p.item(2, c.Version, says)
	}
	for i, e := range r.Effective {
		written := ""
		if e.Port != nil && i < len(r.Endpoints) && r.Endpoints[i].Port != nil && *r.Endpoints[i].Port == 0 {
			written = " (no port is written)"
		}
		p.item(2, "server:", redisEndpoint(e)+written)
	}
	for _, d := range r.Dropped {
		p.item(2, "ignored:", visible.String(d))
	}
}

func redisEndpoint(e redisconn.ExplainedEndpoint) string {
	switch {
	case e.Port == nil:
		return visible.String(e.Path) + " (a Unix socket)"
	case e.Masked:
		return fmt.Sprintf("%s:%d", schema.Mask, *e.Port)
	case e.Kind == redisconn.IPv6:
		return fmt.Sprintf("[%s]:%d", visible.String(e.Host), *e.Port)
	}
	return fmt.Sprintf("%s:%d", visible.String(e.Host), *e.Port)
}

// redisOptions appends the options that have a value, by name.
func (p *page) redisOptions(r *RedisString) {
	var all []string
	for name, value := range r.Options {
		text := visible.String(fmt.Sprint(value))
		if value == "" {
			text = `""`
		}
		all = append(all, name+"="+text)
	}
	slices.Sort(all)
	p.item(2, "options:", strings.Join(all, ", "))
}

func (p *page) redisFinding(r *RedisString, f *RedisFinding) {
	color := severityStyle(f.severity)
	p.end().put(color, f.Severity).space(1).put(bold, f.Rule).space(1).add(f.Name).add(": ").line(f.Message)
	if e, ok := excerptOf(r.Masked, f.from, f.to, p.width-4); ok {
		p.space(4)
		p.text = append(append(p.text, e.text...), '\n') // made visible already
		p.space(4+e.caret).put(color, strings.Repeat("^", e.length)).end()
	}
	p.item(4, "fix:", f.Do)
}
