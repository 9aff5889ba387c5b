package document

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// The scanner looks at eight bytes at a time where it can: a byte b of a word
// is found by the zero that XOR makes of it. Of the high bits that these tests
// set the lowest is always right, others may not be.
const (
	ones     = 0x0101010101010101
	highBits = 0x80 * ones
	spaces   = ' ' * ones
)

// stringStop marks the bytes that cannot stand inside a string: the quote, the
// backslash, and control characters.
func stringStop(w uint64) uint64 {
	quote := w ^ '"'*ones
	slash := w ^ '\\'*ones
	return ((quote-ones)&^quote | (slash-ones)&^slash | (w-' '*ones)&^w) & highBits
}

// scan reads the text into d.Nodes and d.Comments. It knows of the path of a
// setting only whether it can be the same as another's: d.meeting.
//
// It is one function with labels for states, because that keeps its state in
// registers: it runs over every byte of every file.
func (d *JSON) scan(maxDepth int) *Error {
	b := d.Bytes
	nodes := d.Nodes[:0]
	var (
		i     int
		cur   = None // the object or array around
		index int32  // place of the next node in it
		depth int    // number of those open
		want  = wantRoot
		key   Span // of the value that comes next
		flags nodeFlags
		start int // of the value
		kind  Kind
		node  *JSONNode
	)

value:
	if i < len(b) && b[i] == ' ' {
		i++
	}
	if i < len(b) && b[i] <= ' ' {
		i = skipSpace(b, i)
	}
	if i >= len(b) {
		return d.unexpected(want, i)
	}
	start, kind = i, Kind(0)
	switch b[i] {
	case '"':
		kind = String
		i++
		for i+8 <= len(b) {
			stop := stringStop(binary.LittleEndian.Uint64(b[i:]))
			if stop != 0 {
				i += bits.TrailingZeros64(stop) >> 3
				break
			}
			i += 8
		}
		if i < len(b) && b[i] == '"' {
			i++
			break
		}
		end, escaped, err := d.scanString(start, i)
		if err != nil {
			return err
		}
		if escaped {
			flags |= valueEscaped
			d.lone.settle(NodeID(len(nodes)), false)
		}
		i = end
	case '{':
		kind = Object
		i++
		depth++
	case '[':
		kind = Array
		i++
		depth++
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		kind = Number
		end, ok := scanNumber(b, i)
		if !ok {
			return d.badNumber(i, end)
		}
		i = end
	case 't', 'f', 'n':
		if kind, i = scanLiteral(b, i); kind == 0 {
			return d.unexpected(want, i)
		}
	case '/':
		end, err := d.comment(i)
		if err != nil {
			return err
		}
		i = end
		goto value
	case ']':
		if want == wantElement || want == wantElementAfterComma {
			goto closing
		}
		return d.unexpected(want, i)
	default:
		return d.unexpected(want, i)
	}
	if depth > maxDepth {
		return tooDeep(start, maxDepth)
	}
	if len(nodes) == cap(nodes) || len(nodes) == maxNodes {
		if len(nodes) == maxNodes {
			return tooMany("values", start)
		}
		nodes = slices.Grow(nodes, 64)
	}
	// Field by field: an append of a literal builds it elsewhere first.
	nodes = nodes[:len(nodes)+1]
	node = &nodes[len(nodes)-1]
	node.Kind = kind
	node.flags = flags
	node.Parent = cur
	node.Next = NodeID(len(nodes))
	node.Index = index
	node.Key = key
	node.Value.Start = int32(start)
	node.Value.End = int32(i)
	if kind > Array {
		index++
		goto after
	}
	cur, index = NodeID(len(nodes)-1), 0
	if kind == Object {
		want = wantKey
		goto member
	}
	want = wantElement
	key, flags = Span{}, 0
	goto value

after: // a value: a comma or the end of what is around it
	if cur == None {
		goto end
	}
	want = wantCommaOrBrace
	if nodes[cur].Kind == Array {
		want = wantCommaOrBracket
	}
separator:
	if i >= len(b) {
		return d.unexpected(want, i)
	}
	switch b[i] {
	case ',':
		i++
		if want == wantCommaOrBrace {
			want = wantKeyAfterComma
			goto member
		}
		want = wantElementAfterComma
		key, flags = Span{}, 0
		goto value
	case '}':
		if want != wantCommaOrBrace {
			return d.unexpected(want, i)
		}
		goto closing
	case ']':
		if want != wantCommaOrBracket {
			return d.unexpected(want, i)
		}
		goto closing
	case ' ', '\n', '\r', '\t':
		i = skipSpace(b, i)
		goto separator
	case '/':
		end, err := d.comment(i)
		if err != nil {
			return err
		}
		i = end
		goto separator
	default:
		return d.unexpected(want, i)
	}

closing:
	i++
	depth--
	node = &nodes[cur]
	node.Value.End = int32(i)
	node.Next = NodeID(len(nodes))
	index = node.Index + 1
	cur = node.Parent
	goto after

member: // a key, or the end of the object
	i = skipSpace(b, i)
	if i >= len(b) {
		return d.unexpected(want, i)
	}
	switch b[i] {
	case '"':
	case '}':
		goto closing
	case '/':
		end, err := d.comment(i)
		if err != nil {
			return err
		}
		i = end
		goto member
	default:
		return d.unexpected(want, i)
	}
	{
		start := i
		hash := d.keys.start(cur)
		var all uint64
		closed := false
		i++
		flags = 0
		for i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			stop := stringStop(w)
			if stop != 0 {
				n := uint(bits.TrailingZeros64(stop)) &^ 7
				w &= 1<<n - 1
				i += int(n >> 3)
				all |= w | hasColon(w)
				hash = hashWord(hash, w)
				closed = b[i] == '"'
				break
			}
			all |= w | hasColon(w)
			hash = hashWord(hash, w)
			i += 8
		}
		if closed && all&highBits == 0 {
			i++
			hash = hashEnd(hash, i-start)
		} else {
			end, h, f, err := d.scanKey(start, cur)
			if err != nil {
				return err
			}
			i, hash, flags = end, h, f
			d.lone.settle(NodeID(len(nodes)), true)
		}
		key = Span{int32(start), int32(i)}
		if !d.keys.add(hash) {
			d.meeting = true
		}
	}
	if i < len(b) && b[i] != ':' {
		i = skipSpace(b, i)
	}
	if i >= len(b) || b[i] != ':' {
		return d.unexpected(wantColon, i)
	}
	i++
	want = wantValue
	goto value

end: // only white space and comments may follow the root
	i = skipSpace(b, i)
	if i < len(b) {
		if b[i] != '/' {
			return d.unexpected(wantEnd, i)
		}
		end, err := d.comment(i)
		if err != nil {
			return err
		}
		i = end
		goto end
	}
	d.Nodes = nodes
	return nil
}
