package main

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"

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

// keeper writes the file of --save beside its place and moves it there when it
// is whole: a run that fails leaves the plan that was kept before.
type keeper struct {
	name string // as it was given
	path string // on the machine
	temp *os.File
	out  output[report.Plans]
}

// keepPlans begins the file of --save; nil where nothing is to be kept.
func (a *app) keepPlans(name string) (*keeper, error) {
	if name == "" {
		return nil, nil
	}
	k := &keeper{name: name, path: a.path(name)}
	if info, err := os.Stat(k.path); err == nil && !info.Mode().IsRegular() {
		return nil, usagef("give a file", "--save %s is no file", name)
	}
	document, err := report.NewPlans("json", report.Options{Tool: tool()})
	if err != nil {
		return nil, err
	}
	if k.temp, err = os.CreateTemp(filepath.Dir(k.path), ".xmlint-plan-*"); err != nil {
		return nil, &outputError{name, reason(err)}
	}
	k.out = output[report.Plans]{bare{document}, &sink{name: name, buf: bufio.NewWriterSize(k.temp, bufferSize), file: k.temp}}
	return k, nil
}

// outputs are what the plans are written to for the file.
func (k *keeper) outputs() []output[report.Plans] {
	if k == nil {
		return nil
	}
	return []output[report.Plans]{k.out}
}

// end puts the file in its place, unless the run failed or found nothing: then
// it is thrown
// away. The error is that of the file alone.
func (k *keeper) end(failed error) error {
	if k == nil {
		return nil
	}
	var verdict status
	if failed != nil && (!errors.As(failed, &verdict) || verdict != statusFound) {
		os.Remove(k.temp.Name())
		return nil
	}
	err := os.Chmod(k.temp.Name(), 0o644)
	if err == nil {
		err = os.Rename(k.temp.Name(), k.path)
	}
	if err != nil {
		os.Remove(k.temp.Name())
		return &outputError{k.name, reason(err)}
	}
	return nil
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
