package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/rules"
)

// guardMost is what lint may cost against the standard library's readers.
const guardMost = 0.4

// guard compares the CPU time of lint with that of json.Valid and
// encoding/xml's tokens over the same bytes. Both are in memory: what the
// operating system takes to hand files out is the same for both, and differs
// from machine to machine. The status is 1 where it is more than most times
// that.
func (b *bench) guard(t *tree, most float64) (int, error) {
	files, err := loadTree(t.dir)
	if err != nil {
		return 0, err
	}
	var ours, theirs []float64
	for round := range b.runs + 1 {
		runtime.GC()
		start := cpuTime()
		if err := lintMemory(files); err != nil {
			return 0, err
		}
		runtime.GC()
		middle := cpuTime()
		for name, text := range files.text {
			standard(text, name)
		}
		end := cpuTime()
		if round > 0 { // the first one counts for nothing
			ours = append(ours, middle-start)
			theirs = append(theirs, end-middle)
		}
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	own, std := ours[len(ours)/2], theirs[len(theirs)/2]
	fmt.Fprintf(b.out, "%-32s %8.3f s CPU\n%-32s %8.3f s CPU\n", "lint", own, "json.Valid, xml tokens", std)
	fmt.Fprintf(b.out, "lint / json.Valid and xml tokens: %.2f (at most %.1f)\n", own/std, most)
	if own/std > most {
		return 1, nil
	}
	return 0, nil
}

// lintMemory does what `xmlint lint --format json` does, with one worker.
func lintMemory(files *memory) error {
	ctx := context.Background()
	groups, err := deployment.Discover(ctx, []deployment.Source{{FS: files, Dir: ".", Shown: "."}}, nil)
	if err != nil {
		return err
	}
	runner, err := lint.NewRunner(rules.All())
	if err != nil {
		return err
	}
	format, err := report.NewLint("json", report.Options{})
	if err != nil {
		return err
	}
	l := report.Linting{Outputs: []report.Output{{Format: format, W: io.Discard}}}
	if err := l.Begin(); err != nil {
		return err
	}
	err = deployment.Each(ctx, groups, deployment.Options{Jobs: 1}, func(d *deployment.Deployment) (*report.Piece, error) {
		result, err := runner.Run(ctx, d)
		return l.Work(d, result), err
	}, l.Done)
	return errors.Join(err, l.End())
}

// standard reads a file as a program does that has nothing but Go's library.
func standard(text []byte, name string) {
	if strings.HasSuffix(name, ".json") {
		if !json.Valid(text) {
			panic(name + " is no JSON: the tree is made wrong")
		}
		return
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		if _, err := d.Token(); err != nil {
			return
		}
	}
}

// memory is a tree in memory, as a file system that is read like the
// machine's.
type memory struct {
	text    map[string][]byte
	folders map[string][]fs.DirEntry
}

func loadTree(dir string) (*memory, error) {
	m := &memory{text: map[string][]byte{}, folders: map[string][]fs.DirEntry{}}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		m.folders[path.Dir(rel)] = append(m.folders[path.Dir(rel)], d)
		if !d.IsDir() {
			m.text[rel], err = os.ReadFile(name)
		}
		return err
	})
	return m, err
}

// Open is there for [fs.FS]; nothing opens a file here.
func (m *memory) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists a folder, as [fs.ReadDirFS].
func (m *memory) ReadDir(name string) ([]fs.DirEntry, error) { return m.folders[name], nil }

// AppendFile reads a file behind buf; see [deployment.Source].
func (m *memory) AppendFile(buf []byte, name string, _ int64) ([]byte, error) {
	text, ok := m.text[name]
	if !ok {
		return buf, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return append(buf, text...), nil
}
