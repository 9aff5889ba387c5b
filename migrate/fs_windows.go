package migrate

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// Error codes of Windows that package syscall does not name.
const (
	errSharingViolation syscall.Errno = 32
	errLockViolation    syscall.Errno = 33
	errDeletePending    syscall.Errno = 303
	errUnableToRemove   syscall.Errno = 1175 // both files are as they were
	errUnableToMove     syscall.Errno = 1176 // the replaced file is gone, the new one has its old name
)

const (
	accessDelete      = 0x00010000
	flagDeleteOnClose = 0x04000000
	moveReplace       = 0x1 // MOVEFILE_REPLACE_EXISTING
	moveWriteThrough  = 0x8 // MOVEFILE_WRITE_THROUGH
)

// Virus scanners and indexers open files for a moment: an operation that they
// disturb is tried again for two seconds.
const (
	tries = 20
	pause = 100 * time.Millisecond
)

func disturbed(err error) bool {
	return errors.Is(err, errSharingViolation) || errors.Is(err, errLockViolation) ||
		errors.Is(err, syscall.ERROR_ACCESS_DENIED) || errors.Is(err, errUnableToRemove)
}

// patiently calls do again while something disturbs it.
func patiently(do func() error) error {
	err := do()
	for i := 1; i < tries && disturbed(err); i++ {
		time.Sleep(pause)
		err = do()
	}
	return err
}

// Check looks at the attributes, and opens the file as replacing it will.
func (Host) Check(name string) error {
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return err
	}
	attributes, err := syscall.GetFileAttributes(p)
	if err != nil {
		return &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	if attributes&syscall.FILE_ATTRIBUTE_READONLY != 0 {
		return ErrReadOnly
	}
	const share = syscall.FILE_SHARE_READ | syscall.FILE_SHARE_WRITE | syscall.FILE_SHARE_DELETE
	err = patiently(func() error {
		h, err := syscall.CreateFile(p, syscall.GENERIC_READ|syscall.GENERIC_WRITE|accessDelete, share, nil, syscall.OPEN_EXISTING, 0, 0)
		if err != nil {
			return err
		}
		return syscall.CloseHandle(h)
	})
	switch {
	case errors.Is(err, errSharingViolation), errors.Is(err, errLockViolation):
		return ErrInUse
	case err != nil:
		return &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return nil
}

// Owner tells all files apart from none: whose they are is in their access
// rules.
func (Host) Owner(string) (string, error) { return "", nil }

// Create makes a new file that its owner, administrators and the system can
// read. The access rules of like come with [Host.Replace], which keeps them.
func (Host) Create(name, _ string, _ bool) (NewFile, error) {
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	sa, free, err := ownersOnly()
	if err != nil {
		return nil, &fs.PathError{Op: "create", Path: name, Err: err}
	}
	defer free()
	h, err := syscall.CreateFile(p, syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ, sa, syscall.CREATE_NEW, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "create", Path: name, Err: err}
	}
	return os.NewFile(uintptr(h), name), nil
}

// ownersOnly are security attributes: full access for the owner, the
// administrators and the system, nothing inherited.
func ownersOnly() (sa *syscall.SecurityAttributes, free func(), err error) {
	text, err := syscall.UTF16PtrFromString("D:P(A;;FA;;;OW)(A;;FA;;;BA)(A;;FA;;;SY)")
	if err != nil {
		return nil, nil, err
	}
	convert := syscall.NewLazyDLL("advapi32.dll").NewProc("ConvertStringSecurityDescriptorToSecurityDescriptorW")
	sa = &syscall.SecurityAttributes{}
	sa.Length = uint32(unsafe.Sizeof(*sa))
	ok, _, e := convert.Call(uintptr(unsafe.Pointer(text)), 1, uintptr(unsafe.Pointer(&sa.SecurityDescriptor)), 0)
	if ok == 0 {
		return nil, nil, e
	}
	return sa, func() { _, _ = syscall.LocalFree(syscall.Handle(sa.SecurityDescriptor)) }, nil
}

// Replace puts a file in the place of another, with the access rules, the
// attributes and the streams of the one that was there.
func (Host) Replace(file, name string) error {
	from, err := syscall.UTF16PtrFromString(file)
	if err != nil {
		return err
	}
	to, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return err
	}
	err = patiently(func() error {
		if _, err := syscall.GetFileAttributes(to); errors.Is(err, syscall.ERROR_FILE_NOT_FOUND) {
			return moveFile(from, to)
		}
		err := replaceFile(to, from)
		if errors.Is(err, errUnableToMove) {
			return moveFile(from, to)
		}
		return err
	})
	if err != nil {
		return &os.LinkError{Op: "replace", Old: file, New: name, Err: err}
	}
	return nil
}

func replaceFile(replaced, replacement *uint16) error {
	proc := syscall.NewLazyDLL("kernel32.dll").NewProc("ReplaceFileW")
	ok, _, err := proc.Call(uintptr(unsafe.Pointer(replaced)), uintptr(unsafe.Pointer(replacement)), 0, 0, 0, 0)
	if ok == 0 {
		return err
	}
	return nil
}

func moveFile(from, to *uint16) error {
	proc := syscall.NewLazyDLL("kernel32.dll").NewProc("MoveFileExW")
	ok, _, err := proc.Call(uintptr(unsafe.Pointer(from)), uintptr(unsafe.Pointer(to)), moveReplace|moveWriteThrough)
	if ok == 0 {
		return err
	}
	return nil
}

// SyncDir has nothing to do: the file system's own journal keeps the order of
// what happens to names.
func (Host) SyncDir(string) error { return nil }

// Lock opens a file that nobody else may open, and that is gone when it is
// closed, also by the end of the process.
func (Host) Lock(name string) (func() error, error) {
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(p, syscall.GENERIC_READ|syscall.GENERIC_WRITE|accessDelete, 0, nil, syscall.OPEN_ALWAYS, flagDeleteOnClose, 0)
	switch {
	case errors.Is(err, errSharingViolation), errors.Is(err, errDeletePending):
		return nil, ErrBusy
	case err != nil:
		return nil, &fs.PathError{Op: "lock", Path: name, Err: err}
	}
	return func() error { return syscall.CloseHandle(h) }, nil
}
