package report

// Notes on the log of GitHub Actions.
//
// The runner obeys commands in whatever a step prints: lines that begin, after
// blanks, with ::name, and ##[name] anywhere in a line (ActionCommand.cs:
// TryParseV2, TryParse). A file's name or a value could be one, and would set an
// output of the step, mask a text, or stop the annotations. So the text for
// people is printed there with the first character of such a mark as an escape.

import (
	"bytes"
	"io"
)

// actionsLog is another format whose lines are no workflow commands.
type actionsLog struct{ Lint }

// InActions gives a format for the log of GitHub Actions: nothing that it
// writes is a workflow command. It is meant for the text for people.
func InActions(l Lint) Lint { return actionsLog{l} }

func (l actionsLog) Append(buf []byte, c *Chunk) []byte {
	n := len(buf)
	return disarm(l.Lint.Append(buf, c), n)
}

func (l actionsLog) End(w io.Writer, s Summary) error {
	var buf bytes.Buffer
	if err := l.Lint.End(&buf, s); err != nil {
		return err
	}
	_, err := w.Write(disarm(buf.Bytes(), 0))
	return err
}

// disarm rewrites the whole lines of buf from n on.
func disarm(buf []byte, n int) []byte {
	if !bytes.Contains(buf[n:], []byte("::")) && !bytes.Contains(buf[n:], []byte("##[")) {
		return buf
	}
	lines := bytes.SplitAfter(bytes.Clone(buf[n:]), []byte{'\n'})
	buf = buf[:n]
	for _, line := range lines {
		text := bytes.TrimLeft(line, " \t")
		if bytes.HasPrefix(text, []byte("::")) {
			buf = append(append(buf, line[:len(line)-len(text)]...), `\x3a`...)
			line = text[1:]
		}
		buf = append(buf, bytes.ReplaceAll(line, []byte("##["), []byte(`\x23#[`))...)
	}
	return buf
}

// annotations are the first of the workflow commands, written at the end.
type annotations struct {
	lintGitHub
	count map[byte]int // by the first letter of the level
	text  []byte
}

// annotationLimit is how many of each level GitHub shows of a step.
const annotationLimit = 10

// NewAnnotations gives a format that follows the text on one output: it writes
// the github format behind everything else, and of it no more than GitHub
// shows.
func NewAnnotations() Lint { return &annotations{count: map[byte]int{}} }

func (l *annotations) Append(buf []byte, c *Chunk) []byte {
	for _, p := range c.ends {
		level := c.body[p.start+len("::")]
		if l.count[level]++; l.count[level] <= annotationLimit {
			l.text = append(l.text, c.body[p.start:p.end]...)
		}
	}
	return buf
}

func (l *annotations) End(w io.Writer, _ Summary) error {
	_, err := w.Write(l.text)
	return err
}
