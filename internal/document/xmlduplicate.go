package document

import "bytes"

// few is the number of attributes up to which comparing each with each is
// faster than a table.
const few = 12

// duplicates finds two attributes with one name among those from index from:
// the same qualified name or, where namespaces are in play, the same local
// name in the same namespace. Of several such pairs it is the one whose first
// attribute comes first.
func (s *xmlScanner) duplicates(from int, qualified bool) *Error {
	attrs := s.d.Attrs[from:]
	if len(attrs) > few {
		return s.manyDuplicates(attrs, qualified)
	}
	for i := range attrs {
		for j := i + 1; j < len(attrs); j++ {
			if s.same(attrs[i].Name, attrs[j].Name, qualified) {
				return s.duplicate(attrs[i].Name, attrs[j].Name)
			}
		}
	}
	return nil
}

// manyDuplicates is duplicates in linear time.
func (s *xmlScanner) manyDuplicates(attrs []XMLAttr, qualified bool) *Error {
	size := 64
	for size < 2*len(attrs) {
		size *= 2
	}
	t := &s.names.table
	if cap(*t) < size {
		*t = make([]int32, size)
	}
	*t = (*t)[:size]
	clear(*t)
	first, second := len(attrs), 0
	for j, a := range attrs {
		slot := s.hash(a.Name, qualified) & uint32(size-1)
		for (*t)[slot] != 0 {
			if i := int((*t)[slot]) - 1; s.same(attrs[i].Name, a.Name, qualified) {
				if i < first {
					first, second = i, j
				}
				break
			}
			slot = (slot + 1) & uint32(size-1)
		}
		if (*t)[slot] == 0 {
			(*t)[slot] = int32(j) + 1
		}
	}
	if second > 0 {
		return s.duplicate(attrs[first].Name, attrs[second].Name)
	}
	return nil
}

// same reports whether two names of attributes mean one attribute.
func (s *xmlScanner) same(x, y Span, qualified bool) bool {
	bx, by := s.bytes(x), s.bytes(y)
	if bytes.Equal(bx, by) {
		return true
	}
	if !qualified {
		return false
	}
	px, lx := s.split(x)
	py, ly := s.split(y)
	if px.IsZero() || py.IsZero() || !bytes.Equal(s.bytes(lx), s.bytes(ly)) {
		return false
	}
	nx, _ := s.namespace(px)
	ny, _ := s.namespace(py)
	return bytes.Equal(nx, ny)
}

// hash is equal for names that are the same.
func (s *xmlScanner) hash(name Span, qualified bool) uint32 {
	if !qualified {
		return hashName(s.bytes(name))
	}
	prefix, local := s.split(name)
	uri, _ := s.namespace(prefix)
	return hashName(s.bytes(local)) + 31*hashName(uri)
}

// hashName is FNV-1a.
func hashName(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}
