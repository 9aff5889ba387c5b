package planner

import (
	"strings"

	"github.com/xmlint/xmlint/schema"
)

// stepUnread waits for what cannot be read and may be a product: a folder that
// may not be listed, a broken file of which nobody knows whose it is. Without
// it a plan would say that nothing is left, of things that nobody has seen.
func (b *builder) stepUnread() {
	var paths []string
	for _, p := range b.s.d.Products {
		if p.ID != schema.Unknown {
			continue
		}
		for _, n := range p.Nodes {
			for _, f := range n.Files {
				if f.Err != nil {
					paths = append(paths, words(f.Path))
				}
			}
		}
	}
	if len(paths) == 0 {
		return
	}
	st := b.step(schema.StepDecideUnread, KindDecide, "See what lies in what cannot be read", track{in: true})
	st.Source, st.Window = "inferred: what cannot be read may be a product", WindowBefore
	st.Do = append(st.Do, manual("Run xmlint as a user who may read "+strings.Join(paths, ", ")+", mend what is broken, or leave what is no part of the deployment out with --exclude. A product that lies there is missing from this plan"))
	st.Undo = append(st.Undo, manual("Nothing to undo"))
	for _, path := range paths {
		st.blocks("a readable " + path + ": it may be a product")
	}
	b.take(st, effects{})
}
