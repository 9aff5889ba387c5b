package planner

import (
	"slices"
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// ask adds a question whose answer stands under decisions in the manifest.
func (b *builder) ask(id, question, options, why string) {
	d := Decision{ID: id, Question: question, Why: why, Manifest: "decisions: {" + id + ": " + options + "}"}
	for i := range b.s.m.Decisions {
		if strings.TrimSpace(b.s.m.Decisions[i].ID.Text) == id {
			d.Answer = b.s.m.Decisions[i].Answer.Text
		}
	}
	b.plan.Decisions = append(b.plan.Decisions, d)
}

// answers reports whether the manifest answers a question in a certain way.
// YAML has several words for yes.
func (b *builder) answers(id, answer string) bool {
	for i := range b.s.m.Decisions {
		d := &b.s.m.Decisions[i]
		if text := strings.ToLower(strings.TrimSpace(d.Answer.Text)); strings.TrimSpace(d.ID.Text) == id && (text == answer || answer == "yes" && text == "true") {
			return true
		}
	}
	return false
}

// decisions are the questions whose answers stand under decisions in the
// manifest, of all plans: those of [builder.ask].
func decisions() []string {
	return []string{
		"redis-per-product", "redis-capacity", "redis-failure", "redis-data", "redis-keys",
		"window", "turn-back", "leftovers", "success", "support", "unseen",
	}
}

// noteUnknownAnswers names answers that no question asks for: an answer that
// was mistyped would else be lost without a word.
func (b *builder) noteUnknownAnswers() {
	known := decisions()
	for i := range b.s.m.Decisions {
		d := &b.s.m.Decisions[i].ID
		id := strings.TrimSpace(d.Text)
		if slices.Contains(known, id) {
			continue
		}
		note := place(d.Place) + " answers " + words(id) + ", which is no question of a plan" + didYouMean(id, known)
		if k := slices.IndexFunc(b.plan.Decisions, func(q Decision) bool { return q.ID == id }); k >= 0 {
			note = place(d.Place) + " answers " + words(id) + " where it is not read; write " + b.plan.Decisions[k].Manifest
		}
		b.plan.Notes = append(b.plan.Notes, note)
	}
}

// noteUnknownSteps names what is listed as done without being a step.
func (b *builder) noteUnknownSteps() {
	if b.s.off {
		return
	}
	for i := range b.s.m.Done {
		d := &b.s.m.Done[i]
		if id := d.ID(); b.s.listed.byID[id] == d && !b.s.isStep(b.p, id) {
			b.plan.Notes = append(b.plan.Notes, place(d.Step.Place)+" lists "+words(id)+" as done, which is no step of this plan"+didYouMean(id, b.stepIDs()))
		}
	}
}

// stepIDs are the ids of the plan's steps.
func (b *builder) stepIDs() []string {
	var ids []string
	for _, st := range b.plan.Steps {
		ids = append(ids, st.ID)
	}
	return ids
}

// didYouMean asks for the nearest of the names that are known, if one is near.
func didYouMean(name string, known []string) string {
	if near := schema.Nearest(name, known); near != "" && near != name {
		return "; did you mean " + near + "?"
	}
	return ""
}
