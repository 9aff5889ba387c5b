package report

import (
	"bytes"
	"html/template"
	"io"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// lintHTML is `xmlint lint --format html`: the findings on a page of their own,
// with the filters and the looks of the audit.
type lintHTML struct {
	page  *htmlPage
	rules map[string]*lint.Rule
}

func newLintHTML(o Options) Lint {
	l := &lintHTML{page: newHTMLPage(o.Tool, "Findings"), rules: map[string]*lint.Rule{}}
	for _, r := range o.Rules {
		l.rules[r.ID] = r
	}
	return l
}

func (l *lintHTML) Begin(buf []byte) []byte { return buf }

func (l *lintHTML) Encode(c *Chunk, d *deployment.Deployment, findings []lint.Finding) {
	encodeEach(c, findings, l.Insert)
	c.tail = append(append(append(c.tail, d.Name...), 0), d.Root...)
}

// Insert appends the severity, and, behind a zero byte each, the product, the
// rule, and the finding.
func (l *lintHTML) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	c.body = append(append(append(c.body, byte(f.Severity)), f.Product...), 0)
	c.body = append(append(c.body, f.Rule.ID...), 0)
	found := auditFinding(*f)
	c.body = appendHTMLFinding(c.body, &found, "", "")
	c.insert(at, start, f)
}

func (l *lintHTML) Append(buf []byte, c *Chunk) []byte {
	if len(c.ends) == 0 {
		return buf
	}
	name, root, _ := strings.Cut(string(c.tail), "\x00")
	a := &Audit{Name: name, Root: root}
	h := &htmlAudit{Audit: a, ID: "d" + string(appendInt(nil, len(l.page.Audits)+1)), Key: name, Many: len(c.ends) > 300}
	found := map[schema.Product][]template.HTML{}
	for _, p := range c.ends {
		severity := lint.Severity(c.body[p.start])
		product, rest, _ := bytes.Cut(c.body[p.start+1:p.end], []byte{0})
		id, text, _ := bytes.Cut(rest, []byte{0})
		a.Counts.Finding(severity)
		found[schema.Product(product)] = append(found[schema.Product(product)], template.HTML(text))
		if r := l.rules[string(id)]; r != nil {
			l.page.explain(r)
		}
	}
	for i, product := range append([]schema.Product{""}, schema.Products()...) {
		title := deploymentTitle
		if product != "" {
			title = productName(product)
		}
		if list := found[product]; len(list) > 0 {
			g := newHTMLGroup(h.ID, i+1, product, title)
			g.Findings = list
			h.Groups = append(h.Groups, g)
		}
	}
	h.Severities = severitiesOf(a.Counts)
	l.page.Audits = append(l.page.Audits, h)
	return buf
}

func (l *lintHTML) End(w io.Writer, s Summary) error {
	if len(l.page.Audits) == 0 {
		l.page.Nothing = s.Deployments > 0
	}
	_, err := w.Write(l.page.append(nil))
	return err
}
