package rules

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// fault is why a file is refused. The two results tell apart what a reader
// found in it and what kept it from being read at all.
func fault(f *deployment.File) (inFile *document.Error, reading error) {
	if errors.As(f.Err, &inFile) {
		return inFile, nil
	}
	return nil, f.Err
}

// faulty goes through the files with a fault that a reader found.
func faulty(pass *lint.Pass, report func(*deployment.File, *document.Error)) {
	for _, f := range pass.Deployment.Files {
		if f.Err == nil {
			continue
		}
		if e, _ := fault(f); e != nil {
			report(f, e)
		}
	}
}

// aboutFile begins a finding about a file, at a span of it.
func aboutFile(d *deployment.Deployment, f *deployment.File, span document.Span) lint.Finding {
	p, node := owner(d, f)
	return lint.Finding{Product: p, Node: node, Place: lint.Place{File: f, Span: span}}
}

// owner is the product and the node that a file belongs to; empty for the
// manifest.
func owner(d *deployment.Deployment, f *deployment.File) (product schema.Product, node string) {
	if p, n := d.Owner(f); p != nil {
		return p.ID, n.Name
	}
	return "", ""
}

// isXML reports whether a file was read as XML, also where it is not
// well-formed.
func isXML(f *deployment.File) bool {
	switch f.Role {
	case deployment.RoleSectionHost, deployment.RoleAspNetCore, deployment.RoleConfigSource:
		return true
	case deployment.RoleNamed:
	default:
		return false
	}
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".config", ".xml":
		return true
	case ".json":
		return false
	}
	return f.Text != nil && bytes.HasPrefix(bytes.TrimSpace(f.Text.Bytes), []byte("<"))
}

// readingFault says in words why a file could not be read, the same on every
// system and without the path that the system gives.
func readingFault(err error) (what, hint string) {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "permission denied", "run xmlint as a user who may read the file"
	case errors.Is(err, fs.ErrNotExist):
		return "there is nothing at the end of its link", "mend the link, or delete it"
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error(), "see whether another program holds the file, and whether it is a file at all"
}

// orElse is s, or what else to say where s is empty.
func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
