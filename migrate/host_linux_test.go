package migrate

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// accessControl is an access control list as Linux keeps it, which lets one
// more user in.
func accessControl(user uint32) []byte {
	const nobody = ^uint32(0)
	list := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range []struct {
		tag, rights uint16
		id          uint32
	}{{1, 6, nobody}, {2, 6, user}, {4, 4, nobody}, {16, 6, nobody}, {32, 0, nobody}} {
		list = binary.LittleEndian.AppendUint16(list, e.tag)
		list = binary.LittleEndian.AppendUint16(list, e.rights)
		list = binary.LittleEndian.AppendUint32(list, e.id)
	}
	return list
}

// What a folder hands down to new files does not open a file that was closed,
// and a file's own list stays.
func TestAccessControlLists(t *testing.T) {
	s := newSite(t, "ready-4.3.1")
	c, store := s.prepared(t, Host{})
	plain := filepath.Join(s.dir, filepath.FromSlash(c.Files[0].Path))
	listed := filepath.Join(s.dir, filepath.FromSlash(c.Files[1].Path))
	for name, attribute := range map[string]string{
		filepath.Dir(plain): "system.posix_acl_default", s.dir: "system.posix_acl_default", listed: accessList,
	} {
		if err := syscall.Setxattr(name, attribute, accessControl(1234), 0); err != nil {
			t.Skip("no access control lists here: ", err)
		}
	}
	if err := os.Chmod(plain, 0o640); err != nil {
		t.Fatal(err)
	}
	check := func(what string) {
		t.Helper()
		if _, err := syscall.Getxattr(plain, accessList, nil); err != syscall.ENODATA {
			t.Errorf("%s: the file has got an access control list from its folder", what)
		}
		list := make([]byte, 100)
		n, err := syscall.Getxattr(listed, accessList, list)
		if err != nil || string(list[:n]) != string(accessControl(1234)) {
			t.Errorf("%s: the access control list of a file is not what it was", what)
		}
		for _, name := range []string{plain, listed} {
			if info, err := os.Stat(name); err != nil || name == plain && info.Mode().Perm() != 0o640 || name == listed && info.Mode().Perm() != 0o660 {
				t.Errorf("%s: %s has the mode %v", what, name, info.Mode())
			}
		}
	}
	check("at first")
	if _, err := store.Apply(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	check("written")
	if _, _, err := store.Rollback(context.Background()); err != nil {
		t.Fatal(err)
	}
	check("taken back")
}
