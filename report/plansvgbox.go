package report

import (
	"slices"

	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/schema"
)

// mark is what is to be known of a step at a glance.
type mark struct{ class, text string }

// downOf names the products that stand still in a window.
func downOf(run []*planner.Step) string {
	var down []schema.Product
	for _, s := range run {
		for _, id := range s.Downtime.Products {
			if s.Status != planner.StepDone && !slices.Contains(down, id) {
				down = append(down, id)
			}
		}
	}
	if len(down) == 0 {
		return ""
	}
	return "cannot be used meanwhile: " + list(titles(down), "and")
}

// marksOf are the marks of a step, in lines of a width.
func marksOf(s *planner.Step, width int) [][]mark {
	var all []mark
	add := func(is bool, class, text string) {
		if is && s.Status != planner.StepDone {
			all = append(all, mark{class, text})
		}
	}
	add(s.Status == planner.StepBlocked, "stop", "waits for an answer")
	add(s.Restarts, "restart", "restarts")
	add(s.DataLoss != "", "loss", "loses data")
	add(s.PointOfNoReturn, "loss", "no return")
	var lines [][]mark
	used := 0
	for _, m := range all {
		w := textWidth(m.text+" · ", markSize)
		if len(lines) == 0 || used+w > width {
			lines, used = append(lines, nil), 0
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], m)
		used += w
	}
	return lines
}

// fill writes what stands in a box, whose lines have a width, and gives the
// height that it needs.
func (b *box) fill(width int) int {
	title := b.step.Title
	if b.step.Status == planner.StepDone && b.step.Number > 0 {
		title = stepTitle(b.step) // where the number stands is a tick
	}
	b.title = wrapText(title, titleSize, width, 4)
	b.marks = marksOf(b.step, width)
	lines := len(b.marks) * markLine
	if len(b.title) == 1 && len(b.marks) == 1 {
		used := textWidth(b.title[0], titleSize) + 2*boxPad
		for _, m := range b.marks[0] {
			used += textWidth(m.text+" · ", markSize)
		}
		if b.inline = used <= width; b.inline {
			lines = 0
		}
	}
	return 2*boxPad + len(b.title)*titleLine + lines + 2
}
