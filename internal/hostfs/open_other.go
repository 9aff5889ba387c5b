//go:build !unix

package hostfs

import (
	"io"
	"os"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

func appendFile(buf []byte, name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return buf, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return buf, err
	case info.IsDir():
		return buf, deployment.ErrFolder
	case !info.Mode().IsRegular():
		return buf, deployment.ErrIrregular
	case info.Size() > limit:
		return buf, document.TooLarge(info.Size(), limit)
	}
	buf = slices.Grow(buf, int(info.Size())+1)
	for {
		n, err := f.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			return buf, nil
		case err != nil:
			return buf, err
		case int64(len(buf)) > limit: // it grew meanwhile
			return buf, document.TooLarge(int64(len(buf)), limit)
		}
		buf = slices.Grow(buf, 1)
	}
}

// wrap says which file an error of the system is about.
func wrap(_, name string, err error) error { return short(err, name) }
