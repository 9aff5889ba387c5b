package report

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
)

func jsonFile(t *testing.T, raw []byte) *deployment.File {
	t.Helper()
	text, err := document.DecodeJSON("appsettings.json", raw, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := document.ParseJSON(text, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return &deployment.File{Path: "AppDesigner/appsettings.json", Role: deployment.RoleBase, Text: text, JSON: d}
}

func xmlFile(t *testing.T, raw string) *deployment.File {
	t.Helper()
	text, err := document.DecodeXML("web.config", []byte(raw), document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := document.ParseXML(text, document.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return &deployment.File{Path: "SM/web.config", Role: deployment.RoleSectionHost, Text: text, XML: d}
}

// replaceIn is the edit that replaces a part of a file.
func replaceIn(t *testing.T, f *deployment.File, old, with string) document.Edit {
	t.Helper()
	at := strings.Index(string(f.Text.Bytes), old)
	if at < 0 {
		t.Fatalf("no %q in the file", old)
	}
	encoded, ok := f.Text.Encode(with)
	if !ok {
		t.Fatalf("%q cannot be encoded", with)
	}
	return document.Edit{Start: f.Text.RawOffset(int32(at)), End: f.Text.RawOffset(int32(at + len(old))), New: encoded}
}

// applySARIF carries out the replacements of a fix as a viewer does: by lines
// and columns of code points, the last one first.
func applySARIF(text string, shown []shownEdit) string {
	lines := strings.SplitAfter(text, "\n")
	offset := func(p lint.Position) int {
		n := 0
		for _, l := range lines[:p.Line-1] {
			n += len(l)
		}
		return n + len(string([]rune(lines[p.Line-1])[:p.Column-1]))
	}
	for _, e := range slices.Backward(shown) {
		text = text[:offset(e.region.start)] + e.text + text[offset(e.region.end):]
	}
	return text
}

func TestSARIFFixEdits(t *testing.T) {
	const text = "{ // 日本 😀\r\n  \"xmpro\": { \"autoScale\": { \"enabled\": \"yes\", \"connectionString\": \"Ünï:6379\" } }\r\n}"
	utf16Text := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		utf16Text = append(utf16Text, byte(u), byte(u>>8))
	}
	for name, raw := range map[string][]byte{"UTF-8": []byte(text), "BOM": []byte("\ufeff" + text), "UTF-16": utf16Text, "repaired": []byte(strings.Replace(text, "日", "\xff\xe6\x97", 1))} {
		f := jsonFile(t, raw)
		edits := []document.Edit{
			replaceIn(t, f, `"Ünï:6379"`, `"Ünï→😀:6380,abortConnect=False"`),
			replaceIn(t, f, `"yes"`, `true`),
			replaceIn(t, f, "\r\n}", ",\r\n  \"new\": 1\r\n}"),
		}
		shown, ok := shownEdits(lint.FileEdit{File: f, Edits: edits})
		if !ok {
			t.Errorf("%s: not shown", name)
			continue
		}
		after, ok := edited(f, edits)
		if !ok {
			t.Fatalf("%s: the edits do not make a file", name)
		}
		if got := applySARIF(string(f.Text.Bytes), shown); got != string(after.Text.Bytes) {
			t.Errorf("%s: a viewer makes %q, we %q", name, got, after.Text.Bytes)
		}
	}
}

// An edit that brings a secret along is not written out.
func TestSARIFFixSecrets(t *testing.T) {
	const password = secret + "-password"
	j := jsonFile(t, []byte(`{ "xmpro": { "autoScale": { "connectionString": "h:6379,password=`+password+`" }, "x": 1, "data": { "y": 2 } } }`))
	x := xmlFile(t, `<configuration><xmpro><autoScale connectionString="h:6379,password=`+password+`" /><aes/></xmpro></configuration>`)
	for name, e := range map[string]lint.FileEdit{
		"connection string":   {File: j, Edits: []document.Edit{replaceIn(t, j, `"h:6379,password=`+password+`"`, `"h:6379,password=`+password+`,abortConnect=False"`)}},
		"misspelt option":     {File: j, Edits: []document.Edit{replaceIn(t, j, `"h:6379,password=`+password+`"`, `"h:6379,pasword=`+password+`"`)}},
		"moved":               {File: j, Edits: []document.Edit{replaceIn(t, j, `"x": 1`, `"z": { "autoScale": { "connectionString": "h,password=`+password+`" } }`)}},
		"a secret's name":     {File: j, Edits: []document.Edit{replaceIn(t, j, `"x": 1`, `"encryptionKey": "`+password+`"`)}},
		"a comment":           {File: j, Edits: []document.Edit{replaceIn(t, j, `"x": 1`, `"x": 2 /* was `+password+` */`)}},
		"a part of a value":   {File: j, Edits: []document.Edit{replaceIn(t, j, password, password+"x")}},
		"the key of a secret": {File: j, Edits: []document.Edit{replaceIn(t, j, `"x": 1`, `"x": 2`), replaceIn(t, j, `"y": 2`, `"token": "`+password+`"`)}},
		"attribute":           {File: x, Edits: []document.Edit{replaceIn(t, x, password, password+",ssl=True")}},
		"element":             {File: x, Edits: []document.Edit{replaceIn(t, x, `<aes/>`, `<aes salt="`+password+`"/>`)}},
		"text":                {File: x, Edits: []document.Edit{replaceIn(t, x, `<aes/>`, `<aes>`+password+`</aes>`)}},
		"no file any more":    {File: j, Edits: []document.Edit{replaceIn(t, j, `"x"`, password)}},
	} {
		f := lint.Finding{
			Place: lint.Place{File: e.File},
			Fix:   &lint.Fix{Title: "t", Safety: lint.Safe, Edits: func() ([]lint.FileEdit, error) { return []lint.FileEdit{e}, nil }},
		}
		if got := appendSARIFFixes(nil, &f, room()); len(got) != 0 {
			t.Errorf("%s: %s", name, got)
		}
	}
	// And one that brings none is.
	for name, e := range map[string]lint.FileEdit{
		"beside a secret": {File: j, Edits: []document.Edit{replaceIn(t, j, `"x": 1`, `"x": 3`)}},
		"key":             {File: j, Edits: []document.Edit{replaceIn(t, j, `"data"`, `"Data"`)}},
		"deleted":         {File: j, Edits: []document.Edit{replaceIn(t, j, `,password=`+password, ``)}},
		"attribute":       {File: x, Edits: []document.Edit{replaceIn(t, x, `h:6379`, `h:6380`)}},
	} {
		shown, ok := shownEdits(e)
		if !ok || len(shown) != 1 || strings.Contains(shown[0].text, secret) {
			t.Errorf("%s: %v, %v", name, shown, ok)
		}
	}
}

func TestSARIFFix(t *testing.T) {
	j := jsonFile(t, []byte(`{"a":1}`))
	finding := func(safety lint.Safety, files []lint.FileEdit, err error) *lint.Finding {
		return &lint.Finding{Place: lint.Place{File: j}, Fix: &lint.Fix{Title: "write 2", Safety: safety, Edits: func() ([]lint.FileEdit, error) { return files, err }}}
	}
	edits := []lint.FileEdit{{File: j, Edits: []document.Edit{{Start: 5, End: 6, New: []byte("2")}}}}
	for _, test := range []struct {
		name string
		f    *lint.Finding
		want string
	}{
		{"safe", finding(lint.Safe, edits, nil), `,"fixes":[{"description":{"text":"write 2."},"artifactChanges":[{"artifactLocation":{"uri":"AppDesigner/appsettings.json","uriBaseId":"SRCROOT"},"replacements":[{"deletedRegion":{"startLine":1,"startColumn":6,"endLine":1,"endColumn":7},"insertedContent":{"text":"2"}}]}]}]`},
		{"unsafe", finding(lint.Unsafe, []lint.FileEdit{{File: j, Edits: []document.Edit{{Start: 1, End: 6}}}}, nil), `,"fixes":[{"description":{"text":"write 2. A person should look at the result."},"artifactChanges":[{"artifactLocation":{"uri":"AppDesigner/appsettings.json","uriBaseId":"SRCROOT"},"replacements":[{"deletedRegion":{"startLine":1,"startColumn":2,"endLine":1,"endColumn":7}}]}]}]`},
		{"no edits", finding(lint.Safe, nil, nil), ""},
		{"fails", finding(lint.Safe, edits, errors.New("no")), ""},
		{"manual", &lint.Finding{Place: lint.Place{File: j}, Fix: &lint.Fix{Title: "t", Safety: lint.Manual}}, ""},
		{"none", &lint.Finding{}, ""},
		{"outside", finding(lint.Safe, []lint.FileEdit{{File: j, Edits: []document.Edit{{Start: 50, End: 60}}}}, nil), ""},
		{"no text", finding(lint.Safe, []lint.FileEdit{{File: &deployment.File{}, Edits: edits[0].Edits}}, nil), ""},
	} {
		got := string(appendSARIFFixes(nil, test.f, room()))
		if got != test.want {
			t.Errorf("%s: got  %s\nwant %s", test.name, got, test.want)
		}
		if got != "" && !json.Valid([]byte("{"+got[1:]+"}")) {
			t.Errorf("%s: no JSON", test.name)
		}
	}
}

func room() *int {
	n := shownLimit
	return &n
}

// What is read again for the fixes of one deployment is bounded: the fixes of
// those that come later are only named.
func TestSARIFFixRoom(t *testing.T) {
	j := jsonFile(t, []byte(`{ "xmpro": { "x": 1 } }`+strings.Repeat(" ", shownFileLimit/2)))
	calls := 0
	f := lint.Finding{Place: lint.Place{File: j}, Fix: &lint.Fix{Title: "t", Safety: lint.Safe, Edits: func() ([]lint.FileEdit, error) {
		calls++
		return []lint.FileEdit{{File: j, Edits: []document.Edit{replaceIn(t, j, `"x": 1`, `"x": 2`)}}}, nil
	}}}
	left := room()
	for i := range 100 {
		if got := appendSARIFFixes(nil, &f, left); (len(got) > 0) != (i < calls) {
			t.Fatalf("fix %d: %s", i, got)
		}
	}
	if want := shownLimit/len(j.Text.Raw) + 1; calls != want {
		t.Errorf("%d fixes are written out, want %d", calls, want)
	}
}
