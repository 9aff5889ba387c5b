package migrate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
)

// independent reads a file, before and after, with a reader that shares no
// code with this project's: encoding/json, and etree on encoding/xml. Where it
// sees the same settings as ours at first, it must see the same afterwards.
// Where it does not understand the file, nothing is said: it knows less than
// .NET does.
func independent(old, new *deployment.File) error {
	if old == nil || new == nil {
		return nil
	}
	before, ok := secondReading(old)
	if !ok || !slices.Equal(values(before), values(flatten(old))) {
		return nil
	}
	after, ok := secondReading(new)
	if !ok || !slices.Equal(values(after), values(flatten(new))) {
		return fmt.Errorf("%w: another reader does not see the same in %s", ErrUnintended, old.Path)
	}
	return nil
}

// values leaves out what is empty: beside an object with content of the same
// name .NET does not see it, which only the first reader knows.
func values(all []entry) []entry {
	return slices.DeleteFunc(all, func(e entry) bool { return e.null })
}

func secondReading(f *deployment.File) ([]entry, bool) {
	if f.Text.Encoding != document.UTF8 || !utf8.Valid(f.Text.Raw) {
		return nil, false
	}
	raw := f.Text.Raw[f.Text.BOM:]
	if f.XML != nil {
		return readWithEtree(raw)
	}
	return readWithJSON(raw)
}

// readWithJSON flattens a JSON text with encoding/json.
func readWithJSON(raw []byte) ([]entry, bool) {
	d := json.NewDecoder(bytes.NewReader(withoutComments(raw)))
	d.UseNumber()
	var all []entry
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, false
	}
	if err := jsonMembers(d, "", &all); err != nil {
		return nil, false
	}
	_, err := d.Token()
	return all, errors.Is(err, io.EOF)
}

func jsonMembers(d *json.Decoder, at string, all *[]entry) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, ok := key.(string)
		if !ok {
			return errors.New("no key")
		}
		if err := jsonValue(d, join(at, name), all); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func jsonValue(d *json.Decoder, path string, all *[]entry) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	n := len(*all)
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			err = jsonMembers(d, path, all)
		} else {
			for i := 0; d.More() && err == nil; i++ {
				err = jsonValue(d, join(path, strconv.Itoa(i)), all)
			}
			if err == nil {
				_, err = d.Token()
			}
		}
		if len(*all) == n {
			*all = append(*all, entry{path: path, null: true})
		}
		return err
	case bool:
		value := "False"
		if v {
			value = "True"
		}
		*all = append(*all, entry{path: path, value: value})
	case json.Number:
		*all = append(*all, entry{path: path, value: v.String()})
	case string:
		*all = append(*all, entry{path: path, value: v})
	case nil:
		*all = append(*all, entry{path: path})
	}
	return nil
}

// withoutComments blanks out comments and trailing commas.
func withoutComments(raw []byte) []byte {
	out := bytes.Clone(raw)
	comma := -1 // the last comma, if nothing but blanks came after it
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case c == '"':
			comma = -1
			for i++; i < len(out) && out[i] != '"'; i++ {
				if out[i] == '\\' {
					i++
				}
			}
		case c == '/' && bytes.HasPrefix(out[i:], []byte("//")):
			for ; i < len(out) && out[i] != '\n' && out[i] != '\r'; i++ {
				out[i] = ' '
			}
		case c == '/' && bytes.HasPrefix(out[i:], []byte("/*")):
			end := bytes.Index(out[i:], []byte("*/"))
			if end < 0 {
				return out
			}
			for j := i; j < i+end+2; j++ {
				out[j] = ' '
			}
			i += end + 1
		case c == ',':
			comma = i
		case (c == '}' || c == ']') && comma >= 0:
			out[comma] = ' '
			comma = -1
		case c != ' ' && c != '\t' && c != '\r' && c != '\n':
			comma = -1
		}
	}
	return out
}

// readWithEtree flattens a web.config with etree.
func readWithEtree(raw []byte) ([]entry, bool) {
	doc := etree.NewDocument()
	doc.ReadSettings.PreserveCData = true
	if err := doc.ReadFromBytes(raw); err != nil || doc.Root() == nil {
		return nil, false
	}
	var all []entry
	treeElement(doc.Root(), "", &all)
	return all, true
}

func treeElement(e *etree.Element, at string, all *[]entry) {
	var text strings.Builder
	for _, t := range e.Child {
		if c, ok := t.(*etree.CharData); ok && (c.IsCData() || strings.Trim(c.Data, " \t\r\n") != "") {
			text.WriteString(c.Data)
		}
	}
	if text.Len() > 0 {
		*all = append(*all, entry{path: at, value: text.String()})
	}
	key, value := treeKeyed(e)
	for i := range e.Attr {
		a := &e.Attr[i]
		switch {
		case a == key:
		case a == value:
			*all = append(*all, entry{path: at, value: a.Value})
		default:
			*all = append(*all, entry{path: join(at, a.FullKey()), value: a.Value})
		}
	}
	count, index := map[string]int{}, map[string]int{}
	for _, c := range e.ChildElements() {
		count[treeName(c)]++
	}
	for _, c := range e.ChildElements() {
		name := treeName(c)
		path := join(at, name)
		if count[name] > 1 {
			path = join(path, strconv.Itoa(index[name]))
			index[name]++
		}
		n := len(*all)
		treeElement(c, path, all)
		if len(*all) == n {
			*all = append(*all, entry{path: path, null: true})
		}
	}
}

func treeName(e *etree.Element) string {
	if key, _ := treeKeyed(e); key != nil {
		return key.Value
	}
	return e.FullTag()
}

func treeKeyed(e *etree.Element) (key, value *etree.Attr) {
	switch e.FullTag() {
	case "add":
		key, value = e.SelectAttr("key"), e.SelectAttr("value")
	case "environmentVariable":
		key, value = e.SelectAttr("name"), e.SelectAttr("value")
	}
	if key == nil || value == nil {
		return nil, nil
	}
	return key, value
}
