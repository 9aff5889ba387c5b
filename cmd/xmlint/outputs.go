package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/xmlint/xmlint/report"
)

// outputError says that an output could not be written.
type outputError struct {
	name string
	err  error
}

// Error names the output.
func (e *outputError) Error() string {
	return fmt.Sprintf("%s cannot be written: %v", e.name, reason(e.err))
}

// Unwrap gives the cause.
func (e *outputError) Unwrap() error { return e.err }

// stdoutName is how messages call standard output.
const stdoutName = "standard output"

// isClosed reports whether standard output was closed by who reads it, as head
// does: that is no news to anybody.
func (e *outputError) isClosed() bool {
	// ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.
	const brokenPipe, noData = syscall.Errno(109), syscall.Errno(232)
	if e.name != stdoutName {
		return false
	}
	return errors.Is(e.err, syscall.EPIPE) || runtime.GOOS == "windows" && (errors.Is(e.err, brokenPipe) || errors.Is(e.err, noData))
}

// output is one place that a report is written to, in one format.
type output[T any] struct {
	format T
	w      *sink
}

// sink is a buffered output that says its name when it fails.
type sink struct {
	name string
	buf  *bufio.Writer
	file *os.File // nil for standard output
	// others tells that there are other outputs: one that fails does not
	// silence them, and says so when it is closed.
	others bool
	failed error
}

// Write writes to the buffer.
func (s *sink) Write(b []byte) (int, error) {
	if s.failed != nil {
		return len(b), nil
	}
	n, err := s.buf.Write(b)
	switch {
	case err == nil:
	case s.others:
		s.failed = err
		return len(b), nil
	default:
		err = &outputError{s.name, err}
	}
	return n, err
}

// close writes what is left.
func (s *sink) close() error {
	err := s.failed
	if err == nil {
		err = s.buf.Flush()
	}
	if s.file != nil {
		if e := s.file.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return &outputError{s.name, err}
	}
	return nil
}

const bufferSize = 64 << 10

// readableWidth is the number of columns that text keeps to on any terminal that
// has so many: longer lines are hard to read.
const readableWidth = 100

// chosenOutputs says where reports go, and opens no file: what is wrong with
// --format or --output is known before anything is done. Open makes the format
// of a name.
func chosenOutputs[T any](a *app, open func(format string, o report.Options) (T, error)) ([]output[T], error) {
	if err := a.flags.check(); err != nil {
		return nil, err
	}
	o := report.Options{Tool: tool(), Quiet: a.flags.quiet, Paths: a.flags.paths}
	terminal := o
	terminal.Color = a.colors()
	if a.terminal && a.width > 0 {
		terminal.Width = min(a.width, readableWidth)
	}
	format, err := open(a.flags.format, terminal)
	if err != nil {
		return nil, err
	}
	all := []output[T]{{format, &sink{name: stdoutName, buf: bufio.NewWriterSize(a.stdout, bufferSize)}}}
	for _, spec := range a.flags.outputs {
		name, file, ok := strings.Cut(spec, "=")
		switch {
		case !ok || name == "" || file == "":
			return nil, usagef("write it as --output json=report.json", "--output %q has no FORMAT=FILE", spec)
		case file == "-":
			return nil, usagef("choose the format of standard output with --format; a file of that name is ./-", "--output %s names no file", spec)
		}
		if format, err = open(name, o); err != nil {
			return nil, err
		}
		if err := a.keepsInputs("--output "+spec, file); err != nil {
			return nil, err
		}
		all = append(all, output[T]{format, &sink{name: file}})
	}
	return all, keepsApart(a, all[1:])
}

// outputs opens standard output and the files of --output. A file that cannot
// be made fails when it is closed, when the others have been written.
func outputs[T any](a *app, open func(format string, o report.Options) (T, error)) ([]output[T], error) {
	all, err := chosenOutputs(a, open)
	if err != nil {
		return nil, err
	}
	for i, x := range all {
		if x.w.others = len(all) > 1; i == 0 {
			continue
		}
		if x.w.file, err = os.Create(a.path(x.w.name)); err != nil {
			x.w.file, x.w.failed = nil, reason(err)
			continue
		}
		x.w.buf = bufio.NewWriterSize(x.w.file, bufferSize)
	}
	return all, nil
}

func closeAll[T any](all []output[T]) error {
	var first error
	for _, x := range all {
		if err := x.w.close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// write writes a document piece by piece to all outputs: pieces calls put for
// each, and may end with a status.
func write[T any](a *app, all []output[report.Document[T]], pieces func(put func(T) error) error) error {
	var buf []byte // used again for each piece
	each := func(encode func(d report.Document[T]) []byte) error {
		for _, x := range all {
			buf = encode(x.format)
			if _, err := x.w.Write(buf); err != nil {
				return err
			}
		}
		return nil
	}
	begun := false
	begin := func() error { // not before there is something: a call may prove wrong
		if begun {
			return nil
		}
		begun = true
		return each(func(d report.Document[T]) []byte { return d.Begin(buf[:0]) })
	}
	var verdict status
	err := pieces(func(piece T) error {
		if err := begin(); err != nil {
			return err
		}
		return each(func(d report.Document[T]) []byte { return d.Append(buf[:0], piece) })
	})
	if errors.As(err, &verdict) { // the document is whole all the same
		err = nil
	}
	if err == nil {
		err = begin()
	}
	if err == nil {
		err = each(func(d report.Document[T]) []byte { return d.End(buf[:0]) })
	}
	if e := closeAll(all); err == nil {
		err = e
	}
	if err == nil && verdict != statusDone {
		err = verdict
	}
	return err
}

// colors reports whether the terminal gets colours.
func (a *app) colors() bool {
	switch a.flags.color {
	case "always":
		return true
	case "never":
		return false
	}
	if !a.terminal || a.env("NO_COLOR") != "" || a.env("TERM") == "dumb" {
		return false
	}
	// An old console of Windows would print the escape sequences.
	return runtime.GOOS != "windows" || a.env("WT_SESSION") != "" || a.env("TERM") != "" || a.env("ANSICON") != ""
}

// path is a path of the command line on the machine.
func (a *app) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(a.dir, p)
}
