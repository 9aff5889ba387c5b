package report

import "strings"

// fileURI gives a path as a URI (RFC 3986) that stands for its very bytes: a
// reference relative to where xmlint ran, else a file URI.
func fileURI(path string) (uri string, relative bool) {
	switch {
	case strings.HasPrefix(path, "//"): // a share: //server/share/file
		return "file:" + percentEncoded(path), false
	case strings.HasPrefix(path, "/"):
		return "file://" + percentEncoded(path), false
	case len(path) > 2 && isLetter(path[0]) && path[1] == ':' && path[2] == '/':
		return "file:///" + path[:2] + percentEncoded(path[2:]), false
	}
	return percentEncoded(path), true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// percentEncoded keeps what the path of a URI may hold. A colon could be taken
// for the end of a scheme, so it is not kept.
func percentEncoded(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if isLetter(c) || c >= '0' && c <= '9' || strings.IndexByte("/-._~!$&'()*+,;=@", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}
