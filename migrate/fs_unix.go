//go:build unix

package migrate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// Check looks at the mode, tries to open the file for writing, and asks for
// the lock that .NET takes on files it does not share.
func (Host) Check(name string) error {
	info, err := os.Lstat(name)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o222 == 0 {
		return ErrReadOnly
	}
	f, err := os.OpenFile(name, os.O_RDWR|syscall.O_NONBLOCK, 0)
	switch {
	case errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	case errors.Is(err, syscall.ETXTBSY):
		return ErrInUse
	case err != nil:
		return err
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrInUse
	}
	return nil
}

// Owner is the user and the group.
func (Host) Owner(name string) (string, error) {
	var st syscall.Stat_t
	if err := syscall.Stat(name, &st); err != nil {
		return "", &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return fmt.Sprint(st.Uid, ":", st.Gid), nil
}

// Create makes a new file with the mode of another, or with 0600.
func (Host) Create(name, like string, private bool) (NewFile, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if private {
		err = keepPrivate(f, like)
	} else {
		err = imitate(f, like)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(name))
	}
	return f, nil
}

// keepPrivate sees that a file is its owner's alone, and gives it to the owner
// of another if that is possible.
func keepPrivate(f *os.File, like string) error {
	var want syscall.Stat_t
	if like != "" && syscall.Stat(like, &want) == nil {
		_ = f.Chown(int(want.Uid), int(want.Gid))
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return ErrShared
	}
	return nil
}

// imitate gives a file the owner, the mode and the access rules of another.
func imitate(f *os.File, like string) error {
	var want, have syscall.Stat_t
	if err := syscall.Stat(like, &want); err != nil {
		return &fs.PathError{Op: "stat", Path: like, Err: err}
	}
	if err := syscall.Fstat(int(f.Fd()), &have); err != nil {
		return err
	}
	if want.Uid != have.Uid || want.Gid != have.Gid {
		if err := f.Chown(int(want.Uid), int(want.Gid)); err != nil {
			return fmt.Errorf("%w: %w", ErrOwner, err)
		}
	}
	// The folder may have given the file an access control list, which a mode
	// would open.
	if err := copyAttributes(f, like); err != nil {
		return err
	}
	return f.Chmod(fs.FileMode(want.Mode & 0o777))
}

// Replace renames a file over another.
func (Host) Replace(file, name string) error { return os.Rename(file, name) }

// SyncDir syncs a folder. Some file systems cannot, and need not.
func (Host) SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, d.Close())
}

// Lock takes a lock on a file, and removes the file when it gives the lock
// back. A file that a process left behind when it died holds nothing.
func (Host) Lock(name string) (func() error, error) {
	for {
		f, err := os.OpenFile(name, os.O_RDONLY|os.O_CREATE|syscall.O_NOFOLLOW, 0o644)
		if err != nil {
			return nil, err
		}
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			_ = f.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, ErrBusy
			}
			return nil, &fs.PathError{Op: "lock", Path: name, Err: err}
		}
		// Somebody may have removed the file between the two calls: then
		// the lock is one on nothing.
		mine, err := f.Stat()
		if err != nil {
			_ = f.Close()
			return nil, err
		}
		if there, err := os.Lstat(name); err == nil && os.SameFile(mine, there) {
			return func() error { return errors.Join(os.Remove(name), f.Close()) }, nil
		}
		_ = f.Close()
	}
}
