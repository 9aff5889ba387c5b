package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/hostfs"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/migrate"
	"github.com/xmlint/xmlint/report"
	"github.com/xmlint/xmlint/schema"
)

// migrateFlags are the flags of migrate alone.
type migrateFlags struct {
	write, check, off, rollback bool
	redis, redisEnv, redisRef   string
	pipeline, unsafe            bool
	products, nodes             []string
	patch, state                string
}

// patience is how long a migration waits for another one to end.
const patience = 10 * time.Second

func (a *app) migrateCommand() *cobra.Command {
	var f migrateFlags
	c := &cobra.Command{
		Use:   "migrate [PATH]",
		Short: "show the edits that switch Auto Scale on; --write applies them",
		Long: `Shows the edits of the configuration files that switch Auto Scale on, and the
safe repairs that go with them. With --write they are applied, all or none; a
journal beside xmpro.yaml lets --rollback bring back the exact bytes.

The connection string comes from --redis, --redis-env or --redis-ref, else from
redis.connection in xmpro.yaml, else each product keeps its own. It is never
printed.

--write refuses while something that has to come first is known to be missing:
it names the steps, as the plan does.`,
		Example: `  xmlint migrate acme --redis-env REDIS_CONNECTION
  xmlint migrate acme --redis-env REDIS_CONNECTION --write
  xmlint migrate acme --rollback
  xmlint migrate acme --off
  xmlint migrate acme --products subscription-manager --key key.xml --redis-ref '${REDIS}'`,
		Args: atMost(1, "one PATH"),
		RunE: func(c *cobra.Command, args []string) error { return a.migrate(c, args, f) },
	}
	flags := c.Flags()
	flags.BoolVar(&f.write, "write", false, "apply the edits, all or none")
	flags.StringVar(&f.redis, "redis", "", "the connection `STRING` to write; it stands in the shell's history")
	flags.StringVar(&f.redisEnv, "redis-env", "", "the environment variable `NAME` that holds the connection string")
	flags.StringVar(&f.redisRef, "redis-ref", "", "a `REFERENCE` that something fills in, as '${REDIS}'")
	flags.BoolVar(&f.pipeline, "pipeline-replaces-tokens", false, "a pipeline replaces references in appsettings.json before deployment")
	flags.StringSliceVar(&f.products, "products", nil, "change only these `PRODUCTS`, joined by commas")
	flags.StringSliceVar(&f.nodes, "nodes", nil, "change only these `NODES` of the manifest, joined by commas")
	flags.BoolVar(&f.unsafe, "unsafe", false, "carry out unsafe repairs too: look at each of them")
	flags.BoolVar(&f.check, "check", false, "exit with 1 where something is still to do")
	flags.BoolVar(&f.off, "off", false, "switch Auto Scale off instead")
	flags.BoolVar(&f.rollback, "rollback", false, "take the last write back: the exact bytes from before")
	flags.StringVar(&f.patch, "patch", "", "write the whole patch, with secrets, to a `FILE` that only its owner can read")
	flags.StringVar(&f.state, "state", "", "`DIR` for the journal, instead of the deployment's folder")
	a.flags.formats(c, report.MigrationFormats())
	a.flags.failing(c, "never")
	a.flags.reading(c)
	a.flags.known(c)
	var names []string
	for _, p := range redisProducts() {
		names = append(names, string(p))
	}
	complete(c, "products", names...)
	return c
}

func redisProducts() []schema.Product {
	return slices.DeleteFunc(schema.Products(), func(p schema.Product) bool { return !p.UsesRedis() })
}

// options checks the flags and turns them into options of the library.
func (f *migrateFlags) options(a *app, c *cobra.Command) (migrate.Options, error) {
	given := func(names ...string) (set []string) {
		for _, n := range names {
			if c.Flags().Changed(n) {
				set = append(set, "--"+n)
			}
		}
		return set
	}
	opts := migrate.Options{Off: f.off, Unsafe: f.unsafe, PipelineReplacesTokens: f.pipeline}
	sources := given("redis", "redis-env", "redis-ref")
	both := func(x, y string) error { return usagef("give one of them", "%s and %s do not go together", x, y) }
	switch others := given("write", "redis", "redis-env", "redis-ref", "off", "unsafe", "check", "patch", "products", "nodes"); {
	case len(sources) > 1:
		return opts, both(sources[0], sources[1])
	case f.rollback && len(others) > 0:
		return opts, both("--rollback", others[0])
	case f.off && len(sources) > 0:
		return opts, both("--off", sources[0])
	case f.write && f.check:
		return opts, both("--write", "--check")
	}
	// An empty list, of a variable that is not set, is not "all of them".
	for _, list := range []struct {
		flag  string
		given []string
	}{{"products", f.products}, {"nodes", f.nodes}} {
		if c.Flags().Changed(list.flag) && (len(list.given) == 0 || slices.Contains(list.given, "")) {
			return opts, usagef("name them, or leave the flag out to change all", "--%s: a name is empty", list.flag)
		}
	}
	for _, name := range f.products {
		p := schema.Product(strings.ToLower(strings.TrimSpace(name)))
		switch {
		case p == schema.AI, p == schema.StreamHost:
			return opts, usagef("there are app-designer, data-stream-designer and subscription-manager", "--products: %q has no Auto Scale", name)
		case !p.UsesRedis():
			return opts, usagef("there are app-designer, data-stream-designer and subscription-manager", "--products: %q is no product", name)
		}
		opts.Products = append(opts.Products, p)
	}
	opts.Nodes = f.nodes
	var err error
	switch {
	case c.Flags().Changed("redis"):
		opts.Redis, err = migrate.Literal(f.redis, "--redis")
	case c.Flags().Changed("redis-env"):
		value := strings.TrimRight(a.env(f.redisEnv), "\r\n")
		if value == "" {
			return opts, usagef("set it to the connection string", "--redis-env: the variable %s is not set", f.redisEnv)
		}
		opts.Redis, err = migrate.Literal(value, "--redis-env "+f.redisEnv)
	case c.Flags().Changed("redis-ref"):
		opts.Redis, err = migrate.Reference(f.redisRef, "--redis-ref")
	}
	if err != nil {
		return opts, &usage{err: err}
	}
	return opts, nil
}

