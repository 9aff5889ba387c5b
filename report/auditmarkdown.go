package report

import (
	"fmt"
	"strings"
)

// auditMarkdown is the audit in GitHub Flavored Markdown, for a wiki or a
// repository. Its picture of the plan is Mermaid's, which GitHub, GitLab and
// Azure DevOps draw.
type auditMarkdown struct {
	o     Options
	begun bool
}

func newAuditMarkdown(o Options) Audits { return &auditMarkdown{o: o} }

func (m *auditMarkdown) Begin(buf []byte) []byte { return buf }

func (m *auditMarkdown) Append(buf []byte, a *Audit) []byte {
	w := &markdownPage{text: buf}
	if m.begun {
		w.end()
	} else {
		w.raw("# Pre-upgrade audit\n")
	}
	m.begun = true
	w.heading(2, a.Name)
	w.auditVerdict(a)
	w.auditProducts(a)
	w.auditFindings(a)
	w.auditPlan(a)
	w.auditDecisions("To decide", a, false)
	w.auditDecisions("What the board will ask", a, true)
	markdownSentences(w, suppressedTitle, a.Suppressed, (*AuditFinding).suppressedWords)
	w.statements(a)
	markdownSentences(w, "What could not be known", a.Unknown, (*AuditUnknown).words)
	w.inputs(a)
	return w.text
}

func (m *auditMarkdown) End(buf []byte) []byte {
	if !m.begun {
		buf = append(buf, "# Pre-upgrade audit\n\nNo XMPro configuration was found.\n"...)
	}
	w := &markdownPage{text: buf}
	return w.blank().raw("Made by ").put(m.o.Tool.Name + " " + m.o.Tool.Version).raw(".\n").text
}

func (w *markdownPage) auditVerdict(a *Audit) {
	v := a.Verdict()
	w.blank().raw("**").put(v.Answer).raw(".**\n")
	for _, note := range a.notes() {
		w.blank().put(note).end()
	}
	w.blank()
	for _, b := range v.Blocks {
		w.item(0, "In the way", b)
	}
	w.item(0, "Steps", strings.Join(stepCounts(a.Plan.Summary()), ", "))
	for _, down := range v.Down {
		w.item(0, "Down", down.Title+": "+list(titles(down.Products), "and")+effects(down.Effects))
	}
	for _, loss := range v.DataLoss {
		w.item(0, "Lost", loss.words())
	}
	w.item(0, "No return", strings.Join(v.NoReturn, ", "))
	w.item(0, "Found", foundWords(v))
	w.code(0, "Folder", a.Root)
}

func (w *markdownPage) auditProducts(a *Audit) {
	w.heading(3, "What is installed")
	if a.Hosting != "" {
		w.blank().item(0, "Hosting", a.Hosting)
	}
	if len(a.Products) == 0 {
		w.blank().put("no product was found").end()
		return
	}
	w.head("Product", "Version and what shows it", "Auto Scale", "Instances")
	for i := range a.Products {
		p := &a.Products[i]
		w.row(productName(p.Name), p.versionWords(), p.stateWords(), p.instanceWords())
	}
	w.heading(3, "Effective Auto Scale settings")
	w.head("Product", "Setting", "Value", "From")
	for i := range a.Products {
		for _, view := range a.Products[i].Views {
			for _, s := range view.Settings {
				w.row(productTitle(view), code(s.Setting), s.valueCell(), code(s.originWords()))
			}
			for _, file := range view.Refused {
				w.row(productTitle(view), "", "none: the file is refused", code(file))
			}
		}
	}
}

func (w *markdownPage) auditFindings(a *Audit) {
	w.heading(3, "Findings")
	if len(a.Findings) == 0 {
		w.blank().put("nothing was found").end()
	}
	for _, g := range a.Groups() {
		w.heading(4, g.Title)
		w.head("Severity", "Rule", "Where", "What is wrong", "What to do")
		for _, f := range g.Findings {
			do := f.Do
			if s := a.step(f.Step); s != nil {
				do = strings.TrimPrefix(do+"; see step "+fmt.Sprint(s.Number), "; ")
			}
			w.row(f.Severity, f.Rule.ID+" "+f.Rule.Name, code(placeOfStart(f.Path, f.Start)), f.Message, do)
		}
	}
}

func (w *markdownPage) auditPlan(a *Audit) {
	w.heading(3, "Plan")
	picture := newPlanMermaid(Options{})
	w.blank().fence(0, "mermaid", string(picture.End(picture.Append(picture.Begin(nil), a.Plan))))
	w.steps(a.Plan, 4)
	w.placeholders(a.Plan.Placeholders(), 4)
}

func (w *markdownPage) auditDecisions(title string, a *Audit, board bool) {
	first := true
	for _, d := range a.Decisions {
		if d.Board != board {
			continue
		}
		if first {
			w.heading(3, title).blank()
			first = false
		}
		w.box(d.Answer != "").put(d.Question).end()
		for _, known := range d.Known {
			w.item(2, "the tree says", known)
		}
		w.item(2, "it does not say", d.Open)
		w.decided(d.Decision)
	}
}

func (w *markdownPage) statements(a *Audit) {
	groups := a.Statements()
	if len(groups) == 0 {
		return
	}
	w.heading(3, "Whose word it is")
	for _, g := range groups {
		w.heading(4, g.Title).blank()
		for _, s := range g.Sources {
			w.page(0, "source", s.name())
			w.item(2, "steps", strings.Join(s.Steps, ", "))
			w.item(2, "rules", strings.Join(s.Rules, ", "))
		}
	}
}

// markdownSentences appends a section with a sentence for each of a list.
func markdownSentences[T any](w *markdownPage, title string, all []T, words func(*T) string) {
	if len(all) == 0 {
		return
	}
	w.heading(3, title).blank()
	for i := range all {
		w.raw("- ").put(words(&all[i])).end()
	}
}

func (w *markdownPage) inputs(a *Audit) {
	w.heading(3, "Read from")
	w.head("File", "SHA-256")
	for _, input := range a.Inputs {
		hash := any(code(input.SHA256))
		if input.SHA256 == "" {
			hash = "could not be read"
		}
		w.row(code(input.Path), hash)
	}
}
