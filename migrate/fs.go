package migrate

import (
	"errors"
	"io"
)

// FS is the file system that is written to. Names are the machine's own.
//
// Each operation either does all it says or leaves things as they were, also
// when the process dies in it, but for a NewFile that is being written.
type FS interface {
	// Resolve follows symbolic links to the file that is meant.
	Resolve(name string) (string, error)
	// ReadFile reads a file. The error wraps fs.ErrNotExist where there is none.
	ReadFile(name string) ([]byte, error)
	// Check tells why a file must not be replaced: ErrReadOnly, ErrInUse, a
	// missing permission. It changes nothing.
	Check(name string) error
	// Owner names who a file belongs to, in a form that is equal for equal
	// owners.
	Owner(name string) (string, error)
	// Create makes a new file. It has the owner, the mode and the access rules
	// of the file like; a private one can be read by its owner alone, and the
	// owner of like is its owner where that is possible. Like may be empty for
	// a private file. The error wraps fs.ErrExist where the name is taken.
	Create(name, like string, private bool) (NewFile, error)
	// Link gives a file a second name. Where the file system cannot, it copies.
	Link(file, name string) error
	// Replace gives a file the name of another, which is gone then. Access
	// rules that belong to the name stay.
	Replace(file, name string) error
	// Remove removes a file; it is no error if there is none.
	Remove(name string) error
	// SyncDir makes the names in a folder durable.
	SyncDir(dir string) error
	// Lock takes the lock of a name: ErrBusy where another process has it. The
	// lock ends with the process.
	Lock(name string) (unlock func() error, err error)
}

// NewFile is a file that is being written.
type NewFile interface {
	io.Writer
	// Sync makes what was written durable.
	Sync() error
	Close() error
}

// Reasons not to replace a file.
var (
	// ErrReadOnly says that a file is marked read-only.
	ErrReadOnly = errors.New("the file is read-only")
	// ErrInUse says that another program has the file locked.
	ErrInUse = errors.New("another program has the file locked")
	// ErrBusy says that another xmlint is writing in the deployment.
	ErrBusy = errors.New("another xmlint is at work here: wait until it has ended")
	// ErrShared says that others could read the journal, which holds the
	// original files.
	ErrShared = errors.New("others could read the journal with the original files here, for the folder does not keep the mode of its files; give --state with a folder that does")
	// ErrOwner says that the new file cannot have the owner of the old one.
	ErrOwner = errors.New("the owner of the file cannot be kept; run xmlint as its owner or as root")
)

// Host is the file system of the machine.
type Host struct{}

var _ FS = Host{}
