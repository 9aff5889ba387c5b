package report

import (
	"io"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// lintJSON is the document of `xmlint lint --format json`: one finding per
// line. Findings come first, so that they need not be kept; the inventory of
// the deployments, which is small, follows at the end.
type lintJSON struct {
	tool      Tool
	found     bool // a finding was written
	inventory tape
}

func newLintJSON(o Options) Lint { return &lintJSON{tool: o.Tool} }

func (l *lintJSON) Begin(buf []byte) []byte {
	return append(appendHead(buf, l.tool), `,`+"\n"+`"findings":[`...)
}

func (l *lintJSON) Encode(c *Chunk, d *deployment.Deployment, findings []lint.Finding) {
	for i := range findings {
		l.Insert(c, i, &findings[i])
	}
	c.tail = appendInventory(c.tail, d)
}

func (l *lintJSON) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	c.body = appendFinding(append(c.body, '\n'), f)
	c.insert(at, start, f)
}

func (l *lintJSON) Append(buf []byte, c *Chunk) []byte {
	for _, p := range c.ends {
		if l.found {
			buf = append(buf, ',')
		}
		l.found = true
		buf = append(buf, c.body[p.start:p.end]...)
	}
	l.inventory.add(c.tail)
	return buf
}

func (l *lintJSON) End(w io.Writer, s Summary) error {
	if _, err := io.WriteString(w, "\n],\n"+`"deployments":[`); err != nil {
		return err
	}
	if err := l.inventory.write(w); err != nil {
		return err
	}
	buf := append([]byte(nil), "\n],\n"+`"summary":{"files":`...)
	buf = appendInt(buf, s.Files)
	buf = appendNumber(buf, "errors", s.Errors)
	buf = appendNumber(buf, "warnings", s.Warnings)
	buf = appendNumber(buf, "infos", s.Infos)
	buf = appendNumber(buf, "suppressed", s.Suppressed)
	_, err := w.Write(append(buf, "}\n}\n"...))
	return err
}

// appendFinding appends a finding as one line.
func appendFinding(buf []byte, f *lint.Finding) []byte {
	buf = append(buf, `{"rule":`...)
	buf = appendString(buf, f.Rule.ID)
	buf = appendMember(buf, "name", f.Rule.Name)
	buf = appendMember(buf, "severity", f.Severity.String())
	buf = appendMember(buf, "deployment", f.Deployment)
	buf = appendMember(buf, "product", string(f.Product))
	buf = appendMember(buf, "node", f.Node)
	if len(f.Environments) > 0 {
		buf = appendStrings(appendName(buf, "environments"), f.Environments)
	}
	buf = appendString(appendName(buf, "path"), f.Path)
	buf = appendNumber(buf, "line", f.Start.Line)
	buf = appendNumber(buf, "column", f.Start.Column)
	buf = appendNumber(buf, "end_line", f.End.Line)
	buf = appendNumber(buf, "end_column", f.End.Column)
	buf = appendMember(buf, "setting", f.Setting)
	buf = appendString(appendName(buf, "message"), f.Message)
	buf = appendMember(buf, "why", f.Why)
	buf = appendMember(buf, "do", f.Do)
	buf = appendMember(buf, "url", f.Rule.URL())
	buf = appendMember(buf, "step", f.Step)
	buf = appendString(appendName(buf, "fingerprint"), f.Fingerprint)
	if f.Fix != nil {
		buf = append(buf, `,"fix":{"title":`...)
		buf = appendString(buf, f.Fix.Title)
		buf = appendMember(buf, "safety", string(f.Fix.Safety))
		buf = append(buf, '}')
	}
	if len(f.Related) > 0 {
		buf = append(buf, `,"related":[`...)
		for i := range f.Related {
			if i > 0 {
				buf = append(buf, ',')
			}
			r := &f.Related[i]
			buf = append(buf, `{"path":`...)
			buf = appendString(buf, r.Path)
			buf = appendNumber(buf, "line", r.Start.Line)
			buf = appendNumber(buf, "column", r.Start.Column)
			buf = appendMember(buf, "message", r.Message)
			buf = append(buf, '}')
		}
		buf = append(buf, ']')
	}
	return append(buf, '}')
}
