package migrate

import (
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/schema"
)

// A hole is a part of a file that is not shown, and what stands for it. Its
// offsets are into the text of the file.
type hole struct {
	start, end int32
	text       string
}

// holesOf finds what must not be shown of a file: values by their paths,
// comments that may hold an old password, what a terminal would obey.
func holesOf(f *deployment.File) []hole {
	var holes []hole
	switch {
	case f.JSON != nil:
		holes = jsonHoles(f.JSON)
		holes = append(holes, commentHoles(f.JSON.Bytes, f.JSON.Comments)...)
	case f.XML != nil:
		holes = xmlHoles(f.XML)
		holes = append(holes, commentHoles(f.XML.Text.Bytes, f.XML.Comments)...)
		if x := f.XML.Doctype; !x.IsZero() {
			holes = append(holes, hole{x.Start, x.End, "<!DOCTYPE …>"})
		}
	}
	holes = append(holes, controlHoles(f.Text.Bytes)...)
	sort.SliceStable(holes, func(i, j int) bool { return holes[i].start < holes[j].start })
	return holes
}

func jsonHoles(d *document.JSON) []hole {
	var holes []hole
	for i := range d.Nodes {
		n := document.NodeID(i)
		if !d.IsLeaf(n) {
			continue
		}
		value, _ := d.Str(n)
		if masked := maskValue(d.Path(n), value); masked != value {
			at := d.Nodes[i].Value
			if d.Nodes[i].Kind == document.String {
				at.Start, at.End = at.Start+1, at.End-1
			}
			holes = append(holes, hole{at.Start, at.End, masked})
		}
	}
	return holes
}

func xmlHoles(d *document.XML) []hole {
	var holes []hole
	for i := range d.Nodes {
		n := document.NodeID(i)
		x := &d.Nodes[i]
		if x.Kind != document.Element {
			path := d.Path(x.Parent)
			value := d.TextOf(n)
			masked := maskValue(path, value)
			if strings.HasSuffix(path, "CipherValue") {
				masked = schema.Mask
			}
			if masked != value {
				holes = append(holes, hole{x.StartTag.Start, x.StartTag.End, masked})
			}
			continue
		}
		named, isNamed := d.Attr(n, "key")
		if !isNamed {
			named, isNamed = d.Attr(n, "name")
		}
		path := d.Path(n)
		for a := x.AttrFrom; a < x.AttrTo; a++ {
			name, at := d.AttrName(a), path+"/"+d.AttrName(a)
			if isNamed && (name == "value" || name != "key" && name != "name" && schema.IsSecret(named)) {
				at = named
			}
			value := d.AttrValue(a)
			masked := maskValue(at, value)
			if strings.EqualFold(name, "validationKey") || strings.EqualFold(name, "decryptionKey") {
				masked = schema.Mask
			}
			if masked != value {
				holes = append(holes, hole{d.Attrs[a].Value.Start + 1, d.Attrs[a].Value.End - 1, masked})
			}
		}
	}
	return holes
}

// maskValue is deployment.Mask, and careful where a fault may hide what a value
// is: what lies below a secret's name is secret, and what stands near Auto
// Scale is read as a Redis connection string, also under a misspelt key.
func maskValue(path, value string) string {
	if value == "" {
		return ""
	}
	for at := path; ; {
		if schema.IsSecret(at) {
			return schema.Mask
		}
		i := strings.LastIndexAny(at, ":/")
		if i < 0 {
			break
		}
		at = at[:i]
	}
	if strings.Contains(strings.ToLower(path), "autoscale") {
		value = deployment.Mask(schema.Connection, value)
	}
	return deployment.Mask(path, value)
}

// suspicious finds comments that may hold a secret: the name of one, or
// something like a connection string.
var suspicious = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)password|pwd|passwort|secret|sharedkey|encryptionkey|salt|token|instrumentationkey|accountkey|\bkey\b|://[^/\s]*@|[^\s"',=]+(:\d+)?\s*,[^,"']*=`)
})

func commentHoles(text []byte, comments []document.Span) []hole {
	var holes []hole
	for _, c := range comments {
		body := string(text[c.Start:c.End])
		if !suspicious().MatchString(body) {
			continue
		}
		shown := "// …"
		switch {
		case strings.HasPrefix(body, "<!--"):
			shown = "<!-- … -->"
		case strings.HasPrefix(body, "/*"):
			shown = "/* … */"
		}
		holes = append(holes, hole{c.Start, c.End, shown})
	}
	return holes
}

// controlHoles finds characters that a terminal obeys instead of showing them.
func controlHoles(text []byte) []hole {
	var holes []hole
	for i, r := range string(text) {
		if r != '\t' && r != '\r' && r != '\n' && visible.Obeyed(r) {
			holes = append(holes, hole{int32(i), int32(i + len(string(r))), "�"})
		}
	}
	return holes
}

// lineMask shows single lines of a text with its holes filled.
type lineMask struct {
	text  []byte
	lines []int // where each line begins
	holes []hole
}

func newLineMask(f *deployment.File) *lineMask {
	m := &lineMask{text: f.Text.Bytes, lines: []int{0}, holes: holesOf(f)}
	for i, c := range m.text {
		if c == '\n' {
			m.lines = append(m.lines, i+1)
		}
	}
	return m
}

// line gives a line, counted from 0, without its end, and whether something of
// it is not shown.
func (m *lineMask) line(n int) (string, bool) {
	if n >= len(m.lines) {
		return "", false
	}
	start, end := m.lines[n], len(m.text)
	if n+1 < len(m.lines) {
		end = m.lines[n+1]
	}
	var b strings.Builder
	at, hidden := start, false
	first := sort.Search(len(m.holes), func(i int) bool { return int(m.holes[i].end) > start })
	for _, h := range m.holes[first:] {
		if int(h.start) >= end {
			break
		}
		if int(h.end) <= at {
			continue
		}
		hidden = true
		b.Write(m.text[at:max(at, int(h.start))])
		if int(h.start) >= start {
			b.WriteString(h.text)
		}
		at = min(int(h.end), end)
	}
	b.Write(m.text[at:end])
	return strings.TrimRight(b.String(), "\r\n"), hidden
}
