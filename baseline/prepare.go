package baseline

import (
	"context"
	"path"
	"slices"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// Matcher tells which findings of one run a baseline knows. It may be used by
// several goroutines at once, but for Across.
type Matcher struct {
	baseline *Baseline
	places   Places
	// moved is what deployments that have no entries under their own root take
	// over from those that are gone: how many findings of each fingerprint, by
	// the deployment's root.
	moved  map[string]map[hash]int
	shared map[hash][]*sharedEntry
}

// Places say where deployments are, so that a baseline does not depend on the
// folder from which xmlint is called.
type Places struct {
	// Key is how baselines call a root that reports show: [Deployment.Root].
	// Nil: as reports show it.
	Key func(root string) string
	// Elsewhere tells of a key that no deployment of the run has whether its
	// folder is there all the same, but not looked at: then it is not gone.
	// Nil: all that there is is looked at.
	Elsewhere func(key string) bool
}

func (p Places) key(root string) string {
	if p.Key == nil {
		return root
	}
	return p.Key(root)
}

// Judge gives what is to be reported about a deployment.
type Judge func(*deployment.Deployment) (lint.Result, error)

// Prepare gets ready for a run over the groups. A baseline is prepared for one
// run.
//
// An entry belongs to the deployment with its root. Where that is gone, the
// entry is for a deployment without entries that has the same name, else for
// any one that has an equal finding. To know them before the first finding is
// written, the deployments without entries are judged once more beforehand;
// where nothing is gone none is.
func (b *Baseline) Prepare(ctx context.Context, groups []*deployment.Group, opts deployment.Options, places Places, judge Judge) (*Matcher, error) {
	m := &Matcher{baseline: b, places: places, moved: map[string]map[hash]int{}}
	p := newPool(m.gone(groups))
	if p.isEmpty() {
		return m, nil
	}
	err := deployment.Each(ctx, m.unsettled(groups), opts, func(d *deployment.Deployment) ([]candidate, error) {
		root := places.key(d.Root)
		if b.at(root) != nil {
			return nil, nil
		}
		result, err := judge(d)
		if err != nil {
			return nil, err
		}
		named := ""
		if d.Manifest != nil {
			named = d.Manifest.Name.Text
		}
		return p.candidates(root, named, result.Findings), nil
	}, func(all []candidate) error {
		p.takeOwn(all, m.moved)
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.takeEqual(m.moved)
	return m, nil
}

// gone are the deployments that are not where they were.
func (m *Matcher) gone(groups []*deployment.Group) []*known {
	for _, g := range groups {
		for root := range g.Roots() {
			if k := m.baseline.roots[m.places.key(root)]; k != nil {
				k.here = true
			}
		}
	}
	var gone []*known
	for _, k := range m.baseline.order {
		if k.here || len(k.entries) == 0 || m.places.Elsewhere != nil && m.places.Elsewhere(k.root) {
			continue
		}
		k.gone = true
		gone = append(gone, k)
	}
	return gone
}

// unsettled are the groups that may hold a deployment without entries: those
// with another root, and those that a deployment is gone from.
func (m *Matcher) unsettled(groups []*deployment.Group) []*deployment.Group {
	above := map[string]bool{}
	for _, k := range m.baseline.order {
		for dir := k.root; k.gone && dir != path.Dir(dir); dir = path.Dir(dir) {
			above[path.Dir(dir)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(groups), func(g *deployment.Group) bool {
		root := m.places.key(g.Root())
		return m.baseline.roots[root] != nil && !above[root]
	})
}

// at is what is known of the deployment at a root. Where only a part of one is
// looked at, a folder or file of it, it is that of the whole.
func (b *Baseline) at(root string) *known {
	if k := b.roots[root]; k != nil {
		return k
	}
	for dir := root; dir != path.Dir(dir); {
		dir = path.Dir(dir)
		if k := b.roots[dir]; k != nil {
			if k.here || k.gone {
				return nil
			}
			return k
		}
	}
	return nil
}

// pool holds the entries of deployments that are gone.
type pool struct {
	known   []*known
	entries map[hash][]*pooled // by portable
	later   []candidate        // in order; of each portable no more than there are entries
	count   map[hash]int       // how many of them
}

type pooled struct {
	of    *known
	taken bool
}

// candidate is a finding of a deployment without entries.
type candidate struct {
	root, named           string
	fingerprint, portable hash
}

func newPool(gone []*known) *pool {
	p := &pool{known: gone, entries: map[hash][]*pooled{}, count: map[hash]int{}}
	for _, k := range gone {
		for i := range k.entries {
			h := k.entries[i].portable
			p.entries[h] = append(p.entries[h], &pooled{of: k})
		}
	}
	return p
}

func (p *pool) isEmpty() bool { return len(p.known) == 0 }

// candidates are the findings that the pool may know. The first says who asks,
// also where there are none.
func (p *pool) candidates(root, named string, findings []lint.Finding) []candidate {
	all := []candidate{{root: root, named: named}}
	for i := range findings {
		c := candidate{root, named, hashOf(findings[i].Fingerprint), hashOf(findings[i].Portable())}
		if len(p.entries[c.portable]) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// takeOwn gives entries to a deployment that has the name of one that is gone:
// it has moved. The others have to wait until all of these were seen.
func (p *pool) takeOwn(all []candidate, moved map[string]map[hash]int) {
	if len(all) == 0 {
		return
	}
	own := false
	for _, k := range p.known {
		if all[0].named != "" && k.name == all[0].named {
			own, k.found = true, true
		}
	}
	for _, c := range all[1:] {
		switch {
		case own:
			take(p.entries[c.portable], c, moved, func(e *pooled) bool { return e.of.name == c.named })
		case p.count[c.portable] < len(p.entries[c.portable]):
			p.count[c.portable]++
			p.later = append(p.later, c)
		}
	}
}

// takeEqual gives the entries of deployments that are nowhere any more to
// those that have nothing.
func (p *pool) takeEqual(moved map[string]map[hash]int) {
	for _, c := range p.later {
		take(p.entries[c.portable], c, moved, func(e *pooled) bool { return !e.of.found })
	}
}

func take(entries []*pooled, c candidate, moved map[string]map[hash]int, may func(*pooled) bool) {
	for _, e := range entries {
		if e.taken || !may(e) {
			continue
		}
		e.taken = true
		if moved[c.root] == nil {
			moved[c.root] = map[hash]int{}
		}
		moved[c.root][c.fingerprint]++
		return
	}
}
