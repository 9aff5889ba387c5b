package mask

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/xmlint/xmlint/deployment"
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

// lines is a file's text as it may be shown, each line masked by itself, as
// excerpts do.
func lines(f *deployment.File, prose Prose) string {
	var shown strings.Builder
	start := 0
	for line := range bytes.SplitAfterSeq(f.Text.Bytes, []byte("\n")) {
		body := bytes.TrimRight(line, "\r\n")
		shown.WriteString(part(f, start, start+len(body), prose))
		shown.Write(line[len(body):])
		start += len(line)
	}
	return shown.String()
}

// part is the bytes [start, end) of a file's text as they may be shown. A patch
// that reaches over an end is shown whole.
func part(f *deployment.File, start, end int, prose Prose) string {
	var shown strings.Builder
	at := start
	for _, p := range Patches(f, int32(start), int32(end), prose) {
		if int(p.End) <= start || int(p.Start) >= end {
			continue
		}
		shown.Write(f.Text.Bytes[at:max(at, int(p.Start))])
		shown.WriteString(p.Text)
		at = min(int(p.End), end)
	}
	shown.Write(f.Text.Bytes[at:end])
	return shown.String()
}

func TestPatches(t *testing.T) {
	const json, web, manifest = "a.json", "a.config", "d/xmpro.yaml"
	for _, test := range []struct {
		name, file, text, hidden string
		suspected                string // empty: the same
	}{
		{"plain", json, `{ "xmpro": { "a": "b" } }`, `{ "xmpro": { "a": "b" } }`, ""},
		{"by its key", json, `{"xmpro":{"encryptionKey":"Fx7","x":1}}`, `{"xmpro":{"encryptionKey":"*****","x":1}}`, ""},
		{"a number", json, `{"password": 12345, "x": 1}`, `{"password": *****, "x": 1}`, ""},
		{"below a key", json, `{"token": {"a": ["Fx7"]}}`, `{"token": {"a": ["*****"]}}`, ""},
		{"an empty one", json, `{"password": "", "sharedkey": null}`, `{"password": "", "sharedkey": null}`, ""},
		{"misspelt key and misspelt option", json, `{"xmpro":{"autoScale":{"conectionString":"h:1,pasword=Fx7"}}}`,
			`{"xmpro":{"autoScale":{"conectionString":"h:1,pasword=*****"}}}`, ""},
		{"escapes in a secret", json, `{"x":{"connectionString":"Server=a;Password=\u0046x7"}, "y": 1}`,
			`{"x":{"connectionString":"Server=a;Password=*****"}, "y": 1}`, ""},
		{"escapes beside a secret", json, `{"x":{"connectionString":"Server=\u001b[31m\nname\u202e;Password=Fx7"}}`,
			`{"x":{"connectionString":"Server=\x1b[31m\nname\u202e;Password=*****"}}`, ""},
		{"a text over two lines", web, "<c><xmpro><data>Server=a;\nPassword=Fx7;x=1</data></xmpro></c>",
			"<c><xmpro><data>*****\n*****</data></xmpro></c>", ""},
		{"comments", json, "{ /* Fx7 */ \"a\": 1 // pwd Fx7\n}", "{ /* … */ \"a\": 1 // …\n}", "{ /* Fx7 */ \"a\": 1 // …\n}"},
		{"comments of XML", web, `<c><xmpro><!-- Fx7 --><!-- h:1,a=Fx7 --></xmpro></c>`,
			`<c><xmpro><!-- … --><!-- … --></xmpro></c>`, `<c><xmpro><!-- Fx7 --><!-- … --></xmpro></c>`},
		{"a directive", json, "{ \"a\": 1 // xmlint:ignore XM3006 -- rotated\n}", "{ \"a\": 1 // xmlint:ignore XM3006 -- rotated\n}", ""},
		{"a secret in a directive", json, "{ \"a\": 1 // xmlint:ignore XM3006 -- pwd=Fx7\n}",
			"{ \"a\": 1 // xmlint:ignore XM3006 -- pwd=*****\n}", "{ \"a\": 1 // …\n}"},
		{"attributes", web, `<c><xmpro><e password="Fx7" key="k" y="1"/></xmpro></c>`, `<c><xmpro><e password="*****" key="k" y="1"/></xmpro></c>`, ""},
		{"an attribute over two lines", web, "<c><xmpro><e password=\"Fx7\nFx7\" y=\"1\"/></xmpro></c>",
			"<c><xmpro><e password=\"*****\n*****\" y=\"1\"/></xmpro></c>", ""},
		{"add by its key", web, `<c><xmpro/><appSettings><add key="xm__x__sharedkey" value="Fx7" /></appSettings></c>`,
			`<c><xmpro/><appSettings><add key="xm__x__sharedkey" value="*****" /></appSettings></c>`, ""},
		{"add with its value under another name", web, `<c><xmpro/><appSettings><add key="smtpPassword" Value="Fx7" /></appSettings></c>`,
			`<c><xmpro/><appSettings><add key="smtpPassword" Value="*****" /></appSettings></c>`, ""},
		{"add with its key under another name", web, `<c><xmpro/><appSettings><add Key="smtpPassword" Value="Fx7" /></appSettings></c>`,
			`<c><xmpro/><appSettings><add Key="smtpPassword" Value="*****" /></appSettings></c>`, ""},
		{"machine keys", web, `<c><xmpro/><system.web><machineKey validationKey="Fx7" decryptionKey="Fx7"/></system.web></c>`,
			`<c><xmpro/><system.web><machineKey validationKey="*****" decryptionKey="*****"/></system.web></c>`, ""},
		{"text of a secret", web, `<c><xmpro><password>Fx7</password></xmpro></c>`, `<c><xmpro><password>*****</password></xmpro></c>`, ""},
		{"text", web, `<c><xmpro><note>Fx7</note></xmpro></c>`, `<c><xmpro><note>*****</note></xmpro></c>`, `<c><xmpro><note>Fx7</note></xmpro></c>`},
		{"a cipher", web, `<c><xmpro><CipherValue>Rng3</CipherValue></xmpro></c>`, `<c><xmpro><CipherValue>*****</CipherValue></xmpro></c>`, ""},
		{"a document type", web, `<!DOCTYPE c [<!ENTITY a "Fx7">]><c><xmpro/></c>`, `<!DOCTYPE …><c><xmpro/></c>`, ""},
		{"broken JSON", json, `{"xmpro": {"password" "Fx7", "enabled": tru, "a": true}}`, `{"xmpro": {"*****" "*****", "enabled": *****, "a": true}}`, ""},
		{"broken JSON, a key that is no name", json, `{"xmpro": {"Fx7!": 1 "x": }`, `{"xmpro": {"*****": ***** "*****": }`, ""},
		{"broken XML", web, "<c>\n<xmpro><e password=\"Fx7\" x='Fx7'>Fx7</f></xmpro></c>",
			"<c>\n<xmpro><e password=\"*****\" x='*****'>*****</f></xmpro></c>", ""},
		{"a manifest", manifest, "name: acme\nredis: {conection: \"h:6379,password=Fx7,ssl=True\"} # Fx7", "name: acme\nredis: {conection: *****} # …", ""},
		{"a manifest's mistyped keys", manifest, "apps:\n  - {nam: Pump Health, conector: \"1.07\", pasword: Fx7, tokn: 'Fx7, upgrade: Fx7', upgrade: true}",
			"apps:\n  - {nam: *****, conector: \"1.07\", pasword: *****, tokn: *****, upgrade: true}", ""},
		{"a manifest's unknown keys", manifest, "redis: {pass: Fx7, pwd: {a: Fx7, connection: Fx7}}", "redis: {pass: *****, pwd: *****", ""},
		{"a manifest's unknown key, not closed", manifest, "redis: {pin: \"Fx7, connection: Fx7}", "redis: {pin: *****", ""},
		{"a manifest's server with a password", manifest, "redis: {connection: \"ssl=true,u:/Fx7/x@h:6379\"}", "redis: {connection: \"ssl=true,*****@h:6379\"}", ""},
		{"a manifest's server with a password at the start", manifest, "redis: {connection: 'u: +/Fx7/+=@h,ssl=true'}", "redis: {connection: '*****,ssl=true'}", ""},
		{"a manifest's password with quotes", manifest, "redis: {connection: \"h, pwd = ';'}\\\"Fx7,ssl=true\"}", "redis: {connection: \"h, pwd =*****,ssl=true\"}", ""},
		{"a manifest's address of mail", manifest, "redis: {service: a@example.com}", "redis: {service: a@example.com}", ""},
		{"a manifest's string", manifest, "redis: {connection: \"h:6379,pasword=Fx7,ssl=True\"}", "redis: {connection: \"h:6379,pasword=*****,ssl=True\"}", ""},
		{"a manifest's string in the wrong place", manifest, "apps: [{connector: 'Server=a;Password=Fx7,Fx7', upgrade: true}]", "apps: [{connector: 'Server=*****', upgrade: true}]", ""},
		{"a manifest's string in a list", manifest, "redis: {connection: [\"h,ssl=Fx7}{# Fx7", "redis: {connection: [\"h,ssl=*****", ""},
		{"a manifest's list", manifest, "connectors:\n  data-streams:\n    - \"1.07\"", "connectors:\n  data-streams:\n    - \"1.07\"", ""},
		{"no list of a manifest", manifest, "connectors:\n  data-streams:\n    - Fx7", "connectors:\n  data-streams:\n    - *****", ""},
		{"a manifest's secret", manifest, "name: acme\npassword: Fx7 Fx7", "name: acme\npassword: *****", ""},
		{"a broken manifest", manifest, "name: 'acme\nanything: Fx7", "name: 'acme\nanything: *****", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := load(t, test.file, []byte(test.text))
			if got := lines(f, Hide); got != test.hidden {
				t.Errorf("hidden:\n%s\nwant\n%s", got, test.hidden)
			}
			want := test.suspected
			if want == "" {
				want = test.hidden
			}
			if got := lines(f, Suspect); got != want {
				t.Errorf("suspected:\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestValue(t *testing.T) {
	for _, test := range [][3]string{
		{"xmpro:appDesigner:encryptionKey", "", ""},
		{"xmpro:appDesigner:encryptionKey", "Fx7", "*****"},
		{"xmpro:password:a:0", "Fx7", "*****"},
		{"configuration/xmpro/aes/salt", "Fx7", "*****"},
		{"xmpro:scaling:x", "h:1,pasword=Fx7", "h:1,pasword=*****"},
		{"xmpro:scaling:x", "h,pasword=Fx7", "h,pasword=Fx7"},
		{"xmpro:autoScal:x", "h:1,pasword=Fx7", "h:1,pasword=*****"},
		{"xmpro:autoScale:x", "h:1,pasword=Fx7", "h:1,pasword=*****"},
		{"my.autoscaler", "h:1,pasword=Fx7", "h:1,pasword=*****"},
		{"xmpro:data:connectionString", "Server=a;Password=Fx7", "Server=a;Password=*****"},
	} {
		if got := Value(test[0], test[1]); got != test[2] {
			t.Errorf("%s, %q: %q, want %q", test[0], test[1], got, test[2])
		}
	}
}

// However a file is broken, no part of a secret in it is shown.
func TestNeverLeaks(t *testing.T) {
	const value = "Fx7-Geheim-9Q"
	sources := map[string]string{
		"a.json": `{
  "xmpro": {
    "appDesigner": { "encryptionKey": "` + value + `", "flag": true }, // password ` + value + `
    "data": { "connectionString": "Server=sql;Database=AD;Password=` + value + `", "n": 1 },
    "autoScale": { "enabled": true, "connectionString": "h:6380,password=` + value + `,ssl=True" }
  }
}`,
		"a.config": `<?xml version="1.0"?>
<configuration>
  <xmpro><!-- password ` + value + ` -->
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
	shows := func(s string) bool {
		return strings.Contains(s, "Fx7") || strings.Contains(s, "Geheim") || strings.Contains(s, "9Q")
	}
	random := rand.New(rand.NewPCG(1, 2))
	whole := 0
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
			if shown := lines(f, Hide); shows(shown) {
				t.Fatalf("%s:\n%s\nis shown as\n%s\nerror: %v", name, text, shown, f.Err)
			}
			// A diff is made of files that could be read.
			if f.Err != nil {
				continue
			}
			whole++
			if shown := part(f, 0, len(f.Text.Bytes), Suspect); shows(shown) {
				t.Fatalf("%s:\n%s\nis shown in a diff as\n%s", name, text, shown)
			}
		}
	}
	if whole < 100 {
		t.Errorf("only %d files could be read", whole)
	}
}

// inside reports whether text[i] belongs to one of the secrets.
func inside(text []byte, i int, value string) bool {
	from := max(0, i-len(value)+1)
	at := bytes.Index(text[from:min(len(text), i+len(value))], []byte(value))
	return at >= 0 && from+at <= i && i < from+at+len(value)
}

func FuzzPatches(f *testing.F) {
	f.Add(0, []byte(`{"xmpro": {"a": "b"}, "password": "\u001b"} // x`), 3, 80, true)
	f.Add(1, []byte("<c><xmpro a='1' password='x'>t</xmpro></c>"), 5, 40, false)
	f.Add(2, []byte("name: a\nredis: {connection: \"h,pwd=1\"} # c"), 8, 30, true)
	f.Add(0, []byte("{\"xmpro\": \"\xff\u202e\r\n"), 9, 41, true)
	f.Fuzz(func(t *testing.T, kind int, text []byte, start, length int, hide bool) {
		if len(text) > 1<<14 {
			return
		}
		file := load(t, []string{"a.json", "a.config", "d/xmpro.yaml"}[uint(kind)%3], bytes.Clone(text))
		if file.Text == nil || start < 0 || start > len(file.Text.Bytes) || length < 0 || length > len(file.Text.Bytes)-start {
			return
		}
		prose := Suspect
		if hide {
			prose = Hide
		}
		last := int32(0)
		for _, p := range Patches(file, int32(start), int32(start+length), prose) {
			if p.Start < last || p.End <= p.Start || int(p.End) > len(file.Text.Bytes) {
				t.Fatalf("%+v, behind %d", p, last)
			}
			if visible.String(p.Text) != p.Text || !utf8.ValidString(p.Text) {
				t.Fatalf("%q is not only shown", p.Text)
			}
			last = p.End
		}
	})
}
