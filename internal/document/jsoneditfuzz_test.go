package document

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// item is what a node is without regard to how it is written.
type item struct {
	depth int
	key   string
	kind  Kind
	value string // of a scalar, as it is written
}

// items is a document's meaning, node by node.
func items(d *JSON, from NodeID) []item {
	var all []item
	for i := int(from); i < len(d.Nodes); i++ {
		n := d.Nodes[i]
		it := item{kind: n.Kind}
		if n.Parent >= from {
			it.depth = all[n.Parent-from].depth + 1
		}
		if !n.Key.IsZero() {
			it.key = d.Key(NodeID(i))
		}
		if n.Kind > Array {
			it.value = string(d.Bytes[n.Value.Start:n.Value.End])
		}
		all = append(all, it)
	}
	return all
}

func comments(d *JSON) []string {
	var all []string
	for _, c := range d.Comments {
		all = append(all, string(d.Bytes[c.Start:c.End]))
	}
	return all
}

var editValues = []string{"true", `"x"`, "{}", `{"k":1,"l":{"m":[null,{}]}}`, "[1,[]]"}

// checkEdit makes one edit of d and checks that it does what it shall and
// nothing else. It picks the operation, the node and the value by number.
func checkEdit(t *testing.T, d *JSON, operation, pick, which int) {
	n := NodeID(pick % len(d.Nodes))
	node := d.Nodes[n]
	value := editValues[which%len(editValues)]
	v, err := literal(value)
	if err != nil {
		t.Fatal(err)
	}
	before := items(d, 0)
	within := node.Parent // the edit stays in here
	gone := node.Value    // comments in here may go
	var edit Edit
	var want []item
	name := [...]string{"set", "rename", "remove", "insert"}[operation%4]
	switch name {
	case "set":
		edit, err = d.SetValue(n, value)
		want = slices.Concat(before[:n], items(v, 0), before[node.Next:])
		want[n].key = before[n].key
		for i := n; i < n+NodeID(len(v.Nodes)); i++ {
			want[i].depth += before[n].depth
		}
	case "rename":
		edit, err = d.RenameKey(n, "new key")
		want = slices.Clone(before)
		want[n].key = "new key"
		gone = Span{}
	case "remove":
		edit, err = d.RemoveMember(n)
		want = slices.Concat(before[:n], before[node.Next:])
		gone = Span{d.start(n), node.Value.End}
		if node.Parent != None {
			if end, comma := d.separator(n); comma {
				gone.End = end + 1
			}
			gone.End, _, _ = d.restOfLine(gone.End)
		}
	case "insert":
		object, after, at := n, None, node.Next
		if node.Parent != None && d.Nodes[node.Parent].Kind == Object && which%2 == 0 {
			object, after = node.Parent, n
		}
		edit, err = d.InsertMember(object, after, "new key", value)
		added := items(v, 0)
		added[0].key = "new key"
		for i := range added {
			added[i].depth += before[object].depth + 1
		}
		want = slices.Concat(before[:at], added, before[at:])
		within, gone = object, Span{}
	}
	if err != nil {
		if n != 0 && !errors.Is(err, errNoKey) && !errors.Is(err, errNoObject) {
			t.Errorf("%s: %v", name, err)
		}
		return
	}
	raw, err := Apply(d.Raw, []Edit{edit})
	if err != nil {
		t.Fatal(err)
	}
	report := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s node %d of\n%q gives\n%q: %s", name, n, d.Bytes, raw, fmt.Sprintf(format, args...))
	}
	around := d.Nodes[within].Value
	if edit.Start < d.RawOffset(around.Start) || edit.End > d.RawOffset(around.End) {
		report("the edit leaves the object around it")
	}
	text, err := DecodeJSON("f", raw, Limits{})
	if err != nil || text.Encoding != d.Encoding || text.BOM != d.BOM {
		report("decoding: %v", err)
	}
	after, err := ParseJSON(text, Limits{MaxJSONDepth: 100})
	if len(after.Nodes) == 0 {
		report("reading: %v", err)
		return
	}
	if got := items(after, 0); !slices.Equal(got, want) {
		report("got %v, want %v", got, want)
	}
	if trailingComma(after) && !trailingComma(d) {
		report("there is a trailing comma")
	}
	var kept []string
	for _, c := range d.Comments {
		if c.Start < gone.Start || c.End > gone.End {
			kept = append(kept, string(d.Bytes[c.Start:c.End]))
		}
	}
	if got := comments(after); name != "remove" && !slices.Equal(got, kept) || name == "remove" && !contains(got, kept) {
		report("comments %q, want %q", got, kept)
	}
	// What is undone must be done by the opposite.
	if name == "insert" {
		edit, err := after.RemoveMember(node.Next)
		if which%2 != 0 || within == n {
			edit, err = after.RemoveMember(lastChild(after, within))
		}
		if err != nil {
			report("undoing: %v", err)
		}
		raw, _ = Apply(raw, []Edit{edit})
		text, _ := DecodeJSON("f", raw, Limits{})
		if back, _ := ParseJSON(text, Limits{}); len(back.Nodes) != len(d.Nodes) {
			report("undoing leaves %d nodes of %d", len(back.Nodes), len(d.Nodes))
		}
	}
}

