package migrate

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/beevik/etree"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
	"github.com/xmlint/xmlint/schema"
)

const otherRedis = `cache&"'<01>\é☃.example:6380,password=a b%20=,ssl=True,abortConnect=False`

func TestMadeUpJSON(t *testing.T) {
	for seed := range uint64(1500) {
		checkMade(t, seed, "AppDesigner/appsettings.json", jsonFile(seed), pickString(seed))
	}
}

func TestMadeUpWebConfig(t *testing.T) {
	for seed := range uint64(1500) {
		checkMade(t, seed, "SubscriptionManager/web.config", webFile(seed), pickString(seed))
	}
}

func pickString(seed uint64) string {
	if seed%3 == 0 {
		return otherRedis
	}
	return "cache01:6379,abortConnect=False"
}

func FuzzMadeUp(f *testing.F) {
	f.Add(uint64(1), "cache01:6379,abortConnect=False", false)
	f.Add(uint64(2), otherRedis, true)
	f.Fuzz(func(t *testing.T, seed uint64, text string, web bool) {
		if _, err := Literal(text, ""); err != nil || schema.IsReference(text) || !strings.Contains(text, ":") {
			t.Skip()
		}
		if _, err := document.EscapeAttr(text, '"'); err != nil {
			t.Skip() // no text
		}
		if web {
			checkMade(t, seed, "SubscriptionManager/web.config", webFile(seed), text)
		} else {
			checkMade(t, seed, "AppDesigner/appsettings.json", jsonFile(seed), text)
		}
	})
}

// checkMade switches Auto Scale on in a made file, and off again, and sees
// that this and nothing else came out.
func checkMade(t *testing.T, seed uint64, path string, m made, connection string) {
	t.Helper()
	isWeb := strings.HasSuffix(path, ".config")
	read := jsonSettings
	if isWeb {
		read = webSettings
	}
	before, ok := read(m.raw)
	if !ok {
		t.Fatalf("seed %d: the other reader does not read the file\n%s", seed, decode(m.raw))
	}
	if !maps.Equal(lower(before, isWeb), lower(m.settings, isWeb)) {
		t.Fatalf("seed %d: the other reader sees %v, want %v\n%s", seed, before, m.settings, decode(m.raw))
	}
	files := fstest.MapFS{path: {Data: m.raw}}
	// Rules that change the given string are not what is looked at here.
	opts := Options{Redis: redis(t, connection), Rules: fixRules()}
	c := prepare(t, files, opts)
	blocksOf(t, seed, c, connection)
	on := after(files, c)
	want := maps.Clone(lower(before, isWeb))
	turn(want, isWeb, "true", connection)
	sees(t, seed, "on", on[path].Data, read, isWeb, want)
	spans(t, seed, c)
	looks(t, seed, m, on[path].Data)
	if c.CommentsLost != 0 {
		t.Errorf("seed %d: comments lost", seed)
	}
	if again := prepare(t, on, opts); !again.IsEmpty() {
		t.Errorf("seed %d: a second run changes %v", seed, again.Edits)
	}
	opts.Redis, opts.Off = Connection{}, true
	off := after(on, prepare(t, on, opts))
	turn(want, isWeb, "false", connection)
	sees(t, seed, "off", off[path].Data, read, isWeb, want)
	if again := prepare(t, off, opts); !again.IsEmpty() {
		t.Errorf("seed %d: a second run of off changes %v", seed, again.Edits)
	}
	if t.Failed() {
		t.Fatalf("seed %d:\n%q\n%q", seed, decode(m.raw), decode(on[path].Data))
	}
}

// turn sets what the goal sets.
func turn(settings map[string]string, isWeb bool, on, connection string) {
	enabled, text := strings.ToLower(schema.Enabled), strings.ToLower(schema.Connection)
	if isWeb {
		enabled, text = schema.Enabled, schema.Connection
	}
	settings[enabled], settings[text] = on, connection
	if _, ok := settings["appSettings:xmpro__autoScale__enabled"]; ok {
		settings["appSettings:xmpro__autoScale__enabled"] = on
	}
	delete(settings, strings.ToLower(schema.AutoScale))
}

// lower folds the names of settings, where their casing does not count, and
// the values of switches.
func lower(settings map[string]string, exact bool) map[string]string {
	out := map[string]string{}
	for k, v := range settings {
		if !exact {
			k = strings.ToLower(k)
		}
		out[k] = v
	}
	return out
}

