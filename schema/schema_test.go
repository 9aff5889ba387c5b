package schema

import (
	"os"
	"path/filepath"
	"testing"
)

// The name of the working directory has nothing to do with a schema, also where
// it is none that a URL can have.
func TestSchemasCompileAnywhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "100%zz")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, name := range []string{"manifest", "config"} {
		if compile(name) == nil {
			t.Errorf("%s: no schema", name)
		}
	}
}
