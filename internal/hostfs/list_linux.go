package hostfs

import (
	"bytes"
	"io/fs"
	"os"
	"slices"
	"sync"
	"syscall"
)

// listBuffers are what folders are read into: one call lists some thousand
// files.
var listBuffers = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// list reads a folder's entries in the order of the file system.
func list(name string) ([]fs.DirEntry, error) {
	fd, err := again(func() (int, error) {
		return syscall.Open(name, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0)
	})
	if err != nil {
		return nil, err
	}
	defer syscall.Close(fd)
	buf := listBuffers.Get().(*[32 << 10]byte)
	defer listBuffers.Put(buf)
	var entries []fs.DirEntry
	for {
		n, err := again(func() (int, error) { return syscall.ReadDirent(fd, buf[:]) })
		if err != nil || n == 0 {
			return entries, err
		}
		entries = parse(entries, name, buf[:n])
	}
}

// parse takes the records of getdents64 apart: inode, offset (8 bytes each),
// length (2), type (1), name up to a NUL.
func parse(entries []fs.DirEntry, dir string, b []byte) []fs.DirEntry {
	const header = 19
	all := make([]entry, 0, len(b)/(header+5)) // a record has 24 bytes at least
	for len(b) >= header {
		size := int(b[16]) | int(b[17])<<8
		if size < header || size > len(b) {
			break
		}
		name := b[header:size]
		if end := bytes.IndexByte(name, 0); end >= 0 {
			name = name[:end]
		}
		kind := b[18]
		b = b[size:]
		if string(name) == "." || string(name) == ".." {
			continue
		}
		e := entry{name: string(name), dir: dir}
		switch kind {
		case syscall.DT_REG:
		case syscall.DT_DIR:
			e.mode = fs.ModeDir
		case syscall.DT_LNK:
			e.mode = fs.ModeSymlink
		case syscall.DT_UNKNOWN: // some file systems do not say
			var stat syscall.Stat_t
			if syscall.Lstat(dir+"/"+e.name, &stat) == nil {
				e.mode = modeOf(stat.Mode)
			}
		default:
			e.mode = fs.ModeIrregular
		}
		all = append(all, e)
	}
	entries = slices.Grow(entries, len(all))
	for i := range all {
		entries = append(entries, &all[i])
	}
	return entries
}

func modeOf(mode uint32) fs.FileMode {
	switch mode & syscall.S_IFMT {
	case syscall.S_IFREG:
		return 0
	case syscall.S_IFDIR:
		return fs.ModeDir
	case syscall.S_IFLNK:
		return fs.ModeSymlink
	}
	return fs.ModeIrregular
}

// entry is a name and a type; all else is asked for when somebody wants it.
type entry struct {
	name, dir string
	mode      fs.FileMode
}

func (e *entry) Name() string               { return e.name }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) Type() fs.FileMode          { return e.mode }
func (e *entry) Info() (fs.FileInfo, error) { return os.Lstat(e.dir + "/" + e.name) }