// contains reports whether all has the strings of some, in their order.
func contains(all, some []string) bool {
	for _, s := range all {
		if len(some) > 0 && s == some[0] {
			some = some[1:]
		}
	}
	return len(some) == 0
}

func lastChild(d *JSON, n NodeID) NodeID {
	last := None
	for last = range d.Children(n) {
	}
	return last
}

func FuzzJSONEdit(f *testing.F) {
	for i, seed := range jsonSeeds {
		f.Add([]byte(seed), uint8(i), uint16(i), uint8(i))
	}
	f.Fuzz(func(t *testing.T, raw []byte, operation uint8, pick uint16, which uint8) {
		text, err := DecodeJSON("f", raw, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if d, _ := ParseJSON(text, Limits{}); len(d.Nodes) > 0 {
			checkEdit(t, d, int(operation), int(pick), int(which))
		}
	})
}

// TestJSONEditAnyLayout edits documents with blanks, line ends and comments
// anywhere, in every encoding.
func TestJSONEditAnyLayout(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		src := randomJSON(r)
		raw := []byte(src)
		if enc := Encoding(r.IntN(8)); enc <= UTF32BE {
			raw = encoded(src, enc)
		}
		text, err := DecodeJSON("f", raw, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := ParseJSON(text, Limits{})
		if err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		for range 5 {
			checkEdit(t, d, r.IntN(4), r.IntN(1000), r.IntN(10))
		}
		if t.Failed() {
			break
		}
	}
}

// randomJSON is a document in a random layout.
func randomJSON(r *rand.Rand) string {
	var b strings.Builder
	keys := 0
	newline := []string{"\n", "\r\n", "\r"}[r.IntN(3)]
	spare := r.IntN(3) // how much stands between tokens
	trailing := r.IntN(3) == 0
	space := func(comments bool) {
		for range r.IntN(spare + 1) {
			switch r.IntN(8) {
			case 0, 1:
				b.WriteByte(' ')
			case 2, 3:
				b.WriteString(newline + strings.Repeat(" ", r.IntN(4)))
			case 4:
				b.WriteByte('\t')
			case 5, 6:
				if comments {
					b.WriteString([]string{"/**/", "/* ñ" + newline + " */", "/*😀*/"}[r.IntN(3)])
				}
			case 7:
				if comments {
					b.WriteString("// é" + newline)
				}
			}
		}
	}
	var value func(depth int)
	value = func(depth int) {
		kind := r.IntN(6)
		if depth == 0 {
			kind = 0
		}
		if kind > 1 || depth > 3 {
			b.WriteString([]string{"1", "-0.5", "true", "null", `"x"`, `"ü\u0041\n"`, "{}", "[]"}[r.IntN(8)])
			return
		}
		open, end := "{", "}"
		if kind == 1 {
			open, end = "[", "]"
		}
		b.WriteString(open)
		n := r.IntN(4)
		for i := range n {
			space(true)
			if kind == 0 {
				keys++
				fmt.Fprintf(&b, `"k%d"`, keys)
				space(false)
				b.WriteByte(':')
				space(true)
			}
			value(depth + 1)
			space(true)
			if i < n-1 || trailing {
				b.WriteByte(',')
			}
		}
		space(true)
		b.WriteString(end)
	}
	space(true)
	value(0)
	space(true)
	return b.String()
}
