package migrate

import (
	"crypto/sha256"
	"errors"

	"github.com/xmlint/xmlint/lint"
)

// fixes carries out the fixes of rules until none is left.
func (p *preparation) fixes() error {
	seen := map[[sha256.Size]byte]bool{p.state(): true}
	for range rounds {
		result, err := p.runner.Run(p.ctx, p.now)
		if err != nil {
			return err
		}
		p.broken = p.broken || result.Broken
		var batch []action
		for i := range result.Findings {
			if a, ok := p.fix(&result.Findings[i], batch); ok {
				batch = append(batch, a)
			}
		}
		if len(batch) == 0 {
			return nil
		}
		if err := p.apply(batch); err != nil {
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
