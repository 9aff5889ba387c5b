package document

import (
	"strings"
	"unicode/utf8"
)

// Find is the setting with this path, or None. It may be one that [JSON.Leaves]
// leaves out because it is hollow.
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
