package mask

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/schema"
)

// manifestPatches masks the bytes [start, end) of a manifest and hides comments.
// What stands behind a key that manifests do not have is masked: it may be
// anything. So is what stands behind no key at all, unless it is a version.
func manifestPatches(text []byte, start, end int32) []Patch {
	y := yamlLine{text: string(text[start:end]), start: start}
	y.comment()
	y.keys()
	y.options()
	y.users()
	if masked := deployment.Mask("", y.text); masked != y.text && len(y.patches) == 0 {
		y.hide(0, len(y.text), masked)
	}
	return y.patches
}

// yamlLine is a line of a manifest and what to replace in it.
type yamlLine struct {
	text    string // without its comment
	start   int32
	patches []Patch
}

func (y *yamlLine) hide(from, to int, shown string) {
	if from < to {
		y.patches = append(y.patches, Patch{y.start + int32(from), y.start + int32(to), visible.String(shown)})
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

// keys masks what stands behind a key that is none, unless the key is plainly a
// mistyped one: then its value is of the same kind.
func (y *yamlLine) keys() {
	found := false
	for at := 0; at < len(y.text); {
		k := yamlKey().FindStringSubmatchIndex(y.text[at:])
		if k == nil {
			break
		}
		found = true
		key, from := y.text[at+k[2]:at+k[3]], at+k[1]
		if at = from; isManifestKey(key) || isMistyped(key) {
			continue
		}
		at = valueEnd(y.text, from)
		y.hide(from, at, schema.Mask)
	}
	if !found && !yamlVersion().MatchString(y.text) {
		y.hide(len(y.text)-len(strings.TrimLeft(y.text, " \t-")), len(y.text), schema.Mask)
	}
}

// valueEnd is where the value ends that begins at from: at its closing quote,
// at the next comma or bracket inside of brackets, else with the line.
func valueEnd(text string, from int) int {
	end := len(strings.TrimRight(text, " \t"))
	from += len(text[from:]) - len(strings.TrimLeft(text[from:], " \t"))
	inside := strings.Count(text[:from], "{") > strings.Count(text[:from], "}")
	if from >= end || !inside {
		return end
	}
	switch c := text[from]; c {
	case '{', '[', '&', '*', '!':
		return end
	case '"', '\'':
		if i := quoteEnd(text[from:end]); i > 0 {
			return from + i
		}
		return end
	}
	if i := strings.IndexAny(text[from:end], ",}]"); i >= 0 {
		return from + i
	}
	return end
}

// quoteEnd is the length of a quoted value, 0 where it is not closed.
func quoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[0] == '"' && s[i] == '\\', s[0] == '\'' && s[i] == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return 0
}

// manifestKeys are the keys of manifests whose names are fixed.
var manifestKeys = [...]string{
	"name", "version", "hosting", "environment", "products", "path", "instances", "target_instances", "nodes",
	"load_balancer", "sticky", "redis", "connection", "service", "cluster", "connectors", "data-streams",
	"apps", "connector", "upgrade", "cache_loss", "done", "step", "on", "decisions",
}

func isManifestKey(key string) bool {
	return slices.Contains(manifestKeys[:], key) || slices.Contains(schema.Products(), schema.Product(key))
}

// isMistyped reports whether a key is one of a manifest's but for one edit, and
// long enough for that to be no chance. What stands behind a mistyped
// connection may be a password alone.
func isMistyped(key string) bool {
	mistyped := func(want string) bool {
		return len(want) >= 6 && want != "connection" && schema.Distance(key, want) <= 1
	}
	return slices.ContainsFunc(manifestKeys[:], mistyped) ||
		slices.ContainsFunc(schema.Products(), func(p schema.Product) bool { return mistyped(string(p)) })
}

// options masks what stands behind = in a connection string, unless it is a
// flag or a short number: the option may be misspelt. Quotes, semicolons and
// brackets can be in a password. Only where a Redis connection string belongs
// does a comma end it.
func (y *yamlLine) options() {
	for i := 0; i < len(y.text); {
		eq := strings.IndexByte(y.text[i:], '=')
		if eq < 0 {
			return
		}
		from := i + eq + 1
		key, to := y.valueOf(from)
		if key == "" || key == "connection" {
			to = min(to, from+strings.IndexByte(y.text[from:]+",", ','))
		}
		if v := strings.TrimSpace(y.text[from:to]); !flagOrNumber(v) {
			y.hide(from, to, schema.Mask)
		}
		i = to
	}
}

// valueOf is the key of the value that at lies in, if it stands in the line, and
// where the value ends, without its quote.
func (y *yamlLine) valueOf(at int) (key string, end int) {
	from := 0
	if k := yamlKey().FindAllStringSubmatchIndex(y.text[:at], -1); k != nil {
		last := k[len(k)-1]
		key, from = y.text[last[2]:last[3]], last[1]
	}
	return key, y.stringEnd(from, at)
}

// stringEnd is where the value ends that begins at from and that at lies in,
// without its quote.
func (y *yamlLine) stringEnd(from, at int) int {
	from += len(y.text[from:at]) - len(strings.TrimLeft(y.text[from:at], " \t"))
	switch {
	case y.text[from] == '"' || y.text[from] == '\'':
		if n := quoteEnd(y.text[from:]); from+n > at {
			return from + n - 1
		}
	case y.text[from] == '[' || y.text[from] == '{': // not what belongs there
	case strings.Count(y.text[:from], "{") > strings.Count(y.text[:from], "}"):
		return at + strings.IndexByte(y.text[at:]+"}", '}')
	}
	return len(y.text)
}

// users masks user and password before the @ of a server, with or without a
// scheme before them. An address of mail has no colon.
func (y *yamlLine) users() {
	for from := 0; from < len(y.text); {
		to := from + strings.IndexByte(y.text[from:]+",", ',')
		item := y.text[from:to]
		if at := strings.LastIndexByte(item, '@'); at >= 0 {
			start := 0
			if k := yamlKey().FindAllStringIndex(item[:at], -1); k != nil {
				start = k[len(k)-1][1]
			}
			start += len(item[start:at]) - len(strings.TrimLeft(item[start:at], " \t\"'"))
			if _, after, ok := strings.Cut(item[start:at], "://"); ok {
				y.hide(from+at-len(after), from+at, schema.Mask)
			} else if strings.Contains(item[start:at], ":") {
				y.hide(from+start, from+at, schema.Mask)
			}
		}
		from = to + 1
	}
}

// flagOrNumber reports whether an option's value is none that could be secret.
func flagOrNumber(v string) bool {
	switch strings.ToLower(v) {
	case "", "true", "false", "yes", "no":
		return true
	}
	return len(v) <= 5 && strings.Trim(v, "0123456789") == ""
}
