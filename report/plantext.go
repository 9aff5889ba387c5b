package report

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/planner"
)

// planText is the plan as a check-list for people.
type planText struct {
	o     Options
	begun bool
}

func newPlanText(o Options) Plans { return &planText{o: o} }

func (t *planText) Begin(buf []byte) []byte { return buf }

func (t *planText) End(buf []byte) []byte { return buf }

func (t *planText) Append(buf []byte, plan *planner.Plan) []byte {
	p := newPage(buf, t.o)
	if t.begun {
		p.end()
	}
	t.begun = true
	p.planHead(plan)
	if plan.Changes != nil {
		p.planChanges(plan.Changes)
	}
	if plan.Progress != nil {
		p.planProgress(plan.Progress)
	}
	if plan.Changes == nil && plan.Progress == nil {
		p.checkList(plan)
	}
	p.explained(plan.Explained)
	p.planFoot(plan, t.o)
	return p.text
}

// checkList appends what is to be decided and done.
func (p *page) checkList(plan *planner.Plan) {
	p.decisions("To decide", plan.Decisions, false)
	window := planner.Window("")
	for _, s := range plan.Steps {
		if s.Window != window {
			window = s.Window
			p.end().title(window.Title())
		}
		p.step(s, plan.Warnings)
	}
	p.decisions(boardTitle, plan.Decisions, true)
	p.placeholders(plan.Placeholders())
}

// placeholders says what is to be put into the commands.
func (p *page) placeholders(all []planner.Placeholder) {
	if len(all) == 0 {
		return
	}
	p.end().title("To put into the commands")
	for _, name := range all {
		p.item(2, name.Name, name.Meaning)
	}
}

// planHead appends the plan's state and what it comes to.
func (p *page) planHead(plan *planner.Plan) {
	state := map[planner.State]style{planner.Done: green, planner.Ready: yellow, planner.Blocked: red}[plan.State]
	p.put(bold, plan.Deployment).add(", "+goalTitle(plan.Goal)+": ").put(state, string(plan.State)).end()
	for _, note := range planNotes(plan) {
		p.note(note)
	}
	if plan.State == planner.Done {
		return
	}
	s := plan.Summary()
	if plan.Target != "" {
		p.item(2, "target:", "XMPro "+plan.Target)
	}
	p.item(2, "steps: ", strings.Join(stepCounts(s), ", "))
	if plan.Progress == nil { // else it is said step by step
		for _, wait := range waits(plan) {
			p.item(2, "waits: ", wait)
		}
	}
	for _, w := range s.Windows {
		if len(w.Products) > 0 {
			p.item(2, "down:  ", w.Window.Title()+": "+list(titles(w.Products), "and")+effects(w.Effects))
		}
	}
	for _, loss := range losses(plan) {
		p.item(2, "lost:  ", loss.words())
	}
	if plan.Changes != nil || plan.Progress != nil { // else To decide asks for it
		for _, unknown := range s.Unknown {
			p.item(2, "not known:", unknown)
		}
	}
	p.item(2, "board: ", boardWords(plan))
}

func effects(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return " (" + strings.Join(all, "; ") + ")"
}

func (p *page) note(text string) {
	if text != "" {
		p.space(2).prose(2, text)
	}
}

// decisions appends questions, those of a change board or the others, and how to
// answer them.
func (p *page) decisions(title string, all []planner.Decision, board bool) {
	for i, d := range asked(all, board) {
		if i == 0 {
			p.end().title(title)
		}
		mark, color := "[?]", yellow
		if d.Answer != "" {
			mark, color = "[x]", green
		}
		p.space(2).put(color, mark).space(1).prose(6, d.Question)
		p.item(6, "answer:", d.Answer)
		p.item(6, "why:", d.Why)
		if d.Answer == "" {
			p.item(6, "write in xmpro.yaml:", d.Manifest)
		}
		p.item(6, "waits:", d.Step)
	}
}

// step appends one step of the check-list.
func (p *page) step(s *planner.Step, warnings []planner.Warning) {
	const in = 8
	mark, color := "[ ]", plain
	switch s.Status {
	case planner.StepDone:
		mark, color = "[x]", green
	case planner.StepBlocked:
		mark, color = "[!]", red
	}
	p.put(color, mark).space(1).put(bold, fmt.Sprintf("%2d. ", s.Number))
	title := s.Title
	if s.Optional {
		title += " (optional)"
	}
	p.prose(in, title)
	if s.Status == planner.StepDone {
		p.item(in, "done:", strings.Join(s.Evidence, "; "))
		return
	}
	p.item(in, "step:", s.ID)
	p.item(in, "waits for:", strings.Join(s.WaitsFor, "; "))
	p.item(in, "after:", strings.Join(s.Requires, ", "))
	p.item(in, "on:", strings.Join(s.Nodes, ", "))
	p.item(in, "because:", strings.Join(reasons(s.Because), ", "))
	for _, w := range warnings {
		if w.Step == s.ID {
			p.space(in).put(yellow, "warning:").space(1).prose(in+9, w.Rule+" "+w.Message)
		}
	}
	if s.DataLoss != "" && !saysLoss(s, warnings) {
		p.space(in).put(red, "lost:").space(1).prose(in+6, s.DataLoss)
	}
	if s.PointOfNoReturn {
		p.item(in, "no return:", "the only way back is a backup")
	}
	p.item(in, "down:", downtime(s))
	for _, note := range s.Notes {
		p.item(in, "note:", note)
	}
	p.actions(in, "do:", s.Do)
	p.edits(in, s.Edits)
	p.actions(in, "check:", s.Verify)
	p.actions(in, "undo:", s.Undo)
	p.item(in, "page:", s.Source)
}

// actions appends commands as they are to be typed, and words.
func (p *page) actions(in int, label string, all []planner.Action) {
	for _, a := range all {
		text := a.Manual
		if a.Run != "" {
			text = shellTitle(a.Shell, a.Elevated)
		}
		p.item(in, label, text)
		if a.Run != "" {
			p.block(in+4, a.Run)
		}
		p.item(in+4, "expect:", a.Expect)
	}
}

func shellTitle(s planner.Shell, elevated bool) string {
	title := map[planner.Shell]string{planner.PowerShell: "PowerShell", planner.Sh: "sh", planner.Cmd: "cmd", planner.SQL: "SQL"}[s]
	if elevated {
		return title + ", as administrator"
	}
	return title
}

// edits appends what changes in files.
func (p *page) edits(in int, all []planner.Edit) {
	for _, e := range all {
		p.item(in, "edit:", e.Path)
		for line := range strings.SplitSeq(strings.TrimRight(e.Diff, "\n"), "\n") {
			color := plain
			switch {
			case strings.HasPrefix(line, "+"):
				color = green
			case strings.HasPrefix(line, "-"):
				color = red
			}
			p.space(in+4).put(color, strings.TrimSuffix(strings.ReplaceAll(line, "\t", "    "), "\r")).end()
		}
	}
}

// planFoot appends what to do next.
func (p *page) planFoot(plan *planner.Plan, o Options) {
	if o.Quiet || plan.State == planner.Done {
		return
	}
	p.end()
	p.put(dim, "Next:").space(1)
	if plan.Changes != nil || plan.Progress != nil {
		p.prose(6, "xmlint plan"+o.target()+" says how each step is taken.")
		return
	}
	p.prose(6, "take the steps from top to bottom, and name each that no file can show under done: in xmpro.yaml. Then run it again.")
}
