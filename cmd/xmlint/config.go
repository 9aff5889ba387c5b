package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/xmlint/xmlint/config"
	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/hostfs"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// configuration is what .xmlint.yaml says about this run.
type configuration struct {
	config.Config
	dir      string // its folder, without links; empty where there is no configuration
	whole    bool   // everything below dir is looked at
	origins  []origin
	rules    []*lint.Rule
	settings lint.Settings
}

// origin is where a source's files are: how reports show its folder, and where
// that is on the machine, without links. Baselines call files by their paths
// below base: the root of the work tree, else the folder itself.
type origin struct {
	shown, real, base string
	single            bool // only some of the folder's files
}

// configure reads the configuration that the sources share, and applies it to
// them. Flags win over it.
func (a *app) configure(sources []deployment.Source) error {
	c := &a.config
	for i := range sources {
		c.origins = append(c.origins, a.originOf(&sources[i]))
	}
	file, err := a.configFile()
	if err != nil {
		return err
	}
	c.rules = rules.All()
	if file != "" {
		if err := a.readConfig(file); err != nil {
			return err
		}
	}
	for i := range sources {
		c.exclude(&sources[i], c.origins[i])
	}
	a.flags.environment = cmp.Or(a.flags.environment, c.Environment)
	c.settings = c.Settings(c.rel)
	c.settings.Today = a.now()
	if a.flags.today != "" {
		c.settings.Today, _ = time.Parse(time.DateOnly, a.flags.today) // checked before
	}
	return nil
}

func (a *app) originOf(s *deployment.Source) origin {
	real := a.path(filepath.FromSlash(s.Shown))
	if dir, ok := s.FS.(hostfs.Dir); ok {
		real = string(dir)
	}
	real = resolved(real)
	return origin{s.Shown, real, cmp.Or(config.WorkTree(real, exists), real), len(s.Files) > 0}
}

func exists(name string) bool {
	_, err := os.Lstat(name) // a link that leads nowhere is to be told
	return err == nil
}

// resolved is a path without links, as far as it exists.
func resolved(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	return name
}

// configFile is the configuration to read: that of --config, else the nearest
// one of all that is looked at.
func (a *app) configFile() (string, error) {
	if a.flags.config != "" {
		return a.path(a.flags.config), nil
	}
	found := ""
	for i, o := range a.config.origins {
		near := config.Nearest(o.real, exists)
		if i > 0 && near != found {
			return "", usagef("check one PATH at a time, or name one configuration with --config",
				"%s and %s have different configurations", a.config.origins[0].shown, o.shown)
		}
		found = near
	}
	if filepath.Base(found) == config.Misnamed {
		return "", usagef("call it "+config.Name, "%s would not be read", a.relative(found))
	}
	return found, nil
}

// relative is how messages call a file on the machine.
func (a *app) relative(file string) string {
	if rel, err := filepath.Rel(resolved(a.dir), file); err == nil {
		file = rel
	}
	return filepath.ToSlash(file)
}

func (a *app) readConfig(file string) error {
	shown := filepath.ToSlash(a.flags.config)
	if shown == "" {
		shown = a.relative(file)
	}
	info, err := os.Stat(file)
	if err == nil && !info.Mode().IsRegular() {
		err = deployment.ErrIrregular
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return usagef("", "the configuration %s cannot be read: %w", shown, reason(err))
	}
	read, err := config.Parse(shown, text, a.config.rules)
	var faults *config.Error
	if errors.As(err, &faults) {
		for _, line := range faults.Lines() {
			fmt.Fprintln(a.stderr, "xmlint: "+visible.String(line))
		}
		return status(statusUsage)
	}
	a.config.Config, a.config.dir = *read, resolved(filepath.Dir(file))
	for _, o := range a.config.origins {
		if _, ok := config.Rel(o.real, a.config.dir); ok && !o.single && len(a.flags.exclude) == 0 {
			a.config.whole = true
		}
	}
	return nil
}

// exclude lets a source pass over what the configuration excludes.
func (c *configuration) exclude(s *deployment.Source, o origin) {
	if len(c.Exclude) == 0 || o.single {
		return
	}
	folder, below := config.Rel(c.dir, o.real)
	if !below {
		folder = "."
	}
	s.Skip = func(name string) bool {
		rel, ok := config.Rel(c.dir, filepath.Join(o.real, filepath.FromSlash(name)))
		return ok && c.Exclude.MatchBelow(folder, rel)
	}
}

// rel is the path of a finding relative to the configuration's folder.
func (c *configuration) rel(shown string) (string, bool) {
	_, real, ok := c.locate(shown)
	if !ok {
		return "", false
	}
	return config.Rel(c.dir, real)
}

// key is how baselines call a folder that reports show.
func (c *configuration) key(shown string) string {
	if o, real, ok := c.locate(shown); ok {
		if rel, ok := config.Rel(o.base, real); ok {
			return rel
		}
	}
	return shown
}

// locate says where on the machine a path is that reports show.
func (c *configuration) locate(shown string) (o origin, real string, ok bool) {
	for _, one := range c.origins {
		if within(one.shown, shown) && (!ok || len(one.shown) > len(o.shown)) {
			o, ok = one, true
		}
	}
	rest := shown
	if o.shown != "." {
		rest = strings.TrimPrefix(shown, o.shown)
	}
	return o, filepath.Join(o.real, filepath.FromSlash(rest)), ok
}

// within reports whether a path lies in a folder, both as reports show them.
func within(folder, name string) bool {
	if folder == "." {
		return !path.IsAbs(name) && name != ".." && !strings.HasPrefix(name, "../")
	}
	return name == folder || strings.HasPrefix(name, strings.TrimSuffix(folder, "/")+"/")
}

// runner runs all rules and reports as the configuration says. Everything lets
// also those run that are off.
func (a *app) runner(everything bool) (*lint.Runner, error) {
	r, err := lint.NewRunner(a.config.rules)
	if err != nil {
		return nil, err
	}
	s := a.config.settings
	s.Everything = everything
	return r.With(s), nil
}
