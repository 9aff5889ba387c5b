//go:build unix

package hostfs

import (
	"io/fs"
	"slices"
	"syscall"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

// appendFile reads a file with as few calls of the system as there can be: the
// runtime's poller has no use for files. It opens without waiting, should the
// file be a pipe.
func appendFile(buf []byte, name string, limit int64) ([]byte, error) {
	fd, err := again(func() (int, error) {
		return syscall.Open(name, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	})
	if err != nil {
		return buf, err
	}
	defer syscall.Close(fd)
	var stat syscall.Stat_t
	if err := syscall.Fstat(fd, &stat); err != nil {
		return buf, err
	}
	switch {
	case stat.Mode&syscall.S_IFMT == syscall.S_IFDIR:
		return buf, deployment.ErrFolder
	case stat.Mode&syscall.S_IFMT != syscall.S_IFREG:
		return buf, deployment.ErrIrregular
	case stat.Size > limit:
		return buf, document.TooLarge(stat.Size, limit)
	}
	// One byte more than the file has: a read that does not fill the buffer is
	// the last one.
	buf = slices.Grow(buf, int(stat.Size)+1)
	for {
		space := buf[len(buf):cap(buf)]
		n, err := again(func() (int, error) { return syscall.Read(fd, space) })
		if err != nil {
			return buf, err
		}
		buf = buf[:len(buf)+n]
		switch {
		case int64(len(buf)) > limit: // it grew meanwhile
			return buf, document.TooLarge(int64(len(buf)), limit)
		case n < len(space):
			return buf, nil
		}
		buf = slices.Grow(buf, 1)
	}
}

// again repeats a call that a signal interrupted.
func again(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != syscall.EINTR {
			return n, err
		}
	}
}

// wrap says which file an error of the system is about.
func wrap(op, name string, err error) error {
	if _, ok := err.(syscall.Errno); ok {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return err
}
