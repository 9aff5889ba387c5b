package report

// Notes on who reads Checkstyle's XML.
//
// It is what tools speak that know each other from no other place: Jenkins
// (Warnings Next Generation), reviewdog, SonarQube's plugins, Danger, cs2pr,
// arcanist. checkstyle-report-1.0.0.xsd has the shape: file elements with error
// elements, the severities ignore, info, warning and error, line and column
// from 1. All of it is in attributes; no reader expects text.
//
// Jenkins takes what stands behind the last dot of source for the type and
// what stands before it for the category, so source is xmlint and the rule's
// id. It passes over files called package.html, which ours are not. Readers
// that show a message as HTML escape it; line ends in an attribute become
// blanks, so messages have none.
//
// A file name is joined to the root of the repository by some and matched by
// its end by others. It is written as xmlint knows it.
//
// A file comes once, with all its findings: readers that build a table by file
// name would keep the last one only. Findings are in order of path within a
// deployment, and no file is in two.

import (
	"bytes"
	"io"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/lint"
)

// lintCheckstyle is `xmlint lint --format checkstyle`.
type lintCheckstyle struct {
	file []byte // whose element is open; nil for none
}

func newLintCheckstyle(Options) Lint { return &lintCheckstyle{} }

func (l *lintCheckstyle) Begin(buf []byte) []byte {
	return append(append(buf, xmlHead...), `<checkstyle version="10.0">`+"\n"...)
}

func (l *lintCheckstyle) Encode(c *Chunk, _ *deployment.Deployment, findings []lint.Finding) {
	encodeEach(c, findings, l.Insert)
}

// Insert appends the file's name, a zero byte, and the finding.
func (l *lintCheckstyle) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	c.body = append(appendXMLPath(c.body, f.Path), 0)
	c.body = append(c.body, "    <error"...)
	c.body = appendNumberAttribute(c.body, "line", max(f.Start.Line, 1))
	c.body = appendNumberAttribute(c.body, "column", max(f.Start.Column, 1))
	c.body = appendAttribute(c.body, "severity", f.Severity.String())
	message := sentence(f.Message)
	if f.Do != "" {
		message += " What to do: " + sentence(f.Do)
	}
	c.body = appendAttribute(c.body, "message", message)
	c.body = appendAttribute(c.body, "source", "xmlint."+f.Rule.ID)
	c.body = append(c.body, "/>\n"...)
	c.insert(at, start, f)
}

func (l *lintCheckstyle) Append(buf []byte, c *Chunk) []byte {
	for _, p := range c.ends {
		file, finding, _ := bytes.Cut(c.body[p.start:p.end], []byte{0})
		if l.file == nil || !bytes.Equal(file, l.file) {
			buf = l.close(buf)
			l.file = append(make([]byte, 0, len(file)+1), file...)
			buf = append(append(append(buf, `  <file name="`...), file...), "\">\n"...)
		}
		buf = append(buf, finding...)
	}
	return buf
}

func (l *lintCheckstyle) End(w io.Writer, _ Summary) error {
	_, err := w.Write(append(l.close(nil), "</checkstyle>\n"...))
	return err
}

// close ends the element of the file that is open.
func (l *lintCheckstyle) close(buf []byte) []byte {
	if l.file == nil {
		return buf
	}
	l.file = nil
	return append(buf, "  </file>\n"...)
}
