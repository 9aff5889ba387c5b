package deployment

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/xmlint/xmlint/internal/document"
)

// readManifest reads the group's xmpro.yaml. What is wrong with it becomes a
// Problem; the rest is used.
func (l *loader) readManifest() {
	f := l.readYAML()
	m := &Manifest{File: f}
	l.first.Manifest = m
	if f.Err != nil {
		return
	}
	r := manifestReader{m: m, lines: yamlLines{text: f.Text.Bytes}}
	var root yaml.Node
	if err := yaml.Load(f.Text.Bytes, &root); err != nil {
		r.syntax(err)
	} else if len(root.Content) > 0 {
		r.check(root.Content[0])
		r.read(root.Content[0])
		if !l.isNamed() {
			r.checkPaths(l)
		}
	}
	r.sortProblems()
}

// maxManifest is the size in bytes over which a manifest is refused: it is
// written by hand.
const maxManifest = 1 << 20

func (l *loader) readYAML() *File {
	name := path.Join(l.group.dir, l.group.manifest)
	f := &File{Path: l.show(name), Role: RoleManifest, Active: true}
	limits := l.opts.Limits
	limits.MaxBytes = min(limits.Limit(), maxManifest)
	raw, err := l.arena.read(l.group.source.FS, name, true, limits.MaxBytes)
	if err != nil {
		f.Err = err
		return f
	}
	f.Text, f.Err = document.DecodeJSON(f.Path, raw, limits)
	return f
}

// manifestReader fills in a Manifest.
type manifestReader struct {
	m       *Manifest
	lines   yamlLines
	members map[*yaml.Node]map[string]int // of mappings in which a problem was looked for
}

func (r *manifestReader) problem(at Place, message, hint string) {
	r.m.Problems = append(r.m.Problems, Problem{at, message, hint})
}

// maxProblems is how many problems are told one by one.
const maxProblems = 100

// sortProblems puts the problems into the order of the file, and counts those
// that are too many to be read.
func (r *manifestReader) sortProblems() {
	all := r.m.Problems
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Place.Span.Start, b.Place.Span.Start), cmp.Compare(a.Message, b.Message))
	})
	if more := len(all) - maxProblems; more > 0 {
		r.m.Problems = append(all[:maxProblems], Problem{
			all[maxProblems].Place, fmt.Sprintf("there are %d more problems from here on", more), "mend those above first",
		})
	}
}

// syntax reports that the file is no YAML.
func (r *manifestReader) syntax(err error) {
	var many *yaml.LoadErrors
	if errors.As(err, &many) && len(many.Errors) > 0 {
		err = many.Errors[0]
		if len(r.lines.text) == 0 || strings.Contains(err.Error(), "no documents") {
			return // an empty manifest says nothing, and is none the worse
		}
	}
	place, reason := r.m.File.Start(), ""
	hint := "quote values that hold a colon, a # or a bracket, and indent with blanks"
	var fault *yaml.LoadError
	if errors.As(err, &fault) {
		if fault.Mark.Line > 0 {
			place = r.place(fault.Mark.Line, max(fault.Mark.Column, 1), 1)
		}
		reason = ": " + strings.TrimPrefix(fault.Message, "yaml: ")
	}
	switch {
	case strings.Contains(reason, "control characters"):
		if i := strings.IndexFunc(string(r.lines.text), isControl); i >= 0 {
			place.Span = document.Span{Start: int32(i), End: int32(i + 1)}
		}
		reason, hint = ": it holds a control character", "delete it; a file in another encoding needs a byte order mark"
	case strings.Contains(reason, "found multiple"):
		if i := strings.LastIndex(string(r.lines.text), "\n---"); i >= 0 {
			place.Span = document.Span{Start: int32(i + 1), End: int32(i + 4)}
		}
		reason, hint = ": it holds more than one document", "keep one, and delete the line --- that begins the other"
	}
	r.problem(place, "the file is not YAML"+reason, hint)
}

// isControl tells whether YAML refuses a character.
func isControl(c rune) bool {
	return c < ' ' && c != '\t' && c != '\r' && c != '\n' || 0x7F <= c && c <= 0x9F && c != 0x85 || c == 0xFFFE || c == 0xFFFF
}

// checkPaths reports folders that the manifest names and that are not there.
func (r *manifestReader) checkPaths(l *loader) {
	for _, p := range r.m.Products {
		r.checkPath(l, p.Path)
		for _, n := range p.Nodes {
			r.checkPath(l, n.Path)
		}
	}
}

func (r *manifestReader) checkPath(l *loader, s Scalar) {
	if !s.IsSet() {
		return
	}
	name := clean(s.Text)
	if leaves(name) {
		r.problem(s.Place, "the path leaves the deployment's folder", "give a folder below the one of xmpro.yaml, relative to it")
		return
	}
	full := path.Join(l.group.dir, name)
	if slices.ContainsFunc(l.group.folders, func(f folder) bool { return strings.EqualFold(f.dir, full) }) {
		return
	}
	if info, err := fs.Stat(l.group.source.FS, full); err != nil || !info.IsDir() {
		r.problem(s.Place, fmt.Sprintf("there is no folder %q", name), "correct the path, or leave it out where the product's files are not in this tree")
	}
}
