//go:build unix

package hostfs

import (
	"os"
	"syscall"
)

// openRegular opens a file without waiting, should it be a pipe.
func openRegular(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}
