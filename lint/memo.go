package lint

import "github.com/xmlint/xmlint/deployment"

// A Memo keeps what several rules need to know of one deployment, so that the
// first of them works it out and the others find it; see [Once]. The passes of
// one deployment share one. The zero value is empty.
type Memo struct{ entries []memoEntry }

type memoEntry struct{ key, value any }

// Reset empties the memo for the next deployment and keeps its memory.
func (m *Memo) Reset() {
	clear(m.entries)
	m.entries = m.entries[:0]
}

// Once gives what work makes of the deployment, and calls work only where no
// rule has asked for key before. A key is a value of a type of its own, as
// those of a [context.Context].
func Once[T any](p *Pass, key any, work func(*deployment.Deployment) T) T {
	if p.memo == nil {
		p.memo = new(Memo)
	}
	for i := range p.memo.entries {
		if e := &p.memo.entries[i]; e.key == key {
			return e.value.(T)
		}
	}
	value := work(p.Deployment)
	p.memo.entries = append(p.memo.entries, memoEntry{key, value})
	return value
}
