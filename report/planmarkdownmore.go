package report

import (
	"strings"

	"github.com/xmlint/xmlint/planner"
)

// placeholders appends what is to be put into the commands.
func (w *markdownPage) placeholders(all []planner.Placeholder, level int) {
	if len(all) == 0 || w.brief {
		return
	}
	w.heading(level, "To put into the commands").blank()
	for _, name := range all {
		w.raw("- ").span(name.Name).raw(": ").put(name.Meaning).end()
	}
}

// changes appends what changed since an older plan.
func (w *markdownPage) changes(c *planner.Changes) {
	w.heading(3, "Since the saved plan").blank()
	switch {
	case c.Deployment == planner.Added:
		w.raw("- the saved file has no plan of this deployment to the same goal\n")
	case c.Deployment == planner.Gone:
		w.raw("- the deployment is gone\n")
	}
	for i := range c.Steps {
		s := &c.Steps[i]
		w.raw("- ").span(s.ID).raw(": ").put(string(s.Change)).end()
		w.item(2, "done", strings.Join(s.Evidence, "; "))
		for _, d := range s.Differences {
			w.difference(2, d)
		}
	}
	for _, d := range c.Other {
		w.difference(0, d)
	}
	w.raw("- " + plural(c.Same, "step") + " as before\n")
}

// difference appends what a list of texts lost and won.
func (w *markdownPage) difference(indent int, d planner.Difference) {
	w.label(indent, strings.ReplaceAll(d.Field, "_", " "))
	w.text = append(w.text[:len(w.text)-1], '\n')
	for _, text := range d.Removed {
		w.item(indent+2, "was", text)
	}
	for _, text := range d.Added {
		w.item(indent+2, "is", text)
	}
}

// explained appends what the plan was proven to keep, and why.
func (w *markdownPage) explained(all []planner.Invariant) {
	if len(all) == 0 {
		return
	}
	w.heading(3, "Proven: whatever order of the steps, and whichever optional ones are taken").blank()
	for _, inv := range all {
		w.raw("- ").put(inv.Text).end()
		for _, why := range inv.Why {
			w.raw("  - ").put(why).end()
		}
	}
}
