//go:build !linux

package hostfs

import (
	"io/fs"
	"os"
)

// list reads a folder's entries in the order of the file system.
func list(name string) ([]fs.DirEntry, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}
