package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/planner"
)

// planMarkdown is the plan as a check-list in GitHub Flavored Markdown, to be
// pasted into a change ticket: the summary first, what is to be decided, then
// the steps by window, with a box to tick each.
//
// A ticket takes so many characters and no more. A plan that is longer than
// planMarkdownLimit is written without its commands, and says so.
type planMarkdown struct {
	o     Options
	begun bool
}

// planMarkdownLimit is below what a comment on GitHub takes, 65,536 characters.
const planMarkdownLimit = 60_000

func newPlanMarkdown(o Options) Plans { return &planMarkdown{o: o} }

func (m *planMarkdown) Begin(buf []byte) []byte { return buf }

func (m *planMarkdown) End(buf []byte) []byte { return buf }

func (m *planMarkdown) Append(buf []byte, plan *planner.Plan) []byte {
	if m.begun {
		buf = append(buf, '\n')
	}
	m.begun = true
	start := len(buf)
	for _, brief := range []bool{false, true} {
		w := markdownPage{text: buf[:start], brief: brief}
		w.heading(2, planTitle(plan))
		w.planHead(plan)
		if plan.Changes != nil {
			w.changes(plan.Changes)
		} else {
			w.decisions("To decide", plan.Decisions, false)
			w.steps(plan, 3)
			w.decisions(boardTitle, plan.Decisions, true)
			w.placeholders(plan.Placeholders(), 3)
		}
		w.explained(plan.Explained)
		if buf = w.text; len(buf)-start <= planMarkdownLimit {
			break
		}
	}
	return buf
}

// planHead appends what the plan comes to.
func (w *markdownPage) planHead(plan *planner.Plan) {
	for _, note := range planNotes(plan) {
		w.blank().put(note).end()
	}
	if plan.State == planner.Done {
		return
	}
	s := plan.Summary()
	w.blank()
	if plan.Target != "" {
		w.item(0, "Target", "XMPro "+plan.Target)
	}
	w.item(0, "Steps", strings.Join(stepCounts(s), ", "))
	for _, wait := range waits(plan) {
		w.item(0, "Waits", wait)
	}
	for _, win := range s.Windows {
		if len(win.Products) > 0 {
			w.item(0, "Down", win.Window.Title()+": "+list(titles(win.Products), "and")+effects(win.Effects))
		}
	}
	for _, loss := range losses(plan) {
		w.item(0, "Lost", loss.words())
	}
	if plan.Changes != nil { // else To decide asks for it
		for _, unknown := range s.Unknown {
			w.item(0, "Not known", unknown)
		}
	}
	w.item(0, "Board", boardWords(plan))
	if w.brief {
		w.item(0, "Left out here", "the commands, for the length of it; xmlint plan tells them")
	}
}

// stepCounts are the numbers of steps in words.
func stepCounts(s planner.Summary) []string {
	counts := []string{plural(s.Steps, "step") + " to take"}
	for _, part := range []struct {
		n    int
		text string
	}{{s.Optional, "more optional"}, {s.Done, "done"}, {s.Blocked, "blocked"}, {s.Restarts, "with a restart"}} {
		if part.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", part.n, part.text))
		}
	}
	return counts
}

// decisions appends questions, those of a change board or the others, with a box
// to tick.
func (w *markdownPage) decisions(title string, all []planner.Decision, board bool) {
	for i, d := range asked(all, board) {
		if i == 0 {
			w.heading(3, title)
			w.blank()
		}
		w.box(d.Answer != "").put(d.Question).end()
		w.decided(d)
	}
}

// decided appends the answer, or how to give it.
func (w *markdownPage) decided(d planner.Decision) {
	w.item(2, "answer", d.Answer)
	w.item(2, "why", d.Why)
	if d.Answer == "" {
		w.code(2, "write in xmpro.yaml", d.Manifest)
	}
	w.code(2, "waits", d.Step)
}

// steps appends the check-list.
func (w *markdownPage) steps(plan *planner.Plan, level int) {
	for run := range planWindows(plan) {
		title := run[0].Window.Title()
		if title == "" {
			title = "Steps"
		}
		w.heading(level, title)
		w.blank()
		for _, s := range run {
			w.step(s, plan.Warnings)
		}
	}
}

func (w *markdownPage) step(s *planner.Step, warnings []planner.Warning) {
	w.box(s.Status == planner.StepDone).raw("**").put(stepTitle(s)).raw("**")
	if s.Optional {
		w.raw(" (optional)")
	}
	w.end()
	w.code(2, "step", s.ID)
	if s.Status == planner.StepDone {
		w.item(2, "done", strings.Join(s.Evidence, "; "))
		return
	}
	w.item(2, "waits for", strings.Join(s.WaitsFor, "; "))
	w.item(2, "after", strings.Join(s.Requires, ", "))
	w.item(2, "on", strings.Join(s.Nodes, ", "))
	w.item(2, "because", strings.Join(reasons(s.Because), ", "))
	for _, warning := range warnings {
		if warning.Step == s.ID {
			w.item(2, "warning", warning.Rule+" "+warning.Message)
		}
	}
	if !saysLoss(s, warnings) {
		w.item(2, "lost", s.DataLoss)
	}
	if s.PointOfNoReturn {
		w.item(2, "no return", "the only way back is a backup")
	}
	w.item(2, "down", downtime(s))
	for _, note := range s.Notes {
		w.item(2, "note", note)
	}
	w.actions("do", s.Do)
	if !w.brief {
		for _, e := range s.Edits {
			w.code(2, "edit", e.Path)
			w.fence(4, "diff", e.Diff)
		}
	}
	w.actions("check", s.Verify)
	w.actions("undo", s.Undo)
	w.page(2, "page", s.Source)
}

// downtime says who cannot work while a step is taken.
func downtime(s *planner.Step) string {
	return strings.Trim(list(titles(s.Downtime.Products), "and")+": "+s.Downtime.Effect, ": ")
}

// reasons are the findings that a step mends.
func reasons(all []planner.Because) []string {
	var places []string
	for _, b := range all {
		places = append(places, fmt.Sprintf("%s at %s:%d", b.Rule, b.Path, b.Line))
	}
	return places
}

func (w *markdownPage) actions(label string, all []planner.Action) {
	for _, a := range all {
		switch {
		case a.Run == "":
			w.item(2, label, a.Manual)
		case !w.brief:
			w.item(2, label, shellTitle(a.Shell, a.Elevated))
			w.fence(4, shellLanguage(a.Shell), a.Run)
		}
		if !w.brief || a.Run == "" {
			w.item(4, "expect", a.Expect)
		}
	}
}

// shellLanguage is what highlighters call a shell.
func shellLanguage(s planner.Shell) string {
	if s == planner.Cmd {
		return "bat"
	}
	return string(s)
}
