package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xmlint/xmlint/deployment"
)

// keepsInputs refuses to write a report over what the report is about: a
// configuration file, one that was named on the command line, a journal, one of
// some others.
func (a *app) keepsInputs(flag, file string, inputs ...string) error {
	name := a.path(file)
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil // nothing is lost
	}
	refused := usagef("give another file", "%s: %s is no report: it is not written over", flag, file)
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	switch base := filepath.Base(name); {
	case deployment.IsConfiguration(base), base == ".xmlint.yaml", strings.HasPrefix(base, ".xmlint-") && strings.HasSuffix(base, ".config"):
		return refused
	}
	_, known := a.knownFile()
	for _, input := range slices.Concat([]string{a.flags.keyFile, a.flags.config, known}, a.flags.paths, inputs) {
		if there, err := os.Stat(a.path(input)); input != "" && err == nil && os.SameFile(info, there) {
			return refused
		}
	}
	return nil
}

// keepsApart refuses to write two reports into one file: each would write over
// the other. What is no file, as /dev/stdout, takes several.
func keepsApart[T any](a *app, outputs []output[T]) error {
	names := []string{}
	if a.flags.written != "" {
		names = append(names, a.flags.written)
	}
	for _, x := range outputs {
		for _, other := range names {
			if sameFile(a.path(x.w.name), a.path(other)) {
				return usagef("give each a file of its own", "%s and %s are one file for two reports", other, x.w.name)
			}
		}
		names = append(names, x.w.name)
	}
	return nil
}

// sameFile reports whether two paths are one file, which need not exist.
func sameFile(a, b string) bool {
	there, err := os.Stat(a)
	if err != nil {
		return beside(a) == beside(b)
	}
	other, err := os.Stat(b)
	return err == nil && there.Mode().IsRegular() && os.SameFile(there, other)
}

// beside is a path whose folder is without links.
func beside(name string) string {
	return filepath.Join(resolved(filepath.Dir(name)), filepath.Base(name))
}
