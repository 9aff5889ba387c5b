package migrate

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/schema"
)

// TestForeignFiles switches Auto Scale on in every configuration file of a
// folder, whoever's it is: what is there stays, byte for byte, and two readers
// see two settings more. The folder is named by XMLINT_FOREIGN_FILES.
func TestForeignFiles(t *testing.T) {
	root := os.Getenv("XMLINT_FOREIGN_FILES")
	if root == "" {
		t.Skip("XMLINT_FOREIGN_FILES names no folder")
	}
	counted := map[string]int{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch {
		case strings.HasSuffix(path, ".jsonl"):
		case strings.HasSuffix(path, ".json"):
			counted[foreign(t, path, "AppDesigner/appsettings.json", raw)]++
		case bytes.Contains(raw, []byte("<")) || bytes.Contains(raw, []byte{'<', 0}):
			counted[foreign(t, path, webPath, withSection(raw))]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", counted)
	if counted["edited"] == 0 {
		t.Error("no file was edited")
	}
}

// withSection puts an empty <xmpro> into a web.config's root.
func withSection(raw []byte) []byte {
	text, err := document.DecodeXML("", raw, document.Limits{})
	if err != nil {
		return raw
	}
	d, err := document.ParseXML(text, document.Limits{})
	if err != nil || d.Nodes[0].EndTag.IsZero() {
		return raw
	}
	section, _ := text.Encode("<xmpro><xmidentity/></xmpro>")
	at := text.RawOffset(d.Nodes[0].EndTag.Start)
	return slices.Concat(raw[:at], section, raw[at:])
}

func foreign(t *testing.T, name, path string, raw []byte) string {
	t.Helper()
	files := fstest.MapFS{path: {Data: raw}}
	opts := Options{Redis: redis(t, otherRedis), Rules: fixRules()}
	c := prepare(t, files, opts)
	if c.IsEmpty() {
		if len(c.Blocks) == 0 {
			t.Errorf("%s: neither edited nor refused", name)
		}
		return "refused"
	}
	spans(t, 0, c)
	on := after(files, c)
	read, exact := jsonSettings, false
	if path == webPath {
		read, exact = webSettings, true
	}
	before, ok := read(raw)
	if ok {
		want := lower(before, exact)
		turn(want, exact, "true", otherRedis)
		sees(t, 0, name, on[path].Data, read, exact, want)
	}
	if c.CommentsLost != 0 {
		t.Errorf("%s: comments lost", name)
	}
	if again := prepare(t, on, opts); !again.IsEmpty() {
		t.Errorf("%s: a second run changes it", name)
	}
	opts.Redis, opts.Off = Connection{}, true
	off := prepare(t, on, opts)
	if len(off.Edits) != 1 || off.Edits[0].Setting != schema.Enabled {
		t.Errorf("%s: off changes %+v", name, off.Edits)
	}
	if !ok {
		return "edited, no second reader"
	}
	return "edited"
}
