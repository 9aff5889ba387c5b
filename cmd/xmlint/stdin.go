package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

// stdinSource is the document on standard input, as a folder with one file.
func (a *app) stdinSource() (deployment.Source, error) {
	name := path.Clean(filepath.ToSlash(a.flags.stdinName))
	if a.flags.stdinName == "" {
		name = "stdin"
	}
	// One byte over the limit is enough to be refused for its size.
	text, err := io.ReadAll(io.LimitReader(interruptible{a.ctx, a.stdin}, document.DefaultMaxBytes+1))
	if err != nil {
		return deployment.Source{}, fmt.Errorf("standard input cannot be read: %w", err)
	}
	dir, base := path.Split(name)
	if dir = path.Clean(dir); dir == "" {
		dir = "."
	}
	return deployment.Source{FS: oneFile{base, text}, Dir: ".", Files: []string{base}, Shown: dir}, nil
}

// oneFile is a file system with one file.
type oneFile struct {
	name string
	text []byte
}

// Open opens the file, as [fs.FS].
func (f oneFile) Open(name string) (fs.File, error) {
	if name != f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &opened{Reader: bytes.NewReader(f.text), file: f}, nil
}

// opened is the open file, and what there is to know of it.
type opened struct {
	*bytes.Reader
	file oneFile
}

func (o *opened) Stat() (fs.FileInfo, error) { return info{o.file}, nil }
func (o *opened) Close() error               { return nil }

// info describes the file.
type info struct{ file oneFile }

func (i info) Name() string       { return i.file.name }
func (i info) Size() int64        { return int64(len(i.file.text)) }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
