package report

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/internal/visible"
)

// load reads one file as the program does.
func load(t testing.TB, name string, text []byte) *deployment.File {
	t.Helper()
	fsys := fstest.MapFS{name: &fstest.MapFile{Data: text}}
	dir, file := ".", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, file = name[:i], name[i+1:]
	}
	groups, err := deployment.Discover(context.Background(), []deployment.Source{{FS: fsys, Dir: dir, Files: []string{file}, Shown: dir}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		for _, d := range g.Load(context.Background(), deployment.Options{}) {
			for _, f := range d.Files {
				return f
			}
		}
	}
	t.Fatalf("%s: nothing was loaded", name)
	return nil
}

// at is the excerpt for a part of the text, as two lines.
func at(t testing.TB, f *deployment.File, part string, columns int) string {
	t.Helper()
	i := bytes.Index(f.Text.Bytes, []byte(part))
	if i < 0 {
		t.Fatalf("no %q in the file", part)
	}
	e, ok := excerptAt(deployment.Place{File: f, Span: document.Span{Start: int32(i), End: int32(i + len(part))}}, columns)
	if !ok {
		return ""
	}
	return e.text + "\n" + strings.Repeat(" ", e.caret) + strings.Repeat("^", e.length)
}

func TestExcerpt(t *testing.T) {
	for _, test := range []struct {
		name, file, text, part string
		columns                int // 0: 100
		want                   string
	}{
		{"plain", "a.json", "{\n  \"xmpro\": { \"a\": \"b\" }\n}", `"b"`, 0,
			"  \"xmpro\": { \"a\": \"b\" }\n                  ^^^"},
		{"caret on a secret", "a.json", `{"xmpro":{"encryptionKey":"Fx7 abcdef","x":1}}`, `abc`, 0,
			`{"xmpro":{"encryptionKey":"*****","x":1}}` + "\n                           ^^^^^"},
		{"caret behind a secret in one string", "a.json", `{"xmpro":{"autoScale":{"connectionString":"h:1,password=Fx7,ssl=maybe"}}}`, `ssl=maybe`, 0,
			`{"xmpro":{"autoScale":{"connectionString":"h:1,password=*****,ssl=maybe"}}}` + "\n" + strings.Repeat(" ", 62) + "^^^^^^^^^"},
		{"tabs", "a.json", "{\n\t\t\"a\":\t1 }", `1`, 0, "        \"a\":    1 }\n                ^"},
		{"wide and combining characters", "a.json", `{"日本": "e` + "\u0301" + `", "x": 1}`, `"x"`, 0,
			`{"日本": "e` + "\u0301" + `", "x": 1}` + "\n              ^^^"},
		{"control characters", "a.json", "{\"a\u202e\": \"\u0085\", \"x\": 1}", `"x"`, 0,
			`{"a\u202e": "\u0085", "x": 1}` + "\n                      ^^^"},
		{"cut on both sides", "a.json", `{"a": "` + strings.Repeat("1234567890", 20) + `", "x": 1, "b": "` + strings.Repeat("1234567890", 20) + `"}`, `"x"`, 40,
			"…234567890\", \"x\": 1, \"b\": \"123456789012…\n             ^^^"},
		{"cut at the end", "a.json", `{"x": "` + strings.Repeat("1234567890", 20) + `"}`, `"x"`, 40,
			"{\"x\": \"1234567890123456789012345678901…\n ^^^"},
		{"cut at the start", "a.json", `{"a": "` + strings.Repeat("1234567890", 20) + `", "x": 1}`, `"x"`, 40,
			"…3456789012345678901234567890\", \"x\": 1}\n                                ^^^"},
		{"an attribute over two lines", "a.config", "<c><xmpro><e password=\"Fx7\nFx7\" y=\"1\"/></xmpro></c>", `y=`, 0,
			`*****" y="1"/></xmpro></c>` + "\n       ^^"},
		{"broken JSON", "a.json", `{"xmpro": {"password" "Fx7", "enabled": tru, "a": true}}`, `tru,`, 0,
			`{"xmpro": {"*****" "*****", "enabled": *****, "a": true}}` + "\n                                       ^^^^^^"},
		{"a manifest", "d/xmpro.yaml", "name: acme\nredis: {conection: \"h:6379,password=Fx7,ssl=True\"} # Fx7", "conection", 0,
			`redis: {conection: *****} # …` + "\n        ^^^^^^^^^"},
	} {
		t.Run(test.name, func(t *testing.T) {
			columns := test.columns
			if columns == 0 {
				columns = 100
			}
			got := at(t, load(t, test.file, []byte(test.text)), test.part, columns)
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestExcerptUTF16(t *testing.T) {
	var raw []byte
	for _, u := range utf16.Encode([]rune("\ufeff{\n  \"größe😀\": \"x\"\n}")) {
		raw = append(raw, byte(u), byte(u>>8))
	}
	if got, want := at(t, load(t, "a.json", raw), `"x"`, 80), "  \"größe😀\": \"x\"\n             ^^^"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestExcerptOfNothing(t *testing.T) {
	f := load(t, "a.json", []byte("{}"))
	for _, p := range []deployment.Place{{}, f.Start(), {File: &deployment.File{}}} {
		if e, ok := excerptAt(p, 80); ok {
			t.Errorf("%+v gives %q", p, e.text)
		}
	}
}

// A line as long as the file costs no more than a short one.
func TestExcerptLongLine(t *testing.T) {
	text := []byte(`{"xmpro":{"a":[` + strings.Repeat(`"password=Fx7;",`, 200_000) + `1],"x":2}}`)
	f := load(t, "a.json", text)
	place := deployment.Place{File: f, Span: document.Span{Start: int32(len(text) - 7), End: int32(len(text) - 4)}}
	if n := testing.AllocsPerRun(3, func() { excerptAt(place, 80) }); n > 10_000 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add([]byte(`{"xmpro": {"a": "b"}}`), 3, 80)
	f.Add([]byte("<c><xmpro a='1'/></c>"), 5, 40)
	f.Add([]byte("{\"xmpro\": \"\xff\u202e\r\n"), 9, 41)
	f.Fuzz(func(t *testing.T, text []byte, at, columns int) {
		if columns < 10 || columns > 1000 || len(text) > 1<<16 {
			return
		}
		file := load(t, "a.json", append([]byte(nil), text...))
		if file.Text == nil || at < 0 || at > len(file.Text.Bytes) {
			return
		}
		e, ok := excerptAt(deployment.Place{File: file, Span: document.Span{Start: int32(at), End: int32(at + 2)}}, columns)
		if !ok {
			return
		}
		for _, r := range e.text {
			if !visible.Shows(r) {
				t.Fatalf("%q is in %q", r, e.text)
			}
		}
		if visible.Cells(e.text) > columns || e.caret > columns {
			t.Fatalf("%d columns, caret at %d, of %d: %q", visible.Cells(e.text), e.caret, columns, e.text)
		}
	})
}
