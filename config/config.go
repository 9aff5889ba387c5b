// Package config reads .xmlint.yaml: what a repository wants to see of what
// xmlint finds. It says which rules count how much, which files are not read,
// which findings are suppressed where and why, and when a run fails.
//
//	severities: {XM2012: off, redis-plaintext-secret: error}
//	exclude: ["archive/**"]
//	suppress:
//	  - rules: XM3006
//	    paths: contoso
//	    reason: rotated weekly, see the runbook
//	    until: 2027-01-31
//	fail-on: warning
//
// It changes nothing about what is true of a deployment: plans are made of all
// that is found. [Parse] reads a file, [Nearest] finds it.
package config

import (
	"fmt"
	"strings"

	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// Name is the file's name.
const Name = ".xmlint.yaml"

// Misnamed is what a file is called that was to be one and is none: to pass over
// it would be to pass over what it says.
const Misnamed = ".xmlint.yml"

// Config is what the file says. The zero Config says nothing.
type Config struct {
	Path        string                   // the file, as messages show it
	Severities  map[string]lint.Severity // by the id of the rule
	Off         []string                 // ids of rules that do not run
	Exclude     Globs                    // of what is not read
	Suppress    []Suppression
	Products    []schema.Product // those that findings are wanted of; empty: all
	Environment string           // that the products run in; empty where the file does not say
	FailOn      string           // error, warning, info or never; empty where the file does not say
	Baseline    string           // relative to the file's folder, with the system's separators or /
}

// Suppression suppresses what rules find in some files.
type Suppression struct {
	Rules  []string // ids
	Paths  Globs    // relative to the file's folder
	Reason string   // without one it suppresses nothing
	Until  string   // as written; may be empty
	End    lint.End
	// Start and Stop are where it is written, RuleStarts and RuleStops where
	// each of Rules is, UntilStart and UntilStop where its end is.
	Start, Stop           lint.Position
	RuleStarts, RuleStops []lint.Position
	UntilStart, UntilStop lint.Position
}

// Error says what is wrong with the file: everything at once.
type Error struct {
	Path     string
	Problems []Problem
}

// Problem is one thing that is wrong, and what to do about it.
type Problem struct {
	Position      lint.Position
	Message, Hint string
}

// Lines are the problems, a line each: path:line:column: message; hint.
func (e *Error) Lines() []string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", e.Path, p.Position.Line, p.Position.Column, p.Message)
		if p.Hint != "" {
			lines[i] += "; " + p.Hint
		}
	}
	return lines
}

// Error is the problems, a line each.
func (e *Error) Error() string { return strings.Join(e.Lines(), "\n") }

// Settings are those of a runner, but for the day. Rel says what the path of a
// finding is relative to the folder of the file; ok is false where it lies
// elsewhere.
func (c *Config) Settings(rel func(path string) (string, bool)) lint.Settings {
	s := lint.Settings{Severities: c.Severities, Off: c.Off, Products: c.Products}
	for i := range c.Suppress {
		one := &c.Suppress[i]
		s.Paths = append(s.Paths, &lint.PathSuppression{
			Rules: one.Rules,
			Match: func(path string) bool {
				inside, ok := rel(path)
				return ok && one.Paths.Match(inside)
			},
			Reason: one.Reason, Until: one.Until, End: one.End,
			Path: c.Path, Start: one.Start,
		})
	}
	return s
}
