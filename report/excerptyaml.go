package report

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// yamlPatches masks the bytes [start, end) of a manifest, by the key on the
// line and by what values look like, and hides comments. Of a manifest that is
// no YAML only keys are shown.
func yamlPatches(f *deployment.File, start, end int32) []patch {
	y := yamlLine{text: string(f.Text.Bytes[start:end]), start: start}
	y.comment()
	if f.Err != nil {
		y.scalars()
		return y.patches
	}
	y.options()
	y.secrets()
	if masked := deployment.Mask("", y.text); masked != y.text && len(y.patches) == 0 {
		y.hide(0, len(y.text), masked)
	}
	return y.patches
}

// yamlLine is a line of a manifest and what to replace in it.
type yamlLine struct {
	text    string // without its comment
	start   int32
	patches []patch
}

func (y *yamlLine) hide(from, to int, shown string) {
	if from < to {
		y.patches = append(y.patches, patch{y.start + int32(from), y.start + int32(to), shown})
	}
}

func (y *yamlLine) comment() {
	for i := range len(y.text) {
		if y.text[i] == '#' && (i == 0 || y.text[i-1] == ' ' || y.text[i-1] == '\t') {
			y.hide(i, len(y.text), "# …")
			y.text = y.text[:i]
			return
		}
	}
}

// scalars masks all that is no key.
func (y *yamlLine) scalars() {
	from := 0
	if i := strings.IndexByte(y.text, ':'); i >= 0 && plainName([]byte(strings.TrimLeft(y.text[:i], " \t-\"'"))) {
		from = i + 1
	}
	from += len(y.text[from:]) - len(strings.TrimLeft(y.text[from:], " \t-"))
	y.hide(from, len(strings.TrimRight(y.text, " \t")), schema.Mask)
}

// options masks what stands behind = in a connection string, unless it is a
// flag or a short number: the key above may be misspelt, and the option.
func (y *yamlLine) options() {
	for i := 0; i < len(y.text); {
		eq := strings.IndexByte(y.text[i:], '=')
		if eq < 0 {
			return
		}
		from := i + eq + 1
		to := from + strings.IndexAny(y.text[from:]+",", ",;\"'}")
		if v := strings.TrimSpace(y.text[from:to]); !flagOrNumber(v) {
			y.hide(from, to, schema.Mask)
		}
		i = to
	}
}

// secrets masks what stands behind a key that names a secret.
func (y *yamlLine) secrets() {
	for i := range len(y.text) {
		if y.text[i] != ':' {
			continue
		}
		key := y.text[strings.LastIndexAny(y.text[:i], " \t{,-")+1 : i]
		if schema.IsSecret(strings.Trim(key, "\"'")) {
			y.hide(i+1+len(y.text[i+1:])-len(strings.TrimLeft(y.text[i+1:], " \t")), len(y.text), schema.Mask)
			return
		}
	}
}

// flagOrNumber tells whether an option's value is none that could be secret.
func flagOrNumber(v string) bool {
	switch strings.ToLower(v) {
	case "", "true", "false", "yes", "no":
		return true
	}
	return len(v) <= 5 && strings.Trim(v, "0123456789") == ""
}
