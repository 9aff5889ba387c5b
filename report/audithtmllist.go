package report

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// htmlGroup is what was found in one product.
type htmlGroup struct {
	ID, Key, Title string
	Findings       []template.HTML
}

// newHTMLGroup is an empty group, the deployment's number so and so.
func newHTMLGroup(deployment string, number int, product schema.Product, title string) htmlGroup {
	key := string(product)
	if key == "" {
		key = "deployment"
	}
	return htmlGroup{ID: fmt.Sprintf("%s-group%d", deployment, number), Key: key, Title: title}
}

// htmlFinding is one finding.
type htmlFinding struct {
	*AuditFinding
	Where             string
	OwnWhy            string // where it is not the rule's
	StepID, StepTitle string
}

// appendHTMLFinding appends a finding, and a link to the step of the page that
// mends it.
func appendHTMLFinding(buf []byte, f *AuditFinding, stepID, stepTitle string) []byte {
	found := htmlFinding{AuditFinding: f, Where: placeOfStart(f.Path, f.Start), StepID: stepID, StepTitle: stepTitle}
	if f.Why != f.Rule.Doc.Why {
		found.OwnWhy = firstParagraph(f.Why)
	}
	return appendTemplate(buf, "finding", found)
}

// groups prepares the findings.
func (h *htmlAudit) groups() {
	for i, g := range h.Audit.Groups() {
		x := newHTMLGroup(h.ID, i+1, g.Product, g.Title)
		for _, f := range g.Findings {
			id, title := "", ""
			if s := h.step(f.Step); s != nil {
				id, title = h.stepID(s), stepTitle(s)
			}
			x.Findings = append(x.Findings, template.HTML(appendHTMLFinding(nil, f, id, title)))
		}
		h.Groups = append(h.Groups, x)
	}
}

func placeOfStart(path string, start lint.Position) string {
	return fmt.Sprintf("%s:%d:%d", path, start.Line, start.Column)
}

// htmlRun is a window with its steps.
type htmlRun struct {
	Title string
	Steps []htmlStep
}

// htmlStep is one step.
type htmlStep struct {
	Step      *planner.Step
	ID, Class string
	Done      bool
	After     []htmlSection
	Down      string
	Because   []string
	Warnings  []htmlWarning
	Authority string
}

// stepID is the step's place on the page.
func (h *htmlAudit) stepID(s *planner.Step) string { return fmt.Sprintf("%s-step%d", h.ID, s.Number) }

// htmlWarning is a warning whose rule may be explained on the page.
type htmlWarning struct {
	planner.Warning
	Listed bool
}

// steps prepares the plan.
func (h *htmlAudit) steps() {
	for run := range planWindows(h.Plan) {
		r := htmlRun{Title: run[0].Window.Title()}
		for _, s := range run {
			x := htmlStep{
				Step: s, ID: h.stepID(s), Class: stepClass(s), Done: s.Status == planner.StepDone,
				Down: downtime(s), Because: reasons(s.Because), Authority: strings.ToLower(authorityOf(s.Source).title()),
			}
			for _, id := range s.Requires {
				if before := h.Plan.Step(id); before != nil {
					x.After = append(x.After, htmlSection{h.stepID(before), stepTitle(before)})
				}
			}
			for _, w := range h.Plan.Warnings {
				if w.Step == s.ID {
					listed := slices.ContainsFunc(h.Findings, func(f AuditFinding) bool { return f.Rule.ID == w.Rule })
					x.Warnings = append(x.Warnings, htmlWarning{w, listed})
				}
			}
			r.Steps = append(r.Steps, x)
		}
		h.Runs = append(h.Runs, r)
	}
}

// htmlActions are the actions of a step under a heading.
type htmlActions struct {
	Title   string
	Actions []planner.Action
}

// htmlSource is a source that may be a link.
type htmlSource struct{ Title, Address string }

// auditTemplate is parsed when the first page is made.
var auditTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("audit").Funcs(template.FuncMap{
		"v":       visible.String,
		"lines":   visibleLines,
		"prose":   proseHTML,
		"diff":    diffHTML,
		"join":    func(all []string) string { return visible.String(strings.Join(all, ", ")) },
		"titles":  func(all []schema.Product) string { return list(titles(all), "and") },
		"product": productName,
		"place":   placeOfStart,
		"shell":   func(a planner.Action) string { return shellTitle(a.Shell, a.Elevated) },
		"actions": func(title string, all []planner.Action) htmlActions { return htmlActions{title, all} },
		"source": func(source string) htmlSource {
			title, address := splitSource(source)
			switch {
			case title == "" && address == "":
				title = "no page is named"
			case title == "":
				title = address
			}
			return htmlSource{title, address}
		},
	}).Parse(auditPage))
})

// visibleLines makes text visible and keeps its lines.
func visibleLines(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\r\n"), "\n")
	for i, line := range lines {
		lines[i] = visible.String(strings.TrimSuffix(strings.ReplaceAll(line, "\t", "    "), "\r"))
	}
	return strings.Join(lines, "\n")
}

// diffHTML marks the lines of a diff.
func diffHTML(diff string) template.HTML {
	var b strings.Builder
	for line := range strings.SplitSeq(visibleLines(diff), "\n") {
		text := template.HTMLEscapeString(line)
		switch {
		case strings.HasPrefix(line, "+"):
			text = "<ins>" + text + "</ins>"
		case strings.HasPrefix(line, "-"):
			text = "<del>" + text + "</del>"
		}
		b.WriteString(text + "\n")
	}
	return template.HTML(b.String())
}

// proseHTML turns paragraphs with code between backticks into HTML.
func proseHTML(s string) template.HTML {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
		b.WriteString("<p>")
		for i, piece := range strings.Split(strings.Join(strings.Fields(part), " "), "`") {
			text := template.HTMLEscapeString(visible.String(piece))
			if i%2 == 1 {
				text = "<code>" + text + "</code>"
			}
			b.WriteString(text)
		}
		b.WriteString("</p>\n")
	}
	return template.HTML(b.String())
}
