package document

import (
	"bytes"
	"math/bits"
	"math/rand/v2"
)

// A keyFilter holds the hashes of the keys of a document, each together with
// its object. Two keys of one object that are equal to .NET have equal hashes;
// that others have too is rare and does no harm: it only makes
// repeatedPath look. So the filter needs no keys to compare, and a document
// without repeated keys never has its paths built.
type keyFilter struct {
	seed  uint64
	slots []uint32 // open addressing by the upper bits of the hash; 0 is free
	shift uint
	count int
	full  bool // a run of slots is so long that somebody has chosen the keys: the filter is given up
}

const (
	keyFactor    = 0x9E3779B97F4A7C15
	objectFactor = 0xD6E8FEB86659FD93
	maxProbes    = 64
	foldMask     = 0x20 * ones
)

// reset empties the filter for a text of size bytes. The work is in proportion
// to the text.
func (f *keyFilter) reset(size int) {
	if f.seed == 0 {
		f.seed = rand.Uint64() | 1
	}
	f.count, f.full = 0, false
	f.resize(max(6, bits.Len(uint(size/32))))
}

func (f *keyFilter) resize(log int) {
	n := 1 << log
	if cap(f.slots) < n {
		f.slots = make([]uint32, n)
	} else {
		f.slots = f.slots[:n]
		clear(f.slots)
	}
	f.shift = uint(32 - log)
}

// start begins the hash of a key of an object. hashWord takes its bytes eight
// at a time, the last word filled up with zeros, even if it is empty; hashEnd
// takes their number.
func (f *keyFilter) start(object NodeID) uint64 {
	return f.seed ^ uint64(object)*objectFactor
}

// hashWord blurs case by dropping the bit that distinguishes it.
func hashWord(h, w uint64) uint64 {
	h = (h ^ w&^foldMask) * keyFactor
	return h ^ h>>32
}

func hashEnd(h uint64, n int) uint64 {
	return (h ^ uint64(n)) * keyFactor
}

func hasColon(w uint64) uint64 {
	x := w ^ ':'*ones
	return (x - ones) &^ x & highBits
}

// add puts a hash into the filter. It reports false if it was there already.
func (f *keyFilter) add(hash uint64) bool {
	h := uint32(hash>>32) | 1
	for i, probes := h>>f.shift, 0; !f.full; i, probes = i+1, probes+1 {
		switch slot := &f.slots[int(i)&(len(f.slots)-1)]; {
		case *slot == 0:
			*slot = h
			if f.count++; f.count > len(f.slots)-len(f.slots)/4 {
				f.grow()
			}
			return true
		case *slot == h:
			return false
		case probes == maxProbes:
			f.full = true
		}
	}
	return false
}

func (f *keyFilter) grow() {
	old := f.slots
	f.slots = nil
	f.resize(bits.Len(uint(len(old))))
	f.count = 0
	for _, h := range old {
		if h != 0 {
			f.add(uint64(h) << 32)
		}
	}
}

// scanKey reads a key that has something out of the common: an escape, a byte
// outside ASCII, a colon, or the end of the file close by.
func (d *JSON) scanKey(start int, object NodeID) (end int, hash uint64, flags nodeFlags, err *Error) {
	end, escaped, err := d.scanString(start, start+1)
	if err != nil {
		return 0, 0, 0, err
	}
	key := d.Bytes[start+1 : end-1]
	if escaped {
		flags |= keyEscaped
		d.written = true
		d.scratch = appendUnescaped(d.scratch[:0], key)
		key = d.scratch
	}
	if !isASCII(d.Bytes[start:end]) {
		flags |= keyWide
	}
	if bytes.IndexByte(key, ':') >= 0 {
		d.meeting, d.written = true, true
	}
	if !isASCII(key) {
		d.folded = AppendFold(d.folded[:0], key)
		key = d.folded
	}
	n := len(key)
	hash = d.keys.start(object)
	for {
		var w uint64
		for i, c := range key[:min(8, len(key))] {
			w |= uint64(c) << (8 * i)
		}
		hash = hashWord(hash, w)
		if len(key) < 8 {
			return end, hashEnd(hash, n+2), flags, nil
		}
		key = key[8:]
	}
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
