package main

import (
	"bufio"
	"os"
	"path/filepath"
)

// replacement is a file that is written beside its place and moved there when
// it is whole: a run that fails leaves what was there before.
type replacement struct {
	sink *sink
	path string // its place on the machine
}

// replace begins the file that a flag names.
func (a *app) replace(flag, file string) (*replacement, error) {
	if err := a.keepsInputs(flag, file); err != nil {
		return nil, err
	}
	path := a.path(file)
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, usagef("give a file", "%s %s is no file", flag, file)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".xmlint-*.json")
	if err != nil {
		return nil, &outputError{file, reason(err)}
	}
	return &replacement{&sink{name: file, buf: bufio.NewWriterSize(f, bufferSize), file: f}, path}, nil
}

// end puts the file in its place, or throws it away where it is not to be kept.
// Its sink is closed.
func (r *replacement) end(keep bool) error {
	temporary := r.sink.file.Name()
	if !keep {
		os.Remove(temporary)
		return nil
	}
	err := os.Chmod(temporary, 0o644)
	if err == nil {
		err = os.Rename(temporary, r.path)
	}
	if err != nil {
		os.Remove(temporary)
		return &outputError{r.sink.name, reason(err)}
	}
	return nil
}
