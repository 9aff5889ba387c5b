package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/migrate"
	"github.com/xmlint/xmlint/report"
)

// change shows the changes, and writes them if it shall.
func (m *migration) change() error {
	var all []*migrate.Changes
	doc := report.Migration{State: m.flags.state}
	broken := false
	var active []*deployment.Deployment
	for _, d := range m.all {
		c, err := migrate.Prepare(m.ctx, d, m.opts)
		var reference *migrate.ReferenceError
		if errors.As(err, &reference) {
			return &usage{err: err}
		}
		if err != nil {
			return err
		}
		broken = broken || c.Broken
		all = append(all, c)
		addChanges(&doc, c)
		if !c.IsEmpty() || len(c.Blocks) > 0 {
			active = append(active, d)
		}
	}
	if m.flags.write && len(active) > 1 {
		return tooMany(active, "--write changes one deployment at a time, and %d have something to change")
	}
	if m.flags.patch != "" {
		if err := m.writePatch(all); err != nil {
			return err
		}
	}
	left := len(active) > 0
	var refusal error
	if m.flags.write && left {
		refusal = m.write(&doc, active[0], all[slices.Index(m.all, active[0])])
		if refusal != nil && !doc.Refused {
			return refusal
		}
	}
	if err := m.print(doc); err != nil {
		if doc.Applied {
			fmt.Fprintln(m.stderr, "xmlint: the files are written all the same; "+visible.String(doc.Journal)+" holds them as they were")
		}
		return err
	}
	switch {
	case broken:
		return m.broken()
	case refusal != nil:
		return refusal
	case m.flags.check && left:
		return status(statusFound)
	}
	return m.judge(doc.Applied)
}

// write writes the changes of one deployment, and notes in the document what
// came of it. Where they are refused, the error is the status of a refusal.
func (m *migration) write(doc *report.Migration, d *deployment.Deployment, c *migrate.Changes) error {
	result, err := m.store(d).Apply(m.ctx, c)
	if err != nil {
		err = m.refused(err)
		doc.Refused = errors.Is(err, status(statusFound))
		return err
	}
	doc.Applied, doc.Journal = true, result.Journal
	if c.VersionControlled && m.state == "" {
		fmt.Fprintln(m.stderr, "xmlint: "+visible.String(result.Journal)+" lies in a working copy: keep it out of version control, it holds the files as they were")
	}
	return nil
}

// tooMany refuses a call that is about one deployment, where several could be
// meant. The format has a %d for their number.
func tooMany(all []*deployment.Deployment, format string) error {
	roots := make([]string, len(all))
	for i, d := range all {
		roots[i] = d.Root
	}
	return usagef("give one of them as PATH: "+strings.Join(roots, ", "), format, len(all))
}

// addChanges adds the changes of one deployment to the document.
func addChanges(doc *report.Migration, c *migrate.Changes) {
	doc.Edits = append(doc.Edits, c.Edits...)
	doc.Diff += c.Diff()
	doc.Warnings = append(doc.Warnings, c.Warnings...)
	doc.CommentsLost += c.CommentsLost
	doc.Blocked = append(doc.Blocked, c.Blocks...)
	doc.Left = append(doc.Left, c.Left...)
}

// print writes the document to all outputs.
func (m *migration) print(doc report.Migration) error {
	all, err := outputs(m.app, report.NewMigrations)
	if err != nil {
		return err
	}
	return write(m.app, all, func(put func(report.Migration) error) error { return put(doc) })
}

// judge gives the status that findings ask for, where they count.
func (m *migration) judge(changed bool) error {
	if severity, _ := m.app.flags.threshold(); severity == 0 {
		return nil
	}
	if changed {
		if err := m.load(); err != nil {
			return err
		}
	}
	runner, err := m.app.runner(false)
	if err != nil {
		return err
	}
	known, err := m.app.matcher(m.groups, m.opts.Load, runner)
	if err != nil {
		return err
	}
	var total report.Summary
	for _, d := range m.all {
		result, err := runner.Run(m.ctx, d)
		if err != nil {
			return err
		}
		if known != nil {
			known.Apply(d, &result)
		}
		total.Count(d, result.Findings)
	}
	return m.app.flags.failed(total)
}

// takeBack carries --rollback out.
func (m *migration) takeBack() error {
	var with []*deployment.Deployment
	for _, d := range m.all {
		if m.store(d).HasJournal() {
			with = append(with, d)
		}
	}
	switch {
	case len(with) == 0:
		return m.refused(migrate.ErrNoJournal)
	case len(with) > 1:
		return tooMany(with, "--rollback takes back one deployment at a time, and %d have a journal")
	}
	before := with[0]
	result, _, err := m.store(before).Rollback(m.ctx)
	if err != nil {
		return m.refused(err)
	}
	if err := m.load(); err != nil {
		return err
	}
	doc := report.Migration{Applied: true, RolledBack: true}
	for _, d := range m.all {
		if d.Root == before.Root {
			addChanges(&doc, &migrate.Changes{Edits: migrate.Settings(before, d, result.Files)})
		}
	}
	return m.print(doc)
}

// writePatch writes the file of --patch. It may hold secrets: it is a new file
// that only its owner can read, in the place of one that was there.
func (m *migration) writePatch(all []*migrate.Changes) error {
	name := m.path(m.flags.patch)
	fail := func(err error) error { return &outputError{m.flags.patch, reason(err)} }
	info, err := os.Stat(name)
	var f io.WriteCloser
	if err == nil && !info.Mode().IsRegular() {
		f, err = os.OpenFile(name, os.O_WRONLY, 0)
	} else {
		if err := (migrate.Host{}).Remove(name); err != nil {
			return fail(err)
		}
		f, err = migrate.Host{}.Create(name, "", true)
	}
	if err != nil {
		return fail(err)
	}
	for _, c := range all {
		if err == nil {
			_, err = f.Write(c.Patch())
		}
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

// openState finds the folder of --state, and makes it where only its last
// part is missing.
func (m *migration) openState() error {
	if m.flags.state == "" {
		return nil
	}
	m.state = filepath.Clean(m.path(m.flags.state))
	info, err := os.Stat(m.state)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.Mkdir(m.state, 0o700); err != nil {
			return usagef("give a folder that exists", "--state %s: %w", m.flags.state, reason(err))
		}
	case err != nil:
		return usagef("give a folder that exists", "--state %s: %w", m.flags.state, reason(err))
	case !info.IsDir():
		return usagef("give a folder", "--state %s is no folder", m.flags.state)
	}
	return nil
}
