package document

import (
	"bytes"
	"hash/maphash"
	"strconv"
)

// A pathSet is the tree of the paths of a document as .NET understands them:
// segments in upper case, a colon in a key as good as nesting, objects with
// the same path one object. Each segment of the text is hashed and compared
// once, so the work is in proportion to the text whatever its paths are.
type pathSet struct {
	seed    maphash.Seed
	slots   []int32 // open addressing; 1 + an index into entries, 0 is free
	entries []pathEntry
	names   []byte // the segments, one after the other
	open    []openPath
}

type pathEntry struct {
	hash   uint64
	parent int32
	name   Span   // in names
	leaf   NodeID // the last leaf with this path, or None
	inner  bool   // some path goes on from here
}

type openPath struct {
	entry int32
	next  NodeID
}

func (p *pathSet) reset(nodes int) {
	n := 64
	for n < 2*nodes {
		n *= 2
	}
	if cap(p.slots) < n {
		p.slots = make([]int32, n)
	}
	p.slots = p.slots[:n]
	clear(p.slots)
	p.entries = append(p.entries[:0], pathEntry{parent: -1, leaf: None})
	p.names = p.names[:0]
	p.open = p.open[:0]
}

// child is the entry below parent whose segment is names[start:]. If there was
// one already, names is cut back to start.
func (p *pathSet) child(parent int32, start int) int32 {
	segment := p.names[start:]
	hash := maphash.Bytes(p.seed, segment) ^ uint64(parent)*objectFactor
	hash *= keyFactor
	mask := len(p.slots) - 1
	i := int(hash>>32) & mask
	for ; p.slots[i] != 0; i = (i + 1) & mask {
		id := p.slots[i] - 1
		e := &p.entries[id]
		if e.hash == hash && e.parent == parent && bytes.Equal(p.names[e.name.Start:e.name.End], segment) {
			p.names = p.names[:start]
			return id
		}
	}
	p.entries = append(p.entries, pathEntry{hash, parent, Span{int32(start), int32(len(p.names))}, None, false})
	p.entries[parent].inner = true
	p.slots[i] = int32(len(p.entries))
	if 2*len(p.entries) > len(p.slots) {
		p.grow()
	}
	return int32(len(p.entries) - 1)
}

func (p *pathSet) grow() {
	p.slots = make([]int32, 2*len(p.slots))
	mask := len(p.slots) - 1
	for id := 1; id < len(p.entries); id++ {
		i := int(p.entries[id].hash>>32) & mask
		for p.slots[i] != 0 {
			i = (i + 1) & mask
		}
		p.slots[i] = int32(id + 1)
	}
}

// repeatedPath finds the first scalar whose path an earlier leaf has: there
// .NET throws. An empty object or array does not throw, it takes the path over;
// beside one with content it cannot be seen. Which leaves count is known for a
// document with repeated paths too, as if the later scalars were not there:
// whoever mends it compares it with what it was.
func (d *JSON) repeatedPath() (first, second NodeID) {
	if d.paths == nil {
		d.paths = &pathSet{seed: maphash.MakeSeed()}
	}
	p := d.paths
	p.reset(len(d.Nodes))
	p.open = append(p.open, openPath{0, d.Nodes[0].Next})
	first, second = None, None
	for id := NodeID(1); int(id) < len(d.Nodes); id++ {
		for id >= p.open[len(p.open)-1].next {
			p.open = p.open[:len(p.open)-1]
		}
		entry := d.pathOf(id, p.open[len(p.open)-1].entry)
		if !d.IsLeaf(id) {
			p.open = append(p.open, openPath{entry, d.Nodes[id].Next})
			continue
		}
		e := &p.entries[entry]
		if e.leaf != None {
			if !d.isContainer(id) {
				if first == None {
					first, second = e.leaf, id
				}
				continue
			}
			d.Nodes[e.leaf].flags |= overwritten
		}
		e.leaf = id
	}
	for i := range p.entries {
		if e := &p.entries[i]; e.inner && e.leaf != None && d.isContainer(e.leaf) {
			d.Nodes[e.leaf].flags |= hollow
		}
	}
	return first, second
}

// pathOf is the entry of a node in the object or array with entry parent.
func (d *JSON) pathOf(id NodeID, parent int32) int32 {
	p, n := d.paths, &d.Nodes[id]
	start := len(p.names)
	if n.Key.IsZero() {
		p.names = strconv.AppendInt(p.names, int64(n.Index), 10)
		return p.child(parent, start)
	}
	d.scratch = d.appendKey(d.scratch[:0], id)
	for rest, more := d.scratch, true; more; {
		var segment []byte
		segment, rest, more = bytes.Cut(rest, []byte{':'})
		p.names = AppendFold(p.names, segment)
		parent = p.child(parent, start)
		start = len(p.names)
	}
	return parent
}
