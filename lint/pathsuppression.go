package lint

import (
	"sync/atomic"
	"time"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/schema"
)

// PathSuppression suppresses what rules find in files that it tells by their
// paths. It is given to one runner; see [Settings].
type PathSuppression struct {
	Rules []string // ids
	// Match reports whether a path, written as findings have it, is one of those
	// that the suppression is about.
	Match func(path string) bool
	// Reason is why. Without one it suppresses nothing.
	Reason string
	Until  string // the end as written; may be empty
	End    End
	// Path and Start are where it is written.
	Path  string
	Start Position

	used  []mark // by rule
	ended mark
}

// Used reports whether the suppression suppressed something that number i of its
// rules found.
func (p *PathSuppression) Used(i int) bool { return i < len(p.used) && p.used[i].isSet() }

// Ended reports whether its end has come on a day, or came, being a version, in
// a deployment in which it would have suppressed something.
func (p *PathSuppression) Ended(today time.Time) bool {
	return p.ended.isSet() || p.End.Passed(today, schema.Version{})
}

// pathUse is one rule of a suppression by path.
type pathUse struct {
	*PathSuppression
	rule int
}

// byPath is the suppression of what a rule finds at a path; nil where there is
// none.
func (s *compiled) byPath(d *deployment.Deployment, rule *Rule, id schema.Product, path string) *SuppressedBy {
	for _, u := range s.paths[rule] {
		if u.Reason == "" || !u.Match(path) {
			continue
		}
		if u.End.Passed(s.Today, suiteVersion(d, id)) {
			u.ended.set()
			continue
		}
		return &SuppressedBy{
			Kind: ByPath, Reason: deployment.Mask("", u.Reason), Until: u.Until,
			Path: u.Path, Start: u.Start, used: &u.used[u.rule],
		}
	}
	return nil
}

// mark is set once, by any goroutine. A nil mark notes nothing.
type mark struct{ atomic.Bool }

func (m *mark) set() {
	if m != nil {
		m.Store(true)
	}
}

func (m *mark) isSet() bool { return m.Load() }