// migration is one call of migrate.
type migration struct {
	*app
	flags migrateFlags
	opts  migrate.Options
	paths []string
	state string // the folder of the journal on the machine
	all   []*deployment.Deployment

	groups []*deployment.Group
}

func (a *app) migrate(c *cobra.Command, paths []string, f migrateFlags) error {
	m := &migration{app: a, flags: f, paths: paths}
	var err error
	if m.opts, err = f.options(a, c); err != nil {
		return err
	}
	a.flags.paths = paths
	// A call that is wrong is refused before anything is written.
	a.flags.written = f.patch
	if _, err := chosenOutputs(a, report.NewMigrations); err != nil {
		return err
	}
	stdin := slices.Contains(paths, "-")
	if stdin && (f.write || f.rollback) {
		return usagef("give a folder or a file", "standard input cannot be written to")
	}
	if err := m.openState(); err != nil {
		return err
	}
	if err := m.read(stdin); err != nil {
		return err
	}
	if err := m.keepsFiles(stdin); err != nil {
		return err
	}
	if !stdin && !f.rollback {
		if err := m.recover(); err != nil {
			return err
		}
	}
	own := slices.ContainsFunc(m.all, (*deployment.Deployment).HoldsXMPro)
	if !own {
		// The document is whole all the same.
		if err := m.print(report.Migration{}); err != nil {
			return err
		}
		return status(statusNothing)
	}
	if f.rollback {
		return m.takeBack()
	}
	return m.change()
}

// read reads the deployments under the path.
func (m *migration) read(stdin bool) error {
	var err error
	m.opts.Exclude = m.app.flags.exclude
	if stdin {
		s, err := m.stdinSource()
		if err != nil {
			return err
		}
		m.opts.Sources = []deployment.Source{s}
	} else if m.opts.Sources, err = hostfs.Sources(m.dir, m.paths); err != nil {
		return &usage{err: err}
	}
	if err := m.app.configure(m.opts.Sources); err != nil {
		return err
	}
	if m.opts.Load, err = m.app.options(); err != nil {
		return err
	}
	return m.load()
}

func (m *migration) load() error {
	groups, err := deployment.Discover(m.ctx, m.opts.Sources, m.opts.Exclude)
	if err != nil {
		if m.ctx.Err() != nil {
			return err
		}
		return &usage{err: err}
	}
	m.all, m.groups = nil, groups
	for _, g := range groups {
		m.all = append(m.all, g.Load(m.ctx, m.opts.Load)...)
	}
	if err := m.ctx.Err(); err != nil {
		return err
	}
	return m.knowsNodes()
}

// keepsFiles sees that no output is one of the files that are read.
func (m *migration) keepsFiles(stdin bool) error {
	var files []string
	for _, d := range m.all {
		for _, f := range d.Files {
			if !stdin {
				files = append(files, f.Path)
			}
		}
	}
	if m.flags.patch != "" {
		if err := m.keepsInputs("--patch", m.flags.patch, files...); err != nil {
			return err
		}
	}
	for _, spec := range m.app.flags.outputs {
		_, file, _ := strings.Cut(spec, "=")
		if err := m.keepsInputs("--output "+spec, file, files...); err != nil {
			return err
		}
	}
	return nil
}

// store is a deployment's place on the machine.
func (m *migration) store(d *deployment.Deployment) *migrate.Store {
	s := &migrate.Store{FS: migrate.Host{}, Dir: m.dir, Root: d.Root, State: m.state, Wait: patience}
	for _, f := range d.Files {
		s.Files = append(s.Files, f.Path)
	}
	return s
}

// recover ends writes that were interrupted, and reads the deployments again
// where it did.
func (m *migration) recover() error {
	again := false
	for _, d := range m.all {
		recovery, err := m.store(d).Recover(m.ctx)
		if err != nil {
			return m.refused(err)
		}
		if recovery != migrate.NothingPending {
			fmt.Fprintf(m.stderr, "xmlint: %s: %s\n", visible.String(d.Root), recovery)
			again = true
		}
	}
	if again {
		return m.load()
	}
	return nil
}

// refused gives an error the status of a refusal where it is one: nothing was
// begun, or all of it was undone because something is in the way.
func (m *migration) refused(err error) error {
	var changed *migrate.ChangedError
	var refused *migrate.RefusedError
	var journal *migrate.JournalError
	if errors.As(err, &changed) || errors.As(err, &refused) || errors.As(err, &journal) ||
		errors.Is(err, migrate.ErrBusy) || errors.Is(err, migrate.ErrReadOnly) || errors.Is(err, migrate.ErrInUse) ||
		errors.Is(err, migrate.ErrNoJournal) || errors.Is(err, migrate.ErrShared) || errors.Is(err, migrate.ErrOwner) {
		fmt.Fprintln(m.stderr, "xmlint: "+visible.String(err.Error()))
		return status(statusFound)
	}
	return err
}
