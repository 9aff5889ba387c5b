package document

import (
	"iter"
	"strconv"
)

// Key is the key of n without quotes and escapes; the index for an element of
// an array, as in its path; empty for the root.
func (d *JSON) Key(n NodeID) string {
	node := &d.Nodes[n]
	switch {
	case node.flags&keyEscaped != 0:
		return string(d.appendKey(nil, n))
	case !node.Key.IsZero():
		return string(d.Bytes[node.Key.Start+1 : node.Key.End-1])
	case node.Parent != None:
		return strconv.Itoa(int(node.Index))
	}
	return ""
}

func (d *JSON) appendKey(dst []byte, n NodeID) []byte {
	node := &d.Nodes[n]
	if node.Key.IsZero() {
		if node.Parent == None {
			return dst
		}
		return strconv.AppendInt(dst, int64(node.Index), 10)
	}
	key := d.Bytes[node.Key.Start+1 : node.Key.End-1]
	if node.flags&keyEscaped != 0 {
		return appendUnescaped(dst, key)
	}
	return append(dst, key...)
}

// Path is the configuration path of n, with keys as they are written; empty
// for the root.
func (d *JSON) Path(n NodeID) string {
	var up []NodeID
	for ; d.Nodes[n].Parent != None; n = d.Nodes[n].Parent {
		up = append(up, n)
	}
	var path []byte
	for i := len(up) - 1; i >= 0; i-- {
		path = d.appendKey(path, up[i])
		if i > 0 {
			path = append(path, ':')
		}
	}
	return string(path)
}

// IsLeaf reports whether n is a setting of its own: a scalar, or an object or
// array without content.
func (d *JSON) IsLeaf(n NodeID) bool {
	return n != 0 && d.Nodes[n].Next == n+1
}

func (d *JSON) isContainer(n NodeID) bool {
	return d.Nodes[n].Kind == Object || d.Nodes[n].Kind == Array
}

// Str is the string that an application on .NET 8 gets for n: True and False
// for the literals, a number as it is spelled, the empty string for null. Up
// to .NET 9 {} and [] have the value null: for them, and for what is no leaf,
// ok is false.
func (d *JSON) Str(n NodeID) (value string, ok bool) {
	node := &d.Nodes[n]
	switch node.Kind {
	case String:
		s := d.Bytes[node.Value.Start+1 : node.Value.End-1]
		if node.flags&valueEscaped != 0 {
			return string(appendUnescaped(nil, s)), true
		}
		return string(s), true
	case Number:
		return string(d.Bytes[node.Value.Start:node.Value.End]), true
	case True:
		return "True", true
	case False:
		return "False", true
	case Null:
		return "", true
	}
	return "", false
}

// Children goes through the members or elements of n.
func (d *JSON) Children(n NodeID) iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		if !d.isContainer(n) {
			return
		}
		for c := n + 1; c < d.Nodes[n].Next; c = d.Nodes[c].Next {
			if !yield(c) {
				return
			}
		}
	}
}

// IsHollow reports whether n is an empty object or array beside another with
// content and the same path, in a document that can be read. Such a path has
// the value null, which hides what an earlier file has there, but nobody sees
// it in the file alone.
func (d *JSON) IsHollow(n NodeID) bool { return d.Nodes[n].flags&hollow != 0 }

// Leaves goes through the settings of the file in its order. A path comes only
// once: an empty object or array takes the place of an earlier leaf, and does
// not count beside an object or array with the same path that has content.
func (d *JSON) Leaves() iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		for n := range d.Nodes {
			id := NodeID(n)
			if d.IsLeaf(id) && d.Nodes[n].flags&(overwritten|hollow) == 0 && !yield(id) {
				return
			}
		}
	}
}
