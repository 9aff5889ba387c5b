package report

import (
	"bytes"
	"context"
	"math/rand/v2"
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
		{"secret by its key", "a.json", `{"xmpro":{"encryptionKey":"Fx7","x":1}}`, `"x"`, 0,
			`{"xmpro":{"encryptionKey":"*****","x":1}}` + "\n                                  ^^^"},
		{"secret that is a number", "a.json", `{"password": 12345, "x": 1}`, `"x"`, 0,
			`{"password": *****, "x": 1}` + "\n                    ^^^"},
		{"secret below a key", "a.json", `{"token": {"a": ["Fx7"]}}`, `"a"`, 0,
			`{"token": {"a": ["*****"]}}` + "\n           ^^^"},
		{"caret on a secret", "a.json", `{"xmpro":{"encryptionKey":"Fx7 abcdef","x":1}}`, `abc`, 0,
			`{"xmpro":{"encryptionKey":"*****","x":1}}` + "\n                           ^^^^^"},
		{"caret behind a secret in one string", "a.json", `{"xmpro":{"autoScale":{"connectionString":"h:1,password=Fx7,ssl=maybe"}}}`, `ssl=maybe`, 0,
			`{"xmpro":{"autoScale":{"connectionString":"h:1,password=*****,ssl=maybe"}}}` + "\n" + strings.Repeat(" ", 62) + "^^^^^^^^^"},
		{"misspelt key and misspelt option", "a.json", `{"xmpro":{"autoScale":{"conectionString":"h:1,pasword=Fx7"}}}`, `h:1`, 0,
			`{"xmpro":{"autoScale":{"conectionString":"h:1,pasword=*****"}}}` + "\n                                          ^^^"},
		{"escapes in a secret", "a.json", `{"x":{"connectionString":"Server=a;Password=\u0046x7"}, "y": 1}`, `"y"`, 0,
			`{"x":{"connectionString":"Server=a;Password=*****"}, "y": 1}` + "\n" + strings.Repeat(" ", 53) + "^^^"},
		{"comments", "a.json", "{ /* Fx7 */ \"a\": 1 // Fx7\n}", `"a"`, 0,
			"{ /* … */ \"a\": 1 // …\n          ^^^"},
		{"a directive", "a.json", "{ \"a\": 1 // xmlint:ignore XM3006 -- rotated\n}", `XM3006`, 0,
			"{ \"a\": 1 // xmlint:ignore XM3006 -- rotated\n                          ^^^^^^"},
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
		{"attributes", "a.config", `<c><xmpro><e password="Fx7" key="k" y="1"/></xmpro></c>`, ` y=`, 0,
			`<c><xmpro><e password="*****" key="k" y="1"/></xmpro></c>` + "\n                                     ^^^"},
		{"an attribute over two lines", "a.config", "<c><xmpro><e password=\"Fx7\nFx7\" y=\"1\"/></xmpro></c>", `y=`, 0,
			`*****" y="1"/></xmpro></c>` + "\n       ^^"},
		{"add by its key", "a.config", `<c><xmpro/><appSettings><add key="xm__x__sharedkey" value="Fx7" /></appSettings></c>`, `<add`, 0,
			`<c><xmpro/><appSettings><add key="xm__x__sharedkey" value="*****" /></appSettings></c>` + "\n                        ^^^^"},
		{"add with its value under another name", "a.config", `<c><xmpro/><appSettings><add key="smtpPassword" Value="Fx7" /></appSettings></c>`, `<add`, 0,
			`<c><xmpro/><appSettings><add key="smtpPassword" Value="*****" /></appSettings></c>` + "\n                        ^^^^"},
		{"machine keys", "a.config", `<c><xmpro/><system.web><machineKey validationKey="Fx7" decryptionKey="Fx7"/></system.web></c>`, `<machineKey`, 0,
			`<c><xmpro/><system.web><machineKey validationKey="*****" decryptionKey="*****"/></system.web></c>` + "\n                       ^^^^^^^^^^^"},
		{"text of a secret", "a.config", `<c><xmpro><password>Fx7</password></xmpro></c>`, `</password`, 0,
			`<c><xmpro><password>*****</password></xmpro></c>` + "\n                         ^^^^^^^^^^"},
		{"a cipher", "a.config", `<c><xmpro><CipherValue>Rng3</CipherValue></xmpro></c>`, `<CipherValue>`, 0,
			`<c><xmpro><CipherValue>*****</CipherValue></xmpro></c>` + "\n          ^^^^^^^^^^^^^"},
		{"broken JSON", "a.json", `{"xmpro": {"password" "Fx7", "enabled": tru, "a": true}}`, `tru,`, 0,
			`{"xmpro": {"*****" "*****", "enabled": *****, "a": true}}` + "\n                                       ^^^^^^"},
		{"broken JSON, a key that is no name", "a.json", `{"xmpro": {"Fx7!": 1 "x": }`, `"x"`, 0,
			`{"xmpro": {"*****": ***** "*****": }` + "\n                          ^^^^^^^"},
		{"broken XML", "a.config", "<c>\n<xmpro><e password=\"Fx7\" x='Fx7'>Fx7</f></xmpro></c>", `</f>`, 0,
			`<xmpro><e password="*****" x='*****'>*****</f></xmpro></c>` + "\n                                          ^^^^"},
		{"a manifest", "d/xmpro.yaml", "name: acme\nredis: {conection: \"h:6379,password=Fx7,ssl=True\"} # Fx7", "conection", 0,
			`redis: {conection: *****} # …` + "\n        ^^^^^^^^^"},
		{"a manifest's mistyped keys", "d/xmpro.yaml", "name: acme\napps:\n  - {nam: Pump Health, conector: \"1.07\", pasword: Fx7, tokn: 'Fx7, upgrade: Fx7', upgrade: true}", "conector", 0,
			`  - {nam: *****, conector: "1.07", pasword: *****, tokn: *****, upgrade: true}` + "\n                 ^^^^^^^^"},
		{"a manifest's unknown keys", "d/xmpro.yaml", "name: acme\nredis: {pass: Fx7, pwd: {a: Fx7, connection: Fx7}}", "pwd", 0,
			`redis: {pass: *****, pwd: *****` + "\n                     ^^^"},
		{"a manifest's unknown key, not closed", "d/xmpro.yaml", "name: acme\nredis: {pin: \"Fx7, connection: Fx7}", "pin", 0,
			`redis: {pin: *****` + "\n        ^^^"},
		{"a manifest's server with a password", "d/xmpro.yaml", "name: acme\nredis: {connection: \"ssl=true,u:/Fx7/x@h:6379\"}", "connection", 0,
			`redis: {connection: "ssl=true,*****@h:6379"}` + "\n        ^^^^^^^^^^"},
		{"a manifest's server with a password at the start", "d/xmpro.yaml", "name: acme\nredis: {connection: 'u: +/Fx7/+=@h,ssl=true'}", "connection", 0,
			`redis: {connection: '*****,ssl=true'}` + "\n        ^^^^^^^^^^"},
		{"a manifest's password with quotes", "d/xmpro.yaml", "name: acme\nredis: {connection: \"h, pwd = ';'}\\\"Fx7,ssl=true\"}", "connection", 0,
			`redis: {connection: "h, pwd =*****,ssl=true"}` + "\n        ^^^^^^^^^^"},
		{"a manifest's address of mail", "d/xmpro.yaml", "name: acme\nredis: {service: a@example.com}", "service", 0,
			`redis: {service: a@example.com}` + "\n        ^^^^^^^"},
		{"a manifest's string", "d/xmpro.yaml", "name: acme\nredis: {connection: \"h:6379,pasword=Fx7,ssl=True\"}", "connection", 0,
			`redis: {connection: "h:6379,pasword=*****,ssl=True"}` + "\n        ^^^^^^^^^^"},
		{"a manifest's list", "d/xmpro.yaml", "name: acme\nconnectors:\n  data-streams:\n    - \"1.07\"", "1.07", 0, "    - \"1.07\"\n       ^^^^"},
		{"no list of a manifest", "d/xmpro.yaml", "name: acme\nconnectors:\n  data-streams:\n    - Fx7", "Fx7", 0, "    - *****\n      ^^^^^"},
		{"a manifest's secret", "d/xmpro.yaml", "name: acme\npassword: Fx7 Fx7", "password", 0, "password: *****\n^^^^^^^^"},
		{"a broken manifest", "d/xmpro.yaml", "name: 'acme\nanything: Fx7", "anything", 0, "anything: *****\n^^^^^^^^"},
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

// However a file is broken, no part of a secret in it is shown.
func TestExcerptNeverLeaks(t *testing.T) {
	const value = "Fx7-Geheim-9Q"
	sources := map[string]string{
		"a.json": `{
  "xmpro": {
    "appDesigner": { "encryptionKey": "` + value + `", "flag": true }, // ` + value + `
    "data": { "connectionString": "Server=sql;Database=AD;Password=` + value + `", "n": 1 },
    "autoScale": { "enabled": true, "connectionString": "h:6380,password=` + value + `,ssl=True" }
  }
}`,
		"a.config": `<?xml version="1.0"?>
<configuration>
  <xmpro><!-- ` + value + ` -->
    <xmidentity><data connectionString="Server=a;Password=` + value + `" /></xmidentity>
    <autoScale enabled="true" connectionString="h:6380,password=` + value + `,ssl=True" />
    <aes salt="` + value + `"
         secret='` + value + `' />
    <password>` + value + `</password>
  </xmpro>
</configuration>`,
	}
	// What the names of settings, and of options, are made of stays: a broken
	// name is another name, and its value no secret.
	letter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	kept := func(c byte) bool { return letter(c) || c >= '0' && c <= '9' || c == '=' || c == ';' }
	random := rand.New(rand.NewPCG(1, 2))
	for name, source := range sources {
		for range 1000 {
			text := []byte(source)
			for range 1 + random.IntN(3) {
				i := random.IntN(len(text))
				if kept(text[i]) || i > 0 && letter(text[i-1]) || inside(text, i, value) {
					continue
				}
				switch random.IntN(3) {
				case 0:
					text = append(text[:i], text[i+1:]...)
				case 1:
					text = append(text[:i], append([]byte{`"'<>{}[]:,/ `[random.IntN(12)]}, text[i:]...)...)
				case 2:
					text[i] = "\"'<>{}[]:,/\n"[random.IntN(12)]
				}
			}
			if !bytes.Contains(text, []byte(value)) {
				continue
			}
			f := load(t, name, text)
			if f.Text == nil {
				continue
			}
			for i := 0; i < len(f.Text.Bytes); i += 7 {
				e, ok := excerptAt(deployment.Place{File: f, Span: document.Span{Start: int32(i), End: int32(i + 3)}}, 300)
				if ok && (strings.Contains(e.text, "Fx7") || strings.Contains(e.text, "Geheim") || strings.Contains(e.text, "9Q")) {
					t.Fatalf("%s:\n%s\nshows, at %d:\n%s\nerror: %v", name, text, i, e.text, f.Err)
				}
			}
		}
	}
}

// inside tells whether text[i] belongs to one of the secrets.
func inside(text []byte, i int, value string) bool {
	from := max(0, i-len(value)+1)
	at := bytes.Index(text[from:min(len(text), i+len(value))], []byte(value))
	return at >= 0 && from+at <= i && i < from+at+len(value)
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
