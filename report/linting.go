package report

import (
	"cmp"
	"io"
	"slices"
	"sort"
	"sync"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// Output is one place where findings go, in one format.
type Output struct {
	Format Lint
	W      io.Writer
}

// Linting writes the findings of deployments while they are found: Work turns
// those of one deployment into bytes, Done writes them in order. They are made
// for [deployment.Each].
type Linting struct {
	Outputs []Output
	// Across, where set, takes what is not to be reported out of what is said
	// about deployments together, at the one with this root.
	Across func(root string, r *lint.Result)
	// Summary and Broken are what was written so far: Broken tells that a rule
	// broke.
	Summary Summary
	Broken  bool

	shared lint.Shared
	pieces sync.Pool
	buf    []byte
}

// Piece is one deployment, ready to be written.
type Piece struct {
	chunks  []Chunk
	order   []place // of the findings, where others may come between them
	uses    []lint.Use
	summary Summary
	broken  bool
}

func (p *Piece) size() int {
	n := 0
	for i := range p.chunks {
		n += cap(p.chunks[i].body)
	}
	return n
}

// place is what findings are ordered by.
type place struct {
	path         string
	line, column int
	rule         string
}

func placeOf(f *lint.Finding) place { return place{f.Path, f.Start.Line, f.Start.Column, f.Rule.ID} }

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.path, q.path), cmp.Compare(p.line, q.line), cmp.Compare(p.column, q.column), cmp.Compare(p.rule, q.rule))
}

// Begin writes what stands before the first finding.
func (l *Linting) Begin() error {
	for _, o := range l.Outputs {
		if err := l.write(o, o.Format.Begin(l.buf[:0])); err != nil {
			return err
		}
	}
	return nil
}

// Work encodes what the rules say of a deployment. It may be called by many
// goroutines at once; what it gives does not refer to the deployment.
func (l *Linting) Work(d *deployment.Deployment, r lint.Result) *Piece {
	p, _ := l.pieces.Get().(*Piece)
	if p == nil {
		p = &Piece{chunks: make([]Chunk, len(l.Outputs))}
	}
	p.order, p.uses, p.broken, p.summary = p.order[:0], r.Uses, r.Broken, Summary{}
	p.summary.Count(d, r.Findings)
	p.summary.Suppress(r.Suppressed)
	for i, o := range l.Outputs {
		p.chunks[i].Reset()
		o.Format.Encode(&p.chunks[i], d, r.Findings)
	}
	for i := range p.uses {
		p.uses[i].Place = lint.Place{}
	}
	if len(p.uses) > 0 {
		for i := range r.Findings {
			p.order = append(p.order, placeOf(&r.Findings[i]))
		}
	}
	return p
}

// Done writes a deployment, with what it shares with those before it.
func (l *Linting) Done(p *Piece) error {
	across := l.shared.Add(p.uses)
	if l.Across != nil && len(across.Findings) > 0 {
		l.Across(p.uses[0].Root, &across)
	}
	p.summary.Suppress(across.Suppressed)
	for i := range across.Findings {
		l.insert(p, &across.Findings[i])
	}
	if err := l.append(p); err != nil {
		return err
	}
	if p.size() <= keptBuffer {
		l.pieces.Put(p)
	}
	return nil
}

// Add writes findings that belong to no deployment: those about xmlint's own
// configuration. They come behind all others.
func (l *Linting) Add(findings []lint.Finding) error {
	p := &Piece{chunks: make([]Chunk, len(l.Outputs))}
	for i := range findings {
		l.insert(p, &findings[i])
	}
	return l.append(p)
}

// insert puts a finding where it belongs among those of a piece.
func (l *Linting) insert(p *Piece, f *lint.Finding) {
	f.Place = lint.Place{}
	at := sort.Search(len(p.order), func(i int) bool { return p.order[i].compare(placeOf(f)) > 0 })
	p.order = slices.Insert(p.order, at, placeOf(f))
	p.summary.Finding(f.Severity)
	for i, o := range l.Outputs {
		o.Format.Insert(&p.chunks[i], at, f)
	}
}

func (l *Linting) append(p *Piece) error {
	l.Summary.Add(p.summary)
	l.Broken = l.Broken || p.broken
	for i, o := range l.Outputs {
		if err := l.write(o, o.Format.Append(l.buf[:0], &p.chunks[i])); err != nil {
			return err
		}
	}
	return nil
}

// End writes what stands behind the last finding.
func (l *Linting) End() error {
	l.Summary.Broken = l.Broken
	for _, o := range l.Outputs {
		if err := o.Format.End(o.W, l.Summary); err != nil {
			return err
		}
	}
	return nil
}

// keptBuffer is the size over which memory is not kept for the next piece.
const keptBuffer = 1 << 20

func (l *Linting) write(o Output, buf []byte) error {
	if l.buf = nil; cap(buf) <= keptBuffer {
		l.buf = buf
	}
	if len(buf) == 0 {
		return nil
	}
	_, err := o.W.Write(buf)
	return err
}
