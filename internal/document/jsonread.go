package document

import (
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
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

// KeyFold reports whether n's key is name to .NET, as by [EqualFold].
func (d *JSON) KeyFold(n NodeID, name string) bool {
	rest, ok := d.cutKey(n, name)
	return ok && rest == ""
}

// cutKey takes n's key off the front of s.
func (d *JSON) cutKey(n NodeID, s string) (rest string, ok bool) {
	node := &d.Nodes[n]
	if node.flags&(keyEscaped|keyWide) == 0 && !node.Key.IsZero() {
		key := d.Bytes[node.Key.Start+1 : node.Key.End-1]
		if len(key) > len(s) || !equalFold(key, s[:len(key)]) {
			return "", false
		}
		return s[len(key):], true
	}
	var buf [64]byte
	key := d.appendKey(buf[:0], n)
	for len(key) > 0 {
		x, i := utf8.DecodeRune(key)
		y, j := utf8.DecodeRuneInString(s)
		if j == 0 || x != y && upper(x) != upper(y) {
			return "", false
		}
		key, s = key[i:], s[j:]
	}
	return s, true
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

// PathFold reports whether n's configuration path is path to .NET.
func (d *JSON) PathFold(n NodeID, path string) bool {
	rest, ok := d.cutPath(n, path)
	return ok && rest == ""
}

func (d *JSON) cutPath(n NodeID, path string) (rest string, ok bool) {
	parent := d.Nodes[n].Parent
	if parent == None {
		return path, true
	}
	if d.Nodes[parent].Parent != None {
		if path, ok = d.cutPath(parent, path); !ok || path == "" || path[0] != ':' {
			return "", false
		}
		path = path[1:]
	}
	return d.cutKey(n, path)
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
// ok is false. From .NET 10 on null is null and [] the empty string.
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

// Leaves goes through the settings of the file in its order. A path comes only
// once: an empty object or array takes the place of an earlier leaf, and does
// not count beside an object or array with the same path that has content.
func (d *JSON) Leaves() iter.Seq[NodeID] {
	return func(yield func(NodeID) bool) {
		for n := range d.Nodes {
			id := NodeID(n)
			if d.IsLeaf(id) && d.Nodes[n].flags&overwritten == 0 && !yield(id) {
				return
			}
		}
	}
}

// Find is the setting with this path, or None.
func (d *JSON) Find(path string) NodeID {
	if len(d.Nodes) == 0 {
		return None
	}
	if d.meeting {
		return d.findLeaf(0, path)
	}
	for at := NodeID(0); ; {
		segment, rest, more := strings.Cut(path, ":")
		if at = d.child(at, segment); at == None {
			return None
		}
		if !more {
			if d.IsLeaf(at) {
				return at
			}
			return None
		}
		path = rest
	}
}

// child is the member or element of n with this key in a document where keys
// neither repeat nor hold colons.
func (d *JSON) child(n NodeID, key string) NodeID {
	nodes := d.Nodes
	if !d.isContainer(n) {
		return None
	}
	for c, end := n+1, nodes[n].Next; c < end; c = nodes[c].Next {
		if node := &nodes[c]; node.flags&(keyEscaped|keyWide) == 0 && !node.Key.IsZero() {
			if node.Key.Len() == len(key)+2 && equalFold(d.Bytes[node.Key.Start+1:node.Key.End-1], key) {
				return c
			}
		} else if d.KeyFold(c, key) {
			return c
		}
	}
	return None
}

func (d *JSON) findLeaf(n NodeID, path string) NodeID {
	for c := range d.Children(n) {
		rest, ok := d.cutKey(c, path)
		switch {
		case !ok:
		case rest == "":
			if d.IsLeaf(c) && d.Nodes[c].flags&overwritten == 0 {
				return c
			}
		case rest[0] == ':':
			if found := d.findLeaf(c, rest[1:]); found != None {
				return found
			}
		}
	}
	return None
}

// FindAll is every node with this path: all the objects that .NET merges, and
// a leaf beside them. The empty path is the root's.
func (d *JSON) FindAll(path string) []NodeID {
	if len(d.Nodes) == 0 {
		return nil
	}
	var found []NodeID
	if path == "" {
		found = append(found, 0)
	}
	return d.findAll(found, 0, path)
}

func (d *JSON) findAll(found []NodeID, n NodeID, path string) []NodeID {
	for c := range d.Children(n) {
		rest, ok := d.cutKey(c, path)
		switch {
		case !ok:
		case rest == "":
			found = append(found, c)
		case rest[0] == ':':
			found = d.findAll(found, c, rest[1:])
		}
	}
	return found
}
