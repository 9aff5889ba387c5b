// Package report renders what xmlint found: findings, plans, effective
// settings, connection strings, the catalogue of rules. Each output format is
// one file, and all of them render the same values, so that the text for
// people and the JSON for programs cannot disagree.
//
// Reports are appended to byte slices and written by the caller. Those that
// may become large, [Lint] above all, are made piece by piece: a piece per
// deployment, encoded by any number of goroutines, put together in order.
//
// No report shows a secret. Values are masked by those who know what they are
// ([deployment.Mask], [redisconn.Mask]); the lines of files that stand beside
// findings are masked here.
package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// FormatVersion is the version of the JSON documents. It changes when a name
// in them does.
const FormatVersion = "1"

// Tool is the program that made a report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Options say how a report is made.
type Options struct {
	Tool Tool
	// Color allows escape sequences for colours.
	Color bool
	// Width is the number of columns that text for people keeps to where it
	// can; 0 means 100.
	Width int
	// Quiet leaves out what is no result: the summary, hints what to do next.
	Quiet bool
	// Paths are the paths that the user gave, for the hints.
	Paths []string
	// Rules are the rules that were run, for formats that describe them.
	Rules []*lint.Rule
}

func (o Options) width() int {
	if o.Width <= 0 {
		return 100
	}
	return max(o.Width, 40)
}

// target is how a hint names what was looked at, ready for a shell.
func (o Options) target() string {
	if len(o.Paths) == 0 || len(o.Paths) == 1 && o.Paths[0] == "." {
		return ""
	}
	var words []string
	for _, p := range o.Paths {
		words = append(words, shellWord(p))
	}
	return " " + strings.Join(words, " ")
}

// plannable is target for a command that takes one PATH: of several it is the
// root of a deployment. It is false for standard input, which was read.
func (o Options) plannable(root string) (string, bool) {
	switch {
	case slices.Contains(o.Paths, "-"):
		return "", false
	case len(o.Paths) > 1 && strings.HasPrefix(root, "-"):
		return " ./" + shellWord(root), true
	case len(o.Paths) > 1:
		return Options{Paths: []string{root}}.target(), true
	}
	return o.target(), true
}

// shellWord quotes a word for a shell where it needs to be.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+:@%\\", r)
	}
	if s != "" && strings.TrimFunc(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// Summary counts what a run looked at and found.
type Summary struct {
	Deployments, Files      int
	Errors, Warnings, Infos int
	Suppressed              int
	Broken                  bool // a rule broke
}

// Count adds one deployment and its findings.
func (s *Summary) Count(d *deployment.Deployment, findings []lint.Finding) {
	s.Deployments++
	s.Files += len(d.Files)
	s.Findings(findings)
}

// Findings adds findings.
func (s *Summary) Findings(findings []lint.Finding) {
	for i := range findings {
		s.Finding(findings[i].Severity)
	}
}

// Finding adds one finding.
func (s *Summary) Finding(severity lint.Severity) {
	switch severity {
	case lint.Error:
		s.Errors++
	case lint.Warning:
		s.Warnings++
	default:
		s.Infos++
	}
}

// Suppress adds findings that are not reported.
func (s *Summary) Suppress(findings []lint.Finding) {
	for i := range findings {
		if by := findings[i].By; by != nil && by.Kind.Counts() {
			s.Suppressed++
		}
	}
}

// Add adds what another summary counts.
func (s *Summary) Add(t Summary) {
	s.Deployments += t.Deployments
	s.Files += t.Files
	s.Errors += t.Errors
	s.Warnings += t.Warnings
	s.Infos += t.Infos
	s.Suppressed += t.Suppressed
}

// Found is the number of findings.
func (s Summary) Found() int { return s.Errors + s.Warnings + s.Infos }

// AtLeast reports whether something at or above a severity was found.
func (s Summary) AtLeast(severity lint.Severity) bool {
	switch severity {
	case lint.Error:
		return s.Errors > 0
	case lint.Warning:
		return s.Errors+s.Warnings > 0
	}
	return s.Found() > 0
}

// FormatError says that a report does not exist in a format.
type FormatError struct {
	Format string
	Known  []string
}

// Error names the formats that exist.
func (e *FormatError) Error() string {
	return fmt.Sprintf("there is no format %q here; there is %s", e.Format, list(e.Known, "and"))
}

// constructor makes the encoder of one format of a document.
type constructor[T any] struct {
	name string
	make func(Options) T
}

func names[T any](formats []constructor[T]) []string {
	var all []string
	for _, f := range formats {
		all = append(all, f.name)
	}
	return all
}

func construct[T any](formats []constructor[T], name string, o Options) (T, error) {
	i := slices.IndexFunc(formats, func(f constructor[T]) bool { return f.name == name })
	if i < 0 {
		var none T
		return none, &FormatError{Format: name, Known: names(formats)}
	}
	return formats[i].make(o), nil
}

// list joins words as prose does: a, b and c.
func list(words []string, and string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + and + " " + words[last]
}

// plural is a number with its noun: "1 file", "2 files".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
