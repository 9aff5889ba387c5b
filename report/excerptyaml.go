package report

import (
	"regexp"
	"strings"
	"sync"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// yamlPatches masks the bytes [start, end) of a manifest and hides comments.
// What stands behind a key that manifests do not have is masked: it may be
// anything. So is what stands behind no key at all, unless it is a version.
func yamlPatches(text []byte, start, end int32) []patch {
	y := yamlLine{text: string(text[start:end]), start: start}
	y.comment()
	y.keys()
	y.options()
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
			comment := y.text[i:]
			switch masked := deployment.Mask("", comment); {
			case !strings.HasPrefix(strings.TrimLeft(comment, "# \t"), "xmlint:"):
				y.hide(i, len(y.text), "# …")
			case masked != comment: // a directive is shown, as in other files
				y.hide(i, len(y.text), masked)
			}
			y.text = strings.TrimRight(y.text[:i], " \t")
			return
		}
	}
}

var (
	yamlKey     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:^|[\s{,])["']?([^\s"'{},\[\]:]+)["']?:(?:\s|$)`) })
	yamlVersion = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[-\s\[\],"'.\dvV]*$`) })
)

// keys masks what stands behind a key that is none.
func (y *yamlLine) keys() {
	keys := yamlKey().FindAllStringSubmatchIndex(y.text, -1)
	for _, k := range keys {
		if isManifestKey(y.text[k[2]:k[3]]) {
			continue
		}
		from := k[1]
		y.hide(from, len(strings.TrimRight(y.text, " \t")), schema.Mask)
		return
	}
	if len(keys) == 0 && !yamlVersion().MatchString(y.text) {
		y.hide(len(y.text)-len(strings.TrimLeft(y.text, " \t-")), len(y.text), schema.Mask)
	}
}

func isManifestKey(key string) bool {
	switch key {
	case "name", "version", "hosting", "environment", "products", "path", "instances", "target_instances", "nodes",
		"load_balancer", "sticky", "redis", "connection", "service", "cluster", "connectors", "data-streams",
		"apps", "connector", "upgrade", "cache_loss", "done", "step", "on", "decisions":
		return true
	}
	for _, p := range schema.Products() {
		if key == string(p) {
			return true
		}
	}
	return false
}

// options masks what stands behind = in a connection string, unless it is a
// flag or a short number: the option may be misspelt.
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

// flagOrNumber tells whether an option's value is none that could be secret.
func flagOrNumber(v string) bool {
	switch strings.ToLower(v) {
	case "", "true", "false", "yes", "no":
		return true
	}
	return len(v) <= 5 && strings.Trim(v, "0123456789") == ""
}
