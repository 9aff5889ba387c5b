package baseline_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"path"
	"regexp"
	"strings"
)

// laidOut is a tree with the same settings in files that look different: keys
// in another order, other indentation, other line ends, more comments. A file
// that no simple reader understands stays as it is.
func (t tree) laidOut(r *rand.Rand) tree {
	all := tree{}
	for name, text := range t {
		switch strings.ToLower(path.Ext(name)) {
		case ".json":
			text = jsonLaidOut(text, r)
		case ".config":
			text = xmlLaidOut(text, r)
		case ".yaml":
			text = yamlLaidOut(text, r)
		}
		all[name] = text
	}
	return all
}

// member is a key with its value; a list of them is an object in its order.
type member struct {
	key   string
	value any
}

func jsonLaidOut(text string, r *rand.Rand) string {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	value, err := decode(d)
	if err != nil || d.More() {
		return text
	}
	var b bytes.Buffer
	indent, newline := strings.Repeat(" ", r.IntN(5)), []string{"\n", "\r\n"}[r.IntN(2)]
	encode(&b, value, newline, indent, r)
	return b.String() + newline
}

func decode(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		object := []member{}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := decode(d)
			if err != nil {
				return nil, err
			}
			object = append(object, member{key.(string), value})
		}
		_, err = d.Token()
		return object, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := decode(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

func encode(b *bytes.Buffer, value any, newline, indent string, r *rand.Rand) {
	put := func(n int, open, shut string, one func(i int)) {
		b.WriteString(open)
		for i := range n {
			b.WriteString(newline + indent)
			if r.IntN(8) == 0 {
				b.WriteString("// here is a comment" + newline + indent)
			}
			one(i)
			if i+1 < n || r.IntN(2) == 0 {
				b.WriteByte(',')
			}
		}
		b.WriteString(newline + shut)
	}
	switch v := value.(type) {
	case []member:
		r.Shuffle(len(v), func(i, k int) { v[i], v[k] = v[k], v[i] })
		put(len(v), "{", "}", func(i int) {
			key, _ := json.Marshal(v[i].key)
			b.Write(key)
			b.WriteString([]string{":", ": ", " : "}[r.IntN(3)])
			encode(b, v[i].value, newline, indent+indent, r)
		})
	case []any:
		put(len(v), "[", "]", func(i int) { encode(b, v[i], newline, indent+" ", r) })
	default:
		text, _ := json.Marshal(v)
		b.Write(text)
	}
}

var (
	startTag  = regexp.MustCompile(`<([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))+)(\s*/?>)`)
	attribute = regexp.MustCompile(`[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*')`)
	leading   = regexp.MustCompile(`(?m)^[ \t]+`)
)

func xmlLaidOut(text string, r *rand.Rand) string {
	if strings.Contains(text, "\x00") || strings.Contains(text, "CipherValue") {
		return text // UTF-16, or a text that is its own value
	}
	text = startTag.ReplaceAllStringFunc(text, func(tag string) string {
		parts := startTag.FindStringSubmatch(tag)
		all := attribute.FindAllString(parts[2], -1)
		r.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
		gap := []string{" ", "\n   ", "  "}[r.IntN(3)]
		return "<" + parts[1] + gap + strings.Join(all, gap) + parts[3]
	})
	return leading.ReplaceAllStringFunc(text, func(string) string { return strings.Repeat("\t", r.IntN(4)) })
}

var topKey = regexp.MustCompile(`(?m)^[A-Za-z]`)

func yamlLaidOut(text string, r *rand.Rand) string {
	starts := topKey.FindAllStringIndex(text, -1)
	if len(starts) == 0 || !strings.HasSuffix(text, "\n") || strings.Contains(text, "\t") {
		return text
	}
	var blocks []string
	for i, s := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		blocks = append(blocks, "# a block\n"+text[s[0]:end]+"\n")
	}
	r.Shuffle(len(blocks), func(i, k int) { blocks[i], blocks[k] = blocks[k], blocks[i] })
	return strings.Join(blocks, "")
}
