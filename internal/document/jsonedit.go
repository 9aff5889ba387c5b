package document

import (
	"errors"
	"fmt"
	"strings"
)

var (
	errNoNode   = errors.New("no such value in the document")
	errNoObject = errors.New("only an object has members")
	errNoMember = errors.New("not a member of this object")
	errNoKey    = errors.New("only a member of an object has a key")
	errNothing  = errors.New("nothing to insert")
	errRoot     = errors.New("not possible for the root")
)

func (d *JSON) has(n NodeID) bool { return n >= 0 && int(n) < len(d.Nodes) }

// SetValue replaces the value of n by a literal. An object or array is laid
// out like the file around it; comments in the old value go with it.
func (d *JSON) SetValue(n NodeID, value string) (Edit, error) {
	if !d.has(n) {
		return Edit{}, errNoNode
	}
	if n == 0 {
		return Edit{}, errRoot
	}
	v, err := literal(value)
	if err != nil {
		return Edit{}, err
	}
	var b strings.Builder
	node := &d.Nodes[n]
	l := d.layoutAt(node.Parent)
	l.write(&b, v, 0, d.indent(d.start(n)), d.startsLine(n))
	return d.splice(node.Value.Start).text(b.String()).until(node.Value.End)
}

// RenameKey replaces the key of n.
func (d *JSON) RenameKey(n NodeID, key string) (Edit, error) {
	if !d.has(n) {
		return Edit{}, errNoNode
	}
	span := d.Nodes[n].Key
	if span.IsZero() {
		return Edit{}, errNoKey
	}
	return d.splice(span.Start).text(QuoteJSON(key)).until(span.End)
}

// InsertMember adds a member to an object: behind the member after, or as the
// last where after is None. It is written as its neighbours are: on a line of
// its own with their indentation, or on theirs. Comments stay with the members
// they stand behind.
func (d *JSON) InsertMember(object, after NodeID, key, value string) (Edit, error) {
	return d.InsertMembers(object, after, Member{key, value})
}

// InsertMembers is InsertMember for some members at once: two edits at the
// same place would overlap.
func (d *JSON) InsertMembers(object, after NodeID, members ...Member) (Edit, error) {
	switch {
	case !d.has(object) || after != None && !d.has(after):
		return Edit{}, errNoNode
	case d.Nodes[object].Kind != Object:
		return Edit{}, errNoObject
	case after != None && d.Nodes[after].Parent != object:
		return Edit{}, errNoMember
	case len(members) == 0:
		return Edit{}, errNothing
	}
	values := make([]*JSON, len(members))
	for i, m := range members {
		var err error
		if values[i], err = literal(m.Literal); err != nil {
			return Edit{}, fmt.Errorf("%s: %w", m.Key, err)
		}
	}
	in := insertion{JSON: d, jsonLayout: d.layoutAt(object), members: members, values: values}
	if d.Nodes[object].Next == object+1 {
		return in.intoEmpty(object)
	}
	if after == None {
		for after = range d.Children(object) {
		}
	}
	return in.behind(object, after)
}
