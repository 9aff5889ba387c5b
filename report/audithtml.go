package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// The parts of the page. It refers to nothing outside of itself: a Content
// Security Policy names the hashes of its one style and its one script, and
// allows nothing else.
var (
	//go:embed web/audit.html
	auditPage string
	//go:embed web/audit.css
	auditCSS string
	//go:embed web/audit.js
	auditJS string
)

// auditHTML is the audit as one page for browsers, paper and screen readers.
type auditHTML struct {
	o      Options
	audits []*Audit
}

func newAuditHTML(o Options) Audits { return &auditHTML{o: o} }

func (h *auditHTML) Begin(buf []byte) []byte { return buf }

func (h *auditHTML) Append(buf []byte, a *Audit) []byte {
	h.audits = append(h.audits, a)
	return buf
}

func (h *auditHTML) End(buf []byte) []byte {
	page := newHTMLPage(h.o.Tool, "Pre-upgrade audit")
	page.Planned, page.Long = true, len(h.audits) <= 3
	seen := map[string]bool{}
	for i, a := range h.audits {
		page.Audits = append(page.Audits, newHTMLAudit(a, i+1, seen[a.Name]))
		seen[a.Name] = true
		for j := range a.Findings {
			page.explain(a.Findings[j].Rule)
		}
	}
	return page.append(buf)
}

// newHTMLPage is an empty page of some kind.
func newHTMLPage(tool Tool, kind string) *htmlPage {
	css := "\n" + auditCSS + pictureCSS
	return &htmlPage{
		Tool: tool, Kind: kind, CSS: template.CSS(css), JS: template.JS(auditJS),
		Policy: "default-src 'none'; style-src '" + hashSource(css) + "'; script-src '" + hashSource(auditJS) + "'; img-src data:; base-uri 'none'; form-action 'none'",
	}
}

// append appends the page.
func (p *htmlPage) append(buf []byte) []byte {
	p.Title, p.Several = "No deployment", len(p.Audits) > 1
	switch len(p.Audits) {
	case 0:
	case 1:
		p.Title = p.Audits[0].Name
	default:
		p.Title = plural(len(p.Audits), "deployment")
	}
	slices.SortFunc(p.Rules, func(a, b htmlRule) int { return strings.Compare(a.ID, b.ID) })
	return appendTemplate(buf, "audit", p)
}

// explain puts a rule among those that are explained.
func (p *htmlPage) explain(r *lint.Rule) {
	if !slices.ContainsFunc(p.Rules, func(known htmlRule) bool { return known.ID == r.ID }) {
		p.Rules = append(p.Rules, htmlRule{r.ID, r.Name, r.Title, r.Doc.Why, r.Source, r.Name + ": " + r.URL()})
	}
}

// appendTemplate appends what a template of the page makes.
func appendTemplate(buf []byte, name string, value any) []byte {
	w := appendWriter{buf}
	if err := auditTemplate().ExecuteTemplate(&w, name, value); err != nil {
		return append(buf, template.HTMLEscapeString(err.Error())...)
	}
	return w.buf
}

// hashSource names a text in a Content Security Policy.
func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// appendWriter is a buffer to write to.
type appendWriter struct{ buf []byte }

func (w *appendWriter) Write(b []byte) (int, error) {
	w.buf = append(w.buf, b...)
	return len(b), nil
}

// htmlPage is what the template shows.
type htmlPage struct {
	Tool        Tool
	Kind, Title string
	Policy      string
	CSS         template.CSS
	JS          template.JS
	// Several deployments are on the page; they are Planned, and the contents
	// are Long: they have the sections of each.
	Several, Planned, Long bool
	// Nothing tells that deployments were read, and nothing was found in any.
	Nothing bool
	Audits  []*htmlAudit
	Rules   []htmlRule
}

// htmlRule is a rule that found something.
type htmlRule struct{ ID, Name, Title, Why, Source, URL string }

// htmlAudit is an audit with what the template needs beside it.
type htmlAudit struct {
	*Audit
	ID, Key, Target string
	Sections        []htmlSection
	V               Verdict
	Notes           []string
	Products        []htmlProduct
	Settings        []htmlSetting
	Severities      []htmlCount
	Groups          []htmlGroup
	Many            bool // findings: what is out of sight is not laid out
	Picture         template.HTML
	Runs            []htmlRun
	Placeholders    []planner.Placeholder
	ToDecide, Board []AuditDecision
	Statements      []Statements
	Suppressed      []string
	Unknown         []string
}

type htmlSection struct{ ID, Title string }

type htmlCount struct {
	Name string
	N    int
}

func severitiesOf(s Summary) []htmlCount {
	return []htmlCount{{"error", s.Errors}, {"warning", s.Warnings}, {"info", s.Infos}}
}

// htmlProduct is a row of the inventory.
type htmlProduct struct {
	Name                             schema.Product
	Version, State, Class, Instances string
}

// htmlSetting is a row of the settings.
type htmlSetting struct {
	Product, Setting, Value, Origin string
	Unknown                         bool
}

// newHTMLAudit prepares an audit, the page's number so and so. again tells that
// another of the page has the same name.
func newHTMLAudit(a *Audit, number int, again bool) *htmlAudit {
	h := &htmlAudit{
		Audit: a, ID: fmt.Sprintf("d%d", number), Key: a.Name, Target: a.Plan.Target, V: a.Verdict(), Statements: a.Statements(), Placeholders: a.Plan.Placeholders(),
		Severities: severitiesOf(a.Counts),
	}
	if again {
		h.Key = a.Name + "@" + a.Root
	}
	h.Notes = a.notes()
	for i := range a.Products {
		p := &a.Products[i]
		h.Products = append(h.Products, htmlProduct{p.Name, p.versionWords(), p.stateWords(), p.AutoScale, p.instanceWords()})
		for _, view := range a.Products[i].Views {
			for _, s := range view.Settings {
				h.Settings = append(h.Settings, htmlSetting{productTitle(view), s.Setting, s.valueWords(), s.originWords(), !s.Known})
			}
			for _, file := range view.Refused {
				h.Settings = append(h.Settings, htmlSetting{productTitle(view), "", "none: the file is refused", file, true})
			}
		}
	}
	for _, d := range a.Decisions {
		if d.Board {
			h.Board = append(h.Board, d)
		} else {
			h.ToDecide = append(h.ToDecide, d)
		}
	}
	for i := range a.Suppressed {
		h.Suppressed = append(h.Suppressed, a.Suppressed[i].suppressedWords())
	}
	for i := range a.Unknown {
		h.Unknown = append(h.Unknown, a.Unknown[i].words())
	}
	h.groups()
	h.Many = len(a.Findings) > 300
	h.steps()
	h.Picture = template.HTML(appendPlanFigure(nil, a.Plan, h.ID+"-picture"))
	h.sections()
	return h
}

// sections are the entries of the contents.
func (h *htmlAudit) sections() {
	for _, s := range []struct {
		id, title string
		in        bool
	}{
		{"summary", "Summary", true}, {"installed", "What is installed", true}, {"settings", "Settings", true}, {"findings", "Findings", true},
		{"plan", "Plan", true}, {"decide", "To decide", len(h.ToDecide) > 0}, {"board", "The board's questions", len(h.Board) > 0},
		{"left-out", "Left out", len(h.Suppressed) > 0}, {"word", "Whose word it is", len(h.Statements) > 0}, {"unknown", "Not known", len(h.Unknown) > 0}, {"inputs", "Read from", true},
	} {
		if s.in {
			h.Sections = append(h.Sections, htmlSection{h.ID + "-" + s.id, s.title})
		}
	}
}
