package planner

import "math/bits"

// bitset is a set of small numbers.
type bitset []uint64

// newBitsets gives n empty sets of numbers below n.
func newBitsets(n int) []bitset {
	words := (n + 63) / 64
	all := make([]uint64, n*words)
	sets := make([]bitset, n)
	for i := range sets {
		sets[i] = all[i*words : (i+1)*words : (i+1)*words]
	}
	return sets
}

func (b bitset) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitset) set(i int)      { b[i>>6] |= 1 << (i & 63) }

func (b bitset) union(c bitset) {
	for i, w := range c {
		b[i] |= w
	}
}

// each calls f for every member, smallest first.
func (b bitset) each(f func(int)) {
	for i, w := range b {
		for w != 0 {
			f(i<<6 + bits.TrailingZeros64(w))
			w &= w - 1
		}
	}
}
