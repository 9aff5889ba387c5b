package migrate

import (
	"crypto/sha256"
	"errors"
	"maps"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// fixes carries out the fixes of rules until none is left.
func (p *preparation) fixes() error {
	seen := map[[sha256.Size]byte]bool{p.state(): true}
	givenUp := map[fixKey]bool{}
	for range rounds {
		result, err := p.runner.Run(p.ctx, p.now)
		if err != nil {
			return err
		}
		p.broken = p.broken || result.Broken
		var batch []action
		for i := range result.Findings {
			if a, ok := p.fix(&result.Findings[i], batch); ok && !givenUp[a.key()] {
				batch = append(batch, a)
			}
		}
		if len(batch) == 0 {
			return nil
		}
		if err := p.carryOut(batch, givenUp); err != nil {
			return err
		}
		state := p.state()
		if seen[state] {
			return nil // nothing changed, or a fix undoes another
		}
		seen[state] = true
	}
	return errors.New("the fixes of the rules do not come to an end: nothing is written")
}

// fixKey names a fix from one round to the next.
type fixKey struct{ path, about, title string }

func (a *action) key() fixKey {
	k := fixKey{about: a.about, title: a.credit.title}
	if len(a.edits) > 0 {
		k.path = a.edits[0].File.Path
	}
	return k
}

// carryOut applies fixes together. Where together they would change something
// else than they are about, the first that does not is applied alone, and those
// before it are given up: what they are about stays, for a person to mend.
func (p *preparation) carryOut(batch []action, givenUp map[fixKey]bool) error {
	before := p.save()
	err := p.apply(batch)
	if !errors.Is(err, ErrUnintended) {
		return err
	}
	for i := range batch {
		p.restore(before)
		if err := p.apply(batch[i : i+1]); !errors.Is(err, ErrUnintended) {
			return err
		}
		givenUp[batch[i].key()] = true
	}
	p.restore(before)
	return nil
}

// saved is the work as it was at one moment.
type saved struct {
	now     *deployment.Deployment
	texts   map[string]working
	credits map[creditKey]credit
}

func (p *preparation) save() saved {
	s := saved{p.now, make(map[string]working, len(p.texts)), maps.Clone(p.credits)}
	for path, w := range p.texts {
		s.texts[path] = working{w.raw, w.text, &pieces{w.pieces.size, slices.Clone(w.pieces.list)}}
	}
	return s
}

func (p *preparation) restore(s saved) {
	p.now, p.credits = s.now, maps.Clone(s.credits)
	for path, w := range s.texts {
		*p.texts[path] = working{w.raw, w.text, &pieces{w.pieces.size, slices.Clone(w.pieces.list)}}
	}
}

// fix makes an action of a finding's fix, if it may be carried out together
// with others.
func (p *preparation) fix(f *lint.Finding, with []action) (action, bool) {
	x := f.Fix
	if x == nil || x.Edits == nil || !p.opts.wants(f.Product) || !p.opts.wantsNode(f.Node) {
		return action{}, false
	}
	if x.Safety != lint.Safe && (x.Safety != lint.Unsafe || !p.opts.Unsafe) {
		return action{}, false
	}
	edits, err := x.Edits()
	if err != nil {
		return action{}, false // the finding stays
	}
	a := action{edits: edits, credit: credit{x.Safety, x.Title}, about: f.Setting}
	return a, a.fits(with)
}

// fits reports whether no edit of an action touches one of the others.
func (a *action) fits(others []action) bool {
	for _, o := range others {
		for _, mine := range a.edits {
			for _, theirs := range o.edits {
				if mine.File.Path == theirs.File.Path && !fits(mine.Edits, theirs.Edits) {
					return false
				}
			}
		}
	}
	return true
}
