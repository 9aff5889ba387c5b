package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/planner"
)

// auditText is the audit for a terminal.
type auditText struct {
	o     Options
	begun bool
}

func newAuditText(o Options) Audits { return &auditText{o: o} }

func (t *auditText) Begin(buf []byte) []byte { return buf }

func (t *auditText) Append(buf []byte, a *Audit) []byte {
	p := newPage(buf, t.o)
	if t.begun {
		p.end()
	}
	t.begun = true
	p.put(bold, "Audit of "+a.Name)
	if a.Root != a.Name {
		p.put(dim, " ("+a.Root+")")
	}
	p.end()
	p.verdict(a)
	p.auditProducts(a)
	p.auditFindings(a)
	p.end().title("Plan")
	for run := range planWindows(a.Plan) {
		p.end().space(2).put(bold, run[0].Window.Title()).end()
		for _, s := range run {
			p.step(s, a.Plan.Warnings)
		}
	}
	if len(a.Plan.Steps) == 0 {
		p.space(2).line("nothing is left to do")
	}
	p.placeholders(a.Plan.Placeholders())
	p.auditDecisions("To decide", a, false)
	p.auditDecisions("What the board will ask", a, true)
	sentences(p, suppressedTitle, a.Suppressed, (*AuditFinding).suppressedWords)
	p.statements(a)
	sentences(p, "What could not be known", a.Unknown, (*AuditUnknown).words)
	p.inputs(a)
	return p.text
}

func (t *auditText) End(buf []byte) []byte {
	if t.o.Quiet {
		return buf
	}
	p := newPage(buf, t.o).end()
	return p.put(dim, "Made by "+t.o.Tool.Name+" "+t.o.Tool.Version+".").end().text
}

// verdict appends the summary.
func (p *page) verdict(a *Audit) {
	v := a.Verdict()
	color := map[string]style{string(planner.Done): green, string(planner.Ready): yellow, string(planner.Blocked): red}[v.State]
	p.space(2).put(color, v.Answer+".").end()
	for _, note := range a.notes() {
		p.note(note)
	}
	for _, b := range v.Blocks {
		p.item(2, "in the way:", b)
	}
	if v.Steps+v.Optional+v.Done > 0 {
		p.item(2, "steps:     ", strings.Join(stepCounts(a.Plan.Summary()), ", "))
	}
	for _, w := range v.Down {
		p.item(2, "down:      ", w.Title+": "+list(titles(w.Products), "and")+effects(w.Effects))
	}
	for _, loss := range v.DataLoss {
		p.item(2, "lost:      ", loss.words())
	}
	if len(v.NoReturn) > 0 {
		p.item(2, "no return: ", strings.Join(v.NoReturn, ", "))
	}
	p.item(2, "found:     ", foundWords(v))
}

// foundWords counts findings.
func foundWords(v Verdict) string {
	return plural(v.Errors, "error") + ", " + plural(v.Warnings, "warning") + ", " + plural(v.Infos, "info")
}

func (p *page) auditProducts(a *Audit) {
	p.end().title("What is installed")
	p.item(2, "hosting:", a.Hosting)
	if len(a.Products) == 0 {
		p.space(2).line("no product was found")
	}
	for i := range a.Products {
		x := &a.Products[i]
		p.space(2).put(bold, productName(x.Name)).end()
		p.item(4, "version:   ", x.versionWords())
		p.item(4, "Auto Scale:", x.stateWords())
		p.item(4, "runs:      ", x.instanceWords())
		for _, view := range x.Views {
			if len(view.Settings)+len(view.Refused) == 0 {
				continue
			}
			if view.Node != "" || view.Environment != "" {
				p.space(4).put(bold, productTitle(view)).end()
			}
			for _, file := range view.Refused {
				p.space(4).put(red, "refused").add(": " + file + " gives no settings").end()
			}
			for _, s := range view.Settings {
				p.setting(s)
			}
		}
	}
}

func (p *page) auditFindings(a *Audit) {
	p.end().title("Findings")
	explained := map[string]bool{}
	for _, g := range a.Groups() {
		p.space(2).put(bold, g.Title).end()
		for _, f := range g.Findings {
			p.space(2).put(severityStyle(f.Severity), f.Severity.String()).space(1).put(bold, f.Rule.ID).space(1)
			p.prose(2+len(f.Severity.String())+1+len(f.Rule.ID)+1, f.Message)
			p.item(6, "at:", fmt.Sprintf("%s:%d:%d", f.Path, f.Start.Line, f.Start.Column))
			if f.Marked != "" {
				p.space(10)
				p.text = append(p.text, f.Before+f.Marked+f.After+"\n"...) // made visible already
				p.space(10+visible.Cells(f.Before)).put(severityStyle(f.Severity), strings.Repeat("^", max(1, visible.Cells(f.Marked)))).end()
			}
			if !explained[f.Why] {
				p.item(6, "why:", firstParagraph(f.Why))
				explained[f.Why] = true
			}
			p.item(6, "fix:", f.Do)
			if s := a.step(f.Step); s != nil {
				p.item(6, "step:", stepTitle(s))
			}
		}
	}
	if len(a.Findings) == 0 {
		p.space(2).line("nothing was found")
	}
}

func (p *page) auditDecisions(title string, a *Audit, board bool) {
	first := true
	for _, d := range a.Decisions {
		if d.Board != board {
			continue
		}
		if first {
			p.end().title(title)
			first = false
		}
		mark, color := "[?]", yellow
		if d.Answer != "" {
			mark, color = "[x]", green
		}
		p.space(2).put(color, mark).space(1).prose(6, d.Question)
		p.item(6, "answer:", d.Answer)
		for _, known := range d.Known {
			p.item(6, "the tree says:", known)
		}
		p.item(6, "it does not say:", d.Open)
		p.item(6, "why:", d.Why)
		if d.Answer == "" {
			p.item(6, "write in xmpro.yaml:", d.Manifest)
		}
		p.item(6, "waits:", d.Step)
	}
}

func (p *page) statements(a *Audit) {
	groups := a.Statements()
	if len(groups) == 0 {
		return
	}
	p.end().title("Whose word it is")
	for _, g := range groups {
		p.space(2).put(bold, g.Title).end()
		for _, s := range g.Sources {
			p.space(4).prose(4, s.name())
			p.item(6, "steps:", strings.Join(s.Steps, ", "))
			p.item(6, "rules:", strings.Join(s.Rules, ", "))
		}
	}
}

func (p *page) inputs(a *Audit) {
	p.end().title("Read from (SHA-256)")
	for _, input := range a.Inputs {
		hash := input.SHA256
		if hash == "" {
			hash = "could not be read"
		}
		p.space(2).add(hash).space(2).line(input.Path)
	}
}

// suppressedTitle is above what is left out of the findings.
const suppressedTitle = "Found, and left out on somebody's word"

// sentences appends a section with a sentence for each of a list.
func sentences[T any](p *page, title string, all []T, words func(*T) string) {
	if len(all) == 0 {
		return
	}
	p.end().title(title)
	for i := range all {
		p.space(2).prose(4, words(&all[i]))
	}
}
