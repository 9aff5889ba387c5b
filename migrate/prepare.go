package migrate

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/lint"
	"github.com/xmlint/xmlint/rules"
)

// Prepare works out the changes of a deployment. It reads files and writes
// none.
//
// Errors: a [*ReferenceError] where a reference was asked for that nothing
// expands; one that wraps [ErrUnintended] where the edits went wrong; one that
// wraps [ErrUnknownFile]; that of ctx.
func Prepare(ctx context.Context, d *deployment.Deployment, opts Options) (*Changes, error) {
	p, err := begin(ctx, d, opts)
	if err != nil {
		return nil, err
	}
	// Fixes first: they give the goal a file that can be read and names that
	// are right. And afterwards: the goal's own strings may want one.
	for _, phase := range [...]func() error{p.fixes, p.pursue, p.fixes} {
		if err := phase(); err != nil {
			return nil, err
		}
	}
	if !p.redis.IsZero() && !opts.Unsafe {
		return p.finish()
	}
	// An unsafe fix may have taken away what the goal wrote into a layer, so
	// that the one below it counts; and a string that a product keeps may stand
	// in two places, and the one that counts was mended.
	for range rounds {
		before := p.state()
		if err := p.pursue(); err != nil {
			return nil, err
		}
		if p.state() == before {
			break
		}
		if err := p.fixes(); err != nil {
			return nil, err
		}
	}
	return p.finish()
}

// preparation is the work of one Prepare.
type preparation struct {
	ctx    context.Context
	opts   Options
	read   *reader
	runner *lint.Runner
	redis  Connection // to write; zero where none is known

	original   *deployment.Deployment
	start, now *deployment.Deployment // with opened sections in plain text: at first, and as edited
	sections   map[string]*section    // by path, the opened sections of the files
	texts      map[string]*working    // by path, every file

	touched  map[*deployment.Product]bool // of original: the goal changes something in it
	blocks   []Block
	warnings []string
	credits  map[creditKey]credit
	broken   bool // a rule broke
}

// working is a file that is being edited.
type working struct {
	raw    []byte // at first
	text   []byte // now
	pieces *pieces
}

// creditKey names a setting of a file; credit says what changed it.
type creditKey struct{ path, setting string }

type credit struct {
	safety lint.Safety
	title  string
}

// rounds bounds how often the files are edited and read again. Each round ends
// a layer of faults; no real file has more than three.
const rounds = 20

func begin(ctx context.Context, d *deployment.Deployment, opts Options) (*preparation, error) {
	p := &preparation{
		ctx: ctx, opts: opts, redis: opts.Redis, original: d,
		sections: map[string]*section{}, texts: map[string]*working{},
		touched: map[*deployment.Product]bool{}, credits: map[creditKey]credit{},
	}
	var err error
	if p.read, err = readerOf(d, &opts); err != nil {
		return nil, err
	}
	if p.redis.IsZero() && !opts.Off {
		if p.redis, err = fromManifest(d); err != nil {
			p.warn("", "%v", err)
		}
	}
	all := opts.Rules
	if all == nil {
		all = rules.All()
	}
	if p.runner, err = lint.NewRunner(all); err != nil {
		return nil, err
	}
	for _, f := range d.Files {
		if f.Text != nil && f.Text.Raw != nil {
			p.texts[f.Path] = &working{raw: f.Text.Raw, text: f.Text.Raw}
		}
	}
	p.openSections()
	for _, w := range p.texts {
		w.pieces = newPieces(len(w.raw))
	}
	p.now, err = p.reread()
	if err != nil || !hasFilesOf(p.now, d) {
		// A manifest above gives some of the folder's files to another one.
		p.read.source = p.read.wide
		if p.now, err = p.reread(); err != nil {
			return nil, err
		}
	}
	p.start = p.now
	return p, nil
}

// reread reads the deployment as edited so far.
func (p *preparation) reread() (*deployment.Deployment, error) {
	files := make(map[string][]byte, len(p.texts))
	for path, w := range p.texts {
		files[path] = w.text
	}
	return p.read.read(p.ctx, files)
}

// action is one thing to do to the files, and what it is about.
type action struct {
	edits  []lint.FileEdit
	credit credit
	about  string // of a fix: the setting, and what is below it
	wants  []want // of the goal: what is to come out
}

// want is a setting of a file, and the value that an application shall get.
type want struct {
	path    string // the file
	setting string // as flatten calls it
	value   string
}

// state is a hash of all files.
func (p *preparation) state() [sha256.Size]byte {
	h := sha256.New()
	for _, path := range p.paths() {
		sum := sha256.Sum256(p.texts[path].text)
		h.Write([]byte(path))
		h.Write(sum[:])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func (p *preparation) paths() []string {
	paths := make([]string, 0, len(p.texts))
	for path := range p.texts {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// apply carries actions out, reads the files again, and sees that nothing but
// what the actions are about has changed.
func (p *preparation) apply(batch []action) error {
	edits := map[string][]document.Edit{}
	for _, a := range batch {
		for _, e := range a.edits {
			edits[e.File.Path] = append(edits[e.File.Path], e.Edits...)
		}
	}
	for _, path := range p.paths() {
		w := p.texts[path]
		if len(edits[path]) == 0 {
			continue
		}
		text, err := document.Apply(w.text, edits[path])
		if err != nil {
			return fmt.Errorf("%s: %w: %w", path, ErrUnintended, err)
		}
		w.text = text
		w.pieces.apply(edits[path])
		delete(edits, path)
	}
	for path := range edits {
		return fmt.Errorf("%w: %s", ErrUnknownFile, path)
	}
	before := p.now
	now, err := p.reread()
	if err != nil {
		return err
	}
	p.now = now
	return p.explain(batch, before, now)
}

// warn adds a warning once. About is the file or the product.
func (p *preparation) warn(about, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if about != "" {
		text = about + ": " + text
	}
	if !slices.Contains(p.warnings, text) {
		p.warnings = append(p.warnings, text)
	}
}

// block adds something that has to come first, once.
func (p *preparation) block(b Block) {
	if !slices.Contains(p.blocks, b) {
		p.blocks = append(p.blocks, b)
	}
}

// isListed reports whether the manifest lists a step as done.
func isListed(d *deployment.Deployment, ids ...string) bool {
	return d.Manifest.Lists(func(id string) bool { return slices.Contains(ids, id) })
}
