package report

// Document is a report that is written piece by piece, in order, so that a
// long one need not be in memory. T is a piece: a plan, a deployment.
type Document[T any] interface {
	Begin(buf []byte) []byte
	Append(buf []byte, piece T) []byte
	End(buf []byte) []byte
}

// jsonList is a JSON document that is a list, one piece per line, beside
// format_version and tool.
type jsonList[T any] struct {
	tool   Tool
	member string
	encode func(buf []byte, piece T) []byte
	begun  bool
}

func (l *jsonList[T]) Begin(buf []byte) []byte {
	buf = append(appendHead(buf, l.tool), ",\n\""...)
	return append(append(buf, l.member...), `":[`...)
}

func (l *jsonList[T]) Append(buf []byte, piece T) []byte {
	if l.begun {
		buf = append(buf, ',')
	}
	l.begun = true
	return l.encode(append(buf, '\n'), piece)
}

func (l *jsonList[T]) End(buf []byte) []byte { return append(buf, "\n]\n}\n"...) }
