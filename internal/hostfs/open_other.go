//go:build !unix

package hostfs

import "os"

func openRegular(name string) (*os.File, error) { return os.Open(name) }
