package migrate

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/schema"
)

// explain compares two readings of the deployment, before and after actions,
// and looks for the action behind each setting that changed. A setting that
// changed without one, and one that did not become what it should, is an
// error.
func (p *preparation) explain(batch []action, before, after *deployment.Deployment) error {
	for _, old := range before.Files {
		new := fileOf(after, old.Path)
		if old.Text == nil || new != nil && new.Text != nil && bytes.Equal(old.Text.Raw, new.Text.Raw) {
			continue
		}
		if new == nil || new.Text == nil || new.JSON == nil && old.JSON != nil || new.XML == nil && old.XML != nil {
			return fmt.Errorf("%w: %s cannot be read any more", ErrUnintended, old.Path)
		}
		changes := compare(old, new)
		for i := range changes {
			c := &changes[i]
			a := explains(batch, changes, c, new)
			if a == nil {
				return fmt.Errorf("%w: %s: %s", ErrUnintended, old.Path, c.path)
			}
			p.credit(new, c, a)
		}
	}
	for _, a := range batch {
		for _, w := range a.wants {
			if !comesOut(fileOf(after, w.path), w) {
				return fmt.Errorf("%w: %s: %s does not become what it should", ErrUnintended, w.path, w.setting)
			}
		}
	}
	return nil
}

// explains finds the action behind a change.
func explains(batch []action, changes []change, c *change, f *deployment.File) *action {
	if c.had != c.has && (c.had && c.from.null || c.has && c.to.null) {
		// Something around a setting that came is not empty any more, or
		// around one that went away is empty now.
		for j := range changes {
			if o := &changes[j]; o.had == c.has && o.has == c.had && inside(f, o.path, c.path) {
				return explains(batch, changes, o, f)
			}
		}
	}
	for i := range batch {
		a := &batch[i]
		if !a.editsFile(f.Path) {
			continue
		}
		for _, w := range a.wants {
			if w.path == f.Path && (c.isOf(f, w.setting) || c.makesRoom(f, w.setting)) {
				return a
			}
		}
		if a.about == "" {
			continue
		}
		if concerns(f, c.path, a.about) || c.was != "" && concerns(f, c.was, a.about) {
			return a
		}
		// What the fix gave another name, or another place.
		for j := range changes {
			if o := &changes[j]; o.has && !o.had && concerns(f, o.path, a.about) && c.movedTo(o) {
				return a
			}
		}
	}
	return nil
}

// editsFile reports whether an action edits a file.
func (a *action) editsFile(path string) bool {
	for _, e := range a.edits {
		if e.File.Path == path {
			return true
		}
	}
	return false
}

// isOf reports whether the change is one of a setting.
func (c *change) isOf(f *deployment.File, setting string) bool {
	return fold(f, c.path) == fold(f, setting)
}

// makesRoom reports whether the change is that something empty around a setting
// is not empty any more.
func (c *change) makesRoom(f *deployment.File, setting string) bool {
	return c.had && !c.has && c.from.value == "" && inside(f, setting, c.path)
}

// isRoom reports whether the change is only that something empty is not empty
// any more, or that it is empty again.
func (c *change) isRoom(changes []change, f *deployment.File) bool {
	if c.had == c.has || c.from.value != "" || c.to.value != "" {
		return false
	}
	for i := range changes {
		if o := &changes[i]; o.had == c.has && o.has == c.had && inside(f, o.path, c.path) {
			return true
		}
	}
	return false
}

// inside reports whether a setting of a file lies inside another.
func inside(f *deployment.File, path, around string) bool {
	path, around = fold(f, path), fold(f, around)
	return path != around && (around == "" || strings.HasPrefix(path, around+":"))
}

// movedTo reports whether what went away is what came, or what was around it.
func (c *change) movedTo(came *change) bool {
	return c.had && !c.has && c.from.value == came.to.value && c.from.null == came.to.null
}

// concerns reports whether a setting of a file is one of those that a fix is
// about. In a web.config that is also one of several elements of a name, and
// one in an element whose name is misspelt.
func concerns(f *deployment.File, path, about string) bool {
	if below(settingOf(path), about) {
		return true
	}
	if f.XML == nil {
		return false
	}
	var names []string
	for name := range strings.SplitSeq(path, ":") {
		if _, err := strconv.Atoi(name); err != nil {
			if schema.Near([]byte(name), "autoScale") {
				name = "autoScale"
			}
			names = append(names, name)
		}
	}
	return below(settingOf(strings.Join(names, ":")), about)
}

// below reports whether a path is a setting or one inside it, in any casing and
// whatever stands around the section: <location>, <appSettings>.
func below(path, setting string) bool {
	for {
		if len(path) >= len(setting) && document.EqualFold(path[:len(setting)], setting) &&
			(len(path) == len(setting) || path[len(setting)] == ':') {
			return true
		}
		_, rest, ok := strings.Cut(path, ":")
		if !ok {
			return false
		}
		path = rest
	}
}

// comesOut reports whether a setting of a file has the value it should have.
func comesOut(f *deployment.File, w want) bool {
	if f == nil {
		return false
	}
	for _, e := range flatten(f) {
		if fold(f, e.path) != fold(f, w.setting) {
			continue
		}
		if e.value == w.value {
			return true
		}
		if x, ok := schema.ParseBool(e.value); ok {
			y, ok := schema.ParseBool(w.value)
			return ok && x == y
		}
		return false
	}
	return false
}

// credit notes which action changed a setting; the goal's own edits go before
// fixes, unsafe ones before safe ones.
func (p *preparation) credit(f *deployment.File, c *change, a *action) {
	key := creditKey{f.Path, fold(f, c.path)}
	have, ok := p.credits[key]
	if ok && (have.safety == "" || have.safety == lint.Unsafe && a.credit.safety == lint.Safe) {
		return
	}
	p.credits[key] = a.credit
}

func fileOf(d *deployment.Deployment, path string) *deployment.File {
	for _, f := range d.Files {
		if f.Path == path {
			return f
		}
	}
	return nil
}
