package report

// Notes on what GitHub's runner makes of a workflow command, from its source
// (actions/runner, ActionCommand.cs and ActionCommandManager.cs) and from
// actions/toolkit, which writes such commands.
//
// A command is one line of standard output that begins with ::. The runner
// looks for the next :: , splits what is between at commas, and replaces %0D,
// %0A, %25 in the message and %3A, %2C too in properties. %25 is replaced last,
// so that escaping % first makes everything come back as it was. A property
// without a value is dropped.
//
// The message is cut at 4,096 characters. We cut before, so that what to do is
// not what gets lost.
//
// Of each step ten errors, ten warnings and ten notices become annotations, and
// fifty of a job; the rest stands in the log only. Nobody is told. That is why
// the text comes first where both are printed, and why NewAnnotations writes no
// more than ten of each.
//
// A column is only shown where the annotation begins and ends on one line: the
// documentation allows it only there, so it is left out elsewhere. A path is
// taken relative to the repository's root: xmlint has to run there.
//
// An annotation is plain text, also a title, which stands in bold above the
// message. Line ends are kept. Characters that turn the direction of writing
// are obeyed, so they are made visible first.

import (
	"strings"

	"github.com/xmlint/xmlint/deployment"
	"github.com/xmlint/xmlint/internal/visible"
	"github.com/xmlint/xmlint/lint"
)

// lintGitHub is `xmlint lint --format github`: a workflow command per finding.
type lintGitHub struct{ stream }

func newLintGitHub(Options) Lint { return lintGitHub{} }

func (l lintGitHub) Encode(c *Chunk, _ *deployment.Deployment, findings []lint.Finding) {
	encodeEach(c, findings, l.Insert)
}

func (l lintGitHub) Insert(c *Chunk, at int, f *lint.Finding) {
	start := len(c.body)
	c.body = appendAnnotation(c.body, f)
	c.insert(at, start, f)
}

// annotationText bounds the message of an annotation, and what to do about it,
// in characters. Together they stay below the runner's limit.
const annotationText, annotationDo = 3000, 900

func appendAnnotation(dst []byte, f *lint.Finding) []byte {
	dst = append(append(dst, "::"...), annotationLevel(f.Severity)...)
	dst = appendProperty(append(dst, " file="...), f.Path)
	dst = appendInt(append(dst, ",line="...), f.Start.Line)
	dst = appendInt(append(dst, ",endLine="...), f.End.Line)
	if f.Start.Line == f.End.Line {
		dst = appendInt(append(dst, ",col="...), f.Start.Column)
		dst = appendInt(append(dst, ",endColumn="...), f.End.Column)
	}
	dst = appendProperty(append(dst, ",title="...), f.Rule.ID+" "+f.Rule.Name)
	dst = appendMessage(append(dst, "::"...), cutText(visible.String(f.Message), annotationText))
	if f.Do != "" {
		dst = appendMessage(append(dst, "%0A"...), cutText("fix: "+visible.String(f.Do), annotationDo))
	}
	return append(dst, '\n')
}

func annotationLevel(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "error"
	case lint.Warning:
		return "warning"
	}
	return "notice"
}

// appendMessage appends the text of a workflow command.
func appendMessage(dst []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '%':
			dst = append(dst, "%25"...)
		case '\r':
			dst = append(dst, "%0D"...)
		case '\n':
			dst = append(dst, "%0A"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// appendProperty appends the value of a property. A line end stays one, so that
// a path is the path that it is; all else that is not shown is made visible.
func appendProperty(dst []byte, s string) []byte {
	for {
		n := strings.IndexAny(s, "\r\n")
		text := s
		if n >= 0 {
			text = s[:n]
		}
		for _, c := range []byte(visible.String(text)) {
			switch c {
			case ':':
				dst = append(dst, "%3A"...)
			case ',':
				dst = append(dst, "%2C"...)
			case '%':
				dst = append(dst, "%25"...)
			default:
				dst = append(dst, c)
			}
		}
		if n < 0 {
			return dst
		}
		dst = appendMessage(dst, s[n:n+1])
		s = s[n+1:]
	}
}
