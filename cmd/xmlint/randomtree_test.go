package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// marker is what secrets of a random tree hold: no output may show it.
const marker = "Fx7Qz"

// forest makes random trees out of the example deployments.
type forest struct {
	examples []map[string]string // by path below the deployment's folder
	files    map[string][]string // texts of all examples, by kind of file
	names    []string            // the kinds of file
}

func newForest(t testing.TB) *forest {
	f := &forest{files: map[string][]string{}}
	entries, err := os.ReadDir(testdata)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		example := map[string]string{}
		err := fs.WalkDir(os.DirFS(filepath.Join(testdata, e.Name())), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(filepath.Join(testdata, e.Name(), name))
			example[name] = secretly(string(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		f.examples = append(f.examples, example)
		for _, name := range slices.Sorted(maps.Keys(example)) {
			f.files[kindOf(name)] = append(f.files[kindOf(name)], example[name])
		}
	}
	f.names = slices.Sorted(maps.Keys(f.files))
	return f
}

// kindOf is the name of a file without its environment.
func kindOf(name string) string {
	if base := path.Base(name); !strings.HasPrefix(base, "appsettings.") {
		return base
	}
	return "appsettings.json"
}

var passwords = regexp.MustCompile(`(?i)((?:password=|pwd=|"(?:encryptionKey|sharedkey)": "|salt="|validationKey="|decryptionKey="))(?:EXAMPLE|[0-9a-f]+-EXAMPLE)`)

// secretly marks the secrets of an example.
func secretly(text string) string { return passwords.ReplaceAllString(text, "${1}"+marker) }

// tree is one random deployment, or a few.
type tree struct {
	*forest
	*rand.Rand
	files map[string]string
	did   []string // what was done to it, for whoever reads a failure
	// crude tells that bytes were changed without regard for what they mean:
	// what was a secret may be none any more.
	crude bool
}

func (f *forest) grow(seed uint64) *tree {
	t := &tree{forest: f, Rand: rand.New(rand.NewPCG(seed, 11)), files: map[string]string{}}
	roots := []string{"acme"}
	if t.chance(5) {
		roots = []string{"acme", pick(t, "b", "acme2", "x/y")}
	}
	for _, root := range roots {
		for name, text := range pick(t, f.examples...) {
			t.files[root+"/"+name] = text
		}
		if t.chance(2) {
			t.files[root+"/xmpro.yaml"] = t.manifest(root)
			t.note("manifest")
		}
	}
	for range t.IntN(7) {
		t.mutate()
	}
	return t
}

func pick[T any](t *tree, all ...T) T { return all[t.IntN(len(all))] }

// chance is true once in n times.
func (t *tree) chance(n int) bool { return t.IntN(n) == 0 }

func (t *tree) note(format string, args ...any) { t.did = append(t.did, fmt.Sprintf(format, args...)) }

// write puts the tree into a folder.
func (t *tree) write(dir string) error {
	for name, text := range t.files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// mutate changes one file, or which there are.
func (t *tree) mutate() {
	name := pick(t, slices.Sorted(maps.Keys(t.files))...)
	text, kind := t.files[name], kindOf(name)
	change := func(what, now string) {
		t.note("%s %s", what, name)
		t.files[name] = now
	}
	switch t.IntN(24) {
	case 0:
		if other := t.forest.files[kind]; len(other) > 0 {
			change("swap", pick(t, other...))
		}
	case 1:
		t.files[path.Dir(name)+"/"+t.extra()] = t.extraText(kind)
		t.note("extra beside %s", name)
	case 2:
		delete(t.files, name)
		t.note("delete %s", name)
		if len(t.files) == 0 {
			t.files["acme/AppDesigner/appsettings.json"] = `{"xmpro":{}}`
		}
	case 3:
		t.rename(name)
	case 4:
		change("encode", t.encode(text))
	case 5:
		if t.chance(3) {
			change("corrupt", t.corrupt(text))
		}
	default:
		switch {
		case strings.HasSuffix(kind, ".json"):
			change("json", t.changeJSON(text))
		case kind == "web.config":
			change("xml", t.changeXML(text))
		case kind == "xmpro.yaml" && t.chance(2):
			change("manifest", t.manifest(path.Dir(name)))
		}
	}
}

// extra is the name of one more file.
func (t *tree) extra() string {
	return pick(t, "appsettings.Production.json", "appsettings.Staging.json", "appsettings.json", "web.config", "web.config.bak", "appsettings.json.txt",
		"XMPro.AppDesigner.deps.json", "sm-metadata.json", "notes.txt", "APPSETTINGS.PRODUCTION.JSON", "appsettings.Development.json", ".xmlint.yaml.txt")
}

func (t *tree) extraText(kind string) string {
	return pick(t,
		func() string { return pick(t, t.forest.files["appsettings.json"]...) },
		func() string { return pick(t, t.forest.files["web.config"]...) },
		func() string { return `{"xmpro":{"autoScale":` + t.object() + `}}` },
		func() string { return `{"xmpro:autoScale":` + t.object() + `}` },
		func() string {
			return `{"libraries": {"StackExchange.Redis/` + pick(t, "2.6.96", "2.8.16", "1.2", "x") + `": {}, "XMPro.AppDesigner/` + pick(t, "4.3.1", "4.2.0.0", "latest") + `": {}}}`
		},
		func() string { return `{"version":` + t.value() + `}` },
		func() string {
			return `<configuration><system.webServer><aspNetCore><environmentVariables><environmentVariable name="ASPNETCORE_ENVIRONMENT" value="` +
				pick(t, "Production", "staging", "") + `"/><environmentVariable name="` + pick(t, "xm__xmpro__autoScale__enabled", "XMPRO__autoscale__connectionString", "xmpro__x") +
				`" value="` + attribute(pick(t, texts...)) + `"/></environmentVariables></aspNetCore></system.webServer></configuration>`
		},
	)()
}

func (t *tree) rename(name string) {
	if t.chance(3) {
		base := path.Base(name)
		now := path.Dir(name) + "/" + pick(t, strings.ToUpper(base), strings.ToLower(base), strings.ToUpper(base[:1])+base[1:], base+".bak")
		t.files[now] = t.files[name]
		delete(t.files, name)
		t.note("%s is %s", name, now)
		return
	}
	folder := path.Dir(name)
	if folder == "." || !strings.Contains(folder, "/") {
		return
	}
	now := path.Dir(folder) + "/" + pick(t, "XMPro-AD", "DS", "Subscription Manager", "it's", "a & b", "100%", "ünï ☃", "[x]", "$HOME", "-r", "sm;x", "ad,ds", "#1", "@x", `"q"`, "a`b", "bin", "C", "ai")
	for _, file := range slices.Sorted(maps.Keys(t.files)) {
		if rest, ok := strings.CutPrefix(file, folder+"/"); ok {
			t.files[now+"/"+rest] = t.files[file]
			delete(t.files, file)
		}
	}
	t.note("%s is %s", folder, now)
}

// encode writes a text in another way.
func (t *tree) encode(text string) string {
	units := func(big bool) string {
		var b bytes.Buffer
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			if big {
				b.Write([]byte{byte(u >> 8), byte(u)})
			} else {
				b.Write([]byte{byte(u), byte(u >> 8)})
			}
		}
		return b.String()
	}
	switch t.IntN(7) {
	case 0:
		return units(true)
	case 1:
		return units(false)
	case 2:
		return "\ufeff" + text
	case 3:
		return strings.ReplaceAll(text, "\n", "\r\n")
	case 4:
		return strings.Replace(text, `encoding="utf-8"`, `encoding="`+pick(t, "windows-1252", "utf-16", "iso-8859-1", "us-ascii", "x")+`"`, 1)
	case 5:
		return strings.ReplaceAll(text, "\n", pick(t, "", " ", "\r", "\n\n"))
	}
	return strings.Replace(text, "a", pick(t, "\xe4", "\x00", "\xff", "\u00e4", "\U0001f600", "\u202e"), 1)
}

// corrupt changes bytes without looking.
func (t *tree) corrupt(text string) string {
	t.crude = true
	if text == "" {
		return "{"
	}
	at := t.IntN(len(text))
	to := min(len(text), at+1+t.IntN(40))
	switch t.IntN(5) {
	case 0:
		return text[:at]
	case 1:
		return text[:at] + text[to:]
	case 2:
		return text[:to] + text[at:]
	case 3:
		return text[:at] + pick(t, "\"", "<", ">", "{", "}", "[", ",", "&", "\\", "\x00", "\xff", "<!--", "-->", "/*", "//", "<![CDATA[", "<!DOCTYPE x>", "'", ":") + text[at:]
	}
	return text[to:]
}

// folders are those below a root that hold files.
func (t *tree) folders(root string) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if rest, ok := strings.CutPrefix(path.Dir(name), root+"/"); ok && !slices.Contains(all, rest) {
			all = append(all, rest)
		}
	}
	return all
}

// folderOf is the folder that looks like a product's, or any.
func (t *tree) folderOf(product string, folders []string) string {
	short := map[string]string{"app-designer": "a", "data-stream-designer": "d", "subscription-manager": "s"}[product]
	for _, folder := range folders {
		base := strings.ToLower(strings.TrimPrefix(path.Base(folder), "XMPro-"))
		if short != "" && strings.HasPrefix(base, short) && !t.chance(8) {
			return folder
		}
	}
	return pick(t, append(folders, "none", "..", "")...)
}
