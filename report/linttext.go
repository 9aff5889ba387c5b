package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// lintText is what `xmlint lint` shows to people: each finding with its line,
// why it matters and what to do, a summary, and what to do next.
type lintText struct {
	o    Options
	hint hint
}

func newLintText(o Options) Lint { return &lintText{o: o} }

func (l *lintText) Begin(buf []byte) []byte { return buf }

func (l *lintText) Encode(c *Chunk, _ *deployment.Deployment, findings []lint.Finding) {
	explained := map[string]bool{}
	for i := range findings {
		f := &findings[i]
		l.insert(c, i, f, !explained[f.Why])
		explained[f.Why] = true
	}
}

func (l *lintText) Insert(c *Chunk, at int, f *lint.Finding) { l.insert(c, at, f, true) }

func (l *lintText) insert(c *Chunk, at int, f *lint.Finding, explain bool) {
	start := len(c.body)
	p := newPage(c.body, l.o)
	p.finding(f, explain)
	c.body = p.text
	c.insert(at, start, f)
}

func (l *lintText) Append(buf []byte, c *Chunk) []byte {
	l.hint.add(c.hint)
	for _, p := range c.ends {
		buf = append(buf, c.body[p.start:p.end]...)
	}
	return buf
}

func (l *lintText) End(w io.Writer, s Summary) error {
	if l.o.Quiet {
		return nil
	}
	p := newPage(nil, l.o)
	p.summary(s)
	var steps []nextStep
	if target, ok := l.o.plannable(l.hint.root); ok && l.hint.planned {
		steps = append(steps, nextStep{"xmlint plan" + target, "what to do, in order"})
	}
	if l.hint.rule != "" {
		steps = append(steps, nextStep{"xmlint explain " + l.hint.rule, "why, an example, and what to write instead"})
	}
	p.next(steps)
	_, err := w.Write(p.text)
	return err
}

// nextStep is a command and what it does.
type nextStep struct{ command, does string }

// next appends what to do next, one command below the other.
func (p *page) next(steps []nextStep) {
	width := 28
	for _, s := range steps {
		width = max(width, len(s.command)+3)
	}
	label := "Next:"
	for _, s := range steps {
		p.put(dim, label).space(1).put(bold, s.command).space(width - len(s.command)).line(s.does)
		label = "     "
	}
}

// finding appends a finding.
func (p *page) finding(f *lint.Finding, explain bool) {
	color := severityStyle(f.Severity)
	p.put(bold, fmt.Sprintf("%s:%d:%d:", f.Path, f.Start.Line, f.Start.Column)).space(1)
	p.put(color, f.Severity.String()).space(1)
	p.put(bold, f.Rule.ID).space(1).add(f.Rule.Name).add(": ")
	p.line(f.Message)
	if e, ok := excerptAt(f.Place, p.width-8); ok {
		p.excerpt(e, f.Start.Line, color)
	}
	if explain {
		p.item(4, "why:", firstParagraph(f.Why))
	}
	p.item(4, "fix:", f.Do)
	if f.Node != "" {
		p.item(4, "on: ", f.Node)
	}
	for _, r := range f.Related {
		p.item(4, "see:", fmt.Sprintf("%s:%d:%d: %s", r.Path, r.Start.Line, r.Start.Column, r.Message))
	}
	p.end()
}

// excerpt appends the line of a file and a caret below.
func (p *page) excerpt(e excerpt, line int, color style) {
	p.put(dim, fmt.Sprintf("%5d |", line)).space(1)
	p.text = append(append(p.text, e.text...), '\n') // made visible already
	p.put(dim, "      |").space(1 + e.caret)
	p.put(color, strings.Repeat("^", e.length)).end()
}

// summary appends what was looked at and what was found.
func (p *page) summary(s Summary) {
	p.add(plural(s.Files, "file") + " in " + plural(s.Deployments, "deployment") + ": ")
	if s.Found() == 0 {
		p.put(green, "nothing found")
	} else {
		for i, part := range []struct {
			n    int
			noun string
			s    lint.Severity
		}{{s.Errors, "error", lint.Error}, {s.Warnings, "warning", lint.Warning}, {s.Infos, "info", lint.Info}} {
			if i > 0 {
				p.add(", ")
			}
			color := severityStyle(part.s)
			if part.n == 0 {
				color = plain
			}
			p.put(color, plural(part.n, part.noun))
		}
	}
	if s.Suppressed > 0 {
		p.add(fmt.Sprintf(" (%d suppressed)", s.Suppressed))
	}
	p.line(".")
}

// firstParagraph is what stands before the first empty line.
func firstParagraph(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n\n")
	return strings.ReplaceAll(s, "\n", " ")
}
