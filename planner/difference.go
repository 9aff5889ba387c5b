package planner

import "slices"

// field is one part of a plan or a step as a list of texts.
type field struct {
	name  string
	texts []string
}

// differences are the fields that differ. Both lists name the same fields.
func differences(was, is []field) []Difference {
	found := []Difference{}
	for i := range was {
		if slices.Equal(was[i].texts, is[i].texts) {
			continue
		}
		d := Difference{Field: is[i].name, Removed: without(was[i].texts, is[i].texts), Added: without(is[i].texts, was[i].texts)}
		if len(d.Removed)+len(d.Added) == 0 { // the order alone differs
			d.Removed, d.Added = append(d.Removed, was[i].texts...), append(d.Added, is[i].texts...)
		}
		found = append(found, d)
	}
	return found
}

// without is a list without the items of another, each as often as it is there.
func without(list, other []string) []string {
	left := []string{}
	taken := make(map[string]int, len(other))
	for _, s := range other {
		taken[s]++
	}
	for _, s := range list {
		if taken[s] > 0 {
			taken[s]--
			continue
		}
		left = append(left, s)
	}
	return left
}

// texts are what a plan says beside its steps. Warnings at a step that is done,
// or new, say nothing new.
func (p *Plan) texts(left map[string]bool) []field {
	var decisions, warnings []string
	for _, d := range p.Decisions {
		text := d.ID + ": " + d.Question
		if d.Answer != "" {
			text += " " + d.Answer
		}
		decisions = append(decisions, text)
	}
	for _, w := range p.Warnings {
		if w.Step == "" || left[w.Step] {
			warnings = append(warnings, w.Step+": "+w.Rule+" "+w.Message)
		}
	}
	return []field{
		{"state", one(string(p.State))},
		{"target", one(p.Target)},
		{"unknown", p.Unknown},
		{"decisions", decisions},
		{"warnings", warnings},
		{"notes", p.Notes},
	}
}

// texts are what a step says to people. Reasons are compared without their
// lines: a comment above them moves those.
func (st *Step) texts(left map[string]bool) []field {
	var because, edits, requires []string
	for _, id := range st.Requires {
		if left[id] {
			requires = append(requires, id)
		}
	}
	for _, b := range st.Because {
		because = append(because, b.Rule+" at "+b.Path)
	}
	for _, e := range st.Edits {
		edits = append(edits, e.Path+"\n"+e.Diff)
	}
	return []field{
		{"title", one(st.Title)},
		{"optional", yes(st.Optional)},
		{"nodes", st.Nodes},
		{"requires", requires},
		{"waits_for", st.WaitsFor},
		{"because", because},
		{"do", actionTexts(st.Do)},
		{"edits", edits},
		{"verify", actionTexts(st.Verify)},
		{"undo", actionTexts(st.Undo)},
		{"restarts", yes(st.Restarts)},
		{"downtime", downtimeTexts(st.Downtime)},
		{"data_loss", one(st.DataLoss)},
		{"point_of_no_return", yes(st.PointOfNoReturn)},
		{"notes", st.Notes},
		{"window", one(string(st.Window))},
		{"source", one(st.Source)},
	}
}

func one(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

func yes(b bool) []string {
	if !b {
		return nil
	}
	return []string{"yes"}
}

func downtimeTexts(d Downtime) []string {
	var texts []string
	for _, p := range d.Products {
		texts = append(texts, p.Title())
	}
	return append(texts, one(d.Effect)...)
}

func actionTexts(actions []Action) []string {
	var texts []string
	for _, a := range actions {
		text := a.Manual
		if a.Run != "" {
			text = string(a.Shell)
			if a.Elevated {
				text += ", elevated"
			}
			text += ": " + a.Run
		}
		if a.Expect != "" {
			text += " (expect: " + a.Expect + ")"
		}
		texts = append(texts, text)
	}
	return texts
}
