package document

import (
	"bytes"
	"encoding/binary"
	"math/bits"
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
func (d *JSON) scan(maxDepth int) *Error {
	b := d.Bytes
	nodes := d.Nodes[:0]
	var (
		i     int
		cur   = None // the object or array around
		index int32  // place of the next node in it
		depth int    // number of those open
		key   Span   // of the member whose value comes next
		flags nodeFlags
		want  = wantRoot
	)

value:
	i = skipSpace(b, i)
	if i >= len(b) {
		return d.unexpected(want, i)
	}
	if len(nodes) == maxNodes {
		return tooManyNodes(i)
	}
	switch c := b[i]; c {
	case '"':
		start := i
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
		} else {
			end, escaped, err := d.scanString(start, i)
			if err != nil {
				return err
			}
			if escaped {
				flags |= valueEscaped
				d.lone.settle(NodeID(len(nodes)), false)
			}
			i = end
		}
		nodes = append(nodes, JSONNode{String, flags, cur, NodeID(len(nodes) + 1), index, key, Span{int32(start), int32(i)}})

	case '{', '[':
		if depth == maxDepth {
			return tooDeep(i, maxDepth)
		}
		depth++
		kind := Object
		if c == '[' {
			kind = Array
		}
		id := NodeID(len(nodes))
		nodes = append(nodes, JSONNode{kind, flags, cur, 0, index, key, Span{Start: int32(i)}})
		cur, index = id, 0
		i++
		if kind == Object {
			want = wantKey
			goto member
		}
		want = wantElement
		key, flags = Span{}, 0
		goto value

	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		start := i
		end, ok := scanNumber(b, i)
		if !ok {
			return d.badNumber(i, end)
		}
		i = end
		nodes = append(nodes, JSONNode{Number, flags, cur, NodeID(len(nodes) + 1), index, key, Span{int32(start), int32(i)}})

	case 't', 'f', 'n':
		kind, end := scanLiteral(b, i)
		if end == 0 {
			return d.unexpected(want, i)
		}
		nodes = append(nodes, JSONNode{kind, flags, cur, NodeID(len(nodes) + 1), index, key, Span{int32(i), int32(end)}})
		i = end

	case '/':
		end, err := d.comment(i)
		if err != nil {
			return err
		}
		i = end
		goto value

	case ']':
		if want != wantElement && want != wantElementAfterComma {
			return d.unexpected(want, i)
		}
		goto closing

	default:
		return d.unexpected(want, i)
	}
	index++

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
	{
		n := &nodes[cur]
		n.Value.End = int32(i)
		n.Next = NodeID(len(nodes))
		index = n.Index + 1
		cur = n.Parent
	}
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
				break
			}
			all |= w | hasColon(w)
			hash = hashWord(hash, w)
			i += 8
		}
		if i < len(b) && b[i] == '"' && all&highBits == 0 {
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

// skipSpace is the first offset from i on that holds no JSON white space.
func skipSpace(b []byte, i int) int {
	for i < len(b) {
		switch b[i] {
		case ' ', '\n':
			i++
			for i+8 <= len(b) {
				x := binary.LittleEndian.Uint64(b[i:]) ^ spaces
				if x != 0 {
					i += bits.TrailingZeros64(x) >> 3
					break
				}
				i += 8
			}
		case '\r', '\t':
			i++
		default:
			return i
		}
	}
	return i
}

// scanLiteral reads true, false or null at i; end is 0 if it is none of them.
func scanLiteral(b []byte, i int) (kind Kind, end int) {
	switch rest := b[i:min(i+5, len(b))]; {
	case len(rest) >= 4 && string(rest[:4]) == "true":
		return True, i + 4
	case string(rest) == "false":
		return False, i + 5
	case len(rest) >= 4 && string(rest[:4]) == "null":
		return Null, i + 4
	}
	return 0, 0
}

// scanNumber reads a number at i. Where it is malformed, end is the offset of
// the first byte that cannot belong to it.
func scanNumber(b []byte, i int) (end int, ok bool) {
	digits := func() bool {
		start := i
		for i < len(b) && b[i]-'0' <= 9 {
			i++
		}
		return i > start
	}
	if b[i] == '-' {
		i++
	}
	if i < len(b) && b[i] == '0' {
		i++
	} else if !digits() {
		return i, false
	}
	if i < len(b) && b[i] == '.' {
		i++
		if !digits() {
			return i, false
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if !digits() {
			return i, false
		}
	}
	return i, true
}

// comment reads a comment at i and keeps its span. A line comment ends before
// a CR or LF, or with the file.
func (d *JSON) comment(i int) (end int, err *Error) {
	b := d.Bytes
	switch rest := b[i+1:]; {
	case len(rest) > 0 && rest[0] == '*':
		n := bytes.Index(rest[1:], []byte("*/"))
		if n < 0 {
			return 0, openComment(i, len(b))
		}
		end = i + 2 + n + 2
	case len(rest) > 0 && rest[0] == '/':
		end = len(b)
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			end = i + 1 + n
		}
		if n := bytes.IndexByte(b[i:end], '\r'); n >= 0 {
			end = i + n
		}
		for _, separator := range [...]string{"\u2028", "\u2029"} {
			if n := bytes.Index(b[i:end], []byte(separator)); n >= 0 {
				return 0, separatorInComment(i+n, len(separator))
			}
		}
	default:
		return 0, d.unexpected(wantComment, i+1)
	}
	d.Comments = append(d.Comments, Span{int32(i), int32(end)})
	return end, nil
}
