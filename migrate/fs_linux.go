package migrate

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"syscall"
)

// accessList is the attribute that holds a file's access control list.
const accessList = "system.posix_acl_access"

// copyAttributes gives a file the extended attributes of another: access
// control lists, the labels of SELinux. What the system keeps to itself is
// left out; an access control list that cannot be kept is an error, and so is
// one that the new file has from its folder and cannot be rid of.
func copyAttributes(f *os.File, like string) error {
	if _, err := syscall.Getxattr(like, accessList, nil); errors.Is(err, syscall.ENODATA) {
		if err := syscall.Removexattr(f.Name(), accessList); err != nil && !errors.Is(err, syscall.ENODATA) && !errors.Is(err, syscall.ENOTSUP) {
			return &os.PathError{Op: "remove the access control list of", Path: f.Name(), Err: err}
		}
	}
	size, err := syscall.Listxattr(like, nil)
	if err != nil || size == 0 {
		return nil // none, or none to be had
	}
	list := make([]byte, size)
	if size, err = syscall.Listxattr(like, list); err != nil {
		return nil
	}
	for name := range strings.SplitSeq(string(bytes.TrimRight(list[:size], "\x00")), "\x00") {
		n, err := syscall.Getxattr(like, name, nil)
		if err != nil {
			continue
		}
		value := make([]byte, n)
		if n, err = syscall.Getxattr(like, name, value); err != nil {
			continue
		}
		if err := syscall.Setxattr(f.Name(), name, value[:n], 0); err != nil && strings.HasPrefix(name, "system.posix_acl") {
			return &os.PathError{Op: "keep the access control list of", Path: like, Err: err}
		}
	}
	return nil
}
