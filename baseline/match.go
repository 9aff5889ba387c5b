package baseline

import (
	"maps"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// Apply takes the findings that the baseline knows out of those of a
// deployment, and puts them among the suppressed ones.
func (m *Matcher) Apply(d *deployment.Deployment, r *lint.Result) {
	left, hashed := m.entriesOf(m.places.key(d.Root))
	if len(left) == 0 || len(r.Findings) == 0 {
		return
	}
	kept := r.Findings[:0]
	before := len(r.Suppressed)
	for i := range r.Findings {
		f := &r.Findings[i]
		h := hashed(f)
		if left[h] == 0 {
			kept = append(kept, *f)
			continue
		}
		left[h]--
		f.By = &lint.SuppressedBy{Kind: lint.ByBaseline}
		r.Suppressed = append(r.Suppressed, *f)
	}
	clear(r.Findings[len(kept):])
	r.Findings = kept
	if before > 0 {
		lint.Sort(r.Suppressed)
	}
}

// entriesOf are the entries of a deployment, and what findings are held to
// them by. Under its own root the name may have changed: what is equal counts.
func (m *Matcher) entriesOf(root string) (left map[hash]int, hashed func(*lint.Finding) hash) {
	if k := m.baseline.at(root); k != nil {
		left = make(map[hash]int, len(k.entries))
		for i := range k.entries {
			left[k.entries[i].portable]++
		}
		return left, func(f *lint.Finding) hash { return hashOf(f.Portable()) }
	}
	return maps.Clone(m.moved[root]), func(f *lint.Finding) hash { return hashOf(f.Fingerprint) }
}

// sharedEntry is an entry about what deployments share.
type sharedEntry struct {
	of    *known
	taken bool
}

// Across does what Apply does for what [lint.Shared] says about deployments
// together. It is called in order of roots, with that of the later deployment.
//
// Which deployment such a finding is reported at depends on the order of their
// names, so an entry of another deployment may be its own: of one that is gone,
// and of one that came before and did not need it.
func (m *Matcher) Across(root string, r *lint.Result) {
	root = m.places.key(root)
	kept := r.Findings[:0]
	for i := range r.Findings {
		f := &r.Findings[i]
		if e := m.across(root, f); e != nil {
			e.taken = true
			f.By = &lint.SuppressedBy{Kind: lint.ByBaseline}
			r.Suppressed = append(r.Suppressed, *f)
			continue
		}
		kept = append(kept, *f)
	}
	r.Findings = kept
}

func (m *Matcher) across(root string, f *lint.Finding) *sharedEntry {
	if m.shared == nil {
		m.index()
	}
	var other *sharedEntry
	for _, e := range m.shared[hashOf(f.Portable())] {
		switch {
		case e.taken:
		case e.of == m.baseline.at(root):
			return e
		case other == nil && (e.of.gone || e.of.root < root):
			other = e
		}
	}
	return other
}

// index finds entries by what they are, whatever their deployment.
func (m *Matcher) index() {
	m.shared = map[hash][]*sharedEntry{}
	for _, k := range m.baseline.order {
		for i := range k.entries {
			h := k.entries[i].portable
			m.shared[h] = append(m.shared[h], &sharedEntry{of: k})
		}
	}
}
