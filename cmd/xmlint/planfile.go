package main

import (
	"errors"
	"os"

	"github.com/xmlint/xmlint/planner"
	"github.com/xmlint/xmlint/report"
)

// savedPlans reads the file of --compare.
func (a *app) savedPlans(name string) ([]*planner.Plan, error) {
	if name == "" {
		return nil, nil
	}
	const hint = "give the file that xmlint plan --save wrote"
	text, err := os.ReadFile(a.path(name))
	if err != nil {
		return nil, usagef(hint, "--compare %s: %w", name, reason(err))
	}
	plans, err := report.ReadPlans(text)
	if err != nil {
		return nil, usagef(hint, "--compare %s: %w", name, err)
	}
	return plans, nil
}

// keeper writes the file of --save.
type keeper struct {
	*replacement
	format report.Plans
}

// keepPlans begins the file of --save; nil where nothing is to be kept.
func (a *app) keepPlans(name string) (*keeper, error) {
	if name == "" {
		return nil, nil
	}
	format, err := report.NewPlans("json", report.Options{Tool: tool()})
	if err != nil {
		return nil, err
	}
	file, err := a.replace("--save", name)
	if err != nil {
		return nil, err
	}
	return &keeper{file, bare{format}}, nil
}

// outputs are what the plans are written to for the file.
func (k *keeper) outputs() []output[report.Plans] {
	if k == nil {
		return nil
	}
	return []output[report.Plans]{{k.format, k.sink}}
}

// end puts the file in its place, unless the run failed or found nothing. The
// error is that of the file alone.
func (k *keeper) end(failed error) error {
	if k == nil {
		return nil
	}
	return k.replacement.end(failed == nil || errors.Is(failed, status(statusFound)))
}

// bare keeps plans without what a flag added to them for the reader.
type bare struct{ report.Plans }

// Append appends the plan alone. One that stands for a deployment that is gone
// is not kept.
func (b bare) Append(buf []byte, p *planner.Plan) []byte {
	if p.Changes != nil && p.Changes.Deployment == planner.Gone {
		return buf
	}
	plain := *p
	plain.Explained, plain.Progress, plain.Changes = nil, nil, nil
	return b.Plans.Append(buf, &plain)
}