func sees(t *testing.T, seed uint64, what string, raw []byte, read func([]byte) (map[string]string, bool), exact bool, want map[string]string) {
	t.Helper()
	got, ok := read(raw)
	if !ok {
		t.Errorf("seed %d, %s: the other reader does not read the file any more", seed, what)
		return
	}
	got = lower(got, exact)
	for k := range got {
		if strings.HasSuffix(strings.ToLower(k), "autoscale:enabled") || strings.HasSuffix(k, "autoScale__enabled") {
			got[k] = strings.ToLower(got[k])
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("seed %d, %s: the other reader sees\n%v, want\n%v", seed, what, got, want)
	}
}

// spans sees that a file differs from what it was inside the reported edits
// alone.
func spans(t *testing.T, seed uint64, c *Changes) {
	t.Helper()
	for i := range c.Files {
		f := &c.Files[i]
		old, new := f.Before(), f.After()
		for _, e := range slices.Backward(f.Edits) {
			if !bytes.HasSuffix(new, old[e.End:]) {
				t.Errorf("seed %d: bytes behind an edit differ", seed)
				return
			}
			new = new[:len(new)-len(old[e.End:])]
			if !bytes.HasSuffix(new, e.New) {
				t.Errorf("seed %d: an edit is not what it says", seed)
				return
			}
			new, old = new[:len(new)-len(e.New)], old[:e.Start]
		}
		if !bytes.Equal(old, new) {
			t.Errorf("seed %d: bytes before the edits differ", seed)
		}
	}
}

// looks sees that what is new is written as the file is.
func looks(t *testing.T, seed uint64, m made, raw []byte) {
	t.Helper()
	if bom := []byte("\xEF\xBB\xBF"); bytes.HasPrefix(m.raw, bom) != bytes.HasPrefix(raw, bom) {
		t.Errorf("seed %d: the byte order mark", seed)
	}
	old, new := decode(m.raw), decode(raw)
	if strings.Contains(old, "\n") {
		crlf := m.eol == "\r\n"
		if rest := strings.ReplaceAll(new, "\r\n", ""); crlf && strings.Contains(rest, "\n") || !crlf && strings.Contains(new, "\r") {
			t.Errorf("seed %d: the line ends are mixed", seed)
		}
	} else if strings.Contains(new, "\n") {
		t.Errorf("seed %d: there was one line", seed)
	}
	if !strings.Contains(old, "\n ") && strings.Contains(old, "\n\t") && strings.Contains(new, "\n ") {
		t.Errorf("seed %d: tabs and blanks are mixed", seed)
	}
	if strings.HasSuffix(old, "\n") != strings.HasSuffix(new, "\n") {
		t.Errorf("seed %d: the end of the last line", seed)
	}
	if strings.Count(new, "☃ und so") != strings.Count(old, "☃ und so") {
		t.Errorf("seed %d: a comment is gone", seed)
	}
}

// fixRules are the rules whose fixes belong to names and switches.
func fixRules() []*lint.Rule {
	return slices.DeleteFunc(rules.All(), func(r *lint.Rule) bool { return strings.HasPrefix(r.ID, "XM3") })
}

func jsonSettings(raw []byte) (map[string]string, bool) {
	all, ok := readWithJSON([]byte(decode(raw)))
	settings := map[string]string{}
	for _, e := range all {
		if !e.null {
			settings[e.path] = e.value
		}
	}
	return settings, ok
}

// webSettings reads attributes with etree alone.
func webSettings(raw []byte) (map[string]string, bool) {
	text := strings.Replace(decode(raw), `encoding="utf-16"`, `encoding="utf-8"`, 1)
	doc := etree.NewDocument()
	if err := doc.ReadFromString(text); err != nil {
		return nil, false
	}
	settings := map[string]string{}
	var walk func(e *etree.Element, at string)
	walk = func(e *etree.Element, at string) {
		for _, c := range e.ChildElements() {
			path := strings.TrimPrefix(at+":"+c.Tag, ":")
			if c.Tag == "add" {
				settings[at+":"+c.SelectAttrValue("key", "")] = c.SelectAttrValue("value", "")
				continue
			}
			for _, a := range c.Attr {
				settings[path+":"+a.Key] = a.Value
			}
			walk(c, path)
		}
	}
	walk(doc.Root(), "")
	return settings, true
}

// blocksOf sees that nothing stands in the way but what the string is to blame
// for.
func blocksOf(t *testing.T, seed uint64, c *Changes, connection string) {
	t.Helper()
	for _, b := range c.Blocks {
		if b.Step != "provision-redis" || connection == otherRedis {
			t.Errorf("seed %d: in the way: %+v", seed, b)
		}
	}
}
