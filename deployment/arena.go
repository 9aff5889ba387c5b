package deployment

import (
	"errors"
	"io/fs"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// arena is memory that one worker uses for one deployment after the other.
type arena struct {
	buffers pool[[]byte]
	texts   pool[*document.Text]
	jsons   pool[*document.JSON]
	xmls    pool[*document.XML]
	// versions are those read last: deployments of one tree have few.
	versions map[string]schema.Version
}

// keptVersions is how many versions are remembered.
const keptVersions = 64

// version reads a version, or remembers it. What is none is shown as it stands
// there, so it is masked: it may be a connection string in the wrong place.
func (a *arena) version(text string) schema.Version {
	if v, ok := a.versions[text]; ok {
		return v
	}
	v := schema.ParseVersion(text)
	if !v.Known() {
		v.Text = maskText(v.Text)
	}
	if a.versions == nil || len(a.versions) == keptVersions {
		a.versions = make(map[string]schema.Version, keptVersions)
	}
	a.versions[text] = v
	return v
}

// keptBuffer is the size over which a buffer is not kept for the next
// deployment.
const keptBuffer = 1 << 20

func (a *arena) release() {
	for i, b := range a.buffers.all[:a.buffers.used] {
		if cap(b) > keptBuffer {
			a.buffers.all[i] = nil
		}
	}
	a.buffers.used, a.texts.used, a.jsons.used, a.xmls.used = 0, 0, 0, 0
}

// pool hands out things and takes all of them back at once.
type pool[T any] struct {
	all  []T
	used int
}

// next gives a thing to use, made anew where none is left.
func (p *pool[T]) next(make func() T) T {
	if p.used == len(p.all) {
		p.all = append(p.all, make())
	}
	p.used++
	return p.all[p.used-1]
}

// appender is a file system that reads into memory it is given.
type appender interface {
	AppendFile(buf []byte, name string, limit int64) ([]byte, error)
}

// read reads a file whole. A file that may be no regular one is looked at
// before it is opened: a pipe would hold the reader up, and a device may do
// anything.
func (a *arena) read(fsys fs.FS, name string, odd bool, limit int64) ([]byte, error) {
	fast, ok := fsys.(appender)
	if odd || !ok {
		info, err := fs.Stat(fsys, name)
		switch {
		case err != nil:
			return nil, err
		case info.IsDir():
			return nil, ErrFolder
		case !info.Mode().IsRegular():
			return nil, ErrIrregular
		case info.Size() > limit:
			return nil, document.TooLarge(info.Size(), limit)
		}
	}
	if !ok {
		return fs.ReadFile(fsys, name)
	}
	buf := a.buffers.next(func() []byte { return nil })
	buf, err := fast.AppendFile(buf[:0], name, limit)
	a.buffers.all[a.buffers.used-1] = buf
	return buf, err
}

// Reasons not to read a file.
var (
	ErrFolder    = errors.New("it is a folder")
	ErrIrregular = errors.New("it is not a regular file")
)
